"""Seeing both records whole: a join moves every row, also those that whoever approves it may not open."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from frontdoor.actors.actions import tell
from frontdoor.actors.rules import MATCHER, Actor


@contextmanager
def whole(by: Actor) -> Iterator[Actor]:
    """Act as the matcher for the same council inside the block, and as `by` again after it.

    What is found here is moved, counted or refused by, and never shown: pages read as whoever asks.
    """
    matcher = MATCHER.at(by.authority)
    try:
        with transaction.atomic():  # a savepoint, so that who acts can be told again after a failure
            tell(matcher)
            yield matcher
    finally:
        tell(by)
