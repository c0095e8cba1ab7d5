"""Asking: requests, what searches found, and the ledger."""

from frontdoor.disclosures.queries.finding import all_searched, asked, facts, found, guarded, people_asked, people_found
from frontdoor.disclosures.queries.ledger import Line, ledger
from frontdoor.disclosures.queries.lists import MINE, PAGE, Listed, arrived, requests, waits_for
from frontdoor.disclosures.queries.opening import (
    Opened,
    answers,
    due_on,
    may_approve,
    of_contact,
    open_contact_to_begin,
    open_request,
)

__all__ = [
    "MINE",
    "PAGE",
    "Line",
    "Listed",
    "Opened",
    "all_searched",
    "answers",
    "arrived",
    "asked",
    "due_on",
    "facts",
    "found",
    "guarded",
    "ledger",
    "may_approve",
    "of_contact",
    "open_contact_to_begin",
    "open_request",
    "people_asked",
    "people_found",
    "requests",
    "waits_for",
]
