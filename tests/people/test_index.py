"""The index: what is written of a person stays readable, and the line that lists show follows from what stands."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import StepNotAllowed
from tests.worlds import MADE_AT, World

pytestmark = pytest.mark.django_db


def source(**more: Any) -> Any:
    from frontdoor.people.rules.index_rows import Source

    return Source(**{"kind": "worker", "words": "Larkspur Fen Primary School"} | more)


def made(by: Any, at: datetime = MADE_AT, **said: Any) -> Any:
    from frontdoor.people.actions import index

    return index.make(**{"given_name": "Bartosz", "family_name": "Nowak", "source": source()} | said, by=by, at=at)


def test_a_person_is_written_down_with_their_first_facts_and_found_by_them(world: World) -> None:
    from frontdoor.people.models import Probe
    from frontdoor.people.queries import index
    from frontdoor.people.rules.probes import probes

    with world.acting("contact_officer") as by:
        person = made(by, born=date(2016, 5, 3), sex="M")
        assert (person.label, person.born_on, person.sex) == ("Bartosz Nowak", date(2016, 5, 3), "M")
        record = index.records([person.pk], by=by)[person.pk]
        kept = set(Probe.objects.filter(person_id=person.pk).values_list("token", flat=True))
        assert kept == probes(record) != set()


def test_the_unborn_are_born_under_the_same_key_and_twins_share_what_was_known(world: World) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.actions.index_births import Newborn, born
    from frontdoor.people.models import Caution, Fact, Name, Relationship, Residence

    with world.acting("social_worker") as by:
        mother = made(by, given_name="Ewa")
        child = made(by, given_name="", expected=date(2026, 2, 1), rows=[
            Residence(kind="home", lines="12 Welbourne Rise", postcode="pe1 1aa"), Fact(kind="language", value="pol"),
            Caution(kind="dogs", words="Two dogs behind the gate"),
        ])  # fmt: skip
        assert (child.label, child.expected_on, child.born_on) == ("Unborn Nowak", date(2026, 2, 1), None)
        link = index.filled(Relationship(other=child, kind="mother"), person=mother, source=source(), by=by, at=MADE_AT)
        link.save()
        later = MADE_AT + timedelta(days=30)
        first, second = born(
            child.key, [Newborn(given_name="Zofia", family_name="Nowak", sex="F"), Newborn(family_name="Nowak")],
            day=date(2026, 2, 3), source=source(), by=by, at=later,
        )  # fmt: skip
        assert first.key == child.key
        assert (first.label, first.born_on, first.expected_on, first.sex) == (
            "Zofia Nowak",
            date(2026, 2, 3),
            None,
            "F",
        )
        assert (second.label, second.postcode) == ("Nowak", "PE1 1AA")
        assert Caution.objects.get(person=second).recorded_at == MADE_AT
        assert set(Relationship.objects.filter(person=mother).values_list("other", flat=True)) == {first.pk, second.pk}
        assert Relationship.objects.get(person=first).twin == "twin"
        assert {*Name.objects.filter(kind="unborn").values_list("until", flat=True)} == {date(2026, 2, 3)}
        with pytest.raises(StepNotAllowed):
            born(child.key, [Newborn(family_name="Nowak")], day=date(2026, 2, 3), source=source(), by=by, at=later)
