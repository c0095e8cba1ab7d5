"""A contact that was closed without a decision stands again, as if it had never been closed."""

from datetime import datetime

from frontdoor.actors.rules import Actor
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.rules.states import ContactState, MatterState


def open_again(contact: Contact, matters: list[Matter], *, stopped: Ended, by: Actor, at: datetime) -> None:
    """Open a contact and its matters; what was stopped when it was closed runs again from its first time.

    Part of the act that opens it. Whoever calls lets its state follow from what is known (`rows.changed`).

    :param stopped: as what its clocks were stopped
    """
    for matter in matters:
        matter.state, matter.version = MatterState.OPEN, matter.version + 1
        matter.save(update_fields=["state", "version"])
    contact.state, contact.closed_at, contact.closed_by = ContactState.RECEIVED, None, None
    contact.save(update_fields=["state", "closed_at", "closed_by"])
    subject = ("contacts.submission", contact.submission_id)
    shown = clock_queries.for_subject(subject, by=by, at=at)
    running = {clock.kind for clock in shown if clock.stopped_at is None}
    again = {clock.kind for clock in shown if clock.ended == stopped} - running
    if again:
        clocks.start(
            *sorted(again, key=lambda kind: kind.name), subject=subject, team_id=contact.team_id, label=contact.receipt,
            by=by, at=contact.received_at,
        )  # fmt: skip
