"""What is done with a strategy discussion: begun, held, written, decided, signed, sent, corrected."""

from frontdoor.mash.actions.strategy.beginning import adjourn, begin, call_off, hold, lead_into, reopen
from frontdoor.mash.actions.strategy.recording import (
    act,
    add_children,
    answer_issue,
    ask_core,
    attend,
    decide_child,
    raise_issue,
    write,
)
from frontdoor.mash.actions.strategy.signing import correct, send, sign

__all__ = [
    "act",
    "add_children",
    "adjourn",
    "answer_issue",
    "ask_core",
    "attend",
    "begin",
    "call_off",
    "correct",
    "decide_child",
    "hold",
    "lead_into",
    "raise_issue",
    "reopen",
    "send",
    "sign",
    "write",
]
