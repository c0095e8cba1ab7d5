"""What is asked about strategy discussions; each question has a file of its own."""
