"""What was typed, as clean values; each part of the room has a file of its own."""
