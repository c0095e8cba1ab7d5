"""A contact officer closes nothing that names or describes a child; a qualified worker sees all else the same day."""

from datetime import timedelta

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import screening
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.screening import words_of_a_child
from tests.contacts.arriving import NOON, arrive, child


def _end(contact, *, by, at=NOON, why="Nothing to do."):
    return screening.end_call(contact.key, seen=contact.version, why=why, by=by, at=at)


@pytest.mark.parametrize(
    ("category", "story"),
    [("wrong_number", ""), ("abandoned", ""), ("advice", "Asked when the front door is open on Good Friday.")],
)
def test_a_contact_officer_ends_a_call_that_names_no_child(world, category, story):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, category=category, sub_type="", story=story, people=(), danger="no")
        _end(contact, by=by)
        contact.refresh_from_db()
        assert (contact.state, contact.closed_at, contact.closed_by) == ("closed", NOON, by.user_id)
        clocks = Clock.objects.filter(subject_key=str(contact.submission_id))
        assert {clock.ended for clock in clocks} == {"not_needed"}
        assert queries.queue(by=by, at=NOON) == []


@pytest.mark.parametrize(
    "report",
    [
        {"people": (child(),)},
        {"people": (child(kind="unborn", given_name="", date_of_birth=None),)},
        {"people": (child(kind="unknown", given_name="", family_name="", date_of_birth=None),)},
        {"people": (child(kind="adult"),)},  # entered as an adult, and eight years old
        {"people": (child(kind="adult", date_of_birth=None, approximate_age=17),)},
        {"people": (child(kind="adult", date_of_birth=None, relationship="her grandson"),)},
        {"story": "A boy of about ten was at the bus stop again."},
        {"story": "My neighbour's BABY cries all night."},
        {"story": "She is pregnant and drinks."},
        {"story": "A 14-year-old at our gate."},
        {"where_now": "with the other pupils"},
        {"danger": "yes"},
    ],
)
@pytest.mark.parametrize("category", ["advice", "abandoned", "wrong_number"])
def test_a_contact_officer_closes_nothing_that_names_or_describes_a_child_advice_included(world, category, report):
    usual = {"category": category, "sub_type": "", "story": "", "people": (), "danger": "no"}
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, **(usual | report))
        with pytest.raises(StepNotAllowed):
            _end(contact, by=by)
        contact.refresh_from_db()
        assert contact.closed_at is None


@pytest.mark.parametrize("category", [code for code, _ in codes.CATEGORIES])
def test_a_contact_officer_closes_no_request_whatever_it_says(world, category):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, category=category, story="Nothing of note.", people=(), danger="no")
        with pytest.raises(StepNotAllowed):
            _end(contact, by=by)


@pytest.mark.parametrize("category", ["advice", "request_for_service"])
def test_what_names_a_child_stands_before_a_qualified_worker_the_same_day(world, category):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, category=category, sub_type="", danger="no")
        clock = Clock.objects.get(subject_key=str(contact.submission_id), kind="contacts.first_look")
        assert clock.stopped_at is None
        assert london_date(clock.due_at) == london_date(contact.received_at)
    with world.acting("social_worker") as by:
        assert queries.open_look(by=by, at=NOON).contact == contact


def test_a_flagged_call_is_ended_by_nobody_until_the_flag_is_taken(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, category="abandoned", sub_type="", story="", people=(), danger="no")
        screening.flag(contact.key, why="I heard screaming.", by=by, at=NOON)
        contact.refresh_from_db()
        with pytest.raises(StepNotAllowed):
            _end(contact, by=by)
        screening.take_flag(contact.key, by=by, at=NOON)
        contact.refresh_from_db()
        _end(contact, by=by)


def test_a_social_worker_may_judge_that_a_word_speaks_of_no_child(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, category="advice", sub_type="", story="A student asks for an interview.", people=())
        _end(contact, by=by)
        named = arrive(by=by, category="advice", sub_type="")
        with pytest.raises(StepNotAllowed):
            _end(named, by=by)


def test_ending_a_call_asks_a_reason_the_version_seen_and_the_permission(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, category="wrong_number", sub_type="", story="", people=(), danger="no")
        with pytest.raises(InvalidInput):
            _end(contact, by=by, why=" ")
        with pytest.raises(Conflict):
            screening.end_call(contact.key, seen=7, why="X", by=by, at=NOON)
        _end(contact, by=by)
        contact.refresh_from_db()
        with pytest.raises(StepNotAllowed):
            _end(contact, by=by, at=NOON + timedelta(minutes=1))
    with world.acting("auditor", of=874) as by, pytest.raises(NotPermitted):
        _end(contact, by=by)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("My grandson is frightened", "grandson"),
        ("the twins next door", "twins"),
        ("she is 3 years old", "3 years old"),
        ("he is aged 12", "aged 12"),
        ("in year 9", "year 9"),
        ("Two children's bikes", "children's"),
        ("a lad shouted", "lad"),
        ("Somebody asked for the housing office", ""),
        ("The line went dead", ""),
        ("Childers Road office", ""),
        ("Madison Boyle rang about parking", ""),
    ],
)
def test_the_words_that_speak_of_a_child(text, word):
    assert words_of_a_child(text) == word
