"""One person's chronology: every contact about them, with the age then, and the marks that workers set."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.contacts.deciding import AT, arrived
from tests.worlds import World

if TYPE_CHECKING:
    from django.test import Client

    from frontdoor.contacts.models import Contact
    from frontdoor.people.models import Person

LATER = AT + timedelta(days=40)
CHILD = {"born": date(2019, 6, 17), "given_name": "Tess", "family_name": "Setchfield"}


def known(world: World, **told: object) -> "Person":
    from frontdoor.people.actions import index
    from frontdoor.people.rules.index_rows import Source

    with world.acting("social_worker", at=AT) as by:
        return index.make(**{**CHILD, **told}, source=Source("worker", "seen"), by=by, at=AT)


def is_this(world: World, contact: "Contact", person: "Person", *, at: datetime = AT) -> None:
    from frontdoor.contacts.models import Named
    from frontdoor.matching.actions import linking

    with world.acting("social_worker", at=at) as by:
        named = Named.objects.get(contact=contact, position=0)
        linking.confirm(("contacts.named", named.key), person.key, seen=0, by=by, at=at)


@pytest.fixture
def told(world: World) -> "tuple[Person, Contact, Contact]":
    """A child about whom two contacts came."""
    person = known(world)
    first, second = arrived(world), arrived(world, idem="call-2", at=LATER, story="Again.")
    for contact in (first, second):
        is_this(world, contact, person)
    return person, first, second


def test_the_contacts_of_a_person_stand_in_their_order_with_what_was_decided(
    world: World, told: "tuple[Person, Contact, Contact]"
) -> None:
    from frontdoor.desk.queries.chronology import CONTACT, chronology

    person, first, second = told
    with world.acting("social_worker", at=LATER) as by:
        found = chronology(person.key, whole=False, by=by, at=LATER)
    came = [entry.key for entry in found.entries if entry.kind == CONTACT]
    assert came == [first.key, second.key]
    assert [entry.words for entry in found.entries if entry.kind == "people.birth"] == ["Born"]


def test_what_is_not_confirmed_to_be_about_them_does_not_stand_there(world: World) -> None:
    from frontdoor.desk.queries.chronology import chronology

    person = known(world)
    arrived(world)
    with world.acting("social_worker", at=AT) as by:
        assert not chronology(person.key, whole=False, by=by, at=AT).contacts


def test_the_opening_of_a_family_is_one_entry_that_names_everybody_shown(world: World) -> None:
    from frontdoor.desk.queries.chronology import chronology
    from frontdoor.people.models import Relationship
    from frontdoor.trail.models import Entry

    child, mother = known(world), known(world, given_name="Kay", born=date(1994, 2, 20))
    with world.acting("social_worker", at=AT) as by:
        Relationship.objects.create(
            authority_id=by.authority, person=mother, other=child, kind="mother", source_kind="worker", recorded_at=AT
        )
        found = chronology(child.key, whole=True, by=by, at=AT)
        entry = Entry.objects.get(action="desk.chronology")
    assert [person.label for person in found.people] == [child.label, mother.label]
    assert entry.detail["people"] == [str(child.key), str(mother.key)]


def test_the_page_shows_the_age_at_each_contact_and_what_changed(
    world: World, signed: "Callable[..., Client]", told: "tuple[Person, Contact, Contact]"
) -> None:
    person, first, second = told
    page = signed("social_worker").get(f"/peterborough/people/{person.key}/chronology/").content.decode()
    assert page.index(second.receipt) < page.index(first.receipt)
    assert "6 years" in page
    assert "40 days later. About the same again." in page


def test_a_worker_marks_an_entry_says_more_and_takes_it_back(
    world: World, signed: "Callable[..., Client]", told: "tuple[Person, Contact, Contact]"
) -> None:
    from frontdoor.people.models import Mark

    person, first, _ = told
    client, line = signed("social_worker"), f"/peterborough/people/{person.key}/chronology/"
    where = f"{line}{first.key}/mark/"
    assert client.post(where, {"words": " "}).status_code == 422
    assert client.post(where, {"words": "She was found alone at night."}).status_code == 302
    assert client.post(where, {"words": "She was found alone at night, twice."}).status_code == 302
    page = client.get(line).content.decode()
    assert "She was found alone at night, twice." in page
    assert "at night. (" not in page
    assert client.post(where, {"unmark": "yes"}).status_code == 302
    assert "found alone" not in client.get(line).content.decode()
    with world.acting("social_worker") as _:
        assert Mark.objects.count() == 2


def test_nobody_takes_back_what_somebody_else_marked(world: World, told: "tuple[Person, Contact, Contact]") -> None:
    from frontdoor.actors.rules import NotPermitted
    from frontdoor.people.actions import marks

    person, first, _ = told
    with world.acting("social_worker", at=AT) as by:
        row = marks.mark(person.key, ("contacts.contact", first.key), words="Alone.", by=by, at=AT)
    with world.acting("social_worker", second=True, at=AT) as other, pytest.raises(NotPermitted):
        marks.unmark(row.key, by=other, at=AT)


def test_nobody_marks_who_keeps_no_records_and_nobody_reads_it_who_reads_none(
    world: World, told: "tuple[Person, Contact, Contact]"
) -> None:
    from frontdoor.actors.rules import NotPermitted
    from frontdoor.desk.queries.chronology import chronology
    from frontdoor.people.actions import marks
    from frontdoor.people.models import Mark

    person, first, _ = told
    with world.acting("early_help_officer", at=AT) as by, pytest.raises(NotPermitted):
        marks.mark(person.key, ("contacts.contact", first.key), words="Alone.", by=by, at=AT)
    with world.acting("auditor", at=LATER) as by, pytest.raises(NotPermitted):
        chronology(person.key, whole=False, by=by, at=LATER)
    with world.acting("social_worker", at=AT):
        assert not Mark.objects.exists()


def test_only_a_contact_that_is_there_is_marked(
    world: World, signed: "Callable[..., Client]", told: "tuple[Person, Contact, Contact]"
) -> None:
    where = f"/peterborough/people/{told[0].key}/chronology/{uuid4()}/mark/"
    assert signed("social_worker").get(where).status_code == 404


def test_a_contact_about_several_is_one_row_with_the_age_of_each(world: World, signed: "Callable[..., Client]") -> None:
    from frontdoor.contacts.models import Named
    from frontdoor.matching.actions import linking
    from frontdoor.people.models import Relationship

    child, sister = known(world), known(world, given_name="Lacey", born=date(2024, 3, 1))
    contact = arrived(world, children=2)
    with world.acting("social_worker", at=AT) as by:
        for place, person in enumerate((child, sister)):
            named = Named.objects.get(contact=contact, position=place)
            linking.confirm(("contacts.named", named.key), person.key, seen=0, by=by, at=AT)
        Relationship.objects.create(
            authority_id=by.authority, person=sister, other=child, kind="sibling", source_kind="worker", recorded_at=AT
        )
    page = signed("social_worker").get(f"/peterborough/people/{child.key}/chronology/?of=family").content.decode()
    assert page.count(f">{contact.receipt}<") == 1
    assert "Tess Setchfield (6 years); Lacey Setchfield (2 years)" in page
