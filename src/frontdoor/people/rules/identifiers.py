"""The numbers by which systems know somebody: what each kind looks like, how it is read, shown and compared.

NHS and pupil numbers are checked by `codes`; here they get their standing: whether the NHS number was traced, whether a
pupil number is temporary or former, and why there is none. What another system calls somebody is kept as it writes it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from frontdoor.codes.rules import NotANumber, nhs_number, pupil_number, shown_nhs_number
from frontdoor.people.rules.index import IDENTIFIER_KINDS


class Kind(StrEnum):
    """What sort of number it is."""

    NHS = "nhs"
    UPN = "upn"
    FORMER_UPN = "former_upn"
    LOCAL = "local"
    SYSTEM = "system"
    HOME_OFFICE = "home_office"


LABELS = dict(IDENTIFIER_KINDS)

OF_A_SYSTEM = frozenset({Kind.LOCAL, Kind.SYSTEM})
"""Kinds that say nothing without the name of the system that gave them."""


class Trace(StrEnum):
    """How sure it is that an NHS number is this person's: NHS number status indicator code, NHS Data Dictionary."""

    VERIFIED = "01"
    NOT_TRACED = "02"
    REQUIRED = "03"
    NO_MATCH = "04"
    TO_RESOLVE = "05"
    IN_PROGRESS = "06"
    NOT_REQUIRED = "07"
    POSTPONED = "08"


TRACES = (
    (Trace.VERIFIED, "Present and verified with the NHS"),
    (Trace.NOT_TRACED, "Present, not traced"),
    (Trace.REQUIRED, "Trace required"),
    (Trace.NO_MATCH, "Traced: no match, or several"),
    (Trace.TO_RESOLVE, "Trace to be resolved"),
    (Trace.IN_PROGRESS, "Trace in progress"),
    (Trace.NOT_REQUIRED, "No number, and no trace required"),
    (Trace.POSTPONED, "Trace postponed: a baby under six weeks old"),
)
"""What a form offers; a number that came without a word about it is `NOT_TRACED`."""

_WITHOUT_NUMBER = frozenset({Trace.NOT_REQUIRED, Trace.POSTPONED})
_LONGEST = 60

# Words with which tables of a case system name a kind (LINK003A); compared without case, spaces and punctuation.
_TABLE_WORDS = {
    "uniquepupilnumber": Kind.UPN, "upn": Kind.UPN, "formerupn": Kind.FORMER_UPN,
    "formeruniquepupilnumber": Kind.FORMER_UPN, "nhsnumber": Kind.NHS, "nhs": Kind.NHS,
    "homeofficeregistration": Kind.HOME_OFFICE, "homeofficenumber": Kind.HOME_OFFICE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One number, clean.

    :param value: as it is compared: without gaps, in capitals where the kind has no small letters
    :param system: which system gave it, for the kinds of `OF_A_SYSTEM`
    :param trace: of an NHS number only
    """

    kind: Kind
    value: str
    system: str = ""
    trace: Trace | None = None


def read(kind: Kind, text: str, *, system: str = "", trace: str = "") -> Known:
    """A number as it was typed or came in a table, as a clean value.

    :param trace: code of `Trace`; without one, a number that is there is not traced
    :raises NotANumber: it cannot be such a number; the text says why for the person who typed it
    """
    if kind is Kind.NHS:
        return Known(kind, nhs_number(text), trace=_traced(trace))
    if kind in (Kind.UPN, Kind.FORMER_UPN):
        return Known(kind, pupil_number(text))
    value = " ".join(text.split())
    if not value:
        raise NotANumber("Enter the number")
    if len(value) > _LONGEST:
        raise NotANumber(f"A number has at most {_LONGEST} characters")
    if kind in OF_A_SYSTEM and not system.strip():
        raise NotANumber("Say which system gave this number")
    return Known(kind, value, system=system.strip() if kind in OF_A_SYSTEM else "")


def read_linked(words: str, text: str, *, system: str) -> Known:
    """A row of the table of linked identifiers; kinds that nobody knows are kept under the table's own words.

    :param words: the kind in the table's words, such as "YOT Number"
    :raises NotANumber: as `read`
    """
    kind = _TABLE_WORDS.get(re.sub(r"[\W_]+", "", words.casefold()), Kind.SYSTEM)
    return read(kind, text, system=words.strip() or system if kind is Kind.SYSTEM else system)


def temporary(known: Known) -> bool:
    """Whether a pupil number is one that a school gave until the real one is found: its last character is a letter."""
    return known.kind in (Kind.UPN, Kind.FORMER_UPN) and known.value[-1:].isalpha()


def settles(known: Known) -> bool:
    """Whether two records with this number are most likely one person, by the number alone.

    A traced NHS number and a permanent pupil number do it; one not traced, a temporary one, or another system's does
    not. Nothing is ever joined by it: it orders what a person is shown.
    """
    if known.kind is Kind.NHS:
        return known.trace is Trace.VERIFIED
    return known.kind is Kind.UPN and not temporary(known)


def shown(known: Known) -> str:
    """The number as pages write it."""
    return shown_nhs_number(known.value) if known.kind is Kind.NHS else known.value


def words(known: Known) -> str:
    """The number with what is to be known about it: "NHS number 943 476 5919 (present, not traced)"."""
    about = dict(TRACES)[known.trace].replace("P", "p", 1) if known.trace is not None else ""
    if temporary(known):
        about = "temporary"
    name = known.system if known.kind in OF_A_SYSTEM else LABELS[known.kind]
    return f"{name} {shown(known)}" + (f" ({about})" if about else "")


def _traced(code: str) -> Trace:
    if not code:
        return Trace.NOT_TRACED
    try:
        trace = Trace(code.strip().zfill(2))
    except ValueError:
        raise NotANumber(f"“{code.strip()}” is not a status of tracing, 01 to 08") from None
    if trace in _WITHOUT_NUMBER:
        raise NotANumber("This status of tracing says that there is no NHS number, and there is one")
    return trace
