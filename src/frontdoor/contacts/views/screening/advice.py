"""Advice by a qualified social worker, and what becomes of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import screening as pages
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, step
from frontdoor.shell.rules import moment


def _list(request: Any) -> str:
    return reverse("contacts:advice", args=[request.council.slug])


@address(Kind.COUNCIL, Permission.REFERRER_READ)
@require_safe
def advice(request: Any) -> HttpResponse:
    """Requests for a social worker's advice: those that wait, and the latest that were answered."""
    slug, at = request.council.slug, request.at
    waiting = queries.consultations(by=request.actor, at=at)
    given = queries.consultations(by=request.actor, at=at, done=True)
    context = {
        "hub": hub(request),
        "waiting": pages.advice_rows(waiting, slug, at=at),
        "given": pages.advice_rows(given, slug, at=at),
        "columns": pages.ADVICE_COLUMNS,
        "may_add": request.actor.may(Permission.CONTACT_TAKE),
    }
    return render(request, "contacts/screening_advice.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def add_consultation(request: Any) -> HttpResponse:
    """Write down that somebody asks for advice."""
    page = Step(
        "Somebody asks for advice", "Save", _list(request),
        intro="Advice can be asked without naming a child. If a risk is described, it becomes a contact.",
    )  # fmt: skip
    form = forms.ConsultForm(request.POST or None)
    return step(request, form, lambda typed: actions.consult(**typed, by=request.actor, at=request.at), page)


def _facts(asked: queries.Advice) -> tuple[tuple[str, str], ...]:
    who = ", ".join(filter(None, (asked.asker or "No name", asked.asker_agency)))
    facts = [("Asked", moment(asked.asked_at)), ("By", who), ("Question", asked.question)]
    if asked.advised_at:
        facts += [
            ("Advice", asked.advice), ("Referral advised", "Yes" if asked.referral_advised else "No"),
            ("Advised by", f"{asked.advised_by}, {moment(asked.advised_at)}"),
        ]  # fmt: skip
    return tuple(facts)


@address(Kind.COUNCIL, Permission.REFERRER_READ)
def consultation(request: Any, key: UUID) -> HttpResponse:
    """One request for advice: answer it, or make a contact of it."""
    asked = queries.open_consultation(key, by=request.actor, at=request.at)
    may_advise = request.actor.may(Permission.CONTACT_ADVISE) and request.actor.qualified
    if asked.advised_at is None and (may_advise or request.method == "POST"):
        form = forms.AdviseForm(request.POST or None, initial={"seen": asked.version})
        page = Step(
            "Give advice", "Save the advice", request.path, "The contact that it is about" if asked.contact else "",
            beside=_facts(asked), record=record_of(request, asked.contact) if asked.contact else "",
            keeps=("advise", key),
        )  # fmt: skip
        return step(request, form, lambda typed: actions.advise(key, **typed, by=request.actor, at=request.at), page)
    context = {"asked": asked, "facts": _facts(asked), "may_convert": request.actor.may(Permission.CONTACT_TAKE)}
    return render(request, "contacts/screening_consultation.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def convert(request: Any, key: UUID) -> HttpResponse:
    """Make a contact of a consultation in which a risk was described."""
    asked = queries.open_consultation(key, by=request.actor, at=request.at)
    form = forms.ConvertForm(request.POST or None, initial={"seen": asked.version, "story": asked.question})
    page = Step(
        "Make a contact of it", "Make the contact",
        reverse("contacts:consultation", args=[request.council.slug, key]),
        intro="Its journey began when the advice was asked. What you do not know may stay empty.", beside=_facts(asked),
        keeps=("convert", key),
    )  # fmt: skip
    return step(
        request, form,
        lambda typed: actions.convert(key, seen=typed["seen"], report=form.given(), by=request.actor, at=request.at),
        page,
    )  # fmt: skip
