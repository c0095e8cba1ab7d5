"""What people do to the index; one part a file."""
