"""What is put into the form shows danger by its clock, and may be opened again: nothing that stood is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import MAILBOX, Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clock_queries
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.actions.screening import look
from frontdoor.contacts.models import Contact, Correspondence, Link, Named, Referrer, Sorting
from frontdoor.contacts.queries import correspondence as queries
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules.intake import AgreementGiven, ReferrerGiven
from frontdoor.contacts.rules.kinds import FIRST_LOOK, FIRST_LOOK_DANGER
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.contacts.calling import told
from tests.contacts.writing import REACHED, mail, take_in
from tests.worlds import World

LATER = NOON + timedelta(hours=1)


def arrived(world: World, **given: Any) -> Contact:
    with world.system(MAILBOX) as by:
        return take_in(mail(**given), by=by, at=NOON)


def looks(contact: Contact, *, by: Any, at: Any = NOON) -> dict[str, tuple[Any, ...]]:
    """The clocks of the first look: from when, until when, how it ended."""
    found = clock_queries.for_subject(("contacts.submission", contact.submission_id), by=by, at=at)
    return {
        each.kind.name: (each.started_at, each.reading.due_at, each.ended, each.team_id, each.label)
        for each in found
        if each.kind in (FIRST_LOOK, FIRST_LOOK_DANGER)
    }


def test_a_letter_that_shows_danger_gets_the_shorter_clock_from_the_same_start(world: World) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        (longer,) = looks(contact, by=by).values()
        assert longer[:3] == (REACHED, REACHED + timedelta(minutes=60), "")
        actions.sort(contact.key, seen=1, told=told(danger="yes"), by=by, at=NOON)
        after = looks(contact, by=by)
        assert after[FIRST_LOOK.name][2] == "replaced"
        assert after[FIRST_LOOK_DANGER.name] == (REACHED, REACHED + timedelta(minutes=15), "", *longer[3:])


@pytest.mark.parametrize("danger", ["no", "unknown"])
def test_what_shows_no_danger_keeps_its_clock(world: World, danger: str) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        before = looks(contact, by=by)
        actions.sort(contact.key, seen=1, told=told(danger=danger), by=by, at=NOON)
        assert looks(contact, by=by) == before


def test_a_look_that_was_taken_is_asked_for_no_second_time(world: World) -> None:
    contact = arrived(world)
    with world.acting("social_worker") as by:
        look(contact.key, seen=contact.version, danger="no", line="Read it.", by=by, at=NOON)
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=told(danger="yes"), by=by, at=LATER)
        assert list(looks(contact, by=by, at=LATER)) == [FIRST_LOOK.name]


def test_what_was_put_into_the_form_is_opened_again_and_keeps_all_that_stood(world: World) -> None:
    contact = arrived(world, text="Mia Brook is not safe.")
    teller = ReferrerGiven(
        kind="professional", identity="withheld", name="Nkechi", phone="01632 960555", route="phone",
        route_note="After 4",
    )  # fmt: skip
    first = told(
        child(given_name="Mia"), story=rules.typed_story("A bruise.", original=contact.story), danger="yes",
        where_now="At school", referrer=teller, agreement=AgreementGiven("sought_given", "Her mother"),
    )  # fmt: skip
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=first, by=by, at=NOON)
        before = {name: getattr(Referrer.objects.get(), name) for name in ReferrerGiven.__dataclass_fields__}
        actions.reopen(contact.key, seen=2, why="Noah is in it too", by=by, at=LATER)
        original = queries.open_original(contact.key, by=by, at=LATER)
        assert original.waiting
        assert original.base == Contact.objects.get().story
        again = told(child(given_name="Noah"), story=rules.typed_story("And a cut.", original=original.base))
        actions.sort(contact.key, seen=3, told=again, by=by, at=LATER)
        after = Contact.objects.get()
        assert [each.given_name for each in Named.objects.order_by("position")] == ["Mia", "Noah"]
        assert [word in after.story for word in ("not safe", "A bruise.", "And a cut.")] == [True] * 3
        assert (after.where_now, after.danger_said, after.danger_rank) == ("At school", "yes", 0)
        assert {name: getattr(Referrer.objects.get(), name) for name in before} == before
        assert after.agreements.order_by("id").last().status == "sought_given"
        made = list(Sorting.objects.order_by("done_at"))
        assert [(each.made, each.reopened_why) for each in made] == [("sorted", "Noah is in it too"), ("sorted", "")]
        assert Entry.objects.get(action="contacts.reopen").why == "Noah is in it too"


def test_what_was_laid_beside_the_wrong_contact_is_taken_from_it_and_may_be_laid_there_again(world: World) -> None:
    with world.acting("contact_officer") as by:
        first = arrive(by=by)
    contact = arrived(world, subject=f"Re: {first.receipt}")
    with world.acting("contact_officer") as by:
        for seen in (1, 3):
            actions.sort(contact.key, seen=seen, told=told(), more=True, by=by, at=NOON)
            assert Link.objects.get(ended_at=None).other_id == first.pk
            actions.reopen(contact.key, seen=seen + 1, why="Another Mia", by=by, at=LATER)
            assert not Link.objects.filter(ended_at=None).exists()
        assert Correspondence.objects.get().about_how == rules.About.PROPOSED
        assert Link.objects.count() == 2


def test_what_was_nothing_by_mistake_stands_again_with_its_first_time(world: World) -> None:
    contact = arrived(world, text="I am away until Monday.", auto_submitted="auto-replied")
    with world.acting("contact_officer") as by:
        before = looks(contact, by=by)
        actions.nothing(contact.key, seen=1, why="Out of office", by=by, at=NOON)
        assert Contact.objects.get().state == "closed"
        actions.reopen(contact.key, seen=2, why="She writes about her son below", by=by, at=LATER)
        after = Contact.objects.get()
        assert (after.state, after.category, after.closed_at) == ("received", "request_for_service", None)
        subject = ("contacts.submission", contact.submission_id)
        running = clock_queries.for_subject(subject, by=by, at=LATER)
        starts = {(each.kind.name, each.started_at) for each in running if each.stopped_at is None}
        assert (FIRST_LOOK.name, REACHED) in starts
        assert {start for _, start in starts} == {REACHED}
        assert before[FIRST_LOOK.name][0] == REACHED
        assert [each.receipt for each in queries.unsorted(by=by, at=LATER)[0]] == [contact.receipt]
        assert Sorting.objects.get().why == "Out of office"


def test_whoever_sorted_it_or_a_manager_opens_it_again_with_a_reason(world: World) -> None:
    contact = arrived(world)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed, match="waits"):
        actions.reopen(contact.key, seen=1, why="x", by=by, at=NOON)
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)
        with pytest.raises(InvalidInput):
            actions.reopen(contact.key, seen=2, why=" ", by=by, at=NOON)
        with pytest.raises(Conflict):
            actions.reopen(contact.key, seen=1, why="x", by=by, at=NOON)
    with world.acting("contact_officer", second=True) as by, pytest.raises(NotPermitted):
        actions.reopen(contact.key, seen=2, why="x", by=by, at=NOON)
    with world.acting("team_manager") as by:
        actions.reopen(contact.key, seen=2, why="The wrong Mia", by=by, at=NOON)
        assert Sorting.objects.get().reopened_by == by.user_id


def test_what_has_been_decided_is_not_opened_under_the_decision(world: World) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)
        Contact.objects.filter(pk=contact.pk).update(state="decided")
        with pytest.raises(StepNotAllowed, match="Decided"):
            actions.reopen(contact.key, seen=2, why="x", by=by, at=NOON)


def test_the_pages_offer_it_take_a_reason_and_show_both(world: World) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)
    mine, other = (world.signed_in(Client(), world.user("contact_officer", second=each)) for each in (False, True))
    sort, again = (
        reverse(f"contacts:{name}", args=["peterborough", contact.key]) for name in ("sort", "reopen-original")
    )
    assert again in mine.get(sort).content.decode()
    assert again not in other.get(sort).content.decode()
    assert (other.get(again).status_code, mine.get(again).status_code) == (403, 200)
    assert mine.post(again, {"seen": 2, "why": ""}).status_code == 422
    assert mine.post(again, {"seen": 9, "why": "Noah too"}).status_code == 409
    assert mine.post(again, {"seen": 2, "why": "Noah too"})["Location"] == sort
    assert "What was put into the form before stays" in mine.get(sort).content.decode()
    record = mine.get(reverse("contacts:detail", args=["peterborough", contact.key])).content.decode()
    assert ("Put into the form" in record, "Noah too" in record, "Opened again" in record) == (True, True, True)
    assert mine.get(again).status_code == 409
