"""The night inbox of one council, its rota, and the hours without a name."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import night as actions
from frontdoor.contacts.forms.night import ShiftForm
from frontdoor.contacts.queries import night as queries
from frontdoor.shell.pages import Column, Row, link, since, tag, text, when
from frontdoor.trail import actions as trail

INBOX = ["Number", "Danger", "Waiting"]
ROTA = ["Who", "From", "Until", "Telephone"]
TAKE_OFF = Column("Change", hidden=True)
GAPS = ["From", "Until"]


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def night(request: Any) -> HttpResponse:
    """What came outside hours and nobody has opened, whose inbox it is, and the rota of the week."""
    return _page(request, None)


@address(Kind.COUNCIL, Permission.ROTA_KEEP)
def add_shift(request: Any) -> HttpResponse:
    """Put somebody on the rota."""
    form = ShiftForm(request.POST or None, people=_people(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"user_id": int(form.cleaned_data["user_id"])}
        try:
            actions.add_shift(**given, by=request.actor, at=request.at)
            return redirect("contacts:night", council=request.council.slug)
        except InvalidInput as refusal:
            for name, words in refusal.problems.items():
                form.add_error(name, words)
    return _page(request, form, wrong=request.method == "POST")


@address(Kind.COUNCIL, Permission.ROTA_KEEP)
def end_shift(request: Any, key: str) -> HttpResponse:
    """Ask whether somebody is to be taken off the rota, and do it."""
    if request.method == "POST":
        actions.end_shift(key, by=request.actor, at=request.at)
        return redirect("contacts:night", council=request.council.slug)
    shift = queries.shift_of(key, by=request.actor, at=request.at)
    return render(request, "contacts/night_end.html", {"shift": shift})


def _people(request: Any) -> list[tuple[int, str]]:
    found = colleagues(by=request.actor, at=request.at)
    return [(each.id, each.name) for each in found if each.may(Permission.CONTACT_LOOK)]


def _page(request: Any, form: ShiftForm | None, *, wrong: bool = False) -> HttpResponse:
    shown = queries.open_night(by=request.actor, at=request.at)
    keeps = request.actor.may(Permission.ROTA_KEEP)
    if form is None and keeps:
        form = ShiftForm(people=_people(request))
    trail.record("contacts.night", by=request.actor, at=request.at, contacts=[str(row.key) for row in shown.unopened])
    context = {
        "night": shown,
        "keeps": keeps,
        "form": form,
        "inbox": [_unopened(row, request) for row in shown.unopened],
        "rota": [_shift(row, request, keeps=keeps) for row in shown.coming],
        "gaps": [Row((when(gap.starts_at), when(gap.ends_at))) for gap in shown.gaps],
        "columns": {"inbox": INBOX, "rota": [*ROTA, TAKE_OFF] if keeps else ROTA, "gaps": GAPS},
    }
    return render(request, "contacts/night.html", context, status=422 if wrong else 200)


def _unopened(row: queries.Unopened, request: Any) -> Row:
    href = reverse("contacts:detail", kwargs={"council": request.council.slug, "key": row.key})
    danger = tag("Danger", "danger") if row.danger_rank == 0 else text("Not known")
    return Row((link(row.receipt, href), danger, since(row.received_at, request.at)))


def _shift(row: queries.OnRota, request: Any, *, keeps: bool) -> Row:
    cells = [text(row.name), when(row.starts_at), when(row.ends_at), text(row.phone)]
    if keeps:
        href = reverse("contacts:end-shift", kwargs={"council": request.council.slug, "key": row.key})
        cells.append(link("Take off", href, hidden=f"{row.name} from the rota"))
    return Row(tuple(cells))
