"""Exactly what the desk's pages show."""
