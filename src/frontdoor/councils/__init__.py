"""The councils, their dated settings, and which council a postcode belongs to."""
