"""A call from a parent: nothing is confirmed before it is sure who rings, and then only what is theirs."""

from datetime import timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.actions import calling as actions
from frontdoor.contacts.actions import family
from frontdoor.contacts.models import Contact, FamilyCall, Matter, Named
from frontdoor.contacts.queries import calling as queries
from frontdoor.contacts.queries.searching import Wanted
from frontdoor.contacts.rules import calling as rules
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import FATHER, MOTHER, TEEN, YOUNG, chosen, listed, released, told_of
from tests.worlds import World

FACTS = ["name-1", "born-1", "name-2"]


def begun(world: World, contact: Contact | None = None) -> FamilyCall:
    with world.acting("contact_officer", at=AT) as by:
        call = actions.begin("Lena Setchfield, mother", by=by, at=minutes(10))
        if contact is not None:
            call = actions.pick(call.key, seen=call.version, contact=contact.key, by=by, at=minutes(11))
        return call


def checked(world: World, call: FamilyCall, contact: Contact, who: str = "Lena", **said: Any) -> FamilyCall:
    with world.acting("contact_officer", at=AT) as by:
        person = Named.objects.get(contact=contact, given_name=who)
        usual = {"made": "facts", "right": FACTS, "person": str(person.key)}
        return actions.check(call.key, seen=call.version, **(usual | said), by=by, at=minutes(12))


def opened(world: World, call: FamilyCall) -> queries.Opened:
    with world.acting("contact_officer", at=AT) as by:
        return queries.open_family_call(call.key, by=by, at=minutes(13))


def ended(world: World, call: FamilyCall, **said: Any) -> FamilyCall:
    usual = {"asked": "Whether we have been told of her.", "said": "That I note it."}
    with world.acting("contact_officer", at=AT) as by:
        return actions.end(call.key, seen=call.version, **(usual | said), by=by, at=minutes(15))


def test_before_the_check_the_page_gives_nothing_that_may_be_said(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, children=2)
    seen = opened(world, begun(world, contact))
    assert seen.children == ()
    assert {fact.code for fact in seen.facts} == {"name-1", "born-1", "name-2", "born-2"}


def test_fewer_than_three_right_answers_make_nothing_sure(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, children=2)
    call = begun(world, contact)
    for right in ([], FACTS[:2], [*FACTS[:2], "made-up"]):
        with pytest.raises(InvalidInput):
            checked(world, call, contact, right=right)


def test_who_cannot_be_checked_is_nobody_and_hears_nothing_and_is_not_checked_again(world):
    contact = told_of(world, YOUNG, MOTHER)
    call = checked(world, begun(world, contact), contact, made="not_possible")
    assert (call.person, call.confirmed_at, call.children) == (None, None, [])
    assert opened(world, call).children == ()
    with pytest.raises(StepNotAllowed, match="already"):
        checked(world, call, contact, made="called_back")
    with world.acting("contact_officer", at=AT) as by, pytest.raises(StepNotAllowed):
        actions.pick(call.key, seen=call.version, contact=contact.key, by=by, at=minutes(14))


def test_a_parent_hears_only_of_children_for_whom_they_have_responsibility(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, children=2)
    with world.acting("social_worker", at=AT):
        noah, tess = Matter.objects.filter(contact=contact).order_by("id")
    call = begun(world, contact)
    with pytest.raises(InvalidInput):
        checked(world, call, contact, children=[str(noah.key)])
    call = checked(world, call, contact, children=[str(noah.key)], known_from="Birth certificate")
    heard = {child.matter: child.may_hear for child in opened(world, call).children}
    assert heard == {noah.key: True, tess.key: False}


def test_only_words_that_were_released_to_this_person_are_said(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    with world.acting("social_worker", at=AT):
        child = Matter.objects.get(contact=contact)
    call = checked(world, begun(world, contact), contact, made="called_back", children=[str(child.key)],
                   known_from="Birth certificate")  # fmt: skip
    assert [each.words for each in opened(world, call).children] == [None]
    released(world, chosen(world, telling))
    (now,) = opened(world, call).children
    assert now.words is not None
    assert "We gave information or advice" in now.words.plain


def test_whom_a_manager_keeps_from_hearing_hears_nothing_though_they_are_a_parent(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    with world.acting("team_manager", at=AT) as by:
        child = Matter.objects.get(contact=contact)
        family.not_tell(
            telling.key, seen=telling.version, why="raises_risk", words="x", again_on=(AT + timedelta(days=5)).date(),
            by=by, at=minutes(5),
        )  # fmt: skip
    call = checked(world, begun(world, contact), contact, made="called_back", children=[str(child.key)],
                   known_from="Birth certificate")  # fmt: skip
    (one,) = opened(world, call).children
    assert (one.may_hear, one.barred, one.words) == (False, True, None)


def test_a_call_tells_nothing_of_who_told_us_of_another_adult_or_of_any_address(world):
    canary = "zzcanary"
    contact = told_of(
        world, YOUNG, MOTHER, FATHER, story=f"{canary} said it",
        referrer=ReferrerGiven(kind="professional", identity="given", name=f"{canary} Obi", agency=canary),
    )  # fmt: skip
    for telling in listed(world, contact):
        released(world, chosen(world, telling, how="phone"))
    with world.acting("social_worker", at=AT):
        child = Matter.objects.get(contact=contact)
    call = checked(world, begun(world, contact), contact, made="called_back", children=[str(child.key)], known_from="x")
    (one,) = opened(world, call).children
    said = one.words.plain.casefold()
    for never in (canary, "attwell", "fen row", "cb6 1rt"):
        assert never not in said


def test_numbers_on_record_are_those_of_before_and_of_this_person_alone(world):
    teller = ReferrerGiven(kind="family", identity="given", name="Lena Setchfield", phone="07700 900111")
    contact = arrived(world, people=(YOUNG, MOTHER, FATHER), referrer=teller)
    call = begun(world, contact)
    assert opened(world, call).numbers == ()
    call = checked(world, call, contact, made="called_back")
    assert opened(world, call).numbers == ("07700 900111",)
    other = checked(world, begun(world, contact), contact, who="Rob", made="called_back")
    assert opened(world, other).numbers == ()


def test_what_was_asked_and_said_is_kept_with_how_it_was_checked(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, children=2)
    done = ended(world, checked(world, begun(world, contact), contact), complaint="Nobody rang")
    assert (done.ended_at, done.complaint, done.check_made) == (minutes(15), "Nobody rang", "facts")
    assert [fact["right"] for fact in done.facts] == [True, True, True, False]
    with world.acting("contact_officer", at=AT) as by:
        assert queries.calls_about(contact, by=by) == [done]
        left = set(Entry.objects.filter(subject_key=str(done.key)).values_list("action", flat=True))
    assert {"contacts.begin_family_call", "contacts.check_caller", "contacts.end_family_call"} <= left
    with pytest.raises(StepNotAllowed, match="ended"):
        ended(world, done)


def test_a_new_worry_told_in_the_call_becomes_a_contact_with_a_number(world):
    done = ended(world, begun(world), worry="My sister's baby is left alone.")
    with world.acting("contact_officer", at=AT):
        made = Contact.objects.get(key=done.worry)
        assert made.receipt
        assert made.story == "My sister's baby is left alone."
        assert made.referrers.get().kind == "family"


def test_a_promise_to_ring_back_is_a_clock_until_it_is_kept(world):
    contact = told_of(world, YOUNG, MOTHER)
    done = ended(world, begun(world, contact), ring_by=minutes(60))
    with world.acting("contact_officer", at=AT) as by:
        (clock,) = clocks.for_subject((rules.SUBJECT, done.key), by=by, at=minutes(16))
        assert clock.reading.due_at == minutes(60)
        assert queries.to_ring_back(by=by, at=minutes(16)) == [done]
        with pytest.raises(InvalidInput):
            actions.rang(done.key, seen=done.version, outcome=" ", by=by, at=minutes(30))
        actions.rang(done.key, seen=done.version, outcome="Spoke to her", by=by, at=minutes(30))
        assert queries.to_ring_back(by=by, at=minutes(31)) == []
        (clock,) = clocks.for_subject((rules.SUBJECT, done.key), by=by, at=minutes(31))
        assert clock.stopped_at == minutes(30)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"asked": " "}, "asked"), ({"said": ""}, "said"), ({"ring_by": AT}, "ring_by")],
)
def test_a_call_ends_with_what_was_asked_and_said(world, said, field):
    with pytest.raises(InvalidInput) as refused:
        ended(world, begun(world), **said)
    assert set(refused.value.problems) == {field}


def test_a_search_in_a_call_leaves_an_entry_that_holds_no_name(world):
    contact = told_of(world, YOUNG, MOTHER)
    call = begun(world)
    with world.acting("contact_officer", at=AT) as by:
        (hit,) = queries.find_for_call(call, Wanted(family_name="Setchfield"), by=by, at=minutes(11))
        assert hit.key == contact.key
        entry = Entry.objects.get(action="contacts.find_for_call")
        assert "setchfield" not in str(entry.detail).casefold()


def test_a_colleagues_call_and_another_councils_are_not_gone_on_with(world):
    call = begun(world)
    with world.acting("contact_officer", second=True, at=AT) as by, pytest.raises(StepNotAllowed):
        actions.end(call.key, seen=call.version, asked="x", said="y", by=by, at=minutes(15))
    with world.acting("contact_officer", council=873, at=AT) as by, pytest.raises(NotFound):
        queries.open_family_call(call.key, by=by, at=AT)
