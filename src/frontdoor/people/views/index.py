"""The pages of one person's record: what is known, adding to it, correcting and ending what stands."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, Permission
from frontdoor.people.actions import index as actions
from frontdoor.people.actions import index_protecting as protecting
from frontdoor.people.forms import index as forms
from frontdoor.people.models import Person, Residence
from frontdoor.people.pages import feeding as feeding_pages
from frontdoor.people.pages import index as pages
from frontdoor.people.pages.index_around import panels
from frontdoor.people.pages.index_new import search_href
from frontdoor.people.queries import feeding
from frontdoor.people.queries import index as queries
from frontdoor.people.rules.index import FACT_KINDS
from frontdoor.shell.rules import london


def home_of(request: Any, key: object) -> str:
    """The address of a person's record."""
    return reverse("people:person", args=[request.council.slug, key])


@address(Kind.COUNCIL, Permission.PERSON_READ)
@require_safe
def person(request: Any, key: UUID) -> HttpResponse:
    """Everything that is known of one person; of a record that was joined into another, that one."""
    by, at = request.actor, request.at
    opened = queries.open_person(key, by=by, at=at)
    if opened.person.joined_into_id is not None:
        return redirect(f"{home_of(request, queries.joined(opened.person, by=by))}?joined=yes")
    context = {
        "page": pages.record(opened, request.council.slug, by=by, at=at),
        "source_columns": pages.SOURCE_COLUMNS, "corrected_columns": pages.CORRECTED_COLUMNS,
        "panels": panels(opened.person, request.council.slug, by=by, at=at),
        "search": search_href(), "open_columns": feeding_pages.COLUMNS,
        "open": feeding_pages.shown(feeding.open_to([opened.person.pk], by=by, at=at), opened.person.pk),
    }  # fmt: skip
    return render(request, "people/person_record.html", context)


def sheet(
    request: Any, form: Form, act: Callable[[], Any], *, whose: Person, title: str, press: str = "Save", **more: Any
) -> HttpResponse:
    """Show a form about one person, or act on what was typed and go back; whatever is wrong, what was typed stays.

    Somebody who was overtaken gets the form again with what they typed, to be read again before it is sent.
    """
    overtaken, status, home = False, 200, home_of(request, whose.key)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
                return redirect(home)
            except InvalidInput as refusal:
                refused(form, refusal)
            except Conflict as conflict:
                overtaken, status = True, 409
                typed = request.POST.copy()
                typed["seen"] = str(conflict.now)
                form.data = typed
    context = {"form": form, "whose": whose, "title": title, "press": press, "overtaken": overtaken, **more}
    return shown(request, context, status)


_NOTHING: dict[str, Any] = {
    "overtaken": False, "opened": "", "over": "", "intro": "", "ways": (), "beside": (),
}  # fmt: skip


def shown(request: Any, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of one form about one person; what `context` leaves out is not there."""
    more = {"home": home_of(request, context["whose"].key)}
    return render(request, "people/person_form.html", _NOTHING | more | context, status=status)


def refused(form: Form, refusal: InvalidInput) -> None:
    """Put what an action refused beside the fields of a form."""
    for name, words in refusal.problems.items():
        form.add_error(name if name in form.fields else None, words)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def add(request: Any, key: UUID, kind: str) -> HttpResponse:
    """One more fact; a form for each kind."""
    by, at = request.actor, request.at
    shape = forms.form_of(kind)
    if shape is None:
        raise NotFound
    whose = queries.name_of(key, by=by, at=at)
    initial: dict[str, Any] = {"seen": whose.version}
    if kind == "disability":
        initial["values"] = queries.said_now(whose, kind, by=by)
    form = shape(request.POST or None, initial=initial)
    _without_seal(form, by)

    def act() -> None:
        typed = {"source": form.where_from(), "seen": form.cleaned_data["seen"], "by": by, "at": at}
        if kind == "disability":
            actions.say_all(key, kind, form.cleaned_data["values"], **typed)
        elif form.cleaned_data.get("protected"):
            protecting.add_sealed(
                key, cast(Residence, form.row()), address=form.sealed(), seal_why=form.cleaned_data["seal_why"], **typed
            )
        else:
            actions.add(key, form.row(), **typed)

    title = pages.ADDS.get(kind) or dict(FACT_KINDS)[kind]
    return sheet(request, form, act, whose=whose, title=title)


def _without_seal(form: Form, by: Any) -> None:
    """Whoever keeps no rules about safe contact is not offered to seal an address."""
    if not by.may(Permission.SAFE_CONTACT_KEEP):
        for name in ("protected", "seal_why"):
            form.fields.pop(name, None)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def row(request: Any, table: str, key: UUID) -> HttpResponse:
    """One fact: what is right instead, and the ways to end it or to say that it was never so."""
    by, at = request.actor, request.at
    found = queries.open_row(table, key, by=by, at=at)
    shape = forms.form_to_correct(table, found.row)
    form = forms.correcting(shape)(request.POST or None, initial=forms.as_it_stands(found.row, found.person.version))
    _without_seal(form, by)

    def act() -> None:
        typed = {
            "of": key, "why": form.cleaned_data["why"], "source": form.where_from(), "seen": form.cleaned_data["seen"],
            "by": by, "at": at,
        }  # fmt: skip
        if form.cleaned_data.get("protected"):
            protecting.correct_sealed(
                cast(Residence, form.row()), address=form.sealed(), seal_why=form.cleaned_data["seal_why"], **typed
            )
        else:
            actions.correct(form.row(), table=table, **typed)

    more = {"beside": pages.row_facts(table, found.row, found.wrote, london(at).date()),
            "ways": pages.ways(table, found.row, request.council.slug, by=by),
            "over": pages.over(found.row)}  # fmt: skip
    return sheet(request, form, act, whose=found.person, title="Correct this", press="Correct it", **more)


def _small(
    request: Any, table: str, key: UUID, shape: type[Form], act: Callable[..., Any], **words: str
) -> HttpResponse:
    by, at = request.actor, request.at
    found = queries.open_row(table, key, by=by, at=at)
    form = shape(request.POST or None, initial={"seen": found.person.version})
    return sheet(
        request, form, lambda: act(**form.cleaned_data, by=by, at=at), whose=found.person, over=pages.over(found.row),
        beside=pages.row_facts(table, found.row, found.wrote, london(at).date()), **words,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def end(request: Any, table: str, key: UUID) -> HttpResponse:
    """Until when a fact was so."""

    def act(**typed: Any) -> None:
        actions.end(key, table, **typed)

    return _small(
        request, table, key, forms.EndForm, act, title="This is no longer so", press="Save the last day",
        intro="It was right until then, and stays as what was so before.",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def strike(request: Any, table: str, key: UUID) -> HttpResponse:
    """That a fact was never so."""

    def act(**typed: Any) -> None:
        actions.strike(key, table, **typed)

    return _small(
        request, table, key, forms.StrikeForm, act, title="This was never so", press="Strike it through",
        intro="It is struck through with your reason, and stays readable. Nothing is erased.",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)
def protect(request: Any, key: UUID) -> HttpResponse:
    """Seal an address that stands in clear."""

    def act(**typed: Any) -> None:
        protecting.protect(key, **typed)

    return _small(
        request, "residence", key, forms.ProtectForm, act, title="Nobody may find this address", press="Seal it",
        intro="It leaves every page and every search, also where it was corrected. It is opened only with a reason. "
        "Others who live there have records of their own: seal it there too.",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PROTECTED_OPEN)
def sealed(request: Any, key: UUID) -> HttpResponse:
    """A sealed address, after a reason."""
    by, at = request.actor, request.at
    form = forms.WhyForm(request.POST or None)
    whose = queries.sealed_of(key, by=by, at=at)
    status, opened = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opened, status = queries.open_address(key, why=form.cleaned_data["why"], by=by, at=at), 200
            except NotFound:
                form.add_error(None, "Its words are not known here: only that it is protected")
    context = {
        "form": form, "whose": whose, "title": "Open a protected address", "press": "Open it", "opened": opened,
        "intro": "Each opening is kept with your name and your reason.",
    }  # fmt: skip
    return shown(request, context, status)
