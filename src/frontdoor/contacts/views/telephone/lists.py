"""Beginning a call, going on with one that is nobody's, its last page, and calls back."""

import json
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.forms import telephone as forms
from frontdoor.contacts.pages import telephone as pages
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.rules.telephone import WAYS
from frontdoor.councils import queries as councils
from frontdoor.letters.views import keeps_addresses

SALT = "contacts.telephone"


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
@keeps_addresses
def telephone(request: Any) -> HttpResponse:
    """One's own calls that go on, and a new one; also takes a call that is moved here from another council."""
    if request.method == "POST":
        do = request.POST.get("do")
        door = "walk_in" if do == "walk_in" else "phone"
        call = _carried(request) if do == "move" else actions.begin(door=door, by=request.actor, at=request.at)
        return redirect("contacts:telephone-call", council=request.council.slug, key=call.key)
    by, at, slug = request.actor, request.at, request.council.slug
    reads = by.may(Permission.CONTACT_READ)
    context = {
        "tells": by.may(Permission.FAMILY_TELL),
        "mine": pages.my_rows(queries.my_calls(by=by), slug, at=at),
        "mine_columns": pages.MINE_COLUMNS,
        "left": pages.left_rows(queries.ownerless(by=by, at=at), slug, at=at) if reads else [],
        "left_columns": pages.LEFT_COLUMNS,
        "safety": pages.safety_rows(queries.safety_calls(by=by, at=at), slug, by=by, at=at) if reads else [],
        "safety_columns": pages.SAFETY_COLUMNS,
    }
    return render(request, "contacts/telephone_calls.html", context)


def _carried(request: Any) -> Any:
    """The call of another council, with every word of its form."""
    try:
        said = signing.loads(request.POST.get("origin", ""), salt=SALT)
        seen = int(request.POST.get("draft_version", ""))
        marks = json.loads(request.POST.get("marks") or "[]")
    except (signing.BadSignature, ValueError, RecursionError):
        raise NotFound from None
    origin = actions.Origin(**{**said, "made_at": datetime.fromisoformat(said["made_at"])})
    return actions.carry(
        forms.typed(request.POST.dict()), marks if isinstance(marks, list) else [], origin=origin, seen=seen,
        by=request.actor, at=request.at,
    )  # fmt: skip


@address(Kind.RECEIVING, Permission.CONTACT_TAKE)
def ended(request: Any, key: str) -> HttpResponse:
    """The last page: the number to read out, the council's name, and how to speak to a social worker."""
    call = queries.my_ended_call(key, by=request.actor)
    result = actions.ended(call)
    council = councils.council(request.council.id)
    names = {each.pk: each.name for each in councils.councils(on=request.at)}
    if result.way == "moved":
        return redirect("contacts:telephone", council=request.council.slug)
    context = {
        "result": result,
        "way": WAYS[result.way],
        "council": council,
        "passed": [names.get(number, "another council") for number in result.passed],
        "elsewhere": names.get(result.elsewhere or 0, ""),
        "speak_to": pages.speak_to(council),
        "reads": request.actor.may(Permission.CONTACT_READ),
    }
    return render(request, "contacts/telephone_ended.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def take_over(request: Any, key: str) -> HttpResponse:
    """Go on with a call whose owner no longer works for this council."""
    if request.method == "POST":
        call = actions.take_over(key, by=request.actor, at=request.at)
        return redirect("contacts:telephone-call", council=request.council.slug, key=call.key)
    left = [each for each in queries.ownerless(by=request.actor, at=request.at) if str(each.key) == str(key)]
    if not left:
        raise NotFound
    return render(request, "contacts/telephone_take_over.html", {"left": left[0]})


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def safety_call(request: Any, key: str) -> HttpResponse:
    """One call back on which a child's safety hangs, and what came of it."""
    made = queries.open_safety_call(key, by=request.actor, at=request.at)
    form = forms.ReachedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reached(key, outcome=form.cleaned_data["outcome"], by=request.actor, at=request.at)
            return redirect("contacts:telephone", council=request.council.slug)
        except InvalidInput as refused:
            form.add_error("outcome", refused.problems["outcome"])
    context = {"made": made, "facts": pages.safety_facts(made, request.council.slug, by=request.actor), "form": form}
    return render(
        request, "contacts/telephone_safety_call.html", context, status=422 if request.method == "POST" else 200
    )
