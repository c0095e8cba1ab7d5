"""Who may be meant, and what was said of it; every question takes who asks."""
