"""Telling of what reached us in writing: an e-mail, a letter, another council's report; and how the form is filled."""

from frontdoor.contacts.actions.correspondence.letters import (
    Council,
    Paper,
    accepted_in_writing,
    take_in_from_council,
    take_in_letter,
)
from frontdoor.contacts.actions.correspondence.messages import Taken, take_in_message
from frontdoor.contacts.actions.correspondence.reopening import reopen
from frontdoor.contacts.actions.correspondence.sorting import nothing, sort

__all__ = [
    "Council",
    "Paper",
    "Taken",
    "accepted_in_writing",
    "nothing",
    "reopen",
    "sort",
    "take_in_from_council",
    "take_in_letter",
    "take_in_message",
]
