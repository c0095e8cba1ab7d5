"""Telling people: planning a letter, sending it by the one guarded way, holding and releasing, doing it by hand."""

from frontdoor.letters.actions.planning import change_route, plan_acknowledgement, plan_call_back, plan_outcome
from frontdoor.letters.actions.sending import send_now, sweep, take_up
from frontdoor.letters.actions.settling import (
    cancel,
    hold,
    note_not_possible,
    print_letter,
    record_posted,
    record_told_by_phone,
    release,
    send_again,
)

__all__ = [
    "cancel",
    "change_route",
    "hold",
    "note_not_possible",
    "plan_acknowledgement",
    "plan_call_back",
    "plan_outcome",
    "print_letter",
    "record_posted",
    "record_told_by_phone",
    "release",
    "send_again",
    "send_now",
    "sweep",
    "take_up",
]
