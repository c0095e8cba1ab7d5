"""For those who send: a planned report and what is added to it, and the steps that they may know of."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.actions.intake import Given, submit
from frontdoor.contacts.models import Progress
from frontdoor.contacts.queries import senders as queries
from frontdoor.contacts.rules.intake import Report
from frontdoor.trail import actions as trail


@transaction.atomic
def add_to(key: UUID, report: Report, *, idem: str, by: Actor, at: datetime) -> Given:
    """Send something that adds to what the agency sent earlier, or puts it right: a report of its own, with a receipt.

    What was sent is never changed; the new one names the children and the place of the first, and is read beside it.

    :raises NotFound: the agency sent no such thing to the council acted for
    :raises InvalidInput: nothing was written
    """
    first = queries.one_sent(key, by=by)
    return submit(replace(report, earlier=str(first.id)), channel="web", idem=idem, by=by, at=at)


@transaction.atomic
def tell_senders(*, by: Actor, at: datetime) -> int:
    """Write down for the agencies how far what they sent has come: once a minute, each step once.

    :returns: how many steps are new
    :raises NotPermitted: `by` may not read contacts
    """
    authority = acting_council(by)
    require(by, Permission.CONTACT_READ, authority=authority)
    steps = queries.to_write_down(by=by, at=at)
    known = queries.written_down({step.submission_id for step in steps}, by=by)
    new = [step for step in steps if (step.submission_id, step.step, step.words) not in known]
    new = list({(step.submission_id, step.step, step.words): step for step in new}.values())
    if new:
        Progress.objects.bulk_create(new, ignore_conflicts=True)
        trail.record("contacts.tell_senders", by=by, at=at, submissions=[str(step.submission_id) for step in new])
    return len(new)
