"""Requests follow their enquiry: a new rating, standing down. Apart from the rest, since rating an enquiry calls it."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import deadline
from frontdoor.codes import rules as codes
from frontdoor.mash.actions.asking.rows import changed, end
from frontdoor.mash.models import Enquiry, Request
from frontdoor.mash.rules.asking.states import OPEN, SEND, SUBJECT, reply_clock

ENQUIRY = "mash.enquiry"


def _open_of(enquiry: Enquiry, *, by: Actor) -> list[Request]:
    found = Request.objects.select_for_update(of=("self",), no_key=True).filter(enquiry=enquiry, state__in=sorted(OPEN))
    return list(within(by, found).order_by("sent_at", "id"))


@transaction.atomic
def stood_down(enquiry: Enquiry, why: str, *, by: Actor, at: datetime) -> int:
    """Stop everything that is unanswered, as a part of standing an enquiry down or joining it to another.

    :returns: how many were stopped
    """
    rows = _open_of(enquiry, by=by)
    for request in rows:
        end(request, why[:300], by=by, at=at)
        later("mash.tell_stopped", request=str(request.key))
    clocks.stop(SEND, subject=(ENQUIRY, enquiry.key), ended=Ended.NOT_NEEDED, by=by, at=at)
    return len(rows)


@transaction.atomic
def rated(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Follow a rating, as a part of rating: the requests are to leave; what is unanswered has the shorter time.

    A lower rating leaves requests as they were asked: nothing that was late becomes timely (domain 3.4).
    """
    require(by, Permission.MASH_WORK, authority=enquiry.authority_id)
    if not codes.RATINGS[enquiry.rating].agencies_asked:
        return
    if not within(by, Request.objects.filter(enquiry=enquiry)).exists():
        running = clock_queries.for_subjects(ENQUIRY, [enquiry.key], by=by, at=at).get(str(enquiry.key), [])
        if all(clock.kind.name != SEND.name for clock in running):
            clocks.start(
                SEND, subject=(ENQUIRY, enquiry.key), team_id=enquiry.team_id, owner_id=enquiry.holder,
                label=enquiry.reference, by=by, at=at,
            )  # fmt: skip
        return
    for request in _open_of(enquiry, by=by):
        if _rank(enquiry.rating) < _rank(request.rating):
            _sooner(request, enquiry, by=by, at=at)


def _rank(rating: str) -> int:
    """How urgent a rating is: one is the most."""
    return codes.RATINGS[rating].rank


def _sooner(request: Request, enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Give a request the time of a higher rating from now on, unless what it had is shorter still."""
    subject, kind = (SUBJECT, request.key), reply_clock(enquiry.rating)
    due_at = deadline(clock_queries.terms([kind], by=by).rule(kind, at), at)
    if due_at < request.due_at and kind.name != reply_clock(request.rating).name:
        (old,) = clocks.stop(reply_clock(request.rating), subject=subject, ended=Ended.REPLACED, by=by, at=at)
        clocks.start(
            kind, subject=subject, team_id=old.team_id, owner_id=old.owner_id, label=old.label, by=by, at=at,
        )  # fmt: skip
        request.due_at = due_at
    request.rating = enquiry.rating
    changed(request, "rating", "due_at")
