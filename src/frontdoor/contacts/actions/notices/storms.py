"""A storm: more notices within an hour than the council's number, for which a manager finds people."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.models import Notice, Storm
from frontdoor.contacts.rules import notices as rules
from frontdoor.councils.queries import setting
from frontdoor.trail import actions as trail

HOUR = timedelta(hours=1)


def notice_storm(*, by: Actor, at: datetime) -> None:
    """Start the clock of a storm where more has come within the hour than the council's number, and none is open.

    Part of the act that receives, which writes the entry.
    """
    limit = int(setting(rules.STORM_COUNT.name, authority=acting_council(by), on=at).value)
    counted = within(by, Notice.objects.filter(received_at__gt=at - HOUR, received_at__lte=at)).count()
    if counted <= limit or _met_lately(by=by, at=at):
        return
    storm = Storm(authority_id=acting_council(by), began_at=at, counted=counted)
    Storm.objects.bulk_create([storm], ignore_conflicts=True)
    if within(by, Storm.objects.filter(key=storm.key)).exists():
        clocks.start(rules.STORM, subject=("contacts.storm", storm.key), label=f"{counted} notices", by=by, at=at)


def _met_lately(*, by: Actor, at: datetime) -> bool:
    """Whether one is open, or a manager has met one within the hour: the same notices ask for people once."""
    return within(by, Storm.objects.filter(began_at__gt=at - HOUR)).exists()


@transaction.atomic
def settle_storm(key: UUID | str, *, seen: int, line: str, by: Actor, at: datetime) -> Storm:
    """A manager says who works a storm of notices, in one line.

    :raises NotPermitted: `by` does not share out work here
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: somebody has said so already
    :raises InvalidInput: nothing is said
    """
    storm = within(by, Storm.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if storm is None:
        raise NotFound
    require(by, Permission.CONTACT_ASSIGN, authority=storm.authority_id)
    unchanged(seen, storm.version)
    if storm.settled_at is not None:
        raise StepNotAllowed("A manager has said already who works these.", when=storm.settled_at)
    if not line.strip():
        raise InvalidInput(line="Write in one line who works them")

    storm.settled_at, storm.settled_by, storm.line = at, acting_person(by), line.strip()[:300]
    storm.version += 1
    storm.save(update_fields=["settled_at", "settled_by", "line", "version"])
    clocks.stop(rules.STORM, subject=("contacts.storm", storm.key), by=by, at=at)

    trail.record("contacts.settle_storm", subject=storm, by=by, at=at, why=storm.line)
    return storm
