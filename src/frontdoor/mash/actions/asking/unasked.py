"""What an agency said without being waited for reaches the enquiry's history, and what it told unasked is read."""

from datetime import datetime

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import deadline
from frontdoor.directions import actions as directions
from frontdoor.mash.actions.enquiries.rows import CHILD, children
from frontdoor.mash.models import Enquiry, Reply, Request, Turn, View
from frontdoor.mash.rules.asking.states import reply_clock
from frontdoor.mash.rules.states import Line


def tell_unasked(request: Request, *, by: Actor, at: datetime) -> None:
    """Each thing told unasked is one line of the history and one action, once: however often the job runs.

    Whoever has the enquiry reads it, else its team, within the time that an answer has at its rating; also where the
    enquiry is settled, since what is known of a child does not end with it.
    """
    found = within(by, Reply.objects.filter(request=request, how="volunteered", withdrawn=False))
    enquiry = request.enquiry
    for moment, who, user in dict.fromkeys(found.order_by("at", "id").values_list("at", "said_by", "user_id")):
        told = within(by, Turn.objects.filter(enquiry=enquiry, kind=Line.NOTE.value, at=moment, by_user=user))
        if told.exists():
            continue
        Turn.objects.create(
            authority_id=enquiry.authority_id, enquiry=enquiry, kind=Line.NOTE.value, by_user=user, by_name=who,
            text=f"{request.desk.name} told us something unasked", at=moment,
        )  # fmt: skip
        _to_read(request, enquiry, by=by, at=at)


def tell_views(request: Request, *, by: Actor) -> None:
    """What the agency said at its own desk to the shared analysis: one line of the history for each word, once."""
    said = View.objects.select_related("analysis").filter(request=request, how="desk")
    for view in within(by, said).order_by("at", "id"):
        told = Turn.objects.filter(enquiry=request.enquiry, kind=Line.VIEWED.value, at=view.at, by_user=view.user_id)
        if not within(by, told).exists():
            stands = "agrees" if view.agrees else "sees it otherwise"
            Turn.objects.create(
                authority_id=request.authority_id, enquiry=request.enquiry, kind=Line.VIEWED.value,
                by_user=view.user_id, by_name=view.said_by, at=view.at,
                text=f"{request.desk.name} {stands}: version {view.analysis.number}",
            )  # fmt: skip


def _to_read(request: Request, enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    kind = reply_clock(request.rating)
    here = {each.id for each in colleagues(by=by, at=at)}
    owner = f"user:{enquiry.holder}" if enquiry.holder in here else f"team:{enquiry.team_id}"
    child = next(iter(children(enquiry, by=by)), None)
    directions.start(
        subject=(CHILD, child.key) if child else ("mash.enquiry", enquiry.key), owner=owner,
        what=f"Read what {request.desk.name} told us unasked, and say what follows",
        due_at=deadline(clock_queries.terms([kind], by=by).rule(kind, at), at), label=enquiry.reference, by=by, at=at,
    )  # fmt: skip
