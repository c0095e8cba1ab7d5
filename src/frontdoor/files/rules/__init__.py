"""The law of this room: kinds, names, content, states, subjects."""

from frontdoor.files.rules.content import kind_of
from frontdoor.files.rules.kinds import (
    ACCEPT,
    AS_THEY_ARE,
    ENDINGS,
    KINDS,
    MEDIA,
    MOST_BYTES,
    PIECE,
    TAKEN,
    Kind,
    Refused,
    size_words,
)
from frontdoor.files.rules.names import ascii_name, cleaned
from frontdoor.files.rules.states import HOLDS, REFUSED_WORDS, STATES, STEPS, Hold, State, Step, after, reason, why
from frontdoor.files.rules.subjects import Holder, holder, holds_files

__all__ = [
    "ACCEPT",
    "AS_THEY_ARE",
    "ENDINGS",
    "HOLDS",
    "KINDS",
    "MEDIA",
    "MOST_BYTES",
    "PIECE",
    "REFUSED_WORDS",
    "STATES",
    "STEPS",
    "TAKEN",
    "Hold",
    "Holder",
    "Kind",
    "Refused",
    "State",
    "Step",
    "after",
    "ascii_name",
    "cleaned",
    "holder",
    "holds_files",
    "kind_of",
    "reason",
    "size_words",
    "why",
]
