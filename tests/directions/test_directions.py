"""A direction has an owner, a time and evidence, and comes back to whoever gave it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from frontdoor.actors.rules import CLOCK_SWEEP, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Happening
from frontdoor.directions import actions, queries, rules
from frontdoor.directions.models import Direction, Turn
from frontdoor.directions.rules import State
from frontdoor.trail.models import Entry
from tests.races import overlapping
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
DUE = datetime(2026, 3, 5, 16, tzinfo=UTC)
SUBJECT = ("contacts.matter", uuid.uuid4())
Give = Callable[..., Direction]


def later(hours: float = 1) -> datetime:
    return AT + timedelta(hours=hours)


@pytest.fixture
def given(world: World) -> Give:
    """A team manager directs the social worker to see the child; all may be said otherwise."""

    def give(**said: Any) -> Direction:
        giver = said.pop("giver", "team_manager")
        values = {
            "subject": SUBJECT, "owner": f"user:{world.user('social_worker').pk}", "what": "See the child at home.",
            "due_at": DUE, "at": AT,
        } | said  # fmt: skip
        with world.acting(giver, council=values.pop("council", PETERBOROUGH)) as by:
            return actions.give(**values, by=by)

    return give


@contextmanager
def _refused(words: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def _done(world: World, direction: Direction, *, seen: int = 1, at: datetime | None = None) -> Direction:
    with world.acting("social_worker") as by:
        return actions.do(direction.key, seen=seen, evidence="Seen at 15:10, alone.", by=by, at=at or later())


def test_it_stands_on_the_list_of_its_owner_and_of_nobody_else(world: World, given: Give) -> None:
    direction = given()
    with world.acting("social_worker") as by:
        (row,) = queries.mine(by=by, at=later())
        assert (row.key, row.giver, row.due_at) == (direction.key, world.user("team_manager").name, DUE)
    for other in ({"role": "social_worker", "second": True}, {"role": "early_help_officer"}):
        with world.acting(**other) as by:  # type: ignore[arg-type]  # a role, and which of two
            assert queries.mine(by=by, at=later()) == []


def test_a_teams_direction_stands_on_the_list_of_each_member(world: World, given: Give) -> None:
    direction = given(owner=f"team:{world.team('early_help').pk}")
    with world.acting("early_help_officer") as by:
        assert [row.key for row in queries.mine(by=by, at=later())] == [direction.key]
        assert queries.mine(by=by, at=later(), team=False) == []
        actions.do(direction.key, seen=1, evidence="Rang the family.", by=by, at=later())


@pytest.mark.parametrize(
    ("named", "column"), [("social_worker", "owner_user"), ("mash", "owner_team"), ("A health visitor", "owner_agency")]
)
def test_a_typed_name_is_a_colleague_or_a_team_here_and_else_a_partner_agency(
    world: World, given: Give, named: str, column: str
) -> None:
    here = {"social_worker": world.user("social_worker").name.upper(), "mash": world.team("mash").name}
    direction = given(owner=here.get(named, named))
    assert [name for name in ("owner_user", "owner_team", "owner_agency") if getattr(direction, name)] == [column]


def test_what_a_partner_agency_did_is_written_down_by_whoever_heard_of_it(world: World, given: Give) -> None:
    direction = given(owner="Nene Community Health")
    with world.acting("contact_officer") as by:
        done = actions.do(direction.key, seen=1, evidence="Health visitor rang: seen today.", by=by, at=later())
        assert done.state == State.DONE


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": " "}, "what"),
        ({"owner": " "}, "owner"),
        ({"owner": "user:999999"}, "owner"),
        ({"owner": "team:999999"}, "owner"),
        ({"due_at": AT}, "due"),
    ],
)
def test_a_direction_says_what_who_and_until_when(world: World, given: Give, said: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        given(**said)
    assert set(refused.value.problems) == {field}


def test_nobody_is_given_a_direction_who_no_longer_reaches_the_council(world: World) -> None:
    owner = f"user:{world.user('social_worker').pk}"
    world.agree_until(AT.date() - timedelta(days=1))
    with world.acting("team_manager", of=PETERBOROUGH) as by, pytest.raises(InvalidInput):
        actions.give(subject=SUBJECT, owner=owner, what="See the child.", due_at=DUE, by=by, at=AT)


def test_where_nobody_names_a_time_the_councils_own_limit_holds(world: World, given: Give) -> None:
    assert given(due_at=None).due_at == AT + timedelta(hours=24)


@pytest.mark.parametrize("role", ["social_worker", "contact_officer", "early_help_officer"])
def test_directions_are_given_by_managers(world: World, given: Give, role: str) -> None:
    with pytest.raises(NotPermitted):
        given(giver=role)


def test_nothing_is_done_without_evidence(world: World, given: Give) -> None:
    direction = given()
    with world.acting("social_worker") as by:
        with pytest.raises(InvalidInput) as refused:
            actions.do(direction.key, seen=1, evidence="  ", by=by, at=later())
        assert set(refused.value.problems) == {"evidence"}
        with _refused("direction_done_has_evidence"):
            Direction.objects.update(state="done", done_at=AT)


def test_somebody_elses_direction_is_not_done_for_them(world: World, given: Give) -> None:
    direction = given()
    for role in ("early_help_officer", "contact_officer"):
        with world.acting(role) as by, pytest.raises(NotPermitted):
            actions.do(direction.key, seen=1, evidence="Done.", by=by, at=later())


def test_done_is_not_the_end_until_the_giver_has_looked(world: World, given: Give) -> None:
    direction = given()
    _done(world, direction)
    with world.acting("social_worker") as by:
        assert queries.mine(by=by, at=later(2)) == []
        assert clock_queries.running(by=by, at=later(2)) == []
    with world.acting("team_manager") as by:
        (row,) = queries.given_by_me_due(by=by, at=DUE)
        assert (row.state, row.evidence) == (State.DONE, "Seen at 15:10, alone.")
        actions.check(direction.key, seen=2, by=by, at=DUE)
        assert queries.given_by_me_due(by=by, at=DUE) == []


def test_what_the_giver_did_needs_nobody_to_look_again(world: World, given: Give) -> None:
    direction = given()
    with world.acting("team_manager") as by:
        done = actions.do(direction.key, seen=1, evidence="I went myself.", by=by, at=later())
        assert (done.state, done.settled_at) == (State.CHECKED, later())


@pytest.mark.parametrize(
    ("day", "back"), [(date(2026, 3, 4), False), (date(2026, 3, 5), True), (date(2026, 3, 9), True)]
)
def test_it_comes_back_to_the_giver_on_its_day_and_stays_until_it_is_done(
    world: World, given: Give, day: date, back: bool
) -> None:
    direction = given()
    with world.acting("team_manager") as by:
        asked_at = datetime(day.year, day.month, day.day, 0, 1, tzinfo=UTC)
        assert [row.key for row in queries.given_by_me_due(by=by, at=asked_at)] == [direction.key] * back
        assert [row.back for row in queries.given_by_me(by=by, at=asked_at)] == [back]
    with world.acting("team_manager", second=True) as by:
        assert queries.given_by_me_due(by=by, at=DUE) == []


def test_what_somebody_gave_who_has_gone_comes_back_to_every_manager(world: World, given: Give) -> None:
    direction = given()
    world.agree_until(date(2026, 3, 3))
    with world.acting("team_manager", of=PETERBOROUGH, at=DUE) as by:
        (row,) = queries.given_by_me_due(by=by, at=DUE)
        assert (row.key, row.giver, row.nobodys) == (direction.key, "", True)
        assert row.owner == world.user("social_worker").name


def test_moving_needs_a_reason_is_counted_and_a_missed_time_stays_missed(world: World, given: Give) -> None:
    direction = given()
    new = DUE + timedelta(days=2)
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            actions.move(direction.key, seen=1, due_at=new, reason="", by=by, at=later())
        with pytest.raises(InvalidInput):
            actions.move(direction.key, seen=1, due_at=AT, reason="Earlier.", by=by, at=later())
        late = DUE + timedelta(hours=3)
        moved = actions.move(direction.key, seen=1, due_at=new, reason="The family was away.", by=by, at=late)
        assert (moved.due_at, moved.first_due_at, moved.moved) == (new, DUE, 1)
        ran = clock_queries.for_subject((actions.KIND, direction.key), by=by, at=late)
        assert [(clock.outcome, clock.reading.due_at) for clock in ran] == [("late", DUE), ("", new)]
        history = queries.open_direction(direction.key, by=by, at=late).history
        assert [(line.kind, line.due_at) for line in history] == [(rules.Turn.GIVEN, DUE), (rules.Turn.MOVED, new)]


def test_an_owner_does_not_move_their_own_time(world: World, given: Give) -> None:
    direction = given()
    with world.acting("social_worker") as by:
        with pytest.raises(NotPermitted):
            actions.move(direction.key, seen=1, due_at=DUE + timedelta(days=1), reason="Busy.", by=by, at=later())
        with pytest.raises(NotPermitted):
            actions.withdraw(direction.key, seen=1, reason="Busy.", by=by, at=later())


def test_the_clock_asks_when_the_time_has_passed_and_the_giver_may_ask_before(world: World, given: Give) -> None:
    direction = given()
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            actions.ask(direction.key, note=" ", by=by, at=later())
        actions.ask(direction.key, note="Visit booked for Thursday.", by=by, at=later())
    for minutes in (1, 2):
        with world.system(CLOCK_SWEEP) as by:
            clocks.sweep(by=by, at=DUE + timedelta(minutes=minutes))
    with world.acting("team_manager", second=True) as by:
        (row,) = queries.drifting(by=by, at=DUE + timedelta(minutes=3))
        assert (row.key, row.asked, row.drift, row.drifts) == (direction.key, 2, "Asked after twice", True)


def test_the_clock_asks_nothing_of_what_is_done(world: World, given: Give) -> None:
    direction = given()
    _done(world, direction, at=DUE + timedelta(minutes=5))
    with world.system(CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=DUE + timedelta(minutes=6))
    with world.acting("team_manager"):
        assert Direction.objects.get(key=direction.key).asked == 0


def test_a_direction_that_was_not_done_after_all_goes_back_with_a_new_time(world: World, given: Give) -> None:
    direction = given()
    _done(world, direction)
    new = DUE + timedelta(days=1)
    with world.acting("team_manager") as by:
        for wrong in ({"due_at": AT, "reason": "See her."}, {"due_at": new, "reason": " "}):
            with pytest.raises(InvalidInput):
                actions.reopen(direction.key, seen=2, **wrong, by=by, at=later(2))  # type: ignore[arg-type]  # either
        again = actions.reopen(
            direction.key, seen=2, due_at=new, reason="Nobody spoke to the child.", by=by, at=later(2)
        )
        assert (again.state, again.reopened, again.due_at) == (State.OPEN, 1, new)
    with world.acting("social_worker") as by:
        assert [row.key for row in queries.mine(by=by, at=later(3))] == [direction.key]


def test_a_withdrawn_direction_keeps_its_reason_and_stops_its_clock(world: World, given: Give) -> None:
    direction = given()
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            actions.withdraw(direction.key, seen=1, reason=" ", by=by, at=later())
        actions.withdraw(direction.key, seen=1, reason="The child has moved.", by=by, at=later())
        assert clock_queries.running(by=by, at=later()) == []
        (row,) = queries.for_subject(*SUBJECT, by=by, at=later())
        assert row.state is State.WITHDRAWN
        with pytest.raises(StepNotAllowed):
            actions.do(direction.key, seen=2, evidence="Too late.", by=by, at=later(2))


@pytest.mark.parametrize("act", ["do", "move", "withdraw", "check", "reopen"])
def test_somebody_who_saw_an_older_version_is_told(world: World, given: Give, act: str) -> None:
    direction = given(owner="Nene Community Health")
    new = DUE + timedelta(days=1)
    said: dict[str, dict[str, Any]] = {
        "do": {"evidence": "Seen."}, "move": {"due_at": new, "reason": "x"}, "withdraw": {"reason": "x"},
        "check": {}, "reopen": {"due_at": new, "reason": "x"},
    }  # fmt: skip
    stands = 2
    with world.acting("team_manager") as by:
        actions.move(direction.key, seen=1, due_at=new, reason="Away.", by=by, at=later())
    if act in ("check", "reopen"):
        _done(world, direction, seen=2)
        stands = 3
    with world.acting("team_manager", second=True) as by:
        verb = getattr(actions, act)
        with pytest.raises(Conflict):
            verb(direction.key, seen=stands - 1, **said[act], by=by, at=later(2))
        verb(direction.key, seen=stands, **said[act], by=by, at=later(2))


@pytest.mark.parametrize("act", ["ask", "check", "reopen", "move", "withdraw"])
def test_what_a_giver_does_nobody_else_does(world: World, given: Give, act: str) -> None:
    direction = given()
    said: dict[str, dict[str, Any]] = {
        "ask": {"note": "x"}, "check": {"seen": 1}, "withdraw": {"seen": 1, "reason": "x"},
        "move": {"seen": 1, "due_at": DUE, "reason": "x"}, "reopen": {"seen": 1, "due_at": DUE, "reason": "x"},
    }  # fmt: skip
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        getattr(actions, act)(direction.key, **said[act], by=by, at=later())


def test_who_takes_no_part_in_the_work_has_no_lists_of_directions(world: World, given: Give) -> None:
    direction = given()
    with world.acting("administrator", of=PETERBOROUGH) as by:
        for asked in (queries.mine, queries.given_by_me, queries.given_by_me_due, queries.drifting):
            with pytest.raises(NotPermitted):
                asked(by=by, at=later())
        with pytest.raises(NotPermitted):
            queries.open_direction(direction.key, by=by, at=later())
        with pytest.raises(NotPermitted):
            actions.do(direction.key, seen=1, evidence="x", by=by, at=later())


def test_an_agencys_direction_is_done_by_those_who_carry_out_directions(world: World, given: Give) -> None:
    direction = given(owner="Nene Community Health")
    with world.acting("auditor", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        actions.do(direction.key, seen=1, evidence="x", by=by, at=later())


def test_what_was_directed_for_one_child_is_found_by_the_child(world: World, given: Give) -> None:
    child = ("contacts.named", uuid.uuid4())
    mine = given(child=child)
    given(subject=("contacts.matter", uuid.uuid4()))
    with world.acting("team_manager") as by:
        assert [row.key for row in queries.for_child(*child, by=by, at=later())] == [mine.key]


def test_those_who_can_be_given_a_direction_are_listed_and_restricted_teams_are_not(world: World) -> None:
    with world.acting("team_manager") as by:
        values = dict(queries.owners(by=by, at=AT))
    assert values[f"user:{world.user('social_worker').pk}"] == world.user("social_worker").name
    assert f"team:{world.team('mash').pk}" in values
    assert f"team:{world.team('lado').pk}" not in values


def test_another_council_sees_nothing_of_it(world: World, given: Give) -> None:
    direction = given()
    with world.acting("team_manager", council=CAMBRIDGESHIRE) as by:
        assert list(Direction.objects.all()) == []
        assert queries.for_subject(*SUBJECT, by=by, at=DUE) == []
        assert queries.given_by_me_due(by=by, at=DUE) == []
        for act in (
            lambda: queries.open_direction(direction.key, by=by, at=later()),
            lambda: actions.do(direction.key, seen=1, evidence="x", by=by, at=later()),
            lambda: actions.withdraw(direction.key, seen=1, reason="x", by=by, at=later()),
            lambda: actions.give(subject=direction, owner="A", what="x", due_at=DUE, by=by, at=AT),
        ):
            with pytest.raises(NotFound):
                act()


def test_the_database_keeps_history_owner_and_council_whatever_the_application_does(world: World, given: Give) -> None:
    direction = given()
    with world.acting("team_manager"):
        with _refused("permission denied"):
            Turn.objects.update(text="Changed")
        with _refused("direction_has_one_owner"):
            Direction.objects.update(owner_agency="And a school")
    with world.acting("team_manager", council=CAMBRIDGESHIRE), _refused("directions_turn_direction_id_council"):
        Turn.objects.create(authority_id=873, direction_id=direction.pk, kind="asked", by_name="x", at=AT)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with _refused("no actor is set"):
        Turn.objects.create(authority_id=873, direction_id=direction.pk, kind="asked", by_name="x", at=AT)


def test_every_act_leaves_its_entry_and_no_words_of_the_case(world: World, given: Give) -> None:
    direction = given(what="See Ada at home")
    _done(world, direction)
    with world.acting("team_manager") as by:
        queries.open_direction(direction.key, by=by, at=later(2), why="Supervision")
        actions.check(direction.key, seen=2, by=by, at=later(2))
        entries = list(Entry.objects.filter(subject_key=str(direction.key)).order_by("id"))
    assert [entry.action.removeprefix("directions.") for entry in entries] == ["give", "do", "open", "check"]
    assert not any("Ada" in str(entry.detail) or "15:10" in str(entry.detail) for entry in entries)


def test_of_two_who_say_at_once_that_it_is_done_one_wins(own_database: str, world: World) -> None:
    with transaction.atomic(), world.acting("team_manager") as by:
        team = f"team:{world.team('mash').pk}"
        direction = actions.give(subject=SUBJECT, owner=team, what="Ring the school.", due_at=DUE, by=by, at=AT)

    def do(second: bool) -> Direction:
        with world.acting("social_worker", second=second) as by:
            return actions.do(direction.key, seen=1, evidence="Rang.", by=by, at=later())

    won, lost = overlapping(lambda: do(False), lambda: do(True), expect=StepNotAllowed)
    assert isinstance(lost, StepNotAllowed)
    with world.acting("team_manager"):
        assert Direction.objects.get().done_by == won.done_by
        assert lost.who == Turn.objects.get(kind="done").by_name


def test_a_passed_time_that_is_told_late_asks_nothing_of_what_is_done_by_then(world: World, given: Give) -> None:
    direction = given()
    _done(world, direction)
    with world.system(CLOCK_SWEEP) as by:
        notice = clocks.Notice(
            event=Happening.BREACH, at=DUE, clock_id=uuid.uuid4(), kind=rules.DONE_BY,
            subject=(actions.KIND, direction.key), label="", due_at=DUE, team_id=None, owner_id=None,
        )  # fmt: skip
        actions.on_clock(notice, by, later(99))
    with world.acting("team_manager"):
        assert Direction.objects.get(key=direction.key).asked == 0


def test_a_list_asks_the_database_as_often_for_one_direction_as_for_many(world: World, given: Give) -> None:
    def asked() -> int:
        with world.acting("team_manager") as by, CaptureQueriesContext(connection) as captured:
            queries.given_by_me_due(by=by, at=DUE)
        return len(captured)

    given()
    few = asked()
    for number in range(5):
        given(owner=f"Agency {number}")
    assert asked() == few
