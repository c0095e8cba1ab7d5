"""The states of a link, a join and a suspicion, with the words that pages show."""

LINK_STATES = [
    ("confirmed", "Is this person"),
    ("rejected", "Is not this person"),
]

NOT_SAME_GROUNDS = [
    ("twin", "Twins, or others born together"),
    ("same_name", "The same name, but not the same person"),
    ("looked_at", "Looked at, and not the same person"),
    ("adoption", "Before and after an adoption"),
    ("protected", "A protected identity"),
    ("undone", "Joined by mistake, and parted"),
]

JOIN_STATES = [
    ("proposed", "Waits for somebody else's answer"),
    ("refused", "Refused"),
    ("made", "Joined"),
    ("undone", "Parted again"),
    ("divided", "Parted, and every later row given to one of them"),
]

FINDINGS = [
    ("nothing", "Nothing that I did needs to be put right"),
    ("corrected", "I have put right what I did"),
    ("help", "Something must be put right, and I need help with it"),
]

SEARCH_STATES = [
    ("running", "Running"),
    ("done", "Done"),
    ("stopped", "Stopped"),
    ("failed", "Failed"),
]

SUSPICION_STATES = [
    ("waiting", "Waits to be looked at"),
    ("proposed", "Proposed to be joined"),
    ("rejected", "Not the same person"),
]
