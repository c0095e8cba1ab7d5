"""That weights were learnt from an index: what was read of it is told."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.matching.queries.doubles_searching import size
from frontdoor.trail import actions as trail


@transaction.atomic
def learnt(version: int, *, by: Actor, at: datetime) -> None:
    """Say in the trail that a version of the weights was learnt from this council's index, and of how many people.

    :raises NotPermitted: `by` may not see how matches are weighed
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    trail.record("matching.learnt", by=by, at=at, weights=version, people=size(by=by))
