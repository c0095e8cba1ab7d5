"""What may be recorded of a child who was visited, and of the dates after; the child's own words or why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import LATE_REASONS, Calendar, is_working_day
from frontdoor.codes import rules as codes

PLACES = [
    ("home", "At home"), ("relatives", "With relatives or friends"), ("school", "At school or nursery"),
    ("hospital", "In hospital"), ("police", "At a police station"), ("office", "At our office"),
    ("elsewhere", "Somewhere else"),
]  # fmt: skip
NOT_ALONE = [
    ("too_young", "Too young to speak alone"), ("did_not_want", "The child did not want to"),
    ("unsafe", "It would not have been safe for the child"), ("refused", "A parent or carer refused"),
    ("no_chance", "There was no place or no time for it"),
]  # fmt: skip
ENOUGH = frozenset({"too_young", "did_not_want", "unsafe"})
"""Why a child was not seen alone, where nobody needs to try again because of the clock."""

SOURCES = [
    ("team", "Recorded by the team"),
    ("case_system", "Recorded in the case system"),
    ("strategy", "From the strategy discussion"),
]
LATE = [("", "It was in time"), *((reason.code, reason.words) for reason in LATE_REASONS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """One visit as it is recorded.

    :param made_at: when it was, not when it was written down
    :param seen_by: who went, as pages name them
    :param not_alone: a code of `NOT_ALONE`
    :param voice: what the child said, word for word
    """

    made_at: datetime
    place: str
    where: str = ""
    seen_by: str
    seen: bool
    why_not_seen: str = ""
    alone: bool | None = None
    not_alone: str = ""
    voice: str = ""
    voice_missing: str = ""


def check_visit(visit: Visited, *, earliest: datetime, at: datetime) -> None:
    """See that a visit says what a visit has to say (inspection, lines 6 and 9).

    :param earliest: first receipt of what is about the child: nobody was seen because of it before
    :raises InvalidInput: a part is missing, or the time cannot be
    """
    wrong: dict[str, str] = {}
    if visit.made_at > at:
        wrong["made_at"] = "A visit cannot be in the future"
    elif visit.made_at < earliest.replace(second=0, microsecond=0):
        wrong["made_at"] = "This was before anybody told us"
    if visit.place not in dict(PLACES):
        wrong["place"] = "Choose where it was"
    if not visit.seen_by.strip():
        wrong["seen_by"] = "Say who went"
    if wrong := wrong | (_seen(visit) if visit.seen else _not_seen(visit)):
        raise InvalidInput(**wrong)


def _seen(visit: Visited) -> dict[str, str]:
    wrong = {}
    if visit.alone is None:
        wrong["alone"] = "Say whether the child was seen alone"
    if visit.alone is False and visit.not_alone not in dict(NOT_ALONE):
        wrong["not_alone"] = "Choose why the child was not seen alone"
    if not visit.voice.strip() and not visit.voice_missing.strip():
        wrong["voice"] = "Write what the child said, or below why the child was not heard"
    return wrong


def _not_seen(visit: Visited) -> dict[str, str]:
    return {} if visit.why_not_seen.strip() else {"why_not_seen": "Say why the child was not seen"}


def alone_settled(visit: Visited) -> bool:
    """Whether the clock to see the child alone stops: they were, or there is a reason that holds."""
    return visit.seen and (visit.alone is True or visit.not_alone in ENOUGH)


class Dated(StrEnum):
    """The dates after, in the words of the census."""

    ASSESSMENT_STARTED = "assessment_started"
    ASSESSMENT_AUTHORISED = "assessment_authorised"
    SECTION47_STARTED = "section47_started"
    SECTION47_ENDED = "section47_ended"
    CONFERENCE_HELD = "conference_held"
    CONFERENCE_NOT_NEEDED = "conference_not_needed"

    @property
    def words(self) -> str:
        return {
            Dated.ASSESSMENT_STARTED: "Assessment started",
            Dated.ASSESSMENT_AUTHORISED: "Assessment authorised",
            Dated.SECTION47_STARTED: "Strategy discussion that began a section 47 enquiry",
            Dated.SECTION47_ENDED: "Section 47 enquiry ended",
            Dated.CONFERENCE_HELD: "First child protection conference held",
            Dated.CONFERENCE_NOT_NEEDED: "Decided that no conference is needed",
        }[self]


DATED = [(each.value, each.words) for each in Dated]
_NEEDS = {
    Dated.ASSESSMENT_AUTHORISED: Dated.ASSESSMENT_STARTED,
    Dated.SECTION47_ENDED: Dated.SECTION47_STARTED,
    Dated.CONFERENCE_HELD: Dated.SECTION47_STARTED,
    Dated.CONFERENCE_NOT_NEEDED: Dated.SECTION47_STARTED,
}
_OTHER = {
    Dated.CONFERENCE_HELD: Dated.CONFERENCE_NOT_NEEDED,
    Dated.CONFERENCE_NOT_NEEDED: Dated.CONFERENCE_HELD,
}


def may_be_recorded(standing: Collection[str]) -> list[Dated]:
    """The dates that can be recorded now: what comes first comes first, each once."""
    return [
        each
        for each in Dated
        if each not in standing
        and _OTHER.get(each) not in standing
        and (each not in _NEEDS or _NEEDS[each] in standing)
    ]


def check_date(
    kind: str, on: date, *, standing: dict[str, date], earliest: date, today: date, calendar: Calendar, why: str = ""
) -> Dated:
    """The date to record, once it can be.

    :param standing: the days recorded so far, by kind
    :param calendar: the council's working days
    :param why: why no conference is needed
    :raises InvalidInput: not this one, not that day
    """
    if kind not in may_be_recorded(standing):
        raise InvalidInput(kind="Choose what is to be recorded")
    dated = Dated(kind)
    before = standing.get(_NEEDS[dated], earliest) if dated in _NEEDS else earliest
    if on > today:
        raise InvalidInput(on="This day is in the future")
    if on < before:
        raise InvalidInput(on="This day is before what it follows from")
    if dated is Dated.CONFERENCE_HELD and not is_working_day(on, calendar):
        # Census rule 8875: a conference is not held on a weekend.
        raise InvalidInput(on="A conference is not held on a weekend or a bank holiday")
    if dated is Dated.CONFERENCE_NOT_NEEDED and not why.strip():
        raise InvalidInput(why="Say why no conference is needed")
    return dated


def followed_by(dated: Dated) -> set[str]:
    """The dates that follow from one."""
    return {after.value for after, needed in _NEEDS.items() if needed is dated}


def outstanding(standing: Collection[str]) -> str:
    """What is begun and not ended, so that nothing is closed over it; empty where nothing is."""
    if Dated.ASSESSMENT_STARTED in standing and Dated.ASSESSMENT_AUTHORISED not in standing:
        return "The assessment was started and is not authorised yet."
    if Dated.SECTION47_STARTED in standing:
        if Dated.SECTION47_ENDED not in standing:
            return "The section 47 enquiry has not ended yet."
        if not {Dated.CONFERENCE_HELD, Dated.CONFERENCE_NOT_NEEDED} & set(standing):
            return "Say first whether a child protection conference was held or is not needed."
    return ""


AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})
"""Reasons of the census that say that an assessment was made."""


def wrong_with_closing(
    standing: Collection[str], *, on: date, began_on: date, today: date, closure: str, nfa: bool, why: str, need: str
) -> dict[str, str]:
    """What stands in the way of closing, by field (census rules 4000, 8610 and the reasons' own words)."""
    wrong = {}
    if not began_on <= on <= today:
        wrong["on"] = "This day is before the referral" if on < began_on else "This day is in the future"
    if not nfa and closure not in [row.code for row in codes.CLOSURE_REASONS.on(on)]:
        wrong["closure"] = "Choose why it is closed"
    elif not nfa and closure in AFTER_ASSESSMENT and Dated.ASSESSMENT_AUTHORISED not in standing:
        wrong["closure"] = "This reason is for after an assessment: record first when it was authorised"
    if nfa and standing:
        wrong["nfa"] = "Something was assessed or enquired into: choose the reason for which it is closed"
    if not nfa and not need:
        wrong["closure"] = "Write the child's primary need first"
    if not why.strip():
        wrong["why"] = "Say what was found and why it is closed"
    return wrong
