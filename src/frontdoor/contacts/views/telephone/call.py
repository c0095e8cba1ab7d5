"""The one screen of a call: saved as it is typed, marked, made safe, flagged, ended."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, Permission, StepNotAllowed
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.forms import telephone as forms
from frontdoor.contacts.models import Draft
from frontdoor.contacts.pages import people as known_pages
from frontdoor.contacts.pages import telephone as pages
from frontdoor.contacts.queries import people as known_queries
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.rules import telephone as rules
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.contacts.views.telephone.lists import SALT
from frontdoor.councils import queries as councils
from frontdoor.letters.views import keeps_addresses
from frontdoor.shell.rules import london

Versions = tuple[Any, ...]


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
@keeps_addresses
def call(request: Any, key: str) -> HttpResponse:
    """The screen. Every press of a button saves what was typed first, then does what the button says."""
    if request.method != "POST":
        return _page(request, key)
    typed = forms.typed(request.POST.dict())
    try:
        saved = actions.save(key, seen=_seen(request), typed=typed, by=request.actor, at=request.at)
    except Conflict:
        standing = queries.open_call(key, by=request.actor, at=request.at)
        return _page(request, key, typed=typed, versions=pages.kept_here(standing, typed), status=409)
    except StepNotAllowed:
        return redirect("contacts:telephone-ended", council=request.council.slug, key=key)
    step, _, what = request.POST.get("do", "save").partition(":")
    return _STEPS.get(step, _saved)(request, saved, what)


def _seen(request: Any) -> int:
    """The version of the draft that the page holds; -1, which none has, where it holds none."""
    said = request.POST.get("draft_version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _back(request: Any, key: object, place: str = "") -> HttpResponse:
    return redirect(reverse("contacts:telephone-call", args=[request.council.slug, key]) + place)


def _saved(request: Any, saved: Draft, what: str) -> HttpResponse:
    return _back(request, saved.key)


def _marking(request: Any, saved: Draft, kind: str) -> HttpResponse:
    """Without scripts nobody knows where the caret stands: the sentence is chosen on a page of its own."""
    where = reverse("contacts:telephone-mark", args=[request.council.slug, saved.key])
    return redirect(f"{where}?kind={kind}" if kind in rules.KINDS else where)


def _unmarking(request: Any, saved: Draft, number: str) -> HttpResponse:
    if number.isascii() and number.isdigit():
        actions.unmark(saved.key, seen=saved.version, number=int(number[:6]), by=request.actor, at=request.at)
    return _back(request, saved.key)


def _clearing(request: Any, saved: Draft, row: str) -> HttpResponse:
    if row.isascii() and row.isdigit():
        actions.clear(saved.key, seen=saved.version, row=int(row[:3]), by=request.actor, at=request.at)
    return _back(request, saved.key)


def _safety(request: Any, saved: Draft, what: str) -> HttpResponse:
    """Start the clock of a call back, or write down that it was made."""
    form = _sent(request)
    try:
        if what == "reached":
            running = queries.running_safety_call(saved.key, by=request.actor)
            if running is not None:
                actions.reached(running.key, outcome="Reached during the call", by=request.actor, at=request.at)
        elif form.call.is_valid() or not {"rings", "ring_whom", "ring_minutes"} & set(form.call.errors):
            given = {name: form.call.cleaned_data.get(f"ring_{name}") for name in ("whom", "minutes")}
            actions.agree_safety_call(
                saved.key, seen=saved.version, rings=form.call.cleaned_data.get("rings", ""),
                whom=given["whom"] or "", minutes=given["minutes"], by=request.actor, at=request.at,
            )  # fmt: skip
        else:
            return _page(request, saved.key, form=form, status=422)
    except InvalidInput as refused:
        return _refused(request, saved.key, form, refused)
    return _back(request, saved.key)


def _flagging(request: Any, saved: Draft, what: str) -> HttpResponse:
    """A red flag at once, from whatever can be read so far."""
    form = _sent(request)
    form.is_valid()
    told = _told(request, saved, form, rules.WAYS["contact"])
    why = str(form.call.cleaned_data.get("flag_why", ""))
    try:
        actions.flag(saved.key, seen=saved.version, told=told, why=why, by=request.actor, at=request.at)
    except InvalidInput as refused:
        return _refused(request, saved.key, form, refused)
    return _back(request, saved.key)


def _ending(request: Any, saved: Draft, way: str) -> HttpResponse:
    form = _sent(request)
    if way not in rules.WAYS:
        raise NotFound
    if not form.is_valid():
        return _page(request, saved.key, form=form, status=422)
    told = _told(request, saved, form, rules.WAYS[way])
    try:
        actions.end(
            saved.key, seen=saved.version, told=told, way=way, safety_call=_agreed(request, saved, form),
            by=request.actor, at=request.at,
        )  # fmt: skip
    except InvalidInput as refused:
        return _refused(request, saved.key, form, refused)
    return redirect("contacts:telephone-ended", council=request.council.slug, key=saved.key)


def _agreed(request: Any, saved: Draft, form: forms.Form) -> Mapping[str, Any] | None:
    """A call back that was agreed and whose clock nobody has started: it starts when the call ends."""
    said = form.call.cleaned_data
    if not said.get("rings") or queries.agreed_safety_call(saved.key, by=request.actor):
        return None
    return {"rings": said["rings"], "whom": said.get("ring_whom", ""), "minutes": said.get("ring_minutes")}


_STEPS: dict[str, Callable[[Any, Draft, str], HttpResponse]] = {
    "mark": _marking,
    "unmark": _unmarking,
    "clear": _clearing,
    "safety": _safety,
    "flag": _flagging,
    "end": _ending,
}


def _told(request: Any, saved: Draft, form: forms.Form, way: rules.Way) -> rules.Told:
    routes = queries.routes(forms.postcodes(form), at=request.at)
    marks = rules.read(saved.data.get("marks", ()))
    story = saved.data["typed"].get("story", "")
    return forms.read(form, marks=marks, story=story, way=way, routes=routes, here=request.council.id)


def _served(request: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in councils.councils(on=request.at)]


def _sent(request: Any) -> forms.Form:
    return forms.sent(request.POST, councils=_served(request))


def _refused(request: Any, key: object, form: forms.Form, refused: InvalidInput) -> HttpResponse:
    """The page again, what was typed still there, and the error beside its field."""
    form.is_valid()
    for name, words in refused.problems.items():
        form.call.add_error(name if name in form.call.fields else None, words)
    return _page(request, key, form=form, status=422)


def _page(
    request: Any,
    key: object,
    *,
    form: forms.Form | None = None,
    typed: Mapping[str, str] | None = None,
    versions: Versions = (),
    status: int = 200,
) -> HttpResponse:
    by, at = request.actor, request.at
    found = queries.open_call(str(key), by=by, at=at)
    page = _shown(request, found, form=form, typed=typed, versions=versions)
    context = {"page": page, "form": page.form.all if form is not None else None}
    return render(request, "contacts/telephone_call.html", context, status=status)


def _shown(
    request: Any,
    found: queries.Call,
    *,
    form: forms.Form | None,
    typed: Mapping[str, str] | None,
    versions: Versions,
) -> pages.CallPage:
    by, at, slug = request.actor, request.at, request.council.slug
    said = found.typed if typed is None else dict(typed)
    running = queries.running_safety_call(found.key, by=by)
    council = councils.council(request.council.id)
    people = forms.sent(said)
    seen = None
    if by.may(Permission.CONTACT_READ):
        seen = pages.earlier_lines(queries.open_earlier(found.key, _sought(people), by=by, at=at), slug)
    return pages.CallPage(
        call=found,
        form=form or forms.shown(said, councils=_served(request), minutes=_minutes(request)),
        at=at,
        council=council,
        where=_where(request, said.get("postcode", ""), movable=not found.contact),
        earlier=seen,
        safety=running,
        origin="" if found.contact else _origin(found, running),
        speak_to=pages.speak_to(council),
        versions=versions,
        **(_known(request, found.key, people) if seen is not None else {}),
    )


def _minutes(request: Any) -> int:
    return queries.usual_minutes(by=request.actor, at=request.at)


def _sought(form: forms.Form) -> tuple[queries.Wanted, ...]:
    """The people who can be looked for exactly, as far as they were typed."""
    return queries.wanted(_typed(form))


def _typed(form: forms.Form) -> list[PersonGiven]:
    """Everybody as far as they were typed; of a protected address nothing."""
    form.is_valid()
    said = form.call.cleaned_data
    people = (
        each.given(("", "", "") if said.get("sealed") else (said.get("address", ""), said.get("postcode", ""), ""))
        for each in form.people
    )
    return [person for person in people if person is not None]


def _known(request: Any, key: UUID, form: forms.Form) -> dict[str, Any]:
    """Those of them whom we know, or may know, with what came before, and whom to call about one we may not show."""
    by, at = request.actor, request.at
    if not by.may(Permission.PERSON_READ):
        return {"known": (), "banner": None, "calls": ()}
    found = known_queries.open_known(key, _typed(form), by=by, at=at)
    lines = known_pages.worth_showing(known_pages.shown(found, request.council.slug, on=london(at).date()))
    return {"known": lines, "banner": known_pages.banner(found), "calls": known_queries.calls(found, by=by, at=at)}


def _where(request: Any, postcode: str, *, movable: bool) -> pages.Where:
    routed = queries.routes([postcode.strip()], at=request.at)[postcode.strip()] if postcode.strip() else None
    others = [each for each in councils.councils(on=request.at) if each.pk != request.council.id]
    return pages.where(routed, councils.council(request.council.id), others, movable=movable)


def _origin(found: queries.Call, running: Any) -> str:
    """A signed word of where this call is and when it began, which only its owner may use elsewhere."""
    names = ("rings", "whom", "where_now", "with_whom", "until_when")
    safety = None
    if running is not None:
        safety = {name: getattr(running, name) for name in names}
        safety |= {name: getattr(running, name).isoformat() for name in ("started_at", "due_at")}
    said = {
        "call": str(found.key), "council": found.council, "owner": found.owner, "made_at": found.made_at.isoformat(),
        "door": found.door, "safety": safety,
    }  # fmt: skip
    return signing.dumps(said, salt=SALT)


@require_POST
@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
@keeps_addresses
def draft(request: Any, key: str) -> JsonResponse:
    """Keep what is typed while it is typed, and mark a sentence without leaving it; answers what that has changed."""
    by, at = request.actor, request.at
    before = queries.my_call(key, by=by)
    typed = forms.typed(request.POST.dict())
    saved = actions.save(key, seen=_seen(request), typed=typed, by=by, at=at)
    step, _, what = request.POST.get("do", "").partition(":")
    answer: dict[str, Any] = {}
    try:
        if step == "mark":
            starts, ends = (int(request.POST.get(name, "0")[:9]) for name in ("from", "to"))
            marking = actions.mark(
                key, seen=saved.version, kind=what, starts=starts, ends=ends,
                words=rules.kept(request.POST.get("words", "")), by=by, at=at,
            )  # fmt: skip
            saved, answer = marking.call, {"fill": dict(marking.filled), "said": f"Marked: {marking.mark.label}"}
        elif step == "unmark":
            saved = actions.unmark(key, seen=saved.version, number=int(what[:6]), by=by, at=at)
            answer = {"said": "No longer marked"}
    except (InvalidInput, ValueError):
        answer = {"said": "Write a sentence first, then mark it"}
    return JsonResponse({"version": saved.version, **answer, **_changed(request, saved, typed, before)})


def _changed(request: Any, saved: Draft, typed: Mapping[str, str], before: queries.Call) -> dict[str, Any]:
    """What the page shows otherwise than before: marks, rows of people, where a postcode leads."""
    found = queries.as_call(saved)
    changed: dict[str, Any] = {"marks": rules.plain(found.marks)}
    marks, marks_before = ([(mark.number, mark.words) for mark in each.marks] for each in (found, before))
    if marks != marks_before:
        told = pages.pieces(found.story, found.marks)[0]
        lines = {"lines": pages.mark_lines(found.story, found.marks), "pieces": told}
        changed["marked"] = render_to_string("contacts/telephone_marked.html", lines, request)
    changed["sources"] = {name: {"href": line.href, "words": line.words} for name, line in pages.sources(found).items()}
    rows = len(forms.people_sent(typed))
    shown = forms.shown(found.typed, councils=_served(request)).people
    if len(shown) > rows:
        context = {"people": list(enumerate(shown))[rows:], "sources": pages.sources(found)}
        changed["rows"] = render_to_string("contacts/telephone_rows.html", context, request)
    if found.typed.get("postcode", "") != before.typed.get("postcode", ""):
        where = _where(request, found.typed.get("postcode", ""), movable=not found.contact)
        changed["where"] = render_to_string("contacts/telephone_where.html", {"where": where}, request)
    return changed


@require_POST
@address(Kind.COUNCIL, Permission.CONTACT_READ)
@keeps_addresses
def earlier(request: Any, key: str) -> HttpResponse:
    """Earlier contacts of the people as they are typed: a piece of the page; one entry for each settled question."""
    call_key = queries.my_call(key, by=request.actor).key
    form = forms.sent(forms.typed(request.POST.dict()))
    found = queries.open_earlier(call_key, _sought(form), by=request.actor, at=request.at)
    lines = pages.earlier_lines(found, request.council.slug)
    known = _known(request, call_key, form)
    return render(request, "contacts/telephone_earlier.html", {"earlier": lines} | known)


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
def mark(request: Any, key: str) -> HttpResponse:
    """Without scripts: choose the sentence, and what it is."""
    found = queries.open_call(key, by=request.actor, at=request.at)
    form = forms.MarkForm(
        request.POST or None, story=found.story, initial={"seen": found.version, "kind": request.GET.get("kind")}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        starts, ends = said["sentence"]
        actions.mark(
            key, seen=said["seen"], kind=said["kind"], starts=starts, ends=ends, words=found.story[starts:ends],
            by=request.actor, at=request.at,
        )  # fmt: skip
        return _back(request, key, "#marked")
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/telephone_mark.html", {"form": form, "call": found}, status=status)
