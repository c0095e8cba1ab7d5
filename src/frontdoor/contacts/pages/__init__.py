"""Exactly what the pages of this room show."""
