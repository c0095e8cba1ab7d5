"""What the pages of this room show; each part has a file of its own."""
