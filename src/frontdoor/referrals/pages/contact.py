"""What became of a contact's children after they were sent to an assessment team, on the contact's page."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact
from frontdoor.referrals import queries
from frontdoor.referrals.models import Referral
from frontdoor.referrals.queries.opening import Became
from frontdoor.referrals.rules.states import State
from frontdoor.shell.pages import Cell, Row, clock, link, tag, text, when

COLUMNS = ("Child", "Stands", "Picked up", "Child seen", "Seen alone")


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The part of the contact's page; nothing where nothing was sent to an assessment team."""
    found = queries.of_contact(contact, by=by, at=at)
    return ("referrals/of_contact.html", (COLUMNS, rows(found, slug, at=at))) if found else None


def rows(found: list[Became], slug: str, *, at: datetime) -> list[Row]:
    """Each child, and how far it has come; what has not happened shows how long is left."""
    return [
        Row(
            (
                link(each.child, reverse("referrals:referral", args=[slug, each.referral.key])),
                stands(each.referral), _picked(each), seen(each.referral, each.due_at, at=at), alone(each.referral),
            )
        )
        for each in found
    ]  # fmt: skip


def stands(row: Referral) -> Cell:
    """Where a referral stands."""
    return tag(State(row.state).words, TONES[State(row.state)])


TONES = {
    State.OFFERED: "waiting", State.BACK: "late", State.ACCEPTED: "soon", State.IN_WORK: "ok", State.CLOSED: "done",
    State.WITHDRAWN: "done", State.JOINED: "done",
}  # fmt: skip


def _picked(each: Became) -> Cell:
    return when(each.referral.picked_at) if each.referral.picked_at else text("Not yet", below=each.worker)


def seen(row: Referral, due_at: datetime | None, *, at: datetime) -> Cell:
    """When the child was seen; while they are not, how long is left."""
    if due_at is not None:
        return clock(due_at, at)
    if row.seen_at:
        return when(row.seen_at)
    return text("Not born yet" if row.unborn else "Not seen")


def alone(row: Referral) -> Cell:
    """When the child was seen alone, or that they were not yet."""
    if row.alone_at:
        return when(row.alone_at)
    return text("Not yet" if row.alone_since else None)
