"""What the pages of early help show."""
