"""The browser of journeys."""
