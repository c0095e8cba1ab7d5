"""A sender's own test messages."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.actors.actions import acting_for
from frontdoor.contacts.actions import submit
from frontdoor.contacts.pages import watching as pages
from frontdoor.contacts.queries import trials
from frontdoor.contacts.rules.intake import ReferrerGiven, Report
from frontdoor.contacts.rules.trials import STORY, Door
from frontdoor.portal.views.senders import each, partner


@partner
def tests(request: Any) -> HttpResponse:
    """Send a test message as a report is sent, and see when it passed each station."""
    if request.method == "POST":
        agency = request.sending.agency.name
        told = ReferrerGiven(kind="professional", identity="given", name=request.user.name, agency=agency)
        made = Report(story=STORY, danger="no", referrer=told, trial=Door.ACCOUNT)
        with acting_for(request.sending.home, by=request.actor) as by:
            submit(made, channel="web", idem=f"test-{uuid4()}", by=by, at=request.at)
        return redirect("sender:test")
    found = [row for _, by in each(request) for row in trials.own_trials(by=by, at=request.at)]
    found.sort(key=lambda row: row.asked_at, reverse=True)
    context = {"rows": pages.stations(found, at=request.at), "columns": pages.STATIONS}
    return render(request, "portal/sender_test.html", context)
