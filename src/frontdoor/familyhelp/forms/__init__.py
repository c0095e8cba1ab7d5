"""What is typed about a family that was taken on, as clean values; the actions ask the same once more."""
