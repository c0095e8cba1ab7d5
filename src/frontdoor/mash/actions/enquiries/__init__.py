"""What is done with an enquiry: opened from a slip, taken, rated, asked about, stood down, joined, opened again."""

from frontdoor.mash.actions.enquiries.ending import join, reopen, stand_down
from frontdoor.mash.actions.enquiries.night import keep_watch
from frontdoor.mash.actions.enquiries.opening import accept, open_accepted, open_from_slip
from frontdoor.mash.actions.enquiries.rating import rate
from frontdoor.mash.actions.enquiries.rows import CHILD, KIND, changed, children, gather, gathered, taken, turn
from frontdoor.mash.actions.enquiries.safety import answer_safety
from frontdoor.mash.actions.enquiries.working import ask_question, note, take

__all__ = [
    "CHILD",
    "KIND",
    "accept",
    "answer_safety",
    "ask_question",
    "changed",
    "children",
    "gather",
    "gathered",
    "join",
    "keep_watch",
    "note",
    "open_accepted",
    "open_from_slip",
    "rate",
    "reopen",
    "stand_down",
    "take",
    "taken",
    "turn",
]
