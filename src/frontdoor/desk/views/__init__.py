"""What staff open: pages that compose the rooms below."""
