"""Who in a family has agreed to what, and what stops when somebody takes it back (domain 1.5, 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from frontdoor.codes import rules as codes


class Purpose(StrEnum):
    """What somebody agrees to. Each is asked, given and taken back by itself."""

    HELP = "help"
    SHARING = "sharing"

    @property
    def words(self) -> str:
        return dict(PURPOSES)[self.value]


PURPOSES = [
    (Purpose.HELP.value, "Early help for the family"),
    (Purpose.SHARING.value, "Telling the agencies that would help"),
]
STATUSES = [(row.code, row.label) for row in codes.AGREEMENTS if row.code != "not_applicable"]
"""Early help always rests on agreement: that it needs none is no answer here."""
GIVEN, WITHDRAWN, REFUSED, NO_REPLY, NOT_SOUGHT = "given", "withdrawn", "refused", "no_reply", "not_sought"

WAYS = [
    ("in_person", "In person"), ("phone", "On the telephone"), ("writing", "In writing"),
    ("other", "By somebody they asked to say it"),
]  # fmt: skip


class Said(Protocol):
    """One record of what somebody said about one purpose."""

    member_id: int
    purpose: str
    status: str
    expires_on: date | None


S = TypeVar("S", bound=Said)


def standing(said: Iterable[S]) -> dict[tuple[int, str], S]:
    """The newest word of each person on each purpose.

    :param said: in the order in which it was written down
    """
    return {(each.member_id, each.purpose): each for each in said}


def holds(said: Said | None, today: date) -> bool:
    """Whether somebody's word lets work go on today: it was given, and its time has not run out."""
    return said is not None and said.status == GIVEN and (said.expires_on is None or said.expires_on >= today)


def agreed(said: Iterable[Said], purpose: Purpose, today: date) -> bool:
    """Whether anybody's agreement to a purpose holds."""
    return any(holds(each, today) for (_, what), each in standing(said).items() if what == purpose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody said, as it is recorded.

    :param limits: what they do not want told, or whom they do not want told
    :param why: why nobody was asked, or what they said when they refused or took it back
    """

    purpose: str
    status: str
    on: date
    way: str = ""
    limits: str = ""
    expires_on: date | None = None
    why: str = ""


def wrong_with(given: Given, *, before: str, today: date) -> dict[str, str]:
    """What keeps a word from being recorded, by field.

    :param before: the status that stands for this person and purpose; empty where none does
    """
    wrong = {}
    if given.purpose not in dict(PURPOSES):
        wrong["purpose"] = "Choose what was asked"
    if given.status not in dict(STATUSES):
        wrong["status"] = "Choose what they said"
    elif given.status == WITHDRAWN and before != GIVEN:
        wrong["status"] = "Nothing was given that could be taken back"
    if given.on > today:
        wrong["on"] = "This day is in the future"
    if given.status in (GIVEN, REFUSED, WITHDRAWN) and given.way not in dict(WAYS):
        wrong["way"] = "Choose how they said it"
    if given.status == NOT_SOUGHT and not given.why.strip():
        wrong["why"] = "Say why nobody was asked"
    return wrong | _wrong_end(given)


def _wrong_end(given: Given) -> dict[str, str]:
    if given.expires_on is None:
        return {}
    if given.status != GIVEN:
        return {"expires_on": "Only an agreement that was given runs out"}
    if given.expires_on <= given.on:
        return {"expires_on": "This day is not after the day on which it was given"}
    return {}
