"""Moving the arrivals by whole weeks until now falls into their last: a Friday evening stays a Friday evening."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from frontdoor.config.scenarios.shapes import Arrival, Households

LONDON = ZoneInfo("Europe/London")
Shape = TypeVar("Shape")


def weeks_until(now: datetime, arrivals: Sequence[Arrival]) -> int:
    """By how many weeks the arrivals move so that `now` lies in the week, Monday to Sunday, of the last of them."""
    last = max(arrival.arrives_at for arrival in arrivals)
    return (_monday(now) - _monday(last)).days // 7


def _monday(at: datetime) -> date:
    day = at.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def shifted(arrivals: Sequence[Arrival], *, weeks: int) -> tuple[Arrival, ...]:
    """The arrivals some weeks later, at the same time on the wall in London and in the same order.

    Dates of birth move with them, so that everybody keeps their age and an unborn child stays unborn. A time that the
    new day does not have (an hour of a night in March) becomes the first that it has; of a time that it has twice, the
    first. What is `expected` keeps its true times.
    """
    return tuple(
        replace(
            arrival,
            arrives_at=_later(arrival.arrives_at, weeks),
            event_at=arrival.event_at and _later(arrival.event_at, weeks),
            entered_at=arrival.entered_at and _later(arrival.entered_at, weeks),
            children=tuple(
                _aged(child, weeks, "date_of_birth", "expected_date_of_birth") for child in arrival.children
            ),
            adults=tuple(_aged(adult, weeks, "date_of_birth") for adult in arrival.adults),
        )
        for arrival in arrivals
    )


def shifted_households(known: Households, *, weeks: int) -> Households:
    """The known households with dates of birth and history moved by the same weeks."""
    return replace(
        known,
        households=tuple(
            replace(
                household,
                children=tuple(
                    _aged(child, weeks, "date_of_birth", "expected_date_of_birth") for child in household.children
                ),
                adults=tuple(_aged(adult, weeks, "date_of_birth") for adult in household.adults),
                history=tuple(_aged(event, weeks, "date") for event in household.history),
            )
            for household in known.households
        ),
    )


def _aged(shape: Shape, weeks: int, *fields: str) -> Shape:
    days = timedelta(weeks=weeks)
    moved = {name: getattr(shape, name) + days for name in fields if getattr(shape, name) is not None}
    return replace(shape, **moved)  # type: ignore[type-var]  # every shape here is a dataclass


def _later(at: datetime, weeks: int) -> datetime:
    wall = at.astimezone(LONDON).replace(tzinfo=None) + timedelta(weeks=weeks)
    moved = wall.replace(tzinfo=LONDON)
    back = moved.astimezone(UTC).astimezone(LONDON)
    if back.replace(tzinfo=None) != wall:  # in the missing hour: the offset before it carries the wall past it
        return (wall.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).replace(tzinfo=LONDON)
    return moved
