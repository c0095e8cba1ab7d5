"""A weekend's notices by incident and by family; one incident; contacts joined in one act; a storm and who works it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import notices as actions
from frontdoor.contacts.forms.notices import JoinForm, StormForm
from frontdoor.contacts.pages import notices as pages
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.queries import record
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.shell.pages import Item
from frontdoor.shell.rules import london, moment

HOW = (("incident", "By incident"), ("family", "By family"))
DAYS = {"weekend": "Since Friday evening", "1": "The last day", "7": "The last week"}


def _since(asked: str, at: datetime) -> datetime:
    """From when notices are shown: Friday at five of this or the last week, or some days ago."""
    if asked != "weekend":
        return at - timedelta(days=int(asked))
    wall = london(at)
    friday = wall.date() - timedelta(days=(wall.weekday() - 4) % 7)
    evening = datetime.combine(friday, time(17), wall.tzinfo)
    return evening if evening < at else evening - timedelta(days=7)


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def notices(request: Any) -> HttpResponse:
    """The police's notices of some days, what belongs together in groups."""
    by, at, slug = request.actor, request.at, request.council.slug
    how, asked = request.GET.get("by", "incident"), request.GET.get("days", "weekend")
    if how not in dict(HOW) or asked not in DAYS:
        raise NotFound
    found = queries.grouped(how=how, since=_since(asked, at), until=at + timedelta(minutes=1), by=by, at=at)
    context = {
        "hub": hub(request), "found": found, "groups": pages.groups(found.groups, slug, how=how),
        "nears": pages.nears(found.near, slug), "columns": pages.LINE_COLUMNS,
        "hows": [Item(words, f"?by={code}&days={asked}", current=code == how) for code, words in HOW],
        "days": [Item(words, f"?by={how}&days={code}", current=code == asked) for code, words in DAYS.items()],
        "storms": [
            (f"{storm.counted} notices came within the hour before {moment(storm.began_at)}.", storm)
            for storm in queries.storms(by=by, at=at)
        ],
        "may_look": by.may(Permission.CONTACT_LOOK) and by.qualified, "may_take": by.may(Permission.CONTACT_TAKE),
        "may_join": by.may(Permission.CONTACT_SCREEN), "may_share": by.may(Permission.CONTACT_ASSIGN),
    }  # fmt: skip
    return render(request, "contacts/notices.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def incident(request: Any, key: UUID) -> HttpResponse:
    """One incident with every contact that tells of it, whoever sent it."""
    by, slug = request.actor, request.council.slug
    found = queries.open_incident(key, by=by, at=request.at)
    numbers = "&".join(f"receipt={line.receipt}" for line in found.lines[:1])
    context = {
        "hub": hub(request), "found": found, "rows": pages.line_rows(found.lines, slug),
        "columns": pages.LINE_COLUMNS, "join": f"{reverse('contacts:notice-join', args=[slug])}?{numbers}",
        "may_join": by.may(Permission.CONTACT_SCREEN),
    }  # fmt: skip
    return render(request, "contacts/notices_incident.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def join(request: Any) -> HttpResponse:
    """Say that several contacts tell of one incident, in one act with one reason."""
    by, at, slug = request.actor, request.at, request.council.slug
    known = "\n".join(each[:24] for each in request.GET.getlist("receipt")[:500])
    form = JoinForm(request.POST or None, initial={"receipts": known})
    page = Step(
        "Join as one incident", "Join them", reverse("contacts:notices", args=[slug]),
        intro="Each child keeps a contact, a clock and a decision of their own. Whoever sent several of these is"
        " answered once for all of them, with the first.",
    )  # fmt: skip

    def act(typed: dict[str, Any]) -> None:
        keys = [_by_receipt(number, by=by) for number in typed["receipts"]]
        try:
            actions.join(keys, why=typed["why"], by=by, at=at)
        except InvalidInput as refusal:
            words = dict(refusal.problems)
            raise InvalidInput(
                **{"receipts" if name == "contacts" else name: words[name] for name in words}
            ) from refusal

    return step(request, form, act, page)


def _by_receipt(number: str, *, by: Any) -> UUID:
    try:
        return record.by_receipt(number, by=by)
    except NotFound as missing:
        raise InvalidInput(receipts=f"There is no contact of this council with the number {number[:24]}") from missing


@address(Kind.COUNCIL, Permission.CONTACT_ASSIGN)
def storm(request: Any, key: UUID) -> HttpResponse:
    """Many notices came at once: a manager says who works them."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_storm(key, by=by)
    page = Step(
        "Many notices at once", "Save", reverse("contacts:notices", args=[slug]),
        intro=f"{found.counted} notices came within the hour before {moment(found.began_at)}. Say who works them.",
        warning=f"A manager has said: {found.line}" if found.settled_at else "",
    )  # fmt: skip
    form = StormForm(request.POST or None, initial={"seen": found.version})
    return step(request, form, lambda typed: actions.settle_storm(key, **typed, by=by, at=at), page)
