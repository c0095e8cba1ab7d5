"""A sender's silence: the rule against a brute-force one, and the hour's work from what came to the manager's list."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.access.rules import Role
from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC_INTAKE, Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions.silence import end_silence, watch
from frontdoor.contacts.models import Silence
from frontdoor.contacts.queries import silence as queries
from frontdoor.contacts.rules import silence as rules
from frontdoor.contacts.rules.intake import Report
from tests.worlds import PETERBOROUGH, World

MONDAY = datetime(2026, 11, 16, 14, tzinfo=UTC)
"""An ordinary Monday in term, two in the afternoon; the seven Mondays before it but one are term days too."""

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(day=days, terms=st.booleans(), bank=st.sets(days, max_size=8), school=st.lists(days, max_size=8, unique=True))
def test_days_are_compared_with_the_same_weekday_that_counts_and_with_no_other(
    day: date, terms: bool, bank: set[date], school: list[date]
) -> None:
    found = rules.comparable(day, terms=terms, bank_holidays=bank, school_holidays=school)
    bounds = sorted(school)
    free = set(bank)
    if terms:
        for first, last in zip(bounds[::2], [*bounds[1::2], bounds[-1]] if bounds else [], strict=False):
            free |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    open_days = [
        each
        for week in range(1, 27)
        if (each := day - timedelta(days=7 * week)) not in free and not (terms and each.weekday() > 4)
    ]
    closed = day in free or (terms and day.weekday() > 4)
    assert found == ([] if closed else open_days[:8])


@given(counts=st.lists(st.integers(0, 50), min_size=0, max_size=8))
def test_the_usual_is_a_number_that_was_seen_with_half_of_the_days_at_or_below_it(counts: list[int]) -> None:
    on = [date(2026, 1, 5) + timedelta(days=7 * number) for number in range(len(counts))]
    usual = rules.usual(dict(zip(on, counts, strict=True)), on)
    if len(counts) < rules.FEWEST:
        assert usual == 0
        return
    assert usual in counts
    assert sum(count <= usual for count in counts) * 2 >= len(counts)
    assert sum(count >= usual for count in counts) * 2 >= len(counts)


@given(usual=st.integers(0, 200), seen=st.integers(0, 200), least=st.integers(1, 100), share=st.integers(0, 80))
def test_whoever_sends_as_usual_is_never_silent_and_silence_grows_with_less(
    usual: int, seen: int, least: int, share: int
) -> None:
    silent = rules.silent(usual, seen, least=least, share=share)
    assert not (silent and seen >= usual)
    assert not (silent and usual < least)
    if silent and seen:
        assert rules.silent(usual, seen - 1, least=least, share=share)
    if usual >= least:
        assert rules.silent(usual, 0, least=least, share=share)


def sent(world: World, who: Any, number: int, at: datetime) -> None:
    for _ in range(number):
        with who() as by:
            given_ = contacts.submit(Report(story="Something"), channel="web", idem=str(uuid4()), by=by, at=at)
        with world.system(PUBLIC_INTAKE) as by:
            contacts.take_in(str(given_.submission), by=by, at=at)


def police(world: World) -> Callable[[], Any]:
    return lambda: world.sending("police-desk", council=PETERBOROUGH)


def watches(world: World, at: datetime = MONDAY) -> int:
    with world.system(CLOCK_SWEEP) as by:
        return watch(by=by, at=at)


@pytest.fixture
def quiet(world: World) -> World:
    """The police desk sent three each Monday by noon, for five weeks, and nothing today."""
    for week in range(1, 6):
        sent(world, police(world), 3, MONDAY - timedelta(weeks=week, hours=2))
    return world


def test_a_silence_is_raised_once_with_what_is_usual_and_what_was_seen(quiet: World) -> None:
    assert watches(quiet) == 1
    assert watches(quiet, MONDAY + timedelta(hours=1)) == 0
    with quiet.acting("team_manager", council=PETERBOROUGH):
        one = Silence.objects.get()
        assert (one.name, one.usual, one.seen, one.days) == ("Cambridgeshire Constabulary", 3, 0, 8)
        clock = Clock.objects.get(kind="contacts.silence", stopped_at=None)
        assert clock.subject_key == str(one.key)
        assert clock.due_at == MONDAY + timedelta(minutes=60)


def test_who_sends_as_usual_or_later_in_the_day_is_not_silent(quiet: World) -> None:
    assert watches(quiet, MONDAY.replace(hour=9)) == 0  # by nine they never had sent
    sent(quiet, police(quiet), 3, MONDAY - timedelta(hours=1))
    assert watches(quiet) == 0


def test_another_weekday_has_a_usual_of_its_own(quiet: World) -> None:
    assert watches(quiet, MONDAY + timedelta(days=1)) == 0


def test_a_school_is_not_expected_in_its_holidays_and_the_police_are(world: World) -> None:
    half_term = datetime(2026, 10, 26, 14, tzinfo=UTC)
    for week in range(1, 6):
        for who in (police(world), lambda: world.sending("school")):
            sent(world, who, 3, half_term - timedelta(weeks=week, hours=2))
    assert watches(world, half_term) == 1
    with world.acting("team_manager", council=PETERBOROUGH):
        assert Silence.objects.get().name == "Cambridgeshire Constabulary"


def test_a_bank_holiday_tells_nothing_of_anybody(quiet: World) -> None:
    with quiet.system(CLOCK_SWEEP) as by:
        assert queries.watched(by=by, at=datetime(2026, 12, 28, 14, tzinfo=UTC)) == []


def test_whoever_sends_again_before_anybody_rang_is_silent_no_more(quiet: World) -> None:
    watches(quiet)
    sent(quiet, police(quiet), 1, MONDAY + timedelta(minutes=20))
    watches(quiet, MONDAY + timedelta(hours=1))
    with quiet.acting("team_manager", council=PETERBOROUGH):
        one = Silence.objects.get()
        assert one.found == "sent_again"
        assert not Clock.objects.filter(kind="contacts.silence", stopped_at=None).exists()


def test_what_was_found_ends_it_with_its_reason_and_it_is_not_raised_again_that_day(quiet: World) -> None:
    watches(quiet)
    with quiet.acting("team_manager", council=PETERBOROUGH) as by:
        one = Silence.objects.get()
        with pytest.raises(InvalidInput):
            end_silence(one.key, seen=1, found="sent_again", why="x", by=by, at=MONDAY)
        with pytest.raises(Conflict):
            end_silence(one.key, seen=7, found="nothing", why="Quiet morning", by=by, at=MONDAY)
        end_silence(one.key, seen=1, found="fault_there", why="Their link was down", by=by, at=MONDAY)
        with pytest.raises(StepNotAllowed):
            end_silence(one.key, seen=2, found="nothing", why="Again", by=by, at=MONDAY)
        assert not Clock.objects.filter(kind="contacts.silence", stopped_at=None).exists()
    with quiet.acting("contact_officer", council=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        end_silence(one.key, seen=2, found="nothing", why="x", by=by, at=MONDAY)
    assert watches(quiet, MONDAY + timedelta(hours=1)) == 0
    assert watches(quiet, MONDAY + timedelta(weeks=1)) == 1


def test_the_manager_finds_it_on_my_work_and_says_what_they_found(quiet: World, signed: Callable[..., Client]) -> None:
    watches(quiet)
    client = signed(Role.TEAM_MANAGER)
    home = client.get("/desk/").content.decode()
    assert "A sender is silent" in home
    assert "Usually 3 by then, seen 0" in home
    with quiet.acting("team_manager", council=PETERBOROUGH):
        key = Silence.objects.get().key
    page = f"/peterborough/senders/silent/{key}/"
    assert page in home
    assert client.post(page, {"seen": "1", "found": "nothing", "why": ""}).status_code == 422
    assert client.post(page, {"seen": "1", "found": "nothing", "why": "PS Finch: a quiet day"}).status_code == 302
    after = client.get("/peterborough/senders/").content.decode()
    assert "PS Finch: a quiet day" in after
    assert "A sender is silent" not in client.get("/desk/").content.decode()
    assert signed(Role.CONTACT_OFFICER).get(page).status_code == 403
