"""Lists of clocks: the order, the pages, the board, and a number of statements that does not grow."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from frontdoor.actors.rules import NotPermitted
from frontdoor.clocks import actions, queries
from frontdoor.clocks.models import Clock
from frontdoor.clocks.rules import State
from tests.clocks.conftest import ADVISE, CAMBRIDGESHIRE, DECIDE, LOOK, PETERBOROUGH, Keeper

START = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def started(by: Any, *kinds: Any, after: timedelta = timedelta(), **owner: Any) -> Clock:
    (clock,) = actions.start(*(kinds or (LOOK,)), subject=("tests.thing", uuid4()), by=by, at=START + after, **owner)
    return clock


def ids(rows: list[queries.Shown]) -> list[UUID]:
    return [row.id for row in rows]


def test_the_most_overdue_comes_first_and_a_paused_clock_by_what_it_has_left(keeping: Keeper) -> None:
    with keeping() as by:
        clocks = [started(by, after=count * MINUTE) for count in (30, 10, 20)]
        paused = started(by)
        actions.pause(paused.pk, seen=1, reason="court", by=by, at=START + 44 * MINUTE)
        at = START + 75 * MINUTE
        rows = queries.running(by=by, at=at)
        assert ids(rows) == [clocks[1].pk, clocks[2].pk, clocks[0].pk, paused.pk]
        assert [row.words for row in rows] == [
            "5 minutes late",
            "5 minutes left",
            "15 minutes left",
            "Paused, 16 minutes left",
        ]
        later = queries.running(by=by, at=at + HOUR)
        assert later[-1].reading.due_at == at + HOUR + 16 * MINUTE
        assert later[0].reading.state is State.OVERDUE


def test_a_paused_clock_stands_among_the_others_where_its_time_left_puts_it(keeping: Keeper) -> None:
    with keeping() as by:
        paused = started(by)
        actions.pause(paused.pk, seen=1, reason="court", by=by, at=START + 50 * MINUTE)
        urgent, easy = started(by, after=55 * MINUTE), started(by, after=4 * HOUR)
        assert ids(queries.running(by=by, at=START + 50 * MINUTE)) == [paused.pk, urgent.pk, easy.pk]
        assert ids(queries.running(by=by, at=START + 4 * HOUR)) == [urgent.pk, paused.pk, easy.pk]


def test_a_list_is_narrowed_by_team_owner_and_kind_and_holds_no_stopped_clock(keeping: Keeper) -> None:
    with keeping() as by:
        mine, theirs = started(by, team_id=1, owner_id=5), started(by, team_id=2)
        decide = started(by, DECIDE, team_id=1)
        stopped = started(by, team_id=1)
        actions.stop(subject=(stopped.subject_kind, stopped.subject_key), by=by, at=START)
        assert ids(queries.running(by=by, at=START, team_id=1)) == [mine.pk, decide.pk]
        assert ids(queries.running(by=by, at=START, owner_id=5)) == [mine.pk]
        assert ids(queries.running(by=by, at=START, kinds=[LOOK])) == sorted([mine.pk, theirs.pk])


def test_pages_over_two_councils_join_without_a_gap_or_a_double(keeping: Keeper) -> None:
    made: list[UUID] = []
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        with keeping(council) as by:
            made += [started(by, after=minutes * MINUTE).pk for minutes in (0, 0, 0, 5, 5, 9)]
            still = started(by)
            actions.pause(still.pk, seen=1, reason="court", by=by, at=START + 2 * MINUTE)
            made.append(still.pk)
    at, place, seen = START + 10 * MINUTE, None, []
    for _ in range(20):
        rows: list[queries.Shown] = []
        for council in (CAMBRIDGESHIRE, PETERBOROUGH):
            with keeping(council) as by:
                rows += queries.running(by=by, at=at, after=place, limit=4)
        page = sorted(rows, key=lambda row: row.place)[:3]
        if not page:
            break
        seen += page
        place = page[-1].place
    assert sorted(ids(seen)) == sorted(made)
    assert [row.place for row in seen] == sorted(row.place for row in seen)


def test_the_board_shows_every_running_clock_under_its_hand_off_with_breaches_on_top(keeping: Keeper) -> None:
    with keeping() as by:
        for count in range(4):
            started(by, after=-count * HOUR)
        started(by, DECIDE)
        started(by, ADVISE, after=20 * MINUTE)
        paused = started(by, after=-MINUTE)
        actions.pause(paused.pk, seen=1, reason="court", by=by, at=START)
        first, second = queries.board(by=by, at=START + 35 * MINUTE, rows=2)
    assert (first.title, first.running, first.late) == ("Arrival to first look", 5, 3)
    (look,) = first.kinds
    assert (look.late, look.half_gone, look.paused) == (3, 1, 1)
    assert [row.reading.state for row in look.rows] == [State.OVERDUE, State.OVERDUE]
    assert look.rows[0].started_at == START - 3 * HOUR
    assert (second.title, second.late) == ("Arrival to decision", 0)
    assert [kind.kind for kind in second.kinds] == [ADVISE, DECIDE]


def test_an_empty_board_is_empty(keeping: Keeper) -> None:
    with keeping() as by:
        assert queries.board(by=by, at=START) == []


def test_lists_need_the_same_statements_at_any_length(
    keeping: Keeper, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def statements(ask: Any) -> int:
        with django_assert_max_num_queries(99) as asked:
            ask()
        return len(asked)

    with keeping() as by:
        lists = {
            "running": lambda: queries.running(by=by, at=START),
            "board": lambda: queries.board(by=by, at=START),
            "subjects": lambda: queries.for_subjects("tests.thing", keys, by=by, at=START),
        }
        keys: list[object] = []
        counts = []
        for _ in range(3):
            keys += [started(by, kind).subject_key for kind in (LOOK, DECIDE, ADVISE)]
            paused = started(by)
            actions.pause(paused.pk, seen=1, reason="court", by=by, at=START)
            keys.append(paused.subject_key)
            counts.append({name: statements(ask) for name, ask in lists.items()})
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] == {"running": 4, "board": 4, "subjects": 3}


def test_the_clocks_of_a_page_of_things_come_by_their_keys(keeping: Keeper) -> None:
    with keeping() as by:
        one, two, stopped = started(by), started(by, DECIDE), started(by)
        actions.stop(subject=("tests.thing", stopped.subject_key), by=by, at=START)
        keys = [one.subject_key, two.subject_key, stopped.subject_key]
        found = queries.for_subjects("tests.thing", keys, by=by, at=START)
        assert {key: ids(rows) for key, rows in found.items()} == {one.subject_key: [one.pk], two.subject_key: [two.pk]}
        assert set(queries.for_subjects("tests.thing", keys, by=by, at=START, running=False)) == set(keys)
        assert queries.for_subjects("tests.other", keys, by=by, at=START) == {}
    with keeping(CAMBRIDGESHIRE) as by:
        assert queries.for_subjects("tests.thing", keys, by=by, at=START) == {}


def test_missed_deadlines_wait_to_be_explained(keeping: Keeper, world: Any) -> None:
    with keeping() as by:
        overdue, done_late, in_time = started(by), started(by), started(by)
        actions.stop(subject=("tests.thing", done_late.subject_key), by=by, at=START + 3 * HOUR)
        actions.stop(subject=("tests.thing", in_time.subject_key), by=by, at=START)
    with world.acting("team_manager") as by:
        assert ids(queries.unexplained(by=by, at=START + 4 * HOUR)) == [overdue.pk, done_late.pk]
        actions.explain(done_late.pk, seen=2, reason="capacity", by=by, at=START + 4 * HOUR)
        assert ids(queries.unexplained(by=by, at=START + 4 * HOUR)) == [overdue.pk]


@pytest.mark.parametrize("ask", [queries.running, queries.board, queries.unexplained])
def test_lists_are_for_those_who_may_see_clocks(world: Any, ask: Any) -> None:
    with world.acting("administrator") as by, pytest.raises(NotPermitted):
        ask(by=by, at=START)
    with world.acting("contact_officer") as by:
        assert ask(by=by, at=START) == []


def test_the_door_is_open_by_the_councils_own_hours(keeping: Keeper) -> None:
    with keeping() as by:
        assert queries.is_open(by=by, at=datetime(2026, 4, 2, 8, tzinfo=UTC))
        assert not queries.is_open(by=by, at=datetime(2026, 4, 2, 17, tzinfo=UTC))
        assert not queries.is_open(by=by, at=datetime(2026, 4, 3, 8, tzinfo=UTC)), "Good Friday"


def test_a_queue_is_read_from_the_partial_index_of_its_team(keeping: Keeper) -> None:
    from django.db import connection

    with keeping() as by, connection.cursor() as cursor:
        actions.start(LOOK, subject=("tests.thing", uuid4()), team_id=4, by=by, at=START)
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # so few rows are as cheap to sort: what cannot be had stays
        rows = Clock.objects.filter(authority_id=PETERBOROUGH, team_id=4, stopped_at=None).order_by("due_at", "id")[:50]
        plan = rows.explain()
    assert "Index Scan using clock_of_team" in plan
    assert "Sort" not in plan
