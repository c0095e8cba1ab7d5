"""Whatever is added, corrected, ended and struck through: nothing written is lost, and the line says what stands."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.people.actions import index
from frontdoor.people.models import Birth, Fact, Name, Person, Probe, Residence
from frontdoor.people.queries.index import TABLES, records
from frontdoor.people.rules.probes import probes
from tests.people.test_index import made, source
from tests.worlds import MADE_AT, World

pytestmark = pytest.mark.django_db

NAMES = [(kind, name) for kind in ("legal", "known_as", "former") for name in ("Ada", "Bea", "Cia")]
BIRTHS = [(basis, day) for basis in ("known", "estimated") for day in (date(2015, 3, 4), date(2016, 5, 6))]
HOMES = [(kind, code) for kind in ("home", "placement") for code in ("PE1 1AA", "PE2 2BB", "")]
SAID = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(NAMES)),
    st.tuples(st.just("birth"), st.sampled_from(BIRTHS)),
    st.tuples(st.just("residence"), st.sampled_from(HOMES)),
    st.tuples(st.just("fact"), st.sampled_from([("sex", "M"), ("sex", "F"), ("school", "Larkspur")])),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "correct", "end", "strike"]), SAID, st.integers(0, 20)), max_size=12
)


@dataclass
class Written:
    """A row as the test remembers it."""

    table: str
    said: tuple[Any, Any]
    order: int
    until: date | None = None
    struck: str = ""


def row(table: str, said: tuple[Any, Any]) -> Any:
    kind, value = said
    return {
        "name": lambda: Name(kind=kind, given_name=value, family_name="Nowak"),
        "birth": lambda: Birth(basis=kind, day=value),
        "residence": lambda: Residence(kind=kind, lines="1 Lane", postcode=value),
        "fact": lambda: Fact(kind=kind, value=value),
    }[table]()


def read_back(table: str, kept: Any) -> tuple[Any, Any]:
    return {
        "name": lambda: (kept.kind, kept.given_name), "birth": lambda: (kept.basis, kept.day),
        "residence": lambda: (kept.kind, kept.postcode), "fact": lambda: (kept.kind, kept.value),
    }[table]()  # fmt: skip


def newest(rows: list[Written]) -> Written | None:
    """The last written of what is so; else the last to end of what was so."""
    now = [each for each in rows if each.until is None]
    if now:
        return max(now, key=lambda each: each.order)
    return max(rows, key=lambda each: (each.until, each.order)) if rows else None


def expected(kept: dict[UUID, Written]) -> tuple[Any, ...]:
    stands = [each for each in kept.values() if not each.struck]
    named = [each for each in stands if each.table == "name"]
    name = None
    for open_ones in (True, False):
        for kind in ("legal", "known_as", "former"):
            some = [each for each in named if each.said[0] == kind and (each.until is None) == open_ones]
            name = name or newest(some)
    born = None
    for basis in ("known", "estimated"):
        born = born or newest([each for each in stands if each.table == "birth" and each.said[0] == basis])
    sex = newest([each for each in stands if each.table == "fact" and each.said[0] == "sex"])
    place = None
    for kind in ("home", "placement"):
        here = [each for each in stands if each.table == "residence" and each.said[0] == kind and each.until is None]
        place = place or newest(here)
    return (
        f"{name.said[1]} Nowak" if name else "Name not known", born.said[1] if born else None,
        born.said[0] if born else "", sex.said[1] if sex else "", place.said[1] if place else "",
    )  # fmt: skip


class Kept:
    """One person, and everything that was written of them as the test remembers it."""

    def __init__(self, by: Any) -> None:
        self.by, self.person = by, made(by, given_name="Ada")
        self.rows = {self.person.names.get().key: Written("name", ("legal", "Ada"), 0)}

    def step(self, do: str, said: Any, which: int, order: int) -> None:
        """Do one thing, and remember it; what is refused was rightly refused and changes nothing."""
        key = list(self.rows)[which % len(self.rows)]
        old = self.rows[key]
        at = MADE_AT + timedelta(minutes=order)
        try:
            getattr(self, do)(key, old, said, order, at)
        except StepNotAllowed:
            only = [each for each in self.rows.values() if each.table == "name" and not each.struck]
            assert old.struck or (do == "end" and old.until) or (do == "strike" and only == [old])

    def add(self, key: UUID, old: Written, said: Any, order: int, at: Any) -> None:
        new = index.add(self.person, row(*said), source=source(), by=self.by, at=at)
        self.rows[new.key] = Written(*said, order)

    def correct(self, key: UUID, old: Written, said: Any, order: int, at: Any) -> None:
        what, why = said[1] if said[0] == old.table else old.said, f"Wrong {order}"
        new = index.correct(row(old.table, what), why=why, of=key, table=old.table, by=self.by, at=at)
        old.struck, self.rows[new.key] = why, Written(old.table, what, order)

    def end(self, key: UUID, old: Written, said: Any, order: int, at: Any) -> None:
        if old.table != "birth":
            until = MADE_AT.date() - timedelta(days=order % 5)
            index.end(key, old.table, until=until, by=self.by, at=at)
            old.until = until

    def strike(self, key: UUID, old: Written, said: Any, order: int, at: Any) -> None:
        index.strike(key, old.table, why=f"Wrong {order}", by=self.by, at=at)
        old.struck = f"Wrong {order}"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_written_is_lost_and_the_line_says_what_stands(world: World, steps: list[Any]) -> None:
    with world.acting("social_worker") as by:
        kept = Kept(by)
        for order, (do, said, which) in enumerate(steps, start=1):
            kept.step(do, said, which, order)
        for key, was in kept.rows.items():
            now: Any = TABLES[was.table].objects.get(key=key)  # type: ignore[attr-defined]  # the abstract class has none
            assert (read_back(was.table, now), now.until, now.struck_why) == (was.said, was.until, was.struck)
            assert (now.recorded_at, now.source) == (MADE_AT + timedelta(minutes=was.order), source().words)
        line = Person.objects.get(pk=kept.person.pk)
        assert (line.label, line.born_on, line.born_basis, line.sex, line.postcode) == expected(kept.rows)
        tokens = set(Probe.objects.filter(person_id=line.pk).values_list("token", flat=True))
        assert tokens == probes(records([line.pk], by=by)[line.pk])
