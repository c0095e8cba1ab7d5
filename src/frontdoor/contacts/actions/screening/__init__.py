"""Telling in the screening: looks, flags, hands, questions, calls, advice, links, agreement, protection."""

from frontdoor.contacts.actions.screening.calls import called_back, end_call, try_call_back
from frontdoor.contacts.actions.screening.consultations import advise, consult, consult_in_call, convert
from frontdoor.contacts.actions.screening.grounds import record_agreement, record_basis
from frontdoor.contacts.actions.screening.hands import give, give_back, hand_back_untouched, keep, take_next
from frontdoor.contacts.actions.screening.links import link, unlink
from frontdoor.contacts.actions.screening.looks import flag, look, take_flag
from frontdoor.contacts.actions.screening.mistakes import agree_mistake, call_a_mistake, keep_as_contact
from frontdoor.contacts.actions.screening.protection import oversee, protect, write_after
from frontdoor.contacts.actions.screening.questions import (
    answer,
    ask,
    attempt,
    screen_again,
    screen_unanswered_again,
)

__all__ = [
    "advise",
    "agree_mistake",
    "answer",
    "ask",
    "attempt",
    "call_a_mistake",
    "called_back",
    "consult",
    "consult_in_call",
    "convert",
    "end_call",
    "flag",
    "give",
    "give_back",
    "hand_back_untouched",
    "keep",
    "keep_as_contact",
    "link",
    "look",
    "oversee",
    "protect",
    "record_agreement",
    "record_basis",
    "screen_again",
    "screen_unanswered_again",
    "take_flag",
    "take_next",
    "try_call_back",
    "unlink",
    "write_after",
]
