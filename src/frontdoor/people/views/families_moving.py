"""The pages of who lives where: households, who is in them, and a change that is shown before it is made."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.people.actions import families as actions
from frontdoor.people.actions import families_moving as moving
from frontdoor.people.forms import families as forms
from frontdoor.people.forms.index import EndForm, Seen, StrikeForm
from frontdoor.people.models import Household, Membership
from frontdoor.people.pages import families as pages
from frontdoor.people.queries import families as queries
from frontdoor.people.queries import families_moving as asking
from frontdoor.people.queries import index as people
from frontdoor.people.rules.families import overlap
from frontdoor.people.views.families import choosing, family_address, find_first, sheet
from frontdoor.people.views.index import refused
from frontdoor.shell.rules import london


def _family(request: Any, key: UUID) -> queries.OpenFamily:
    return queries.open_family(key, on=london(request.at).date(), by=request.actor, at=request.at)


def _home(opened: queries.OpenFamily, home: UUID) -> Household:
    """A household of this family.

    :raises NotFound: it is none
    """
    for each in opened.households:
        if each.key == home:
            return each
    raise NotFound


def _household_address(request: Any, key: UUID, home: object) -> str:
    return reverse("people:household", args=[request.council.slug, key, home])


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def new_household(request: Any, key: UUID) -> HttpResponse:
    """A household, and this person as the first who lives in it."""
    by, at = request.actor, request.at
    whose = people.name_of(key, by=by, at=at)
    form = forms.HouseholdForm(request.POST or None, initial={"seen": whose.version})

    def act() -> Household:
        said = {name: form.cleaned_data[name] for name in ("since", "pattern", "seen")}
        return actions.make_household(form.cleaned_data["label"], key, source=form.where_from(), **said, by=by, at=at)

    return sheet(
        request, form, act, home=family_address(request, key), title=f"A household of {whose.label}",
        then=lambda made: _household_address(request, key, made.key),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_READ)
@require_safe
def household(request: Any, key: UUID, home: UUID) -> HttpResponse:
    """Who lives and lived in one household."""
    opened = _family(request, key)
    page = pages.household_page(opened, home, request.council.slug, by=request.actor)
    if page is None:
        raise NotFound
    context = {"page": page, "columns": pages.MEMBERS, "home": family_address(request, key)}
    return render(request, "people/family_household.html", context)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def rename(request: Any, key: UUID, home: UUID) -> HttpResponse:
    """What a household is called."""
    found = _home(_family(request, key), home)
    form = forms.RenameForm(request.POST or None, initial={"seen": found.version, "label": found.label})
    return sheet(
        request, form, lambda: actions.rename_household(home, **form.cleaned_data, by=request.actor, at=request.at),
        home=_household_address(request, key, home), title="Rename the household",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def join(request: Any, key: UUID, home: UUID) -> HttpResponse:
    """Somebody who lives in a household."""
    by, at = request.actor, request.at
    found = _home(_family(request, key), home)
    form = forms.MemberForm(request.POST or None, initial={"seen": found.version}, **choosing(request, key))
    back, title = _household_address(request, key, home), f"Who lives in {found.label}"
    asked = find_first(request, form, home=back, title=title)
    if asked is not None:
        return asked

    def act() -> None:
        said = {name: form.cleaned_data[name] for name in ("since", "until", "pattern", "seen")}
        actions.join_household(home, form.cleaned_data["other"], source=form.where_from(), **said, by=by, at=at)

    return sheet(request, form, act, home=back, title=title, find=True)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def ask(request: Any, key: UUID, home: UUID) -> HttpResponse:
    """A change of who lives where; it is shown next, and nothing is written of the people yet."""
    by, at = request.actor, request.at
    opened = _family(request, key)
    found, today = _home(opened, home), london(at).date()
    label = {each.pk: each for each in opened.people}
    lives = [
        (str(label[row.person_id].key), label[row.person_id].label)
        for row in opened.memberships
        if row.household_id == found.pk and row.struck_at is None and row.person_id in label
        and overlap(row.since, row.until, today, today)
    ]  # fmt: skip
    others = [(str(each.key), each.label) for each in opened.households if each.key != home and each.ended_at is None]
    form = forms.ChangeForm(
        request.POST or None, people=dict(lives).items(), homes=others, initial={"seen": found.version, "on": today}
    )

    def act() -> Any:
        said = {name: form.cleaned_data[name] for name in ("why", "seen")}
        return moving.ask(form.wanted(home), **said, by=by, at=at)

    return sheet(
        request, form, act, home=_household_address(request, key, home),
        title=f"Change who lives in {found.label}",
        press="Show it first",
        then=lambda made: reverse("people:change", args=[request.council.slug, key, made.key]),
    )  # fmt: skip


def _member(request: Any, key: UUID, row: UUID) -> Membership:
    opened = _family(request, key)
    for each in opened.memberships:
        if each.key == row:
            return each
    raise NotFound


def _part(request: Any, key: UUID, row: UUID, shape: type[Form], act: Callable[..., Any], **more: Any) -> HttpResponse:
    found = _member(request, key, row)
    form = shape(request.POST or None, initial={"seen": found.household.version})
    return sheet(
        request, form, lambda: act(row, **form.cleaned_data, by=request.actor, at=request.at),
        home=_household_address(request, key, found.household.key), **more,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def member(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """Until when somebody lived in a household."""
    ways = [(reverse("people:member-strike", args=[request.council.slug, key, row]), "They never lived there")]
    return _part(
        request, key, row, EndForm, actions.leave_household, title="They do not live there any more", ways=ways
    )


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def strike_member(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """That somebody never lived in a household."""
    return _part(request, key, row, StrikeForm, actions.strike_member, title="They never lived there")


def _change_address(request: Any, key: UUID, change: UUID) -> str:
    return reverse("people:change", args=[request.council.slug, key, change])


def _theirs(request: Any, key: UUID, change: UUID) -> queries.OpenFamily:
    """The family that a change is of.

    :raises NotFound: it is not of this one
    """
    opened = _family(request, key)
    if change not in {each.key for each in opened.changes}:
        raise NotFound
    return opened


def _shown(request: Any, key: UUID, change: UUID, form: Form | None, status: int) -> HttpResponse:
    by, at = request.actor, request.at
    opened = _theirs(request, key, change)
    found = asking.open_change(change, by=by, at=at)
    page = pages.change_page(found, opened, request.council.slug)
    context = {
        "page": page, "columns": pages.LISTS, "home": family_address(request, key),
        "keeps": by.may(Permission.PERSON_KEEP), "undo": form or forms.UndoForm(initial={"seen": page.version}),
        "form": form,
        "hrefs": {
            name: reverse(f"people:change-{name}", args=[request.council.slug, key, change])
            for name in ("make", "drop", "undo")
        },
    }  # fmt: skip
    return render(request, "people/family_change.html", context, status=status)


@address(Kind.COUNCIL, Permission.PERSON_READ)
@require_safe
def change(request: Any, key: UUID, change: UUID) -> HttpResponse:
    """A change before and after, side by side."""
    return _shown(request, key, change, None, 200)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
@require_POST
def make(request: Any, key: UUID, change: UUID) -> HttpResponse:
    """A change that was asked for and shown is made."""
    _theirs(request, key, change)
    form = Seen(request.POST)
    if form.is_valid():
        moving.make(change, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
        return redirect(_change_address(request, key, change))
    return _shown(request, key, change, None, 422)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
@require_POST
def drop(request: Any, key: UUID, change: UUID) -> HttpResponse:
    """A change that was asked for is let be."""
    _theirs(request, key, change)
    form = Seen(request.POST)
    if form.is_valid():
        moving.drop(change, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
        return redirect(family_address(request, key))
    return _shown(request, key, change, None, 422)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
@require_POST
def undo(request: Any, key: UUID, change: UUID) -> HttpResponse:
    """A change that was made is undone, with a reason."""
    _theirs(request, key, change)
    form = forms.UndoForm(request.POST)
    if form.is_valid():
        try:
            moving.undo(change, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect(_change_address(request, key, change))
        except InvalidInput as refusal:
            refused(form, refusal)
    return _shown(request, key, change, form, 422)
