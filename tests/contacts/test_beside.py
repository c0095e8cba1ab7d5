"""One incident with children of both councils: two contacts, two enquiries, and between them a number and a word."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from frontdoor.actors.rules import COURIER, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.actions import beside, passing_on
from frontdoor.contacts.actions.beside_children import pass_children
from frontdoor.contacts.models import Contact, Named, Reference, ReferenceSent, Shared, SharedChild
from frontdoor.contacts.queries.beside import choosing, references
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Copy, Handover
from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, decided, minutes, recommended
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

STORY = "Their father shouted and Tom hid under the bed."
PEOPLE = (
    PersonGiven("child", given_name="Mia", family_name="Brook", date_of_birth=date(2018, 3, 4), postcode="PE2 5AB"),
    PersonGiven("child", given_name="Tom", family_name="Brook", date_of_birth=date(2016, 9, 1), postcode="PE15 8AA"),
    PersonGiven("adult", given_name="Kelly", family_name="Brook", relationship="mum"),
)


def _contact(world: World) -> Contact:
    return arrived(world, people=PEOPLE, story="Mia cries all night. Tom hides.")


def _keys(contact: Contact, *names: str) -> list[str]:
    return [str(each.key) for each in Named.objects.filter(contact=contact, given_name__in=names)]


def _pass(world: World, contact: Contact, *names: str, at: Any = None, **said: Any) -> Shared:
    with world.acting("social_worker", at=AT) as by:
        given = {
            "seen": Contact.objects.get(pk=contact.pk).version, "council": CAMBRIDGESHIRE, "why": "He lives in March",
            "people": _keys(contact, *(names or ("Tom", "Kelly"))), "story": STORY, "danger": "yes",
        } | said  # fmt: skip
        return pass_children(contact.key, **given, by=by, at=at or minutes(5))


def _arrives(world: World) -> Contact:
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        copy = Copy.objects.order_by("sent_at").last()
        assert copy is not None
        made = passing_on.receive_copy(copy.pk, by=by, at=minutes(6))
        assert made is not None
        return made


@pytest.fixture
def pair(world: World) -> tuple[Contact, Contact]:
    here = _contact(world)
    _pass(world, here)
    return here, _arrives(world)


def _known(world: World, contact: Contact, *, role: str = "social_worker", of: int = CAMBRIDGESHIRE) -> list[Any]:
    with world.acting(role, of=of, council=contact.authority_id, at=AT) as by:
        return references([Contact.objects.get(pk=contact.pk).mirror], by=by)


def test_who_is_the_other_councils_becomes_a_contact_there_with_the_first_time_and_a_clock_of_its_own(world, pair):
    here, there = pair
    assert (there.authority_id, there.received_at, there.danger_said) == (CAMBRIDGESHIRE, here.received_at, "yes")
    assert there.submission.sender == COURIER.name
    with world.acting("social_worker", council=CAMBRIDGESHIRE, at=AT) as by:
        assert list(Named.objects.filter(contact=there).values_list("given_name", flat=True)) == ["Tom", "Kelly"]
        assert there.story == STORY  # written for them; what else was told stays
        started = clocks.for_subject(("contacts.submission", there.submission_id), by=by, at=minutes(6))
        assert {clock.started_at for clock in started} == {here.received_at}
    with world.acting("social_worker", at=AT):
        assert str(Contact.objects.get(pk=here.pk).mirror) == str(there.mirror)
        assert SharedChild.objects.get().named.given_name == "Tom"


def test_what_leaves_names_nobody_of_ours_and_nobody_who_told_us(world, pair):
    with world.acting("social_worker", council=CAMBRIDGESHIRE, at=AT):
        copy = Copy.objects.get()
        said = f"{copy.payload} {copy.why} {copy.summary}"
    assert not [word for word in ("Mia", "PE2 5AB", "cries all night", "Nkechi", "01632") if word in said]


def test_each_side_sees_of_the_other_a_number_a_word_and_whom_to_call(world, pair):
    here, there = pair
    (seen_here,), (seen_there,) = _known(world, here), _known(world, there)
    assert (seen_here.number, seen_here.words, seen_here.council.pk) == (there.receipt, "Open", CAMBRIDGESHIRE)
    assert (seen_there.number, seen_there.words, seen_there.council.pk) == (here.receipt, "Open", PETERBOROUGH)
    assert seen_here.council.phone_professionals


def test_the_record_itself_is_only_for_who_reaches_the_other_council_too(world, pair):
    here, there = pair
    assert _known(world, here)[0].key == there.key  # a team of one that operates for both
    assert _known(world, here, of=PETERBOROUGH)[0].key is None  # Peterborough's own


def test_what_ends_on_one_side_is_a_word_on_the_other_and_is_told_once(world, pair):
    here, there = pair
    with world.acting("social_worker", council=CAMBRIDGESHIRE, at=AT):
        Contact.objects.filter(pk=there.pk).update(state="closed", closed_at=minutes(30), closed_by=1)
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        assert beside.tell_all(by=by, at=minutes(31)) == 1
        assert beside.tell_all(by=by, at=minutes(32)) == 0
    assert [each.words for each in _known(world, here)] == ["Closed"]


def test_what_was_taken_back_is_told_so_and_comes_back_to_us(world, pair):
    here, there = pair
    with world.acting("social_worker", at=AT) as by:
        slip = Handover.objects.get()
        handovers.withdraw(slip.key, seen=slip.version, reason="He lives with us again", by=by, at=minutes(20))
    with world.system(COURIER, council=PETERBOROUGH) as by:
        from frontdoor.contacts.actions.coming_back import keep

        assert keep(slip.key, by=by, at=minutes(21)) is not None
    assert [each.words for each in _known(world, there)] == ["Taken back"]
    with world.acting("social_worker", at=AT) as by:
        assert "Tom" in {each.given_name for each in choosing(here.key, by=by, at=minutes(22)).children}


def test_a_child_who_was_passed_is_not_sent_a_second_time_by_a_decision(world, pair):
    here, _ = pair
    transfer = replace(
        ENQUIRY, outcome="other_la_transfer", rating="", detail="Told by telephone",
    )  # fmt: skip
    matter = recommended(world, here, transfer, place=1, at=minutes(10))
    decided(world, matter, replace(
        FULL, outcome="other_la_transfer", rating="", detail="Told by telephone", other_council=CAMBRIDGESHIRE,
        actions=(replace(FULL.actions[0], due_at=AT + timedelta(days=1)),),
    ), at=minutes(11))  # fmt: skip
    with world.acting("social_worker", at=AT):
        assert Handover.objects.filter(destination="other_council").count() == 1
        matter.refresh_from_db()
        assert matter.state == "closed"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"people": []}, "people"), ({"story": " "}, "story"), ({"why": ""}, "why"), ({"council": 205}, "council"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_beside_its_field(world: World, said: dict[str, Any], field: str) -> None:
    contact = _contact(world)
    with pytest.raises(InvalidInput) as refused:
        _pass(world, contact, **said)
    assert list(refused.value.problems) == [field]


def test_never_every_child_and_never_one_twice(world: World) -> None:
    contact = _contact(world)
    with pytest.raises(InvalidInput, match="stays ours"):
        _pass(world, contact, "Mia", "Tom")
    _pass(world, contact)
    with pytest.raises(InvalidInput, match="already"):
        _pass(world, contact)


def test_one_after_the_other_not_every_child_is_passed_either(world: World) -> None:
    contact = _contact(world)
    _pass(world, contact)
    _accepted(world)
    with pytest.raises(InvalidInput, match="stays ours"):
        _pass(world, contact, "Mia")


def _accepted(world: World) -> None:
    """The other council has said that what was passed is theirs."""
    with world.acting("social_worker", at=AT):
        Handover.objects.update(state="accepted", settled_at=minutes(7), answered_at=minutes(7), answered_by=1)


def test_of_two_passings_the_one_that_stands_is_not_told_as_taken_back(world: World) -> None:
    sister = PersonGiven("child", given_name="Zoe", family_name="Brook", date_of_birth=date(2014, 9, 1))
    here = arrived(world, people=(*PEOPLE, sister), story="Mia cries all night. Tom hides.")
    _pass(world, here)
    there = _arrives(world)
    _accepted(world)
    _pass(world, here, "Zoe", at=minutes(8))
    with world.acting("social_worker", at=AT) as by:
        slip = Handover.objects.get(state="sent")
        handovers.withdraw(slip.key, seen=slip.version, reason="She lives with us again", by=by, at=minutes(20))
    with world.system(COURIER, council=PETERBOROUGH) as by:
        from frontdoor.contacts.actions.coming_back import keep

        assert keep(slip.key, by=by, at=minutes(21)) is not None
    assert [each.words for each in _known(world, there)] == ["Open"]
    with world.acting("social_worker", at=AT) as by:
        assert {each.given_name for each in choosing(here.key, by=by, at=minutes(22)).children} == {"Mia", "Zoe"}


def test_without_an_agreement_in_force_nobody_is_passed_so(world: World) -> None:
    contact = _contact(world)
    world.agree_until(date(2026, 3, 31))
    with pytest.raises(StepNotAllowed, match="No agreement"), world.acting("social_worker", of=874, at=AT) as by:
        pass_children(
            contact.key, seen=contact.version, council=CAMBRIDGESHIRE, people=_keys(contact, "Tom"), story=STORY,
            why="He lives there", by=by, at=minutes(5),
        )  # fmt: skip


def test_nobody_passes_children_who_does_not_screen(world: World) -> None:
    contact = _contact(world)
    with pytest.raises(NotPermitted), world.acting("contact_officer", at=AT) as by:
        pass_children(
            contact.key, seen=1, council=CAMBRIDGESHIRE, people=[], story=STORY, why="x", by=by, at=minutes(5)
        )


# The database itself


def _reference(here: Contact, **more: Any) -> None:
    sent = ReferenceSent.objects.latest("id")
    row = {
        "id": sent.key, "authority_id": CAMBRIDGESHIRE, "from_authority_id": PETERBOROUGH, "mirror": here.mirror,
        "kind": sent.kind, "record": sent.record, "number": sent.number, "word": sent.word, "at": sent.at,
    } | more  # fmt: skip
    with transaction.atomic():
        Reference.objects.create(**row)


@pytest.mark.parametrize(
    "more",
    [
        {"id": uuid4()}, {"number": "874-P-999999"}, {"word": "closed"}, {"mirror": uuid4()}, {"record": uuid4()},
        {"from_authority_id": CAMBRIDGESHIRE, "authority_id": PETERBOROUGH}, {"at": AT},
    ],
)  # fmt: skip
def test_the_database_lets_nothing_pass_that_was_not_written_down_here(
    world: World, pair: tuple[Contact, Contact], more: dict[str, Any]
) -> None:
    here = pair[0]
    with world.acting("social_worker", at=AT):
        here.refresh_from_db()
        ReferenceSent.objects.create(
            authority_id=PETERBOROUGH, shared=Shared.objects.get(), kind="contact", record=here.key,
            number=here.receipt, word="decided", at=minutes(9),
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="row-level security"):
            _reference(here, **more)
        _reference(here)


@pytest.mark.parametrize(
    ("column", "said", "guard"),
    [("number", "Tom Brook hides", "reference_is_a_number"), ("word", "hit", "reference_is_a_word"),
     ("kind", "Tom", "reference_is_a_kind")],
)  # fmt: skip
def test_the_database_holds_no_content_in_a_reference(
    world: World, pair: tuple[Contact, Contact], column: str, said: str, guard: str
) -> None:
    here = pair[0]
    with world.acting("social_worker", at=AT):
        here.refresh_from_db()
        ReferenceSent.objects.create(
            authority_id=PETERBOROUGH, shared=Shared.objects.get(), record=here.key, at=minutes(9),
            **{"kind": "contact", "number": here.receipt, "word": "decided"} | {column: said},
        )  # fmt: skip
        with pytest.raises(DatabaseError, match=guard):
            _reference(here)


@pytest.mark.parametrize(
    "statement", ["UPDATE contacts_reference SET word = 'closed'", "DELETE FROM contacts_reference"]
)
def test_the_teller_never_reads_back_and_nobody_changes_what_was_told(
    world: World, pair: tuple[Contact, Contact], statement: str
) -> None:
    with world.acting("social_worker", at=AT), connection.cursor() as cursor:
        assert not Reference.objects.exclude(authority_id=PETERBOROUGH).exists()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)


# Its pages


def test_the_page_begins_with_whom_the_postcode_says_and_passes_them_on(world: World, client: Any) -> None:
    contact = _contact(world)
    world.signed_in(client, world.user("social_worker"))
    address = reverse("contacts:beside", args=["peterborough", contact.key])
    with world.acting("social_worker", at=AT):
        tom = _keys(contact, "Tom")[0]
    page = client.get(address).content.decode()
    assert "Tom Brook, child: the postcode is in Cambridgeshire" in page
    typed = {"seen": contact.version, "council": 873, "people": [tom], "danger": "no", "why": "He lives there"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "He lives there" in refused.content.decode()
    assert client.post(address, typed | {"story": STORY}).status_code == 302
    shown = client.get(reverse("contacts:detail", args=["peterborough", contact.key])).content.decode()
    assert "Tom Brook was passed to Cambridgeshire" in shown
    assert "Mia Brook was passed" not in shown
    last = client.get(address).content.decode()
    assert "Tom Brook, child" not in last
    assert "at least one stays ours" in last
    assert "Pass them on" not in last


def test_what_was_told_at_one_instant_stands_in_the_order_in_which_it_was_told(world: World, pair: Any) -> None:
    here, there = pair
    for word in ("closed", "open") * 4:
        with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
            shared = Shared.objects.get(contact=there)
            assert beside.tell(shared, "contact", there.key, number=there.receipt, word=word, by=by, at=minutes(40))
        (told,) = _known(world, here)
        assert told.word == word
