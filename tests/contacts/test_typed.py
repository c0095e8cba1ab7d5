"""An address that is to be kept from others is sealed before anything keeps it: at no door does it stand in clear."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import safe as protecting
from frontdoor.contacts.actions import telephone as calls
from frontdoor.contacts.forms.telephone import paper_questions
from frontdoor.contacts.models import Contact, Draft, Named, Submission
from frontdoor.contacts.queries import safe as queries
from frontdoor.letters.models import ProtectedAddress
from frontdoor.letters.queries import keys
from frontdoor.letters.rules.typed import kept_back, opened_text, sealed_text
from tests.contacts.arriving import child
from tests.contacts.calling import LATER, begun, told
from tests.contacts.test_correspondence_pages import Officer, emailed
from tests.contacts.test_safe import everything
from tests.contacts.test_telephone_pages import Caller
from tests.portal.test_returning import REPORT, press
from tests.portal.test_senders import FORM
from tests.worlds import PETERBOROUGH, World

STREET, POSTCODE = "77 Zzquagga Lane, Wisbech", "PE13 9ZZ"
CANARY = f"{STREET}, {POSTCODE}"
MASTER, OTHER = bytes(range(32)), bytes(range(1, 33))
OLD = f"kept:1:{'a' * 16}:{'b' * 24}"
WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


def clear(text: str) -> bool:
    return any(part in text.casefold() for part in ("zzquagga", "13 9zz", "139zz"))


@contextmanager
def no_statement_says_it() -> Iterator[None]:
    """Nothing that is sent to the database holds it, whatever becomes of the row afterwards."""
    said: list[str] = []

    def hear(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        said.append(f"{sql} {parameters!r}")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(hear):
        yield
    assert said
    assert not [each for each in said if clear(each)]


@given(WORDS)
def test_what_was_typed_opens_with_its_key_alone_and_sending_twice_gives_one_word(address):
    word = sealed_text(address, name="a" * 16, master=MASTER)
    assert word == sealed_text(address, name="a" * 16, master=MASTER)
    assert opened_text(word, {"a" * 16: MASTER}) == address
    assert opened_text(word, {"a" * 16: OTHER}) is None
    assert opened_text(word, {"b" * 16: MASTER}) is None


@given(st.text(max_size=200))
def test_a_word_that_somebody_made_up_opens_nothing(word):
    assert opened_text(word, {"a" * 16: MASTER}) is None
    assert opened_text(f"kept:1:{'a' * 16}:{word}", {"a" * 16: MASTER}) is None


@pytest.mark.parametrize("prefix", ["", "people-3-", "child-0-"])
@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (
            {"keep": "on", "address": "1 Row", "postcode": "PE1"},
            {"address": "", "postcode": "", "sealed": "<1 Row, PE1>"},
        ),
        (
            {"keep": "on", "sealed": "", "address": "", "postcode": "PE1"},
            {"address": "", "postcode": "", "sealed": "<PE1>"},
        ),
        ({"keep": "on", "sealed": OLD, "address": "1 Row"}, {"address": "", "sealed": "<1 Row>"}),
        ({"keep": "on", "sealed": OLD, "address": " "}, {}),
        ({"sealed": OLD, "address": ""}, {}),
        ({"sealed": OLD, "address": "1 Row"}, {"sealed": ""}),
        ({"sealed": "", "address": "1 Row"}, {}),
    ],
)  # fmt: skip
def test_what_is_marked_goes_no_further_and_what_is_sealed_stays_until_another_is_typed(prefix, typed, changed):
    found = kept_back({prefix + name: value for name, value in typed.items()}, sealing=lambda text: f"<{text}>")
    assert found == {prefix + name: value for name, value in changed.items()}


def opened(world: World, contact: Contact, given_name: str) -> tuple[Named, str]:
    with world.acting("social_worker") as by:
        person = Named.objects.get(contact=contact, given_name=given_name)
        return person, queries.open_address(person.key, why="To visit", by=by, at=LATER)


def test_what_is_typed_in_a_call_is_sealed_in_the_draft_and_in_all_that_comes_of_it(world):
    caller = Caller(world).begin()
    family = {"keep": "on", "address": STREET, "postcode": POSTCODE}
    people = {"people-0-given_name": "Mia", "people-0-family_name": "Brook"}
    with no_statement_says_it():
        assert caller.save(story="A worry.", **family).json()["version"] == 2
        page = caller.open()
        assert not clear(page)
        assert "An address is kept here" in page
        caller.press(story="She fled.", **people)  # nothing typed again: it stays
        assert not clear(caller.open())
        assert caller.press("end:contact").headers["Location"].endswith("/ended/")
    (contact,) = caller.rows(Contact)
    person, address = opened(world, contact, "Mia")
    assert (address, person.home, contact.postcode) == (CANARY, "Address is protected", "")
    with world.acting("social_worker"):
        assert not clear(everything())


def test_no_sentence_of_the_story_puts_it_back_into_a_plain_field(world):
    caller = Caller(world).begin()
    caller.press(story=f"They fled to {CANARY}.", keep="on", address=STREET)
    caller.save("mark:address", **{"from": "0", "to": "0"})
    (call,) = caller.rows(Draft)
    assert not clear(call.data["typed"]["address"] + call.data["typed"].get("postcode", ""))


def test_a_call_that_is_wrong_or_written_on_elsewhere_shows_it_to_nobody(world):
    caller = Caller(world).begin()
    answer = caller.press("end:contact", keep="on", address=STREET, story="A worry.", **{"people-0-nhs_number": "1"})
    assert answer.status_code == 422
    assert not clear(answer.content.decode())
    stale = caller.press(keep="on", address=STREET, draft_version="1")
    assert stale.status_code == 409
    assert not clear(stale.content.decode())


def test_a_call_carried_to_the_other_council_keeps_it_sealed_there(world):
    caller = Caller(world).begin()
    people = {"people-0-given_name": "Mia", "people-0-family_name": "Brook"}
    caller.press(story="She fled.", keep="on", address=STREET, postcode=POSTCODE, **people)
    from tests.contacts.test_telephone_pages import _fields

    with no_statement_says_it():
        moved = caller.client.post("/cambridgeshire/call/", _fields(caller.open()) | {"do": "move"})
        caller.where = moved.headers["Location"]
        assert not clear(caller.open())
        caller.press("end:contact")
    with world.acting("social_worker", council=873) as by:
        person = Named.objects.get(given_name="Mia")
        assert queries.open_address(person.key, why="To visit", by=by, at=LATER) == CANARY


def test_what_a_call_says_after_a_red_flag_brings_no_protected_address_back(world):
    mia = child(given_name="Mia", family_name="Brook", address=STREET, postcode=POSTCODE)
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": "A knife."})
        call = calls.flag(call.key, seen=call.version, told=told(mia), why="A knife", by=by, at=LATER)
        contact = Contact.objects.get()
        person = Named.objects.get()
        protecting.protect(contact.key, whose=[str(person.key)], why="Fled", by=by, at=LATER)
        calls.end(call.key, seen=call.version, told=told(mia), way="contact", by=by, at=LATER)
        person = Named.objects.get()
        contact.refresh_from_db()
        assert (person.address, person.postcode, person.match_place, person.address_protected) == ("", "", "", True)
        assert contact.postcode == ""


def test_of_a_letter_it_is_sealed_beside_the_original(world):
    officer = Officer(world)
    contact = emailed(world)
    people = {"people-0-given_name": "Mia", "people-0-family_name": "Brook"}
    with no_statement_says_it():
        typed = people | {"people-0-keep": "on", "people-0-address": STREET, "people-0-postcode": POSTCODE}
        officer.post("sort", contact.key, do="save", typed="She fled.", **typed)
        page = officer.get("sort", contact.key)
        assert "An address is kept here" in page
        assert not clear(page)
        assert officer.post("sort", contact.key, do="sort:contact").status_code == 302
    _, address = opened(world, contact, "Mia")
    assert address == CANARY


@pytest.fixture
def visitor(db: None, world: World) -> Client:
    client = Client()
    client.post("/", {"way": "worry"})
    client.get(f"{REPORT}worry/start/")
    return client


def test_the_public_insert_it_sealed_and_read_it_nowhere(world, visitor):
    with no_statement_says_it():
        press(visitor, "worry", story="She fled with him.")
        typed = {"given_name": "Alfie", "family_name": "Brook", "keep": "on", "address": STREET, "postcode": POSTCODE}
        press(visitor, "children/0", new="True", **typed)
        again = visitor.get(f"{REPORT}children/0/").text
        assert "An address is kept here" in again
        assert not clear(again)
        sealed = re.search(r'name="sealed" value="([^"]+)"', again)
        assert sealed is not None
        press(visitor, "children/0", given_name="Alfred", family_name="Brook", keep="on", sealed=sealed[1])
        press(visitor, "danger", danger="no")
        assert not clear(visitor.get(f"{REPORT}check/").text)
        assert press(visitor, "check").status_code == 302
        with world.system(PUBLIC_INTAKE, council=PETERBOROUGH) as by:
            (kept,) = Submission.objects.all()
            contact = contacts.take_in(str(kept.pk), by=by, at=LATER)
            assert ProtectedAddress.objects.get().set_by is None
    person, address = opened(world, contact, "Alfred")
    assert (address, person.address_protected, contact.postcode) == (CANARY, True, "")


def test_a_sender_sends_it_sealed_and_twice_with_one_receipt(world, client):
    school = world.signed_in(client, world.sender("school"))
    form = {**FORM, "idem": str(uuid4()), "child-0-keep": "on", "child-0-address": CANARY, "child-0-sealed": ""}
    with no_statement_says_it():
        first, second = school.post("/sender/new/", form), school.post("/sender/new/", form)
        assert first["Location"] == second["Location"]
        assert not clear(school.get(first["Location"]).text)


def test_a_word_that_does_not_open_holds_up_no_report(world, visitor):
    word = sealed_text(CANARY, name=keys.current()[0], master=OTHER)
    press(visitor, "worry", story="She fled with him.")
    press(visitor, "children/0", new="True", given_name="Alfie", keep="on", sealed=word)
    press(visitor, "danger", danger="no")
    assert press(visitor, "check").status_code == 302
    with world.system(PUBLIC_INTAKE, council=PETERBOROUGH) as by:
        contact = contacts.take_in(str(Submission.objects.get().pk), by=by, at=LATER)
        assert contact.people.get().home == "Address is protected"


def test_paper_asks_for_the_mark_and_for_no_sealed_word():
    asked = [question.words for _, questions in paper_questions() for question in questions]
    assert "Keep this address from others" in asked
    assert not {"Sealed", "None"} & set(asked)
