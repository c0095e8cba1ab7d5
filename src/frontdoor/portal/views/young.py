"""The pages of a child: which council, one page to write on, and what happens next."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpResponse
from django.shortcuts import redirect

from frontdoor.councils import queries as councils
from frontdoor.portal import actions, forms, pages
from frontdoor.portal.rules import young as rules
from frontdoor.portal.views.base import TRAP, filled, keep, network, page, public, wrong

TOLD = "told"
"""The cookie of a child's number: nothing else is in it, and Exit this page takes it away."""
TOLD_FOR = timedelta(hours=1)


@public
def young(request: Any) -> HttpResponse:
    """Which council is near: one press, and no postcode."""
    return page(request, "young_where", {"councils": councils.councils(on=request.at)})


@public
def young_message(request: Any) -> HttpResponse:
    """The one page on which a child writes."""
    form = filled(request, forms.YoungForm)
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.answer().items() if name != "idem"}
        idem = str(form.cleaned_data.get("idem") or uuid.uuid4())
        marks = actions.marks_of(
            typed.get("story", ""), network(request), trap=bool(request.POST.get(TRAP)), by=request.actor, at=request.at
        )
        given = actions.send_young(typed, idem=idem, marks=marks, by=request.actor, at=request.at)
        response = redirect("portal:young-sent", council=request.council.slug)
        safe = typed.get("safe", "")
        keep(response, TOLD, dumps([given.number, safe], salt=TOLD), max_age=int(TOLD_FOR.total_seconds()))
        return response
    return page(request, "young", {"form": form, "lines": _lines(request)}, status=wrong(request))


@public
def young_sent(request: Any) -> HttpResponse:
    """That it arrived, and what happens next."""
    try:
        number, safe = loads(request.COOKIES.get(TOLD, ""), salt=TOLD, max_age=TOLD_FOR)
    except BadSignature:
        return page(request, "gone", {}, status=404)
    telephones = [*_lines(request), *pages.telephone_rows([councils.council(request.council.id)])]
    return page(request, "young_sent", {"number": number, "safe": safe, "telephones": telephones})


def _lines(request: Any) -> tuple[tuple[str, str], ...]:
    """The helplines that this council shows to children."""
    return rules.lines(councils.setting(rules.CHILD_LINES.name, authority=request.council.id, on=request.at).value)
