"""Telling somebody of services that may help, in one step from a contact."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import signposting as actions
from frontdoor.contacts.forms.signposting import PointForm
from frontdoor.contacts.pages import signposting as pages
from frontdoor.contacts.queries import screening
from frontdoor.contacts.queries.signposting import born, sent_by
from frontdoor.contacts.views.screening.steps import Step, record_of, step
from frontdoor.directory.forms import SearchForm
from frontdoor.directory.queries import searching
from frontdoor.directory.rules.asking import Cut, Wanted
from frontdoor.shell.rules import london

SHOWN = 30
"""Services shown at once: what does not fit on it is narrowed."""


def found_for(request: Any, youngest: int | None, oldest: int | None) -> tuple[SearchForm, searching.Found]:
    """Services that fit the ages of the children, or whatever the reader looks for instead, and the form for that."""
    by = request.actor
    narrow = SearchForm(request.GET or None, needs=searching.needs(by=by), languages=searching.languages(by=by))
    wanted = narrow.wanted() if narrow.is_bound and narrow.is_valid() else Wanted(youngest=youngest, oldest=oldest)
    return narrow, searching.search(wanted, Cut(size=SHOWN), by=by)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def point(request: Any, key: UUID) -> HttpResponse:
    """Find services that fit, and tell somebody of them."""
    brief, by = screening.brief(key, by=request.actor), request.actor
    narrow, hits = found_for(request, *pages.ages(born(key, by=by), london(request.at).date()))
    form = PointForm(request.POST or None, shown=list(pages.choices(hits.hits)), route=sent_by(key, by=by))
    page = Step(
        title="Tell them of services that may help", press="They are told", about=brief.receipt,
        back=record_of(request, key),
        intro="Services that fit the ages of the children, unless you look for something else. The directory learns "
        "nothing of the family. This ends nothing: what is to be decided is still to be decided.",
    )  # fmt: skip
    more = {"filter": narrow, "found": hits, "here": request.path}
    return step(
        request, form, lambda typed: actions.point(key, **typed, by=by, at=request.at), page,
        template="contacts/signpost.html", more=more,
    )  # fmt: skip
