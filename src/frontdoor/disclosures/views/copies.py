"""A copy for one named person: begun, written with the guard's reasons beside, released by another, printed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.views.screening.steps import Step, refused, step
from frontdoor.disclosures import forms
from frontdoor.disclosures.actions import copies as actions
from frontdoor.disclosures.pages.copies import WAITING_COLUMNS, detail, printed, waiting_rows
from frontdoor.disclosures.queries import copies as queries


@address(Kind.COUNCIL, Permission.LETTER_RELEASE)
@require_safe
def waiting(request: Any) -> HttpResponse:
    """The copies that wait for a second person."""
    found = queries.waiting(by=request.actor, at=request.at)
    rows = waiting_rows(found, request.council.slug, by=request.actor)
    return render(request, "disclosures/copies_waiting.html", {"columns": WAITING_COLUMNS, "rows": rows})


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def copy_for(request: Any, key: UUID) -> HttpResponse:
    """Say for whom a copy is made; the copies that were made before stand below."""
    by, at, slug = request.actor, request.at, request.council.slug
    contact, people = queries.contact_of(key, by=by, at=at)
    form = forms.CopyForForm(
        request.POST or None,
        people=[(str(each.key), each.label) for each in people],
        ledger=by.may(Permission.DISCLOSURE_READ),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_copy(key, **form.cleaned_data, by=by, at=at)
            return redirect("disclosures:copy", slug, made.key)
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {"form": form, "contact": contact, "before": queries.copies_of(contact, by=by)}
    return render(request, "disclosures/copy_for.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def copy(request: Any, key: UUID) -> HttpResponse:
    """One copy: whom it is for, its words with what may not stand in them marked and why, and what can be done."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_copy(key, by=by, at=at)
    row = found.copy
    begun = {"seen": row.version, "title": row.title, "text": found.text}
    form = forms.CopyTextForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_copy(key, **form.cleaned_data, by=by, at=at)
            return redirect("disclosures:copy", slug, key)
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {"form": form, "found": found, "detail": detail(found, slug, by=by)}
    return render(request, "disclosures/copy.html", context, status=422 if request.method == "POST" else 200)


def _why(request: Any, key: UUID, act: Callable[..., object], *, title: str, press: str, label: str) -> HttpResponse:
    found = queries.open_copy(key, by=request.actor, at=request.at)
    form = forms.CopyWhyForm(request.POST or None, initial={"seen": found.copy.version})
    form.fields["why"].label = label
    reasons = [*found.look.reasons, *dict.fromkeys(each.why for each in found.look.passages)]
    page = Step(
        title=title, press=press, about=f"{found.copy.title}, for {found.copy.to_name}",
        back=reverse("disclosures:copy", args=[request.council.slug, key]),
        beside=(
            ("For", f"{found.copy.to_name} ({found.copy.relation})"), ("What for", found.copy.why),
            ("What speaks against it", "\n".join(reasons) or "Nothing now"),
            *((("Why it is asked for", found.copy.asked_why),) if found.copy.asked_why else ()),
        ),
    )  # fmt: skip
    return step(request, form, lambda said: act(key, **said, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def copy_ask(request: Any, key: UUID) -> HttpResponse:
    """Ask a second person to release it."""
    title = "Ask for a release"
    label = "Why does this person need exactly these words?"
    return _why(request, key, actions.ask_release, title=title, press=title, label=label)


@address(Kind.COUNCIL, Permission.LETTER_RELEASE)
def copy_release(request: Any, key: UUID) -> HttpResponse:
    """Release it, as the second person."""
    label = "What have you read or checked, and why is it safe?"
    return _why(request, key, actions.release_copy, title="Release it", press="Release it", label=label)


@address(Kind.COUNCIL, Permission.LETTER_RELEASE)
def copy_refuse(request: Any, key: UUID) -> HttpResponse:
    """Do not release it as it stands."""
    label = "Why may it not go as it stands?"
    return _why(request, key, actions.refuse_copy, title="Do not release it", press="Send it back", label=label)


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def copy_drop(request: Any, key: UUID) -> HttpResponse:
    """Decide not to give it."""
    label = "Why is it not given?"
    return _why(request, key, actions.drop_copy, title="Do not give it", press="Do not give it", label=label)


@require_POST
@address(Kind.COUNCIL, Permission.LETTER_SEND)
def copy_print(request: Any, key: UUID) -> HttpResponse:
    """Print it; back to its page where the guard holds it."""
    form = forms.Seen(request.POST)
    taken = None
    if form.is_valid():
        taken = actions.take_copy(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    if taken is None:
        return redirect("disclosures:copy", request.council.slug, key)
    answer = HttpResponse(printed(taken, by=request.actor, at=request.at), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    return answer
