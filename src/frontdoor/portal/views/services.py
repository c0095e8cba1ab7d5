"""Public pages: finding a service that helps a family. What is looked for never stands in an address or a title."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from frontdoor.actors.rules import NotFound
from frontdoor.councils import queries as councils
from frontdoor.directory import pages as shown
from frontdoor.directory.forms import SearchForm
from frontdoor.directory.queries import searching
from frontdoor.directory.rules.asking import Cut, Wanted
from frontdoor.portal.views.base import page, public, wrong
from frontdoor.shell.pages import seal, unseal

LIST = "services-for-families"
"""The name under which what is looked for is sealed: words may say what happens at home."""

ASKED = ("q", "need", "age", "place", "far", "day", "cost", "language", "accessible")


@public
def services_where(request: Any) -> HttpResponse:
    """Which council's services."""
    return page(request, "services_where", {"councils": councils.councils(on=request.at)})


@public
def services(request: Any) -> HttpResponse:
    """Services that fit; what is looked for is sealed and stands in the address as letters alone."""
    by = request.actor
    offered: dict[str, Any] = {"needs": searching.needs(by=by), "languages": searching.languages(by=by)}
    if request.method == "POST":
        form = SearchForm(request.POST, **offered)
        if form.is_valid():
            values = tuple(str(form.cleaned_data[name] or "") for name in ASKED)
            return redirect(f"{request.path}?find={seal(LIST, values)}")
        return page(request, "services", {"form": form, "open": True, "found": None}, status=wrong(request))
    asked, sealed = _asked(request)
    form = SearchForm(asked, **offered) if asked else SearchForm(**offered)
    wanted = form.wanted() if asked and form.is_valid() else Wanted()
    found = searching.search(wanted, Cut(_page(request)), by=by)
    href = reverse("portal:service", args=[request.council.slug, UUID(int=0)]).replace(str(UUID(int=0)), "KEY")
    context = {
        "form": form, "open": bool(asked), "found": found, "columns": shown.COLUMNS, "rows": shown.rows(found, href),
        "said": shown.said(found, "No service fits. Take a word or an answer away."),
        "next": _way(sealed, found.cut.page + 1) if found.more else "",
        "first": _way(sealed, 1) if found.cut.page > 1 else "",
    }  # fmt: skip
    return page(request, "services", context)


def _asked(request: Any) -> tuple[dict[str, str], str]:
    """What is looked for, and how it stands in the address; nothing where that is old or made up."""
    sealed = request.GET.get("find", "")
    try:
        values = unseal(LIST, sealed)
    except NotFound:
        return {}, ""
    return (dict(zip(ASKED, map(str, values), strict=True)), sealed) if values else ({}, "")


def _way(sealed: str, number: int) -> str:
    return f"?find={sealed}&page={number}" if sealed else f"?page={number}"


def _page(request: Any) -> int:
    said = request.GET.get("page", "")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


@public
def service(request: Any, key: UUID) -> HttpResponse:
    """One service, to read, to ring, or to print."""
    return page(request, "service", {"detail": shown.detail(searching.one(key, by=request.actor))})
