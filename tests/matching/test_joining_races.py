"""Two at once on the same records: one wins, and nothing is left behind at a record that was joined."""

from typing import Any

from django.db import DatabaseError, transaction

from frontdoor.actors.rules import SEEDER, Conflict, StepNotAllowed
from frontdoor.matching.actions import joining
from frontdoor.matching.models import Move
from frontdoor.people.actions import index
from frontdoor.people.models import Caution, Name
from tests.matching import joins
from tests.matching.joins import AT, Known, after
from tests.races import overlapping
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


def _known(world: World) -> tuple[Known, Any]:
    known = Known(world)
    with transaction.atomic():
        known.make("Ola Nowak", "Ola Novak")
        with world.system(SEEDER):
            joins.write(known, [("name", 0, 0, 0, False), ("name", 1, 0, 1, False)])
        return known, joins.propose(known, 0, 1)


def _approve(known: Known, join: Any, of: int = CAMBRIDGESHIRE) -> Any:
    with known.world.acting("data_quality_manager", of=of) as by:
        return joining.approve(join.key, seen=1, seen_people=(1, 1), by=by, at=after(1))


def test_of_two_who_approve_at_once_one_joins_them(own_database: str, world: World) -> None:
    known, join = _known(world)
    won, lost = overlapping(
        lambda: _approve(known, join), lambda: _approve(known, join, PETERBOROUGH), expect=StepNotAllowed
    )
    assert isinstance(lost, StepNotAllowed)
    assert won.state == "made"
    with transaction.atomic(), world.system(SEEDER):
        assert Move.objects.filter(join=join, column="joined_into_id").count() == 1


def test_an_edit_that_comes_while_they_are_joined_is_refused(own_database: str, world: World) -> None:
    known, join = _known(world)

    def add() -> Any:
        with world.acting("social_worker") as by:
            row = Caution(kind="dogs", words="Two dogs.")
            return index.add(known.people[1], row, source=index.Source("worker"), by=by, at=AT)

    _, lost = overlapping(lambda: _approve(known, join), add, expect=StepNotAllowed)
    assert isinstance(lost, StepNotAllowed)


def test_an_edit_that_came_first_is_seen_by_whoever_approves(own_database: str, world: World) -> None:
    known, join = _known(world)

    def add() -> Any:
        with world.acting("social_worker") as by:
            row = Caution(kind="dogs", words="Two dogs.")
            return index.add(known.people[1], row, source=index.Source("worker"), by=by, at=AT)

    _, lost = overlapping(add, lambda: _approve(known, join), expect=Conflict)
    assert isinstance(lost, Conflict)


def test_a_row_written_past_every_lock_does_not_stay_behind_at_a_joined_record(own_database: str, world: World) -> None:
    known, join = _known(world)

    def write() -> Any:
        with world.system(SEEDER):
            told = {"authority_id": PETERBOROUGH, "source_kind": "worker", "recorded_at": AT}
            return Name.objects.create(person=known.people[1], kind="alias", given_name="Olga", **told)

    _, lost = overlapping(lambda: _approve(known, join), write, expect=DatabaseError)
    assert isinstance(lost, DatabaseError)
    with transaction.atomic(), world.system(SEEDER):
        assert not Name.objects.filter(person=known.people[1]).exists()
