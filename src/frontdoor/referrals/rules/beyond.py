"""What rooms above add to referrals: each names itself while it starts, so that referrals never learns of them."""

from collections.abc import Callable
from typing import Any

Part = tuple[str, Any]
"""The template of a part of a page, and what it shows (there as `shows`)."""

PARTS: list[Callable[..., Part | None]] = []
"""Parts of a referral's page that rooms above give; filled while the rooms start, read afterwards."""


def declare_part(gives: Callable[..., Part | None]) -> None:
    """Have a part of a referral's page given by a room above, once; it asks by itself what its reader may see.

    :param gives: given the referral, the council's slug, `by=` and `at=`: the part, or None
    """
    if gives not in PARTS:
        PARTS.append(gives)


WAYS: list[Callable[..., Any]] = []
"""What a reader can do besides on a referral's page; filled and read as the above."""


def declare_ways(gives: Callable[..., Any]) -> None:
    """Have links for "What you can do" on an open referral's page given by a room above, once.

    :param gives: given the referral, the council's slug, `by=`: the words and address of each, in their order
    """
    if gives not in WAYS:
        WAYS.append(gives)


HOLDS: list[Callable[..., str]] = []
"""What keeps a referral from being closed now; filled and read as the above."""


def declare_holds(says: Callable[..., str]) -> None:
    """Have a room above say why a referral may not be closed now, once.

    :param says: given the referral and `by=`, why not, in words; empty where nothing stands in the way
    """
    if says not in HOLDS:
        HOLDS.append(says)
