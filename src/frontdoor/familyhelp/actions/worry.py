"""A worry of whoever works with a family goes to the front door at once, whatever else they may do there (ADR 0036)."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission
from frontdoor.earlyhelp.actions import step_up
from frontdoor.earlyhelp.models import StepUp
from frontdoor.familyhelp.actions.rows import WORK, Key
from frontdoor.familyhelp.queries.team import reached

LENT = frozenset({Permission.EARLY_HELP_KEEP, Permission.CONTACT_TAKE})
"""What the act needs and a lead practitioner from another agency does not hold: lent inside it, and given back."""


@transaction.atomic
def send_back(key: Key, *, seen: int, why: str, danger: str, by: Actor, at: datetime) -> StepUp:
    """Send a family back to the front door, as one of its team: a contact of its own, with a receipt and a clock.

    It needs nobody's agreement. Whoever sends it reads nothing by that: the contact is the front door's.

    :param danger: whether a child is in danger now: yes, no or unknown
    :raises NotFound: absent, another council's, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises Conflict: the family has changed since `by` saw it
    :raises InvalidInput: nothing to read
    :raises StepNotAllowed: help for it has ended
    """
    episode = reached(key, WORK, by=by, at=at, lock=True)
    council = episode.authority_id
    lent = replace(by, reach=MappingProxyType({**by.reach, council: by.reach[council] | LENT}))
    return step_up(episode.key, seen=seen, why=why, danger=danger, by=lent, at=at)
