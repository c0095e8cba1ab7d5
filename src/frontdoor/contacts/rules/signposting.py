"""Telling somebody of services while a contact is looked at: to whom, how, and when nothing may be sent. Pure."""

from collections.abc import Sequence

SAID, SENT = "said", "sent"
WAYS = [
    (SAID, "I told them just now, by telephone or in person"),
    (SENT, "Send it in the way they asked to be answered"),
]

MOST = 5
"""Services that one telling names: nobody remembers more, and a text message holds no more."""

NOT_SENT = frozenset({"public", "anonymous"})
"""Kinds of people who told us to whom no list is sent: a neighbour would learn that we think of help for a family."""


def wrong_with(services: Sequence[str], way: str, *, whom: str, safe: bool, referrer: str | None) -> dict[str, str]:
    """What stands against a telling, by field.

    :param referrer: the kind of person who told us; None where nobody is to be answered
    :param safe: whether they asked for it and others may read it
    """
    wrong = {}
    if not services or len(services) > MOST:
        wrong["services"] = f"Choose from the services shown, {MOST} at most"
    if way not in dict(WAYS):
        wrong["way"] = "Choose how they are told"
    if way == SAID and not whom.strip():
        wrong["whom"] = "Write whom you told"
    if way == SENT and (referrer is None or referrer in NOT_SENT):
        wrong["way"] = "Nothing is sent here: whoever told us is not of the family, and would learn what we think of"
    elif way == SENT and not safe:
        wrong["safe"] = "Ask first. A list of services can give somebody away at home"
    return wrong
