"""Handing over: sending, answering, chasing, settling, and what passes between two councils."""

from frontdoor.handovers.actions.answering import accept, correct, overrule, refuse
from frontdoor.handovers.actions.councils import answer_council, answer_outside, close_slip, recall, receive
from frontdoor.handovers.actions.giving import chase, send, send_again, send_to_council
from frontdoor.handovers.actions.keeping import take_over, withdraw, withdraw_all
from frontdoor.handovers.actions.printing import open_to_print
from frontdoor.handovers.actions.reminding import remind

__all__ = [
    "accept",
    "answer_council",
    "answer_outside",
    "chase",
    "close_slip",
    "correct",
    "open_to_print",
    "overrule",
    "recall",
    "receive",
    "refuse",
    "remind",
    "send",
    "send_again",
    "send_to_council",
    "take_over",
    "withdraw",
    "withdraw_all",
]
