"""One form, one action, and back: the shape of every small page of screening."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.actors.rules import Conflict, InvalidInput, Permission, StepNotAllowed
from frontdoor.contacts.views.drafting import keeping, sent


@dataclass(frozen=True, slots=True)
class Step:
    """What such a page says.

    :param title: what is done, as heading
    :param press: the words of the button
    :param back: where Back, Cancel and the end of the step lead
    :param about: what it is done to: a receipt number
    :param beside: facts to read beside the form, as pairs
    :param record: the address of the record it is done to, where Back leads elsewhere
    :param over: why there is nothing to do here any more: the page says so, with no form
    :param keeps: the name and key under which what is typed is kept (`rules.drafting`); None where it is a line
    """

    title: str
    press: str
    back: str
    about: str = ""
    intro: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    warning: str = ""
    over: str = ""
    record: str = ""
    keeps: tuple[str, object] | None = None


def record_of(request: Any, key: object) -> str:
    """The address of a contact's page."""
    return reverse("contacts:detail", args=[request.council.slug, key])


def after(request: Any, key: object) -> str:
    """Where a step at a receiving address leads: to the record, or out of its reach to a word that it is done."""
    return record_of(request, key) if request.actor.may(Permission.CONTACT_READ) else f"{request.path}?done=yes"


def done(request: HttpRequest, title: str, receipt: str) -> HttpResponse:
    """Say that something was done for a council whose records the reader does not see."""
    return render(request, "contacts/screening_done.html", {"title": title, "receipt": receipt})


def step(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], Any], page: Step, *,
    template: str = "contacts/screening_step.html", more: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form, or act on what was typed and go back; what was typed stays, whatever is wrong with it.

    Somebody who was overtaken gets the form again with what they typed, to be read again before it is sent.

    :param template: one that extends the usual, with what it shows in `more`
    :raises StepNotAllowed: something was sent where there is nothing to do any more
    """
    if page.over:
        if request.method == "POST":
            raise StepNotAllowed(page.over)
        return render(request, "contacts/screening_over.html", {"page": page})
    overtaken, status = False, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
                if page.keeps:
                    sent(request, *page.keeps)
                return redirect(page.back)
            except InvalidInput as refusal:
                refused(form, refusal)
            except Conflict as conflict:
                overtaken, status = True, 409
                form.data = seen_now(request, conflict)
    kept = keeping(request, *page.keeps, form) if page.keeps else {}
    context = {"form": form, "page": page, "overtaken": overtaken, **kept, **(more or {})}
    return render(request, template, context, status=status)


def seen_now(request: Any, conflict: Conflict) -> Any:
    """What was typed, to be sent again over the version that stands now."""
    typed = request.POST.copy()
    typed["seen"] = str(conflict.now)
    return typed


def refused(form: forms.Form, refusal: InvalidInput) -> None:
    """Put what an action refused beside the fields of a form."""
    for name, words in refusal.problems.items():
        form.add_error(name if name in form.fields else None, words)
