"""Two councils' indexes are compared while an agreement is in force; what is kept of the other is a bare reference."""

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from frontdoor.actors.rules import MATCHER
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PETERBOROUGH, World

if TYPE_CHECKING:
    from frontdoor.people.models import Person

BORN = date(2016, 11, 4)


def made(world: World, council: int, given: str = "Alfie-James", family: str = "Setchfield") -> Any:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Residence
    from frontdoor.people.rules.index_rows import Source

    with world.acting("social_worker", of=CAMBRIDGESHIRE, council=council, at=MADE_AT) as by:
        return index.make(
            given_name=given, family_name=family, born=BORN, sex="M",
            rows=[Residence(kind="home", lines="22 Welbourne Rise", postcode="PE3 7QD")],
            source=Source("worker", "seen"), by=by, at=MADE_AT,
        )  # fmt: skip


def compared(here: str = "peterborough", other: str = "cambridgeshire") -> str:
    out = StringIO()
    call_command("match", "--council", here, "--with", other, stdout=out, stderr=StringIO())
    return out.getvalue()


def references(world: World, council: int) -> list[tuple[str, Any]]:
    from frontdoor.matching.models import Suspicion

    with world.system(MATCHER, council=council):
        rows = Suspicion.objects.select_related("person").order_by("person_id", "id")
        return [(row.person.label, row.elsewhere) for row in rows]


@pytest.fixture
def both(world: World) -> "tuple[Person, Person]":
    """One child whom both councils know, and one whom only one of them knows."""
    made(world, PETERBOROUGH, "Reuben", "Marlowe")
    return made(world, PETERBOROUGH), made(world, CAMBRIDGESHIRE)


def test_a_bare_reference_is_all_that_is_kept_of_the_other(world: World, both: "tuple[Person, Person]") -> None:
    from frontdoor.matching.models import Suspicion

    assert compared() == "2 people compared, 1 may be the same person as one there.\n"
    assert references(world, PETERBOROUGH) == [(both[0].label, both[1].key)]
    assert references(world, CAMBRIDGESHIRE) == []
    with world.system(MATCHER, council=PETERBOROUGH):
        found = Suspicion.objects.get()
    assert (found.elsewhere_council, found.other_id, found.reasons) == (CAMBRIDGESHIRE, None, [])


def test_what_was_told_once_is_not_told_again(world: World, both: "tuple[Person, Person]") -> None:
    compared()
    assert "0 may be" in compared()
    assert len(references(world, PETERBOROUGH)) == 1


def test_whoever_reaches_one_council_alone_is_not_told(world: World, both: "tuple[Person, Person]") -> None:
    from frontdoor.matching.queries.doubles import open_doubles

    compared()
    for of, told in ((PETERBOROUGH, 0), (CAMBRIDGESHIRE, 1)):
        with world.acting("data_quality_manager", of=of, council=PETERBOROUGH, at=MADE_AT) as by:
            assert len(open_doubles(by=by, at=MADE_AT)) == told


def test_without_an_agreement_in_force_nothing_is_compared(world: World, both: "tuple[Person, Person]") -> None:
    world.agree_until(date(2026, 3, 31))
    with pytest.raises(CommandError, match="No agreement"):
        compared()
    assert references(world, PETERBOROUGH) == []


@pytest.mark.parametrize("shut", [0, 1], ids=["here", "there"])
def test_a_restricted_record_is_told_to_neither(world: World, both: "tuple[Person, Person]", shut: int) -> None:
    from frontdoor.people.models import Restriction

    council = (PETERBOROUGH, CAMBRIDGESHIRE)[shut]
    with world.system(MATCHER, council=council):
        Restriction.objects.create(
            authority_id=council, person=both[shut], ground="high_risk", why="Would be found", call_whom="Ann",
            call_number="01632 960001", owner=1, set_at=MADE_AT, review_on=date(2026, 12, 1),
        )  # fmt: skip
    compared()
    assert references(world, PETERBOROUGH) == []
