"""Clarifying: questions, attempts, answers, and screening again when none comes; calls that were asked for; advice."""

from datetime import timedelta

import pytest

from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack, Contact, Question
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.intake import CallBackGiven, Report
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child

HOUR = timedelta(hours=1)


def _ask(contact, *, by, at=NOON, **given):
    usual = {"asked_of": "The person who told us", "text": "What changed today?"}
    contact.refresh_from_db()
    return screening.ask(contact.key, seen=contact.version, by=by, at=at, **(usual | given))


def test_a_question_waits_and_stops_no_clock(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        running = Clock.objects.filter(subject_key=str(contact.submission_id), stopped_at=None, paused_at=None)
        before = {clock.kind: clock.due_at for clock in running}
        question = _ask(contact, by=by)
        contact.refresh_from_db()
        assert contact.state == "waiting"
        assert {clock.kind: clock.due_at for clock in running.all()} == before
        assert "contacts.decision" in before
        clock = Clock.objects.get(subject_key=str(question.key))
        assert (clock.owner_id, clock.due_at) == (by.user_id, question.answer_due_at)
        assert question.answer_due_at == NOON + 4 * HOUR


def test_an_answer_is_kept_in_parts_and_the_contact_is_screened_on(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
        question = _ask(contact, by=by)
    with world.acting("contact_officer") as by:
        screening.answer(
            question.key, seen=question.version, answer="She said it at lunch.", seen_or_heard="Heard it herself",
            changed_today="A new man in the house", by=by, at=NOON + HOUR,
        )  # fmt: skip
        contact.refresh_from_db()
        assert contact.state == "screening"
        (asked,) = queries.questions(contact.pk, by=by, at=NOON + HOUR)
        assert (asked.state, asked.seen_or_heard, asked.changed_today, asked.settled_by) == (
            "answered", "Heard it herself", "A new man in the house", by.label,
        )  # fmt: skip
        assert Clock.objects.get(subject_key=str(question.key)).outcome == "in_time"


def test_an_unanswered_question_is_screened_again_by_the_sweep_and_seen_before_it(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        question = _ask(contact, by=by)
    late = question.answer_due_at + timedelta(minutes=1)
    with world.system(CLOCK_SWEEP) as by:
        (asked,) = queries.questions(contact.pk, by=by, at=late)
        assert asked.overdue
        assert screening.screen_unanswered_again(by=by, at=question.answer_due_at) == 0
        assert screening.screen_unanswered_again(by=by, at=late) == 1
        assert screening.screen_unanswered_again(by=by, at=late) == 0
        contact.refresh_from_db()
        question.refresh_from_db()
        assert (contact.state, question.state, contact.closed_at) == ("received", "unanswered", None)
        assert Clock.objects.get(subject_key=str(question.key)).stopped_at == late
        assert Entry.objects.filter(action="contacts.screen_again").get().actor == "system:clock-sweep"


def test_an_answer_that_comes_after_all_is_kept(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        question = _ask(contact, by=by)
        screening.screen_again(question.key, by=by, at=NOON + HOUR)
        with pytest.raises(StepNotAllowed):
            screening.screen_again(question.key, by=by, at=NOON + HOUR)
        question.refresh_from_db()
        screening.answer(
            question.key, seen=question.version, answer="Sorry, I was teaching.", by=by, at=NOON + 2 * HOUR
        )
        assert Question.objects.get().state == "answered"
        question.refresh_from_db()
        with pytest.raises(StepNotAllowed):
            screening.answer(question.key, seen=question.version, answer="Again.", by=by, at=NOON + 2 * HOUR)


def test_one_open_question_keeps_the_contact_waiting(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        first, _ = _ask(contact, by=by), _ask(contact, by=by)
        screening.answer(first.key, seen=first.version, answer="Yes.", by=by, at=NOON)
        contact.refresh_from_db()
        assert contact.state == "waiting"


def test_each_attempt_is_logged_with_who_and_what_came_of_it(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        question = _ask(contact, by=by)
        for minutes, outcome in enumerate(("no_answer", "voicemail", "spoke")):
            screening.attempt(
                contact.key, whom="The school", outcome=outcome, question=question.key, by=by,
                at=NOON + timedelta(minutes=minutes),
            )  # fmt: skip
        (asked,) = queries.questions(contact.pk, by=by, at=NOON)
        assert [tried.outcome for tried in asked.tries] == [
            "No answer", "Voicemail: no message left", "Spoke to them",
        ]  # fmt: skip
        assert queries.tries(contact.pk, by=by) == []


def test_an_attempt_about_a_question_of_another_contact_is_not_there(world):
    with world.acting("social_worker") as by:
        contact, other = arrive(by=by), arrive(by=by)
        question = _ask(other, by=by)
        with pytest.raises(NotFound):
            screening.attempt(contact.key, whom="Somebody", outcome="spoke", question=question.key, by=by, at=NOON)


@pytest.mark.parametrize(
    ("given", "field"), [({"asked_of": ""}, "asked_of"), ({"text": " "}, "text"), ({"text": "x" * 20_001}, "text")]
)
def test_a_question_without_words_is_refused_at_its_field(world, given, field):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(InvalidInput) as refused:
            _ask(contact, by=by, **given)
        assert set(refused.value.problems) == {field}
        assert not Clock.objects.filter(kind="contacts.question").exists()


def test_a_contact_officer_asks_no_question_of_their_own_and_a_stale_page_changes_nothing(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        _ask(contact, by=by)
        with pytest.raises(Conflict):
            screening.ask(contact.key, seen=1, asked_of="X", text="Y", by=by, at=NOON)
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        _ask(contact, by=by)


def test_a_call_that_was_asked_for_has_a_clock_a_list_and_every_try(world):
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, call_back=CallBackGiven(phone="01632 960123", name="A. Teacher", when="after four"))
        wish = CallBack.objects.get()
        with pytest.raises(NotPermitted):
            screening.called_back(wish.pk, outcome="Spoke", by=by, at=NOON)
    with world.acting("social_worker") as by:
        screening.try_call_back(wish.pk, outcome="no_answer", by=by, at=NOON + timedelta(minutes=10))
        (listed,) = queries.call_backs(by=by, at=NOON + timedelta(minutes=20))
        assert (listed.phone, listed.when, listed.receipt) == ("01632 960123", "after four", contact.receipt)
        assert listed.due_at == NOON + HOUR
        assert [tried.outcome for tried in listed.tries] == ["No answer"]
        screening.called_back(
            wish.pk, outcome="Talked it through; referral made.", by=by, at=NOON + timedelta(minutes=30)
        )
        assert queries.call_backs(by=by, at=NOON + HOUR) == []
        assert Clock.objects.get(kind="contacts.call_back").outcome == "in_time"
        for again in (screening.called_back, screening.try_call_back):
            with pytest.raises(StepNotAllowed):
                again(wish.pk, outcome="spoke", by=by, at=NOON + HOUR)


def test_a_call_that_the_public_asked_for_runs_on_a_clock_from_that_moment(world):
    from frontdoor.portal.actions import ask_for_call_back

    with world.system(PUBLIC) as by:
        ask_for_call_back(CallBackGiven(phone="01632 960125"), by=by, at=NOON)
    with world.acting("social_worker") as by:
        (listed,) = queries.call_backs(by=by, at=NOON)
        assert (listed.phone, listed.due_at) == ("01632 960125", NOON + HOUR)


def test_a_call_without_a_contact_keeps_its_tries_too(world):
    with world.acting("social_worker") as by:
        wish = CallBack.objects.create(authority_id=874, phone="01632 960124", asked_at=NOON)
        screening.try_call_back(wish.pk, outcome="voicemail", note="Neutral voice only", by=by, at=NOON)
        (listed,) = queries.call_backs(by=by, at=NOON)
        assert (listed.contact, listed.tries[0].note) == (None, "Neutral voice only")


def test_who_asked_for_a_call_is_shown_to_those_alone_who_may_see_who_told_us(world):
    with world.acting("early_help_officer") as by:
        for listed in (queries.call_backs, queries.consultations):
            with pytest.raises(NotPermitted):
                listed(by=by, at=NOON)


def test_advice_is_a_record_with_its_own_clock(world):
    with world.acting("contact_officer") as by:
        asked = screening.consult(named=False, question="A pupil has bruises; what do I do?", by=by, at=NOON)
        clock = Clock.objects.filter(subject_key=str(asked.key), kind="contacts.consultation")
        assert clock.get().due_at == NOON + 4 * HOUR
        with pytest.raises(NotPermitted):
            screening.advise(asked.key, seen=1, advice="Refer.", referral_advised=True, by=by, at=NOON)
    with world.acting("social_worker") as by:
        with pytest.raises(InvalidInput) as refused:
            screening.advise(asked.key, seen=1, advice="", referral_advised=None, by=by, at=NOON)
        assert set(refused.value.problems) == {"advice", "referral_advised"}
        screening.advise(asked.key, seen=1, advice="Refer now.", referral_advised=True, by=by, at=NOON + HOUR)
        assert queries.consultations(by=by, at=NOON) == []
        (done,) = queries.consultations(by=by, at=NOON, done=True)
        assert (done.advised_by, done.referral_advised, done.named) == (by.label, True, False)
        assert clock.get().outcome == "in_time"
        with pytest.raises(StepNotAllowed):
            screening.advise(asked.key, seen=2, advice="Again.", referral_advised=False, by=by, at=NOON)


def test_named_advice_says_who_asks(world):
    with world.acting("contact_officer") as by, pytest.raises(InvalidInput):
        screening.consult(named=True, question="What do I do?", by=by, at=NOON)


def test_advice_that_describes_a_risk_becomes_a_contact_whose_journey_began_when_it_was_asked(world):
    with world.acting("social_worker") as by:
        asked = screening.consult(named=False, question="A pupil has bruises.", by=by, at=NOON)
        report = Report(story="A pupil has bruises.", people=(child(),))
        given, contact = screening.convert(asked.key, seen=1, report=report, by=by, at=NOON + 2 * HOUR)
        assert contact.receipt == given.number
        assert (contact.received_at, contact.entered_at) == (NOON, NOON + 2 * HOUR)
        assert Clock.objects.get(subject_key=str(contact.submission_id), kind="contacts.decision").started_at == NOON
        assert queries.open_consultation(asked.key, by=by, at=NOON).contact == contact.key
        with pytest.raises(StepNotAllowed):
            screening.convert(asked.key, seen=2, report=report, by=by, at=NOON + 2 * HOUR)
        assert Contact.objects.count() == 1
