"""REST endpoints for systems, with the same actions as the pages."""
