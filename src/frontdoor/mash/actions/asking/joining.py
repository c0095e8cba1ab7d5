"""Somebody joins the enquiry after requests have left: every agency that was asked is asked about them too."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import deadline
from frontdoor.mash.actions.asking.enquiry import first_out
from frontdoor.mash.actions.asking.rows import changed, waited_for_again
from frontdoor.mash.models import Asked, Enquiry, Request, Subject
from frontdoor.mash.queries.asking.proposing import subjects_of
from frontdoor.mash.rules.asking.states import CAME, reply_clock
from frontdoor.trail import actions as trail


def ask_about_joined(*, by: Actor, at: datetime) -> int:
    """Add whoever joined an open enquiry to its requests, once a minute, however they joined it.

    :returns: how many requests ask about somebody more
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    running = Request.objects.filter(stopped_at=None, enquiry__settled_at=None)
    requests = dict(within(by, running).values_list("pk", "enquiry_id"))
    known: dict[int, set[int]] = defaultdict(set)
    asked = within(by, Asked.objects.filter(request__in=requests))
    for request, subject in asked.values_list("request_id", "subject_id"):
        known[request].add(subject)
    people: dict[int, set[int]] = defaultdict(set)
    everybody = Subject.objects.filter(enquiry__in=set(requests.values()), same_as=None)
    for enquiry, subject in within(by, everybody).values_list("enquiry_id", "pk"):
        people[enquiry].add(subject)
    behind = {enquiry for request, enquiry in requests.items() if people[enquiry] - known[request]}
    rows = within(by, Enquiry.objects.filter(pk__in=behind)).order_by("id")
    return sum(ask_more(enquiry, by=by, at=at) for enquiry in rows)


@transaction.atomic
def ask_more(enquiry: Enquiry, *, by: Actor, at: datetime) -> int:
    """Ask every agency that was asked about who is new, and tell it. Twice does it once.

    What is not answered yet keeps its clock; what was answered is a further question with a clock of its own.

    :returns: how many requests ask about somebody more
    """
    locked = Request.objects.select_related("enquiry", "desk").select_for_update(of=("self",), no_key=True)
    everybody = subjects_of(enquiry, by=by)
    found = 0
    for request in within(by, locked.filter(enquiry=enquiry, stopped_at=None)).order_by("sent_at", "id"):
        there = list(within(by, Asked.objects.filter(request=request)).values_list("subject_id", "position"))
        known = {subject for subject, _ in there}
        new = [each for each in everybody if each.pk not in known]
        if not new:
            continue
        last = max((place for _, place in there), default=-1)
        Asked.objects.bulk_create(
            Asked(
                authority_id=enquiry.authority_id, request=request, subject=each, agency=request.agency,
                is_child=each.is_child, position=place,
            )
            for place, each in enumerate(new, start=last + 1)
        )  # fmt: skip
        _wait(request, by=by, at=at)
        later("mash.tell_joined", request=str(request.key), people=len(there) + len(new))
        trail.record("mash.ask_more", subject=request, by=by, at=at, people=len(new))
        found += 1
    return found


def _wait(request: Request, *, by: Actor, at: datetime) -> None:
    """The clock of an open request stays; one that was answered gets the whole time of its rating from now."""
    if request.state not in CAME:
        changed(request)
        return
    kind = reply_clock(request.rating)
    due_at = deadline(clock_queries.terms([kind], by=by).rule(kind, at), at)
    waited_for_again(request, due_at=due_at, by=by, at=at)
    first_out(request, by=by, at=at)
