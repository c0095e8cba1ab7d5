"""Proposing an answer, reading it as a second person, sending it, and what is put right."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.disclosures import actions, forms, pages
from frontdoor.disclosures.views.steps import act, opened, seen


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def propose(request: Any, key: UUID) -> HttpResponse:
    """Propose what is answered."""
    found = opened(request, key)
    last = found.answer
    kept = {"words": last.words, "facts": pages.told_before(last), "kind": last.kind} if last else {}
    initial = seen(found, **kept, reason=last.reason if last else "")
    form = forms.AnswerForm(request.POST or None, initial=initial, facts=pages.fact_choices(found))
    intro = "Another person reads exactly these words before they go."
    beside = pages.beside_answer(found)
    return act(
        request, found, form, actions.propose, title="Propose an answer", press="Propose it", intro=intro,
        beside=beside,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
@require_POST
def take_back(request: Any, key: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    form = forms.Seen(request.POST)
    if form.is_valid():
        actions.take_back(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("disclosures:request", request.council.slug, key)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def send_back(request: Any, key: UUID) -> HttpResponse:
    """Send a proposal back to be put right."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.send_back, title="Send it back", press="Send it back")


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
@require_POST
def approve(request: Any, key: UUID) -> HttpResponse:
    """Approve exactly the words that were read."""
    form = forms.ApproveForm(request.POST)
    if form.is_valid():
        actions.approve(key, **form.cleaned_data, by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("disclosures:request", request.council.slug, key)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def correct(request: Any, key: UUID) -> HttpResponse:
    """Take an approved answer back before it is sent."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found))
    intro = "Another answer is proposed, and read by a second person again."
    return act(request, found, form, actions.correct, title="Put it right first", press="Take it back", intro=intro)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def send(request: Any, key: UUID) -> HttpResponse:
    """Write down that the approved words were sent."""
    found = opened(request, key)
    form = forms.SendForm(request.POST or None, initial=seen(found, to_whom=found.request.reply_to))
    intro = "Send exactly the approved words yourself, by a safe way. Then write down here how and to whom."
    return act(request, found, form, actions.send, title="It was sent", press="It was sent so", intro=intro)


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Open a settled request again."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found))
    intro = "What was sent stays as it was. A correction is an answer of its own and needs a second person too."
    return act(request, found, form, actions.reopen, title="Open it again", press="Open it again", intro=intro)
