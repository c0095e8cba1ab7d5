"""The desk's list of requests, and the council's ledger."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.disclosures import forms, pages, queries
from frontdoor.shell.pages import paging, unseal


@address(Kind.COUNCIL, Permission.DISCLOSURE_PREPARE)
@require_safe
def requests(request: Any) -> HttpResponse:
    """The requests of this council, narrowed as asked."""
    form = forms.FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"which": "", "sub_type": ""}
    settled = asked["which"] == "settled"
    after: Any = unseal(f"requests-{settled}", request.GET.get("after", ""))  # sealed by us
    rows = queries.requests(**asked, after=after, by=request.actor, at=request.at)
    ways = paging(
        f"requests-{settled}", rows, request.GET, place=lambda row: row.settled_cursor if settled else row.cursor
    )
    context = {
        "filter": form, "chosen": pages.chosen(asked, forms.WHICH, forms.KINDS), "columns": pages.COLUMNS,
        "rows": pages.rows(rows, request.council.slug, at=request.at), "paging": ways,
    }  # fmt: skip
    return render(request, "disclosures/requests.html", context)


@address(Kind.COUNCIL, Permission.DISCLOSURE_LEDGER)
@require_safe
def ledger(request: Any) -> HttpResponse:
    """Everything that was disclosed, refused or not known, the newest first."""
    form = forms.LedgerFilterForm(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    after: Any = unseal("ledger", request.GET.get("after", ""))  # sealed by us
    lines = queries.ledger(kind=kind, after=after, by=request.actor, at=request.at)
    context = {
        "filter": form, "columns": pages.LEDGER_COLUMNS, "rows": pages.ledger_rows(lines),
        "paging": paging("ledger", lines, request.GET),
    }  # fmt: skip
    return render(request, "disclosures/ledger.html", context)
