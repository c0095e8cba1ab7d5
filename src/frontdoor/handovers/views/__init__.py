"""Pages of handovers: lists, one slip, and what another council passed."""

from frontdoor.handovers.views.copies import accept_copy, copy, correct_copy, refuse_copy
from frontdoor.handovers.views.lists import accepted, escalated, given, inbox
from frontdoor.handovers.views.slips import (
    accept,
    answer_outside,
    chase,
    correct,
    detail,
    refuse,
    send_again,
    settle,
    take_over,
    travels,
    withdraw,
)

__all__ = [
    "accept",
    "accept_copy",
    "accepted",
    "answer_outside",
    "chase",
    "copy",
    "correct",
    "correct_copy",
    "detail",
    "escalated",
    "given",
    "inbox",
    "refuse",
    "refuse_copy",
    "send_again",
    "settle",
    "take_over",
    "travels",
    "withdraw",
]
