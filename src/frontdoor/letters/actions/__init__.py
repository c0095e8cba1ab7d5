"""Telling people: planning a letter, sending it by the one guarded way, holding and releasing, doing it by hand."""

from frontdoor.letters.actions.planning import (
    change_route,
    plan_acknowledgement,
    plan_call_back,
    plan_family,
    plan_outcome,
    plan_services,
)
from frontdoor.letters.actions.protecting import (
    begin_rotation,
    lift_protection,
    protect,
    protect_as_told,
    rotate,
    seal_words,
)
from frontdoor.letters.actions.safe import change_safe_contact, end_safe_contact, keep_safe_contact, set_safe_contact
from frontdoor.letters.actions.sending import send_now, sweep, take_up
from frontdoor.letters.actions.settling import (
    call_off,
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
    "begin_rotation",
    "call_off",
    "cancel",
    "change_route",
    "change_safe_contact",
    "end_safe_contact",
    "hold",
    "keep_safe_contact",
    "lift_protection",
    "note_not_possible",
    "plan_acknowledgement",
    "plan_call_back",
    "plan_family",
    "plan_outcome",
    "plan_services",
    "print_letter",
    "protect",
    "protect_as_told",
    "record_posted",
    "record_told_by_phone",
    "release",
    "rotate",
    "seal_words",
    "send_again",
    "send_now",
    "set_safe_contact",
    "sweep",
    "take_up",
]
