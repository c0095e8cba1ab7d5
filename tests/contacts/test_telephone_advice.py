"""Advice that names or describes a child is a social worker's to give: a record with its clock, the same day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import NotPermitted
from frontdoor.clocks.models import Clock
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.actions import screening
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.models import Consultation, Contact
from frontdoor.contacts.queries import record
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.intake import ReferrerGiven, Report
from frontdoor.contacts.rules.telephone import Told
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, child
from tests.contacts.calling import LATER, begun, told
from tests.worlds import World

TEACHER = ReferrerGiven("professional", "withheld", "Canary Teacher", agency="Whittle Brook Primary School")
DESCRIBED = Told(Report(story="A boy in my class sleeps in the cloakroom.", category="advice", danger="no"))
NAMED = told(child(given_name="Mia", family_name="Brook"), story="What do I do?", category="advice", danger="no")


def ended(world: World, what: Any, *, way: str = "advice", at: datetime = NOON) -> Contact:
    with world.acting("contact_officer", at=at) as by:
        call = begun(by=by, at=at)
        result = actions.end(call.key, seen=call.version, told=what, way=way, by=by, at=at + timedelta(minutes=9))
        return Contact.objects.get(key=result.contact)


@pytest.mark.parametrize(("what", "named"), [(DESCRIBED, False), (NAMED, True)], ids=["described", "named"])
def test_advice_about_a_child_waits_for_a_social_worker_with_its_clock(world: World, what: Told, named: bool) -> None:
    contact = ended(world, what)
    with world.acting("social_worker") as by:
        (asked,) = queries.consultations(by=by, at=LATER)
        assert (asked.named, asked.contact, asked.asked_at) == (named, contact.key, NOON)
        assert asked.question == contact.story
        clock = Clock.objects.get(kind="contacts.consultation")
        assert (clock.started_at, clock.stopped_at, clock.label) == (NOON, None, contact.receipt)
        assert [row.key for row in queries.queue(by=by, at=LATER)] == [contact.key]


@pytest.mark.parametrize("hour", [9, 15, 17, 20])
def test_a_qualified_worker_sees_it_the_same_day_however_late(world: World, hour: int) -> None:
    at = datetime(2026, 3, 24, hour, tzinfo=UTC)
    contact = ended(world, NAMED, at=at)
    with world.acting("social_worker"):
        look = Clock.objects.get(kind="contacts.first_look", subject_key=str(contact.submission_id))
        assert look.stopped_at is None
        assert london_date(look.due_at) == london_date(at)


@pytest.mark.parametrize("way", ["contact", "information", "wrong_number", "abandoned"])
def test_only_advice_is_a_consultation(world: World, way: str) -> None:
    ended(world, DESCRIBED, way=way)
    with world.acting("social_worker"):
        assert not Consultation.objects.exists()


def test_advice_that_speaks_of_no_child_is_given_and_closed(world: World) -> None:
    contact = ended(world, Told(Report(story="Are you open on Good Friday?", category="advice", danger="no")))
    with world.acting("social_worker"):
        assert contact.state == "closed"
        assert not Consultation.objects.exists()


def test_the_social_workers_advice_stands_on_the_contact_and_names_nobody_who_asked(world: World) -> None:
    contact = ended(world, told(story="A boy sleeps in class.", category="advice", danger="no", referrer=TEACHER))
    with world.acting("contact_officer"):
        asked = Consultation.objects.get()
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        screening.advise(asked.key, seen=1, advice="Wait.", referral_advised=False, by=by, at=LATER)
    with world.acting("social_worker") as by:
        screening.advise(asked.key, seen=1, advice="Refer today.", referral_advised=True, by=by, at=LATER)
        assert Clock.objects.get(kind="contacts.consultation").stopped_at == LATER
        opened = record.open_contact(contact.key, by=by, at=LATER)
        assert [each.advice for each in opened.consultations] == ["Refer today."]
        assert Contact.objects.get().state == "received"  # advice closes nothing that names a child
        assert queries.consultations(by=by, at=LATER, done=True)[0].asker == "Canary Teacher"
        assert "Canary" not in str(list(Entry.objects.values_list("detail", "why")))


def test_ending_a_call_twice_asks_for_advice_once(world: World) -> None:
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        for _ in range(2):
            actions.end(call.key, seen=call.version, told=NAMED, way="advice", by=by, at=LATER)
        assert Consultation.objects.count() == 1


LATE = datetime(2026, 3, 24, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("named", "question", "seen"),
    [
        (True, "What do I do?", True), (False, "A girl of nine is alone at night.", True),
        (False, "How do I refer?", False),
    ],
)  # fmt: skip
def test_advice_asked_late_about_a_child_is_still_seen_the_same_day(
    world: World, named: bool, question: str, seen: bool
) -> None:
    with world.acting("contact_officer", at=LATE) as by:
        asked = screening.consult(named=named, question=question, asker="Harriet Sedge", by=by, at=LATE)
        clocks = Clock.objects.filter(subject_key=str(asked.key), stopped_at=None)
        due = {clock.kind: london_date(clock.due_at) for clock in clocks}
    assert due["contacts.consultation"] > london_date(LATE)
    assert due.get("contacts.first_look") == (london_date(LATE) if seen else None)
    with world.acting("social_worker", at=LATE) as by:
        screening.advise(asked.key, seen=1, advice="Refer.", referral_advised=True, by=by, at=LATE)
        assert not Clock.objects.filter(subject_key=str(asked.key), stopped_at=None).exists()


def test_what_becomes_a_contact_has_one_first_look_from_the_same_instant(world: World) -> None:
    with world.acting("contact_officer") as by:
        asked = screening.consult(named=True, question="What do I do?", asker="Harriet Sedge", by=by, at=NOON)
        screening.convert(asked.key, seen=1, report=Report(story="Marks on his arm."), by=by, at=LATER)
        looks = Clock.objects.filter(kind="contacts.first_look")
        assert {(clock.subject_kind, clock.ended, clock.started_at) for clock in looks} == {
            ("contacts.consultation", "replaced", NOON), ("contacts.submission", "", NOON),
        }  # fmt: skip
