"""A telephone call from its first second to its end: kept, owned, made safe, and never lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from frontdoor.access.rules import RECEIVING
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.models import (
    Contact,
    Draft,
    SafetyCall,
    Submission,
)
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.rules.intake import Report
from frontdoor.contacts.rules.telephone import Told
from tests.contacts.arriving import NOON
from tests.contacts.calling import LATER, STORY, begun, contact_of, end, told
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

NOTHING = Told(Report(story=""))


# Begun and kept


def test_a_call_has_an_owner_and_a_clock_from_its_first_second(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        assert call.owner == by.user_id
        (clock,) = clocks.running(by=by, at=LATER, owner_id=by.user_id)
        assert (clock.kind.name, clock.started_at, clock.reading.due_at) == (
            "contacts.call", NOON, NOON + timedelta(minutes=60),
        )  # fmt: skip
        end(call, by=by)
        assert clocks.running(by=by, at=LATER, owner_id=by.user_id) == []


@pytest.mark.parametrize("role", ["auditor", "administrator", "data_protection_officer"])
def test_whoever_takes_nothing_in_takes_no_calls(world, role):
    with world.acting(role, of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        actions.begin(by=by, at=NOON)


def test_what_is_typed_is_kept_as_typed_and_marks_move_with_it(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY, "people-0-date_of_birth-day": "99"})
        marking = actions.mark(
            call.key, seen=call.version, kind="own_words", starts=len(STORY), ends=len(STORY), by=by, at=NOON
        )
        assert marking.mark.words == "She said: “He will hurt me.”"
        actions.save(call.key, seen=marking.call.version, typed={"story": f"A school rings. {STORY}"}, by=by, at=NOON)
        opened = queries.open_call(call.key, by=by, at=LATER)
        assert [mark.words for mark in opened.marks] == [marking.mark.words]
        assert opened.story[opened.marks[0].starts : opened.marks[0].ends] == marking.mark.words


def test_two_windows_are_a_conflict_with_both_texts_and_nothing_is_overwritten(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": "first window"})
        actions.save(call.key, seen=call.version, typed={"story": "second window"}, by=by, at=NOON)
        with pytest.raises(Conflict) as conflict:
            actions.save(call.key, seen=call.version, typed={"story": "first window, more"}, by=by, at=NOON)
        assert conflict.value.current == {"story": "second window"}
        assert queries.open_call(call.key, by=by, at=LATER).story == "second window"


@pytest.mark.parametrize(
    "other",
    [
        {"second": True},
        {"of": PETERBOROUGH},
        {"role": "team_manager"},
        {"role": "head_of_service"},
        {"council": CAMBRIDGESHIRE},
    ],
)
def test_nobody_else_and_no_other_council_finds_a_call(world, other):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
    with world.acting(other.pop("role", "contact_officer"), **other) as by:
        for ask in (
            lambda: queries.open_call(call.key, by=by, at=LATER),
            lambda: queries.my_call(call.key, by=by),
            lambda: actions.save(call.key, seen=call.version, typed={}, by=by, at=LATER),
            lambda: actions.mark(call.key, seen=call.version, kind="worry", starts=0, ends=0, by=by, at=LATER),
            lambda: actions.flag(call.key, seen=call.version, told=told(), why="x", by=by, at=LATER),
            lambda: end(call, by=by),
        ):
            with pytest.raises(NotFound):
                ask()
        assert queries.my_calls(by=by) == []


def test_a_list_of_ones_own_calls_leads_back_to_what_was_left(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": f"{STORY}\nAnd more."})
        (going,) = queries.my_calls(by=by)
        assert (going.key, going.made_at, going.first_words) == (call.key, NOON, STORY + " And more.")
        end(call, by=by)
        assert queries.my_calls(by=by) == []


# Marks fill the form


def test_a_marked_person_fills_the_form_beside_its_sentence(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY, "people-0-kind": "child", "people-0-family_name": "Brooke"})
        marking = actions.mark(call.key, seen=call.version, kind="person", starts=0, ends=0, by=by, at=NOON)
        opened = queries.open_call(call.key, by=by, at=LATER)
        assert opened.typed["people-1-given_name"] == "Mia"
        assert opened.typed["people-0-family_name"] == "Brooke"
        assert opened.sources == {"people-1": marking.mark.number}
        actions.clear(call.key, seen=opened.version, row=1, by=by, at=NOON)
        opened = queries.open_call(call.key, by=by, at=LATER)
        assert "people-1-given_name" not in opened.typed
        assert opened.sources == {}
        actions.unmark(call.key, seen=opened.version, number=marking.mark.number, by=by, at=NOON)
        assert queries.open_call(call.key, by=by, at=LATER).marks == ()


def test_nothing_can_be_marked_before_something_is_written(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        for kind, story in (("worry", ""), ("score", STORY)):
            call = actions.save(call.key, seen=call.version, typed={"story": story}, by=by, at=NOON)
            with pytest.raises(InvalidInput):
                actions.mark(call.key, seen=call.version, kind=kind, starts=0, ends=0, by=by, at=NOON)


# Safety first


def test_a_call_back_has_a_clock_in_minutes_that_the_team_sees_before_the_call_has_ended(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"where_now": "School office", "with_whom": "Mrs Ahmed", "until_when": "3:30pm"})
        made = actions.agree_safety_call(
            call.key, seen=call.version, rings="us", whom="Mrs Ahmed, 01632 960222", minutes=5, by=by, at=LATER
        )
    with world.acting("social_worker", second=True) as by:
        (seen,) = queries.safety_calls(by=by, at=LATER)
        assert (seen.where_now, seen.with_whom, seen.whom) == ("School office", "Mrs Ahmed", "Mrs Ahmed, 01632 960222")
        (clock,) = clocks.for_subject(("contacts.safetycall", made.key), by=by, at=LATER)
        assert clock.reading.due_at == LATER + timedelta(minutes=5)
        assert clock.team_id == world.team("contact_centre").pk
        assert next(iter(clocks.running(by=by, at=LATER))).subject[1] == str(made.key)
        actions.reached(made.key, outcome="She stays with the head until six.", by=by, at=LATER)
        assert queries.safety_calls(by=by, at=LATER) == []
        with pytest.raises(StepNotAllowed):
            actions.reached(made.key, outcome="Again.", by=by, at=LATER)


def test_a_call_back_without_a_number_of_minutes_takes_the_councils(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={})
        made = actions.agree_safety_call(
            call.key, seen=call.version, rings="them", whom="", minutes=None, by=by, at=NOON
        )
        assert made.due_at == NOON + timedelta(minutes=15)
        with pytest.raises(InvalidInput):
            actions.agree_safety_call(call.key, seen=call.version, rings="", whom="", minutes=5, by=by, at=NOON)


def test_a_call_back_that_is_agreed_anew_takes_the_place_of_the_first_and_hides_no_lateness(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={})
        first = actions.agree_safety_call(call.key, seen=call.version, rings="us", whom="", minutes=1, by=by, at=NOON)
        second = actions.agree_safety_call(call.key, seen=call.version, rings="us", whom="", minutes=9, by=by, at=LATER)
        assert [each.key for each in queries.safety_calls(by=by, at=LATER)] == [second.key]
        assert Clock.objects.get(subject_key=str(first.key)).outcome == "late"


def test_a_call_back_belongs_to_the_contact_that_the_call_becomes(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={})
        made = actions.agree_safety_call(call.key, seen=call.version, rings="us", whom="", minutes=5, by=by, at=NOON)
        ended = end(call, by=by)
        made.refresh_from_db()
        assert made.contact == contact_of(ended)
        assert Clock.objects.get(subject_key=str(made.key)).label == ended.receipt


def test_a_call_back_that_was_agreed_and_not_started_starts_with_the_end(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"where_now": "Bus stop"})
        end(call, by=by, safety_call={"rings": "them", "whom": "The boy", "minutes": 7})
        (made,) = SafetyCall.objects.all()
        assert (made.where_now, made.due_at) == ("Bus stop", LATER + timedelta(minutes=7))


# How it ends


def test_a_contact_was_received_when_the_call_began_and_its_clocks_count_from_there(world):
    with world.acting("contact_officer") as by:
        contact = contact_of(end(begun(by=by), by=by))
        assert (contact.received_at, contact.entered_at, contact.channel) == (NOON, LATER, "phone")
        looks = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=LATER)
        assert {clock.started_at for clock in looks} == {NOON}


def test_the_call_of_somebody_who_may_enter_nothing_late_was_received_when_it_began(world):
    with world.acting("early_help_officer") as by:
        contact = contact_of(end(begun(by=by), by=by))
        assert contact.received_at == NOON


def test_ending_twice_gives_the_first_receipt_and_makes_one_contact(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        first = end(call, by=by)
        assert end(call, by=by, at=LATER + timedelta(minutes=1)) == first
        assert actions.ended(queries.my_ended_call(call.key, by=by)) == first
        assert Contact.objects.count() == 1
        with pytest.raises(StepNotAllowed):
            actions.save(call.key, seen=call.version, typed={}, by=by, at=LATER)
        with pytest.raises(NotFound):
            queries.open_call(call.key, by=by, at=LATER)


def test_nothing_that_was_said_is_left_in_a_draft_that_has_ended(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY, "name": "Maureen Oldacre"})
        end(call, by=by)
        assert Draft.objects.get(key=call.key).data.keys() == {"ended"}


@pytest.mark.parametrize(
    ("way", "category", "state"),
    [
        ("contact", "request_for_service", "received"),
        ("information", "request_for_information", "received"),
        ("advice", "advice", "closed"),
        ("wrong_number", "wrong_number", "closed"),
        ("abandoned", "abandoned", "closed"),
    ],
)
def test_every_way_to_end_is_counted_and_has_a_number(world, way, category, state):
    with world.acting("contact_officer") as by:
        story = STORY if state == "received" else "Somebody asked for the opening hours."
        ended = end(begun(by=by), by=by, way=way, what=Told(Report(story=story, category=category)))
        contact = contact_of(ended)
        assert (contact.category, contact.state, contact.receipt) == (category, state, ended.receipt)
        assert ended.open_why == ""


def test_five_calls_of_every_kind_leave_no_gap_in_the_numbers(world):
    from frontdoor.actors.rules import SEALER
    from frontdoor.contacts.queries.receipts import broken

    with world.acting("contact_officer") as by:
        ways = {"contact": told(), "wrong_number": NOTHING, "abandoned": NOTHING, "advice": told(story="Hours?")}
        kinds = {
            "contact": "request_for_service",
            "wrong_number": "wrong_number",
            "abandoned": "abandoned",
            "advice": "advice",
        }
        numbers = []
        for way, what in ways.items():
            report = replace(what.report, category=kinds[way])
            numbers.append(end(begun(by=by), by=by, way=way, what=replace(what, report=report)).receipt)
    assert numbers == [f"874-T-{number:06d}" for number in (1, 2, 3, 4)]
    with acting_for(PETERBOROUGH, by=SEALER) as by:
        assert list(broken(by=by)) == []


@pytest.mark.parametrize("way", ["advice", "wrong_number", "abandoned"])
@pytest.mark.parametrize(
    "what",
    [
        told(story="", category="advice"),
        told(story="", category="advice", danger="yes"),
        Told(Report(story="The boy next door cries.", category="advice")),
        Told(Report(story="", category="advice", where_now="With her daughter")),
        Told(Report(story="", category="advice", danger="yes")),
    ],
    ids=["named", "named in danger", "described", "described elsewhere", "danger"],
)
def test_a_contact_officer_closes_nothing_that_names_or_describes_a_child(world, way, what):
    category = {"advice": "advice", "wrong_number": "wrong_number", "abandoned": "abandoned"}[way]
    with world.acting("contact_officer") as by:
        ended = end(begun(by=by), by=by, way=way, what=replace(what, report=replace(what.report, category=category)))
        contact = contact_of(ended)
        assert ended.open_why
        assert (contact.closed_at, contact.looked) == (None, 0)
        looks = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=LATER)
        assert any("first_look" in clock.kind.name and clock.stopped_at is None for clock in looks)


def test_nothing_to_read_is_refused_and_the_call_goes_on(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": " "})
        with pytest.raises(InvalidInput):
            end(call, by=by, what=NOTHING)
        assert queries.open_call(call.key, by=by, at=LATER)
        assert not Submission.objects.exists()


# Past midnight, and calls that are nobody's


def _outside(world, **who):
    """An officer whose reach has ended: what the middleware leaves them at a receiving address."""
    gone = world.actor("contact_officer", at=datetime(2026, 4, 1, 9, tzinfo=UTC), **who)
    assert PETERBOROUGH not in gone.reach
    return replace(gone, reach={**gone.reach, PETERBOROUGH: RECEIVING})


def test_whoever_is_in_mid_call_at_midnight_finishes_the_call(world):
    late = datetime(2026, 3, 31, 22, 50, tzinfo=UTC)  # ten to midnight in London
    after = late + timedelta(minutes=20)
    with world.acting("contact_officer") as by:
        call = begun(by=by, at=late, typed={"story": STORY})
    world.agree_until(date(2026, 3, 31))
    with acting_for(PETERBOROUGH, by=_outside(world)) as by:
        call = actions.save(call.key, seen=call.version, typed={"story": f"{STORY} More."}, by=by, at=after)
        call = actions.flag(call.key, seen=call.version, told=told(), why="Now", by=by, at=after)
        actions.agree_safety_call(call.key, seen=call.version, rings="us", whom="", minutes=5, by=by, at=after)
        with pytest.raises(NotPermitted):
            queries.open_earlier(call.key, (), by=by, at=after)
        ended = end(call, by=by, at=after)
        assert contact_of(ended).received_at == late


def test_a_call_of_somebody_whose_reach_ended_is_shown_as_nobodys_without_a_word_of_it(world):
    late = datetime(2026, 3, 31, 22, 50, tzinfo=UTC)
    with world.acting("contact_officer") as by:
        call = begun(by=by, at=late, typed={"story": STORY})
        assert queries.ownerless(by=by, at=late) == []
    world.agree_until(date(2026, 3, 31))
    after = late + timedelta(minutes=20)
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        (left,) = queries.ownerless(by=by, at=after)
        assert (left.key, left.owner, left.free) == (call.key, world.user("contact_officer").name, False)
        assert STORY[:10] not in repr(left)
        with pytest.raises(StepNotAllowed):  # perhaps it still goes on
            actions.take_over(call.key, by=by, at=after)
        actions.take_over(call.key, by=by, at=late + timedelta(minutes=31))
        assert queries.open_call(call.key, by=by, at=after).story == STORY
        (clock,) = clocks.running(by=by, at=after, owner_id=by.user_id)
        assert clock.kind.name == "contacts.call"
    with acting_for(PETERBOROUGH, by=_outside(world)) as by, pytest.raises(NotFound):
        queries.open_call(call.key, by=by, at=after)


def test_a_colleagues_call_is_not_taken_over_however_long_it_lies(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        actions.take_over(call.key, by=by, at=NOON + timedelta(days=3))


def test_screening_still_ends_what_a_qualified_worker_judges_to_name_no_child(world):
    with world.acting("contact_officer") as by:
        ended = end(
            begun(by=by),
            by=by,
            way="advice",
            what=Told(Report(story="Asked about a pupil premium.", category="advice")),
        )
        assert ended.open_why
    with world.acting("social_worker") as by:
        contact = contact_of(ended)
        screening.end_call(contact.key, seen=contact.version, why="About a grant, no child.", by=by, at=LATER)
        contact.refresh_from_db()
        assert contact.closed_by == by.user_id
