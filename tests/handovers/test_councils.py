"""Between two councils: two rows, what is passed and nothing else, and an answer that travels back."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from frontdoor.actors.rules import COURIER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clock_queries
from frontdoor.handovers import actions, queries, rules
from frontdoor.handovers.models import Copy, Handover, Notice, Turn
from frontdoor.handovers.rules import State, telling
from frontdoor.trail.models import Entry
from tests.handovers.conftest import AT, later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

RECEIVED = AT - timedelta(hours=3)
REPORT = {"form": "contacts.report", "schema": 1, "report": {"story": "A boy at the bus stop."}}
Pass = Callable[..., Handover]
Run = Callable[[], list[str]]


@pytest.fixture
def passed(world: World) -> Pass:
    """Passes what came to Peterborough's door on to Cambridgeshire, as Peterborough's own social worker."""

    def send(**said: Any) -> Handover:
        values = {
            "council": CAMBRIDGESHIRE, "summary": "Lives in Fenland", "why": "Wrong door.", "received_at": RECEIVED,
            "payload": REPORT, "about": ("tests.report", uuid.uuid4()), "at": AT,
        } | said  # fmt: skip
        about = values.pop("about")
        with world.acting("social_worker", of=PETERBOROUGH) as by:
            return actions.send_to_council(about, **values, by=by)

    return send


def _copies(world: World) -> list[Copy]:
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        return list(Copy.objects.order_by("leg"))


def _answer(world: World, copy: Copy, verdict: str, minutes: float = 30, **said: Any) -> Copy:
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        return actions.answer_council(
            copy.key, seen=said.pop("seen", 1), verdict=verdict, **said, by=by, at=later(minutes)
        )


def _slip(world: World, slip: Handover) -> Handover:
    with world.acting("social_worker", of=PETERBOROUGH):
        return Handover.objects.get(key=slip.key)


@contextmanager
def _refused(words: str) -> Iterator[None]:
    """The database itself refuses what is done inside, and the transaction goes on."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


TALK = rules.Conversation("Harriet Sedge", later(20))


def test_what_came_to_the_wrong_door_goes_on_with_its_first_receipt(world: World, passed: Pass) -> None:
    slip = passed()
    (copy,) = _copies(world)
    assert (copy.received_at, copy.sent_at, copy.due_at) == (RECEIVED, AT, slip.due_at)
    assert (copy.payload, copy.summary, copy.from_authority_id) == (REPORT, "Lives in Fenland", PETERBOROUGH)
    assert slip.received_at == RECEIVED


def test_the_copy_holds_only_what_is_passed(world: World, passed: Pass) -> None:
    slip = passed()
    (copy,) = _copies(world)
    mine = {slip.subject_key, slip.from_team_id, slip.from_user, slip.pk}
    assert mine.isdisjoint(
        {getattr(copy, field.attname) for field in Copy._meta.concrete_fields if field.name != "payload"}
    )


def test_it_stands_in_the_receivers_inbox_before_any_job_has_run(world: World, passed: Pass) -> None:
    passed(rating="red")
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        (row,) = queries.inbox(by=by, at=later(1))
        assert (row.copy, row.giver, row.urgent, row.received_at) == (True, "Peterborough", True, RECEIVED)
    with world.acting("early_help_officer", council=CAMBRIDGESHIRE) as by:
        assert queries.inbox(by=by, at=later(1)) == []


def test_the_receivers_own_clock_counts_from_the_sending(world: World, passed: Pass, run_jobs: Run) -> None:
    passed()
    assert run_jobs() == ["handovers.arrived"]
    (copy,) = _copies(world)
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        actions.receive(copy.key, by=by, at=later(9))
        (clock,) = clock_queries.for_subject(("handovers.copy", copy.key), by=by, at=later(9))
    assert (clock.started_at, clock.team_id) == (AT, world.team("contact_centre", council=CAMBRIDGESHIRE).pk)


def test_the_room_that_works_with_it_is_told_in_the_receiving_council(
    world: World, passed: Pass, left_jobs: Callable[[], Any], run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_LISTENERS", {})
    rules.listen("tests.report", rules.Event.ARRIVED, "handovers.recalled")
    passed()
    (copy,) = _copies(world)
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        actions.receive(copy.key, by=by, at=later())
        assert queries.copy(copy.key, by=by).payload == REPORT
    assert left_jobs()[-1] == ("handovers.recalled", {"authority": CAMBRIDGESHIRE, "copy": str(copy.key)})


def test_the_acceptance_travels_back_and_closes_the_slip_as_of_when_it_was_said(
    world: World, passed: Pass, run_jobs: Run
) -> None:
    slip = passed()
    run_jobs()
    (copy,) = _copies(world)
    answered = _answer(world, copy, "accepted")
    assert answered.state == State.ACCEPTED
    assert _slip(world, slip).settled_at is None
    assert run_jobs() == ["handovers.answered"]
    closed = _slip(world, slip)
    assert (closed.state, closed.settled_at, closed.answered_by) == (State.ACCEPTED, later(30), None)
    assert closed.answered_name.startswith(world.user("social_worker").name)
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        (clock,) = clock_queries.for_subject(("handovers.handover", slip.key), by=by, at=later(31))
        assert clock.stopped_at == later(30)


def test_the_answer_is_brought_once_however_often_its_job_runs(world: World, passed: Pass, run_jobs: Run) -> None:
    slip = passed()
    (copy,) = _copies(world)
    _answer(world, copy, "accepted")
    run_jobs()
    with world.system(COURIER, council=PETERBOROUGH) as by:
        notice = Notice.objects.get()
        actions.close_slip(notice.key, by=by, at=later(60))
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        kinds = [line.kind for line in queries.open_handover(slip.key, by=by, at=later(61)).history]
    assert kinds == [rules.Turn.SENT, rules.Turn.ACCEPTED]


def test_a_refusal_by_the_other_council_needs_a_talk_and_the_second_goes_to_our_head_of_service(
    world: World, passed: Pass, run_jobs: Run
) -> None:
    slip = passed()
    (copy,) = _copies(world)
    with pytest.raises(InvalidInput):
        _answer(world, copy, "refused", text="Lives in Peterborough.")
    with pytest.raises(InvalidInput):
        _answer(world, copy, "refused", talk=TALK)
    _answer(world, copy, "refused", text="Lives in Peterborough.", talk=TALK)
    run_jobs()
    assert _slip(world, slip).state == State.REFUSED
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        actions.send_again(slip.key, seen=2, changed="Moved to Wisbech.", by=by, at=later(40))
    run_jobs()
    second = _copies(world)[1]
    assert (second.leg, second.why, second.received_at) == (2, "Wrong door.\n\nMoved to Wisbech.", RECEIVED)
    _answer(world, second, "refused", 60, text="No.", talk=rules.Conversation("Harriet Sedge", later(50)))
    run_jobs()
    assert _slip(world, slip).state == State.ESCALATED
    with world.acting("head_of_service", of=PETERBOROUGH) as by, pytest.raises(StepNotAllowed, match="another council"):
        actions.overrule(slip.key, seen=4, ruling="take", reason="Theirs.", by=by, at=later(70))


def test_urgent_work_is_not_refused_by_another_council_either(world: World, passed: Pass, run_jobs: Run) -> None:
    slip = passed(section47=True)
    (copy,) = _copies(world)
    with pytest.raises(StepNotAllowed, match="cannot be refused"):
        _answer(world, copy, "refused", text="No.", talk=TALK)
    _answer(world, copy, "corrected", text="No postcode.", wrong="missing")
    run_jobs()
    assert _slip(world, slip).state == State.CORRECTED
    with world.acting("social_worker", council=CAMBRIDGESHIRE), _refused("copy_refused_after_a_talk"):
        Copy.objects.update(state="refused", manager="A", talked_at=AT, answer="No.")


def test_a_withdrawal_reaches_the_other_council(world: World, passed: Pass, run_jobs: Run) -> None:
    slip = passed()
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        actions.withdraw(slip.key, seen=1, reason="It was our address after all.", by=by, at=later(10))
    run_jobs()
    (copy,) = _copies(world)
    assert (copy.state, copy.recalled_at) == (State.WITHDRAWN, later(10))
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        assert queries.inbox(by=by, at=later(11)) == []
        assert clock_queries.running(by=by, at=later(11)) == []
    with pytest.raises(StepNotAllowed) as refused:
        _answer(world, copy, "accepted", seen=2)
    assert refused.value.who.startswith(world.user("social_worker", council=PETERBOROUGH).name)


def test_an_acceptance_that_crosses_a_withdrawal_is_kept_and_both_sides_are_told(
    world: World, passed: Pass, run_jobs: Run
) -> None:
    slip = passed()
    (copy,) = _copies(world)
    _answer(world, copy, "accepted", 9)
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        actions.withdraw(slip.key, seen=1, reason="Ours.", by=by, at=later(10))
    run_jobs()
    assert _slip(world, slip).state == State.WITHDRAWN
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        history = queries.open_handover(slip.key, by=by, at=later(11)).history
        assert rules.Turn.CROSSED in {line.kind for line in history}
    (copy,) = _copies(world)
    assert (copy.state, copy.recalled_at) == (State.ACCEPTED, later(10))


def test_an_answer_to_an_earlier_sending_changes_nothing_unless_it_accepts(
    world: World, passed: Pass, run_jobs: Run
) -> None:
    slip = passed()
    (first,) = _copies(world)
    _answer(world, first, "corrected", 5, text="Which town?", wrong="missing")
    run_jobs()
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        actions.send_again(slip.key, seen=2, changed="March.", by=by, at=later(10))
    run_jobs()
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        actions.answer_council(first.key, seen=2, verdict="accepted", by=by, at=later(11))
    run_jobs()
    assert _slip(world, slip).state == State.ACCEPTED


def test_only_the_council_that_was_asked_can_answer(world: World, passed: Pass) -> None:
    slip = passed()
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        forged = Notice.objects.create(
            authority_id=PETERBOROUGH, from_authority_id=CAMBRIDGESHIRE, slip=uuid.uuid4(), leg=1, kind="accepted",
            said_by="Somebody", said_at=later(),
        )  # fmt: skip
    with world.system(COURIER, council=PETERBOROUGH) as by, pytest.raises(NotFound):
        actions.close_slip(forged.key, by=by, at=later())
    assert _slip(world, slip).state == State.SENT


def test_only_the_receiving_team_answers(world: World, passed: Pass) -> None:
    passed()
    (copy,) = _copies(world)
    for role in ("early_help_officer", "contact_officer"):
        with world.acting(role, council=CAMBRIDGESHIRE) as by, pytest.raises(NotPermitted):
            actions.answer_council(copy.key, seen=1, verdict="accepted", by=by, at=later())


def test_a_copy_is_opened_by_those_who_answer_and_read_by_the_job_that_takes_it_in(world: World, passed: Pass) -> None:
    passed()
    (copy,) = _copies(world)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by, pytest.raises(NotPermitted):
        queries.open_copy(copy.key, by=by, at=later())
    with world.acting("team_manager", council=CAMBRIDGESHIRE) as by:
        with pytest.raises(NotPermitted):
            queries.copy(copy.key, by=by)
        queries.open_copy(copy.key, by=by, at=later(), why="On duty")
        assert Entry.objects.get(action="handovers.open_copy", subject_key=str(copy.key)).why == "On duty"


def test_a_copy_for_a_restricted_inbox_is_seen_by_its_members_alone(world: World, passed: Pass) -> None:
    passed(function="lado")
    (copy,) = _copies(world)
    with world.acting("designated_officer", council=CAMBRIDGESHIRE) as by:
        assert queries.open_copy(copy.key, by=by, at=later()).receives
    for role in ("social_worker", "head_of_service"):
        with world.acting(role, council=CAMBRIDGESHIRE) as by:
            assert queries.inbox(by=by, at=later()) == []
            with pytest.raises(NotFound):
                queries.open_copy(copy.key, by=by, at=later())
            with pytest.raises(NotFound):
                actions.answer_council(copy.key, seen=1, verdict="accepted", by=by, at=later())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"council": PETERBOROUGH}, "council"),
        ({"council": 1}, "council"),
        ({"council": 925}, "outside"),
        ({"payload": {"story": "no form"}}, "payload"),
    ],
)
def test_the_other_council_is_named_and_what_is_passed_says_its_form(
    world: World, passed: Pass, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        passed(**said)
    assert set(refused.value.problems) == {field}


def test_a_council_that_does_not_work_here_answers_by_telephone_and_the_giver_writes_it_down(
    world: World, passed: Pass, left_jobs: Callable[[], Any]
) -> None:
    slip = passed(council=925, outside="Front door, Lincolnshire: M. Hale, duty manager")
    assert left_jobs() == []
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        (row,) = queries.given(by=by, at=later())
        assert row.receiver == "Lincolnshire, Front door, Lincolnshire: M. Hale, duty manager"
        with pytest.raises(InvalidInput):
            actions.answer_outside(slip.key, seen=1, verdict="accepted", who="M. Hale", text="", by=by, at=later())
        closed = actions.answer_outside(
            slip.key, seen=1, verdict="accepted", who="M. Hale", text="E-mail of 10:20.", by=by, at=later(25)
        )
        assert (closed.state, closed.answered_name) == (State.ACCEPTED, "M. Hale")


def test_a_council_outside_refuses_no_urgent_work_and_a_second_time_goes_to_our_head_of_service(
    world: World, passed: Pass
) -> None:
    red = passed(council=925, outside="Front door there", rating="red")
    slip = passed(council=925, outside="Front door there")
    refusal: dict[str, Any] = {"verdict": "refused", "who": "M. Hale", "text": "Not ours."}
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        with pytest.raises(StepNotAllowed, match="cannot be refused"):
            actions.answer_outside(red.key, seen=1, **refusal, talk=TALK, by=by, at=later(25))
        with pytest.raises(InvalidInput):
            actions.answer_outside(slip.key, seen=1, **refusal, by=by, at=later(25))
        actions.answer_outside(slip.key, seen=1, **refusal, talk=TALK, by=by, at=later(25))
        actions.send_again(slip.key, seen=2, changed="It is theirs.", by=by, at=later(30))
        talk = rules.Conversation("Harriet Sedge", later(35))
        again = actions.answer_outside(slip.key, seen=3, **refusal, talk=talk, by=by, at=later(40))
    assert again.state == State.ESCALATED


def test_nobody_answers_in_the_name_of_a_council_that_works_here(world: World, passed: Pass) -> None:
    slip = passed()
    with world.acting("social_worker", of=PETERBOROUGH) as by, pytest.raises(StepNotAllowed):
        actions.answer_outside(slip.key, seen=1, verdict="accepted", who="Me", text="I say so.", by=by, at=later())


# The wall, as the application's own role.


def test_the_receiver_never_sees_the_givers_slip(world: World, passed: Pass) -> None:
    slip = passed()
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        assert list(Handover.objects.all()) == []
        with pytest.raises(NotFound):
            queries.open_handover(slip.key, by=by, at=later())
        assert queries.for_subject("tests.report", slip.subject_key, by=by, at=later()) == []


def test_the_giver_inserts_the_copy_and_can_neither_read_nor_change_it(world: World, passed: Pass) -> None:
    passed()
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        assert list(Copy.objects.all()) == []
        assert Copy.objects.update(answer="Changed") == 0
        assert queries.inbox(by=by, at=later()) == []


def _columns(model: type[Copy | Notice], row: Copy | Notice, **other: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields} | other


@pytest.mark.parametrize("sender", [CAMBRIDGESHIRE, PETERBOROUGH])
def test_nobody_inserts_in_the_name_of_another_council(world: World, passed: Pass, sender: int) -> None:
    passed()
    (copy,) = _copies(world)
    other = PETERBOROUGH if sender == CAMBRIDGESHIRE else CAMBRIDGESHIRE
    forged = _columns(Copy, copy, id=uuid.uuid4(), from_authority_id=other, authority_id=sender, leg=7)
    with world.acting("head_of_service", council=sender), _refused("row-level security"):
        Copy.objects.create(**forged)


def test_the_receiver_answers_and_changes_nothing_of_what_was_passed(world: World, passed: Pass) -> None:
    passed()
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        for column, value in (("summary", "x"), ("payload", {}), ("received_at", AT), ("from_authority_id", 1)):
            with _refused("permission denied"):
                Copy.objects.update(**{column: value})
        with _refused("row-level security"):
            _execute("INSERT INTO handovers_copy SELECT * FROM handovers_copy")


@pytest.mark.parametrize("table", ["handovers_copy", "handovers_notice"])
def test_no_policy_between_councils_has_an_or_and_no_command_has_two(world: World, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cmd, coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies WHERE tablename = %s", [table]
        )
        policies = cursor.fetchall()
    assert sorted(command for command, _ in policies) == ["INSERT", "SELECT", "UPDATE"]
    assert not any(" OR " in words for _, words in policies)


def test_nothing_is_written_while_nobody_acts(world: World, passed: Pass) -> None:
    passed()
    with _refused("no actor is set"):
        Notice.objects.create(
            authority_id=CAMBRIDGESHIRE, from_authority_id=PETERBOROUGH, slip=uuid.uuid4(), leg=1, kind="accepted",
            said_by="Nobody", said_at=AT,
        )  # fmt: skip


def test_a_line_of_history_cannot_point_at_the_slip_of_another_council(world: World, passed: Pass) -> None:
    slip = passed()
    with world.acting("social_worker", council=CAMBRIDGESHIRE), _refused("row-level security"):
        Turn.objects.create(
            authority_id=CAMBRIDGESHIRE, handover_id=slip.pk, kind="chased", by_name="Somebody", at=later()
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'handovers_turn_handover_id_council'"
        )
        (key,) = cursor.fetchone()
    assert key.startswith("FOREIGN KEY (authority_id, handover_id) REFERENCES handovers_handover(authority_id, id)")


def test_history_is_written_once(world: World, passed: Pass) -> None:
    passed()
    with world.acting("social_worker", of=PETERBOROUGH), _refused("permission denied"):
        _execute("UPDATE handovers_turn SET text = ''")
