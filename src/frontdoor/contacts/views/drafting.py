"""What is typed on the pages of steps: kept as it is typed, shown again, thrown away, taken over."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import drafting as actions
from frontdoor.contacts.pages import drafting as pages
from frontdoor.contacts.queries import drafting as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.letters.views import keeps_addresses


def _at(name: str, request: Any, *parts: object) -> str:
    return reverse(f"contacts:{name}", args=[request.council.slug, *parts])


def keeping(request: Any, step: str, key: object, form: forms.Form | None) -> dict[str, Any]:
    """What a page adds so that it is kept as it is typed; an empty form is filled with what one has typed before.

    What was half typed stands there again and is not called wrong before it is sent.
    """
    by, at = request.actor, request.at
    kept = queries.kept(step, str(key), by=by)
    if kept is not None and form is not None and not form.is_bound:
        again = MultiValueDict(kept.typed)
        if "seen" in form.fields:
            again["seen"] = str(form.initial.get("seen", ""))
        form.data, form.is_bound = again, True
        # As if it had been looked at and nothing found: it is shown as typed, and nobody has sent it yet.
        vars(form).update(_errors=forms.utils.ErrorDict(), cleaned_data={})
    left = None if kept else queries.left_here(step, str(key), by=by, at=at)
    return {
        "draft": _at("step-draft", request, step, key),
        "draft_version": kept.version if kept else 0,
        "kept": kept,
        "drop": _at("step-draft-drop", request, step, key),
        "left": left,
        "take_over": _at("step-draft-take-over", request, left.key) if left else "",
    }


def sent(request: Any, step: str, key: object) -> None:
    """The page has been sent: what was kept of it is of no more use."""
    actions.end_typed(step, str(key), by=request.actor, at=request.at)


@require_POST
@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
@keeps_addresses
def step_draft(request: Any, step: str, key: UUID) -> JsonResponse:
    """Keep what is typed while it is typed."""
    said = request.POST.get("draft_version", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
    typed = dict(request.POST.lists())
    draft = actions.keep_typed(step, str(key), seen=seen, typed=typed, by=request.actor, at=request.at)
    return JsonResponse({"version": draft.version})


@require_POST
@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def step_draft_drop(request: Any, step: str, key: UUID) -> HttpResponse:
    """Throw away what was typed, and begin with an empty page."""
    kind = queries.step_named(step)
    queries.about(step, key, by=request.actor)
    actions.end_typed(step, str(key), by=request.actor, at=request.at)
    return redirect(reverse(kind.address, args=[request.council.slug, key]))


@require_POST
@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def step_draft_take_over(request: Any, key: UUID) -> HttpResponse:
    """Go on with what somebody typed who no longer works for this council."""
    draft = actions.take_over_typed(key, by=request.actor, at=request.at)
    kind = pages.kind_of(draft.form)
    return redirect(reverse(kind.address, args=[request.council.slug, draft.subject]))


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
@require_safe
def drafts(request: Any) -> HttpResponse:
    """What one has typed and not sent, and what people typed who no longer work for this council."""
    mine, left = queries.drafts(by=request.actor, at=request.at)
    context = {
        "hub": hub(request),
        "mine": pages.mine_rows(mine, request.council.slug),
        "left": pages.left_rows(left, request.council.slug),
        "mine_columns": pages.MINE_COLUMNS,
        "left_columns": pages.LEFT_COLUMNS,
    }
    return render(request, "contacts/drafts_list.html", context)
