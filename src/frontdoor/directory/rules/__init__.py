"""The law of this room: what a feed may say, what is searched by, corrections, and what counts as old."""
