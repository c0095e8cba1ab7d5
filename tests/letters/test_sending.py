"""The one way out: guarded at the moment of sending, nothing lost, nothing twice."""

import smtplib
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.db import connection

from frontdoor.actors.rules import MAILER, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.letters import actions, queries, rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import NotSent, Refused, Route, State, Unknown
from tests.letters.conftest import AT, REFERENCE
from tests.letters.provider import Asked, Silent, use

MINUTE = timedelta(minutes=1)


def _sweep(world, at):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
    with world.system(MAILER) as by:
        return actions.sweep(by=by, at=at)


def test_an_email_goes_out_once_with_neutral_subject_and_sender_and_its_clock_stops(acknowledge, send, provider, world):
    letter = acknowledge()
    assert send(letter) == State.SENT
    assert send(letter) == State.SENT
    (message,) = provider.messages
    assert message.to == ["petra.lindqvist@example.org"]
    assert message.subject == f"Your message to {_council()}, reference {REFERENCE}"
    assert parseaddr(message.from_email)[0] == _council()
    assert "child" not in f"{message.subject} {message.from_email}".casefold()
    assert message.extra_headers["X-Reference"] == str(letter.key)
    with world.system(MAILER):
        clock = Clock.objects.get(subject_key=str(letter.key))
    assert (clock.outcome, clock.ended) == ("in_time", "done")
    assert letter.sent_digest


def _council():
    from frontdoor.councils.queries import council

    return council(874).legal_name


def test_a_text_goes_to_a_mobile_number(acknowledge, send, provider):
    assert send(acknowledge(route=Route.TEXT)) == State.SENT
    ((_, number, text),) = provider.kept
    assert number == "+447700900123"
    assert REFERENCE in text


@pytest.mark.parametrize("route", [Route.EMAIL, Route.TEXT])
def test_what_goes_out_names_nobody_and_tells_nothing(tell_outcome, send, provider, route):
    send(tell_outcome(route=route, names=("Noah Hallam", "Ivy Hallam")))
    ((_, _, text),) = provider.kept
    for secret in ("Noah", "Ivy", "Hallam", "School and mother agree", "Petra"):
        assert secret not in text


def test_a_note_written_after_planning_holds_it_back_at_the_moment_of_sending(acknowledge, send, provider, compartment):
    recipient = compartment.add()
    letter = acknowledge(recipient=recipient)
    compartment.change(recipient, notes=("He reads her e-mail",))
    assert send(letter) == State.HELD
    assert provider.kept == []


def test_the_address_of_the_moment_is_used(acknowledge, send, provider, compartment):
    recipient = compartment.add()
    letter = acknowledge(recipient=recipient)
    compartment.change(recipient, email="new@example.org")
    send(letter)
    assert provider.kept[0][1] == "new@example.org"


@pytest.mark.parametrize("change", [{"route": Route.PHONE}, {"route": Route.NONE_POSSIBLE}, {"email": ""}])
def test_whoever_asks_for_something_else_since_is_not_written_to(acknowledge, send, provider, compartment, change):
    recipient = compartment.add()
    letter = acknowledge(recipient=recipient)
    compartment.change(recipient, **change)
    assert send(letter) == State.HELD
    assert provider.kept == []


def test_when_the_compartment_has_nobody_any_more_nothing_goes_out(acknowledge, send, provider, compartment):
    recipient = compartment.add()
    letter = acknowledge(recipient=recipient)
    del compartment.people[recipient]
    assert send(letter) == State.HELD
    assert letter.findings[0].startswith("gone:")


def test_a_name_that_slipped_into_a_reference_never_goes_out(acknowledge, send, provider, world):
    letter = acknowledge(names=("Noah Hallam",))
    with world.system(MAILER):
        Letter.objects.filter(key=letter.key).update(facts={**letter.facts, "reference": "Noah H"})
    assert send(letter) == State.HELD
    assert provider.kept == []


@pytest.mark.parametrize("route", [Route.LETTER, Route.PHONE, Route.VIA_NAMED_PERSON, Route.NONE_POSSIBLE])
def test_what_a_person_has_to_do_is_never_sent_by_a_job(acknowledge, send, provider, route):
    letter = acknowledge(route=route)
    before = letter.state
    assert send(letter) == before
    assert provider.kept == []


def test_nothing_is_sent_that_was_not_taken_up(acknowledge, world, provider):
    letter = acknowledge()
    with world.system(MAILER) as by, pytest.raises(StepNotAllowed):
        actions.send_now(letter.key, by=by, at=AT)
    assert provider.kept == []


def test_only_who_may_send_sends(acknowledge, world):
    letter = acknowledge()
    with world.acting("contact_officer") as by:
        for act in (actions.take_up, actions.send_now):
            with pytest.raises(NotPermitted):
                act(letter.key, by=by, at=AT)
        with pytest.raises(NotPermitted):
            actions.sweep(by=by, at=AT)


def test_a_provider_that_is_down_a_whole_day_loses_nothing_and_gets_everything_once(
    acknowledge, send, provider, world, now
):
    letters = [acknowledge() for _ in range(5)]
    provider.fails = NotSent("down")
    at = AT
    while at < AT + timedelta(days=1):
        _sweep_and_send(letters, world, send, at)
        at += timedelta(minutes=7)
    assert {now(letter).state for letter in letters} == {State.TO_SEND}
    provider.fails = None
    for _ in range(3):
        at += timedelta(minutes=16)
        _sweep_and_send(letters, world, send, at)
    assert {now(letter).state for letter in letters} == {State.SENT}
    assert sorted(kept[0] for kept in provider.kept) == sorted(str(letter.key) for letter in letters)


def _sweep_and_send(letters, world, send, at):
    if _sweep(world, at):
        for letter in letters:
            send(letter, at)


def test_while_a_provider_rests_one_letter_asks_for_all(acknowledge, send, provider, now):
    first, second = acknowledge(), acknowledge()
    provider.fails = NotSent("down")
    send(first)
    provider.fails = None
    assert send(second, AT + timedelta(seconds=30)) == State.TO_SEND
    assert now(second).attempts == 0
    assert send(second, AT + 2 * MINUTE) == State.SENT


def test_tries_come_further_apart_and_never_end():
    waits = [rules.next_try(attempts) for attempts in range(1, 300)]
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert set(waits[4:]) == {15 * MINUTE}


def test_a_lost_answer_does_not_send_twice(acknowledge, send, provider):
    letter = acknowledge()
    provider.loses_answers = Unknown("timeout")
    assert send(letter) == State.TO_SEND
    provider.loses_answers = None
    assert send(letter, AT + 2 * MINUTE) == State.SENT
    assert len(provider.kept) == 1
    assert provider.asked == [str(letter.key)]


def test_a_worker_that_died_after_sending_leaves_a_mark_and_the_next_one_looks_first(
    acknowledge, send, provider, world, now
):
    letter = acknowledge()
    with world.system(MAILER) as by:
        actions.take_up(letter.key, by=by, at=AT)
    provider.loses_answers = SystemExit()
    with pytest.raises(SystemExit), world.system(MAILER) as by:
        actions.send_now(letter.key, by=by, at=AT)
    provider.loses_answers = None
    assert now(letter).state == State.SENDING
    assert send(letter, AT + MINUTE) == State.SENDING
    assert _sweep(world, AT + 3 * MINUTE) == 1
    assert send(letter, AT + 3 * MINUTE) == State.SENT
    assert len(provider.kept) == 1


def test_a_backend_that_cannot_be_asked_never_sends_twice_and_leaves_a_task(acknowledge, send, settings, world, now):
    provider = use(settings, Silent)
    letter = acknowledge()
    provider.loses_answers = TimeoutError()
    assert send(letter) == State.FAILED
    assert now(letter).failure == "unknown"
    assert len(provider.kept) == 1
    with world.acting("social_worker") as by:
        assert [task.letter.key for task in queries.tasks(by=by, at=AT)] == [letter.key]


def test_a_backend_that_cannot_be_asked_is_tried_again_when_it_certainly_sent_nothing(acknowledge, send, settings):
    provider = use(settings, Silent)
    letter = acknowledge()
    provider.fails = ConnectionRefusedError()
    assert send(letter) == State.TO_SEND
    provider.fails = None
    assert send(letter, AT + 2 * MINUTE) == State.SENT


@pytest.mark.parametrize("failure", [Refused("400"), smtplib.SMTPRecipientsRefused({})])
def test_an_address_that_is_refused_becomes_a_task_at_once(acknowledge, send, provider, failure):
    provider.fails = failure
    letter = acknowledge()
    assert send(letter) == State.FAILED
    assert letter.failure == "refused"
    provider.fails = None
    assert send(letter, AT + timedelta(hours=1)) == State.FAILED


def test_a_refused_address_does_not_stop_the_others(acknowledge, send, provider):
    refused, other = acknowledge(), acknowledge()
    provider.fails = Refused("400")
    send(refused)
    provider.fails = None
    assert send(other) == State.SENT


def test_where_there_are_no_text_messages_a_text_becomes_a_task(acknowledge, send, settings):
    use(settings, Silent)
    assert send(acknowledge(route=Route.TEXT)) == State.FAILED


def test_a_provider_that_does_not_answer_is_seen_by_the_team(acknowledge, send, provider, world):
    letter = acknowledge()
    provider.fails = NotSent("down")
    at = AT
    with world.acting("social_worker") as by:
        assert queries.tasks(by=by, at=at) == []
    for _ in range(rules.STUCK_AFTER):
        send(letter, at)
        at += timedelta(minutes=5)
    with world.acting("social_worker") as by:
        (task,) = queries.tasks(by=by, at=at)
    assert task.what.startswith("Not sent yet")


def test_what_is_overdue_is_a_task(acknowledge, world):
    letter = acknowledge()
    with world.acting("social_worker") as by:
        (task,) = queries.tasks(by=by, at=letter.due_at + MINUTE)
    assert task.letter.key == letter.key


def test_the_job_does_both_halves(acknowledge, provider, django_capture_on_commit_callbacks, world, now):
    from procrastinate.contrib.django import app

    letter = acknowledge()
    with django_capture_on_commit_callbacks(execute=True):
        app.tasks["letters.send"].func(authority=874, letter=str(letter.key))
    assert now(letter).state == State.SENT
    assert len(provider.kept) == 1


def test_the_backends_of_the_house_can_be_asked():
    from frontdoor.letters.jobs import FileBackend, NotifyBackend

    for backend in (FileBackend, NotifyBackend, Asked):
        assert callable(getattr(backend, "find", None))
        assert callable(getattr(backend, "send_text", None))
