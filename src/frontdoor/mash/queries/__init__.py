"""Asking: every read of this room; each part has a file of its own."""
