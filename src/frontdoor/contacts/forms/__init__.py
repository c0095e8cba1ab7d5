"""What staff type about contacts, as clean values."""
