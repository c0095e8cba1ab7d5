"""Wiring: the typed environment, settings, addresses, navigation, and the commands that span rooms."""
