"""Help for a family that agrees to it: the hub, from a request to somebody who has taken the family on."""
