"""Forms of the pages that compose rooms."""
