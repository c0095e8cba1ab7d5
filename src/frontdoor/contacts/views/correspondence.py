"""The doors for what its sender does not type here: a letter, another council; and the form beside the original."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission, StepNotAllowed
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.actions import drafting
from frontdoor.contacts.forms import correspondence as forms
from frontdoor.contacts.forms import telephone
from frontdoor.contacts.pages import correspondence as pages
from frontdoor.contacts.queries import correspondence as queries
from frontdoor.contacts.queries import drafting as drafts
from frontdoor.contacts.queries.telephone import routes
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.views.drafting import keeping
from frontdoor.councils import queries as councils
from frontdoor.letters.views import keeps_addresses
from frontdoor.shell.pages import seal, unseal

LIST = "unsorted"


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
@require_safe
def take_in(request: Any) -> HttpResponse:
    """Every door for what somebody here takes in, and what waits to be put into the form."""
    by, at, slug = request.actor, request.at, request.council.slug
    context: dict[str, Any] = {"reads": by.may(Permission.CONTACT_READ)}
    if context["reads"]:
        after = unseal(LIST, request.GET.get("after", ""))
        found, more = queries.unsorted(by=by, at=at, after=after)
        context |= {
            "rows": pages.waiting_rows(found, slug, at=at, opens=by.may(Permission.REFERRER_READ)),
            "columns": pages.WAITING_COLUMNS,
            "next": f"?after={seal(LIST, found[-1].place)}" if more else "",
            "first": "?" if after else "",
        }
    return render(request, "contacts/correspondence_doors.html", context)


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
def letter(request: Any) -> HttpResponse:
    """Take in a letter: the scan and its dates first; it has its number and its clocks at once."""
    form = forms.PaperForm(request.POST or None, request.FILES or None, initial={"token": uuid4()})

    def act() -> Any:
        return actions.take_in_letter(actions.Paper(**form.paper()), by=request.actor, at=request.at)

    return _paper(request, form, act, "contacts/correspondence_letter.html")


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
def from_council(request: Any) -> HttpResponse:
    """Take in what another council tells us, and what it has said about who is responsible."""
    here = request.council.id
    form = forms.CouncilForm(request.POST or None, request.FILES or None, initial={"token": uuid4()}, here=here)

    def act() -> Any:
        council = actions.Council(**form.council_said())
        return actions.take_in_from_council(actions.Paper(**form.paper()), council, by=request.actor, at=request.at)

    return _paper(request, form, act, "contacts/correspondence_council.html")


def _paper(request: Any, form: Any, act: Any, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
            return redirect("contacts:taken-in", council=request.council.slug, key=made.contact.key)
        except InvalidInput as refused:
            _tell(form, refused, {"file": "scan"})
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form}, status=status)


def _tell(form: Any, refused: InvalidInput, named: Mapping[str, str] | None = None) -> None:
    for name, words in refused.problems.items():
        field = (named or {}).get(name, name)
        form.add_error(field if field in form.fields else None, words)


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
@require_safe
def taken_in(request: Any, key: UUID) -> HttpResponse:
    """The number that it was given, for whoever took it in."""
    made = queries.taken_by_me(key, by=request.actor)
    context = {
        "made": made,
        "sort": reverse("contacts:sort", args=[request.council.slug, key])
        if request.actor.may(Permission.REFERRER_READ)
        else "",
    }
    return render(request, "contacts/correspondence_taken.html", context)


@address(Kind.COUNCIL, Permission.REFERRER_READ)
@keeps_addresses
def sort(request: Any, key: UUID) -> HttpResponse:
    """The original beside the form: filled in, kept as it is typed, and put into the contact."""
    if request.method != "POST":
        return _sorting(request, key)
    step, _, what = request.POST.get("do", "save").partition(":")
    if step == "sort" and what in rules.WAYS:
        return _sorted(request, key, rules.WAYS[what])
    if step == "nothing":
        return _nothing(request, key)
    said = request.POST.get("draft_version", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
    typed = dict(request.POST.lists())
    drafting.keep_typed("sort", str(key), seen=seen, typed=typed, by=request.actor, at=request.at)
    return redirect("contacts:sort", council=request.council.slug, key=key)


def _seen(request: Any) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _sorted(request: Any, key: UUID, way: Any) -> HttpResponse:
    by, at = request.actor, request.at
    form = forms.sent(request.POST, councils=_served(request))
    if not form.is_valid():
        return _sorting(request, key, form=form, status=422)
    said = form.call.cleaned_data
    original = queries.open_original(key, by=by, at=at)
    story = rules.typed_story(said.get("typed", ""), original=original.base)
    told = telephone.read(
        form, marks=(), story=story, way=way, routes=routes(telephone.postcodes(form), at=at), here=request.council.id
    )
    words = rules.own_words(said.get("own_words", ""), told.report.story, told.report.people)
    told = replace(told, report=replace(told.report, marks=words))
    more = {"yes": True, "no": False}.get(said.get("more", ""))
    try:
        actions.sort(key, seen=_seen(request), told=told, more=more, by=by, at=at)
    except InvalidInput as refused:
        _tell(form.call, refused, {"story": "typed"})
        return _sorting(request, key, form=form, status=422)
    drafting.end_typed("sort", str(key), by=by, at=at)
    return redirect("contacts:detail", council=request.council.slug, key=key)


def _nothing(request: Any, key: UUID) -> HttpResponse:
    form = forms.sent(request.POST, councils=_served(request))
    form.is_valid()
    why = str(form.call.cleaned_data.get("closing_why", ""))
    try:
        actions.nothing(key, seen=_seen(request), why=why, by=request.actor, at=request.at)
    except InvalidInput as refused:
        _tell(form.call, refused, {"why": "closing_why"})
        return _sorting(request, key, form=form, status=422)
    drafting.end_typed("sort", str(key), by=request.actor, at=request.at)
    return redirect("contacts:take-in", council=request.council.slug)


def _served(request: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in councils.councils(on=request.at)]


def _sorting(request: Any, key: UUID, *, form: telephone.Form | None = None, status: int = 200) -> HttpResponse:
    by, at, slug = request.actor, request.at, request.council.slug
    original = queries.open_original(key, by=by, at=at)
    context: dict[str, Any] = {}
    if original.waiting:
        held = drafts.kept("sort", str(key), by=by)
        typed = {name: texts[-1] for name, texts in held.typed.items() if texts} if held else _known(original)
        form = form or forms.kept(typed, councils=_served(request))
        context = keeping(request, "sort", key, None)
    else:
        form = None
    page = pages.sort_page(original, form, slug, reopens=queries.may_reopen(original.row, by=by))
    context |= {"page": page, "form": page.all}
    return render(request, "contacts/correspondence_sort.html", context, status=status)


def _known(original: queries.Original) -> dict[str, str]:
    """What the paper itself has told already."""
    contact, teller = original.contact, original.teller
    known = {"danger": contact.danger_said, "where_now": contact.where_now}
    if teller is not None:
        known |= {name: getattr(teller, name) for name in ("name", "email", "phone", "agency", "route")}
        if teller.route == "letter" and not teller.address:
            known["route"] = ""  # a letter came, and nobody has typed the address on it yet
        known["kind"] = teller.kind if teller.kind != "public" else ""
    if original.row.about_id is not None:
        known["worry_type"] = "additional_information"
        known["more"] = "yes" if original.row.about_how == rules.About.CERTAIN else ""
    if original.row.door != rules.Door.EMAIL and not original.sortings:
        known["typed"] = original.story
    return {name: words for name, words in known.items() if words}


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def council_word(request: Any, key: UUID) -> HttpResponse:
    """Write down that the other council has said in writing that it is responsible."""
    row = queries.of_other_council(key, by=request.actor)
    form = forms.WordForm(request.POST or None, initial={"seen": row.version})
    if row.keeps == "yes":
        raise StepNotAllowed("They have said so in writing already.")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.accepted_in_writing(
                key, seen=said["seen"], who=said["who"], on=said["on"], by=request.actor, at=request.at
            )
            return redirect("contacts:detail", council=request.council.slug, key=key)
        except InvalidInput as refused:
            _tell(form, refused, {"kept_by": "who", "kept_on": "on"})
    context = {"form": form, "record": reverse("contacts:detail", args=[request.council.slug, key])}
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/correspondence_word.html", context, status=status)
