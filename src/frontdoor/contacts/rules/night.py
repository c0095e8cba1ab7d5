"""Outside hours: whose inbox the night is, and which hours have no name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdoor.actors.rules import InvalidInput

STEP = timedelta(minutes=15)
"""How finely gaps are looked for."""
LONGEST_SHIFT = timedelta(hours=26)
"""A night of one shift, the one in autumn with an hour more, and its handover."""


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant until another, the second not included."""

    starts_at: datetime
    ends_at: datetime


def check_shift(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a shift that ends before it begins, or is no shift.

    :raises InvalidInput: with the message by field
    """
    if ends_at <= starts_at:
        raise InvalidInput(ends_at="The shift must end after it begins")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise InvalidInput(ends_at="A shift is at most 26 hours. Enter a long one in parts")


def gaps(since: datetime, until: datetime, shifts: Sequence[Span], is_open: Callable[[datetime], bool]) -> list[Span]:
    """The times outside hours in which no name stands on the rota, joined into spans.

    :param is_open: whether the front door is open at an instant; open hours need no rota
    """
    found: list[Span] = []
    at = since
    while at < until:
        named = any(shift.starts_at <= at < shift.ends_at for shift in shifts)
        if not named and not is_open(at):
            if found and found[-1].ends_at == at:
                found[-1] = Span(found[-1].starts_at, at + STEP)
            else:
                found.append(Span(at, at + STEP))
        at += STEP
    return found
