"""Is the child safe now, and how do you know: asked of every open enquiry, as often as its rating says."""

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")]
WAYS = [
    ("saw", "Saw the child"),
    ("spoke", "Spoke to the child and did not see them"),
    ("other", "Heard from somebody else"),
]
