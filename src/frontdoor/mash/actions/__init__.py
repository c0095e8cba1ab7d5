"""Telling: the use cases of an enquiry, each part in a file of its own."""
