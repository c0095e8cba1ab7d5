"""What referrers and the public open, without an account."""
