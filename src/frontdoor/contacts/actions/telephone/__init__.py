"""Telling in a telephone call: begun, typed, marked, made safe, flagged, moved, ended; nothing typed is lost."""

from frontdoor.contacts.actions.telephone.drafts import Marking, begin, clear, mark, save, take_over, unmark
from frontdoor.contacts.actions.telephone.ending import Ended, end, ended, flag, pass_part
from frontdoor.contacts.actions.telephone.moving import Origin, carry, leave
from frontdoor.contacts.actions.telephone.safety import agree_safety_call, reached

__all__ = [
    "Ended",
    "Marking",
    "Origin",
    "agree_safety_call",
    "begin",
    "carry",
    "clear",
    "end",
    "ended",
    "flag",
    "leave",
    "mark",
    "pass_part",
    "reached",
    "save",
    "take_over",
    "unmark",
]
