"""Pages on which a social worker recommends and a manager decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import decisions as actions
from frontdoor.contacts.forms import decisions as forms
from frontdoor.contacts.pages import decisions as pages
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.rules import snapshots
from frontdoor.contacts.rules.decisions import Decided
from frontdoor.contacts.views.drafting import keeping, sent
from frontdoor.directions import queries as directions


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, wrong: bool = False) -> HttpResponse:
    return render(request, f"contacts/{template}.html", context, status=422 if wrong else 200)


def _opened(request: Any, key: str) -> pages.Case:
    """One child's matter: opening it is an entry in the trail."""
    matter = queries.open_matter(key, by=request.actor, at=request.at, why="")
    return pages.case(matter, by=request.actor, at=request.at)


def _refused(form: Any, refusal: InvalidInput) -> None:
    for name, words in refusal.problems.items():
        form.add_error(name if name in form.fields else None, words)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def recommend(request: Any, key: str) -> HttpResponse:
    """Recommend what should happen for one child."""
    found = _opened(request, key)
    form = forms.RecommendForm(request.POST or None, initial={"seen": found.matter.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.recommend(key, seen=form.cleaned_data["seen"], given=form.given(), by=request.actor, at=request.at)
            sent(request, "recommend", key)
            return redirect("contacts:detail", council=request.council.slug, key=found.contact.key)
        except InvalidInput as refusal:
            _refused(form, refusal)
    context = {"form": form, "case": found, **keeping(request, "recommend", key, form)}
    return _page(request, "decisions_recommend", context, wrong=request.method == "POST")


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def waiting(request: Any) -> HttpResponse:
    """What waits for a manager of this council."""
    matters = queries.open_waiting(by=request.actor, at=request.at)
    rows = pages.waiting_rows(matters, request.council.slug, at=request.at)
    return _page(request, "decisions_waiting", {"rows": rows, "columns": pages.WAITING_COLUMNS})


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def decide(request: Any, key: str) -> HttpResponse:
    """Family, history and recommendation on one screen; agree with one key, or decide in full."""
    found = _opened(request, key)
    form = _decide_form(request, found)
    if request.method == "POST" and "agree" in request.POST:
        return _agree(request, found, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(key, seen=form.cleaned_data["seen"], given=form.given(), by=request.actor, at=request.at)
            return _next(request, found)
        except InvalidInput as refusal:
            _refused(form, refusal)
    return _page(request, "decisions_decide", _deciding(request, found, form), wrong=request.method == "POST")


def _deciding(request: Any, found: pages.Case, form: forms.DecideForm) -> dict[str, Any]:
    kept = keeping(request, "decide", found.matter.key, form)
    return {"form": form, "case": found, "agree_actions": [pages.AGREE], **kept}


def _decide_form(request: Any, found: pages.Case) -> forms.DecideForm:
    given = found.recommendation
    initial: dict[str, Any] = {"seen": found.matter.version}
    if given:
        names = ("outcome", "rating", "specialist_route", "detail", "secondary")
        initial |= {name: getattr(given, name) for name in names}
    people = [(each.id, each.name) for each in colleagues(by=request.actor, at=request.at)]
    councils = [(row.number, row.label) for row in codes.AUTHORITIES if row.number != request.council.id]
    typed = request.POST if request.method == "POST" and "agree" not in request.POST else None
    owners = directions.owners(by=request.actor, at=request.at)
    return forms.DecideForm(typed, initial=initial, councils=councils, colleagues=people, owners=owners)


def _agree(request: Any, found: pages.Case, form: forms.DecideForm) -> HttpResponse:
    """Agreeing with what was recommended, exactly as it was seen."""
    agreed, given = forms.AgreeForm(request.POST), found.recommendation
    if given is None or not agreed.is_valid():
        return _page(request, "decisions_decide", _deciding(request, found, form), wrong=True)
    decided = Decided(
        given.outcome, rating=given.rating, specialist_route=given.specialist_route, detail=given.detail,
        secondary=tuple(given.secondary),
    )  # fmt: skip
    try:
        actions.decide(
            found.matter.key, seen=agreed.cleaned_data["seen"], given=decided, by=request.actor, at=request.at
        )
    except InvalidInput as refusal:
        problems = list(refusal.problems.values())
        return _page(
            request,
            "decisions_decide",
            _deciding(request, found, form) | {"problems_found": problems},
            wrong=True,
        )
    return _next(request, found)


def _next(request: Any, found: pages.Case) -> HttpResponse:
    """On to the next child that waits; of the same family first."""
    sent(request, "decide", found.matter.key)
    left = [each for each in queries.waiting(by=request.actor) if each.pk != found.matter.pk]
    family = [each for each in left if each.contact.family == found.contact.family]
    following = next(iter(family or left), None)
    if following is None:
        return redirect("contacts:waiting", council=request.council.slug)
    return redirect("contacts:decide", council=request.council.slug, key=following.key)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def withdraw(request: Any, key: str) -> HttpResponse:
    """Take one's own recommendation back."""
    return _with_reason(request, key, actions.withdraw, "Take back the recommendation", "Take it back")


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def send_back(request: Any, key: str) -> HttpResponse:
    """Ask the social worker for more before deciding."""
    return _with_reason(request, key, actions.send_back, "Send back to the social worker", "Send back")


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def void(request: Any, key: str) -> HttpResponse:
    """Take back a decision whose grounds have changed."""
    return _with_reason(request, key, actions.void, "Take back the decision", "Take back the decision")


def _with_reason(request: Any, key: str, action: Any, title: str, press: str) -> HttpResponse:
    found = _opened(request, key)
    form = forms.ReasonForm(request.POST or None, initial={"seen": found.matter.version})
    if request.method == "POST" and form.is_valid():
        action(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("contacts:detail", council=request.council.slug, key=found.contact.key)
    context = {"form": form, "case": found, "title": title, "press": press}
    return _page(request, "decisions_reason", context, wrong=request.method == "POST")


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def correct(request: Any, key: str) -> HttpResponse:
    """Correct a spelling by a marked addendum; the decision stands."""
    found = _opened(request, key)
    form = forms.WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add(key, words=form.cleaned_data["words"], by=request.actor, at=request.at)
        return redirect("contacts:detail", council=request.council.slug, key=found.contact.key)
    context = {"form": form, "case": found, "title": "Correct a spelling", "press": "Add the correction"}
    return _page(request, "decisions_reason", context, wrong=request.method == "POST")


@address(Kind.COUNCIL, Permission.HANDOVER_OVERRULE)
def confirm(request: Any, key: str) -> HttpResponse:
    """The third signature, where the council asks one."""
    found = _opened(request, key)
    if request.method == "POST":
        actions.confirm(key, by=request.actor, at=request.at)
        return redirect("contacts:detail", council=request.council.slug, key=found.contact.key)
    return _page(request, "decisions_confirm", {"case": found})


@address(Kind.COUNCIL, Permission.CONTACT_DECIDE)
def pattern(request: Any, key: str) -> HttpResponse:
    """Judge the pattern of repeat contacts, earlier ones side by side, before deciding."""
    found = _opened(request, key)
    form = forms.PatternForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.judge_pattern(found.contact.key, **form.cleaned_data, by=request.actor, at=request.at)
        sent(request, "pattern", key)
        return redirect("contacts:decide", council=request.council.slug, key=key)
    context = {"form": form, "case": found, **keeping(request, "pattern", key, form)}
    return _page(request, "decisions_pattern", context, wrong=request.method == "POST")


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def replay(request: Any, key: str) -> HttpResponse:
    """What was known when this child's matter was decided, as it was frozen."""
    found = _opened(request, key)
    frozen = queries.snapshot(found.matter, by=request.actor)
    content = snapshots.opened(bytes(frozen.content), bytes(frozen.hash))
    context = {"case": found, "frozen": frozen, "hash": bytes(frozen.hash).hex(), "sections": pages.replayed(content)}
    return _page(request, "decisions_replay", context)
