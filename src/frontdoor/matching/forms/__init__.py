"""What is typed about matches, as clean values."""
