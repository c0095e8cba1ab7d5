"""Deadlines: computed from events by pure functions, kept, swept each minute, never counted and never deleted."""
