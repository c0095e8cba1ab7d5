"""Which openings of records nothing explains, and why somebody is asked about them: reasons in words, never a score."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.people.rules import names
from frontdoor.shell.rules import london

GROUP = "Who opens records without a reason"
_LOCAL = "Local practice; no national figure"
_STHELENS = "St Helens 2023: 145 records opened by one worker, found by an audit; found here by the tenth"


def _number(name: str, label: str, value: int, source: str, *, unit: str, span: tuple[int, int]) -> Setting:
    return declare(
        Setting(
            f"watching.{name}", label, GROUP, Kind.NUMBER, value, source, unit=unit, minimum=span[0], maximum=span[1]
        )
    )  # fmt: skip


_WHO = "Somebody is asked who, with nothing in hand,"
BURST = _number("burst", f"{_WHO} opens within an hour", 8, _LOCAL, unit="records", span=(3, 100))
SLOW = _number("slow", f"{_WHO} opens within thirty days", 10, _STHELENS, unit="records", span=(5, 100))
NIGHT = _number("night", f"{_WHO} opens by night", 3, _LOCAL, unit="records", span=(1, 50))
FROM = _number("night_from", "The night begins, for this, at", 22, _LOCAL, unit="o'clock", span=(18, 23))
UNTIL = _number("night_until", "The night ends, for this, at", 6, _LOCAL, unit="o'clock", span=(4, 9))
NEAR = declare(
    Setting(
        "watching.near", f"{_WHO} opens a record that is near to them, or that few may open", GROUP, Kind.YES_NO, True,
        "Audit of access (domain 9.6): own family, same surname or address, well-known people",
        hint="Their own family name, a colleague's name, the address or family of a declared relative.",
    )
)  # fmt: skip
SAY_DAYS = _number("say", "Whoever is asked says why within", 2, _LOCAL, unit="working days", span=(1, 10))
NAMES = tuple(each.name for each in (BURST, SLOW, NIGHT, FROM, UNTIL, NEAR))

SAY = declare_clock(
    ClockKind(
        name="people.say_why", title="Say why you opened records", handoff="Openings without a known reason",
        unit=Unit.WORKING_DAYS, setting=SAY_DAYS.name, source=SAY_DAYS.source, owner=Owner.PERSON,
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)  # fmt: skip
KIND = "people.watched"
"""What clocks call one such question."""

BEFORE, AFTER, MONTH = timedelta(days=14), timedelta(days=1), timedelta(days=30)
"""How long before an opening, or after it, something in hand explains it; and how far back openings are counted."""
NEVER_BY_NIGHT = "Emergency duty"
"""Posts whose work is at night begin with this."""


class State(StrEnum):
    """How one question about openings stands."""

    NEW = "new"
    LOOKED = "looked"
    EXPLAINED = "explained"
    UPHELD = "upheld"


class Step(StrEnum):
    """What moves it on."""

    LOOK = "look"
    EXPLAIN = "explain"
    UPHOLD = "uphold"


STATES = [
    (State.NEW.value, "New"),
    (State.LOOKED.value, "Looked into"),
    (State.EXPLAINED.value, "Explained"),
    (State.UPHELD.value, "Upheld: there was no reason"),
]
STEPS: Mapping[Step, tuple[tuple[State, ...], State]] = {
    Step.LOOK: ((State.NEW,), State.LOOKED),
    Step.EXPLAIN: ((State.NEW, State.LOOKED), State.EXPLAINED),
    Step.UPHOLD: ((State.NEW, State.LOOKED), State.UPHELD),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of somebody's record by one of us, and what is near about it.

    :param known: something in hand explains it, or a reason was given
    :param own_name: the record bears the family name of whoever opened it
    :param colleague: the record bears the whole name of a colleague, or of whoever opened it
    :param near: it is of the address or family of a record that is barred to whoever opened it
    :param few: few may open the record
    """

    user: int
    person: str
    at: datetime
    post: str = ""
    known: bool = False
    own_name: bool = False
    colleague: bool = False
    near: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What one person is asked about one day."""

    user: int
    day: date
    reasons: tuple[str, ...]
    people: tuple[str, ...]


def family_key(name: str) -> str:
    """The family name of one of our own people, in the form in which names are compared."""
    return names.fold(name.rsplit(maxsplit=1)[-1]) if name.split() else ""


def whole_key(given: str, family: str) -> str:
    """A whole name in the form in which names are compared; empty where a part is missing."""
    one, other = names.fold(given), names.fold(family)
    return f"{one} {other}" if one and other else ""


def found(openings: Iterable[Opening], values: Mapping[str, Any], *, day: date) -> list[Found]:
    """Whom to ask about one day, with every reason in words; whoever had something in hand is not asked.

    :param openings: of that day and the thirty before it
    """
    mine: dict[int, list[Opening]] = defaultdict(list)
    for each in openings:
        if not each.known:
            mine[each.user].append(each)
    asked = []
    for user, every in sorted(mine.items()):
        today = sorted((each for each in every if london(each.at).date() == day), key=lambda each: each.at)
        reasons = [*_many(today, every, values), *_near(today, values)] if today else []
        if reasons:
            people = tuple(dict.fromkeys(each.person for each in today))
            asked.append(Found(user, day, tuple(reasons), people))
    return asked


def _many(today: Sequence[Opening], every: Sequence[Opening], values: Mapping[str, Any]) -> list[str]:
    reasons = []
    burst = max((len(_within(today, each.at)) for each in today), default=0)
    if burst >= int(values[BURST.name]):
        reasons.append(f"Opened {burst} records within an hour, with nothing in hand about any of them")
    slow = len({each.person for each in every})
    if slow >= int(values[SLOW.name]):
        reasons.append(f"Opened {slow} records within thirty days, with nothing in hand about any of them")
    night = {each.person for each in today if _by_night(each, values)}
    if len(night) >= int(values[NIGHT.name]):
        reasons.append(f"Opened {_records(len(night))} by night, with nothing in hand")
    return reasons


def _within(today: Sequence[Opening], since: datetime) -> set[str]:
    return {each.person for each in today if since <= each.at < since + timedelta(hours=1)}


def _by_night(each: Opening, values: Mapping[str, Any]) -> bool:
    hour = london(each.at).time()
    night = hour >= time(int(values[FROM.name])) or hour < time(int(values[UNTIL.name]))
    return night and not each.post.startswith(NEVER_BY_NIGHT)


def _records(count: int) -> str:
    return "one record" if count == 1 else f"{count} records"


_CLOSED = "of the address or family of a record that is closed to them"
_NEAR = (
    ("own_name", "that bears their own family name"),
    ("colleague", "that bears the name of a colleague, or their own"),
    ("near", _CLOSED),
    ("few", "that few may open"),
)


def _near(today: Sequence[Opening], values: Mapping[str, Any]) -> list[str]:
    if not values[NEAR.name]:
        return []
    counts = [(len({each.person for each in today if getattr(each, sort)}), words) for sort, words in _NEAR]
    return [f"Opened {_records(count)} {words}, with nothing in hand" for count, words in counts if count]


def as_asked(reasons: Iterable[str]) -> list[str]:
    """The reasons as whoever is asked reads them: nothing says that there is a record which is closed to them."""
    return [each.replace(_CLOSED, "that may be near to them") for each in reasons]


def said(words: str) -> str:
    """Why somebody says they opened records.

    :raises InvalidInput: nothing is said
    """
    if len(words.split()) < 2:
        raise InvalidInput(words="Write why you opened them")
    return words.strip()[:1000]


def check(
    state: str, step: Step, words: str, *, whose: int, by: int | None, said_at: datetime | None, until: datetime,
    at: datetime,
) -> tuple[State, str]:  # fmt: skip
    """The state that an officer's step leads to, and what is kept with it.

    Nothing is upheld before whoever it is about has said why, or has let the time pass.

    :param until: by when they were asked to say it
    :raises StepNotAllowed: it was answered, it is one's own, or they have not been heard
    :raises InvalidInput: an answer without words
    """
    starts, end = STEPS[step]
    if state not in starts:
        raise StepNotAllowed("Somebody has answered this already")
    if whose == by:
        raise StepNotAllowed("This is about yourself. Somebody else looks into it")
    if step is Step.UPHOLD and said_at is None and at <= until:
        raise StepNotAllowed("They have not said why yet, and their time has not passed")
    if step is not Step.LOOK and len(words.split()) < 2:
        raise InvalidInput(words="Write what you found")
    return end, words.strip()[:1000]
