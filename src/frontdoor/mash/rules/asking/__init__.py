"""What is asked of which agency, on which grounds, by when, and what a reply holds: pure values."""
