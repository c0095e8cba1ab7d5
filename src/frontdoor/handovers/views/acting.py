"""A form about one slip or copy: shown, done, or shown again with what has to be mended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.actors.rules import InvalidInput


def act(
    request: Any,
    back: tuple[str, UUID],
    heading: str,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    press: str,
    intro: str = "",
) -> HttpResponse:
    """Show a form about one slip or copy, or do what it says and go back to it.

    :param back: the name of its page, and its key
    """
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
            return redirect(back[0], request.council.slug, back[1])
        except InvalidInput as refusal:
            _refused(form, refusal)
    context = {"form": form, "heading": heading, "title": title, "press": press, "intro": intro, "back": back}
    return render(request, "handovers/act.html", context, status=422 if request.method == "POST" else 200)


def _refused(form: django_forms.Form, refusal: InvalidInput) -> None:
    for name, words in refusal.problems.items():
        form.add_error(name if name in form.fields else None, words)
