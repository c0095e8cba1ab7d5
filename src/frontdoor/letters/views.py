"""The pages of letters: whom we owe an answer, the letters of one matter, one letter and what may be done with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.letters import actions, forms, queries
from frontdoor.letters.pages import staff
from frontdoor.letters.queries import keys
from frontdoor.letters.rules import Route
from frontdoor.letters.rules.typed import kept_back


@require_safe
@address(Kind.COUNCIL, Permission.LETTER_READ)
def to_be_told(request: Any) -> HttpResponse:
    """Everybody whom a person has to tell, or look at why they were not told."""
    tasks = queries.tasks(by=request.actor, at=request.at)
    rows = staff.task_rows(tasks, request.council.slug, at=request.at)
    context = {"rows": rows, "columns": staff.TASK_COLUMNS, "full": len(rows) == queries.MOST_TASKS}
    return render(request, "letters/to_be_told.html", context)


@require_safe
@address(Kind.COUNCIL, Permission.LETTER_READ)
def about(request: Any, kind: str, key: UUID) -> HttpResponse:
    """What was told, and is to be told, about one matter."""
    letters = queries.of_subject((kind, key), by=request.actor, at=request.at)
    rows = staff.letter_rows(letters, request.council.slug)
    reference = letters[0].reference if letters else ""
    context = {"rows": rows, "columns": staff.LETTER_COLUMNS, "reference": reference}
    return render(request, "letters/about.html", context)


def _open(request: Any, key: UUID) -> staff.Detail:
    """The letter whole: its opening is an entry in the trail."""
    opened = queries.open_letter(key, by=request.actor, at=request.at)
    return staff.detail(opened, request.council.slug, by=request.actor, at=request.at)


@require_safe
@address(Kind.COUNCIL, Permission.LETTER_READ)
def letter(request: Any, key: UUID) -> HttpResponse:
    """One letter: its words, why it waits, its history, and what may be done with it."""
    return render(request, "letters/letter.html", {"detail": _open(request, key)})


def _act(
    request: Any,
    key: UUID,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    press: str,
    detail: staff.Detail,
    way: queries.Way | None = None,
    speaks: bool = False,
) -> HttpResponse:
    """Show a form about one letter, or do what it says and go back to its page.

    :param way: how the person can be reached, and what to read first
    :param speaks: whoever sees the form speaks to the person, so it says what may be said
    """
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
            return redirect("letters:letter", request.council.slug, key)
        except InvalidInput as refusal:
            for name, words in refusal.problems.items():
                form.add_error(name if name in form.fields else None, words)
    context = {
        "form": form, "title": title, "press": press, "key": key, "detail": detail, "way": way, "speaks": speaks,
    }  # fmt: skip
    return render(request, "letters/act.html", context, status=422 if request.method == "POST" else 200)


def _why(
    request: Any,
    key: UUID,
    act: Callable[..., object],
    *,
    title: str,
    press: str,
    label: str = "Why?",
    way: queries.Way | None = None,
) -> HttpResponse:
    """A form that asks for nothing but a reason."""
    found = _open(request, key)
    form = forms.WhyForm(request.POST or None, initial={"seen": found.opened.letter.version}, label=label)

    def do(said: dict[str, Any]) -> None:
        act(key, seen=said["seen"], why=said["why"], by=request.actor, at=request.at)

    return _act(request, key, form, do, title=title, press=press, detail=found, way=way)


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def hold(request: Any, key: UUID) -> HttpResponse:
    """Hold a letter back."""
    return _why(request, key, actions.hold, title="Hold it back", press="Hold it back")


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def release(request: Any, key: UUID) -> HttpResponse:
    """Let a held letter go out after reading why it was held."""
    label = "What have you read or checked, and why is it safe?"
    way = queries.open_way(key, why="To see whether it may go out", by=request.actor, at=request.at)
    return _why(request, key, actions.release, title="Let it go out", press="Let it go out", label=label, way=way)


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def cancel(request: Any, key: UUID) -> HttpResponse:
    """Cancel a letter."""
    return _why(request, key, actions.cancel, title="Cancel it", press="Cancel it")


@address(Kind.COUNCIL, Permission.REFERRER_TELL)
def nobody(request: Any, key: UUID) -> HttpResponse:
    """Note that nobody can be told."""
    title = "Note that nobody can be told"
    return _why(request, key, actions.note_not_possible, title=title, press="Note it")


@address(Kind.COUNCIL, Permission.LETTER_SEND)
def another_way(request: Any, key: UUID) -> HttpResponse:
    """Tell somebody by another route."""
    found = _open(request, key)
    form = forms.AnotherWayForm(request.POST or None, initial={"seen": found.opened.letter.version})

    def do(said: dict[str, Any]) -> None:
        route = Route(said["route"])
        actions.change_route(key, seen=said["seen"], route=route, why=said["why"], by=request.actor, at=request.at)

    return _act(request, key, form, do, title="Tell them another way", press="Change it", detail=found)


@address(Kind.COUNCIL, Permission.REFERRER_TELL)
def told(request: Any, key: UUID) -> HttpResponse:
    """Ring somebody: the number, what to read first, what may be said; and record what was said."""
    found = _open(request, key)
    way = queries.open_way(key, why="To tell them by telephone", by=request.actor, at=request.at)
    form = forms.ToldForm(request.POST or None, initial={"seen": found.opened.letter.version})

    def do(said: dict[str, Any]) -> None:
        actions.record_told_by_phone(
            key, seen=said["seen"], whom=said["whom"], said=said["said"], told_at=said["told_at"], by=request.actor,
            at=request.at,
        )  # fmt: skip

    title = "Tell them by telephone"
    return _act(request, key, form, do, title=title, press="Record the call", detail=found, way=way, speaks=True)


def _seen(request: Any) -> int | None:
    form = forms.SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else None


@require_POST
@address(Kind.COUNCIL, Permission.LETTER_SEND)
def send_again(request: Any, key: UUID) -> HttpResponse:
    """Try again to send what could not be sent."""
    if (seen := _seen(request)) is not None:
        actions.send_again(key, seen=seen, by=request.actor, at=request.at)
    return redirect("letters:letter", request.council.slug, key)


@require_POST
@address(Kind.COUNCIL, Permission.LETTER_SEND)
def print_letter(request: Any, key: UUID) -> HttpResponse:
    """Print a letter with the address of this moment; back to its page where the guard held it."""
    pdf = actions.print_letter(key, by=request.actor, at=request.at)
    if pdf is None:
        return redirect("letters:letter", request.council.slug, key)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


@require_POST
@address(Kind.COUNCIL, Permission.LETTER_SEND)
def posted(request: Any, key: UUID) -> HttpResponse:
    """Record that a printed letter is in the post."""
    if (seen := _seen(request)) is not None:
        actions.record_posted(key, seen=seen, by=request.actor, at=request.at)
    return redirect("letters:letter", request.council.slug, key)


def keeps_addresses(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that never sees an address in clear which somebody marked to be kept from others: it is sealed before."""

    @wraps(view)
    def kept(request: Any, *arguments: Any, **options: Any) -> Any:
        if request.method == "POST" and (changed := kept_back(request.POST.dict(), sealing=keys.seal_typed)):
            request.POST = request.POST.copy()
            for name, value in changed.items():
                request.POST[name] = value
        return view(request, *arguments, **options)

    return kept
