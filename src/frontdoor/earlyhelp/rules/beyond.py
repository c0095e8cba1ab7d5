"""What rooms above add to early help: each names itself while it starts, so that early help never learns of them."""

from collections.abc import Callable
from typing import Any

Part = tuple[str, Any]
"""The template of a part of a page, and what it shows (there as `shows`)."""

PARTS: list[Callable[..., Part | None]] = []
"""Parts of a family's page that rooms above give; filled while the rooms start, read afterwards."""


def declare_part(gives: Callable[..., Part | None]) -> None:
    """Have a part of a family's page given by a room above, once; it asks by itself what its reader may see.

    :param gives: given the episode, the council's slug, `by=` and `at=`: the part, or None
    """
    if gives not in PARTS:
        PARTS.append(gives)


WAYS: list[Callable[..., Any]] = []
"""What a reader can do besides on a family's page; filled and read as the above."""


def declare_ways(gives: Callable[..., Any]) -> None:
    """Have links for "What you can do" on a family's page given by a room above, once.

    :param gives: given the episode, the council's slug, `by=` and `at=`: the words and address of each, in their order
    """
    if gives not in WAYS:
        WAYS.append(gives)


STEPPED: list[Callable[..., None]] = []
"""What hears of each step of a family's early help; filled and read as the above."""


def declare_stepped(hears: Callable[..., None]) -> None:
    """Have a room above hear of each step in the act that takes it, once; it refuses nothing.

    Its clocks on the family start and stop so: it hears before the family's place in the lists is worked out.

    :param hears: given the episode (in its new state), the `states.Step`, `by=` and `at=`
    """
    if hears not in STEPPED:
        STEPPED.append(hears)


CARRIED: list[Callable[..., str]] = []
"""What goes with a family that is sent back to the front door; filled and read as the above."""


def declare_carried(gives: Callable[..., str]) -> None:
    """Have something written about a family go with it into the contact that sends it back to the front door, once.

    :param gives: given the episode and `by=`, what it says in plain text; empty where there is nothing
    """
    if gives not in CARRIED:
        CARRIED.append(gives)


HOLDS: list[Callable[..., str]] = []
"""What keeps work from ending in one way; filled and read as the above."""


def declare_holds(says: Callable[..., str]) -> None:
    """Have a room above say why work may not end in one way now, once.

    :param says: given the episode, the code of the ending, and `by=`, why not, in words; empty where nothing stands in
        the way
    """
    if says not in HOLDS:
        HOLDS.append(says)


AGREED: list[Callable[..., None]] = []
"""What hears of each word about agreement; filled and read as the above."""


def declare_agreed(hears: Callable[..., None]) -> None:
    """Have a room above hear of each word about agreement in the act that records it, once; it refuses nothing.

    :param hears: given the episode, `by=` and `at=`, once everything else has followed from the word
    """
    if hears not in AGREED:
        AGREED.append(hears)


STOPS: list[Callable[..., Any]] = []
"""What stops and goes on in rooms above when agreement is taken back; filled and read as the above."""


def declare_stops(gives: Callable[..., Any]) -> None:
    """Have a room above say what stops and what goes on when somebody takes their agreement back, once.

    It stands above the form, before anybody presses.

    :param gives: given the episode, `by=` and `at=`: sentences
    """
    if gives not in STOPS:
        STOPS.append(gives)
