"""Pages on which decisions by one key are read again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import samples as actions
from frontdoor.contacts.forms.samples import ReviewForm
from frontdoor.contacts.pages import samples as pages
from frontdoor.contacts.queries import samples as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import refused

COUNTED = timedelta(days=30)


@address(Kind.COUNCIL, Permission.SAMPLE_READ)
@require_safe
def sample(request: Any) -> HttpResponse:
    """What waits to be read again, and what was said of one's own decisions."""
    by, at, slug = request.actor, request.at, request.council.slug
    waiting, said = queries.open_sample(by=by, at=at)
    context = {
        "hub": hub(request),
        "waiting": pages.waiting_rows(waiting, slug, at=at),
        "said": pages.said_rows(said, slug),
        "waiting_columns": pages.WAITING_COLUMNS,
        "said_columns": pages.SAID_COLUMNS,
        "decides": by.may(Permission.CONTACT_DECIDE),
    }
    return render(request, "contacts/samples_list.html", context)


@address(Kind.COUNCIL, Permission.SAMPLE_READ)
@require_safe
def counts(request: Any) -> HttpResponse:
    """Counts by decider, and the draw worked out again, for the last thirty days."""
    by, at = request.actor, request.at
    counted, checked = queries.counts(since=at - COUNTED, by=by, at=at)
    context = {
        "hub": hub(request),
        "counted": pages.count_rows(counted),
        "count_columns": pages.COUNT_COLUMNS,
        "draws": pages.draw_rows(checked.rows),
        "draw_columns": pages.DRAW_COLUMNS,
        "checked": pages.checked_words(checked),
        "faults": len(checked.faults),
    }
    return render(request, "contacts/samples_counts.html", context)


@address(Kind.COUNCIL, Permission.SAMPLE_READ)
def sampled(request: Any, key: UUID) -> HttpResponse:
    """One decision with the grounds it rested on, and an answer."""
    by, at = request.actor, request.at
    opened = queries.open_sampled(key, by=by, at=at)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review(key, **form.cleaned_data, by=by, at=at)
            return redirect("contacts:sample", council=request.council.slug)
        except InvalidInput as refusal:
            refused(form, refusal)
    row = opened.row
    context = {
        "row": row,
        "form": form,
        "facts": pages.facts(opened),
        "recommended": pages.recommended(opened),
        "known": pages.known(opened),
        "answer": pages.answer(opened),
        "may_answer": row.reviewed_at is None and not row.mine and by.may(Permission.CONTACT_DECIDE),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/samples_one.html", context, status=status)
