"""Pages of matching: one query or one action each."""
