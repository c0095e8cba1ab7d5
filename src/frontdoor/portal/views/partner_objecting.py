"""Pages on which an agency disagrees with what was decided or is done, says where it stands, and follows the course."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput
from frontdoor.mash.actions import objecting as actions
from frontdoor.mash.queries import objecting, partners
from frontdoor.portal.forms.objecting import ObjectForm, PositionForm
from frontdoor.portal.pages import objecting as pages
from frontdoor.portal.views.partners import answers, open_request, opened


@answers
def disagree(request: Any, key: UUID) -> HttpResponse:
    """Raise a disagreement about the enquiry of a request, also once it was answered or is asked no more."""
    place, found = open_request(request, key)
    with acting_for(place.pk, by=request.actor) as by:
        people = partners.people_of(key, by=by)
    form = ObjectForm(request.POST or None, people=people)
    if form.is_valid():
        given = form.cleaned_data
        child = UUID(given["child"]) if given["child"] else None
        with acting_for(place.pk, by=request.actor) as by:
            made = actions.object_to(key, **{**given, "child": child}, by=by, at=request.at)
        return redirect("partner:disagreement", made)
    context = {"form": form, "asked": found}
    return render(request, "portal/partner_disagree.html", context, status=422 if form.is_bound else 200)


@answers
def disagreement(request: Any, key: UUID) -> HttpResponse:
    """One disagreement that the agency raised: where it stands, what each side says, and what the agency says now."""
    place, row = opened(request, key, objecting.objection_of)
    _, found = open_request(request, row.request.key)
    form = PositionForm(request.POST or None)
    with acting_for(place.pk, by=request.actor) as by:
        if form.is_valid():
            try:
                actions.say_position(key, text=form.cleaned_data["text"], by=by, at=request.at)
            except InvalidInput as refused:
                form.add_error("text", refused.problems["text"])
            else:
                return redirect(f"{request.path}?just=said")
        course, lines = objecting.course_of(row, by=by), objecting.lines_of(row, by=by)
    context = {
        "form": form, "asked": found, "row": row, "course": course, "rows": pages.stands(row, course),
        "lines": pages.lines(lines), "said": "just" in request.GET, "open": course is None or not course.resolved_at,
    }  # fmt: skip
    return render(request, "portal/partner_disagreement.html", context, status=422 if form.is_bound else 200)
