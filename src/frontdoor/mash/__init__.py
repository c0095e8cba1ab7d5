"""Several agencies find out together what is known about a family, and one decision is made for each child."""
