"""Test messages, for those who keep the doors and for the agency that asked for one."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Trial
from frontdoor.contacts.rules.trials import Door

MOST = 50


def trials(*, by: Actor, at: datetime) -> list[Trial]:
    """The last test messages of the council acted for, the latest first.

    :raises NotPermitted: `by` may not read settings: those who keep the doors may
    """
    require(by, Permission.SETTING_READ, authority=acting_council(by))
    return list(within(by, Trial.objects.order_by("-asked_at", "id"))[:MOST])


def own_trials(*, by: Actor, at: datetime) -> list[Trial]:
    """Those that the actor's agency sent itself."""
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if not by.agency:
        raise NotFound
    return list(within(by, Trial.objects.filter(agency=by.agency)).order_by("-asked_at", "id")[:MOST])


def door_of(key: UUID | str, *, by: Actor) -> str:
    """Through which door one goes.

    :raises NotFound: another council's, or none
    """
    found = within(by, Trial.objects.filter(pk=key)).first()
    if found is None:
        raise NotFound
    return found.door


def asked_for(key: UUID | str, door: Door, *, by: Actor) -> bool:
    """Whether a test through this door was asked for under this key, which nobody outside can guess."""
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    return within(by, Trial.objects.filter(pk=key, door=door)).exists()


def on_the_way(*, by: Actor, at: datetime) -> list[Trial]:
    """Those that have neither arrived nor failed."""
    return list(within(by, Trial.objects.filter(seen_at=None, failed_at=None)).order_by("asked_at", "id"))
