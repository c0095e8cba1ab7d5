"""Public pages: a report one thing at a time, the receipt, and a wish to be rung back."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.contacts.rules.intake import CallBackGiven
from frontdoor.councils import queries as councils
from frontdoor.councils.rules import Confidence
from frontdoor.portal import actions, forms, pages, queries
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import journey

public = address(Kind.PORTAL)


def _draft(request: Any) -> Draft:
    draft = queries.draft(by=request.actor, at=request.at)
    if draft is None or "sent" in draft.data:
        raise NotFound
    return draft


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, wrong: bool = False) -> HttpResponse:
    response = render(request, f"portal/{template}.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


@public
def begin(request: Any) -> HttpResponse:
    """The first page: what to do now, whom to ring, and the two ways in."""
    if request.method != "POST":
        return _page(request, "begin", {})
    token = actions.new_token()
    way = "now" if request.POST.get("way") == "now" else "worry"
    response = redirect("portal:where", way=way)
    response.set_cookie(
        settings.DRAFT_COOKIE_NAME, token, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE,
        path="/",
    )  # fmt: skip
    return response


@public
def where(request: Any, way: str) -> HttpResponse:
    """Which council: a postcode, or a choice; nothing here can stop a report."""
    form = forms.PostcodeForm(request.POST or None)
    if request.method == "POST" and "council" in request.POST:
        return _chosen(request, way)
    if request.method == "POST" and form.is_valid():
        routed = councils.route(form.cleaned_data["postcode"], on=request.at)
        if routed.confidence is Confidence.INSIDE and routed.council:
            return redirect(_start_address(councils.council(routed.council).slug, way, routed.postcode))
        return _choose(request, way, postcode=routed.postcode or form.cleaned_data["postcode"], names=routed.names)
    return _page(request, "where", {"form": form, "way": way}, wrong=request.method == "POST")


def _start_address(slug: str, way: str, postcode: str) -> str:
    """Postcodes are kept out of addresses; only the first half, which names some thousand homes, travels in one."""
    outward = postcode.split(" ", maxsplit=1)[0]
    query = f"?area={outward}" if outward else ""
    return reverse("portal:start", kwargs={"council": slug, "way": way}) + query


def _choose(request: Any, way: str, *, postcode: str, names: str) -> HttpResponse:
    served = [(each.slug, each.name) for each in councils.councils(on=request.at)]
    context = {"form": forms.CouncilForm(councils=served), "way": way, "postcode": postcode, "names": names}
    return _page(request, "choose_council", context)


def _chosen(request: Any, way: str) -> HttpResponse:
    served = [(each.slug, each.name) for each in councils.councils(on=request.at)]
    form = forms.CouncilForm(request.POST, councils=served)
    if not form.is_valid():
        return _page(request, "choose_council", {"form": form, "way": way, "postcode": "", "names": ""}, wrong=True)
    return redirect(
        _start_address(form.cleaned_data["council"].removesuffix("?"), way, request.POST.get("postcode", ""))
    )


@public
def start(request: Any, way: str) -> HttpResponse:
    """Begin the report for the council of the address, and go to its first page."""
    if not request.actor.draft:
        return redirect("portal:begin")
    draft = actions.start(urgent=way == "now", by=request.actor, at=request.at)
    area = councils.route(request.GET.get("area", ""), on=request.at).postcode
    if area:
        draft = actions.answer("postcode", area, seen=draft.version, by=request.actor, at=request.at)
    return redirect("portal:step", council=request.council.slug, step=journey.first(draft.data))


@public
def step(request: Any, step: str) -> HttpResponse:
    """One page of the report."""
    draft = _draft(request)
    if step in {"children", "adults"}:
        return _people(request, draft, step)
    if step not in forms.FORMS:
        raise NotFound
    options = {"kind": (draft.data.get("you") or {}).get("kind", "public")} if step == "details" else {}
    form = forms.FORMS[step](request.POST or None, initial={**_kept(draft, step), "version": draft.version}, **options)
    if request.method == "POST" and form.is_valid():
        draft = actions.answer(step, form.answer(), seen=_seen(form, draft), by=request.actor, at=request.at)
        return _go(request, draft, step)
    return _page(request, "step", _context(request, draft, step, form), wrong=request.method == "POST")


def _kept(draft: Draft, name: str) -> dict[str, Any]:
    return dict(draft.data.get(name) or {})


def _seen(form: Any, draft: Draft) -> int:
    return int(form.cleaned_data.get("version") or draft.version)


def _go(request: Any, draft: Draft, step: str) -> HttpResponse:
    """On to the next page, or straight back to the check when the sender came from there."""
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
        "title": next(each.title for each in journey.STEPS if each.slug == step),
        "urgent": bool(draft.data.get("urgent")),
        "kind": _kept(draft, "you").get("kind", "public"),
        "back": reverse("portal:step", kwargs=_at(request, earlier)) if earlier else reverse("portal:begin"),
    }


def _people(request: Any, draft: Draft, step: str) -> HttpResponse:
    """The list of children or adults: add one, take one out, or go on."""
    given = list(draft.data.get(step) or [])
    if request.method == "POST" and "remove" in request.POST:
        kept = [person for place, person in enumerate(given) if str(place) != request.POST["remove"]]
        actions.answer(step, kept, seen=int(request.POST.get("version") or 0), by=request.actor, at=request.at)
        return redirect(request.get_full_path())
    if not given and "skip" not in request.POST:
        return redirect(reverse("portal:person", kwargs={**_at(request, step), "place": 0}) + _back(request))
    form = forms.MoreForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        if "skip" in request.POST or form.cleaned_data["more"] == "no":
            return _go(request, draft, step)
        return redirect(reverse("portal:person", kwargs={**_at(request, step), "place": len(given)}) + _back(request))
    context = _context(request, draft, step, form) | {"people": pages.people(given), "version": draft.version}
    return _page(request, "people", context, wrong=request.method == "POST")


def _back(request: Any) -> str:
    return "?back=check" if request.GET.get("back") == "check" else ""


@public
def person(request: Any, step: str, place: int) -> HttpResponse:
    """One child or adult; a name is never needed."""
    draft = _draft(request)
    given = list((draft.data.get(step) or []) if step in {"children", "adults"} else [])
    if step not in {"children", "adults"} or place > len(given):
        raise NotFound
    kind = forms.ChildForm if step == "children" else forms.AdultForm
    initial = given[place] if place < len(given) else {}
    form = kind(request.POST or None, initial={**initial, "version": draft.version})
    if request.method == "POST" and "skip" in request.POST:
        return _go(request, draft, step)
    if request.method == "POST" and form.is_valid():
        answer = form.answer()
        given[place : place + 1] = [answer] if set(answer) - {"kind"} or answer.get("kind", "child") != "child" else []
        draft = actions.answer(step, given, seen=_seen(form, draft), by=request.actor, at=request.at)
        if draft.data.get("urgent"):
            return _go(request, draft, step)
        return redirect(reverse("portal:step", kwargs=_at(request, step)) + _back(request)) if given else _go(
            request, draft, step
        )  # fmt: skip
    context = _context(request, draft, step, form) | {"place": place}
    return _page(request, "person", context, wrong=request.method == "POST")


@public
def check(request: Any) -> HttpResponse:
    """Check the answers, and send."""
    draft = _draft(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            actions.send(
                draft, responsible=_responsible(draft, request), council=request.council.name, by=request.actor,
                at=request.at,
            )  # fmt: skip
            return redirect("portal:sent", council=request.council.slug)
        except InvalidInput as refused:
            problems = refused.problems
    context = {
        "sections": pages.sections(draft.data, request.council.slug),
        "urgent": bool(draft.data.get("urgent")),
        "problems_found": list(problems.values()),
        "back": reverse("portal:step", kwargs=_at(request, journey.before("check", draft.data))),
    }
    return _page(request, "check", context, wrong=bool(problems))


def _responsible(draft: Draft, request: Any) -> str:
    """The responsible council's code, only where the postcode leaves no doubt."""
    routed = councils.route(draft.data.get("postcode", ""), on=request.at)
    return str(routed.council) if routed.confidence is Confidence.INSIDE and routed.council else ""


@public
def sent(request: Any) -> HttpResponse:
    """The receipt, shown to the browser that sent the report for an hour."""
    draft = queries.draft(by=request.actor, at=request.at)
    if draft is None or "sent" not in draft.data:
        raise NotFound
    council = councils.council(request.council.id)
    return _page(request, "sent", {"sent": draft.data["sent"], "telephones": pages.telephone_rows([council])})


@public
def call_back(request: Any) -> HttpResponse:
    """Ask for a qualified social worker to ring back."""
    form = forms.CallBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("phone", "name", "when", "about")}
        actions.ask_for_call_back(CallBackGiven(**given), by=request.actor, at=request.at)
        return redirect("portal:call-back-asked", council=request.council.slug)
    return _page(request, "call_back", {"form": form}, wrong=request.method == "POST")


@public
def call_back_asked(request: Any) -> HttpResponse:
    """That the wish is with the team."""
    return _page(
        request, "call_back_asked", {"telephones": pages.telephone_rows([councils.council(request.council.id)])}
    )


@public
def which_council(request: Any) -> HttpResponse:
    """Before a call-back is asked: which council's social workers."""
    return _page(request, "which_council", {"councils": councils.councils(on=request.at)})
