"""Services that fit a family: found by its children's ages, told to it, and whether it went."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.pages.signposting import ages, choices
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.contacts.views.signposting import found_for
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.forms.signposting import SignpostForm, UptakeForm
from frontdoor.earlyhelp.pages.episode import family
from frontdoor.earlyhelp.views.episodes import act, opened, seen
from frontdoor.shell.rules import london

KEEP = Permission.EARLY_HELP_KEEP


@address(Kind.COUNCIL, KEEP)
def signpost(request: Any, key: UUID) -> HttpResponse:
    """Find services that fit, and write down which the family was told of."""
    found, by = opened(request, key), request.actor
    born = [each.named.date_of_birth for each in found.children if each.named and each.named.date_of_birth]
    narrow, hits = found_for(request, *ages(born, london(found.at).date()))
    form = SignpostForm(request.POST or None, initial=seen(found), shown=list(choices(hits.hits)))
    row = found.episode
    page = Step(
        title="Tell the family of services", press="The family was told", about=f"{row.reference}: {family(found)}",
        back=reverse("earlyhelp:episode", args=[request.council.slug, row.key]),
        intro="Services that fit the ages of the children, unless you look for something else. The directory learns "
        "nothing of the family.",
    )  # fmt: skip
    more = {"filter": narrow, "found": hits, "here": request.path}
    return step(
        request, form, lambda typed: actions.signpost(key, **typed, by=by, at=request.at), page,
        template="contacts/signpost.html", more=more,
    )  # fmt: skip


@address(Kind.COUNCIL, KEEP)
def uptake(request: Any, key: UUID, signpost: UUID) -> HttpResponse:
    """Write down whether the family went."""
    found = opened(request, key)
    row = next((each for each in found.signposts if each.key == signpost), None)
    if row is None:
        raise NotFound
    form = UptakeForm(request.POST or None, initial=seen(found))
    do = partial(_record, signpost)
    return act(request, found, form, do, title=f"Did they go? {row.name}", press="Record it", always=True)


def _record(signpost: UUID, key: UUID, **typed: Any) -> object:
    return actions.record_uptake(key, signpost=signpost, **typed)
