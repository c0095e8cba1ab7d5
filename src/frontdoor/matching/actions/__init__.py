"""What people say of who is who; one part a file."""
