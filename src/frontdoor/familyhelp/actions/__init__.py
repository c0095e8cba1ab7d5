"""Telling what is done with a family: its team, its plan."""
