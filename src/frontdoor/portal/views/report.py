"""Public pages: a report one thing at a time, the check, and the receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound
from frontdoor.councils import queries as councils
from frontdoor.councils.rules import Confidence
from frontdoor.letters.views import keeps_addresses
from frontdoor.portal import actions, forms, pages, queries
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import journey, returning
from frontdoor.portal.views import organisation
from frontdoor.portal.views.base import TRAP, filled, keep, network, page, public, wrong


def writing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the report that this browser is writing; one that was sent meanwhile shows its receipt."""

    @public
    @wraps(view)
    def opened(request: Any, **where: Any) -> HttpResponse:
        draft = queries.draft(by=request.actor, at=request.at)
        if draft is None:
            return page(request, "gone", {}, status=404)
        if "sent" in draft.data:
            return redirect("portal:sent", council=request.council.slug)
        return view(request, draft, **where)

    return opened


@public
def begin(request: Any) -> HttpResponse:
    """The first page: what to do now, whom to ring, and the ways in."""
    if request.method != "POST":
        return page(request, "begin", {})
    way = request.POST.get("way")
    response = redirect("portal:where", way=way if way in {journey.URGENT, journey.PLANNED, journey.OWN} else "worry")
    keep(response, settings.DRAFT_COOKIE_NAME, actions.new_token())
    return response


@public
def where(request: Any, way: str) -> HttpResponse:
    """Which council: a postcode, or a choice; nothing here can stop a report."""
    if request.method == "POST" and "council" in request.POST:
        return _chosen(request, way)
    form = filled(request, forms.PostcodeForm)
    if request.method == "POST" and form.is_valid():
        routed = councils.route(form.cleaned_data["postcode"], on=request.at)
        if routed.confidence is Confidence.INSIDE and routed.council:
            return redirect(_start_address(councils.council(routed.council).slug, way, routed.postcode))
        return _choose(request, way, postcode=routed.postcode or form.cleaned_data["postcode"], names=routed.names)
    return page(request, "where", {"form": form, "way": way}, status=wrong(request))


def _start_address(slug: str, way: str, postcode: str) -> str:
    """Postcodes are kept out of addresses; only the first half, which names some thousand homes, travels in one."""
    outward = postcode.split(" ", maxsplit=1)[0]
    query = f"?area={outward}" if outward else ""
    return reverse("portal:start", kwargs={"council": slug, "way": way}) + query


def _choose(request: Any, way: str, *, postcode: str, names: str) -> HttpResponse:
    served = [(each.slug, each.name) for each in councils.councils(on=request.at)]
    context = {"form": forms.CouncilForm(councils=served), "way": way, "postcode": postcode, "names": names}
    return page(request, "choose_council", context)


def _chosen(request: Any, way: str) -> HttpResponse:
    served = [(each.slug, each.name) for each in councils.councils(on=request.at)]
    form = forms.CouncilForm(request.POST, councils=served)
    if not form.is_valid():
        return page(request, "choose_council", {"form": form, "way": way, "postcode": "", "names": ""}, status=422)
    return redirect(
        _start_address(form.cleaned_data["council"].removesuffix("?"), way, request.POST.get("postcode", ""))
    )


@public
def start(request: Any, way: str) -> HttpResponse:
    """Begin the report for the council of the address, and go to its first page."""
    if not request.actor.draft:
        return redirect("portal:begin")
    draft = actions.start(journey.begun(way), by=request.actor, at=request.at)
    area = councils.route(request.GET.get("area", ""), on=request.at).postcode
    if area:
        draft = actions.answer("postcode", area, seen=draft.version, by=request.actor, at=request.at)
    return redirect("portal:step", council=request.council.slug, step=journey.first(draft.data))


@writing
def step(request: Any, draft: Draft, step: str) -> HttpResponse:
    """One page of the report."""
    if step in forms.PEOPLE:
        return _people(request, draft, step)
    if step not in forms.FORMS:
        raise NotFound
    if step == "organisation" and "forget" in request.POST:
        return organisation.forget(request)
    known = organisation.remembered(request) if step == "organisation" else {}
    kept = {**known, "remember": bool(known), **_kept(draft, step), "version": draft.version}
    form = filled(request, forms.FORMS[step], initial=kept, answers=draft.data)
    if request.method == "POST" and (form.is_valid() or ("save" in request.POST and form.only_missing())):
        try:
            draft = actions.answer(step, form.answer(), seen=form.seen(), by=request.actor, at=request.at)
        except Conflict:
            return _two_versions(request, step, form)
        response = _go(request, draft, step)
        if step == "organisation":
            organisation.remember(request, response, form.cleaned_data)
        return response
    context = _context(request, draft, step, form) | {"remembered": bool(known)}
    return page(request, "step", context, status=wrong(request))


def _kept(draft: Draft, name: str) -> dict[str, Any]:
    return dict(draft.data.get(name) or {})


def _two_versions(request: Any, step: str, form: forms.Page, *, place: int | None = None) -> HttpResponse:
    """The page again, what was typed still in it beside what stands now; pressed again, it is meant."""
    draft = queries.draft(by=request.actor, at=request.at)
    if draft is None:
        raise NotFound
    now = _kept(draft, step) if place is None else dict(dict(enumerate(draft.data.get(step) or [])).get(place, {}))
    form.stands_at(draft.version)
    context = _context(request, draft, step, form) | {"place": place, "versions": pages.versions(form, now)}
    return page(request, "step" if place is None else "person", context, status=409)


def _go(request: Any, draft: Draft, step: str) -> HttpResponse:
    """On to the next page, straight back to the check when the sender came from there, or away with a code."""
    if "save" in request.POST:
        actions.put_aside(step, seen=draft.version, by=request.actor, at=request.at)
        return redirect("portal:saved", council=request.council.slug)
    following = "check" if request.GET.get("back") == "check" else journey.after(step, draft.data)
    name = "portal:check" if following == "check" else "portal:step"
    return redirect(reverse(name, kwargs=_at(request, following)))


def _at(request: Any, step: str) -> dict[str, str]:
    place = {"council": request.council.slug}
    return place if step == "check" else {**place, "step": step}


def _context(request: Any, draft: Draft, step: str, form: Any) -> dict[str, Any]:
    earlier = journey.before(step, draft.data)
    return {
        "form": form,
        "step": step,
        "title": journey.BY_SLUG[step].title,
        "number": journey.number(step, draft.data),
        "urgent": bool(draft.data.get("urgent")),
        "planned": bool(draft.data.get("planned")),
        "own": bool(draft.data.get("own_family")),
        "kind": _kept(draft, "you").get("kind", "public"),
        "waits": returning.may_wait(draft.data),
        "ends": pages.ends(draft, at=request.at),
        "versions": [],
        "remembered": False,
        "back": reverse("portal:step", kwargs=_at(request, earlier)) if earlier else reverse("portal:begin"),
    }


def _people(request: Any, draft: Draft, step: str) -> HttpResponse:
    """The list of children or adults: add one, take one out, or go on."""
    given = list(draft.data.get(step) or [])
    if request.method == "POST" and "remove" in request.POST:
        kept = [person for place, person in enumerate(given) if str(place) != request.POST["remove"]]
        seen = int(request.POST.get("version") or 0)
        actions.answer(step, kept, seen=seen, by=request.actor, at=request.at)
        return redirect(request.get_full_path())
    if request.method == "POST" and "save" in request.POST:
        return _go(request, draft, step)
    if not given and "skip" not in request.POST:
        return redirect(reverse("portal:person", kwargs={**_at(request, step), "place": 0}) + _back(request))
    form = filled(request, forms.MoreForm, initial={"version": draft.version})
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        if "skip" in request.POST or form.cleaned_data["more"] == "no":
            return _go(request, draft, step)
        return redirect(reverse("portal:person", kwargs={**_at(request, step), "place": len(given)}) + _back(request))
    context = _context(request, draft, step, form) | {"people": pages.people(given), "version": draft.version}
    return page(request, "people", context, status=wrong(request))


def _back(request: Any) -> str:
    return "?back=check" if request.GET.get("back") == "check" else ""


@writing
@keeps_addresses
def person(request: Any, draft: Draft, step: str, place: int) -> HttpResponse:
    """One child or adult; a name is never needed."""
    given = list((draft.data.get(step) or []) if step in forms.PEOPLE else [])
    if step not in forms.PEOPLE or place > len(given):
        raise NotFound
    initial = {**(given[place] if place < len(given) else {}), "version": draft.version, "new": place == len(given)}
    form = filled(request, forms.PEOPLE[step], initial=initial, answers=draft.data)
    if request.method == "POST" and "skip" in request.POST:
        return _go(request, draft, step)
    if request.method == "POST" and form.is_valid():
        given = form.put_into(given, place)
        try:
            draft = actions.answer(step, given, seen=form.seen(), by=request.actor, at=request.at)
        except Conflict:
            return _two_versions(request, step, form, place=place)
        if draft.data.get("urgent") or not given or "save" in request.POST:
            return _go(request, draft, step)
        return redirect(reverse("portal:step", kwargs=_at(request, step)) + _back(request))
    return page(
        request, "person", _context(request, draft, step, form) | {"place": place}, status=wrong(request)
    )  # fmt: skip


@writing
def check(request: Any, draft: Draft) -> HttpResponse:
    """Check the answers, and send."""
    form = filled(request, forms.Page, initial={"version": draft.version})
    lacking, problems = journey.missing(draft.data), {}
    if request.method == "POST" and form.is_valid() and "save" in request.POST:
        return _go(request, draft, "check")
    if request.method == "POST" and form.is_valid() and not lacking:
        try:
            return _sent(request, draft, form)
        except InvalidInput as refused:
            problems = refused.problems
        except Conflict:
            form.stands_at(draft.version)
            context = _check(request, draft, form) | {"changed": True}
            return page(request, "check", context, status=409)
    context = _check(request, draft, form) | {"problems_found": list(problems.values())}
    return page(request, "check", context, status=wrong(request))


def _check(request: Any, draft: Draft, form: forms.Page) -> dict[str, Any]:
    slug = request.council.slug
    return _context(request, draft, "check", form) | {
        "sections": pages.sections(draft.data, slug),
        "lacking": [
            (each.title, reverse("portal:step", args=[slug, each.slug])) for each in journey.missing(draft.data)
        ],
        "problems_found": [],
        "changed": False,
    }


def _sent(request: Any, draft: Draft, form: forms.Page) -> HttpResponse:
    marks = actions.marks_of(
        pages.written(draft), network(request), trap=bool(request.POST.get(TRAP)),
        begun_at=None if draft.data.get("urgent") else draft.made_at, by=request.actor, at=request.at,
    )  # fmt: skip
    actions.send(
        seen=form.seen(), responsible=_responsible(draft, request), council=request.council.name, marks=marks,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return redirect("portal:sent", council=request.council.slug)


def _responsible(draft: Draft, request: Any) -> str:
    """The responsible council's code, only where the postcode leaves no doubt."""
    routed = councils.route(draft.data.get("postcode", ""), on=request.at)
    return str(routed.council) if routed.confidence is Confidence.INSIDE and routed.council else ""


@public
def sent(request: Any) -> HttpResponse:
    """The receipt, shown to the browser that sent the report for an hour."""
    draft = queries.draft(by=request.actor, at=request.at)
    if draft is None or "sent" not in draft.data:
        return page(request, "gone", {}, status=404)
    council = councils.council(request.council.id)
    return page(request, "sent", {"sent": draft.data["sent"], "telephones": pages.telephone_rows([council])})
