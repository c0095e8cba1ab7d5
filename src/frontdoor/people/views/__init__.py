"""Pages of people: one query or one action each."""
