"""Visits, dates and closing: a clock stops at the time of what happened, a miss stays, a mistake is struck through."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from frontdoor.actors.rules import Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import london_date
from frontdoor.referrals import actions
from frontdoor.referrals.models import Referral, Visit
from tests.contacts.deciding import AT
from tests.referrals.referring import after, begun, held, visited
from tests.worlds import PETERBOROUGH, World


def version(referral: Referral) -> int:
    return Referral.objects.values_list("version", flat=True).get(pk=referral.pk)


def timed(world: World, referral: Referral, kind: str, *, at: datetime) -> list[Shown]:
    """The clocks of a kind, in the order of their starting."""
    with world.acting("assessment_worker", of=PETERBOROUGH, at=at) as by:
        rows = clocks.for_subject(("referrals.referral", referral.key), by=by, at=at)
        return [row for row in rows if row.kind.name == f"referrals.{kind}"]


def record(world: World, referral: Referral, made_at: datetime, *, at: datetime, late: str = "", **more: Any) -> Visit:
    with world.acting("assessment_worker", of=PETERBOROUGH, at=at) as by:
        return actions.record_visit(
            referral.key, seen=version(referral), visit=visited(made_at, **more), late_reason=late, by=by, at=at
        )


def dated(world: World, referral: Referral, kind: str, on: date, *, at: datetime, **more: Any) -> None:
    with world.acting("assessment_worker", of=PETERBOROUGH, at=at) as by:
        actions.record_date(referral.key, seen=version(referral), kind=kind, on=on, by=by, at=at, **more)


def test_the_clock_stops_when_the_child_was_seen_not_when_it_was_written_down(world: World) -> None:
    referral = held(world, urgent=True)
    # The first visit was late by then, the child seen in time: each clock is judged by itself.
    record(world, referral, after(23), at=after(30), late="capacity")
    (clock,) = timed(world, referral, "seen_protection", at=after(30))
    assert (clock.stopped_at, clock.outcome) == (after(23), "in_time")
    with world.acting("assessment_worker", of=PETERBOROUGH):
        now = Referral.objects.get(pk=referral.pk)
        assert (now.seen_at, now.alone_at, now.unseen_since) == (after(23), after(23), None)


def test_a_child_seen_late_takes_a_reason_and_the_miss_stays(world: World) -> None:
    referral = held(world, urgent=True)
    with pytest.raises(InvalidInput) as refused:
        record(world, referral, after(26), at=after(27))
    assert set(refused.value.problems) == {"late_reason"}
    record(world, referral, after(26), at=after(27), late="family_unavailable")
    (clock,) = timed(world, referral, "seen_protection", at=after(27))
    assert (clock.outcome, clock.late_reason) == ("late", "family_unavailable")


def test_a_child_not_met_is_visited_and_not_seen_and_one_not_seen_alone_is_still_to_be(world: World) -> None:
    referral = held(world)
    record(world, referral, after(2), at=after(3), seen=False, why_not_seen="Nobody opened.")
    assert timed(world, referral, "visit", at=after(3))[0].stopped_at == after(2)
    assert timed(world, referral, "seen", at=after(3))[0].stopped_at is None
    record(world, referral, after(4), at=after(5), alone=False, not_alone="refused")
    assert timed(world, referral, "seen", at=after(5))[0].stopped_at == after(4)
    assert timed(world, referral, "alone", at=after(5))[0].stopped_at is None
    record(world, referral, after(6), at=after(7), alone=False, not_alone="too_young")
    assert timed(world, referral, "alone", at=after(7))[0].stopped_at == after(6)


def test_a_child_may_be_seen_before_the_team_has_accepted_anything(world: World) -> None:
    referral = begun(world, urgent=True)
    record(world, referral, after(1), at=after(1))
    assert timed(world, referral, "seen_protection", at=after(1))[0].outcome == "in_time"


def test_a_visit_of_before_it_was_sent_is_kept_and_stops_nothing(world: World) -> None:
    referral = held(world, urgent=True, at=AT)
    with world.acting("assessment_worker", of=PETERBOROUGH) as by:
        rows = Referral.objects.filter(pk=referral.pk)
        assert rows.get().received_at <= AT
        with pytest.raises(InvalidInput, match="before anybody told us"):
            actions.record_visit(referral.key, seen=version(referral), visit=visited(after(-2)), by=by, at=after(1))


def test_the_database_keeps_no_child_seen_without_their_words_or_why_not(world: World) -> None:
    referral = held(world)
    told = {"authority_id": PETERBOROUGH, "referral": referral, "place": "home", "seen_by": "x", "recorded_at": AT}
    with world.acting("assessment_worker", of=PETERBOROUGH):
        for wrong in ({"seen": True}, {"seen": False}, {"seen": True, "voice": "x", "alone": False}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Visit.objects.create(made_at=AT, **told, **wrong)  # type: ignore[arg-type]


def test_a_visit_recorded_by_mistake_is_struck_through_and_what_it_stopped_runs_again_from_the_beginning(
    world: World,
) -> None:
    referral = held(world, urgent=True)
    wrong = record(world, referral, after(1), at=after(1))
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(2)) as by:
        with pytest.raises(InvalidInput):
            actions.strike_visit(referral.key, wrong.key, seen=version(referral), why=" ", by=by, at=after(2))
        actions.strike_visit(referral.key, wrong.key, seen=version(referral), why="His cousin.", by=by, at=after(2))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Visit.objects.filter(pk=wrong.pk).update(struck_at=None)
        assert Referral.objects.get(pk=referral.pk).seen_at is None
    first, again = sorted(timed(world, referral, "seen_protection", at=after(2)), key=lambda row: not row.stopped_at)
    assert (first.outcome, again.started_at, again.stopped_at) == ("in_time", first.started_at, None)
    # Another visit stands for what the struck one said, so nothing begins anew.
    stands = record(world, referral, after(3), at=after(3))
    second = record(world, referral, after(4), at=after(4))
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(5)) as by:
        actions.strike_visit(referral.key, second.key, seen=version(referral), why="Twice.", by=by, at=after(5))
    assert len(timed(world, referral, "seen_protection", at=after(5))) == 2
    assert stands.struck_at is None


def test_what_was_recorded_is_never_changed(world: World) -> None:
    row = record(world, held(world), after(1), at=after(1))
    acting = world.acting("assessment_worker", of=PETERBOROUGH)
    with acting, pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Visit.objects.filter(pk=row.pk).update(seen=False, why_not_seen="x")


WEDNESDAY = datetime.combine(date(2026, 12, 16), AT.timetz())


def test_a_strategy_discussion_starts_the_clock_to_a_conference_that_is_due_in_the_new_year(world: World) -> None:
    referral = held(world, at=WEDNESDAY)
    dated(world, referral, "section47_started", date(2026, 12, 16), at=WEDNESDAY)
    (clock,) = timed(world, referral, "conference", at=WEDNESDAY)
    assert london_date(clock.reading.due_at) == date(2027, 1, 11)
    assert timed(world, referral, "seen_protection", at=WEDNESDAY), "a child not seen yet has hours from now on"
    late = WEDNESDAY.replace(year=2027, month=1, day=13)
    with pytest.raises(InvalidInput) as refused:
        dated(world, referral, "conference_held", date(2027, 1, 12), at=late)
    assert set(refused.value.problems) == {"late_reason"}
    dated(world, referral, "conference_held", date(2027, 1, 12), at=late, late_reason="capacity")
    (clock,) = timed(world, referral, "conference", at=late)
    assert (clock.outcome, clock.late_reason) == ("late", "capacity")


def test_an_assessment_authorised_on_the_last_day_is_in_time_and_a_day_later_says_why(world: World) -> None:
    began = datetime.combine(date(2026, 6, 1), AT.timetz())
    referral, end = held(world, at=began), datetime.combine(date(2026, 8, 5), AT.timetz())
    dated(world, referral, "assessment_started", date(2026, 6, 3), at=end)
    with pytest.raises(InvalidInput):
        dated(world, referral, "assessment_authorised", date(2026, 8, 4), at=end)
    dated(world, referral, "assessment_authorised", date(2026, 8, 3), at=end)
    (clock,) = timed(world, referral, "assessment", at=end)
    assert (london_date(clock.reading.due_at), clock.outcome) == (date(2026, 8, 3), "in_time")
    with world.acting("assessment_worker", of=PETERBOROUGH, at=end) as by:
        with pytest.raises(StepNotAllowed, match="Strike that one first"):
            actions.strike_date(
                referral.key, "assessment_started", seen=version(referral), why="Wrong child", by=by, at=end
            )
        actions.strike_date(
            referral.key, "assessment_authorised", seen=version(referral), why="Wrong child", by=by, at=end
        )
    again = [row for row in timed(world, referral, "assessment", at=end) if row.stopped_at is None]
    assert [row.started_at for row in again] == [clock.started_at]


def close(world: World, referral: Referral, role: str = "assessment_manager", **more: Any) -> Referral:
    told = {"on": AT.date(), "nfa": True, "why": "Said.", **more}
    with world.acting(role, of=PETERBOROUGH, at=after(2)) as by:
        return actions.close(referral.key, seen=version(referral), **told, by=by, at=after(2))


def test_a_child_who_may_need_protection_and_was_never_seen_is_closed_by_a_manager_alone(world: World) -> None:
    referral = held(world, urgent=True)
    with pytest.raises(NotPermitted):
        close(world, referral, role="assessment_worker")
    close(world, referral)
    (clock,) = timed(world, referral, "seen_protection", at=after(2))
    assert clock.ended == "not_needed"


def test_closed_is_closed_and_asks_for_need_and_reason(world: World) -> None:
    referral = held(world)
    record(world, referral, after(1), at=after(1))
    with pytest.raises(InvalidInput):
        close(world, referral, nfa=False, closure="RC7")
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(1)) as by:
        actions.set_need(referral.key, seen=version(referral), first="N5", second="N1", by=by, at=after(1))
        assert Referral.objects.get(pk=referral.pk).need == "N1"
    closed = close(world, referral, nfa=False, closure="RC7")
    assert (closed.state, closed.closure, closed.closed_on) == ("closed", "RC7", AT.date())
    with pytest.raises(StepNotAllowed):
        record(world, referral, after(1), at=after(2))


def test_nobody_writes_over_what_somebody_else_has_written_meanwhile(world: World) -> None:
    referral = held(world)
    seen = referral.version
    record(world, referral, after(1), at=after(1))
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(2)) as by, pytest.raises(Conflict):
        actions.set_need(referral.key, seen=seen, first="N1", by=by, at=after(2))


def test_a_manager_gives_it_to_a_worker_of_the_team_and_nobody_else(world: World) -> None:
    referral = held(world)
    worker, stranger = world.user("assessment_worker", council=PETERBOROUGH), world.user("social_worker").pk
    with world.acting("assessment_manager", of=PETERBOROUGH, at=after(1)) as by:
        with pytest.raises(InvalidInput):
            actions.give(referral.key, seen=version(referral), worker=stranger, by=by, at=after(1))
        actions.give(referral.key, seen=version(referral), worker=worker.pk, by=by, at=after(1))
    assert timed(world, referral, "seen", at=after(1))[0].owner_id == worker.pk


def test_a_visit_that_says_nothing_of_the_child_is_refused_by_the_action_too(world: World) -> None:
    referral = held(world)
    with pytest.raises(InvalidInput, match="what the child said"):
        record(world, referral, after(1), at=after(1), voice="")
