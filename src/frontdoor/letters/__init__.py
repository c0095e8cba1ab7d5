"""What goes out: acknowledgements, outcomes and letters, and the safe-contact guard in front of them."""
