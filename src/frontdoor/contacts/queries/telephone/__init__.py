"""Asking in a telephone call: one's own calls, those that are nobody's, calls back, earlier contacts, councils."""

from frontdoor.contacts.queries.telephone.calls import (
    Call,
    Going,
    Left,
    account,
    as_call,
    going_on,
    my_call,
    my_calls,
    my_ended_call,
    open_call,
    ownerless,
    routes,
)
from frontdoor.contacts.queries.telephone.earlier import Earlier, Wanted, open_earlier, wanted
from frontdoor.contacts.queries.telephone.safety import (
    agreed_safety_call,
    open_safety_call,
    running_safety_call,
    safety_calls,
    usual_minutes,
)

__all__ = [
    "Call",
    "Earlier",
    "Going",
    "Left",
    "Wanted",
    "account",
    "agreed_safety_call",
    "as_call",
    "going_on",
    "my_call",
    "my_calls",
    "my_ended_call",
    "open_call",
    "open_earlier",
    "open_safety_call",
    "ownerless",
    "routes",
    "running_safety_call",
    "safety_calls",
    "usual_minutes",
    "wanted",
]
