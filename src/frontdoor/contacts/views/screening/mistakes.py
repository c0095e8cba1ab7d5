"""Contacts that were entered by mistake: saying so, agreeing, undoing, and the list of all of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import mistakes as pages
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, refused, step

COUNTED = timedelta(days=30)


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def mistakes(request: Any) -> HttpResponse:
    """What waits for a second person, and every contact that was agreed to be a mistake."""
    by, at, slug = request.actor, request.at, request.council.slug
    waiting, agreed = queries.mistakes(by=by, at=at)
    counted = queries.counted_mistakes(since=at - COUNTED, by=by) if by.may(Permission.FIGURES_READ) else None
    context = {
        "hub": hub(request),
        "figures": pages.figures(counted) if counted else [],
        "waiting": pages.waiting_rows(waiting, slug, at=at),
        "agreed": pages.agreed_rows(agreed, slug),
        "waiting_columns": pages.WAITING_COLUMNS,
        "agreed_columns": pages.AGREED_COLUMNS,
    }
    return render(request, "contacts/screening_mistakes.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def mistake(request: Any, key: UUID) -> HttpResponse:
    """Say that a contact was entered by mistake."""
    brief = queries.brief(key, by=request.actor)
    form = forms.MistakeForm(request.POST or None, initial={"seen": brief.version})
    page = Step(
        "Entered by mistake", "Ask a second person", record_of(request, key), brief.receipt,
        "Another person has to agree. Until then it stays in its queue and its clocks run. Nothing is ever deleted: "
        "the number stays, and anybody who may read contacts finds it.",
    )  # fmt: skip
    return step(
        request, form, lambda typed: actions.call_a_mistake(key, **typed, by=request.actor, at=request.at), page
    )


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def mistake_said(request: Any, key: UUID) -> HttpResponse:
    """What somebody called a mistake, beside what was told: agree, or say that it is none."""
    by, at = request.actor, request.at
    said = queries.open_mistake(key, by=by, at=at)
    agrees = request.POST.get("do") == "agree"
    form = (forms.Seen if agrees else forms.KeepForm)(request.POST or None, initial={"seen": said.version})
    if request.method == "POST" and form.is_valid():
        act = actions.agree_mistake if agrees else actions.keep_as_contact
        try:
            act(key, **form.cleaned_data, by=by, at=at)
            return redirect(record_of(request, said.contact))
        except InvalidInput as refusal:
            refused(form, refusal)
    standing = said.ended_at is None
    screens = by.may(Permission.CONTACT_SCREEN)
    second = (by.may(Permission.CONTACT_DECIDE) and said.looked) if said.child else screens
    context = {
        "said": said,
        "form": form,
        "keep": forms.KeepForm(initial={"seen": said.version}) if agrees else form,
        "facts": pages.facts(said, at=at),
        "record": record_of(request, said.contact),
        "may_agree": standing and said.agreed_at is None and said.asked_by != by.user_id and second,
        "may_keep": standing and (screens or (said.asked_by == by.user_id and said.agreed_at is None)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/screening_mistake.html", context, status=status)
