"""Who the people of a contact are: settled by a person, one for one; shown with what came before; and taken back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.contacts.actions import people as actions
from frontdoor.contacts.actions import telephone
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries import decisions, people
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.matching.models import Link
from frontdoor.people.actions import index
from frontdoor.people.models import Fact, Name, Person, Relationship, Residence
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BORN = date(2016, 5, 3)
SOURCE = index.Source("system", "Case system")
BOY: dict[str, Any] = {"given_name": "Bartosz", "family_name": "Zielinski", "date_of_birth": BORN}


def known(by: Any, given: str = "Bartosz", family: str = "Zielinski", **said: Any) -> Person:
    return index.make(given_name=given, family_name=family, **{"born": BORN} | said, source=SOURCE, by=by, at=NOON)


def told(by: Any, *persons: Any, **report: Any) -> Contact:
    return arrive(by=by, people=persons or (child(**BOY),), **report)


def rows(contact: Contact) -> list[Named]:
    return list(Named.objects.filter(contact=contact).order_by("position"))


def met(contact: Contact, *, by: Any) -> list[people.Met]:
    return list(people.of_contact(contact, rows(contact), by=by).people)


def settle(contact: Contact, person: Person, *, by: Any, place: int = 0) -> Link:
    one = met(contact, by=by)[place]
    return actions.confirm(contact.key, one.key, person.key, seen=one.standing.seen, by=by, at=NOON)


def test_what_a_contact_says_anew_is_written_only_where_it_is_ticked(world: World) -> None:
    with world.acting("contact_officer") as by:
        person = known(by, rows=[Residence(kind="home", lines="1 Old Road", postcode="PE1 1AA")])
        contact = told(
            by, child(**BOY | {"known_as": "Bartek"}, address="9 New Road", postcode="PE1 2BB", school="Sedge School")
        )
        settle(contact, person, by=by)
        assert not Fact.objects.filter(person=person, kind="school").exists()
        [one] = met(contact, by=by)
        assert [each.code for each in one.news] == ["known_as", "address", "school"]
        assert actions.add_news(contact.key, one.key, ["school", "upn"], by=by, at=NOON) == 1
        school = Fact.objects.get(person=person, kind="school")
        assert (school.value, school.source_kind, school.source, school.source_key) == (
            "Sedge School", "contact", contact.receipt, contact.key
        )  # fmt: skip
        assert Residence.objects.filter(person=person).count() == 1
        assert [each.code for each in met(contact, by=by)[0].news] == ["known_as", "address"]


def test_nothing_is_added_to_somebody_whom_nobody_has_confirmed(world: World) -> None:
    with world.acting("contact_officer") as by:
        known(by)
        contact = told(by, child(**BOY, school="Sedge School"))
        with pytest.raises(StepNotAllowed):
            actions.add_news(contact.key, rows(contact)[0].key, ["school"], by=by, at=NOON)
        assert not Fact.objects.filter(kind="school").exists()


def test_a_record_is_made_from_what_was_told_with_the_contact_as_its_source(world: World) -> None:
    with world.acting("contact_officer") as by:
        contact = told(
            by, child(**BOY, school="Sedge School"),
            child(given_name="", family_name="", kind="unknown", date_of_birth=None),
            child(given_name="Ola", family_name="Zielinska", date_of_birth=None, approximate_age=10),
            child(**BOY | {"given_name": "Ewa"}, address="2 Secret Road", sealed="x"),
        )  # fmt: skip
        first, nobody, about, hidden = rows(contact)
        link = actions.create(contact.key, first.key, seen=0, by=by, at=NOON)
        assert (link.made, link.person.label, link.person.born_on) == (True, "Bartosz Zielinski", BORN)
        names = Name.objects.filter(person=link.person).values_list("kind", "source", "source_key")
        assert list(names) == [("legal", contact.receipt, contact.key)]
        guessed = actions.create(contact.key, about.key, seen=0, by=by, at=NOON).person
        assert (guessed.born_basis, guessed.born_on is not None) == ("estimated", True)
        with pytest.raises(InvalidInput):
            actions.create(contact.key, nobody.key, seen=0, by=by, at=NOON)
        secret = actions.create(contact.key, hidden.key, seen=0, by=by, at=NOON).person
        assert not Residence.objects.filter(person=secret).exists()


def test_the_history_of_the_likely_is_shown_at_once_and_never_as_confirmed(world: World, client: Client) -> None:
    with world.acting("social_worker") as by:
        person = known(by)
        before = told(by, at=NOON - 30 * DAY)
        settle(before, person, by=by)
        contact = told(by)
    world.signed_in(client, world.user("social_worker"))
    for name in ("contacts:detail", "contacts:people"):
        page = client.get(reverse(name, args=["peterborough", contact.key])).content.decode()
        words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert "Almost certainly the same person, NOT CONFIRMED" in words
        assert before.receipt in words
        assert reverse("people:person", args=["peterborough", person.key]) in page
    with world.acting("social_worker"):
        entry = Entry.objects.filter(action="contacts.who_is_who").get()
    assert entry.detail["shown"] == [str(person.key)]
    assert "Zielinski" not in repr(entry.detail)


def test_one_after_the_other_is_settled_with_a_key_and_the_last_is_taken_back(world: World, client: Client) -> None:
    with world.acting("social_worker") as by:
        person, other = known(by), known(by, "Bartoszek")
        contact = told(by)
    world.signed_in(client, world.user("social_worker"))
    where = reverse("contacts:people", args=["peterborough", contact.key])
    named = str(rows_of(world, contact)[0].key)
    gone = client.post(where, {"named": named, "seen": "0", "do": f"reject:{other.key}"})
    assert gone.status_code == 302
    stale = client.post(where, {"named": named, "seen": "0", "do": f"confirm:{person.key}"})
    assert stale.status_code == 409
    page = client.post(where, {"named": named, "seen": "1", "do": f"confirm:{person.key}"}, follow=True)
    assert "Bartosz Zielinski is Bartosz Zielinski" in page.content.decode()
    link = re.findall(r'name="link" value="([^"]+)"', page.content.decode())[0]
    back = reverse("contacts:people-back", args=["peterborough", contact.key])
    assert client.post(back, {"link": link}).status_code == 302
    with world.acting("social_worker") as by:
        one = met(contact, by=by)[0]
        assert one.standing.confirmed is None
        assert [each.person.key for each in one.standing.candidates] == [person.key]
        assert [each.person.key for each in one.standing.rejected] == [other.key]


def rows_of(world: World, contact: Contact) -> list[Named]:
    with world.acting("social_worker"):
        return rows(contact)


def test_hostile_names_are_shown_as_they_are_and_found(world: World, client: Client) -> None:
    bad = '<script>alert(1)</script>"\u202e'
    with world.acting("social_worker") as by:
        known(by, bad, "O'Brien-<b>Łącka")
        contact = told(by, child(given_name=bad, family_name="O'Brien-<b>Łącka", date_of_birth=BORN))
    world.signed_in(client, world.user("social_worker"))
    page = client.get(reverse("contacts:people", args=["peterborough", contact.key])).content.decode()
    assert "<script>alert(1)" not in page
    assert "NOT CONFIRMED" in page


def test_repeat_contacts_are_those_of_the_people_who_are_confirmed_and_the_merely_alike_are_said_to_be(
    world: World,
) -> None:
    with world.acting("social_worker") as by:
        person, sister, cousin = known(by), known(by, "Ewa"), known(by)
        tie = index.filled(Relationship(other=sister, kind="sibling"), person=person, source=SOURCE, by=by, at=NOON)
        tie.save(force_insert=True)
        renamed = told(by, child(given_name="Bartek", family_name="Nowak", date_of_birth=BORN), at=NOON - 40 * DAY)
        hers = told(by, child(given_name="Ewa", family_name="Lis", date_of_birth=BORN), at=NOON - 30 * DAY)
        alike = told(by, at=NOON - 20 * DAY)
        next_door = told(by, at=NOON - 10 * DAY)
        contact = told(by)
        receipts = {each.label: each.confirmed for each in decisions.earlier(contact, by=by)}
        assert receipts == {alike.receipt: False, next_door.receipt: False}
        settle_as(contact, person, by=by)
        settle_as(renamed, person, by=by)
        settle_as(hers, sister, by=by)
        settle_as(next_door, cousin, by=by)
        found = [(each.label, each.confirmed) for each in decisions.earlier(contact, by=by)]
        assert found == [(renamed.receipt, True), (hers.receipt, True), (alike.receipt, False)]
        repeat = decisions.repeat(contact, by=by, at=NOON)
        assert repeat is not None
        assert repeat.counted == 4


def settle_as(contact: Contact, person: Person, *, by: Any) -> Link:
    return actions.confirm(contact.key, rows(contact)[0].key, person.key, seen=0, by=by, at=NOON)


def test_who_told_us_is_matched_only_where_somebody_says_that_they_are_family_and_need_no_protection(
    world: World,
) -> None:
    named = ReferrerGiven(kind="family", identity="given", name="Ewa Zielinska")
    said: dict[str, Any] = {"relationship": "grandmother", "family": True, "unprotected": True}
    with world.acting("social_worker") as by:
        known(by, "Ewa", "Zielinska", born=None)
        contact = told(by, referrer=named)
        assert len(met(contact, by=by)) == 1
        for missing in ({"family": False}, {"unprotected": False}, {"relationship": " "}):
            with pytest.raises(InvalidInput):
                actions.referrer_is_family(contact.key, **said | missing, by=by, at=NOON)
        made = actions.referrer_is_family(contact.key, **said, by=by, at=NOON)
        assert (made.kind, made.label, made.relationship) == ("adult", "Ewa Zielinska", "grandmother")
        with pytest.raises(StepNotAllowed):
            actions.referrer_is_family(contact.key, **said, by=by, at=NOON)
        secret = told(by, referrer=ReferrerGiven(kind="family", identity="withheld", name="Ewa Zielinska"))
        with pytest.raises(StepNotAllowed):
            actions.referrer_is_family(secret.key, **said, by=by, at=NOON)
        assert "Ewa" not in repr(list(Entry.objects.filter(action="contacts.referrer_is_family").values()))


def test_nobody_says_who_is_who_in_a_contact_that_is_not_theirs(world: World) -> None:
    with world.acting("social_worker", council=873, of=873) as by:
        theirs = told(by)
        key, person = rows(theirs)[0].key, known(by)
        link = settle(theirs, person, by=by)
    with world.acting("social_worker", of=874, council=874) as by:
        ours, another = told(by), told(by)
        mine = known(by)
        elsewhere = settle_as(another, mine, by=by)
        with pytest.raises(NotFound):
            actions.take_back(ours.key, elsewhere.key, by=by, at=NOON)
        for act in (
            lambda: actions.confirm(theirs.key, key, mine.key, seen=0, by=by, at=NOON),
            lambda: actions.confirm(ours.key, key, mine.key, seen=0, by=by, at=NOON),
            lambda: actions.confirm(ours.key, rows(ours)[0].key, person.key, seen=0, by=by, at=NOON),
            lambda: actions.take_back(ours.key, link.key, by=by, at=NOON),
            lambda: people.open_who_is_who(theirs.key, by=by, at=NOON),
        ):
            with pytest.raises(NotFound):
                act()
    with world.acting("auditor", of=874, council=874) as by:
        with pytest.raises(NotPermitted):
            people.open_who_is_who(ours.key, by=by, at=NOON)
        assert people.of_contact(ours, rows(ours), by=by) == people.Known()
    with world.acting("early_help_officer", of=874, council=874) as by, pytest.raises(NotPermitted):
        actions.create(ours.key, rows(ours)[0].key, seen=0, by=by, at=NOON)


def test_while_a_call_is_typed_those_whom_we_know_are_shown_at_once(world: World, client: Client) -> None:
    with world.acting("contact_officer") as by:
        person = known(by)
        before = told(by, at=NOON - 30 * DAY)
        settle(before, person, by=by)
    with world.acting("contact_officer") as by:
        call = telephone.begin(door="phone", by=by, at=NOON)
    world.signed_in(client, world.user("contact_officer"))
    typed = {
        "people-0-kind": "child", "people-0-given_name": "Bartoz", "people-0-family_name": "Zielinski",
        "people-0-date_of_birth-day": "3", "people-0-date_of_birth-month": "5", "people-0-date_of_birth-year": "2016",
    }  # fmt: skip
    where = reverse("contacts:telephone-earlier", args=["peterborough", call.key])
    for _ in range(2):
        page = client.post(where, typed).content.decode()
        assert "NOT CONFIRMED" in page
        assert reverse("people:person", args=["peterborough", person.key]) in page
        assert before.receipt in page
    with world.acting("contact_officer"):
        entry = Entry.objects.filter(action="contacts.open_known").get()
        assert entry.detail["shown"] == [str(person.key)]
        assert "Bartoz" not in repr(entry.detail)


def test_the_first_look_shows_what_is_known_to_those_who_may_read_people_there(world: World, client: Client) -> None:
    with world.acting("social_worker") as by:
        person = known(by)
        contact = told(by)
    for user, sees in ((world.user("social_worker"), True), (world.user("assessment_worker", council=873), False)):
        world.signed_in(client, user)
        page = client.get(reverse("contacts:look-at", args=["peterborough", contact.key]))
        assert page.status_code == 200
        assert (reverse("people:person", args=["peterborough", person.key]) in page.content.decode()) is sees


def test_who_looks_after_the_index_reads_what_a_match_rests_on_and_what_each_agreement_weighs(
    world: World, client: Client
) -> None:
    with world.acting("contact_officer", of=874) as by:
        link = settle(told(by), known(by), by=by)
    manager = world.user("data_quality_manager", council=874)
    world.signed_in(client, manager)
    page = client.get(reverse("contacts:matches", args=["peterborough"])).content.decode()
    where = reverse("contacts:match", args=["peterborough", link.key])
    assert where in page
    page = client.get(where).content.decode()
    assert "<rect" in page
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Weights Version 1" in words
    assert "Date of birth" in words
    page = client.get(reverse("matching:weights", args=["peterborough"])).content.decode()
    assert "Date of birth" in page
    world.signed_in(client, world.user("social_worker", council=874))
    assert client.get(where).status_code == 403


def test_two_records_that_are_equally_close_are_said_to_be_perhaps_one(world: World, client: Client) -> None:
    with world.acting("social_worker") as by:
        one, other = known(by), known(by)
        contact = told(by)
        assert [each.verdict.strength for each in met(contact, by=by)[0].standing.candidates] == ["almost_certain"] * 2
    worker = world.signed_in(client, world.user("social_worker"))
    page = worker.get(reverse("contacts:people", args=["peterborough", contact.key])).content.decode()
    compare = reverse("matching:propose", args=["peterborough", one.key])
    back = reverse("matching:propose", args=["peterborough", other.key])
    assert "Two records are equally close" in page
    assert compare in page or back in page
    with world.acting("social_worker") as by:
        settle(contact, one, by=by)
    page = worker.get(reverse("contacts:people", args=["peterborough", contact.key])).content.decode()
    assert "Two records are equally close" not in page
