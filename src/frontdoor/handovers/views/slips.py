"""One slip: its page, the page that travels, and everything that may be done with it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.handovers import actions, forms, pages, queries, rules
from frontdoor.handovers.views.acting import act


def _open(request: Any, key: UUID) -> pages.Detail:
    """The slip whole: its opening is an entry in the trail."""
    found = queries.open_handover(key, by=request.actor, at=request.at)
    return pages.detail(found, request.council.slug, by=request.actor, at=request.at)


@require_safe
@address(Kind.COUNCIL)
def detail(request: Any, key: UUID) -> HttpResponse:
    """One slip: what is handed over, the page that travels, its history, and what may be done with it."""
    found = _open(request, key)
    accept = {"actions": [pages.ACCEPT], "standing_in": [pages.TAKE_OVER], "form": None}
    return render(request, "handovers/detail.html", {"detail": found, "page": found.open.page, **accept})


@require_safe
@address(Kind.COUNCIL)
def travels(request: Any, key: UUID) -> HttpResponse:
    """The page that travels as a PDF, on one printed side."""
    found = actions.open_to_print(key, by=request.actor, at=request.at)
    pdf = pages.printed(found, council=request.council.name, by=request.actor, at=request.at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="page-that-travels.pdf"'
    return answer


@require_POST
@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def accept(request: Any, key: UUID) -> HttpResponse:
    """Take the work on."""
    form = forms.SeenForm(request.POST)
    if not form.is_valid():
        return redirect("handovers:detail", council=request.council.slug, key=key)
    actions.accept(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("handovers:inbox", council=request.council.slug)


@require_POST
@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def take_over(request: Any, key: UUID) -> HttpResponse:
    """Stand in the place of a giver who has gone."""
    form = forms.SeenForm(request.POST)
    if form.is_valid():
        actions.take_over(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("handovers:detail", council=request.council.slug, key=key)


def _of(found: pages.Detail) -> tuple[tuple[str, UUID], str]:
    """Where an act leads back to, and what it is about."""
    return ("handovers:detail", found.open.slip.key), found.heading


def _seen(found: pages.Detail) -> dict[str, Any]:
    return {"seen": found.open.slip.version}


@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def refuse(request: Any, key: UUID) -> HttpResponse:
    """Refuse the work, after talking with a manager; what cannot be refused says so before anything is typed."""
    found = _open(request, key)
    rules.refusal(found.open.slip.refusals, is_urgent=found.open.slip.urgent)
    form = forms.RefuseForm(
        request.POST or None, initial=_seen(found), managers=pages.managers(by=request.actor, at=request.at)
    )

    def do(said: dict[str, Any]) -> None:
        talk = rules.Conversation("", said["talked_at"], int(said["manager"]))
        actions.refuse(key, seen=said["seen"], reason=said["reason"], talk=talk, by=request.actor, at=request.at)

    intro = "It goes back to the giver. If it was refused before, the head of service settles who takes it."
    return act(request, *_of(found), form, do, title="Refuse", press="Refuse", intro=intro)


@address(Kind.COUNCIL, Permission.HANDOVER_ANSWER)
def correct(request: Any, key: UUID) -> HttpResponse:
    """Send the work back to be put right."""
    found = _open(request, key)
    form = forms.CorrectForm(request.POST or None, initial=_seen(found))

    def do(said: dict[str, Any]) -> None:
        actions.correct(key, **said, by=request.actor, at=request.at)

    intro = "It stays open and its time runs on. The giver has to put it right."
    return act(request, *_of(found), form, do, title="Send back to be put right", press="Send back", intro=intro)


@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def chase(request: Any, key: UUID) -> HttpResponse:
    """Write down that somebody asked for an answer."""
    found = _open(request, key)

    def do(said: dict[str, Any]) -> None:
        actions.chase(key, **said, by=request.actor, at=request.at)

    return act(request, *_of(found), forms.ChaseForm(request.POST or None), do, title="Chase", press="Write it down")


@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def send_again(request: Any, key: UUID) -> HttpResponse:
    """Put right what came back, and send it again."""
    found = _open(request, key)
    form = forms.SendAgainForm(
        request.POST or None, initial=_seen(found), people=pages.people(by=request.actor, at=request.at)
    )

    def do(said: dict[str, Any]) -> None:
        actions.send_again(key, **form.given(), by=request.actor, at=request.at)

    return act(request, *_of(found), form, do, title="Put right and send again", press="Send again")


@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take the slip back: the work stays with the giver."""
    found = _open(request, key)
    form = forms.WithdrawForm(request.POST or None, initial=_seen(found))

    def do(said: dict[str, Any]) -> None:
        actions.withdraw(key, **said, by=request.actor, at=request.at)

    return act(request, *_of(found), form, do, title="Take it back", press="Take it back")


@address(Kind.COUNCIL, Permission.HANDOVER_OVERRULE)
def settle(request: Any, key: UUID) -> HttpResponse:
    """Settle what was refused twice."""
    found = _open(request, key)
    form = forms.SettleForm(request.POST or None, initial=_seen(found))

    def do(said: dict[str, Any]) -> None:
        actions.overrule(key, **said, by=request.actor, at=request.at)

    return act(request, *_of(found), form, do, title="Settle who takes it", press="Settle")


@address(Kind.COUNCIL, Permission.HANDOVER_SEND)
def answer_outside(request: Any, key: UUID) -> HttpResponse:
    """Write down what a council answered that does not work here."""
    found = _open(request, key)
    form = forms.OutsideAnswerForm(request.POST or None, initial=_seen(found))

    def do(said: dict[str, Any]) -> None:
        talked_at, manager = said.pop("talked_at"), said.pop("manager")
        talk = rules.Conversation(manager, talked_at) if talked_at else None
        actions.answer_outside(key, **said, talk=talk, by=request.actor, at=request.at)

    return act(request, *_of(found), form, do, title="Write down their answer", press="Write it down")
