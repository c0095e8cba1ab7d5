"""Request, one query or one action, response; each part of the room has a file of its own."""
