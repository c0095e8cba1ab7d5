"""An enquiry that is stood down: why, and who has its children then."""

from frontdoor.actors.rules import InvalidInput

NOBODY = "nobody"
ON = [
    ("assessment", "The assessment team takes the children on"),
    ("early_help", "Early help takes the children on"),
    (NOBODY, "Universal services are enough: nobody takes them on"),
]
"""Where children go when an enquiry is stood down: destinations of handovers, or nobody."""


DECIDED = "A child of this enquiry is decided already. Decide for the others too."
"""Why an enquiry of which a child is decided is neither stood down nor joined to another."""


def said_why(why: str) -> str:
    """The reason, without which no enquiry ends or begins again.

    :raises InvalidInput: no reason
    """
    said = why.strip()
    if not said:
        raise InvalidInput(why="Write why")
    return said


def check(why: str, to: str) -> str:
    """The reason for standing an enquiry down, once it is said who has the children.

    :raises InvalidInput: no reason, or it is not said where the children go
    """
    if to not in dict(ON):
        raise InvalidInput(to="Choose who has the children from now on")
    return said_why(why)
