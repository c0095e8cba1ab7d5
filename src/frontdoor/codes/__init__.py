"""National code lists and the service's own, kept as files of the project; no tables."""
