"""What is asked of the index; every question takes who asks."""
