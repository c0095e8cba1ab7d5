"""Within a council: the slip is the giver's until the receiver accepts."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import (
    CLOCK_SWEEP,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepNotAllowed,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.handovers import actions, queries, rules
from frontdoor.handovers.actions.slips import KIND as SLIP
from frontdoor.handovers.models import Handover, Turn
from frontdoor.handovers.rules import State
from frontdoor.trail.models import Entry
from tests.handovers.conftest import AT, KIND, later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
Talk = Callable[..., rules.Conversation]
RECEIVER = {"role": "assessment_worker", "of": PETERBOROUGH}


def _keys(rows: list[Any]) -> list[uuid.UUID | None]:
    return [row.key for row in rows]


def test_what_is_sent_stands_on_the_givers_list_and_in_the_receivers_inbox(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("social_worker") as by:
        assert _keys(queries.given(by=by, at=later(), mine=True)) == [slip.key]
    with world.acting("social_worker", second=True) as by:
        (row,) = queries.given(by=by, at=later())
        assert (row.key, row.mine, row.by_name) == (slip.key, False, world.user("social_worker").name)
        assert queries.given(by=by, at=later(), mine=True) == []
    with world.acting(**RECEIVER) as by:
        (waiting,) = queries.inbox(by=by, at=later())
        assert (waiting.key, waiting.copy, waiting.summary) == (slip.key, False, "Assessment: 874-W-000042")
    with world.acting("early_help_officer") as by:
        assert queries.inbox(by=by, at=later()) == []


def test_it_stays_the_givers_until_somebody_accepts_and_no_longer(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.accept(slip.key, seen=1, by=by, at=later(20))
        assert queries.inbox(by=by, at=later(21)) == []
        (mine,) = queries.accepted(by=by, at=later(21))
        assert (mine.key, mine.accepted_by, mine.accepted_at) == (
            slip.key,
            world.user("assessment_worker", council=PETERBOROUGH).name,
            later(20),
        )
    with world.acting("social_worker") as by:
        assert queries.given(by=by, at=later(21)) == []
        (row,) = queries.for_subject(KIND, slip.subject_key, by=by, at=later(21))
        assert row.state is State.ACCEPTED


def test_red_work_has_minutes_and_other_work_hours_to_be_accepted(world: World, sent: Send) -> None:
    assert sent().due_at == AT + timedelta(hours=24)
    assert sent(rating="red").due_at == AT + timedelta(minutes=30)
    assert sent(section47=True).due_at == AT + timedelta(minutes=30)


def test_the_clock_runs_from_the_first_sending_until_it_is_accepted(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.refuse(slip.key, seen=1, reason="Known to early help.", talk=talk(), by=by, at=later())
    with world.acting("social_worker") as by:
        again = actions.send_again(slip.key, seen=2, changed="Early help has closed.", by=by, at=later(60))
        assert again.due_at == slip.due_at
        (clock,) = clock_queries.for_subject((SLIP, slip.key), by=by, at=later(60))
        assert (clock.started_at, clock.stopped_at) == (AT, None)
    with world.acting(**RECEIVER) as by:
        actions.accept(slip.key, seen=3, by=by, at=later(90))
        (clock,) = clock_queries.for_subject((SLIP, slip.key), by=by, at=later(90))
        assert (clock.stopped_at, clock.outcome) == (later(90), "in_time")


def test_the_clock_goes_with_the_work_from_team_to_team(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    giver, receiver = slip.from_team_id, world.team("assessment").pk

    def team(by: Any) -> int | None:
        (clock,) = clock_queries.for_subject((SLIP, slip.key), by=by, at=later())
        return clock.team_id

    with world.acting(**RECEIVER) as by:
        assert team(by) == receiver
        actions.correct(slip.key, seen=1, wrong="details", text="Which brother?", by=by, at=later())
        assert team(by) == giver
    with world.acting("social_worker") as by:
        actions.send_again(slip.key, seen=2, changed="The elder.", by=by, at=later(6))
        assert team(by) == receiver


def test_work_that_becomes_urgent_on_its_way_gets_the_shorter_clock(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.correct(slip.key, seen=1, wrong="missing", text="Is the child at home?", by=by, at=later())
    with world.acting("social_worker") as by:
        again = actions.send_again(slip.key, seen=2, changed="At home, and hurt.", rating="red", by=by, at=later(10))
        assert (again.urgent, again.due_at) == (True, later(40))
        ran = {clock.kind.name: clock.ended for clock in clock_queries.for_subject((SLIP, slip.key), by=by, at=later())}
        assert ran == {"handovers.accept": "replaced", "handovers.accept_urgent": ""}


def test_a_refusal_keeps_the_reason_the_manager_and_the_time_of_the_talk(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        refused = actions.refuse(slip.key, seen=1, reason=" Below threshold. ", talk=talk(3), by=by, at=later())
        assert (refused.state, refused.refusals, refused.settled_at) == (State.REFUSED, 1, None)
        turn = Turn.objects.get(handover=slip, kind="refused")
        assert (turn.text, turn.manager, turn.talked_at) == (
            "Below threshold.",
            world.user("team_manager").name,
            later(3),
        )
    with world.acting("social_worker") as by:
        (row,) = queries.given(by=by, at=later())
        assert row.state is State.REFUSED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"manager": "social_worker"}, "manager"),
        ({"manager": "nobody"}, "manager"),
        ({"minutes": -60}, "talked_at"),
        ({"minutes": 60}, "talked_at"),
    ],
)
def test_nothing_is_refused_without_a_reason_and_a_talk_with_a_manager(
    world: World, sent: Send, talk: Talk, said: dict[str, Any], field: str
) -> None:
    slip = sent()
    manager = said.get("manager", "team_manager")
    manager_id = 0 if manager == "nobody" else world.user(manager).pk
    spoken = rules.Conversation("Anybody at all", later(said.get("minutes", 2)), manager_id)
    with world.acting(**RECEIVER) as by, pytest.raises(InvalidInput) as refused:
        actions.refuse(slip.key, seen=1, reason=said.get("reason", "Full."), talk=spoken, by=by, at=later())
    assert set(refused.value.problems) == {field}


def test_nobody_is_their_own_manager_of_a_refusal(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    manager = world.user("assessment_manager", council=PETERBOROUGH)
    with world.acting("assessment_manager", of=PETERBOROUGH) as by, pytest.raises(InvalidInput):
        actions.refuse(slip.key, seen=1, reason="Full.", talk=talk(manager_id=manager.pk), by=by, at=later())


def test_somebody_who_no_longer_reaches_the_council_is_no_manager_to_have_talked_with(
    world: World, sent: Send, talk: Talk
) -> None:
    slip, spoken = sent(), talk()
    world.agree_until(later().date() - timedelta(days=1))
    with world.acting(**RECEIVER) as by, pytest.raises(InvalidInput):
        actions.refuse(slip.key, seen=1, reason="Full.", talk=spoken, by=by, at=later())


@pytest.fixture
def refused_twice(world: World, sent: Send, talk: Talk) -> Handover:
    slip = sent()
    for round_ in (0, 1):
        with world.acting(**RECEIVER) as by:
            actions.refuse(
                slip.key,
                seen=1 + 2 * round_,
                reason="No.",
                talk=talk(2 + 20 * round_),
                by=by,
                at=later(5 + 20 * round_),
            )
        if round_ == 0:
            with world.acting("social_worker") as by:
                actions.send_again(slip.key, seen=2, changed="It is ours to give.", by=by, at=later(10))
    return Handover(key=slip.key)


def test_the_second_refusal_goes_to_the_head_of_service(world: World, refused_twice: Handover) -> None:
    with world.acting("head_of_service") as by:
        (row,) = queries.escalated(by=by, at=later(30))
        assert (row.key, row.state, row.refusals) == (refused_twice.key, State.ESCALATED, 2)
        running = [clock.kind.name for clock in clock_queries.running(by=by, at=later(30))]
        assert sorted(running) == ["handovers.accept", "handovers.settle"]
    with world.acting("social_worker") as by:
        assert _keys(queries.given(by=by, at=later(30))) == [refused_twice.key]
        with pytest.raises(NotPermitted):
            queries.escalated(by=by, at=later(30))
        with pytest.raises(StepNotAllowed, match="head of service"):
            actions.send_again(refused_twice.key, seen=4, changed="Once more.", by=by, at=later(31))


def test_a_head_of_service_makes_the_receiver_take_it(world: World, refused_twice: Handover) -> None:
    with world.acting("head_of_service") as by:
        slip = actions.overrule(
            refused_twice.key, seen=4, ruling="take", reason="It meets the threshold.", by=by, at=later(40)
        )
        assert (slip.state, slip.settled_at) == (State.ACCEPTED, later(40))
        assert clock_queries.running(by=by, at=later(41)) == []


def test_a_head_of_service_leaves_it_with_the_giver_who_may_send_it_elsewhere(
    world: World, refused_twice: Handover
) -> None:
    with world.acting("head_of_service") as by:
        slip = actions.overrule(
            refused_twice.key, seen=4, ruling="keep", reason="Early help first.", by=by, at=later(40)
        )
        assert (slip.state, slip.settled_at) == (State.REFUSED, None)
    with world.acting("social_worker") as by:
        slip = actions.send_again(refused_twice.key, seen=5, changed="As ruled.", to="early_help", by=by, at=later(41))
        assert (slip.to_team_id, slip.destination) == (world.team("early_help").pk, "early_help")


@pytest.mark.parametrize("role", ["team_manager", "social_worker"])
def test_nobody_else_overrules(world: World, refused_twice: Handover, role: str) -> None:
    with world.acting(role) as by, pytest.raises(NotPermitted):
        actions.overrule(refused_twice.key, seen=4, ruling="take", reason="Because.", by=by, at=later(40))


def test_nothing_is_overruled_that_was_not_refused_twice(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("head_of_service") as by, pytest.raises(StepNotAllowed):
        actions.overrule(slip.key, seen=1, ruling="take", reason="Because.", by=by, at=later())


def test_a_new_slip_does_not_wipe_out_the_refusals_of_the_old_one(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.refuse(slip.key, seen=1, reason="No.", talk=talk(), by=by, at=later())
    with world.acting("social_worker") as by:
        actions.withdraw(slip.key, seen=2, reason="Sent anew.", by=by, at=later(6))
    fresh = sent(about=(KIND, slip.subject_key), at=later(7))
    with world.acting(**RECEIVER) as by:
        refused = actions.refuse(fresh.key, seen=1, reason="No.", talk=talk(8), by=by, at=later(9))
    assert refused.state == State.ESCALATED


@pytest.mark.parametrize("urgency", [{"rating": "red"}, {"section47": True}])
def test_red_and_section_47_work_is_corrected_and_never_refused(
    world: World, sent: Send, talk: Talk, urgency: dict[str, Any]
) -> None:
    slip = sent(**urgency)
    with world.acting(**RECEIVER) as by:
        with pytest.raises(StepNotAllowed, match="cannot be refused"):
            actions.refuse(slip.key, seen=1, reason="Full.", talk=talk(), by=by, at=later())
        with pytest.raises(InvalidInput):
            actions.correct(slip.key, seen=1, wrong="", text="Wrong.", by=by, at=later())
        with pytest.raises(InvalidInput):
            actions.correct(slip.key, seen=1, wrong="team", text=" ", by=by, at=later())
        back = actions.correct(slip.key, seen=1, wrong="team", text="Lives in the south: team B.", by=by, at=later())
        assert (back.state, back.settled_at, back.refusals) == (State.CORRECTED, None, 0)
    with world.acting("social_worker") as by:
        (row,) = queries.given(by=by, at=later())
        assert (row.key, row.urgent, row.state) == (slip.key, True, State.CORRECTED)


def test_who_sent_it_back_may_still_take_it_on(world: World, sent: Send) -> None:
    slip = sent(rating="red")
    with world.acting(**RECEIVER) as by:
        actions.correct(slip.key, seen=1, wrong="team", text="Not ours.", by=by, at=later())
        assert actions.accept(slip.key, seen=2, by=by, at=later(6)).state == State.ACCEPTED


def test_urgent_work_is_withdrawn_by_a_manager_alone(world: World, sent: Send) -> None:
    slip = sent(rating="red")
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        actions.withdraw(slip.key, seen=1, reason="A mistake.", by=by, at=later())
    with world.acting("team_manager") as by:
        assert actions.withdraw(slip.key, seen=1, reason="A mistake.", by=by, at=later()).state == State.WITHDRAWN
        assert clock_queries.running(by=by, at=later()) == []


def test_the_same_work_is_not_sent_twice_to_one_place_but_may_go_to_two(world: World, sent: Send) -> None:
    slip = sent()
    with pytest.raises(StepNotAllowed):
        sent(about=(KIND, slip.subject_key), at=later())
    sent(about=(KIND, slip.subject_key), to="early_help", at=later())


def test_only_the_receiving_side_answers(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    for role in ("early_help_officer", "team_manager", "met_coordinator"):
        with world.acting(role) as by:
            with pytest.raises(NotPermitted):
                actions.accept(slip.key, seen=1, by=by, at=later())
            with pytest.raises(NotPermitted):
                actions.refuse(slip.key, seen=1, reason="No.", talk=talk(), by=by, at=later())
            with pytest.raises(NotPermitted):
                actions.correct(slip.key, seen=1, wrong="team", text="No.", by=by, at=later())


def test_only_the_giving_side_chases_sends_again_and_withdraws(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        for act in (
            lambda: actions.chase(slip.key, note="Hello?", by=by, at=later()),
            lambda: actions.withdraw(slip.key, seen=1, reason="No.", by=by, at=later()),
        ):
            with pytest.raises(NotPermitted):
                act()
        actions.correct(slip.key, seen=1, wrong="team", text="Not ours.", by=by, at=later())
        with pytest.raises(NotPermitted):
            actions.send_again(slip.key, seen=2, changed="Off it goes.", to="early_help", by=by, at=later(6))


def test_a_colleague_of_the_giver_acts_for_the_giver(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("social_worker", second=True) as by:
        assert actions.chase(slip.key, note="Rang the duty desk: ten minutes.", by=by, at=later()).chased == 1


def test_chasing_is_counted_and_kept_and_does_not_unsettle_whoever_is_answering(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("social_worker") as by:
        with pytest.raises(InvalidInput):
            actions.chase(slip.key, note=" ", by=by, at=later())
        actions.chase(slip.key, note="Rang: no answer.", by=by, at=later(1))
        actions.chase(slip.key, note="Rang: they are reading it.", by=by, at=later(2))
        opened = queries.open_handover(slip.key, by=by, at=later(3))
        assert [line.text for line in opened.history if line.kind is rules.Turn.CHASED] == [
            "Rang: no answer.",
            "Rang: they are reading it.",
        ]
    with world.acting(**RECEIVER) as by:
        assert queries.inbox(by=by, at=later(3))[0].chased == 2
        actions.accept(slip.key, seen=1, by=by, at=later(4))
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.chase(slip.key, note="Still there?", by=by, at=later(5))


def test_half_time_and_breach_are_reminders_in_the_history(world: World, sent: Send) -> None:
    slip = sent(rating="red")
    for minutes in (16, 31):
        with world.system(CLOCK_SWEEP) as by:
            clocks.sweep(by=by, at=later(minutes))
    with world.acting("social_worker") as by:
        history = queries.open_handover(slip.key, by=by, at=later(32)).history
        reminders = [(line.kind, line.at) for line in history if line.kind in (rules.Turn.HALF_TIME, rules.Turn.LATE)]
    assert reminders == [(rules.Turn.HALF_TIME, later(15)), (rules.Turn.LATE, later(30))]


def test_somebody_who_saw_an_older_version_is_told_of_the_newer_one(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.correct(slip.key, seen=1, wrong="details", text="Which school?", by=by, at=later())
    with world.acting("social_worker") as by:
        actions.send_again(slip.key, seen=2, changed="The one in the village.", by=by, at=later(6))
    with world.acting(**RECEIVER) as by, pytest.raises(Conflict):
        actions.accept(slip.key, seen=1, by=by, at=later(7))


def test_the_one_who_comes_second_is_told_who_was_first_and_when(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting(**RECEIVER) as by:
        actions.accept(slip.key, seen=1, by=by, at=later())
    with world.acting("assessment_manager", of=PETERBOROUGH) as by, pytest.raises(StepNotAllowed) as refused:
        actions.accept(slip.key, seen=1, by=by, at=later(6))
    assert refused.value.who.startswith(
        f"{world.user('assessment_worker', council=PETERBOROUGH).name}, Assessment social worker"
    )
    assert refused.value.when == later()


def test_an_allocated_worker_and_that_teams_manager_are_both_told(world: World, sent: Send) -> None:
    worker = world.user("assessment_worker", council=PETERBOROUGH)
    manager = world.user("assessment_manager", council=PETERBOROUGH)
    slip = sent(to="allocated_worker", worker=worker.pk, manager=manager.pk)
    for role in ("assessment_worker", "assessment_manager"):
        with world.acting(role, of=PETERBOROUGH) as by:
            (row,) = queries.inbox(by=by, at=later())
            assert (row.key, row.named) == (slip.key, True)
            told = [line.manager for line in queries.open_handover(slip.key, by=by, at=later()).history]
    assert {worker.name, manager.name} <= set(told)


@pytest.mark.parametrize(
    ("worker", "manager", "field"),
    [
        (None, "assessment_manager", "worker"),
        ("early_help_officer", "assessment_manager", "worker"),
        ("assessment_worker", None, "manager"),
        ("assessment_worker", "assessment_worker", "manager"),
        ("assessment_worker", "team_manager", "manager"),
        ("assessment_manager", "assessment_manager", "manager"),
        ("assessment_manager", "assessment_worker", "manager"),
    ],
)
def test_an_open_case_goes_to_a_worker_of_the_team_and_to_its_manager(
    world: World, sent: Send, worker: str | None, manager: str | None, field: str
) -> None:
    def number(role: str | None) -> int | None:
        return world.user(role, council=PETERBOROUGH).pk if role else None

    with pytest.raises(InvalidInput) as refused:
        sent(to="allocated_worker", worker=number(worker), manager=number(manager))
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"to": "somewhere"}, "to"),
        ({"to": "other_council"}, "to"),
        ({"to": "specialist", "route": "nowhere"}, "route"),
        ({"rating": "purple"}, "rating"),
        ({"summary": " "}, "summary"),
        ({"why": ""}, "why"),
        ({"team_id": 0}, "team"),
        ({"from_team_id": 0}, "team"),
    ],
)
def test_a_slip_that_says_too_little_is_refused_beside_the_field(
    world: World, sent: Send, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        sent(**said)
    assert set(refused.value.problems) == {field}


def test_what_another_council_keeps_cannot_be_handed_over_here(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        actions.send(slip, to="early_help", summary="Not ours.", why="By mistake.", by=by, at=later())


def test_every_act_leaves_its_entry_and_no_words_of_the_case(world: World, sent: Send, talk: Talk) -> None:
    slip = sent(summary="A summary", why="A reason")
    with world.acting(**RECEIVER) as by:
        queries.open_handover(slip.key, by=by, at=later(), why="Duty desk")
        actions.refuse(slip.key, seen=1, reason="A refusal", talk=talk(), by=by, at=later())
        entries = list(Entry.objects.filter(subject_key=str(slip.key)).order_by("id"))
    assert [entry.action for entry in entries] == ["handovers.send", "handovers.open", "handovers.refuse"]
    assert entries[1].why == "Duty desk"
    kept = "".join(str(entry.detail) for entry in entries)
    assert not any(words in kept for words in ("A summary", "A reason", "A refusal"))


def test_the_room_of_the_subject_is_told_by_a_job(
    world: World, sent: Send, left_jobs: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdoor.handovers.rules import telling

    monkeypatch.setattr(telling, "_LISTENERS", {})
    rules.listen("tests.thing", rules.Event.ACCEPTED, "handovers.answered")
    rules.listen("tests.thing", rules.Event.ACCEPTED, "handovers.answered")
    thing, other = sent(about=("tests.thing", uuid.uuid4())), sent()
    with world.acting(**RECEIVER) as by:
        actions.accept(thing.key, seen=1, by=by, at=later())
        actions.accept(other.key, seen=1, by=by, at=later())
    told = {"authority": PETERBOROUGH, "handover": str(thing.key), "subject": str(thing.subject_key)}
    assert left_jobs() == [("handovers.answered", told)]
