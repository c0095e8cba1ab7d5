"""The search for doubles: what may be one person is laid before somebody once, whatever stops the search in between."""

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from frontdoor.actors.rules import MATCHER, NotPermitted
from tests.worlds import MADE_AT, World

if TYPE_CHECKING:
    from frontdoor.people.models import Person


def made(
    world: World, given: str, family: str, born: date, *, sex: str = "M", street: str = "22 Welbourne Rise"
) -> Any:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Residence
    from frontdoor.people.rules.index_rows import Source

    with world.acting("social_worker", at=MADE_AT) as by:
        return index.make(
            given_name=given, family_name=family, born=born, sex=sex,
            rows=[Residence(kind="home", lines=street, postcode="PE3 7QD")],
            source=Source("worker", "seen"), by=by, at=MADE_AT,
        )  # fmt: skip


def searched(world: World, **more: Any) -> Any:
    from frontdoor.matching.actions import doubles_searching as actions

    with world.system(MATCHER, council=874) as by:
        search = actions.begin(begun_by="a test", by=by, at=MADE_AT)
        while search.state == "running":
            search = actions.go_on(search.key, by=by, at=MADE_AT)
    return search


def laid(world: World) -> list[tuple[str, str]]:
    from frontdoor.matching.models import Suspicion

    with world.system(MATCHER, council=874):
        rows = Suspicion.objects.select_related("person", "other").order_by("person_id", "other_id")
        return [(row.person.label, row.other.label) for row in rows if row.other]


@pytest.fixture
def doubles(world: World) -> "tuple[Person, Person]":
    """One child written down twice, the second time with a slip of the pen; and a neighbour who is somebody else."""
    found = (
        made(world, "Alfie-James", "Setchfield", date(2016, 11, 4)),
        made(world, "Alfie James", "Setchfeild", date(2016, 11, 4)),
    )
    made(world, "Reuben", "Marlowe", date(2011, 2, 9), street="24 Welbourne Rise")
    return found


def test_what_may_be_one_person_is_laid_before_somebody_with_its_reasons(
    world: World, doubles: "tuple[Person, Person]"
) -> None:
    from frontdoor.matching.models import Suspicion

    search = searched(world)
    assert (search.state, search.total, search.done, search.found) == ("done", 3, 3, 1)
    assert laid(world) == [(doubles[0].label, doubles[1].label)]
    with world.system(MATCHER, council=874):
        found = Suspicion.objects.get()
    assert found.state == "waiting"
    assert found.strength
    assert found.reasons


def test_a_second_search_lays_no_pair_again(world: World, doubles: "tuple[Person, Person]") -> None:
    searched(world)
    assert searched(world).found == 0
    assert len(laid(world)) == 1


@pytest.mark.parametrize("hidden", [False, True])
def test_a_pair_of_whom_somebody_said_that_they_are_two_is_not_laid(
    world: World, doubles: "tuple[Person, Person]", hidden: bool
) -> None:
    from frontdoor.matching.models import NotSame

    with world.system(MATCHER, council=874):
        NotSame.objects.create(
            authority_id=874, first=doubles[1], second=doubles[0], ground="adoption" if hidden else "looked_at",
            hidden=hidden, said_at=MADE_AT,
        )  # fmt: skip
    searched(world)
    assert laid(world) == []


def test_twins_are_two(world: World) -> None:
    made(world, "Zara", "Iqbal", date(2018, 5, 6), sex="F")
    made(world, "Zoya", "Iqbal", date(2018, 5, 6), sex="F")
    searched(world)
    assert laid(world) == []


def test_what_was_stopped_goes_on_where_it_was_and_finds_the_same(
    world: World, doubles: "tuple[Person, Person]", monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.matching.actions import doubles_searching as actions

    monkeypatch.setattr(actions, "SLICE", 1)
    with world.system(MATCHER, council=874) as by:
        search = actions.begin(begun_by="a test", by=by, at=MADE_AT)
        first = actions.go_on(search.key, by=by, at=MADE_AT)
        actions.stop(search.key, failure="killed", by=by, at=MADE_AT)
    assert (first.done, first.state) == (1, "running")
    again = searched(world)
    assert again.key == search.key
    assert (again.done, again.found, again.state) == (3, 1, "done")


def test_nobody_searches_without_the_permission(world: World) -> None:
    from frontdoor.matching.actions import doubles_searching as actions

    with world.acting("social_worker", at=MADE_AT) as by, pytest.raises(NotPermitted):
        actions.begin(begun_by="me", by=by, at=MADE_AT)


def test_the_command_says_how_far_it_came_and_no_name(world: World, doubles: "tuple[Person, Person]") -> None:
    out, bar = StringIO(), StringIO()
    call_command("match", council="peterborough", stdout=out, stderr=bar)
    assert out.getvalue() == "3 people looked at, 1 pairs to look at.\n"
    assert "Setch" not in out.getvalue() + bar.getvalue()


def test_the_command_knows_the_councils() -> None:
    with pytest.raises(CommandError, match="no council"):
        call_command("match", council="nowhere")
