"""What people who are not staff do here."""

from frontdoor.portal.actions.counting import count, marks_of
from frontdoor.portal.actions.files import attach
from frontdoor.portal.actions.speaking import ask_for_call_back
from frontdoor.portal.actions.writing import (
    KEPT_FOR,
    RECEIPT_FOR,
    answer,
    forget_old,
    holder_of,
    keep_typed,
    leave,
    new_token,
    put_aside,
    send,
    start,
)
from frontdoor.portal.actions.young import send_young

__all__ = [
    "KEPT_FOR",
    "RECEIPT_FOR",
    "answer",
    "ask_for_call_back",
    "attach",
    "count",
    "forget_old",
    "holder_of",
    "keep_typed",
    "leave",
    "marks_of",
    "new_token",
    "put_aside",
    "send",
    "send_young",
    "start",
]
