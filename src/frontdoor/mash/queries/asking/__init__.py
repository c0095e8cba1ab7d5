"""Asking for agencies, requests and replies: who is proposed, what stands, who has not answered, the live board."""

from frontdoor.mash.queries.asking.board import Line, board
from frontdoor.mash.queries.asking.desks import agencies_not_asked, desk, desks, list_desks
from frontdoor.mash.queries.asking.opening import (
    Asking,
    OneRequest,
    not_yet,
    of_enquiry,
    one_request,
    open_asking,
)
from frontdoor.mash.queries.asking.proposing import proposal

__all__ = [
    "Asking",
    "Line",
    "OneRequest",
    "agencies_not_asked",
    "board",
    "desk",
    "desks",
    "list_desks",
    "not_yet",
    "of_enquiry",
    "one_request",
    "open_asking",
    "proposal",
]
