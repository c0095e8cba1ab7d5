"""Who may take a family on, and how much room they have."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.earlyhelp.actions.rows import Key
from frontdoor.earlyhelp.models import Offer, Provider
from frontdoor.earlyhelp.rules.taking import KINDS
from frontdoor.trail import actions as trail

KEEP = Permission.EARLY_HELP_KEEP
MOST = 500


@transaction.atomic
def add_provider(*, name: str, kind: str, what: str = "", phone: str = "", by: Actor, at: datetime) -> Provider:
    """Add a team or an agency that may take families on.

    :raises NotPermitted: `by` does not keep early help
    :raises InvalidInput: no name, a name that is there, or no kind
    """
    require(by, KEEP, authority=acting_council(by))
    name, wrong = " ".join(name.split()), {}
    if not name:
        wrong["name"] = "Enter the name"
    elif within(by, Provider.objects.filter(name__iexact=name, ended_at=None)).exists():
        wrong["name"] = "This one is in the list already"
    if kind not in dict(KINDS):
        wrong["kind"] = "Choose whose they are"
    if wrong:
        raise InvalidInput(**wrong)
    row = Provider.objects.create(
        authority_id=acting_council(by), name=name, kind=kind, what=what.strip(), phone=phone.strip()
    )
    trail.record("earlyhelp.add_provider", subject=row, by=by, at=at)
    return row


def _taken(key: Key, *, seen: int, by: Actor) -> Provider:
    row = within(by, Provider.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, KEEP, authority=row.authority_id)
    unchanged(seen, row.version)
    if row.ended_at is not None:
        raise StepNotAllowed("This one does not take families on any more.", when=row.ended_at)
    return row


@transaction.atomic
def say_places(key: Key, *, seen: int, places: int, said: str = "", said_by: str, by: Actor, at: datetime) -> Provider:
    """Write down how many families somebody says they can take on now, and who of theirs says so.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no number, or nobody who said it
    :raises StepNotAllowed: they take no families on any more
    """
    row, wrong = _taken(key, seen=seen, by=by), {}
    if not 0 <= places <= MOST:
        wrong["places"] = f"Enter a number from 0 to {MOST}"
    if not said_by.strip():
        wrong["said_by"] = "Write who of theirs said it"
    if wrong:
        raise InvalidInput(**wrong)
    row.places, row.said, row.said_by, row.said_at = places, said.strip(), said_by.strip(), at
    row.version += 1
    row.save(update_fields=["places", "said", "said_by", "said_at", "version"])
    trail.record("earlyhelp.say_places", subject=row, by=by, at=at, places=places)
    return row


@transaction.atomic
def end_provider(key: Key, *, seen: int, by: Actor, at: datetime) -> Provider:
    """Take somebody off the list: nothing is offered to them any more, and what they took on stays theirs.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: they are off it already, or an offer to them is outstanding
    """
    row = _taken(key, seen=seen, by=by)
    if within(by, Offer.objects.filter(provider=row, answer="")).exists():
        raise StepNotAllowed("An offer to them is outstanding. Take it back, or write down their answer first.")
    row.ended_at, row.version = at, row.version + 1
    row.save(update_fields=["ended_at", "version"])
    trail.record("earlyhelp.end_provider", subject=row, by=by, at=at)
    return row
