"""The first look and the red flag: who may, what they write, what they move."""

from datetime import timedelta

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.clocks.queries import for_subject
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import screening as queries
from tests.contacts.arriving import NOON, arrive
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

LATER = NOON + timedelta(minutes=20)


def _look(contact, *, by, at=LATER, **given):
    usual = {"danger": "no", "line": "School will keep her until five."}
    return screening.look(contact.key, seen=contact.version, by=by, at=at, **(usual | given))


def _clock(contact, kind, *, by, at=LATER):
    shown = for_subject(("contacts.submission", contact.submission_id), by=by, at=at)
    return next(clock for clock in shown if clock.kind.name == kind)


def test_a_look_stops_its_clock_and_moves_the_contact_on(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, danger="unknown")
        assert (contact.state, contact.danger_rank, contact.looked) == ("received", 1, 0)
        _look(contact, by=by, danger="no", open_to="the disability team")
        contact.refresh_from_db()
        assert (contact.state, contact.danger_rank, contact.looked) == ("looked", 2, 1)
        assert contact.looks.get().open_to == "the disability team"
        assert _clock(contact, "contacts.first_look", by=by).outcome == "in_time"
        assert _clock(contact, "contacts.decision", by=by).stopped_at is None


def test_a_look_after_the_hour_is_late_however_well_the_working_day_stands(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        _look(contact, by=by, at=NOON + timedelta(minutes=61))
        assert _clock(contact, "contacts.first_look", by=by).outcome == "late"


def test_danger_that_the_sender_names_shortens_the_first_look(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, danger="yes")
        assert _clock(contact, "contacts.first_look_danger", by=by).reading.due_at == NOON + timedelta(minutes=15)
        _look(contact, by=by)
        assert _clock(contact, "contacts.first_look_danger", by=by).stopped_at == LATER


@pytest.mark.parametrize(("answer", "rank"), [("yes", 0), ("unknown", 1), ("no", 2)])
def test_the_workers_answer_outweighs_what_the_sender_ticked(world, answer, rank):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, danger="yes")
        _look(contact, by=by, danger=answer)
        contact.refresh_from_db()
        assert contact.danger_rank == rank


def test_a_contact_officer_does_not_look_for_a_social_worker(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by)
        with pytest.raises(NotPermitted):
            _look(contact, by=by)


def test_a_role_that_asks_for_registration_is_worth_nothing_without_it(world):
    from dataclasses import replace

    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(NotPermitted):
            _look(contact, by=replace(by, qualified=False))


def test_two_who_look_at_once_do_not_overwrite_each_other(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        _look(contact, by=by)
        with pytest.raises(Conflict):
            _look(contact, by=by)
        assert contact.looks.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"danger": "perhaps"}, "danger"),
        ({"danger": ""}, "danger"),
        ({"line": " "}, "line"),
        ({"line": "one\ntwo"}, "line"),
        ({"line": "x" * 301}, "line"),
        ({"open_to": "x" * 201}, "open_to"),
    ],
)
def test_a_look_without_an_answer_or_a_line_is_refused_at_its_field(world, given, field):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(InvalidInput) as refused:
            _look(contact, by=by, **given)
        assert set(refused.value.problems) == {field}


def test_a_social_worker_out_of_reach_looks_first_with_receiving_permissions_alone(world):
    from dataclasses import replace

    from frontdoor.access.rules import RECEIVING_QUALIFIED
    from frontdoor.actors.actions import acting_for

    with world.acting("contact_officer", of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE) as by:
        contact = arrive(by=by)
    stranger = world.actor("social_worker", of=PETERBOROUGH, council=CAMBRIDGESHIRE)
    assert CAMBRIDGESHIRE not in stranger.reach
    receiving = replace(stranger, reach={**stranger.reach, CAMBRIDGESHIRE: RECEIVING_QUALIFIED})
    with acting_for(CAMBRIDGESHIRE, by=receiving) as by:
        assert queries.open_look(by=by, at=LATER, key=contact.key).contact == contact
        _look(contact, by=by)
        with pytest.raises(NotFound):  # what has been looked at is out of reach again
            queries.open_look(by=by, at=LATER, key=contact.key)
        with pytest.raises(NotPermitted):
            queries.queue(by=by, at=LATER)


def test_what_nobody_has_looked_at_is_opened_one_by_one_danger_first(world):
    with world.acting("social_worker") as by:
        calm, danger = arrive(by=by, danger="no"), arrive(by=by, danger="yes", at=LATER)
        opened = queries.open_look(by=by, at=LATER)
        assert opened.contact == danger
        assert opened.more
        _look(danger, by=by)
        opened = queries.open_look(by=by, at=LATER)
        assert opened.contact == calm
        assert not opened.more
        assert queries.open_look(by=by, at=LATER, passed=[calm.key]) is None
        _look(calm, by=by)
        assert queries.open_look(by=by, at=LATER) is None


@pytest.mark.parametrize("role", ["assessment_worker", "contact_officer", "auditor"])
def test_nobody_opens_what_is_to_be_looked_at_who_may_not_look(world, role):
    with world.acting(role, of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        queries.open_look(by=by, at=LATER)


def test_opening_for_a_look_leaves_one_entry_naming_the_contact(world):
    from frontdoor.trail.models import Entry

    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        queries.open_look(by=by, at=LATER)
        entry = Entry.objects.filter(action="contacts.open_look").get()
        assert (entry.subject_key, entry.actor) == (str(contact.key), by.name)


@pytest.mark.parametrize("role", ["contact_officer", "early_help_officer", "met_coordinator", "auditor"])
def test_anybody_who_may_see_or_take_a_contact_may_raise_a_red_flag(world, role):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, danger="no")
    with world.acting(role, of=PETERBOROUGH) as by:
        screening.flag(contact.key, why="She must not go home tonight.", by=by, at=LATER)
        contact.refresh_from_db()
        assert (contact.danger_rank, contact.flagged_by) == (0, by.label)


def test_an_administrator_may_not_flag_what_they_may_not_see(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by)
    with world.acting("administrator", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        screening.flag(contact.key, why="Look!", by=by, at=LATER)


def test_a_red_flag_is_loud_on_every_page_until_a_qualified_worker_takes_it(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, danger="no")
        screening.flag(contact.key, why="He is outside her school.", by=by, at=LATER)
        assert [flag.receipt for flag in queries.flags(by=by, at=LATER)] == [contact.receipt]
        with pytest.raises(NotPermitted):
            screening.take_flag(contact.key, by=by, at=LATER)
        assert queries.flags(by=by, at=LATER)
    with world.acting("social_worker") as by:
        screening.take_flag(contact.key, by=by, at=LATER)
        assert queries.flags(by=by, at=LATER) == []
        contact.refresh_from_db()
        assert (contact.flag_taken_by, contact.holder, contact.danger_rank) == (by.user_id, by.user_id, 2)
        with pytest.raises(StepNotAllowed):
            screening.take_flag(contact.key, by=by, at=LATER)


def test_a_red_flag_has_a_clock_in_minutes_of_its_own(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.flag(contact.key, why="The door is locked from outside.", by=by, at=LATER)
        clock = Clock.objects.get(kind="contacts.red_flag")
        assert clock.due_at == LATER + timedelta(minutes=10)
        screening.take_flag(contact.key, by=by, at=LATER + timedelta(minutes=11))
        clock.refresh_from_db()
        assert clock.outcome == "late"


def test_a_second_flag_adds_its_reason_and_leaves_the_first_its_time(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by)
        screening.flag(contact.key, why="First.", by=by, at=LATER)
        screening.flag(contact.key, why="Second.", by=by, at=LATER + timedelta(minutes=3))
        contact.refresh_from_db()
        assert (contact.flagged_at, contact.flagged_why) == (LATER, "First.; Second.")


def test_a_flag_asks_for_a_reason_and_for_no_version(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        _look(contact, by=by)
        with pytest.raises(InvalidInput):
            screening.flag(contact.key, why="", by=by, at=LATER)
        screening.flag(contact.key, why="New marks.", by=by, at=LATER)
        assert Contact.objects.get(pk=contact.pk).danger_rank == 0


def test_a_flag_that_somebody_took_can_be_raised_again(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.flag(contact.key, why="One.", by=by, at=LATER)
        screening.take_flag(contact.key, by=by, at=LATER)
        screening.flag(contact.key, why="Two.", by=by, at=LATER)
        contact.refresh_from_db()
        assert (contact.flagged_why, contact.flag_taken_at) == ("Two.", None)
        assert len(queries.flags(by=by, at=LATER)) == 1
