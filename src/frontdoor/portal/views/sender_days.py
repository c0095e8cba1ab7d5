"""A day's numbers, beside the sender's own list."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.actors.rules import NotFound
from frontdoor.contacts.queries import senders as queries
from frontdoor.contacts.rules import senders as rules
from frontdoor.organisations.rules import london_day
from frontdoor.portal.forms.senders import DayForm, ListedForm
from frontdoor.portal.pages import senders as pages
from frontdoor.portal.views.senders import answered, each, partner


@partner
def day(request: Any) -> HttpResponse:
    """Which day is to be compared; yesterday unless another is named."""
    form = DayForm(request.POST or None, initial={"day": london_day(request.at) - timedelta(days=1)})
    if form.is_valid():
        return redirect("sender:of-day", form.cleaned_data["day"].isoformat())
    return answered(request, "sender_day", form)


@partner
def of_day(request: Any, day: str) -> HttpResponse:
    """Every number that the agency was given on a day: count, first, last and digest, and a list laid beside it."""
    try:
        which = date.fromisoformat(day)
    except ValueError as none:
        raise NotFound from none
    found = [(place.name, queries.receipts_of(which, by=by, at=request.at)) for place, by in each(request)]
    form = ListedForm(request.POST or None, request.FILES or None)
    compared = None
    if form.is_valid():
        ours = [(row.number, row.idem) for _, receipts in found for row in receipts]
        compared = rules.compare(rules.listed(form.cleaned_data["theirs"]), ours)
    tallies = [
        (name, tallied)
        for name, receipts in found
        for tallied in rules.tally((row.channel, row.number, row.digest) for row in receipts)
    ]
    context = {
        "form": form,
        "day": which,
        "tally": pages.tally_rows(tallied for tallied in tallies),
        "rows": pages.receipt_rows(row for _, receipts in found for row in receipts),
        "columns": (pages.TALLY, pages.RECEIPTS),
        "compared": compared,
    }
    status = 422 if form.is_bound and compared is None else 200
    return render(request, "portal/sender_of_day.html", context, status=status)
