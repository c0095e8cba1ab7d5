"""A join is a journal: whatever a family is, joining two of its records and parting them again changes nothing."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from frontdoor.actors.rules import (
    SEEDER,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepNotAllowed,
)
from frontdoor.matching.actions import joining, joining_undoing
from frontdoor.matching.models import Division, Join, NotSame, Suspicion
from frontdoor.matching.queries.joining_tables import STAYS, columns_of, model_of, moved, references
from frontdoor.people.actions import index
from frontdoor.people.models import Birth, Identifier, Name, NamedAccess, Person, Probe, Relationship
from tests.matching import joins
from tests.matching.joins import AT, Known, after, approve, everything, joined, propose, rows, taken_back, undo, write
from tests.worlds import PETERBOROUGH, World

# A family takes minutes to be made smaller, and tells as much as it is.
FEW = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SIDE = st.sampled_from(["kept", "gone"])


@pytest.fixture
def known(world: World) -> Known:
    found = Known(world)
    found.make("Ola Nowak", "Ola Novak", "Ola N", "Ewa Nowak")
    return found


def _written(known: Known, *told: joins.Row) -> list[Any]:
    with known.world.system(SEEDER):
        return write(known, list(told))


@given(told=rows(), side=SIDE, restricted=st.sampled_from([None, None, 3]), lead=st.integers(0, 2))
@FEW
def test_a_join_that_is_undone_leaves_everything_as_it_was(
    known: Known, told: list[joins.Row], side: str, restricted: int | None, lead: int
) -> None:
    with taken_back():
        _written(known, *told)
        if restricted is not None:
            with known.world.system(SEEDER):
                joins.restrict(known.people[restricted])
        before = everything(known)
        join = joined(known, side=side, lead=lead)
        assert everything(known) != before
        assert undo(known, join, at=after(1)).state == "divided"
        assert everything(known) == before


@given(told=rows(), order=st.permutations([0, 1, 2]), side=SIDE, lead=st.integers(0, 2))
@FEW
def test_a_chain_of_joins_is_undone_in_any_order_that_is_possible(
    known: Known, told: list[joins.Row], order: list[int], side: str, lead: int
) -> None:
    with taken_back():
        _written(known, *(row for row in told if row[0] != "not_same"))
        before = everything(known)
        pairs = enumerate([(0, 1), (0, 2), (3, 0)])
        made = [joined(known, *pair, at=after(hour), side=side, lead=lead) for hour, pair in pairs]
        waiting = [made[number] for number in order]
        while waiting:
            left = [join for join in waiting if not _undone(known, join)]
            assert len(left) < len(waiting), "none of them can be undone"
            waiting = left
        assert everything(known) == before


def _undone(known: Known, join: Join) -> bool:
    try:
        undo(known, join, at=after(9))
    except StepNotAllowed as refused:
        return "Undo that join first" not in refused.what
    return True


@given(told=rows(), later=rows(), data=st.data(), side=SIDE)
@FEW
def test_what_was_added_or_changed_meanwhile_is_neither_lost_nor_assigned_by_itself(
    known: Known, told: list[joins.Row], later: list[joins.Row], data: st.DataObject, side: str
) -> None:
    with taken_back():
        first = _written(known, *told)
        join = joined(known, side=side)
        mine = [(kind, whose, other, *rest) for kind, whose, other, *rest in later if 1 not in (whose, other * 1)]
        mine = [row for row in mine if row[0] in joins.PERSONAL or 1 not in row[1:3]]
        added = _written(known, *mine)  # type: ignore[arg-type]
        altered = _struck_since(known, first[:2])
        join = undo(known, join, at=after(2))
        kept = known.people[0].pk
        waiting = {(row.table, row.row, row.column): row for row in _divisions(known, join)}
        assert set(waiting) == {
            (row._meta.db_table, row.pk, column)
            for row in added
            for column in columns_of(row._meta.db_table)
            if getattr(row, column) == kept
        }
        assert altered <= {(table, row) for table, row in join.choices["changed"]}
        _divided(known, join, waiting, data)


def _struck_since(known: Known, some: list[Any]) -> set[tuple[str, int]]:
    """Strike rows through that the join moved; which these are."""
    found = set()
    with known.world.system(SEEDER):
        for row in some:
            now = type(row).objects.get(pk=row.pk)
            whose = [getattr(row, column) for column in columns_of(row._meta.db_table)]
            if getattr(now, "struck_at", 1) is None and known.people[1].pk in whose and known.people[0].pk not in whose:
                type(row).objects.filter(pk=row.pk).update(struck_at=after(1), struck_why="Wrong.", struck_by=1)
                found.add((row._meta.db_table, row.pk))
    return found


def _divisions(known: Known, join: Join) -> list[Division]:
    with known.world.system(SEEDER):
        return list(Division.objects.filter(join=join).order_by("pk"))


def _divided(known: Known, join: Join, waiting: dict[Any, Division], data: st.DataObject) -> None:
    """Give each row to one of the two; each then is that one's, and the last one ends it."""
    assert join.state == ("undone" if waiting else "divided")
    for (table, row, column), division in waiting.items():
        to = data.draw(st.sampled_from(known.people[:2]))
        with known.world.acting("data_quality_manager") as by:
            joining_undoing.divide(division.key, to=to.key, by=by, at=after(3))
        with known.world.system(SEEDER):
            assert model_of(table).objects.filter(pk=row, **{column: to.pk}).exists()  # type: ignore[attr-defined]
    with known.world.system(SEEDER):
        assert Join.objects.get(pk=join.pk).state == "divided"


def test_no_column_that_refers_to_a_person_is_forgotten(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)"
            " WHERE contype = 'f' AND confrelid = 'people_person'::regclass AND attname <> 'authority_id'"
        )
        referring = set(cursor.fetchall())
    referring.remove(("people_probe", "person_id"))  # worked out anew from the rows that stand
    assert referring == {(each.table, each.column) for each in references()}
    assert set(STAYS) <= referring


def test_the_application_may_move_every_row_and_none_can_stand_once_for_each_person(db: None) -> None:
    with connection.cursor() as cursor:
        for each in moved():
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [each.table])
            assert cursor.fetchone() == (True,), f"{each.table} is moved by a join"
        cursor.execute(
            "SELECT indrelid::regclass::text, attname FROM pg_index"
            " JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey::int2[]) WHERE indisunique"
        )
        once = set(cursor.fetchall())
    # One worker marks one event once: `joining_moving` ends the other mark, and takes that back.
    once -= {("people_mark", "person_id")}
    assert not once & {(each.table, each.column) for each in moved()}, "a join would bring two rows together"


def test_every_table_of_which_rows_are_moved_takes_none_of_a_joined_record(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'not_joined'")
        guarded = {table for (table,) in cursor.fetchall()}
    assert guarded == {each.table for each in moved()} - {Person._meta.db_table}


def test_nobody_answers_what_they_proposed_themselves(known: Known) -> None:
    with known.world.acting("data_quality_manager") as by:
        kept, gone = known.fresh(0), known.fresh(1)
        seen = (kept.version, gone.version)
        join = joining.propose(kept=kept.key, gone=gone.key, seen=seen, why="The same child.", by=by, at=AT)
        with pytest.raises(StepNotAllowed, match="Somebody else answers it"):
            joining.approve(join.key, seen=1, seen_people=seen, by=by, at=AT)
        with pytest.raises(DatabaseError, match="join_answered_by_another"), transaction.atomic():
            Join.objects.filter(pk=join.pk).update(state="made", answered_by=by.user_id, answered_at=AT)
        with pytest.raises(DatabaseError, match="join_answered_unless_proposed"), transaction.atomic():
            Join.objects.filter(pk=join.pk).update(state="made")
    with known.world.acting("social_worker") as by, pytest.raises(NotPermitted):
        joining.approve(join.key, seen=1, seen_people=seen, by=by, at=AT)


def test_who_approves_has_seen_both_records_as_they_are(known: Known) -> None:
    join = propose(known, 0, 1)
    _written(known, ("school", 1, 0, 0, False))
    with known.world.system(SEEDER):
        Person.objects.filter(pk=known.people[1].pk).update(version=2)
    with known.world.acting("data_quality_manager") as by, pytest.raises(Conflict):
        joining.approve(join.key, seen=1, seen_people=(1, 1), by=by, at=AT)


def test_a_clash_that_came_after_the_proposal_is_not_decided_by_anybody_silently(known: Known) -> None:
    _written(known, ("birth", 0, 0, 0, False))
    join = propose(known, 0, 1)
    _written(known, ("birth", 1, 0, 1, False))
    with pytest.raises(InvalidInput, match="date of birth"):
        approve(known, join)


def test_of_two_births_the_one_that_was_not_chosen_is_struck_through_and_comes_back(known: Known) -> None:
    _written(known, ("birth", 0, 0, 0, False), ("birth", 1, 0, 1, False))
    join = joined(known, side="gone")
    with known.world.system(SEEDER):
        stands, struck = Birth.objects.order_by("day")[::-1]
        assert (stands.struck_at, struck.struck_why[:6]) == (None, "Joined")
        assert known.fresh(0).born_on == stands.day
    undo(known, join, at=after(1))
    with known.world.system(SEEDER):
        assert not Birth.objects.exclude(struck_at=None).exists()
        assert [known.fresh(0).born_on, known.fresh(1).born_on] == [struck.day, stands.day]


def test_two_nhs_numbers_need_a_reason_in_writing(known: Known) -> None:
    _written(known, ("nhs", 0, 0, 0, False), ("nhs", 1, 0, 1, False))
    with pytest.raises(InvalidInput, match="two NHS numbers"):
        propose(known, 0, 1, choices={"nhs": "kept"})
    join = joined(known)
    with known.world.system(SEEDER):
        assert list(Identifier.objects.filter(struck_at=None).values_list("value", flat=True)) == [joins.NUMBERS[0]]
    assert join.choices["nhs_why"]


def test_twins_and_pairs_known_apart_are_never_joined_and_of_an_adoption_nothing_is_told(known: Known) -> None:
    with known.world.system(SEEDER):
        people = {"authority_id": PETERBOROUGH, "first": known.people[0]}
        NotSame.objects.create(**people, second=known.people[1], ground="same_name", said_at=AT)
        hidden = NotSame.objects.create(**people, second=known.people[3], ground="adoption", hidden=True, said_at=AT)
        told = {"source_kind": "worker", "recorded_at": AT, "kind": "sibling", "twin": "twin"}
        twins = {"person": known.people[0], "other": known.people[2]}
        Relationship.objects.create(authority_id=PETERBOROUGH, **twins, **told)
    with pytest.raises(StepNotAllowed, match="the same name, but not the same person"):
        propose(known, 0, 1)
    with pytest.raises(StepNotAllowed, match="born together"):
        propose(known, 2, 0)
    with pytest.raises(NotFound):
        propose(known, 3, 0)
    with known.world.system(SEEDER):
        NotSame.objects.filter(pk=hidden.pk).update(ended_at=AT)
    propose(known, 3, 0)


def test_two_restricted_records_are_not_joined_and_one_that_may_not_be_opened_is_not_there(known: Known) -> None:
    with known.world.system(SEEDER):
        for person in known.people[:2]:
            joins.restrict(person)
    pair = {"kept": known.people[0].key, "gone": known.people[2].key, "seen": (1, 1)}
    with known.world.acting("social_worker") as by, pytest.raises(NotFound):
        joining.propose(**pair, why="The same child.", by=by, at=AT)
    with known.world.system(SEEDER):
        named = {"user_id": known.world.user("social_worker").pk, "why": "Her worker.", "since": joins.after(-9)}
        for person in known.people[:2]:
            NamedAccess.objects.create(authority_id=PETERBOROUGH, person=person, **named)
    with pytest.raises(StepNotAllowed, match="Both records are restricted"):
        propose(known, 0, 1)


def test_rows_that_whoever_approves_may_not_see_are_moved_as_well(known: Known) -> None:
    (tie,) = _written(known, ("mother", 1, 3, 0, False))
    with known.world.system(SEEDER):
        joins.restrict(known.people[3])
    with known.world.acting("data_quality_manager"):
        assert not Relationship.objects.exists()
    joined(known)
    with known.world.system(SEEDER):
        assert Relationship.objects.get(pk=tie.pk).person_id == known.people[0].pk


def test_a_record_stands_in_one_open_join(known: Known) -> None:
    propose(known, 0, 1)
    with pytest.raises(StepNotAllowed, match="waits for an answer"):
        propose(known, 2, 1)
    with pytest.raises(StepNotAllowed, match="waits for an answer"):
        propose(known, 0, 3)


def test_a_refusal_may_say_that_they_are_not_one_and_a_join_that_is_undone_says_it(known: Known) -> None:
    _written(known, ("suspicion", 0, 1, 0, False), ("suspicion", 2, 3, 0, False))
    join = propose(known, 0, 1)
    with known.world.acting("data_quality_manager") as by:
        joining.refuse(join.key, seen=1, why="Cousins.", not_same=True, by=by, at=AT)
    undo(known, joined(known, 2, 3), at=after(1))
    with known.world.system(SEEDER):
        assert sorted(NotSame.objects.values_list("ground", flat=True)) == ["looked_at", "undone"]
        assert set(Suspicion.objects.values_list("state", flat=True)) == {"rejected"}
    with pytest.raises(StepNotAllowed, match="joined by mistake, and parted"):
        propose(known, 3, 2)


def test_an_earlier_join_waits_for_the_later_one_that_touched_its_rows(known: Known) -> None:
    names = [("name", number, 0, number % 3, False) for number in range(3)]
    _written(known, *names, ("sibling", 1, 2, 0, False))
    first = joined(known, 0, 1)
    second = joined(known, 0, 2, at=after(1))
    with pytest.raises(StepNotAllowed, match="was joined into “Jan Nowak” on Monday 5 January 2026 at 11am"):
        undo(known, first, at=after(2))
    undo(known, second, at=after(2))
    undo(known, first, at=after(3))


def test_while_rows_wait_to_be_divided_neither_record_is_joined_again(known: Known) -> None:
    join = joined(known)
    _written(known, ("school", 0, 0, 0, False))
    join = undo(known, join, at=after(1))
    with pytest.raises(StepNotAllowed, match="parted from another"):
        propose(known, 0, 2)
    (waiting,) = _divisions(known, join)
    with known.world.acting("data_quality_manager") as by:
        with pytest.raises(NotFound):
            joining_undoing.divide(waiting.key, to=known.people[2].key, by=by, at=after(2))
        joining_undoing.divide(waiting.key, to=known.people[1].key, by=by, at=after(2))
        with pytest.raises(StepNotAllowed, match="already"):
            joining_undoing.divide(waiting.key, to=known.people[0].key, by=by, at=after(2))
    propose(known, 0, 2)


def test_a_joined_record_is_found_by_nothing_and_takes_no_row(known: Known) -> None:
    _written(known, ("name", 0, 0, 0, False), ("name", 1, 0, 1, False))
    joined(known)
    with known.world.system(SEEDER) as by:
        gone = known.fresh(1)
        assert gone.joined_into_id == known.people[0].pk
        assert not Probe.objects.filter(person_id=gone.pk).exists()
        assert not Name.objects.filter(person=gone).exists()
        with pytest.raises(StepNotAllowed, match="joined"):
            index.add(gone, Birth(basis="known", day=AT.date()), source=index.Source("worker"), by=by, at=AT)
        told = {"authority_id": PETERBOROUGH, "source_kind": "worker", "recorded_at": AT}
        with pytest.raises(DatabaseError, match="joined into another"), transaction.atomic():
            Name.objects.create(person=gone, kind="legal", given_name="Ola", **told)
