"""What the pages of a telephone call show."""

from frontdoor.contacts.pages.telephone.call import (
    CallPage,
    MarkLine,
    Where,
    earlier_lines,
    kept_here,
    mark_lines,
    pieces,
    sources,
    where,
)
from frontdoor.contacts.pages.telephone.lists import (
    LEFT_COLUMNS,
    MINE_COLUMNS,
    SAFETY_COLUMNS,
    left_rows,
    my_rows,
    safety_facts,
    safety_rows,
    speak_to,
)

__all__ = [
    "LEFT_COLUMNS",
    "MINE_COLUMNS",
    "SAFETY_COLUMNS",
    "CallPage",
    "MarkLine",
    "Where",
    "earlier_lines",
    "kept_here",
    "left_rows",
    "mark_lines",
    "my_rows",
    "pieces",
    "safety_facts",
    "safety_rows",
    "sources",
    "speak_to",
    "where",
]
