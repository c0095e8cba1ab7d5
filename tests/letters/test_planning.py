"""Planning what is told: by which route, in whose words, held back or not, with its clock."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from frontdoor.actors.rules import MAILER, PUBLIC_INTAKE, SEEDER, InvalidInput, NotFound, NotPermitted
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock
from frontdoor.letters import actions, queries, rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Facts, Found, Recipient, Route, State
from frontdoor.trail.models import Entry
from tests.letters.conftest import AT, KIND, RECEIVED, REFERENCE

END_OF_WEDNESDAY = datetime(2026, 3, 25, 23, 59, 59, tzinfo=UTC)


def _jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def _found(letter):
    return [Found(mark.partition(":")[0]) for mark in letter.findings]


def test_an_acknowledgement_is_due_within_one_working_day_of_receipt_and_left_to_a_job(acknowledge, world):
    letter = acknowledge()
    assert (letter.state, letter.route, letter.kind) == (State.TO_SEND, Route.EMAIL, "acknowledgement")
    assert letter.due_at == END_OF_WEDNESDAY
    assert _jobs() == ["letters.send"]
    with world.system(MAILER):
        clock = Clock.objects.get(subject_key=str(letter.key))
    assert (clock.kind, clock.started_at, clock.label) == ("letters.acknowledge", RECEIVED, REFERENCE)


def test_nothing_of_the_person_told_is_kept(acknowledge, compartment):
    letter = acknowledge(names=("Noah Hallam",))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('frontdoor.authority', '874', true)")
        cursor.execute("SELECT row_to_json(l)::text FROM letters_letter l WHERE key = %s", [letter.key])
        (row,) = cursor.fetchone()
    for secret in ("Petra", "lindqvist@", "07700", "School Lane", "Noah"):
        assert secret not in row


def test_the_trail_tells_of_it_without_a_name(acknowledge, world):
    letter = acknowledge(notes=("Never ring Petra",))
    with world.system(SEEDER):
        entry = Entry.objects.get(subject_key=str(letter.key))
    assert entry.action == "letters.plan"
    assert entry.detail == {"kind": "acknowledgement", "route": "email", "state": "held", "found": ["safe_note"]}


def test_the_clock_that_started_with_the_submission_goes_on(acknowledge, world, compartment):
    submission = uuid4()
    with world.system(PUBLIC_INTAKE) as by:
        clocks.start(rules.ACKNOWLEDGE, subject=("tests.submission", submission), by=by, at=RECEIVED)
        letter = actions.plan_acknowledgement(
            (KIND, uuid4()), recipient=compartment.add(), facts=Facts(REFERENCE, RECEIVED), team_id=1,
            clock=("tests.submission", submission), by=by, at=AT,
        )  # fmt: skip
        assert Clock.objects.filter(kind="letters.acknowledge").count() == 1
    assert letter.due_at == END_OF_WEDNESDAY


def test_planning_twice_makes_one(acknowledge, compartment):
    subject, recipient = uuid4(), compartment.add()
    first = acknowledge(subject=subject, recipient=recipient)
    again = acknowledge(subject=subject, recipient=recipient)
    assert again.key == first.key
    assert _jobs() == ["letters.send"]


def test_who_is_told_is_asked_once_and_not_at_all_by_whoever_has_just_written_it(acknowledge, compartment, world):
    acknowledge()
    assert len(compartment.opened) == 1
    with world.system(PUBLIC_INTAKE) as by:
        letter = actions.plan_acknowledgement(
            (KIND, uuid4()), recipient=uuid4(), facts=Facts(REFERENCE, RECEIVED), team_id=1,
            written=Recipient(kind="professional", identity="given", route=Route.PHONE, name="Petra", phone="01632 1"),
            clock=("tests.submission", uuid4()), due_at=END_OF_WEDNESDAY, by=by, at=AT,
        )  # fmt: skip
        assert not Clock.objects.filter(subject_kind="tests.submission").exists(), "the caller's runs already"
    assert len(compartment.opened) == 1
    assert (letter.route, letter.due_at) == (Route.PHONE, END_OF_WEDNESDAY)


def test_each_decision_is_told_once(tell_outcome, compartment):
    subject, recipient = uuid4(), compartment.add()
    first = tell_outcome(subject=subject, recipient=recipient, occasion="one")
    other = tell_outcome(subject=subject, recipient=recipient, occasion="two")
    assert first.key != other.key
    assert tell_outcome(subject=subject, recipient=recipient, occasion="one").key == first.key


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"route": Route.VIA_NAMED_PERSON}, [Found.VIA_NAMED_PERSON]),
        ({"notes": ("Never leave a voicemail",)}, [Found.SAFE_NOTE]),
        ({"route": Route.LETTER, "kind": "public", "identity": "withheld"}, [Found.WITHHELD_LETTER]),
        ({"email": "not an address"}, [Found.NO_WAY]),
        ({"unsafe": ("petra.lindqvist@example.org",)}, [Found.UNSAFE_ADDRESS]),
    ],
)
def test_what_the_guard_finds_is_held_back_and_no_job_is_left(acknowledge, said, found):
    letter = acknowledge(**said)
    assert letter.state == State.HELD
    assert _found(letter) == found
    assert _jobs() == []
    assert letter.due_at == END_OF_WEDNESDAY


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"route": Route.NONE_POSSIBLE}, Found.NONE_POSSIBLE),
        ({"kind": "public", "identity": "not_given", "route": Route.NONE_POSSIBLE, "email": ""}, Found.NO_NAME),
        ({"kind": "anonymous", "identity": "withheld", "route": Route.NONE_POSSIBLE}, Found.NO_NAME),
    ],
)
def test_who_cannot_be_told_leaves_a_task_with_the_reason_and_no_clock(acknowledge, world, said, found):
    letter = acknowledge(**said)
    assert (letter.state, _found(letter)) == (State.NOT_POSSIBLE, [found])
    assert _jobs() == []
    with world.acting("contact_officer") as by:
        assert [task.letter.key for task in queries.tasks(by=by, at=AT)] == [letter.key]
        assert not Clock.objects.filter(subject_key=str(letter.key)).exists()


def test_a_clock_that_runs_for_somebody_who_cannot_be_told_is_stopped(world, compartment):
    with world.system(PUBLIC_INTAKE) as by:
        clocks.start(rules.ACKNOWLEDGE, subject=("tests.submission", "1"), by=by, at=RECEIVED)
        actions.plan_acknowledgement(
            (KIND, uuid4()), recipient=compartment.add(route=Route.NONE_POSSIBLE), team_id=1,
            facts=Facts(REFERENCE, RECEIVED), clock=("tests.submission", "1"), by=by, at=AT,
        )  # fmt: skip
        assert Clock.objects.get(kind="letters.acknowledge").ended == "not_needed"


def test_a_call_is_a_task_and_not_a_job(acknowledge, world):
    letter = acknowledge(route=Route.PHONE, notes=("Ring after ten",))
    assert letter.state == State.TO_SEND
    assert _found(letter) == [Found.SAFE_NOTE]
    assert _jobs() == []
    with world.acting("contact_officer") as by:
        (task,) = queries.tasks(by=by, at=AT)
    assert task.what == "Ring, and record what was said"
    assert "safe-contact note" in task.letter.why[0]


@pytest.mark.parametrize("kind", ["public", "family", "child"])
def test_of_a_decision_nothing_is_kept_that_the_person_may_not_know(tell_outcome, kind):
    letter = tell_outcome(kind=kind, route=Route.EMAIL)
    assert letter.facts["told"] == []
    assert letter.kind == {"child": "outcome_child"}.get(kind, "outcome_public")


def test_a_professional_is_told_each_childs_outcome(tell_outcome, world):
    letter = tell_outcome(route=Route.LETTER)
    with world.acting("social_worker") as by:
        words = queries.open_letter(letter.key, by=by, at=AT).words
    assert "Noah Hallam" in words.plain
    assert "School and mother agree." in words.plain


def test_what_the_police_hear_waits_for_a_look_at_what_was_agreed(tell_outcome):
    letter = tell_outcome(source="6")
    assert (letter.state, _found(letter)) == (State.HELD, [Found.AS_AGREED])


def test_an_outcome_has_a_clock_from_the_decision(tell_outcome, world):
    letter = tell_outcome()
    assert letter.due_at == END_OF_WEDNESDAY
    with world.system(MAILER):
        clock = Clock.objects.get(subject_key=str(letter.key))
    assert (clock.kind, clock.started_at) == ("letters.outcome", AT)


def test_a_call_back_is_promised_by_a_time(world, compartment):
    with world.system(PUBLIC_INTAKE) as by:
        letter = actions.plan_call_back(
            (KIND, uuid4()), recipient=compartment.add(route=Route.TEXT), team_id=1,
            facts=Facts(REFERENCE, RECEIVED, ring_by=AT), by=by, at=RECEIVED,
        )  # fmt: skip
    assert (letter.state, letter.due_at, letter.clock_kind) == (State.TO_SEND, AT, "")


def test_a_decision_without_a_time_and_a_promise_without_one_are_refused(world, compartment):
    facts, somebody = Facts(REFERENCE, RECEIVED), compartment.add()
    with world.acting("team_manager") as by:
        for plan in (actions.plan_outcome, actions.plan_call_back):
            with pytest.raises(InvalidInput):
                plan((KIND, uuid4()), recipient=somebody, facts=facts, team_id=1, by=by, at=AT)


def test_who_may_take_a_report_in_may_promise_to_say_so_and_no_more(world, compartment):
    facts = Facts(REFERENCE, RECEIVED, decided_at=AT)
    with world.acting("contact_officer") as by:
        actions.plan_acknowledgement((KIND, uuid4()), recipient=compartment.add(), facts=facts, team_id=1, by=by, at=AT)
        with pytest.raises(NotPermitted):
            actions.plan_outcome((KIND, uuid4()), recipient=compartment.add(), facts=facts, team_id=1, by=by, at=AT)


def test_nobody_can_be_told_who_is_not_in_the_compartment(acknowledge):
    with pytest.raises(NotFound):
        acknowledge(recipient=uuid4())


def test_another_councils_letters_do_not_exist(acknowledge, world):
    letter = acknowledge()
    with world.acting("team_manager", council=873) as by:
        assert queries.tasks(by=by, at=AT) == []
        assert not Letter.objects.filter(key=letter.key).exists()
        with pytest.raises(NotFound):
            actions.cancel(letter.key, seen=1, why="Mistake", by=by, at=AT)
