"""A new report of somebody who sends for an agency: one page, kept as it is typed until it is sent or forgotten."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Conflict, InvalidInput
from frontdoor.contacts.actions import submit
from frontdoor.contacts.rules import drafting
from frontdoor.councils import queries as councils
from frontdoor.councils.models import Council
from frontdoor.councils.rules import Confidence
from frontdoor.letters.views import keeps_addresses
from frontdoor.portal import actions, queries
from frontdoor.portal.forms.senders import MOST_CHILDREN, SendChildForm, SendForm
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import sending
from frontdoor.portal.views.senders import answered, partner, shown

CHANGED = "This was changed in another window. What you typed here stands below: save it again to keep this one."
IN_DANGER = "A child may be in danger now. Send what you have written; you can add to it later."


@partner
@keeps_addresses
def new(request: Any) -> HttpResponse:
    """Send a report: the professional's planned form, which knows the organisation already.

    What was typed and not sent stands here again, and says that nobody has seen it.
    """
    if "forget" in request.POST:
        with acting_for(request.sending.home, by=request.actor) as by:
            actions.leave(by=by)
        return redirect("sender:new")
    if request.POST.keys() & {"add", "save"}:
        return _kept_on(request)
    if request.method == "POST":
        return _asked_to_send(request)
    kept = _kept(request)
    typed = _again(kept.data["typed"]) if kept else QueryDict()
    return _page(request, typed, _children(typed.get("children", "1")), kept)


def _page(request: Any, typed: QueryDict, number: int, kept: Draft | None, *, wrong: str = "") -> HttpResponse:
    """The page as nobody has sent it yet: with what was typed, and nothing of it called wrong before it is sent."""
    usual = {"local": sending.USUAL_SOURCE.get(request.sending.agency.kind, "")}
    form = SendForm(initial=usual, councils=_choices(request))
    children = [SendChildForm(prefix=f"child-{place}") for place in range(number)]
    if typed:
        again = typed.copy()
        again["children"] = str(number)
        for each in (form, *children):
            _as_typed(each, again)
    if wrong:
        form.add_error(None, wrong)
    context = {**_about(request, number, kept), "main": form, "children": children, "form": [form, *children]}
    return render(request, "portal/sender_new.html", context | {"kept": kept}, status=409 if wrong else 200)


def _as_typed(form: forms.Form, typed: QueryDict) -> None:
    """Show a form as it was typed, as if it had been looked at and nothing found."""
    form.data, form.is_bound = typed, True
    vars(form).update(_errors=forms.utils.ErrorDict(), cleaned_data={})


def _about(request: Any, number: int, kept: Draft | None) -> dict[str, Any]:
    return {
        "more": number < MOST_CHILDREN, "agency": request.sending.agency.name, "kept": None,
        "draft": reverse("sender:typed"), "draft_version": kept.version if kept else 0,
    }  # fmt: skip


def _choices(request: Any) -> list[tuple[str, str]]:
    return [(place.slug, place.name) for place in councils.councils(on=request.at)]


def _kept(request: Any) -> Draft | None:
    with acting_for(request.sending.home, by=request.actor) as by:
        return queries.draft(by=by, at=request.at)


def _keep(request: Any, number: int) -> Draft:
    said = request.POST.get("draft_version", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
    given = {name: values for name, values in request.POST.lists() if _is_asked(name)}
    typed = drafting.typed(given, inputs=400)
    with acting_for(request.sending.home, by=request.actor) as by:
        return actions.keep_typed(typed | {"children": [str(number)]}, seen=seen, by=by, at=request.at)


def _is_asked(name: str) -> bool:
    return name in SendForm.base_fields or (name.startswith("child-") and len(name) < 60)


def _again(kept: dict[str, list[str]]) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, values)
    return typed


def _kept_on(request: Any) -> HttpResponse:
    """Save it for later, or give room for one child more; a child in danger now never waits for later."""
    number = min(_children(request.POST.get("children", "1")) + ("add" in request.POST), MOST_CHILDREN)
    try:
        kept = _keep(request, number)
    except Conflict:
        return _page(request, request.POST, number, _kept(request), wrong=CHANGED)
    if "add" in request.POST:
        return _page(request, request.POST, number, kept)
    if request.POST.get("danger") == "yes":
        return _page(request, request.POST, number, kept, wrong=IN_DANGER)
    return redirect("sender:home")


@require_POST
@partner
@keeps_addresses
def typed(request: Any) -> JsonResponse:
    """Keep what is typed while it is typed."""
    return JsonResponse({"version": _keep(request, _children(request.POST.get("children", "1"))).version})


def _asked_to_send(request: Any) -> HttpResponse:
    number = _children(request.POST.get("children", "1"))
    form = SendForm(request.POST, councils=_choices(request))
    children = [SendChildForm(request.POST, prefix=f"child-{place}") for place in range(number)]
    valid = [
        each_form.is_valid() for each_form in (form, *children)
    ]  # each is asked, so that each says what is missing
    if all(valid):
        served = councils.councils(on=request.at)
        place = _council(form.cleaned_data, served, request)
        try:
            return _sent(request, place, form.cleaned_data, [child.cleaned_data for child in children])
        except InvalidInput as refused:
            for name, words in refused.problems.items():
                form.add_error(name if name in form.fields else None, words)
    about = _about(request, number, _kept(request))
    return answered(request, "sender_new", [form, *children], main=form, children=children, **about)


def _children(typed: str) -> int:
    return min(max(int(typed), 1), MOST_CHILDREN) if typed.isdecimal() and len(typed) < 4 else 1


def _council(typed: dict[str, Any], served: list[Council], request: Any) -> Council:
    """The council that is named, else the postcode's, else the one that keeps the account: no report waits for it."""
    by_slug = {place.slug: place for place in served}
    if typed.get("council") in by_slug:
        return by_slug[typed["council"]]
    routed = councils.route(typed.get("postcode", ""), on=request.at)
    by_number = {place.pk: place for place in served}
    sure = routed.confidence is Confidence.INSIDE and routed.council in by_number
    return by_number[routed.council] if sure and routed.council else by_number.get(request.sending.home, served[0])


def _sent(request: Any, place: Council, typed: dict[str, Any], children: list[dict[str, Any]]) -> HttpResponse:
    routed = councils.route(typed.get("postcode", ""), on=request.at)
    code = str(routed.council) if routed.confidence is Confidence.INSIDE and routed.council else ""
    made = sending.report(
        typed, children, name=request.user.name, email=request.user.email, agency=request.sending.agency.name,
        council=code,
    )  # fmt: skip
    with acting_for(place.pk, by=request.actor) as by:
        given = submit(made, channel="web", idem=str(typed["idem"] or UUID(int=0)), by=by, at=request.at)
    with acting_for(request.sending.home, by=request.actor) as by:
        actions.leave(by=by)
    return shown(given.submission)
