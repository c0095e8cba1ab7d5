"""How many files a sender may add to a report that has arrived; how large and of what kind is the law of `files`."""

MOST_FILES = 5


def room(count: int) -> int:
    """How many more there may be."""
    return max(MOST_FILES - count, 0)
