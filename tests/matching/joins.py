"""Families as tests of joining have them, and everything that stands of them, in a form that can be compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import strategies as st

from frontdoor.actors.rules import SEEDER
from frontdoor.matching.actions import joining, joining_undoing
from frontdoor.matching.models import Join, Link, NotSame, Search, Suspicion
from frontdoor.matching.queries import joining_standing
from frontdoor.matching.queries.joining_tables import moved
from frontdoor.matching.rules.joining import Clash
from frontdoor.people.actions import index
from frontdoor.people.models import (
    Birth,
    Bringing,
    Caution,
    Fact,
    Household,
    Identifier,
    Involvement,
    Mark,
    Membership,
    Name,
    Person,
    Probe,
    Relationship,
    Residence,
    Restriction,
)
from tests.worlds import PETERBOROUGH, World

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)
NUMBERS = ("9990871779", "9990147256")
EVENTS = tuple(UUID(int=number) for number in range(3))
NAMES = ("Ola", "Ewa", "Jan")


def after(hours: float) -> datetime:
    return AT + timedelta(hours=hours)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is undone at the end: one example of many in one test."""

    class Back(Exception):
        pass

    try:
        with transaction.atomic():
            yield
            raise Back
    except Back:
        pass


@dataclass
class Known:
    """Some people of Peterborough, by the names of their records."""

    world: World
    people: list[Person] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)

    def make(self, *labels: str) -> None:
        with self.world.system(SEEDER):
            for label in labels:
                person = Person.objects.create(authority_id=PETERBOROUGH, made_at=AT, label=label)
                self.people.append(person)
            for number in range(2):
                label = f"Household {number}"
                self.households.append(Household.objects.create(authority_id=PETERBOROUGH, label=label, made_at=AT))

    def fresh(self, number: int) -> Person:
        return Person.objects.get(pk=self.people[number].pk)


Row = tuple[str, int, int, int, bool]
"""What a row is, whose, with whom or which, which value, whether struck through."""

PERSONAL = (
    "name",
    "birth",
    "sex",
    "nhs",
    "school",
    "residence",
    "caution",
    "membership",
    "link",
    "involvement",
    "mark",
)
BETWEEN = ("mother", "sibling", "not_same", "suspicion")


def rows(people: int = 4) -> st.SearchStrategy[list[Row]]:
    """Rows of a family at random; nobody said that the first three are not one another."""
    who, value, struck = st.integers(0, people - 1), st.integers(0, 2), st.sampled_from([False, False, True])
    personal = st.tuples(st.sampled_from(PERSONAL), who, st.integers(0, 1), value, struck)
    between = st.tuples(st.sampled_from(BETWEEN), who, who, value, struck)
    return st.lists(st.one_of(personal, between), min_size=4, max_size=24)


def write(known: Known, told: list[Row], *, at: datetime = AT) -> list[Any]:
    """Write rows down, and what follows from them; called inside `acting`."""
    found = []
    for row in told:
        kind, struck = row[0], row[4]
        if (made := _row(known, row, at)) is not None:
            made.authority_id = PETERBOROUGH
            if kind == "mark" and Mark.objects.filter(
                person=made.person, event_key=made.event_key, said_by=made.said_by, ended_at=None
            ):
                continue
            if struck and hasattr(made, "struck_at"):
                made.struck_by, made.struck_at, made.struck_why = 1, at, "It was wrong."
            made.save(force_insert=True)
            found.append(made)
    with_rows = [person.pk for person in known.people if known_alone(person)]
    for _ in range(2):  # what somebody is found by holds the names of the family, as these were just written
        index.refresh(with_rows, by=SEEDER.at(PETERBOROUGH))
    return found


def known_alone(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).joined_into_id is None


def _row(known: Known, row: Row, at: datetime) -> Any:
    kind, whose, other, value, _ = row
    person, said = known.people[whose], {"source_kind": "worker", "recorded_at": at}
    if kind in BETWEEN:
        with_whom = known.people[other]
        if whose == other or (kind == "not_same" and {whose, other} <= {0, 1, 2}):
            return None
        if kind == "not_same":
            return NotSame(first=person, second=with_whom, ground="looked_at", said_at=at)
        if kind == "suspicion":
            return Suspicion(
                search=_search(at), person=person, other=with_whom, strength="likely", bits=9.5 - value, state="waiting"
            )
        return Relationship(person=person, other=with_whom, kind=kind, **said)
    rows: dict[str, Any] = {
        "name": lambda: index.prepared(Name(kind="legal", given_name=NAMES[value], family_name="Nowak")),
        "birth": lambda: Birth(basis="known", day=date(2015, 1 + value, 5)),
        "sex": lambda: Fact(kind="sex", value="MFF"[value]),
        "nhs": lambda: Identifier(kind="nhs", value=NUMBERS[value % 2]),
        "school": lambda: index.prepared(Fact(kind="school", value=f"School {value}")),
        "residence": lambda: index.prepared(Residence(kind="home", lines=f"{value} Larkspur Fen", postcode="PE1 1AA")),
        "caution": lambda: Caution(kind="dogs", words=f"{value} dogs"),
        "membership": lambda: Membership(household=known.households[other]),
        "link": lambda: Link(subject_kind="contacts.named", subject_key=uuid4(), state="confirmed", said_at=at),
        "mark": lambda: Mark(event_kind="x", event_key=EVENTS[value], words="x", said_by=1 + other, said_at=at),
        "involvement": lambda: Involvement(external=str(uuid4()), kind="plan", as_at=at, bringing=_bringing(at)),
    }
    made = rows[kind]()
    made.person = person
    if kind not in ("link", "involvement", "mark"):
        made.source_kind, made.recorded_at = said["source_kind"], at
    return made


def _search(at: datetime) -> Search:
    return Search.objects.create(
        authority_id=PETERBOROUGH, state="done", engine="sql", begun_by="test", begun_at=at, moved_at=at
    )


def _bringing(at: datetime) -> Bringing:
    return Bringing.objects.create(
        authority_id=PETERBOROUGH, kind="feed", state="done", begun_at=at, moved_at=at, digest=str(uuid4())
    )


def restrict(person: Person) -> None:
    Restriction.objects.create(
        authority_id=PETERBOROUGH, person=person, ground="high_risk", why="In danger.", call_whom="A manager",
        call_number="01632 960001", owner=1, set_at=AT, review_on=date(2026, 4, 1),
    )  # fmt: skip
    for _ in range(2):  # nobody is found by the name of a relative whose record is shut
        index.refresh(Person.objects.values_list("pk", flat=True), by=SEEDER.at(PETERBOROUGH))


def everything(known: Known) -> dict[str, list[Any]]:
    """Every row of every table that refers to a person, but for the journals of joining and the count of versions."""
    numbers = [person.pk for person in known.people]
    found: dict[str, list[Any]] = {}
    with known.world.system(SEEDER):
        for each in {each.model for each in moved()} - {Person}:
            stands = each.objects.exclude(ground="undone") if each is NotSame else each.objects.all()
            found[each._meta.db_table] = [_plain(row) for row in stands.order_by("pk").values()]
        found["people"] = [_plain(row) for row in Person.objects.filter(pk__in=numbers).order_by("pk").values()]
        tokens = Probe.objects.filter(person_id__in=numbers)
        found["probes"] = sorted(tokens.values_list("person_id", "token"))
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the count of its versions, and a suspicion without its answer: the two were parted by somebody."""
    aside = {"version"} | ({"state", "answered_by", "answered_at", "why"} if "elsewhere" in row else set())
    return {name: value for name, value in row.items() if name not in aside}


def propose(known: Known, kept: int, gone: int, *, at: datetime = AT, side: str = "kept", **more: Any) -> Join:
    """A social worker proposes it, and takes the same side wherever not both can stand."""
    with known.world.acting("social_worker") as by:
        into, other = known.fresh(kept), known.fresh(gone)
        differs = joining_standing.differing(into, other, by=by)
        choices = {each.what.value: side for each in differs}
        if Clash.NHS.value in choices:
            choices["nhs_why"] = "The older number was given twice."
        given = {"why": "The same child.", "choices": choices, "seen": (into.version, other.version), **more}
        return joining.propose(kept=into.key, gone=other.key, by=by, at=at, **given)


def approve(known: Known, join: Join, *, at: datetime = AT, lead: int | None = None, **more: Any) -> Join:
    """Somebody else agrees.

    :param lead: which of the names that the two have leads, counted from the one that would by itself
    """
    with known.world.acting("data_quality_manager") as by:
        kept, gone = Person.objects.get(pk=join.kept_id), Person.objects.get(pk=join.gone_id)
        versions = (kept.version, gone.version)
        names = joining_standing.names_of(kept, gone, by=by)
        if lead is not None and names:
            more = {"name": str(names[lead % len(names)].key), "name_why": "So the birth certificate."}
        return joining.approve(join.key, seen=join.version, seen_people=versions, by=by, at=at, **more)


def joined(
    known: Known, kept: int = 0, gone: int = 1, *, at: datetime = AT, side: str = "kept", lead: int | None = None
) -> Join:
    return approve(known, propose(known, kept, gone, at=at, side=side), at=at, lead=lead)


def undo(known: Known, join: Join, *, at: datetime = AT) -> Join:
    with known.world.acting("data_quality_manager") as by:
        seen = Join.objects.get(pk=join.pk).version
        return joining_undoing.undo(join.key, seen=seen, why="Two children.", by=by, at=at)
