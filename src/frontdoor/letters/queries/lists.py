"""Lists of letters: those about one matter, and what people have to do so that everybody is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Q, When

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Route, State
from frontdoor.trail import actions as trail

MOST_TASKS = 200
"""Rows of the team's list at most; the oldest come first."""

_OPEN = Letter.objects.filter(settled_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter as lists and pages show it: nothing of the person told.

    :param why: each reason that holds it back, in words
    :param let_pass: the findings that somebody let pass
    :param said: what was said on the telephone, and to whom; empty for those who may not see the referrer
    """

    key: UUID
    kind: str
    audience: str
    subject: rules.Subject
    reference: str
    route: Route
    state: State
    why: tuple[str, ...]
    findings: tuple[rules.Found, ...]
    let_pass: tuple[rules.Found, ...]
    due_at: datetime
    team_id: int
    made_by: int | None
    made_at: datetime
    attempts: int
    tried_at: datetime | None
    failure: str
    sent_at: datetime | None
    held_by: int | None
    held_at: datetime | None
    held_why: str
    released_by: int | None
    released_at: datetime | None
    released_why: str
    settled_by: int | None
    settled_at: datetime | None
    settled_why: str
    version: int
    told_whom: str = field(default="", repr=False)
    said: str = field(default="", repr=False)

    @property
    def kind_words(self) -> str:
        return dict(rules.KINDS)[self.kind]

    @property
    def state_words(self) -> str:
        if self.state is State.TO_SEND and self.route not in rules.ELECTRONIC:
            return "To be done"
        return dict(rules.STATES)[self.state]

    @property
    def route_words(self) -> str:
        return dict(rules.ROUTES)[self.route]

    @property
    def people(self) -> set[int]:
        """The accounts that did something to it."""
        did = (self.made_by, self.held_by, self.released_by, self.settled_by)
        return {person for person in did if person is not None}


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a person has to do so that somebody is told.

    :param what: one line that says it
    """

    letter: Shown
    what: str


def of_subject(subject: rules.Subject, *, by: Actor, at: datetime) -> list[Shown]:
    """All letters about one matter, the newest first.

    :raises NotPermitted: `by` may not read letters
    """
    require(by, Permission.LETTER_READ, authority=acting_council(by))
    found = within(by, Letter.objects.filter(subject_key=subject[1], subject_kind=subject[0])).order_by(
        "-made_at", "-id"
    )
    rows = [show(letter, by) for letter in found]
    trail.record("letters.of_subject", subject=subject, by=by, at=at, shown=[str(row.key) for row in rows])
    return rows


def newest_about(subject: rules.Subject, *, by: Actor) -> UUID | None:
    """The key of the newest letter about something that was not cancelled. Part of a page that records its opening."""
    found = Letter.objects.filter(subject_key=subject[1], subject_kind=subject[0]).exclude(state=State.CANCELLED)
    return within(by, found).order_by("-id").values_list("key", flat=True).first()


def tasks(*, by: Actor, at: datetime, teams: Iterable[int] = ()) -> list[Task]:
    """What people have to do so that everybody is told, the most urgent first: by hand, held back, failed, overdue.

    :param teams: only these teams' letters; all of the council's when empty
    :raises NotPermitted: `by` may not read letters
    """
    require(by, Permission.LETTER_READ, authority=acting_council(by))
    open_ones = within(by, _OPEN).filter(_needs_a_person(at))
    if chosen := list(teams):
        open_ones = open_ones.filter(team_id__in=chosen)
    # Whoever cannot be told waits for nothing but a look; they stand behind those who can.
    last = Case(When(state=State.NOT_POSSIBLE, then=1), default=0)
    ordered = open_ones.order_by(last, "due_at", "id")
    rows = [Task(show(letter, by), _to_do(letter)) for letter in ordered[:MOST_TASKS]]
    trail.record("letters.tasks", by=by, at=at, teams=chosen, shown=[str(row.letter.key) for row in rows])
    return rows


def _needs_a_person(at: datetime) -> Q:
    by_hand = ~Q(route__in=rules.ELECTRONIC)
    stuck = Q(state__in=[State.TO_SEND, State.SENDING]) & (Q(due_at__lt=at) | Q(attempts__gte=rules.STUCK_AFTER))
    return by_hand | stuck | Q(state__in=[State.HELD, State.FAILED, State.NOT_POSSIBLE])


def _to_do(letter: Letter) -> str:
    state, route = State(letter.state), Route(letter.route)
    if state in _BY_STATE:
        return _BY_STATE[state]
    if route is Route.PHONE:
        return "Ring, and record what was said"
    if route is Route.LETTER:
        return "Print and post"
    return "Not sent yet: ring, or look at the connection"


_BY_STATE = {
    State.HELD: "Held back: read why, then release it or tell the person yourself",
    State.FAILED: "Could not be sent: choose another way",
    State.NOT_POSSIBLE: "Nobody can be told: note that you have seen it",
}


def show(letter: Letter, by: Actor) -> Shown:
    """A letter as lists and pages show it to this actor."""
    codes = _codes(letter.findings)
    open_to = by.may(Permission.REFERRER_READ)
    plain = {name: getattr(letter, name) for name in _PLAIN}
    return Shown(
        subject=(letter.subject_kind, letter.subject_key),
        route=Route(letter.route),
        state=State(letter.state),
        findings=codes,
        let_pass=_codes(letter.released),
        why=tuple(rules.why(code) for code in codes),
        told_whom=letter.told_whom if open_to else "",
        said=letter.said if open_to else "",
        **plain,
    )


def _codes(marks: Iterable[str]) -> tuple[rules.Found, ...]:
    return tuple(rules.Found(mark.partition(":")[0]) for mark in marks)


_PLAIN = (
    "key", "kind", "audience", "reference", "due_at", "team_id", "made_by", "made_at", "attempts", "tried_at",
    "failure", "sent_at", "held_by", "held_at", "held_why", "released_by", "released_at", "released_why", "settled_by",
    "settled_at", "settled_why", "version",
)  # fmt: skip
