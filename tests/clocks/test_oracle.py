"""The rules against the oracle that walks minute by minute: ten years, three councils, both clock changes, pauses.

Every run asks 2,000 seeded instants and every minute of each changing night; `--thorough` every minute of ten years.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

import pytest

from frontdoor.clocks.rules import (
    Calendar,
    Counting,
    DayEnd,
    Rule,
    Unit,
    bank_holidays,
    deadline,
    half_time,
    is_open,
    is_working_day,
    working_days_between,
    working_time_between,
)
from tests.clocks import oracle
from tests.clocks.councils import PAIRS
from tests.clocks.oracle import Council, instant_of, minute_of

SEED = 20260329
FIRST = minute_of(datetime(oracle.YEARS[0], 1, 1, tzinfo=UTC))
LAST = minute_of(datetime(oracle.YEARS[-1], 11, 1, tzinfo=UTC))
"""The last weeks of the ten years are the due times of those before."""

Pauses = list[tuple[int, int]]


def seeded(count: int = 2_000) -> list[int]:
    return sorted(Random(SEED).sample(range(FIRST, LAST), count))  # noqa: S311 (a seed, not a secret)


def changing_nights() -> Iterator[int]:
    """Every minute from two hours before each clock change until two hours after it."""
    for year in oracle.YEARS:
        for change in oracle.changes(year):
            yield from range(change - 120, change + 120)


def by_date(starts: Iterable[int]) -> dict[date, list[int]]:
    """The starts by their London date, on which alone the oracle's working days hang."""
    found = defaultdict(list)
    for start in starts:
        found[oracle.wall(start)[0]].append(start)
    return found


def some_pauses(random: Random, start: int) -> Pauses:
    """One to three, in order, some before the start, some over nights and weekends, some touching."""
    at, pauses = start - 100 + random.randrange(2_000), []
    for _ in range(random.randint(1, 3)):
        until = at + random.choice((1, 30, 240, 1_440, 3_000, 5_000))
        pauses.append((at, until))
        at = until + random.choice((0, 1, 90, 700, 2_000))
    return pauses


def as_instants(pauses: Pauses) -> list[tuple[datetime, datetime]]:
    return [(instant_of(paused), instant_of(resumed)) for paused, resumed in pauses]


@pytest.fixture(params=PAIRS)
def council(request: pytest.FixtureRequest) -> tuple[Calendar, Council]:
    return PAIRS[request.param]


@pytest.mark.parametrize("year", oracle.YEARS)
def test_bank_holidays_are_those_of_the_act_and_of_the_proclamations(year: int) -> None:
    assert bank_holidays(year) == oracle.bank_holidays(year)


def test_every_day_of_ten_years_is_a_working_day_or_not_as_the_oracle_says(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    days = [date(oracle.YEARS[0], 1, 1) + timedelta(days=number) for number in range(3_653)]
    assert [day for day in days if is_working_day(day, calendar) != slow.working(day)] == []


def test_open_and_closed_agree_in_every_minute_of_the_changing_nights(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    assert [m for m in changing_nights() if is_open(instant_of(m), calendar) != slow.is_open(m)] == []


@pytest.mark.parametrize("hours", [6, 24])
def test_working_hours_agree_with_the_oracle(council: tuple[Calendar, Council], hours: int) -> None:
    calendar, slow = council
    rule = Rule(Unit.WORKING_HOURS, hours, calendar=calendar)
    starts = seeded()[hours % 5 :: 3]
    for start in starts:
        assert deadline(rule, instant_of(start)) == instant_of(oracle.open_time(slow, start, hours * 60))
        assert half_time(rule, instant_of(start)) == instant_of(oracle.open_time(slow, start, hours * 30))


def test_working_hours_agree_in_every_minute_of_the_changing_nights(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    rule = Rule(Unit.WORKING_HOURS, 2, calendar=calendar)
    wanted = {start: oracle.open_time(slow, start, 120) for start in changing_nights()}
    assert [start for start, due in wanted.items() if deadline(rule, instant_of(start)) != instant_of(due)] == []


@pytest.mark.parametrize("counting", Counting)
@pytest.mark.parametrize("end", DayEnd)
def test_working_days_agree_with_the_oracle(council: tuple[Calendar, Council], end: DayEnd, counting: Counting) -> None:
    calendar, slow = council
    ways = {"same_day": counting is Counting.FROM_SAME_DAY, "to_closing": end is DayEnd.CLOSING}
    for number, starts in ((1, seeded()), (5, seeded()[::8]), (45, seeded()[::100])):
        rule = Rule(Unit.WORKING_DAYS, number, end, counting, calendar)
        for day, minutes in by_date(starts).items():
            wanted = oracle.working_days(slow, day, number, **ways)
            assert {deadline(rule, instant_of(start)) for start in minutes} == {wanted}


def test_working_days_agree_in_every_minute_of_the_changing_nights(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    for number in (0, 1):
        rule = Rule(Unit.WORKING_DAYS, number, DayEnd.CLOSING, calendar=calendar)
        for day, minutes in by_date(changing_nights()).items():
            wanted = oracle.working_days(slow, day, number, to_closing=True)
            assert {deadline(rule, instant_of(start)) for start in minutes} == {wanted}


def test_half_of_a_limit_in_days_is_half_of_its_open_minutes(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    for number, starts in ((1, seeded()[::10]), (10, seeded()[::100])):
        rule = Rule(Unit.WORKING_DAYS, number, calendar=calendar)
        for start in starts:
            due = oracle.working_days(slow, oracle.wall(start)[0], number)
            assert half_time(rule, instant_of(start)) == oracle.half_of_days(slow, start, due)


def test_elapsed_time_agrees_with_the_oracle_paused_or_not() -> None:
    random = Random(SEED)  # noqa: S311
    for start in [*seeded(), *list(changing_nights())[::20]]:
        for pauses in ([], some_pauses(random, start)):
            minutes = random.choice((20, 120, 24 * 60))
            rule = Rule(Unit.ELAPSED_MINUTES, minutes)
            at, still = instant_of(start), as_instants(pauses)
            assert deadline(rule, at, still) == instant_of(oracle.elapsed(start, minutes, pauses))
            assert half_time(rule, at, still) == instant_of(oracle.elapsed(start, minutes // 2, pauses))


def test_paused_working_hours_and_days_agree_with_the_oracle(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    random = Random(SEED)  # noqa: S311
    hours = Rule(Unit.WORKING_HOURS, 6, calendar=calendar)
    days = [Rule(Unit.WORKING_DAYS, number, end, calendar=calendar) for number in (0, 1, 3) for end in DayEnd]
    for start in seeded()[::8]:
        pauses = some_pauses(random, start)
        at, still = instant_of(start), as_instants(pauses)
        assert deadline(hours, at, still) == instant_of(oracle.open_time(slow, start, 360, pauses))
        rule = random.choice(days)
        due = oracle.working_days(
            slow, oracle.wall(start)[0], rule.length, pauses, to_closing=rule.day_end is DayEnd.CLOSING
        )
        assert deadline(rule, at, still) == due
        assert half_time(rule, at, still) == oracle.half_of_days(slow, start, due, pauses)


def test_how_long_something_took_agrees_with_the_oracle(council: tuple[Calendar, Council]) -> None:
    calendar, slow = council
    random = Random(SEED)  # noqa: S311
    for start in seeded()[::8]:
        end = start + random.choice((0, 5, 400, 3_000, 12_000))
        minutes = sum(is_open for _, is_open, _, _ in islice(slow.stream(start), end - start))
        assert working_time_between(instant_of(start), instant_of(end), calendar) == timedelta(minutes=minutes)
        first, last = oracle.wall(start)[0], oracle.wall(end)[0]
        days = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
        assert working_days_between(first, last, calendar) == sum(map(slow.working, days))


def test_a_later_start_is_never_due_earlier(council: tuple[Calendar, Council]) -> None:
    calendar, _ = council
    random = Random(SEED)  # noqa: S311
    rules = [Rule(unit, 5, calendar=calendar) for unit in Unit]
    for start in seeded()[::4]:
        earlier = instant_of(start) + timedelta(microseconds=random.randrange(60_000_000))
        later = earlier + timedelta(microseconds=random.randrange(200_000_000_000))
        for rule in rules:
            assert deadline(rule, earlier) <= deadline(rule, later)
            assert earlier <= half_time(rule, earlier) <= deadline(rule, earlier)


def _day_dues(slow: Council, number: int, days: Iterable[date]) -> dict[date, datetime]:
    """When a limit in days that starts on each date is due; it hangs on the date alone."""
    return {day: oracle.working_days(slow, day, number) for day in days}


@pytest.fixture
def minutes(request: pytest.FixtureRequest) -> range:
    """Every minute of ten years with `--thorough`; else from the spring change of 2026 until Easter is over."""
    if request.config.getoption("--thorough", default=False):
        return range(FIRST, LAST)
    return range(oracle.changes(2026)[0] - oracle.DAY, oracle.changes(2026)[0] + 11 * oracle.DAY)


def test_every_minute_is_due_when_a_walk_over_all_minutes_says(
    minutes: range, council: tuple[Calendar, Council]
) -> None:
    calendar, slow = council
    hours = Rule(Unit.WORKING_HOURS, 6, calendar=calendar)
    day, five = (Rule(Unit.WORKING_DAYS, number, calendar=calendar) for number in (1, 5))
    first, last = oracle.wall(minutes[0])[0], oracle.wall(minutes[-1])[0]
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    wanted, wanted_five = _day_dues(slow, 1, days), _day_dues(slow, 5, days)
    # Two fingers on the open minutes: the one that the start has reached, and the one 360 open minutes further on.
    opened = (minute for minute, is_open, _, _ in slow.stream(minutes[0]) if is_open)
    ahead = deque(next(opened) for _ in range(360))
    differing = []
    for start, _, on, _ in slow.stream(minutes[0]):
        if start not in minutes:
            break
        while ahead[0] < start:
            ahead.popleft()
            ahead.append(next(opened))
        at = instant_of(start)
        agree = deadline(hours, at) == instant_of(ahead[-1] + 1)
        if not (agree and deadline(day, at) == wanted[on] and deadline(five, at) == wanted_five[on]):
            differing.append(at)
    assert differing == []
