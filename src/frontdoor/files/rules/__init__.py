"""The law of this room: kinds, names, content, states, subjects."""

from frontdoor.files.rules.content import check_text, kind_of
from frontdoor.files.rules.kinds import (
    ACCEPT,
    AS_THEY_ARE,
    COPIES,
    ENDINGS,
    KINDS,
    MEDIA,
    MOST_BYTES,
    PIECE,
    SEEN,
    TAKEN,
    Kind,
    Refused,
    size_words,
)
from frontdoor.files.rules.names import ascii_name, cleaned, of_copy
from frontdoor.files.rules.states import HOLDS, REFUSED_WORDS, STATES, STEPS, Hold, State, Step, after, reason, why
from frontdoor.files.rules.subjects import Holder, holder, holds_files

__all__ = [
    "ACCEPT",
    "AS_THEY_ARE",
    "COPIES",
    "ENDINGS",
    "HOLDS",
    "KINDS",
    "MEDIA",
    "MOST_BYTES",
    "PIECE",
    "REFUSED_WORDS",
    "SEEN",
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
    "check_text",
    "cleaned",
    "holder",
    "holds_files",
    "kind_of",
    "of_copy",
    "reason",
    "size_words",
    "why",
]
