"""What was done and seen: entries that nobody can change, sealed in batches."""
