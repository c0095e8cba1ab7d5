"""Asking for directions: what is mine to do, what has come back to me, what was directed for one thing or child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.access.rules import ROLE_NAMES
from frontdoor.actors.queries import Part, within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.councils.queries import setting
from frontdoor.directions import rules
from frontdoor.directions.models import Direction, Turn
from frontdoor.organisations.queries import agencies, teams
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

MOST = 200
"""Directions of one thing or child, and of a list that is not shown page by page."""
PAGE = 50
"""Rows on a page of a list."""

Cursor = tuple[Any, ...]
"""Where the last page of a list ended."""


@dataclass(frozen=True, slots=True)
class Directed:
    """One direction as lists show it, at the time of the question.

    :param owner: by name: person, team or agency
    :param nobodys: the person who owns it no longer reaches the council
    :param giver: by name; empty when that person no longer reaches the council
    :param back: it has come back to its giver: its day is here
    :param drifts: it was put off so often that somebody else has to know
    """

    key: UUID
    authority_id: int
    subject_kind: str
    subject_key: UUID
    child_kind: str
    child_key: UUID | None
    what: str
    owner: str
    nobodys: bool
    giver: str
    given_at: datetime
    first_due_at: datetime
    due_at: datetime
    state: rules.State
    done_at: datetime | None
    evidence: str
    asked: int
    moved: int
    reopened: int
    back: bool
    drifts: bool
    version: int

    @property
    def drift(self) -> str:
        """How it has drifted, in words; empty when it has not."""
        return rules.drift_words(asked=self.asked, moved=self.moved, reopened=self.reopened)

    @property
    def cursor(self) -> Cursor:
        """Where a page of a list ends with this row."""
        return self.due_at, str(self.key)

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Where it stands in a list merged over councils."""
        return self.due_at, self.authority_id, str(self.key)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a direction's history."""

    kind: rules.Turn
    text: str
    due_at: datetime | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenDirection:
    """Everything of one direction, and which acts are open to whoever asked."""

    row: Directed
    done_by: str
    history: tuple[Line, ...]
    does: bool
    gives: bool


def mine(
    *, by: Actor, at: datetime, team: bool = True, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Directed]:
    """What the actor or their teams have to do, the most overdue first.

    :param team: what their teams own, too
    :param after: the cursor of the last page's last row
    :param count: say how many there are in all
    :raises NotPermitted: `by` carries out no directions here
    """
    require(by, Permission.DIRECTION_DO, authority=acting_council(by))
    wanted = Q(owner_user=by.user_id) if by.user_id is not None else Q(pk=None)
    if team:
        wanted |= Q(owner_team__in=rules.teams(by))
    found = Direction.objects.filter(wanted, state=rules.State.OPEN.value)
    return _listed("mine", found, after=after, limit=limit, count=count, by=by, at=at)


def given_by_me_due(
    *, by: Actor, at: datetime, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Directed]:
    """What has come back: given by the actor, its day in London is here, done or not, until it is checked or withdrawn.

    What somebody gave who no longer reaches the council comes back to everybody who may give directions here. No job
    brings it: the list compares with the time of the question.

    :raises NotPermitted: `by` gives no directions here
    """
    require(by, Permission.DIRECTION_GIVE, authority=acting_council(by))
    here = {colleague.id for colleague in colleagues(by=by, at=at)}
    giver = Q(given_by=by.user_id) | Q(given_by=None) | ~Q(given_by__in=here)
    wanted = Direction.objects.filter(giver, settled_at=None, due_at__lt=rules.end_of_today(at))
    return _listed("given_by_me_due", wanted, after=after, limit=limit, count=count, by=by, at=at)


def given_by_me(
    *, by: Actor, at: datetime, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Directed]:
    """All that the actor gave and that is not settled, whenever it is due.

    :raises NotPermitted: `by` gives no directions here
    """
    require(by, Permission.DIRECTION_GIVE, authority=acting_council(by))
    found = Direction.objects.filter(given_by=by.user_id, settled_at=None)
    return _listed("given_by_me", found, after=after, limit=limit, count=count, by=by, at=at)


def drifting(
    *, by: Actor, at: datetime, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Directed]:
    """Every open direction of the council that drifts, whoever gave it: somebody else has to know.

    :raises NotPermitted: `by` gives no directions here
    """
    require(by, Permission.DIRECTION_GIVE, authority=acting_council(by))
    put_off = Direction.objects.annotate(put_off=F("asked") + F("moved") + F("reopened"))
    found = put_off.filter(state=rules.State.OPEN.value, put_off__gte=_limit(by, at))
    return _listed("drifting", found, after=after, limit=limit, count=count, by=by, at=at)


def for_subject(subject_kind: str, subject_key: object, *, by: Actor, at: datetime) -> list[Directed]:
    """Every direction that came from one thing; it belongs to whoever may read that thing."""
    return for_subjects(subject_kind, [subject_key], by=by, at=at)


def for_subjects(subject_kind: str, keys: Iterable[object], *, by: Actor, at: datetime) -> list[Directed]:
    """The same for several things of one kind, in a fixed number of statements."""
    found = Direction.objects.filter(subject_kind=subject_kind, subject_key__in=[UUID(str(key)) for key in keys])
    return _rows(found, by=by, at=at)


def part_of(kind: str, keys: str) -> Part:
    """The directions of several things of one kind, as a part of a page's one statement; `directed` takes the rows.

    :param keys: a constant text: the list of the keys of the things
    """
    return Part(Direction, f"subject_kind = '{kind}' AND subject_key = ANY({keys})", "due_at, key", MOST)


def for_child(child_kind: str, child_key: object, *, by: Actor, at: datetime) -> list[Directed]:
    """Every direction for one child, wherever it came from; it belongs to whoever may read the child's record."""
    return _rows(Direction.objects.filter(child_kind=child_kind, child_key=UUID(str(child_key))), by=by, at=at)


def owners(*, by: Actor, at: datetime) -> list[tuple[str, str]]:
    """Who can be given a direction today, as values for `give` and words that name nobody else.

    Teams first, then people, then agencies without an account. Two people of one name are told apart by their roles.
    """
    known = [(f"team:{team.pk}", team.name, "team") for team in teams(by=by, at=at) if not team.restricted]
    for person in colleagues(by=by, at=at):
        roles = ", ".join(sorted(ROLE_NAMES[role].lower() for role in person.roles))
        known.append((f"user:{person.id}", person.name, roles))
    known += [(agency.name, agency.name, "agency") for agency in agencies(by=by)]
    return rules.told_apart(known)


def open_direction(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> OpenDirection:
    """Open one direction with its history; the opening is recorded.

    :param why: the reason given for looking, where one is asked
    :raises NotFound: absent or another council's
    :raises NotPermitted: `by` neither gives nor carries out directions here, nor reads contacts
    """
    found = within(by, Direction.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    if not any(map(by.may, (Permission.DIRECTION_DO, Permission.DIRECTION_GIVE, Permission.CONTACT_READ))):
        raise NotPermitted(Permission.DIRECTION_DO)
    (row,) = _rows(Direction.objects.filter(pk=found.pk), by=by, at=at)
    history = within(by, Turn.objects.filter(direction=found)).order_by("at", "id")
    opened = OpenDirection(
        row=row,
        done_by="".join(names({found.done_by}, by=by).values()) if found.done_by is not None else "",
        history=tuple(Line(rules.Turn(turn.kind), turn.text, turn.due_at, turn.by_name, turn.at) for turn in history),
        does=by.may(Permission.DIRECTION_DO) and rules.does(by, found.owner, found.given_by),
        gives=by.may(Permission.DIRECTION_GIVE),
    )
    trail.record("directions.open", subject=found, by=by, at=at, why=why)
    return opened


def _limit(by: Actor, at: datetime) -> int:
    return int(setting(rules.DRIFT.name, authority=acting_council(by), on=at).value)


def _listed(
    name: str, found: QuerySet[Direction], *, after: Cursor | None, limit: int, count: bool, by: Actor, at: datetime
) -> Paged[Directed]:
    """One page of a list, with its entry in the trail."""
    total = within(by, found).count() if count else None
    if after is not None:
        found = found.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], key__gt=after[1]))
    rows = cut(_rows(found, limit=limit + 1, by=by, at=at), limit, total)
    trail.record(f"directions.{name}", by=by, at=at, shown=[str(row.key) for row in rows])
    return rows


def _rows(found: QuerySet[Direction], *, limit: int = MOST, by: Actor, at: datetime) -> list[Directed]:
    return directed(list(within(by, found).order_by("due_at", "key")[:limit]), by=by, at=at)


def directed(rows: Sequence[Direction], *, by: Actor, at: datetime) -> list[Directed]:
    """Directions as pages show them; they belong to whoever may read what they came from."""
    if not rows:
        return []
    limit = _limit(by, at)
    here = {colleague.id: colleague.name for colleague in colleagues(by=by, at=at)}
    known = {team.pk: team.name for team in teams(by=by, at=at)}
    gone = {row.owner_user for row in rows if row.owner_user is not None} - set(here)
    people = names(gone, by=by) | here
    return [
        _row(
            row,
            owner=people.get(row.owner_user or 0) or known.get(row.owner_team or 0) or row.owner_agency,
            nobodys=row.owner_user in gone,
            giver=here.get(row.given_by or 0, ""),
            limit=limit,
            at=at,
        )
        for row in rows
    ]


def _row(row: Direction, *, owner: str, nobodys: bool, giver: str, limit: int, at: datetime) -> Directed:
    return Directed(
        key=row.key,
        authority_id=row.authority_id,
        subject_kind=row.subject_kind,
        subject_key=row.subject_key,
        child_kind=row.child_kind,
        child_key=row.child_key,
        what=row.what,
        owner=owner,
        nobodys=nobodys,
        giver=giver,
        given_at=row.given_at,
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        state=rules.State(row.state),
        done_at=row.done_at,
        evidence=row.evidence,
        asked=row.asked,
        moved=row.moved,
        reopened=row.reopened,
        back=not rules.State(row.state).settled and rules.on_its_day(row.due_at, at=at),
        drifts=rules.drifting(asked=row.asked, moved=row.moved, reopened=row.reopened, limit=limit),
        version=row.version,
    )
