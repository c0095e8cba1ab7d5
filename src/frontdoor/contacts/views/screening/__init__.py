"""Pages of the first look and of screening."""

from frontdoor.contacts.views.screening.advice import add_consultation, advice, consultation, convert
from frontdoor.contacts.views.screening.hands import give, give_back, keep, queue, take_next
from frontdoor.contacts.views.screening.looks import flag, look, look_at, take_flag
from frontdoor.contacts.views.screening.mistakes import mistake, mistake_said, mistakes
from frontdoor.contacts.views.screening.protection import oversee, oversight, protect, write_after
from frontdoor.contacts.views.screening.together import agreement, basis, link, unlink
from frontdoor.contacts.views.screening.words import answer, ask, attempt, call, calls, end, screen_again

__all__ = [
    "add_consultation",
    "advice",
    "agreement",
    "answer",
    "ask",
    "attempt",
    "basis",
    "call",
    "calls",
    "consultation",
    "convert",
    "end",
    "flag",
    "give",
    "give_back",
    "keep",
    "link",
    "look",
    "look_at",
    "mistake",
    "mistake_said",
    "mistakes",
    "oversee",
    "oversight",
    "protect",
    "queue",
    "screen_again",
    "take_flag",
    "take_next",
    "unlink",
    "write_after",
]
