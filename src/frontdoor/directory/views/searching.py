"""Pages for all staff: finding services, and one service."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.directory import forms, pages
from frontdoor.directory.queries import keeping, searching
from frontdoor.directory.rules.asking import Cut, Wanted


def page_of(query: QueryDict) -> int:
    """Which page of a list; the first where it was made up."""
    said = query.get("page", "")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def ways(query: QueryDict, found: searching.Found) -> dict[str, str]:
    """The addresses of the next page and of the first."""
    plain = query.copy()
    plain.pop("page", None)
    first = f"?{plain.urlencode()}" if found.cut.page > 1 else ""
    plain["page"] = str(found.cut.page + 1)
    return {"next": f"?{plain.urlencode()}" if found.more else "", "first": first}


@address(Kind.COUNCIL)
@require_safe
def services(request: Any) -> HttpResponse:
    """Services of this council that fit what is asked."""
    by = request.actor
    form = forms.StaffSearchForm(
        request.GET or None, needs=searching.needs(by=by), languages=searching.languages(by=by)
    )
    wanted = form.wanted() if form.is_bound and (form.is_valid() or form.cleaned_data) else Wanted()
    found = searching.search(wanted, Cut(page_of(request.GET)), by=by)
    href = reverse("directory:service", args=[request.council.slug, UUID(int=0)]).replace(str(UUID(int=0)), "KEY")
    context = {
        "filter": form, "form": form, "found": found, "columns": pages.COLUMNS, "rows": pages.rows(found, href),
        "paging": ways(request.GET, found), "said": pages.said(found, "No service fits."),
        "keeps": by.may(Permission.DIRECTORY_KEEP),
    }  # fmt: skip
    return render(request, "directory/services.html", context, status=422 if form.is_bound and form.errors else 200)


@address(Kind.COUNCIL)
@require_safe
def service(request: Any, key: UUID) -> HttpResponse:
    """One service, and what was corrected of it."""
    opened = searching.one(key, by=request.actor)
    corrections = keeping.corrections_of(opened.service, by=request.actor)
    context = {
        "service": opened.service, "detail": pages.detail(opened), "standing": pages.standing(opened.service),
        "old": keeping.is_old(opened.service, by=request.actor, at=request.at),
        "keeps": request.actor.may(Permission.DIRECTORY_KEEP), "columns": pages.CORRECTION_COLUMNS,
        "corrections": pages.correction_rows(corrections, request.council.slug),
    }  # fmt: skip
    return render(request, "directory/service.html", context)
