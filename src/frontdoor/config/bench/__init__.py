"""Measurements at size: invented contacts in bulk, and each speed as a ratio to a floor of the same run."""
