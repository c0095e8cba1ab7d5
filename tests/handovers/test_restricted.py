"""What goes to the designated officer or a specialist team is for them, and for whoever wrote it."""

from collections.abc import Callable

import pytest

from frontdoor.actors.rules import COURIER, NotFound
from frontdoor.clocks import queries as clock_queries
from frontdoor.handovers import actions, queries, rules
from frontdoor.handovers.models import Handover, Turn
from tests.handovers.conftest import KIND, later
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
OTHERS = ("social_worker", "early_help_officer", "assessment_manager", "head_of_service")


@pytest.fixture(params=[{"to": "lado"}, {"to": "specialist", "route": "adoption"}], ids=["lado", "specialist"])
def restricted(request: pytest.FixtureRequest, sent: Send) -> Handover:
    return sent(giver="team_manager", summary="A named school", why="What is alleged", **request.param)


def test_its_inbox_is_empty_for_everybody_but_its_members(world: World, restricted: Handover) -> None:
    for role in OTHERS:
        with world.acting(role, of=PETERBOROUGH) as by:
            assert [row for row in queries.inbox(by=by, at=later()) if row.key == restricted.key] == []


def test_nobody_else_opens_answers_or_finds_it(world: World, restricted: Handover) -> None:
    for role in OTHERS:
        with world.acting(role, of=PETERBOROUGH) as by:
            acts = (
                lambda by=by: queries.open_handover(restricted.key, by=by, at=later()),
                lambda by=by: queries.slip(restricted.key, by=by),
                lambda by=by: actions.accept(restricted.key, seen=1, by=by, at=later()),
                lambda by=by: actions.correct(restricted.key, seen=1, wrong="team", text="x", by=by, at=later()),
                lambda by=by: actions.chase(restricted.key, note="x", by=by, at=later()),
                lambda by=by: actions.withdraw(restricted.key, seen=1, reason="x", by=by, at=later()),
            )
            for act in acts:
                with pytest.raises(NotFound):
                    act()


def test_whoever_wrote_it_follows_it_to_its_end(world: World, restricted: Handover) -> None:
    with world.acting("team_manager") as by:
        (row,) = queries.given(by=by, at=later())
        assert (row.key, row.summary) == (restricted.key, "A named school")
        assert queries.open_handover(restricted.key, by=by, at=later()).why == "What is alleged"


def test_the_givers_team_sees_that_somebody_waits_and_until_when_and_nothing_else(
    world: World, restricted: Handover
) -> None:
    with world.acting("social_worker") as by:
        (row,) = queries.given(by=by, at=later())
        (beside,) = queries.for_subject(KIND, restricted.subject_key, by=by, at=later())
    assert row == beside
    assert row.due_at == restricted.due_at
    assert {row.destination, row.receiver, row.summary} == {"Restricted"}
    assert (row.key, row.subject_key, row.subject_kind) == (None, None, "")


def test_others_do_not_learn_that_it_exists(world: World, restricted: Handover) -> None:
    with world.acting("early_help_officer") as by:
        assert queries.for_subject(KIND, restricted.subject_key, by=by, at=later()) == []


def test_its_clock_on_the_board_does_not_say_what_it_is(world: World, restricted: Handover) -> None:
    with world.acting("social_worker") as by:
        assert [clock.label for clock in clock_queries.running(by=by, at=later())] == ["Restricted"]


def test_nor_does_the_clock_of_the_head_of_service_who_then_sees_the_whole(
    world: World, sent: Send, talk: Callable[..., rules.Conversation]
) -> None:
    slip = sent(to="lado")
    for seen, minutes in ((1, 5), (3, 15)):
        with world.acting("designated_officer", of=PETERBOROUGH) as by:
            spoken = talk(minutes - 1)
            actions.refuse(slip.key, seen=seen, reason="No.", talk=spoken, by=by, at=later(minutes))
        if seen == 1:
            with world.acting("social_worker") as by:
                actions.send_again(slip.key, seen=2, changed="Yes.", by=by, at=later(10))
    with world.acting("head_of_service") as by:
        assert {clock.label for clock in clock_queries.running(by=by, at=later(20))} == {"Restricted"}
        assert queries.open_handover(slip.key, by=by, at=later(20)).summary == slip.summary


def test_the_database_keeps_it_from_teams_that_have_nothing_to_do_with_it(
    world: World, restricted: Handover, sent: Send
) -> None:
    usual = sent()
    for role in ("early_help_officer", "assessment_manager", "met_coordinator"):
        with world.acting(role, of=PETERBOROUGH):
            assert [slip.key for slip in Handover.objects.all()] == [usual.key]
            assert {turn.handover_id for turn in Turn.objects.all()} == {usual.pk}
            assert Handover.objects.filter(pk=restricted.pk).update(summary="Changed") == 0
    for role, of in (("team_manager", CAMBRIDGESHIRE), ("social_worker", CAMBRIDGESHIRE)):
        with world.acting(role, of=of):
            assert Handover.objects.filter(pk=restricted.pk).exists()
    with world.system(COURIER):
        assert Handover.objects.filter(pk=restricted.pk).exists()


def test_a_head_of_service_settles_what_the_designated_officer_refused_twice(
    world: World, sent: Send, talk: Callable[..., rules.Conversation]
) -> None:
    slip = sent(to="lado")
    for seen, minutes in ((1, 5), (3, 15)):
        with world.acting("designated_officer", of=PETERBOROUGH) as by:
            spoken = talk(minutes - 1)
            actions.refuse(slip.key, seen=seen, reason="No.", talk=spoken, by=by, at=later(minutes))
        if seen == 1:
            with world.acting("social_worker") as by:
                actions.send_again(slip.key, seen=2, changed="Yes.", by=by, at=later(10))
    with world.acting("early_help_officer") as by:
        assert queries.for_subject(KIND, slip.subject_key, by=by, at=later(19)) == []
        with pytest.raises(NotFound):
            queries.open_handover(slip.key, by=by, at=later(19))
    with world.acting("head_of_service") as by:
        assert actions.overrule(slip.key, seen=4, ruling="take", reason="Yours.", by=by, at=later(20)).settled_at


def test_the_designated_officer_accepts(world: World, sent: Send) -> None:
    slip = sent(to="lado")
    with world.acting("designated_officer", of=PETERBOROUGH) as by:
        (row,) = queries.inbox(by=by, at=later())
        assert row.key == slip.key
        actions.accept(slip.key, seen=1, by=by, at=later())
