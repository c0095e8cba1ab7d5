"""What another council passed: its page, and the answer that travels back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.handovers import actions, forms, pages, queries, rules
from frontdoor.handovers.views.acting import act


def _open(request: Any, key: UUID) -> queries.OpenCopy:
    return queries.open_copy(key, by=request.actor, at=request.at)


@require_safe
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def copy(request: Any, key: UUID) -> HttpResponse:
    """What was passed, and how it may be answered."""
    found = _open(request, key)
    shown = pages.copy_detail(found, request.council.slug, by=request.actor, at=request.at)
    return render(request, "handovers/copy.html", {"copy": shown, "page": found.page, "actions": [pages.ACCEPT]})


@require_POST
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def accept_copy(request: Any, key: UUID) -> HttpResponse:
    """Take on what another council passed; its slip closes as of now."""
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        return redirect("handovers:copy", council=request.council.slug, key=key)
    seen = form.cleaned_data["seen"]
    actions.answer_council(key, seen=seen, verdict="accepted", by=request.actor, at=request.at)
    return redirect("handovers:inbox", council=request.council.slug)


@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def refuse_copy(request: Any, key: UUID) -> HttpResponse:
    """Refuse what another council passed, after talking with a manager there."""
    found = _open(request, key)
    form = forms.CouncilAnswerForm(request.POST or None, initial={"seen": found.version})

    def do(said: dict[str, Any]) -> None:
        talk = rules.Conversation(said["manager"], said["talked_at"])
        actions.answer_council(
            key, seen=said["seen"], verdict="refused", text=said["reason"], talk=talk, by=request.actor, at=request.at
        )

    return act(request, ("handovers:copy", key), found.summary, form, do, title="Refuse", press="Refuse")


@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def correct_copy(request: Any, key: UUID) -> HttpResponse:
    """Send back to the other council what has to be put right."""
    found = _open(request, key)
    form = forms.CorrectForm(request.POST or None, initial={"seen": found.version})

    def do(said: dict[str, Any]) -> None:
        actions.answer_council(key, verdict="corrected", **said, by=request.actor, at=request.at)

    back, title = ("handovers:copy", key), "Send back to be put right"
    return act(request, back, found.summary, form, do, title=title, press="Send back")
