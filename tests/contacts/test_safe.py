"""Reaching people safely, and addresses that nobody must find: sealed, in no plain column, opened by a recorded act."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.contacts.actions import safe as actions
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries import safe as queries
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.letters import actions as letters
from frontdoor.letters import queries as letter_queries
from frontdoor.letters.models import Letter, ProtectedAddress
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import FATHER, MOTHER, YOUNG, chosen, letter_of, listed, released, told_of
from tests.worlds import World

CANARY = "77 Zzquagga Lane, Wisbech, PE13 9ZZ"


def person(world: World, contact: Contact, given_name: str = "Lena") -> Named:
    with world.acting("social_worker", at=AT):
        return Named.objects.select_related("contact").get(contact=contact, given_name=given_name)


def protect(world: World, contact: Contact, *people: Named, address: str = CANARY, at: datetime = AT) -> None:
    with world.acting("contact_officer", at=AT) as by:
        actions.protect(
            contact.key, whose=[str(each.key) for each in people], address=address, why="In a refuge", by=by, at=at
        )


def everything() -> str:
    """Every row of every table as text, as the council acted for sees it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [model._meta.db_table])
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
            found += [row[0] or "" for row in cursor.fetchall()]
    return "\n".join(found).casefold()


def test_a_protected_address_stands_in_plain_in_no_table(world):
    contact = arrived(world, people=(YOUNG, MOTHER))
    protect(world, contact, person(world, contact))
    with world.acting("social_worker", at=AT) as by:
        assert letter_queries.open_protected([("contacts.named", person_key(contact))], why="To visit", by=by, at=AT)
        whole = everything()
    assert "setchfield" in whole
    for part in ("zzquagga", "pe13 9zz", "pe139zz", "13 9zz"):
        assert part not in whole


def person_key(contact: Contact) -> Any:
    return Named.objects.get(contact=contact, given_name="Lena").key


def test_what_stood_in_the_plain_columns_and_keys_of_the_person_is_gone(world):
    contact = arrived(world, people=(YOUNG, MOTHER), postcode="CB6 1RT")
    mother = person(world, contact)
    assert (mother.address, mother.match_postcode) != ("", "")
    protect(world, contact, mother, address="")
    mother = person(world, contact)
    assert (mother.address, mother.postcode, mother.match_place, mother.match_postcode) == ("", "", "", "")
    assert mother.home == "Address is protected"
    assert mother.contact.postcode == ""
    with world.acting("social_worker", at=AT) as by:
        assert queries.open_address(mother.key, why="To visit", by=by, at=AT) == "4 Fen Row, Ely, CB6 1RT"


def test_each_opening_of_a_protected_address_is_an_entry_with_its_reason(world):
    contact = arrived(world, people=(YOUNG, MOTHER))
    mother = person(world, contact)
    protect(world, contact, mother)
    with world.acting("social_worker", at=AT) as by:
        with pytest.raises(InvalidInput):
            queries.open_address(mother.key, why=" ", by=by, at=AT)
        assert not Entry.objects.filter(action="letters.open_protected").exists()
        assert queries.open_address(mother.key, why="The police ask", by=by, at=AT) == CANARY
        entry = Entry.objects.get(action="letters.open_protected")
        assert entry.why == "The police ask"
        assert "quagga" not in str(entry.detail).casefold()


def test_who_takes_calls_protects_an_address_and_does_not_open_it(world):
    contact = arrived(world, people=(YOUNG, MOTHER))
    mother = person(world, contact)
    protect(world, contact, mother)
    with world.acting("contact_officer", at=AT) as by, pytest.raises(NotPermitted):
        queries.open_address(mother.key, why="Curious", by=by, at=AT)
    with world.acting("team_manager", council=873, at=AT) as by, pytest.raises(NotFound):
        queries.open_address(mother.key, why="Ours?", by=by, at=AT)


def test_a_sealed_address_copied_to_another_row_does_not_open(world):
    contact = arrived(world, people=(YOUNG, MOTHER, FATHER))
    mother, father = person(world, contact), person(world, contact, "Rob")
    protect(world, contact, mother)
    protect(world, contact, father, address="1 Other Street, Ely")
    with world.acting("social_worker", at=AT) as by:
        theirs = ProtectedAddress.objects.get(subject_key=mother.key)
        ProtectedAddress.objects.filter(subject_key=father.key).update(sealed=theirs.sealed, nonce=theirs.nonce)
        from frontdoor.letters.rules.sealing import CannotOpen

        with pytest.raises(CannotOpen):
            queries.open_address(father.key, why="To visit", by=by, at=AT)


def test_a_letter_to_a_protected_address_waits_for_a_manager_and_is_opened_only_as_it_is_printed(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    protect(world, contact, person(world, contact))
    released(world, chosen(world, telling))
    letter = letter_of(world)
    assert letter.state == "held"
    assert letter.findings[0].startswith("protected_address")
    with world.acting("social_worker", second=True, at=AT) as by, pytest.raises(NotPermitted):
        letters.release(letter.key, seen=letter.version, why="Sure", by=by, at=minutes(20))
    with world.acting("team_manager", at=AT) as by:
        letters.release(letter.key, seen=letter.version, why="The refuge forwards post", by=by, at=minutes(20))
        assert not Entry.objects.filter(action="letters.open_protected").exists()
        pdf = letters.print_letter(letter.key, by=by, at=minutes(21))
        assert pdf is not None
        assert Entry.objects.filter(action="letters.open_protected").count() == 1


def test_protected_since_planning_holds_what_would_be_printed(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    released(world, chosen(world, telling))
    letter = letter_of(world)
    protect(world, contact, person(world, contact))
    with world.acting("social_worker", at=AT) as by:
        assert letters.print_letter(letter.key, by=by, at=minutes(20)) is None
        assert not Entry.objects.filter(action="letters.open_protected").exists()


def test_words_that_hold_a_protected_address_never_go_out(world):
    teller = ReferrerGiven(kind="public", identity="given", name="Bo", email="bo@example.org", route="email")
    contact = arrived(world, people=(YOUNG, MOTHER), referrer=teller)
    protect(world, contact, person(world, contact))
    with world.acting("social_worker", at=AT) as by:
        assert letter_queries.mentions_protected("She now lives at 77 zzquagga lane.", by=by)
        assert letter_queries.mentions_protected("pe13 9zz", by=by)
        assert not letter_queries.mentions_protected("77 Another Lane", by=by)
        letter = Letter.objects.get(subject_key=contact.key)
        letter.facts = letter.facts | {"reference": "PE13 9ZZ"}
        found = letter_queries.look(letter, by=by, at=AT).standing(letter)
        assert "protected_in_words" in {each.code for each in found}


@pytest.mark.parametrize(("again", "state"), [("bo MORRA\N{COMBINING GRAVE ACCENT}", "held"), ("Bea Morra", "to_send")])
def test_a_rule_about_who_told_us_holds_when_they_tell_us_again_and_for_nobody_else(world, again, state):
    teller = ReferrerGiven(kind="public", identity="given", name="Bo Morr\N{LATIN SMALL LETTER A WITH GRAVE}")
    contact = arrived(world, people=(YOUNG, MOTHER), referrer=teller)
    with world.acting("contact_officer", at=AT) as by:
        actions.set_rule(contact.key, whom=actions.TELLER, way="email", never=True, why="Shared", by=by, at=AT)
    teller = ReferrerGiven(kind="public", identity="given", name=again, email="bo@example.org", route="email")
    later = arrived(world, idem="second", at=minutes(60), people=(YOUNG, MOTHER), referrer=teller)
    with world.acting("social_worker", at=AT):
        assert Letter.objects.get(subject_key=later.key).state == state


def test_whoever_opens_the_page_is_told_where_the_address_stands_in_what_was_told(world):
    contact = arrived(world, people=(YOUNG, MOTHER), story="They fled to 77 Zzquagga Lane last night.")
    protect(world, contact, person(world, contact))
    with world.acting("contact_officer", at=AT) as by:
        assert queries.open_safe(contact.key, by=by, at=AT).places == ("what was told",)


def test_an_address_in_a_name_or_in_a_file_of_plain_text_is_told_of_too(world):
    import io

    from frontdoor.contacts.actions.attachments import attach
    from frontdoor.files.models import File

    contact = arrived(world, people=(YOUNG, replace(MOTHER, relationship="mother, at 77 zzquagga ln")))
    protect(world, contact, person(world, contact))
    with world.acting("contact_officer", at=AT) as by:
        assert queries.open_safe(contact.key, by=by, at=AT).places == ("what is written about people",)
        note = io.BytesIO(b"Seen on Monday at seventy seven Zzquagga Lane.\n")
        file = attach(contact.key, content=note, name="note.txt", by=by, at=AT)
        assert queries.open_safe(contact.key, by=by, at=AT).places == ("what is written about people",)
        File.objects.filter(pk=file.pk).update(state="released", copy_digest=file.digest, copy_size=file.size)
        assert queries.open_safe(contact.key, by=by, at=AT).places == (
            "what is written about people", "an attached file",
        )  # fmt: skip


def test_what_is_passed_to_another_council_holds_no_protected_address(world):
    from frontdoor.contacts.actions.passing_on import report_passed

    contact = arrived(world, people=(YOUNG, MOTHER), postcode="CB6 1RT")
    protect(world, contact, person(world, contact), address="")
    with world.acting("social_worker", at=AT) as by:
        row = Contact.objects.select_related("submission").get(pk=contact.pk)
        assert "fen row" not in str(report_passed(row, by=by)).casefold()
        assert "cb6 1rt" not in str(report_passed(row, by=by)).casefold()


def test_a_manager_alone_lifts_a_protection_and_the_address_stands_again(world):
    contact = arrived(world, people=(YOUNG, MOTHER))
    mother = person(world, contact)
    protect(world, contact, mother, address="")
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.lift(mother.key, why="She asked", by=by, at=AT)
    with world.acting("team_manager", at=AT) as by:
        lifted = actions.lift(mother.key, why="She asked", by=by, at=AT)
        assert (lifted.address, lifted.address_protected) == ("4 Fen Row, Ely, CB6 1RT", False)
        with pytest.raises(NotFound):
            queries.open_address(mother.key, why="To visit", by=by, at=AT)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"way": "pigeon", "never": True, "why": "x"}, "way"),
        ({"way": "post", "never": True, "why": " "}, "why"),
        ({"way": "post", "never": False, "why": "x"}, "never"),
    ],
)
def test_a_rule_says_which_way_why_and_what(world, said, field):
    contact = arrived(world, people=(YOUNG, MOTHER))
    with world.acting("contact_officer", at=AT) as by, pytest.raises(InvalidInput) as refused:
        actions.set_rule(contact.key, whom=actions.TELLER, **said, by=by, at=AT)
    assert field in refused.value.problems


def test_a_rule_is_kept_when_it_is_taken_back_and_a_day_to_look_again_ends_none(world):
    contact = arrived(world, people=(YOUNG, MOTHER))
    with world.acting("contact_officer", at=AT) as by:
        actions.set_rule(
            contact.key, whom=actions.TELLER, way="email", never=True, why="Shared", review_on=date(2026, 4, 3), by=by,
            at=AT,
        )  # fmt: skip
        ((whom, rule),) = queries.open_safe(contact.key, by=by, at=datetime(2026, 5, 1, 9, tzinfo=AT.tzinfo)).standing
        assert whom == "The person who told us"
        assert rule.again
        assert rule.words == "E-mail: never"
        letters.end_safe_contact(rule.key, why="A new mailbox", by=by, at=AT)
        assert queries.open_safe(contact.key, by=by, at=AT).standing == ()
        with pytest.raises(StepNotAllowed):
            letters.end_safe_contact(rule.key, why="Again", by=by, at=AT)


def test_typed_words_that_name_a_hidden_school_or_who_told_us_hold_a_letter_and_the_page_marks_them(world):
    from dataclasses import replace as with_other

    from frontdoor.letters.queries.guarding import look

    teller = ReferrerGiven(
        kind="professional",
        identity="withheld",
        name="Bo Marlowe",
        email="bo@example.org",
        route="letter",
        address="1 Elm Row, Ely",
    )
    pupil = with_other(YOUNG, school="Larkspur Fen Primary School")
    contact = arrived(world, people=(pupil, MOTHER), referrer=teller)
    protect(world, contact, person(world, contact, "Tess"))
    with world.acting("team_manager", at=AT) as by:
        letter = Letter.objects.get(subject_key=contact.key)
        told = {
            "child": "Tess",
            "outcome": "nfa",
            "reason": "Larkspur Fen looks after her.",
            "next_step": "",
            "about": "",
        }
        letter.kind, letter.audience, letter.route = "outcome_professional", "professional", "letter"
        letter.facts = letter.facts | {"decided_at": AT.isoformat(), "told": [told]}
        codes = {each.code for each in look(letter, by=by, at=AT).findings}
        assert "protected_in_words" in codes
        letter.facts = letter.facts | {"told": [told | {"reason": "Bo Marlowe looks after her."}]}
        assert "protected_in_words" in {each.code for each in look(letter, by=by, at=AT).findings}
        letter.facts = letter.facts | {"told": [told | {"reason": "The school looks after her."}]}
        assert "protected_in_words" not in {each.code for each in look(letter, by=by, at=AT).findings}
