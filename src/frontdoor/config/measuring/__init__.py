"""How well people are matched, measured beside Splink where the truth is known; and training without labels."""
