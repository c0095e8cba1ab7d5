"""What is typed about people, as clean values."""
