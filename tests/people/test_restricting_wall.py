"""What is shut is not there: each table, each reader, in plain SQL as the application's role."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone

from frontdoor.actors.rules import BRINGER, CLOCK_SWEEP, COURIER, MAILER, MATCHER, MIGRATION, SEEDER, Actor
from frontdoor.matching.models import Link, NotSame, Suspicion
from frontdoor.people.models import (
    Barred,
    Fact,
    Glass,
    Name,
    NamedAccess,
    Person,
    Relationship,
    Restriction,
)
from tests.people.shut import TABLES, Family, family, person, restriction, seen
from tests.worlds import PETERBOROUGH, World

HOUR = timedelta(hours=1)


@pytest.fixture
def known(world: World) -> Family:
    """The family."""
    return family(world)


def _named(of: Person, user: int, **given: Any) -> NamedAccess:
    at = timezone.now()
    return NamedAccess.objects.create(
        authority_id=of.authority_id, person=of, user_id=user, why="Works with them", **{"since": at - HOUR, **given}
    )


def _glass(of: Person, user: int, **given: Any) -> Glass:
    at = timezone.now()
    return Glass.objects.create(
        authority_id=of.authority_id, person=of, user_id=user, why="A child may be in danger",
        **{"at": at, "until": at + HOUR, **given},
    )  # fmt: skip


def _bar(of: Person, user: int, ground: str = "relative") -> Barred:
    return Barred.objects.create(
        authority_id=of.authority_id, person=of, user_id=user, ground=ground, set_at=timezone.now()
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__.lower())
def test_a_shut_record_is_there_only_for_those_who_may_open_it(
    world: World, known: Family, table: type[models.Model]
) -> None:
    user = world.user("social_worker")
    sought = known.shut if table is not Relationship else known.open
    with world.acting("social_worker"):
        assert seen(table, sought) == 0
    with world.system(SEEDER):
        given = _named(known.shut, user.pk)
    with world.acting("social_worker"):
        assert seen(table, sought) == 1
    with world.acting("social_worker", second=True):
        assert seen(table, sought) == 0, "named is one person alone"
    with world.system(SEEDER):
        NamedAccess.objects.filter(pk=given.pk).update(ended_at=timezone.now())
    with world.acting("social_worker"):
        assert seen(table, sought) == 0
    with world.system(SEEDER):
        broken = _glass(known.shut, user.pk)
    with world.acting("social_worker"):
        assert seen(table, sought) == 1
    with world.system(SEEDER):
        barred = _bar(known.shut, user.pk)
    with world.acting("social_worker"):
        assert seen(table, sought) == 0, "whoever is barred sees nothing, not even by glass"
    with world.system(SEEDER):
        Barred.objects.filter(pk=barred.pk).update(ended_at=timezone.now())
        Glass.objects.filter(pk=broken.pk).update(ended_at=timezone.now())
    with world.acting("social_worker"):
        assert seen(table, sought) == 0


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (MATCHER, 1), (BRINGER, 1), (SEEDER, 1), (MIGRATION, 1), (COURIER, 0), (MAILER, 0), (CLOCK_SWEEP, 0),
        (Actor(name="client:12", label="A system"), 0), (Actor(name="user:", label="Nobody"), 0),
    ],
    ids=lambda each: each.name if isinstance(each, Actor) else "",
)  # fmt: skip
def test_of_the_parts_of_the_service_only_those_see_it_who_compare_bring_in_and_move(
    world: World, known: Family, reader: Actor, sees: int
) -> None:
    with world.system(reader):
        assert {seen(table, known.shut) for table in TABLES if table is not Relationship} == {sees}


def test_access_by_name_holds_from_and_until(world: World, known: Family) -> None:
    user, at = world.user("social_worker").pk, timezone.now()
    with world.system(SEEDER):
        _named(known.shut, user, since=at + HOUR)
        _named(known.shut, user, since=at - 2 * HOUR, until=at - HOUR)
        _glass(known.shut, user, at=at - 3 * HOUR, until=at - HOUR)
    with world.acting("social_worker"):
        assert seen(Person, known.shut) == 0


def test_in_another_council_a_name_on_the_list_opens_nothing(world: World, known: Family) -> None:
    with world.system(SEEDER):
        _named(known.shut, world.user("social_worker").pk)
    with world.acting("social_worker", council=873):
        assert seen(Person, known.shut) == 0


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__.lower())
def test_nobody_sees_what_they_are_barred_from_though_it_is_shut_to_nobody_else(
    world: World, known: Family, table: type[models.Model]
) -> None:
    if table is Relationship:
        with world.system(SEEDER):
            Restriction.objects.update(ended_at=timezone.now())
    with world.system(SEEDER):
        _bar(known.open, world.user("social_worker").pk, "self")
    with world.acting("social_worker"):
        assert seen(table, known.open) == 0
    with world.acting("social_worker", second=True):
        assert seen(table, known.open) == 1


def test_a_row_between_two_people_shows_neither_to_whom_the_other_is_shut(world: World) -> None:
    user = world.user("social_worker").pk
    with world.system(SEEDER):
        people = [person(name) for name in ("Ann", "Bea")]
        for one, other in (people, people[::-1]):
            Relationship.objects.create(
                authority_id=PETERBOROUGH, person=one, other=other, kind="sister", source_kind="system",
                recorded_at=timezone.now(),
            )  # fmt: skip
        Suspicion.objects.filter(person=people[0]).update(other=people[1])
        for each in people:
            restriction(each)
        _named(people[0], user)
    with world.acting("social_worker"):
        assert [seen(table, people[0]) for table in (Person, Relationship, Suspicion)] == [1, 0, 0]
    with world.system(SEEDER):
        _named(people[1], user)
    with world.acting("social_worker"):
        assert [seen(table, *people) for table in (Person, Relationship, Suspicion)] == [2, 2, 2]
    with world.system(SEEDER):
        _bar(people[1], user)
    with world.acting("social_worker"):
        assert [seen(table, people[0]) for table in (Person, Relationship, Suspicion)] == [1, 0, 0]


def test_a_record_opens_when_its_last_restriction_ends_and_not_before(world: World, known: Family) -> None:
    with world.system(SEEDER):
        second = restriction(known.shut, ground="staff")
        Restriction.objects.exclude(pk=second.pk).update(ended_at=timezone.now())
    with world.acting("social_worker"):
        assert seen(Person, known.shut) == 0
    with world.system(SEEDER):
        Restriction.objects.filter(pk=second.pk).update(ended_at=timezone.now())
    with world.acting("social_worker"):
        counts = {seen(table, known.shut) for table in TABLES if table is not Relationship}
        assert (counts, seen(Relationship, known.open)) == ({1}, 1)


def test_nobody_opens_a_record_by_writing_that_it_is_open(world: World, known: Family) -> None:
    with world.system(SEEDER):  # who sees the rows, and may write them
        for table in TABLES:
            table._default_manager.update(shut=False)
        assert seen(Person, known.shut) == 1
    with world.acting("social_worker"):
        assert {seen(table, known.shut) for table in TABLES} == {0}
        for table in TABLES:
            assert table._default_manager.filter(**_of(table, known.shut)).update(shut=False) == 0
    with world.system(SEEDER):
        Person.objects.filter(pk=known.open.pk).update(shut=True)
    with world.acting("social_worker"):
        assert seen(Person, known.open) == 1, "nor shuts one so"


def _of(table: type[models.Model], person: Person) -> dict[str, Any]:
    return {"pk" if table is Person else "person_id": person.pk}


def test_nobody_writes_about_a_record_that_they_may_not_open(world: World, known: Family) -> None:
    fact = {
        "authority_id": PETERBOROUGH, "kind": "gp", "value": "A surgery", "source_kind": "worker",
        "recorded_at": timezone.now(),
    }  # fmt: skip
    with world.acting("social_worker"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Fact.objects.create(person_id=known.shut.pk, **fact)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Link.objects.filter(person=known.open).update(person_id=known.shut.pk)
        Fact.objects.create(person_id=known.open.pk, **fact)
    with world.system(SEEDER):
        _bar(known.open, world.user("social_worker").pk)
    with world.acting("social_worker"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Fact.objects.create(person_id=known.open.pk, **fact)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            _glass(known.open, world.user("social_worker").pk)


def test_a_row_that_is_moved_to_another_person_is_shut_as_that_one_is(world: World, known: Family) -> None:
    with world.system(SEEDER):
        Name.objects.filter(person=known.open).update(person=known.shut)
    with world.acting("social_worker"):
        assert seen(Name, known.shut) == 0
    with world.system(SEEDER):
        Name.objects.filter(person=known.shut).update(person=known.open)
        Restriction.objects.update(person=known.open)
    with world.acting("social_worker"):
        assert [seen(Name, known.open), seen(Person, known.open), seen(Person, known.shut)] == [0, 0, 1]


def test_a_pair_that_nobody_is_told_of_is_seen_by_who_said_so_alone(world: World, known: Family) -> None:
    with world.acting("head_of_service") as by:
        NotSame.objects.create(
            authority_id=PETERBOROUGH, first=known.shut, second=known.open, ground="adoption", hidden=True,
            said_by=by.user_id, said_at=timezone.now(),
        )  # fmt: skip
        assert NotSame.objects.count() == 1
    with world.acting("data_quality_manager"):
        assert NotSame.objects.count() == 0
    with world.system(MATCHER):
        assert NotSame.objects.count() == 1


PLANS = {
    "a person": "SELECT label FROM people_person WHERE authority_id = 874 AND id = 77",
    "names": "SELECT person_id FROM people_name WHERE authority_id = 874 AND fold_family = 'smith'",
    "rows of one person": "SELECT value FROM people_fact WHERE authority_id = 874 AND person_id = 77",
    "links": "SELECT person_id FROM matching_link WHERE authority_id = 874 AND person_id = 77",
}


@pytest.mark.parametrize("asked", PLANS)
def test_the_wall_leaves_the_indexes_to_the_questions(world: World, asked: str) -> None:
    with world.acting("social_worker"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (COSTS OFF, VERBOSE) {PLANS[asked]}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    missing = [words for words in ("Index Cond", "NOT ", "frontdoor_barred()") if words not in plan]
    assert missing == [], plan
    assert "SubPlan" not in plan, "who may open what is asked once a statement, not once a row"
