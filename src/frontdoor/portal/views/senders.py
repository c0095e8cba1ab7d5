"""Pages of somebody who sends for an agency: what it sent, one of it, a new report, and what is added to one."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.actions import senders as actions
from frontdoor.contacts.queries import senders as queries
from frontdoor.councils import queries as councils
from frontdoor.councils.models import Council
from frontdoor.portal import queries as drafts
from frontdoor.portal.forms.senders import AddForm
from frontdoor.portal.pages import senders as pages
from frontdoor.portal.rules import sending
from frontdoor.shell.pages import seal, unseal
from frontdoor.shell.rules import merge

PAGE = 50
partner = address(Kind.PARTNER)
Kept = TypeVar("Kept")


def each(request: Any) -> Iterator[tuple[Council, Actor]]:
    """The councils, one at a time, in the portal's role and for the agency alone."""
    for place in councils.councils(on=request.at):
        with acting_for(place.pk, by=request.actor) as by:
            yield place, by


def answered(request: Any, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page with a form: as typed and with status 422 where something has to be mended."""
    bound = form[0].is_bound if isinstance(form, list) else form.is_bound
    return render(request, f"portal/{template}.html", {"form": form, **context}, status=422 if bound else 200)


@partner
def home(request: Any) -> HttpResponse:
    """What we sent: all colleagues' reports and the systems', the latest first."""
    after: Any = unseal("sent", request.GET.get("after", ""))  # sealed by us
    since = datetime.fromtimestamp(-after[0], UTC) if after else None
    parts, names = [], {}
    for place, by in each(request):
        found = queries.sent(after=since, limit=PAGE * 2 + 1, by=by, at=request.at)
        parts.append([row for row in found if after is None or row.where > tuple(after)])
        names[place.pk] = place.name
    rows, more = merge(parts, lambda row: row.where, PAGE)
    with acting_for(request.sending.home, by=request.actor) as by:
        unsent = drafts.draft(by=by, at=request.at)
    context = {
        "unsent": unsent,
        "rows": pages.rows(rows, names),
        "columns": pages.COLUMNS,
        "agency": request.sending.agency.name,
        "next": f"?after={seal('sent', rows[-1].where)}" if more else "",
        "first": after is None,
    }
    return render(request, "portal/sender_home.html", context)


def opened(request: Any, key: UUID, query: Callable[..., Kept]) -> tuple[Council, Kept]:
    """What a query opens under a key, in whichever council's records it stands.

    All councils are asked to the end: a generator that is left early takes back what was written in its last step.

    :raises NotFound: in none of them
    """
    found = []
    for place, by in each(request):
        with suppress(NotFound):
            found.append((place, query(key, by=by, at=request.at)))
    if not found:
        raise NotFound
    return found[0]


@partner
def sent(request: Any, key: UUID) -> HttpResponse:
    """One thing that was sent: its receipt, where it stands, the answer, and the sender's own words."""
    place, found = opened(request, key, queries.open_sent)
    with acting_for(place.pk, by=request.actor) as by:
        added = queries.additions(key, by=by, at=request.at)
        first = queries.open_sent(found.earlier, by=by, at=request.at) if found.earlier else None
    context = {
        "sent": found,
        "course": pages.course(found),
        "words": pages.what_was_sent(found.body),
        "added": pages.additions(added),
        "first": first,
        "council": place,
        "just": "just" in request.GET,
        "challenge": any(step == "answered" for step, _, _ in found.steps),
    }
    return render(request, "portal/sender_sent.html", context)


def shown(key: UUID) -> HttpResponse:
    """The page of what was sent, with its receipt on top."""
    response: HttpResponse = redirect("sender:sent", key)
    response["Location"] += "?just=1"
    return response


@partner
def add(request: Any, key: UUID) -> HttpResponse:
    """Add to what was sent, or put it right: it goes in as a report of its own beside the first."""
    place, first = opened(request, key, queries.open_sent)
    form = AddForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        made = sending.added(
            first.body, typed["story"], typed["danger"], name=request.user.name, email=request.user.email,
            agency=request.sending.agency.name,
        )  # fmt: skip
        with acting_for(place.pk, by=request.actor) as by:
            given = actions.add_to(key, made, idem=str(typed["idem"] or UUID(int=0)), by=by, at=request.at)
        return shown(given.submission)
    return answered(request, "sender_add", form, sent=first)
