"""Each guard by itself: who may, what was seen, and who is told."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Happening
from frontdoor.handovers import actions, queries, rules
from frontdoor.handovers.models import Handover
from frontdoor.handovers.rules import telling
from tests.handovers.conftest import AT, KIND, later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
Talk = Callable[..., rules.Conversation]
REPORT = {"form": "contacts.report", "schema": 1}


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_takes_no_part_in_the_work_hands_nothing_over(world: World, role: str) -> None:
    subject = (KIND, uuid.uuid4())
    with world.acting(role, of=PETERBOROUGH) as by:
        with pytest.raises(NotPermitted):
            actions.send(subject, to="mash", summary="x", why="x", by=by, at=AT)
        with pytest.raises(NotPermitted):
            actions.send_to_council(
                subject, council=CAMBRIDGESHIRE, summary="x", why="x", received_at=AT, payload=REPORT, by=by, at=AT
            )
        for asked in (queries.given, queries.inbox, queries.accepted, queries.escalated):
            with pytest.raises(NotPermitted):
                asked(by=by, at=AT)


def test_who_takes_no_part_in_the_work_opens_no_slip(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("auditor", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        queries.open_handover(slip.key, by=by, at=later())


def test_only_the_clock_reminds(world: World, sent: Send) -> None:
    slip = sent()
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        actions.remind(slip.key, Happening.HALF, passed_at=later(), by=by, at=later())


def _step(world: World, slip: Handover, talk: Talk, act: str, *, seen: int, minutes: float = 5) -> Handover:
    """One act by somebody who may."""
    at = later(minutes)
    with world.acting("assessment_worker", of=PETERBOROUGH) as by:
        if act == "accept":
            return actions.accept(slip.key, seen=seen, by=by, at=at)
        if act == "correct":
            return actions.correct(slip.key, seen=seen, wrong="team", text="x", by=by, at=at)
        if act == "refuse":
            return actions.refuse(slip.key, seen=seen, reason="x", talk=talk(minutes - 1), by=by, at=at)
    with world.acting("head_of_service" if act in ("take", "keep") else "social_worker") as by:
        if act == "send_again":
            return actions.send_again(slip.key, seen=seen, changed="x", by=by, at=at)
        if act == "withdraw":
            return actions.withdraw(slip.key, seen=seen, reason="x", by=by, at=at)
        return actions.overrule(slip.key, seen=seen, ruling=act, reason="x", by=by, at=at)


BEFORE: dict[str, list[str]] = {
    "accept": ["correct", "send_again"],
    "correct": ["correct", "send_again"],
    "refuse": ["correct", "send_again"],
    "send_again": ["correct"],
    "withdraw": ["correct"],
    "keep": ["refuse", "send_again", "refuse"],
    "take": ["refuse", "send_again", "refuse"],
}


def _brought(world: World, slip: Handover, talk: Talk, act: str) -> int:
    """Bring a slip to where an act is possible; the version that stands then."""
    for index, before in enumerate(BEFORE[act]):
        _step(world, slip, talk, before, seen=index + 1, minutes=5 + 5 * index)
    return len(BEFORE[act]) + 1


@pytest.mark.parametrize("act", BEFORE)
def test_no_act_goes_through_on_a_version_that_is_no_longer_the_one_seen(
    world: World, sent: Send, talk: Talk, act: str
) -> None:
    slip = sent()
    stands = _brought(world, slip, talk, act)
    with pytest.raises(Conflict) as refused:
        _step(world, slip, talk, act, seen=stands - 1, minutes=60)
    assert (refused.value.seen, refused.value.now) == (stands - 1, stands)
    _step(world, slip, talk, act, seen=stands, minutes=61)


@pytest.fixture
def heard(
    left_jobs: Callable[[], list[tuple[str, dict[str, Any]]]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[str]]:
    """The registry, empty for this test; gives the names of the jobs that were left."""
    monkeypatch.setattr(telling, "_LISTENERS", {})
    return lambda: [name for name, _ in left_jobs()]


@pytest.mark.parametrize(
    "act", ["accept accepted", "correct corrected", "withdraw withdrawn", "keep refused", "take accepted"]
)
def test_the_room_of_the_subject_hears_of_every_answer(
    world: World, sent: Send, talk: Talk, heard: Callable[[], list[str]], act: str
) -> None:
    verb, event = act.split()
    slip = sent()
    stands = _brought(world, slip, talk, verb)
    rules.listen(KIND, rules.Event(event), "handovers.answered")
    _step(world, slip, talk, verb, seen=stands, minutes=61)
    assert heard() == ["handovers.answered"]


def test_the_room_of_the_subject_hears_of_both_refusals(
    world: World, sent: Send, talk: Talk, heard: Callable[[], list[str]]
) -> None:
    rules.listen(KIND, rules.Event.REFUSED, "handovers.answered")
    rules.listen(KIND, rules.Event.ESCALATED, "handovers.recalled")
    _brought(world, sent(), talk, "keep")
    assert heard() == ["handovers.answered", "handovers.recalled"]


def test_the_room_that_receives_there_hears_of_what_is_sent_to_it_and_of_nothing_else(
    world: World, sent: Send, heard: Callable[[], list[str]]
) -> None:
    rules.listen_at("assessment", rules.Event.SENT, "handovers.answered")
    rules.listen_at("assessment", rules.Event.ACCEPTED, "handovers.recalled")
    sent(to="early_help")
    assert heard() == []
    slip = sent(to="assessment")
    with world.acting(role="assessment_worker", of=PETERBOROUGH) as by:
        actions.accept(slip.key, seen=1, by=by, at=later())
    assert heard() == ["handovers.answered", "handovers.recalled"]


def test_what_is_sent_again_does_not_go_where_it_is_on_its_way_already(world: World, sent: Send, talk: Talk) -> None:
    slip = sent()
    sent(about=(KIND, slip.subject_key), to="early_help")
    _step(world, slip, talk, "correct", seen=1)
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.send_again(slip.key, seen=2, changed="Elsewhere.", to="early_help", by=by, at=later(10))


def test_a_slip_to_another_council_is_not_turned_to_a_team_here(world: World) -> None:
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        slip = actions.send_to_council(
            (KIND, uuid.uuid4()), council=925, outside="Front door there", summary="x", why="x", received_at=AT,
            payload=REPORT, by=by, at=AT,
        )  # fmt: skip
        actions.answer_outside(
            slip.key, seen=1, verdict="corrected", who="M. Hale", text="Whose?", wrong="details", by=by, at=later()
        )
        with pytest.raises(InvalidInput) as refused:
            actions.send_again(slip.key, seen=2, changed="Here.", to="mash", by=by, at=later(6))
        assert set(refused.value.problems) == {"to"}
