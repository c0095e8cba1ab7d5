"""Which name leads a joined record: chosen with a reason by whoever approves, and taken back exactly with the join."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import SEEDER, InvalidInput
from frontdoor.matching.models import Join
from frontdoor.matching.rules.joining import leading
from frontdoor.people.actions import index
from frontdoor.people.models import Name
from tests.matching import joins
from tests.matching.joins import Known, after, approve, everything, joined, propose, undo
from tests.worlds import PETERBOROUGH, World

SLUG = World.slugs[PETERBOROUGH]
OLA, EWA, JAN = 0, 1, 2


@pytest.fixture
def known(world: World) -> Known:
    """A record whose name was misspelt last, which leads therefore, and another with the right one."""
    found = Known(world)
    found.make("one", "other", "third")
    with world.system(SEEDER):
        joins.write(found, [("name", 1, 0, OLA, False), ("name", 2, 0, JAN, False)])
        joins.write(found, [("name", 0, 0, EWA, False)], at=after(1))
    return found


def label(known: Known, number: int = 0) -> str:
    with known.world.system(SEEDER):
        return known.fresh(number).label


def test_the_misspelt_name_leads_by_itself_and_the_right_one_once_it_is_chosen(known: Known) -> None:
    before = everything(known)
    plain = joined(known, at=after(2))
    assert (label(known), plain.choices) == ("Ewa Nowak", {})
    undo(known, plain, at=after(3))
    with known.world.system(SEEDER):
        joins.NotSame.objects.update(ended_at=after(3))
    join = joined(known, at=after(4), lead=1)
    assert label(known) == "Ola Nowak"
    assert join.choices["name_why"] == "So the birth certificate."
    undo(known, join, at=after(5))
    assert (label(known), label(known, 1)) == ("Ewa Nowak", "Ola Nowak")
    assert everything(known) == before


def test_a_legal_name_that_is_written_down_later_takes_the_lead_and_another_kind_does_not(known: Known) -> None:
    joined(known, at=after(2), lead=1)
    with known.world.system(SEEDER):
        row = Name.objects.get(given_name="Ewa")
        for kind, leads in (("alias", "Ola Nowak"), ("legal", "Zofia Nowak")):
            row.pk, row.kind, row.given_name, row.recorded_at = None, kind, "Zofia", after(3)
            row.key = joins.uuid4()
            index.prepared(row).save(force_insert=True)
            index.refresh([known.people[0].pk], by=SEEDER.at(PETERBOROUGH))
            assert known.fresh(0).label == leads


def test_the_last_choice_leads_and_the_one_before_comes_back_with_the_undoing(known: Known) -> None:
    first = joined(known, at=after(2), lead=1)
    between = everything(known)
    join = propose(known, 0, 2, at=after(3))
    with known.world.system(SEEDER):
        jan = Name.objects.get(given_name="Jan").key
    second = approve(known, join, at=after(3), name=str(jan), name_why="He is Jan.")
    assert label(known) == "Jan Nowak"
    undo(known, second, at=after(4))
    assert everything(known) == between
    assert label(known) == "Ola Nowak"
    undo(known, first, at=after(5))
    with known.world.system(SEEDER):
        assert not Name.objects.exclude(led_at=None).exists()


@pytest.mark.parametrize(("name", "why", "field"), [("Ola", " ", "name_why"), ("Jan", "He is Jan.", "name")])
def test_a_name_is_of_one_of_the_two_and_leads_for_a_reason(known: Known, name: str, why: str, field: str) -> None:
    join = propose(known, 0, 1)
    with known.world.system(SEEDER):
        key = str(Name.objects.get(given_name=name).key)
    with pytest.raises(InvalidInput) as refused:
        approve(known, join, name=key, name_why=why)
    assert set(refused.value.problems) == {field}
    assert label(known) == "Ewa Nowak"


def test_the_name_that_leads_by_itself_is_no_choice() -> None:
    assert leading(["a", "b"], "a", "") == leading(["a", "b"], "", "x") == leading([], "", "") == {}


def test_whoever_answers_is_asked_which_name_leads_and_reads_it_afterwards(
    known: Known, world: World, client: Client
) -> None:
    join = propose(known, 0, 1)
    world.signed_in(client, world.user("data_quality_manager"))
    page = reverse("matching:answer", args=[SLUG, join.key])
    shown: Any = client.get(page).content.decode()
    assert "Ewa Nowak (leads by itself)" in shown
    with world.system(SEEDER):
        (kept, gone) = known.fresh(0), known.fresh(1)
        ola = str(Name.objects.get(given_name="Ola").key)
    said = {"seen": 1, "seen_kept": kept.version, "seen_gone": gone.version, "answer": "approve", "name": ola}
    wrong = client.post(page, said)
    assert wrong.status_code == 422
    assert "Say why this name leads" in wrong.content.decode()
    assert client.post(page, {**said, "name_why": "So the birth certificate"}).status_code == 302
    after_it = client.get(reverse("matching:join", args=[SLUG, join.key])).content.decode()
    assert "Chosen to lead" in after_it
    assert "So the birth certificate" in after_it
    with world.system(SEEDER):
        assert Join.objects.get().choices["name"] == ola
