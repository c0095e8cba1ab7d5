"""Search finds by number, name, birth date, postcode and day, exactly; no name stands in an address; one entry each."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import SEEDER
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven
from frontdoor.matching.models import Link
from frontdoor.people.models import Barred, NamedAccess, Person
from frontdoor.shell.rules import LONDON
from frontdoor.trail.models import Entry
from tests.contacts.arriving import arrive, child
from tests.people.shut import restriction
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

SEARCH = "/desk/search/"
CAME = datetime(2026, 3, 24, 12, tzinfo=LONDON)
BORN = date(2017, 2, 3)
EWA: dict[str, Any] = {"given_name": "Ewa", "family_name": "Nowak", "date_of_birth": BORN, "postcode": "PE1 1AA"}


@pytest.fixture
def ewa(world: World) -> Contact:
    with world.acting("contact_officer") as by:
        arrive(by=by, at=CAME)
        teller = ReferrerGiven(kind="professional", name="Canary Teller")
        return arrive(by=by, at=CAME - timedelta(days=3), people=(child(**EWA),), referrer=teller)


def _found(answer: Any) -> list[str]:
    """The numbers that the page found."""
    body = answer.content.decode().partition(">Contacts found")[2].partition("</table>")[0]
    return re.findall(r"\d{3}-[A-Z]-\d{6}", body)


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.mark.parametrize(
    "typed",
    [
        {"family_name": "nowak"},
        {"given_name": "EWA", "family_name": " Nowak "},
        {"postcode": "pe11aa"},
        _day("born", BORN),
        _day("came", date(2026, 3, 21)),
        {"family_name": "Nowak", "postcode": "PE1 1AA", **_day("born", BORN)},
        {"q": "ewa nowak 3/2/17 pe1 1aa"},
        {"q": "nowak"},
    ],
    ids=["last name", "both names", "postcode", "birth date", "day it came", "all of them", "in one box", "one word"],
)  # fmt: skip
def test_a_contact_is_found_by_what_was_told_of_somebody_in_it(
    ewa: Contact, signed: Any, typed: dict[str, str]
) -> None:
    assert _found(signed("contact_officer").post(SEARCH, typed)) == [ewa.receipt]


@pytest.mark.parametrize(
    "typed",
    [
        {"given_name": "Ewelina", "family_name": "Nowak"},
        {"family_name": "Nowak", "postcode": "PE2 2BB"},
        {"family_name": "Nowak", **_day("came", date(2026, 3, 22))},
        {"family_name": "Teller"},
        {"given_name": "Canary", "family_name": "Teller"},
    ],
    ids=["another first name", "another postcode", "another day", "who told us", "who told us in full"],
)
def test_what_does_not_fit_in_every_part_and_who_told_us_are_not_found(
    ewa: Contact, signed: Any, typed: dict[str, str]
) -> None:
    answer = signed("social_worker").post(SEARCH, typed)
    assert _found(answer) == []
    assert "Nothing was found." in answer.content.decode()


def test_a_number_is_found_as_people_say_it(ewa: Contact, signed: Any) -> None:
    client = signed("contact_officer")
    council, mark, number = ewa.receipt.split("-")
    for said in (ewa.receipt, ewa.receipt.lower(), f"{council}-{mark}-{int(number)}", f" {ewa.receipt} "):
        assert _found(client.post(SEARCH, {"receipt": said})) == [ewa.receipt], said
        assert _found(client.post(SEARCH, {"q": said})) == [ewa.receipt], said
    assert _found(client.post(SEARCH, {"receipt": "874-T-999999"})) == []
    assert _found(client.post(SEARCH, {"receipt": "shoes"})) == []


def test_the_day_is_londons(world: World, signed: Any) -> None:
    with world.acting("contact_officer") as by:
        late = arrive(by=by, at=datetime(2026, 6, 30, 23, 30, tzinfo=LONDON))
    client = signed("contact_officer")
    assert _found(client.post(SEARCH, _day("came", date(2026, 6, 30)))) == [late.receipt]
    assert _found(client.post(SEARCH, _day("came", date(2026, 7, 1)))) == []


def test_nothing_is_asked_and_the_answer_says_what_to_enter(signed: Any) -> None:
    for typed in ({"q": " "}, {"q": "7yo"}, {"age": "7", "q": "boy"}):
        answer = signed("contact_officer").post(SEARCH, typed)
        assert answer.status_code == 422, typed
        assert "Enter a name, a date of birth, a postcode, a telephone" in answer.content.decode()


def test_a_name_in_an_address_asks_nothing(ewa: Contact, signed: Any) -> None:
    answer = signed("contact_officer").get(f"{SEARCH}?family_name=Nowak")
    assert "Ewa" not in answer.content.decode()
    assert 'method="post"' in answer.content.decode()


def test_more_than_fifty_say_so_and_show_the_newest_of_both_councils(world: World, signed: Any) -> None:
    for council, hours in ((CAMBRIDGESHIRE, 0), (PETERBOROUGH, 1)):
        with world.acting("contact_officer", council=council) as by:
            for number in range(26):
                arrive(by=by, at=CAME - timedelta(hours=2 * number + hours), people=(child(family_name="Smith"),))
    client = signed("contact_officer")
    answer = client.post(SEARCH, {"family_name": "Smith"})
    found = _found(answer)
    assert "More than fifty were found." in answer.content.decode()
    assert len(found) == 50
    assert sum(receipt.startswith("874") for receipt in found) == 25
    fewer = client.post(SEARCH, {"family_name": "Smith", **_day("came", CAME.date())})
    assert "More than fifty" not in fewer.content.decode()
    assert 0 < len(_found(fewer)) < 50


def test_a_search_leaves_one_entry_a_council_with_a_keyed_digest_and_no_name(
    world: World, ewa: Contact, signed: Any
) -> None:
    client = signed("social_worker")
    client.post(SEARCH, {"family_name": "Nowak"})
    client.post(SEARCH, {"family_name": " NOWAK"})
    client.post(SEARCH, {"family_name": "Nowakowska"})
    shown, digests = [], []
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with world.system(SEEDER, council=council):
            entries = list(Entry.objects.filter(authority_id=council, action="desk.search").order_by("id"))
        assert len(entries) == 3
        digests.append([entry.detail["query"] for entry in entries])
        shown.append([entry.detail["contacts"] for entry in entries])
        assert "nowak" not in str([entry.detail for entry in entries]).lower()
    assert shown == [[[], [], []], [[str(ewa.key)], [str(ewa.key)], []]]
    assert digests[0] == digests[1]
    assert digests[0][0] == digests[0][1] != digests[0][2]


def test_a_council_out_of_reach_is_not_searched(world: World, ewa: Contact, signed: Any) -> None:
    assert _found(signed("contact_officer").post(SEARCH, {"family_name": "Nowak"})) == [ewa.receipt]
    world.agree_until(date(2026, 3, 31))
    assert _found(signed("contact_officer").post(SEARCH, {"family_name": "Nowak"})) == []


@pytest.mark.parametrize("bar", [False, True], ids=["restricted", "barred"])
def test_a_contact_tells_nobody_of_a_record_that_they_may_not_open(
    world: World, signed: Any, ewa: Contact, bar: bool
) -> None:
    officer, here = world.user("contact_officer"), {"authority_id": PETERBOROUGH, "set_at": CAME}
    with world.acting("contact_officer") as by:
        mother = PersonGiven("adult", given_name="Marta", family_name="Orrey", relationship="mother")
        both = arrive(by=by, at=CAME - timedelta(days=2), people=(child(**EWA), mother))
    with world.system(SEEDER):
        person = Person.objects.create(authority_id=PETERBOROUGH, label="Ewa Nowak", made_at=CAME)
        for contact in (ewa, both):
            named = Named.objects.get(contact=contact, given_name="Ewa")
            Link.objects.create(
                authority_id=PETERBOROUGH, subject_kind="contacts.named", subject_key=named.key, person=person,
                state="confirmed", said_at=CAME,
            )  # fmt: skip
        if bar:
            Barred.objects.create(person=person, user_id=officer.pk, ground="relative", **here)
        else:
            restriction(person)
    client = signed("contact_officer")
    for typed in ({"q": "ewa nowak"}, {"family_name": "nowak"}, _day("born", BORN), {"postcode": "pe11aa"}):
        assert _found(client.post(SEARCH, typed)) == []
    for typed in ({"family_name": "Orrey"}, {"q": both.receipt}, _day("came", date(2026, 3, 22))):
        page = client.post(SEARCH, typed)
        assert _found(page) == [both.receipt]
        assert "Marta Orrey" in page.content.decode()
        assert "Ewa Nowak" not in page.content.decode()
    with world.system(SEEDER):
        NamedAccess.objects.create(
            authority_id=PETERBOROUGH, person=person, user_id=officer.pk, why="Works with them", since=CAME
        )
    shown = client.post(SEARCH, {"family_name": "nowak"})
    assert _found(shown) == ([] if bar else [both.receipt, ewa.receipt])
