"""The law of an enquiry: its states, its ratings and their clocks, and the question whether the child is safe now."""
