"""Services that fit a family: found by its children's ages, told to it, and whether it went."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.directory.forms import SearchForm
from frontdoor.directory.queries import searching
from frontdoor.directory.queries.searching import Hit
from frontdoor.directory.rules.asking import Cut, Wanted
from frontdoor.directory.rules.facets import ages_in_words, days_in_words
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.forms.signposting import SignpostForm, UptakeForm
from frontdoor.earlyhelp.pages.episode import family
from frontdoor.earlyhelp.queries.opening import Opened
from frontdoor.earlyhelp.views.episodes import act, opened, seen
from frontdoor.shell.forms import Choice
from frontdoor.shell.rules import london

KEEP = Permission.EARLY_HELP_KEEP
SHOWN = 30
"""Services shown at once: what does not fit on it is narrowed."""


def ages(found: Opened) -> tuple[int | None, int | None]:
    """The youngest and the oldest child of a family in whole years; None where no birth date is known."""
    today = london(found.at).date()
    born = [each.named.date_of_birth for each in found.children if each.named and each.named.date_of_birth]
    years = [today.year - day.year - ((today.month, today.day) < (day.month, day.day)) for day in born]
    return min(years, default=None), max(years, default=None)


@address(Kind.COUNCIL, KEEP)
def signpost(request: Any, key: UUID) -> HttpResponse:
    """Find services that fit, and write down which the family was told of."""
    found, by = opened(request, key), request.actor
    narrow = SearchForm(request.GET or None, needs=searching.needs(by=by), languages=searching.languages(by=by))
    youngest, oldest = ages(found)
    wanted = narrow.wanted() if narrow.is_bound and narrow.is_valid() else Wanted(youngest=youngest, oldest=oldest)
    hits = searching.search(wanted, Cut(size=SHOWN), by=by)
    form = SignpostForm(request.POST or None, initial=seen(found), shown=[_choice(each) for each in hits.hits])
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
        template="earlyhelp/signpost.html", more=more,
    )  # fmt: skip


def _choice(hit: Hit) -> tuple[str, Choice]:
    row = hit.service
    parts = [
        row.organization.name if row.organization else "", ages_in_words(row.minimum_age, row.maximum_age),
        days_in_words(row.days), "Free" if row.free else "", hit.town,
    ]  # fmt: skip
    return str(row.key), Choice(row.name, hint=". ".join(part for part in parts if part))


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
