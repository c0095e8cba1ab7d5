"""The law of a direction: whose it is, its steps, and how it drifts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from zoneinfo import ZoneInfo

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare, declared

LONDON = ZoneInfo("Europe/London")
CLOSES = time(17)
"""Where only a day is named, work on it ends then."""

HOURS = declare(
    Setting(
        "direction.hours",
        "A direction for which nobody names a time is done within",
        declared.DECISION,
        Kind.NUMBER,
        24,
        "Local practice; no national figure",
        unit="hours",
        minimum=1,
        maximum=240,
    )
)
DRIFT = declare(
    Setting(
        "direction.drift",
        "A direction drifts once it was asked after, moved or reopened so many times",
        declared.DECISION,
        Kind.NUMBER,
        2,
        "Inspection 2023, line 12: actions stayed on the agenda without challenge",
        unit="times",
        minimum=1,
        maximum=10,
    )
)
DONE_BY = declare_clock(
    ClockKind(
        name="directions.done",
        title="A direction carried out",
        handoff="Directed to done",
        unit=Unit.ELAPSED_HOURS,
        setting=HOURS.name,
        source="Inspection 2023, lines 7 and 12: each action has an owner and a time, and drift is escalated",
        owner=Owner.PERSON,
        at_half=(Escalation.OWNER,),
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)


class State(StrEnum):
    """Where a direction stands."""

    OPEN = "open"
    DONE = "done"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return {
            State.OPEN: "To do",
            State.DONE: "Done: the giver has not looked yet",
            State.CHECKED: "Done",
            State.WITHDRAWN: "Withdrawn",
        }[self]

    @property
    def settled(self) -> bool:
        """Whether it has left the lists of owner and giver."""
        return self in (State.CHECKED, State.WITHDRAWN)


STATES = [(state.value, state.words) for state in State]


class Step(StrEnum):
    """What may happen to a direction."""

    DO = "do"
    MOVE = "move"
    ASK = "ask"
    WITHDRAW = "withdraw"
    CHECK = "check"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.DO: (frozenset({State.OPEN}), State.DONE),
    Step.MOVE: (frozenset({State.OPEN}), State.OPEN),
    Step.ASK: (frozenset({State.OPEN}), State.OPEN),
    Step.WITHDRAW: (frozenset({State.OPEN, State.DONE}), State.WITHDRAWN),
    Step.CHECK: (frozenset({State.DONE}), State.CHECKED),
    Step.REOPEN: (frozenset({State.DONE}), State.OPEN),
}

_INSTEAD = {
    State.OPEN: "This has not been done yet.",
    State.DONE: "This has been done already.",
    State.CHECKED: "This has been done, and the giver has seen it.",
    State.WITHDRAWN: "This was withdrawn.",
}


class Turn(StrEnum):
    """What the history of a direction tells, line by line."""

    GIVEN = "given"
    ASKED = "asked"
    MOVED = "moved"
    DONE = "done"
    CHECKED = "checked"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return {
            Turn.GIVEN: "Given",
            Turn.ASKED: "Asked: is it done?",
            Turn.MOVED: "Moved to another day",
            Turn.DONE: "Done",
            Turn.CHECKED: "Seen by the giver",
            Turn.REOPENED: "Not done after all",
            Turn.WITHDRAWN: "Withdrawn",
        }[self]


TURNS = [(turn.value, turn.words) for turn in Turn]


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that directions come from.

    :param kind: its plain value in a direction, such as `contacts.matter`
    :param noun: what pages call one
    :param address: the route of its page, given council slug and key; empty where it has none
    """

    kind: str
    noun: str
    address: str = ""


SUBJECTS: dict[str, Subject] = {}


def declare_subject(kind: str, *, noun: str, address: str = "") -> Subject:
    """Make a kind of subject known, once; each room does so beside its own rules.

    :raises ValueError: the kind is declared otherwise already
    """
    subject = Subject(kind, noun, address)
    if SUBJECTS.setdefault(kind, subject) != subject:
        raise ValueError(f"two subjects are called {kind}")
    return subject


@dataclass(frozen=True, slots=True)
class Assignee:
    """Whose a direction is: exactly one of a person, a team, or a partner agency without an account here."""

    user: int | None = None
    team: int | None = None
    agency: str = ""

    def __post_init__(self) -> None:
        if sum((self.user is not None, self.team is not None, bool(self.agency))) != 1:
            raise ValueError("a direction has one owner")


def assignee(text: str) -> Assignee | None:
    """The owner in a value such as `user:12` or `team:3`; None where it is a name that somebody typed."""
    kind, _, number = text.strip().partition(":")
    if not number.isascii() or not number.isdigit():
        return None
    if kind == "user":
        return Assignee(user=int(number))
    return Assignee(team=int(number)) if kind == "team" else None


def _by_nobody() -> tuple[str, datetime | None]:
    return "", None


def after(state: str, step: Step, *, brought: Callable[[], tuple[str, datetime | None]] = _by_nobody) -> State:
    """The state that a step leads to.

    :param brought: who brought it where it stands, and when; asked only when the step is refused
    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        who, when = brought()
        raise StepNotAllowed(_INSTEAD[State(state)], who=who, when=when)
    return result


def said(**texts: str) -> dict[str, str]:
    """The texts without the blanks around them.

    :raises InvalidInput: one of them is empty
    """
    stripped = {name: text.strip() for name, text in texts.items()}
    if missing := [name for name, text in stripped.items() if not text]:
        raise InvalidInput(**{name: _MISSING.get(name, "Say why.") for name in missing})
    return stripped


_MISSING = {
    "what": "Say what must be done.",
    "owner": "Say who does it.",
    "evidence": "Say what was done and how we know.",
    "reason": "Say why.",
    "note": "Say what came of it.",
}


def check_due(due_at: datetime, *, at: datetime) -> None:
    """See that a time can still be kept.

    :raises InvalidInput: it has passed
    """
    if due_at <= at:
        raise InvalidInput(due="Choose a time that is still to come.")


def end_of_day(due: date | None) -> datetime | None:
    """When a direction is due for which only a day was named: at the end of work on it, in London."""
    return datetime.combine(due, CLOSES, LONDON).astimezone(UTC) if due else None


def on_its_day(due_at: datetime, *, at: datetime) -> bool:
    """Whether a direction has come back to its giver: on its day in London, from midnight, and ever after."""
    return due_at.astimezone(LONDON).date() <= at.astimezone(LONDON).date()


def end_of_today(at: datetime) -> datetime:
    """The instant at which the day in London ends: what is due before it has come back to its giver."""
    tomorrow = at.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=LONDON)


def drifting(*, asked: int, moved: int, reopened: int, limit: int) -> bool:
    """Whether a direction drifts: it was put off often enough that somebody else has to know."""
    return asked + moved + reopened >= limit


def drift_words(*, asked: int, moved: int, reopened: int) -> str:
    """How a direction has drifted, in words; empty when it has not."""
    told = (("asked after", asked), ("moved", moved), ("reopened", reopened))
    words = ", ".join(f"{what} {_times(count)}" for what, count in told if count)
    return words[:1].upper() + words[1:]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def told_apart(named: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Values with words that name one of them alone: the name, with what they are where two share it.

    :param named: value, name, and what tells it from another of that name
    """
    sharing = Counter(name.casefold() for _, name, _ in named)
    full = [(value, name if sharing[name.casefold()] == 1 else f"{name}, {what}") for value, name, what in named]
    still = Counter(words.casefold() for _, words in full)
    return [
        (value, words if still[words.casefold()] == 1 else f"{words}, {value.rpartition(':')[2]}")
        for value, words in full
    ]


def owner_called(words: str, owners: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The owner whose words these are, whatever the case and the blanks; None where nobody's are."""
    wanted = " ".join(words.split()).casefold()
    return next((owner for owner in owners if owner[1].casefold() == wanted), None)


def nobody_called(words: str, owners: Sequence[tuple[str, str]]) -> str:
    """What to say where nobody is called so, with whom it may have meant."""
    folded = {name.casefold(): name for _, name in owners}
    near = get_close_matches(" ".join(words.split()).casefold(), list(folded), n=3, cutoff=0.6)
    meant = f" Did you mean {' or '.join(folded[name] for name in near)}?" if near else ""
    return f"Choose who does it from the list: nobody here is called “{words.strip()[:60]}”.{meant}"


def teams(by: Actor) -> frozenset[int]:
    """The teams that the actor's posts cover in the council acted for."""
    return by.teams.get(by.authority, frozenset()) if by.authority is not None else frozenset()


def does(by: Actor, owner: Assignee, given_by: int | None) -> bool:
    """Whether the actor may write down that a direction is done.

    Its owner, a member of the team that owns it, its giver, and a manager; what a partner agency did is written down by
    whoever heard of it.
    """
    if by.is_system or owner.agency or by.may(Permission.DIRECTION_GIVE):
        return True
    if owner.team is not None and owner.team in teams(by):
        return True
    return by.user_id is not None and by.user_id in (owner.user, given_by)
