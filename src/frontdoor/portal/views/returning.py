"""Public pages: a report that was put aside, the code that opens it again, and forgetting it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.councils import queries as councils
from frontdoor.portal import actions, forms, pages, queries
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import returning
from frontdoor.portal.views.base import filled, keep, network, page, public, wrong
from frontdoor.portal.views.report import writing


@writing
def saved(request: Any, draft: Draft) -> HttpResponse:
    """The code to write down; that nobody has seen the report; going on, closing it here, or forgetting it."""
    if "saved" not in draft.data:
        return redirect("portal:step", council=request.council.slug, step=pages.step_of(draft))
    if request.method == "POST":
        response = redirect("portal:forgotten" if "forget" in request.POST else "portal:begin")
        if "forget" in request.POST:
            actions.leave(by=request.actor)
        response.delete_cookie(settings.DRAFT_COOKIE_NAME)
        return response
    code = returning.shown(request.COOKIES[settings.DRAFT_COOKIE_NAME])
    context = {"code": code, "until": draft.until, "step": pages.step_of(draft), "council": request.council}
    return page(
        request, "saved", context | {"telephones": pages.telephone_rows([councils.council(request.council.id)])}
    )


@public
def come_back(request: Any) -> HttpResponse:
    """Type the code; what is wrong, used up, sent long ago or tried too often is answered in the same words."""
    form = filled(request, forms.CodeForm)
    found, code = None, ""
    if request.method == "POST" and form.is_valid():
        code = returning.typed(form.cleaned_data["code"])
        tries = actions.count(
            "return", network(request), within=returning.WITHIN, by=request.actor, at=request.at
        )  # fmt: skip
        found = queries.draft_of(code, by=request.actor, at=request.at) if tries <= returning.TRIES else None
        if found is None:
            form.add_error("code", "We could not open a report with this code")
    if found is None:
        return page(request, "come_back", {"form": form, "refused": bool(code or form.errors)}, status=wrong(request))
    response = redirect(pages.way_back(found, on=request.at))
    keep(response, settings.DRAFT_COOKIE_NAME, code)
    return response


@public
def forgotten(request: Any) -> HttpResponse:
    """That a report which nobody had seen is gone."""
    return page(request, "forgotten", {})
