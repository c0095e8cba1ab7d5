"""Reading joins: two records side by side, the joins that wait, one join with all that hangs on it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require
from frontdoor.matching.models import Division, Join, Link, Told
from frontdoor.matching.queries.joining_acts import acts, acts_told
from frontdoor.matching.queries.joining_standing import differing, may_join, names_of
from frontdoor.matching.queries.joining_tables import model_of, rows_of
from frontdoor.matching.rules.joining import Differs, State
from frontdoor.matching.rules.joining_telling import Act
from frontdoor.matching.rules.scoring import Verdict, weigh
from frontdoor.people.models import (
    Birth,
    Caution,
    Fact,
    Identifier,
    Involvement,
    Membership,
    Name,
    Person,
    Relationship,
    Residence,
)
from frontdoor.people.queries import index
from frontdoor.shell.rules.lists import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Compared:
    """Two records side by side.

    :param rows: what stands of each, by model: those of the first, those of the second
    :param ties: of each, the relationships with the label of the other person
    :param reports: in how many reports each was named
    """

    one: Person
    other: Person
    rows: dict[type[Model], tuple[list[Any], list[Any]]]
    ties: tuple[list[tuple[Relationship, bool, str]], list[tuple[Relationship, bool, str]]]
    reports: tuple[int, int]
    differs: tuple[Differs, ...]
    verdict: Verdict


COMPARED: tuple[type[Model], ...] = (Name, Birth, Residence, Identifier, Fact, Caution, Membership, Involvement)


def person_of(key: UUID | str, *, by: Actor) -> Person:
    """A person's line, also of a record that was joined into another.

    :raises NotFound: there is none of that key, or not for `by`
    """
    found = within(by, Person.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def compare(one: Person, other: Person, *, by: Actor) -> Compared:
    """Lay two records side by side, as `by` sees them; ten statements."""
    pair = [one.pk, other.pk]
    rows: dict[type[Model], tuple[list[Any], list[Any]]] = {}
    for model in COMPARED:
        stands = model.objects.filter(person__in=pair)  # type: ignore[attr-defined]  # every model has its manager
        if model is not Involvement:
            stands = stands.filter(struck_at=None)
        related = stands.select_related("household") if model is Membership else stands
        found = list(within(by, related).order_by("pk"))
        rows[model] = ([row for row in found if row.person_id == one.pk], [r for r in found if r.person_id == other.pk])
    known = index.records(pair, by=by)
    links = Link.objects.filter(person__in=pair, state="confirmed", ended_at=None)
    named = list(within(by, links).values_list("person_id", flat=True))
    verdict = weigh(known[other.pk], known[one.pk])
    return Compared(
        one, other, rows, _ties(one, other, by=by), (named.count(one.pk), named.count(other.pk)),
        differing(one, other, by=by), verdict,
    )  # fmt: skip


def _ties(one: Person, other: Person, *, by: Actor) -> Any:
    pair = (one.pk, other.pk)
    found = Relationship.objects.filter(Q(person__in=pair) | Q(other__in=pair), struck_at=None)
    rows = list(within(by, found).select_related("person", "other").order_by("pk"))
    sides: tuple[list[Any], list[Any]] = ([], [])
    for side, number in zip(sides, pair, strict=True):
        for row in rows:
            if row.person_id == number:
                side.append((row, True, row.other.label))
            elif row.other_id == number:
                side.append((row, False, row.person.label))
    return sides


def open_pair(one: UUID | str, other: UUID | str, *, by: Actor, at: datetime) -> Compared:
    """Two records side by side, for whoever may propose that they become one; it leaves an entry of each.

    :raises NotPermitted: `by` proposes no joins
    :raises NotFound: one is not there for `by`, or nobody is told of the two together
    :raises StepNotAllowed: something hinders them from being joined
    """
    require(by, Permission.JOIN_PROPOSE, authority=acting_council(by))
    first, second = person_of(one, by=by), person_of(other, by=by)
    may_join(first, second, by=by)
    trail.record_each("matching.compare", subjects=[first, second], by=by, at=at)
    return compare(first, second, by=by)


@dataclass(frozen=True, slots=True)
class Listed:
    """A join in a list."""

    join: Join
    proposed_by: str
    left: int = 0

    @property
    def cursor(self) -> tuple[Any, ...]:
        return (self.join.proposed_at, self.join.pk)


WHICH = {
    "waiting": (State.PROPOSED.value,),
    "divide": (State.UNDONE.value,),
    "made": (State.MADE.value,),
    "settled": (State.REFUSED.value, State.DIVIDED.value),
}


def open_joins(which: str, *, after: tuple[Any, ...] | None = None, by: Actor, at: datetime) -> Paged[Listed]:
    """The joins of one kind, the oldest proposal first; those whose records `by` may not open are not there.

    :param which: a key of `WHICH`
    :raises NotPermitted: `by` proposes no joins
    """
    require(by, Permission.JOIN_PROPOSE, authority=acting_council(by))
    found = Join.objects.filter(state__in=WHICH[which], kept__isnull=False).select_related("kept", "gone")
    if after is not None:
        found = found.filter(Q(proposed_at__gt=after[0]) | Q(proposed_at=after[0], pk__gt=after[1]))
    rows = list(within(by, found).order_by("proposed_at", "pk")[: PAGE + 1])
    known = names({row.proposed_by for row in rows}, by=by)
    trail.record("matching.joins", by=by, at=at, which=which, shown=len(rows))
    return cut([Listed(row, known.get(row.proposed_by, "")) for row in rows], PAGE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits to be given to one of the two."""

    division: Division
    row: Any


@dataclass(frozen=True, slots=True)
class Opened:
    """One join, with all that hangs on it.

    :param compared: the two side by side, while they are two
    :param moved: how many rows were moved, by the name of their table
    :param changed: rows that were moved and changed by somebody since; they went back as they then were
    :param acts: what people did with the joined record, before it was parted
    :param users: names by number
    :param leading: the name that was chosen to lead
    """

    join: Join
    compared: Compared | None
    moved: dict[str, int]
    changed: list[Any]
    waiting: list[Waiting]
    told: list[Told]
    acts: list[Act]
    users: dict[int, str] = field(default_factory=dict)
    leading: Name | None = None


def names_to_lead(opened: Opened, *, by: Actor) -> list[Name]:
    """The names of the two of which one leads; part of opening the join."""
    return names_of(opened.join.kept, opened.join.gone, by=by) if opened.compared else []


def open_join(key: UUID | str, *, by: Actor, at: datetime) -> Opened:
    """One join; opening it leaves an entry.

    :raises NotPermitted: `by` proposes no joins
    :raises NotFound: absent, another council's, or `by` may not open one of the records
    """
    require(by, Permission.JOIN_PROPOSE, authority=acting_council(by))
    join = within(by, Join.objects.filter(key=key)).select_related("kept", "gone").first()
    if join is None or not _both_seen(join, by=by):
        raise NotFound
    two = join.state != State.MADE and join.kept.joined_into_id is None and join.gone.joined_into_id is None
    told = list(within(by, Told.objects.filter(join=join)).order_by("-last_at", "pk"))
    done = acts(join, by=by) if by.may(Permission.JOIN_APPROVE) else []
    who = {join.proposed_by, join.answered_by, join.undone_by, join.divided_by} | {each.user_id for each in told}
    who |= {act.user_id for act in done}
    opened = Opened(
        join, compare(join.kept, join.gone, by=by) if two else None, _moved(join, by=by), _changed(join, by=by),
        undivided(join, by=by), told, done, names({number for number in who if number}, by=by),
        within(by, Name.objects.filter(key=join.choices["name"])).first() if "name" in join.choices else None,
    )  # fmt: skip
    trail.record("matching.open_join", subject=join, by=by, at=at, kept=join.kept.key, gone=join.gone.key)
    return opened


def _both_seen(join: Join, *, by: Actor) -> bool:
    return within(by, Person.objects.filter(pk__in=[join.kept_id, join.gone_id])).count() == 2


def _moved(join: Join, *, by: Actor) -> dict[str, int]:
    """How many rows were moved, by what they are."""
    found: dict[str, set[int]] = defaultdict(set)
    for table, row in within(by, join.moves.exclude(was=F("became"))).values_list("table", "row"):
        if table != Person._meta.db_table:
            found[str(model_of(table)._meta.verbose_name)].add(row)
    return {name: len(rows) for name, rows in sorted(found.items())}


def _changed(join: Join, *, by: Actor) -> list[Any]:
    found = []
    for table, number in join.choices.get("changed", []):
        row = within(by, rows_of(table).filter(pk=number)).first()
        if row is not None:
            found.append(row)
    return found


def undivided(join: Join, *, by: Actor) -> list[Waiting]:
    """The rows that nobody has given to one of the two yet, as `by` sees them."""
    waiting = within(by, Division.objects.filter(join=join, said_at=None)).order_by("table", "pk")
    return [Waiting(each, _row(each.table, each.row, by=by)) for each in waiting]


def _row(table: str, number: int, *, by: Actor) -> Any:
    """The row itself; None where `by` may not see it."""
    return within(by, rows_of(table).filter(pk=number)).first()


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What joining has to do with one record.

    :param into: the joins that brought another record into it
    :param apart: the joins that were undone and not yet divided, of which rows may be this person's
    """

    person: Person
    joins: list[Join]
    waiting: list[Waiting]

    @property
    def open(self) -> Join | None:
        return next((join for join in self.joins if join.state in (State.PROPOSED, State.UNDONE)), None)


def open_of_person(key: UUID | str, *, by: Actor, at: datetime) -> OfPerson:
    """The joins of one record, the newest first, with the rows of it that wait to be divided; it leaves an entry.

    :raises NotPermitted: `by` proposes no joins
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.JOIN_PROPOSE, authority=acting_council(by))
    person = person_of(key, by=by)
    mine = Join.objects.filter(Q(kept=person) | Q(gone=person)).select_related("kept", "gone")
    joins = [join for join in within(by, mine).order_by("-proposed_at", "-pk")[:PAGE] if _both_seen(join, by=by)]
    waiting = [each for join in joins if join.state == State.UNDONE for each in undivided(join, by=by)]
    trail.record("matching.joins_of", subject=person, by=by, at=at)
    return OfPerson(person, joins, waiting)


_OF_TOLD = ("join__kept", "join__gone", "link__person")


def open_told(*, by: Actor, at: datetime) -> list[Told]:
    """What one is asked to look at again, what waits first; at most the newest hundred."""
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    mine = Told.objects.filter(user_id=acting_person(by)).select_related(*_OF_TOLD)
    rows = list(within(by, mine).order_by(F("looked_at").asc(nulls_first=True), "-told_at", "pk")[:100])
    trail.record("matching.told", by=by, at=at, shown=len(rows))
    return rows


def open_one_told(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Told, list[Act]]:
    """What one did with a record that was joined by mistake, each time; it leaves an entry.

    :raises NotFound: absent, another council's, or somebody else's
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    mine = Told.objects.filter(key=key, user_id=acting_person(by)).select_related(*_OF_TOLD)
    told = within(by, mine).first()
    if told is None:
        raise NotFound
    trail.record("matching.open_told", subject=told, by=by, at=at)
    return told, acts_told(told, by=by)
