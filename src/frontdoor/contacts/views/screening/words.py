"""Questions, tries and answers; calls that were asked for; calls that end with a click."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import screening as actions
from frontdoor.contacts.forms import screening as forms
from frontdoor.contacts.pages import screening as pages
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, refused, step


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def ask(request: Any, key: UUID) -> HttpResponse:
    """Ask whoever told us, or an agency."""
    brief = queries.brief(key, by=request.actor)
    form = forms.AskForm(request.POST or None, initial={"seen": brief.version})
    page = Step(
        "Ask a question", "Ask", record_of(request, key), brief.receipt, "Waiting for the answer stops no clock.",
        keeps=("ask", key),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.ask(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def attempt(request: Any, key: UUID) -> HttpResponse:
    """Log one try at reaching somebody, about the contact or one of its questions."""
    brief = queries.brief(key, by=request.actor)
    question = request.GET.get("question", "")
    page = Step("Log a call", "Log it", record_of(request, key), brief.receipt)
    form = forms.AttemptForm(request.POST or None)
    return step(
        request, form,
        lambda typed: actions.attempt(key, **typed, question=question, by=request.actor, at=request.at), page,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def answer(request: Any, key: UUID) -> HttpResponse:
    """Write down the answer to a question."""
    asked = queries.open_question(key, by=request.actor, at=request.at)
    form = forms.AnswerForm(request.POST or None, initial={"seen": asked.version})
    page = Step(
        "Write down the answer", "Save the answer", record_of(request, asked.contact), asked.receipt,
        beside=(("Asked of", asked.asked_of), ("Asked", asked.text)), keeps=("answer", key),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.answer(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_POST
def screen_again(request: Any, key: UUID) -> HttpResponse:
    """Stop waiting for an answer, and screen as if none will ever come."""
    question = actions.screen_again(key, by=request.actor, at=request.at)
    return redirect(record_of(request, question.contact.key))


@address(Kind.COUNCIL, Permission.CONTACT_ADVISE)
@require_safe
def calls(request: Any) -> HttpResponse:
    """The calls that somebody asked for, the longest waiting first."""
    wishes = queries.call_backs(by=request.actor, at=request.at)
    rows = pages.call_rows(wishes, request.council.slug, at=request.at)
    return render(
        request, "contacts/screening_calls.html", {"hub": hub(request), "rows": rows, "columns": pages.CALL_COLUMNS}
    )


@address(Kind.COUNCIL, Permission.CONTACT_ADVISE)
def call(request: Any, key: UUID) -> HttpResponse:
    """One call that somebody asked for: log a try, or that it has been made."""
    wish = queries.open_call_back(key, by=request.actor, at=request.at)
    made = request.POST.get("do") == "made"
    form = (forms.CalledForm if made else forms.TryForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.called_back if made else actions.try_call_back
        try:
            act(key, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect(reverse("contacts:calls", args=[request.council.slug]))
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {
        "wish": wish,
        "form": form,
        "tried": forms.TryForm() if made else form,
        "made": form if made else forms.CalledForm(auto_id="made_%s"),
        "tries": pages.try_events(wish.tries),
    }
    return render(request, "contacts/screening_call.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def end(request: Any, key: UUID) -> HttpResponse:
    """Close a call that names and describes no child."""
    brief = queries.brief(key, by=request.actor)
    form = forms.WhyForm(request.POST or None, initial={"seen": brief.version})
    page = Step(
        "Close this call", "Close it", record_of(request, key), brief.receipt,
        "Only a call that names and describes no child is closed here. Everything else a social worker sees first.",
        warning=queries.why_not_ended(key, by=request.actor),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.end_call(key, **typed, by=request.actor, at=request.at), page)
