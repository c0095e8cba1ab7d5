"""What an agency's desk reads in a mail: that something waits, and where; nobody's name, no concern, no address."""

from frontdoor.actors.rules import InvalidInput

SUBJECTS = {
    "chase": "A request waits for your agency",
    "escalate": "A request to your agency is late",
    "stopped": "A request to your agency was stopped",
    "joined": "A request to your agency asks about somebody more",
}
"""Neutral on purpose: a subject is read over shoulders and on locked screens."""

_SAYS = {
    "chase": "Half of the time for a request has gone, and nobody has answered it. Its number is {reference}.",
    "escalate": "A request is late, and nobody has answered it. Its number is {reference}. Please see that it is"
    " answered, or ring us.",
    "joined": "A request asks about somebody more than before. Its number is {reference}. What you have answered"
    " already stands.",
    "stopped": "A request was stopped. Please look up nothing more for it. Its number is {reference}.",
}


def words(what: str, *, reference: str, council: str, phone: str) -> tuple[str, ...]:
    """What a mail says, part by part.

    :param what: "chase", "escalate", "stopped" or "joined"
    :raises InvalidInput: no such mail
    """
    if what not in _SAYS:
        raise InvalidInput(what="There is no such mail")
    return (
        f"From the front door of {council}.",
        _SAYS[what].format(reference=reference),
        f"Sign in to read it, or ring {phone}.",
        "This message holds no details.",
    )
