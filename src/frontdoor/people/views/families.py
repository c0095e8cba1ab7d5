"""The pages of one person's family: as it was on a day, and who is what to whom."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, Permission
from frontdoor.people.actions import families as actions
from frontdoor.people.forms import families as forms
from frontdoor.people.forms.index import EndForm, StrikeForm
from frontdoor.people.models import Person
from frontdoor.people.pages import families as pages
from frontdoor.people.queries import families as queries
from frontdoor.people.queries import index as people
from frontdoor.people.views.index import refused
from frontdoor.shell.rules import london, short_day


def family_address(request: Any, key: object) -> str:
    """The address of a person's family."""
    return reverse("people:family", args=[request.council.slug, key])


@address(Kind.COUNCIL, Permission.PERSON_READ)
@require_safe
def family(request: Any, key: UUID) -> HttpResponse:
    """A person's family as on a day; of a record that was joined into another, that one's."""
    by, at = request.actor, request.at
    form = forms.OnForm(request.GET if any(name.startswith("on-") for name in request.GET) else None)
    today = london(at).date()
    on = (form.cleaned_data["on"] or today) if form.is_bound and form.is_valid() else today
    opened = queries.open_family(key, on=on, by=by, at=at)
    if opened.person.joined_into_id is not None:
        return redirect(family_address(request, people.joined(opened.person, by=by)))
    context = {
        "page": pages.family_page(opened, on, request.council.slug, by=by), "on_form": form,
        "columns": (pages.HOMES, pages.CHANGE_COLUMNS, pages.RELATIONSHIP_COLUMNS, pages.CORRECTED),
    }  # fmt: skip
    return render(request, "people/family.html", context, status=422 if form.errors else 200)


def sheet(
    request: Any, form: Form, act: Callable[[], Any], *, home: str, title: str, press: str = "Save",
    then: Callable[[Any], str] | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form about a family, or act on what was typed and go on; whatever is wrong, what was typed stays.

    :param then: the address to go to, of what the act answered; `home` where none is given
    """
    status = 200
    overtaken = False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = act()
                return redirect(then(done) if then else home)
            except InvalidInput as refusal:
                refused(form, refusal)
            except Conflict as conflict:
                overtaken, status = True, 409
                typed = request.POST.copy()
                typed["seen"] = str(conflict.now)
                form.data = typed
    context = {"form": form, "home": home, "title": title, "press": press, "overtaken": overtaken, "ways": (),
               "beside": (), "find": False, "intro": ""}  # fmt: skip
    return render(request, "people/family_form.html", context | more, status=status)


def _looked(request: Any, key: UUID) -> list[Person]:
    """Whom a typed name led to; and who was chosen among them before, so that the choice stays."""
    by, at = request.actor, request.at
    if request.method != "POST" or not request.POST.get("find", "").strip():
        return []
    return queries.looked_up(request.POST["find"], but=key, by=by, at=at)


def choosing(request: Any, key: UUID) -> dict[str, Any]:
    """Who is offered where somebody else is chosen: the family, and whom a typed name led to."""
    opened = queries.open_family(key, on=london(request.at).date(), by=request.actor, at=request.at)
    return {"found": _looked(request, key), "near": [each for each in opened.people if each.key != key]}


def find_first(request: Any, form: forms.Choosing, *, home: str, title: str) -> HttpResponse | None:
    """The form again with whom the name led to, where only that was asked."""
    if request.method != "POST" or not (form.finding or request.POST.get("do") == "find"):
        return None
    words = "Choose who it is" if form.fields["other"].choices else "Nobody of that name is known here"  # type: ignore[attr-defined]  # a field with choices
    form.errors.clear()
    context = {"form": form, "home": home, "title": title, "press": "Save", "overtaken": False, "ways": (),
               "beside": (), "find": True, "intro": words}  # fmt: skip
    return render(request, "people/family_form.html", context, status=422)


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def relate(request: Any, key: UUID) -> HttpResponse:
    """What somebody is to this person, or this person to somebody."""
    by, at = request.actor, request.at
    whose = people.name_of(key, by=by, at=at)
    form = forms.RelateForm(
        request.POST or None, initial={"seen": whose.version}, label=whose.label, **choosing(request, key)
    )
    home, title = family_address(request, key), f"What somebody is to {whose.label}"
    found = find_first(request, form, home=home, title=title)
    if found is not None:
        return found

    def act() -> None:
        ends = (form.cleaned_data["other"], str(key))
        one, two = ends if form.cleaned_data["way"] == forms.THEIRS else ends[::-1]
        actions.relate(one, two, form.said(), source=form.where_from(), seen=form.cleaned_data["seen"],
                       whose=str(key), by=by, at=at)  # fmt: skip

    return sheet(request, form, act, home=home, title=title, find=True)


def _opened(request: Any, key: UUID, row: UUID) -> tuple[queries.OpenRelationship, Person]:
    """A relationship of this person."""
    found = queries.open_relationship(row, by=request.actor, at=request.at)
    for each in (found.person, found.other):
        if each.key == key:
            return found, each
    raise NotFound


def _beside(found: queries.OpenRelationship) -> list[tuple[str, str]]:
    row = found.row
    label = {found.person.pk: found.person.label, found.other.pk: found.other.label}
    facts = [
        ("What is recorded", pages.in_words(row, label)), ("From", short_day(row.since) if row.since else ""),
        ("Until", short_day(row.until) if row.until else ""), ("Parental responsibility",
         row.get_responsibility_display()), ("What shows it", row.evidence),
        ("Where from", ", ".join(filter(None, (row.get_source_kind_display(), row.source)))),
        ("Written by", found.wrote),
    ]  # fmt: skip
    return [(name, said) for name, said in facts if said]


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def relationship(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """One relationship: what is right instead, and the ways to end it or to say that it was never so."""
    by, at = request.actor, request.at
    found, whose = _opened(request, key, row)
    stands = found.row
    initial = {name: getattr(stands, name) for name in (*forms.RELATION, "since", "until", "source_kind", "source")}
    form = forms.CorrectRelationForm(request.POST or None, initial=initial | {"seen": whose.version})

    def act() -> None:
        actions.correct_relationship(
            row, form.said(), why=form.cleaned_data["why"], source=form.where_from(),
            seen=form.cleaned_data["seen"], whose=str(key), by=by, at=at,
        )  # fmt: skip

    slug = request.council.slug
    ways = [
        (f"people:relationship-{name}", words)
        for name, words in (("end", "It is no longer so"), ("strike", "It was never so"))
    ]
    return sheet(
        request, form, act, home=family_address(request, key), title="Correct this", press="Correct it",
        beside=_beside(found), ways=[(reverse(name, args=[slug, key, row]), words) for name, words in ways],
    )  # fmt: skip


def _small(
    request: Any, key: UUID, row: UUID, shape: type[Form], act: Callable[..., Any], *, title: str
) -> HttpResponse:
    found, whose = _opened(request, key, row)
    form = shape(request.POST or None, initial={"seen": whose.version})
    return sheet(
        request, form, lambda: act(row, **form.cleaned_data, whose=str(key), by=request.actor, at=request.at),
        home=family_address(request, key), title=title, beside=_beside(found),
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def end_relationship(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """Until when somebody was this to another."""
    return _small(request, key, row, EndForm, actions.end_relationship, title="This is no longer so")


@address(Kind.COUNCIL, Permission.PERSON_KEEP)
def strike_relationship(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """That a relationship was never so."""
    return _small(request, key, row, StrikeForm, actions.strike_relationship, title="This was never so")
