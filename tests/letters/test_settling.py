"""What people do: hold and release, tell by telephone, print and post, note, cancel, choose another way."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from frontdoor.actors.rules import MAILER, SEEDER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.letters import actions, queries
from frontdoor.letters.rules import Found, Route, State
from frontdoor.trail.models import Entry
from tests.letters.conftest import AT

MINUTE = timedelta(minutes=1)


def _clock(letter, world):
    with world.system(MAILER):
        return Clock.objects.get(subject_key=str(letter.key))


def _codes(letter):
    return [mark.partition(":")[0] for mark in letter.findings]


@pytest.fixture
def held(acknowledge, compartment):
    """A letter that a safe-contact note holds back."""
    return acknowledge(recipient=compartment.add(notes=("Ring after ten",)))


def test_a_manager_releases_what_a_note_held_back_and_it_goes_out(held, world, send, provider):
    with world.acting("team_manager") as by:
        actions.release(held.key, seen=1, why="The note is about the mother, not the school", by=by, at=AT)
    assert send(held) == State.SENT
    assert len(provider.kept) == 1


def test_a_social_worker_alone_cannot_release_what_somebodys_safety_holds_back(held, world):
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        actions.release(held.key, seen=1, why="It is fine", by=by, at=AT)


def test_a_note_written_after_the_release_holds_it_back_again(acknowledge, compartment, world, send, provider):
    recipient = compartment.add(notes=("Ring after ten",))
    letter = acknowledge(recipient=recipient)
    with world.acting("team_manager") as by:
        actions.release(letter.key, seen=1, why="Read and safe", by=by, at=AT)
    compartment.change(recipient, notes=("Ring after ten", "He reads her e-mail"))
    assert send(letter) == State.HELD
    assert provider.kept == []


@pytest.mark.parametrize(
    "said", [{"route": Route.VIA_NAMED_PERSON}, {"email": ""}, {"notes": ("n",), "email": "not one"}]
)
def test_what_nobody_can_let_pass_cannot_be_released(acknowledge, world, said):
    letter = acknowledge(**said)
    with world.acting("head_of_service") as by, pytest.raises(StepNotAllowed):
        actions.release(letter.key, seen=1, why="I want it sent", by=by, at=AT)


def test_whoever_held_it_back_does_not_release_it(acknowledge, world, now):
    letter = acknowledge()
    with world.acting("team_manager") as by:
        actions.hold(letter.key, seen=1, why="Her number may be wrong", by=by, at=AT)
        with pytest.raises(InvalidInput):
            actions.release(letter.key, seen=2, why="Now it is fine", by=by, at=AT)
    with world.acting("team_manager", second=True) as by:
        actions.release(letter.key, seen=2, why="The number is right", by=by, at=AT)
    assert now(letter).state == State.TO_SEND


def test_whoever_planned_it_does_not_release_it(tell_outcome, world):
    letter = tell_outcome(notes=("Ring after ten",))
    with world.acting("team_manager") as by, pytest.raises(InvalidInput):
        actions.release(letter.key, seen=1, why="Fine", by=by, at=AT)


def test_a_second_social_worker_releases_what_no_ones_safety_holds_back(tell_outcome, world, now):
    letter = tell_outcome(source="6")
    with world.acting("social_worker") as by:
        actions.release(letter.key, seen=1, why="This is what was agreed with the police", by=by, at=AT)
    assert now(letter).state == State.TO_SEND


def test_no_system_releases(held, world):
    with world.system(SEEDER) as by, pytest.raises(NotPermitted):
        actions.release(held.key, seen=1, why="Fine", by=by, at=AT)


def test_what_is_held_by_a_colleague_is_not_sent(acknowledge, world, send, provider):
    letter = acknowledge()
    with world.acting("social_worker") as by:
        actions.hold(letter.key, seen=1, why="Wait for the police", by=by, at=AT)
    assert send(letter) == State.HELD
    assert provider.kept == []


def test_somebody_told_by_telephone_stands_with_who_when_and_what(acknowledge, world, now):
    letter = acknowledge(route=Route.PHONE)
    told_at = AT + MINUTE
    with world.acting("contact_officer") as by:
        actions.record_told_by_phone(
            letter.key, seen=1, whom="Herself", said="It arrived. She can ring the social worker.",
            told_at=told_at, by=by, at=AT + 5 * MINUTE,
        )  # fmt: skip
        shown = queries.open_letter(letter.key, by=by, at=AT).letter
        assert queries.tasks(by=by, at=AT) == []
    assert (shown.state, shown.told_whom, shown.sent_at) == (State.DONE_BY_PHONE, "Herself", told_at)
    assert shown.settled_by == world.user("contact_officer").pk
    assert (_clock(letter, world).outcome, _clock(letter, world).stopped_at) == ("in_time", told_at)


def test_what_was_said_is_not_shown_to_those_who_may_not_see_who_told_us(acknowledge, world):
    letter = acknowledge(route=Route.PHONE)
    with world.acting("contact_officer") as by:
        actions.record_told_by_phone(letter.key, seen=1, whom="Petra", said="It arrived", by=by, at=AT)
    with world.acting("early_help_officer") as by:
        shown = queries.open_letter(letter.key, by=by, at=AT).letter
    assert (shown.state, shown.told_whom, shown.said) == (State.DONE_BY_PHONE, "", "")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"whom": " ", "said": "It arrived"}, "whom"),
        ({"whom": "Petra", "said": ""}, "said"),
        ({"whom": "Petra", "said": "It arrived", "told_at": AT + MINUTE}, "told_at"),
    ],
)
def test_a_call_is_recorded_whole(acknowledge, world, said, field):
    letter = acknowledge(route=Route.PHONE)
    with world.acting("contact_officer") as by, pytest.raises(InvalidInput) as refused:
        actions.record_told_by_phone(letter.key, seen=1, by=by, at=AT, **said)
    assert list(refused.value.problems) == [field]


def test_a_failed_email_can_be_told_by_telephone(acknowledge, world, send, provider, now):
    from frontdoor.letters.rules import Refused

    provider.fails = Refused("400")
    letter = acknowledge()
    send(letter)
    with world.acting("social_worker") as by:
        actions.record_told_by_phone(letter.key, seen=letter.version, whom="Petra", said="It arrived", by=by, at=AT)
    assert now(letter).state == State.DONE_BY_PHONE


def test_what_failed_is_sent_again_when_somebody_has_looked(acknowledge, world, send, provider, now):
    from frontdoor.letters.rules import Refused

    provider.fails = Refused("400")
    letter = acknowledge()
    send(letter)
    provider.fails = None
    with world.acting("social_worker") as by:
        actions.send_again(letter.key, seen=letter.version, by=by, at=AT)
    assert send(letter, AT + MINUTE) == State.SENT


def test_only_what_failed_is_sent_again(held, world):
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.send_again(held.key, seen=1, by=by, at=AT)


def test_another_way_is_chosen_when_the_first_does_not_work(acknowledge, world, now, compartment):
    letter = acknowledge(recipient=compartment.add(email=""))
    with world.acting("social_worker") as by:
        actions.change_route(letter.key, seen=1, route=Route.LETTER, why="The address bounced", by=by, at=AT)
        (task,) = queries.tasks(by=by, at=AT)
    assert task.what == "Print and post"
    assert now(letter).findings == []


def test_another_way_does_not_lead_past_the_guard(acknowledge, world, now):
    letter = acknowledge(route=Route.VIA_NAMED_PERSON)
    with world.acting("social_worker") as by:
        actions.change_route(letter.key, seen=1, route=Route.EMAIL, why="It is quicker", by=by, at=AT)
    assert (now(letter).state, _codes(letter)) == (State.HELD, [Found.VIA_NAMED_PERSON])


@pytest.mark.parametrize(("route", "why"), [(Route.NONE_POSSIBLE, "No"), (Route.PHONE, " ")])
def test_another_way_is_one_that_reaches_somebody_and_has_a_reason(acknowledge, world, route, why):
    letter = acknowledge()
    with world.acting("social_worker") as by, pytest.raises(InvalidInput):
        actions.change_route(letter.key, seen=1, route=route, why=why, by=by, at=AT)


def test_a_letter_is_printed_with_the_address_of_the_moment_and_then_posted(acknowledge, world, compartment, now):
    recipient = compartment.add(route=Route.LETTER)
    letter = acknowledge(recipient=recipient)
    compartment.change(recipient, address="2 New Street\nEly")
    with world.acting("social_worker") as by:
        with pytest.raises(StepNotAllowed):
            actions.record_posted(letter.key, seen=1, by=by, at=AT)
        pdf = actions.print_letter(letter.key, by=by, at=AT)
        actions.record_posted(letter.key, seen=2, by=by, at=AT)
        assert queries.tasks(by=by, at=AT) == []
    assert "2 New Street" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert now(letter).state == State.SENT
    assert _clock(letter, world).outcome == "in_time"


def test_a_letter_that_has_become_unsafe_is_not_printed_and_held_back(acknowledge, world, compartment, now):
    recipient = compartment.add(route=Route.LETTER)
    letter = acknowledge(recipient=recipient)
    compartment.change(recipient, unsafe=("1 School Lane",))
    with world.acting("social_worker") as by:
        assert actions.print_letter(letter.key, by=by, at=AT) is None
    assert (now(letter).state, _codes(letter)) == (State.HELD, [Found.UNSAFE_ADDRESS])


def test_only_a_letter_is_printed(acknowledge, world):
    letter = acknowledge()
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.print_letter(letter.key, by=by, at=AT)


def test_who_cannot_be_told_is_noted_by_somebody(acknowledge, world, now):
    letter = acknowledge(kind="anonymous", route=Route.NONE_POSSIBLE)
    with world.acting("contact_officer") as by:
        actions.note_not_possible(letter.key, seen=1, why="Gave no name and no number", by=by, at=AT)
        assert queries.tasks(by=by, at=AT) == []
    assert (now(letter).state, letter.settled_why) == (State.NOT_POSSIBLE, "Gave no name and no number")


def test_what_is_cancelled_stops_its_clock_and_may_be_planned_again(acknowledge, world, compartment, send, provider):
    subject, recipient = uuid4(), compartment.add()
    letter = acknowledge(subject=subject, recipient=recipient)
    with world.acting("social_worker") as by:
        actions.cancel(letter.key, seen=1, why="Told in person", by=by, at=AT)
    assert send(letter) == State.CANCELLED
    assert provider.kept == []
    assert _clock(letter, world).ended == "not_needed"
    assert acknowledge(subject=subject, recipient=recipient).key != letter.key


def _acts():
    return {
        "hold": lambda key, seen, by: actions.hold(key, seen=seen, why="w", by=by, at=AT),
        "release": lambda key, seen, by: actions.release(key, seen=seen, why="w", by=by, at=AT),
        "cancel": lambda key, seen, by: actions.cancel(key, seen=seen, why="w", by=by, at=AT),
        "note": lambda key, seen, by: actions.note_not_possible(key, seen=seen, why="w", by=by, at=AT),
        "route": lambda key, seen, by: actions.change_route(key, seen=seen, route=Route.PHONE, why="w", by=by, at=AT),
        "tell": lambda key, seen, by: actions.record_told_by_phone(key, seen=seen, whom="x", said="y", by=by, at=AT),
        "posted": lambda key, seen, by: actions.record_posted(key, seen=seen, by=by, at=AT),
        "again": lambda key, seen, by: actions.send_again(key, seen=seen, by=by, at=AT),
    }


@pytest.mark.parametrize("act", _acts())
def test_nobody_acts_on_what_has_changed_since_they_saw_it(held, world, act):
    with world.acting("team_manager") as by, pytest.raises(Conflict):
        _acts()[act](held.key, 0, by)


@pytest.mark.parametrize("act", _acts())
def test_nothing_is_done_to_what_has_gone_out(acknowledge, world, send, provider, act):
    letter = acknowledge()
    send(letter)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        _acts()[act](letter.key, letter.version, by)


@pytest.mark.parametrize("act", [actions.release, actions.cancel, actions.note_not_possible])
def test_letting_go_stopping_and_giving_up_have_a_reason(held, world, act):
    with world.acting("team_manager") as by, pytest.raises(InvalidInput):
        act(held.key, seen=1, why=" ", by=by, at=AT)


def test_holding_back_has_a_reason(acknowledge, world):
    letter = acknowledge()
    with world.acting("team_manager") as by, pytest.raises(InvalidInput):
        actions.hold(letter.key, seen=1, why=" ", by=by, at=AT)


@pytest.mark.parametrize("act", _acts())
def test_whoever_only_reads_letters_changes_none(held, world, act):
    with world.acting("early_help_officer") as by, pytest.raises(NotPermitted):
        _acts()[act](held.key, 1, by)


def test_whoever_rings_sees_the_number_and_what_to_read_first_and_it_is_recorded(held, world):
    with world.acting("contact_officer") as by:
        way = queries.open_way(held.key, why="To ring them", by=by, at=AT)
        entry = Entry.objects.filter(subject_key=str(held.key), action="letters.open_way").get()
    assert (way.phone, way.notes) == ("07700 900123", ("Ring after ten",))
    assert "safe-contact note" in way.warnings[0]
    assert "07700" not in f"{entry.detail}{entry.why}"
    assert "07700" not in repr(way)


def test_whoever_may_not_see_who_told_us_sees_no_number(held, world):
    with world.acting("early_help_officer") as by, pytest.raises(NotPermitted):
        queries.open_way(held.key, why="Curious", by=by, at=AT)


def test_letters_of_one_matter_come_newest_first(acknowledge, tell_outcome, world, compartment):
    subject, recipient = uuid4(), compartment.add()
    first = acknowledge(subject=subject, recipient=recipient)
    second = tell_outcome(subject=subject, recipient=recipient, at=AT + MINUTE)
    with world.acting("social_worker") as by:
        found = queries.of_subject(("tests.contact", subject), by=by, at=AT)
        assert queries.of_subject(("tests.contact", uuid4()), by=by, at=AT) == []
    assert [letter.key for letter in found] == [second.key, first.key]


def test_auditors_see_no_letters(acknowledge, world):
    letter = acknowledge()
    with world.acting("auditor", council=873) as by:
        for ask in (
            lambda: queries.tasks(by=by, at=AT),
            lambda: queries.open_letter(letter.key, by=by, at=AT).letter,
            lambda: queries.of_subject(("tests.contact", uuid4()), by=by, at=AT),
        ):
            with pytest.raises(NotPermitted):
                ask()


def test_a_letter_that_is_not_there_is_not_found(world):
    with world.acting("team_manager") as by:
        for ask in (
            lambda: queries.open_letter(uuid4(), by=by, at=AT),
            lambda: queries.open_way(uuid4(), why="", by=by, at=AT),
        ):
            with pytest.raises(NotFound):
                ask()
