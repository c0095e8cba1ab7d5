"""A strategy discussion turns out to be about another child; and what is typed of its record is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import SEEDER, Conflict, InvalidInput, NotPermitted, Permission, StepNotAllowed
from frontdoor.mash.actions import strategy as actions
from frontdoor.mash.models import Discussed, DiscussionTurn
from frontdoor.mash.pages.minutes import sheet
from frontdoor.mash.queries.strategy.finding import children_of, may_join
from frontdoor.mash.queries.strategy.sent import open_sent
from frontdoor.trail.models import Entry
from tests.contacts.deciding import arrived
from tests.mash.enquiring import accepted, handed, rated, without
from tests.mash.strategising import AT, WHY, answered, begun, came, children, decided, kept, minutes
from tests.worlds import World

SLUG = "peterborough"


def of_one(world: World, contact: Any) -> Any:
    """A discussion, held now, about the first child of a contact alone."""
    with world.acting("social_worker", at=AT) as by:
        first = str(children_of(contact, by=by)[0].key)
        return actions.begin(contact.key, why=WHY, with_whom="DS Carter", those=[first], now=True, by=by, at=AT)


def add(world: World, row: Any, those: list[str], *, why: str = "She sleeps in the same room") -> Any:
    with world.acting("social_worker", at=minutes(9)) as by:
        return actions.add_children(row.key, seen=kept(row).version, those=those, why=why, by=by, at=minutes(9))


def offered(world: World, row: Any) -> list[Any]:
    with world.acting("social_worker", at=AT) as by:
        return may_join(kept(row), by=by)


def test_a_sibling_joins_at_the_end_and_is_decided_before_anybody_signs(world: World) -> None:
    row = of_one(world, arrived(world, children=3))
    came(world, row)
    decided(world, row)
    answered(world, row)
    (second, third) = offered(world, row)
    (made,) = add(world, row, [str(second.key)])
    assert made.position == 1
    assert [each.key for each in offered(world, row)] == [third.key]
    with world.acting("team_manager", at=AT) as by:
        assert DiscussionTurn.objects.get(kind="joined").text == "Child 2: She sleeps in the same room"
        with pytest.raises(StepNotAllowed, match="Decide for Tess1"):
            actions.sign(row.key, seen=kept(row).version, why="", by=by, at=minutes(10))
        first = children(row)[0]
        assert first.section47 == "start"  # what was decided for the first stands
    decided(world, row)
    with world.acting("team_manager", at=AT) as by:
        signed = actions.sign(row.key, seen=kept(row).version, why="", by=by, at=minutes(11))
        assert sorted(each["child"] for each in signed.body["actions"]) == [0, 1]  # two alike, each for its child
        shown = sheet(signed.body, ["Tess", "Bram"]).actions
        assert {row.cells[0].below for row in shown} == {"For Tess", "For Bram"}
    with pytest.raises(StepNotAllowed):
        add(world, row, [str(third.key)])


def test_a_child_of_the_enquiry_beside_it_joins_and_nobody_twice(world: World) -> None:
    enquiry = rated(world, children=2)
    with world.acting("social_worker", at=AT):
        contact = enquiry.contact
    row = of_one(world, contact)
    assert len(offered(world, row)) == 1  # of the contact and of the enquiry it is one and the same
    row = begun(world, contact=contact)
    assert offered(world, row) == []


def test_a_sibling_whom_the_enquiry_found_later_joins_though_the_contact_does_not_name_them(world: World) -> None:
    enquiry = rated(world)
    with world.acting("social_worker", at=AT):
        contact = enquiry.contact
    row = begun(world, contact=contact)
    assert offered(world, row) == []
    for slip in handed(world, idem="call-2", children=2, at=minutes(5)):
        accepted(world, slip, at=minutes(5))
    (other,) = offered(world, row)
    assert "Tess1" in other.label
    assert len(add(world, row, [str(other.key)])) == 1
    assert offered(world, row) == []


def test_an_agency_that_got_the_minutes_reads_no_name_of_a_child_who_joined_after_them(world: World) -> None:
    row = of_one(world, arrived(world, children=2))
    came(world, row)
    decided(world, row)
    answered(world, row)
    with world.acting("team_manager", at=minutes(10)) as by:
        actions.sign(row.key, seen=kept(row).version, why="", by=by, at=minutes(10))
        sent = actions.send(row.key, seen=kept(row).version, by=by, at=minutes(11))
        actions.correct(row.key, seen=kept(row).version, why="Her sister too", by=by, at=minutes(12))
    copy = next(each.key for each in sent if each.agency_name == "Nene Community Health")
    (second,) = offered(world, row)
    add(world, row, [str(second.key)])
    with world.answering("health-mash") as by, connection.cursor() as cursor:
        cursor.execute("SELECT given_name FROM frontdoor_minuted(%s)", [copy])
        assert cursor.fetchall() == [("Tess0",)]
        assert len(open_sent(copy, by=by, at=minutes(13))[1]) == 1


def test_a_child_whom_nobody_could_name_joins_once(world: World) -> None:
    row = of_one(world, arrived(world, children=2))
    with world.system(SEEDER):
        Discussed.objects.filter(discussion=row).update(named=None)
    assert len(offered(world, row)) == 1


def test_a_child_joins_the_version_that_was_seen_by_somebody_who_works_on_enquiries_and_it_is_in_the_trail(
    world: World,
) -> None:
    row = of_one(world, arrived(world, children=2))
    (second,) = offered(world, row)
    those = [str(second.key)]
    with world.acting("social_worker", at=AT) as by:
        seen = kept(row).version
        given: dict[str, Any] = {"those": those, "why": "Same room", "at": minutes(9)}
        with pytest.raises(NotPermitted):
            actions.add_children(row.key, seen=seen, by=without(by, Permission.MASH_WORK), **given)
        with pytest.raises(Conflict):
            actions.add_children(row.key, seen=seen - 1, by=by, **given)
        (made,) = actions.add_children(row.key, seen=seen, by=by, **given)
        assert kept(row).version == seen + 1
        assert Entry.objects.get(action="mash.add_to_strategy").detail["children"] == [str(made.key)]


@pytest.mark.parametrize(("those", "why", "field"), [(False, "Same room", "those"), (True, " ", "why")])
def test_who_joins_and_why_is_said(world: World, those: bool, why: str, field: str) -> None:
    row = of_one(world, arrived(world, children=2))
    chosen = [str(each.key) for each in offered(world, row)] if those else []
    with pytest.raises(InvalidInput) as refused:
        add(world, row, chosen, why=why)
    assert set(refused.value.problems) == {field}


def test_the_page_offers_the_others_and_says_so_where_there_are_none(world: World, client: Client) -> None:
    row = of_one(world, arrived(world, children=2))
    world.signed_in(client, world.user("social_worker"))
    front = reverse("mash:strategy", args=[SLUG, row.key])
    page = reverse("mash:strategy-add", args=[SLUG, row.key])
    assert page in client.get(front).content.decode()
    shown = client.get(page).content.decode()
    assert "Tess1" in shown
    assert 'type="checkbox"' in shown
    (other,) = offered(world, row)
    with world.acting("social_worker", at=AT):
        seen = kept(row).version
    wrong = client.post(page, {"seen": seen, "those": [str(other.key)], "why": ""})
    assert wrong.status_code == 422
    assert "Write why it is about this child too" in wrong.content.decode()
    assert client.post(page, {"seen": seen, "those": [str(other.key)], "why": "Same room"}).status_code == 302
    assert "Tess1" in client.get(front).content.decode()
    assert "Every child of its contact" in client.get(page).content.decode()


def test_what_is_typed_of_the_record_is_kept_and_stands_there_again_until_it_is_saved(
    world: World, client: Client
) -> None:
    row = begun(world)
    world.signed_in(client, world.user("social_worker"))
    page = reverse("mash:strategy-record", args=[SLUG, row.key])
    draft = reverse("contacts:step-draft", args=[SLUG, "strategy-record", row.key])
    assert draft in client.get(page).content.decode()
    typed = {"shared": "The health visitor was there on Tuesday", "draft_version": "0"}
    assert client.post(draft, typed).status_code == 200
    assert typed["shared"] in client.get(page).content.decode()
    with world.acting("social_worker", at=AT):
        seen = kept(row).version
    assert client.post(page, {"seen": seen, "shared": typed["shared"]}).status_code == 302
    assert 'data-draft-version="0"' in client.get(page).content.decode() or draft in client.get(page).content.decode()
    world.signed_in(client, world.user("early_help_officer"))
    assert client.post(draft, typed).status_code in {403, 404}
