"""Kinds of clock that only these tests know, and somebody to keep them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

import pytest

from frontdoor.clocks.rules import KINDS, ClockKind, Reason, Unit, declare
from frontdoor.councils.rules import declared

LOOK = ClockKind(
    "tests.look",
    "Look first",
    "Arrival to first look",
    Unit.ELAPSED_MINUTES,
    declared.FIRST_LOOK.name,
    "a test",
    pauses=(Reason("court", "A court asked us to wait"),),
)
DECIDE = ClockKind(
    "tests.decide", "Decide", "Arrival to decision", Unit.WORKING_DAYS, declared.DECIDE.name, "a test",
    pauses=(Reason("court", "A court asked us to wait"),),
)  # fmt: skip
ADVISE = ClockKind(
    "tests.advise", "Advise", "Arrival to decision", Unit.WORKING_HOURS, declared.CONSULTATION.name, "a test"
)

CAMBRIDGESHIRE, PETERBOROUGH = 873, 874


class Keeper(Protocol):
    """Lets the seeder, who may do everything, act for a council."""

    def __call__(self, council: int = ...) -> AbstractContextManager[Any]: ...


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    kept = dict(KINDS)
    for kind in (LOOK, DECIDE, ADVISE):
        declare(kind)
    yield
    KINDS.clear()
    KINDS.update(kept)


@pytest.fixture
def keeping(world: Any) -> Keeper:
    from frontdoor.actors.rules import SEEDER

    return lambda council=PETERBOROUGH: world.system(SEEDER, council=council)
