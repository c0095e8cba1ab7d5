"""The assessment of a family: read, begun, written part by part and kept as it is typed, shared, compared."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission, StepNotAllowed
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.familyhelp.actions import assessing as actions
from frontdoor.familyhelp.forms import assessing as forms
from frontdoor.familyhelp.models import Passage
from frontdoor.familyhelp.pages import assessment as pages
from frontdoor.familyhelp.queries import assessment as queries
from frontdoor.familyhelp.queries.assessment import Opened, Part
from frontdoor.familyhelp.rules import assessing as rules
from frontdoor.familyhelp.rules.framework import LABELS
from frontdoor.letters.views import keeps_addresses

READ, WORK = Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK
NOT_KEPT = "Not saved: somebody else wrote here too. Both texts stand below: choose one, or both."


@address(Kind.COUNCIL, READ)
@require_safe
def assessment(request: Any, key: UUID) -> HttpResponse:
    """The assessment of one family, the newest round or the one that is asked for."""
    asked = request.GET.get("round", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
    found = queries.open_assessment(key, number=number, by=request.actor, at=request.at)
    page = pages.reading(found, request.council.slug, by=request.actor)
    return render(request, "familyhelp/assessment.html", {"page": page, "pages": pages})


@address(Kind.COUNCIL, WORK)
def begin(request: Any, key: UUID) -> HttpResponse:
    """Begin it, or open it for review."""
    found, slug = queries.open_to_share(key, by=request.actor, at=request.at), request.council.slug
    again = bool(found.rounds)
    form = (forms.ReviewForm if again else forms.BeginForm)(request.POST if request.method == "POST" else None)
    going_on = found.state in (rules.State.WRITING, rules.State.REVIEWING)
    page = Step(
        title="Open the assessment for review" if again else "Begin the assessment",
        press="Open it for review" if again else "Begin", about=f"{found.episode.reference}: {pages.family(found)}",
        back=pages.at_of("", found.episode, slug),
        intro="What was shared stays as it is, to be read and compared. The review starts from what was thought then; "
        "what people say, and how they are from 0 to 10, is asked again."
        if again
        else "It is written together with the family, by everybody who works with it, in as many sittings as it takes.",
        over=rules.stands_in_words(found.state) if going_on else pages.stopped(found),
    )  # fmt: skip
    return step(request, form, lambda typed: actions.begin(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, WORK)
@keeps_addresses
def write(request: Any, key: UUID, part: str) -> HttpResponse:
    """Write one part of it: one form, each field of which is kept by itself."""
    found, place = queries.open_part(key, part, by=request.actor, at=request.at)
    if request.method == "POST":
        return _sent(request, found, place)
    if not pages.over(found):
        actions.come(key, part=part, by=request.actor, at=request.at)
    form = forms.PartForm(place.fields, place.texts(found.passages))
    return _shown(request, found, place, form)


def _sent(request: Any, found: Opened, place: Part) -> HttpResponse:
    """Everything on the page, sent by hand."""
    given, wrong = forms.typed(request.POST)
    form = forms.PartForm(place.fields, {}, request.POST)
    overtaken: Mapping[str, Passage] = {}
    if wrong or not form.is_valid():
        return _shown(request, found, place, form, status=422)
    try:
        done = actions.write(
            found.episode.key, part=place.name, given=given, pressed=True, by=request.actor, at=request.at
        )
        overtaken = done.overtaken
    except InvalidInput as refusal:
        for name, words in refusal.problems.items():
            form.add_error(name if name in form.fields else None, words)
        return _shown(request, found, place, form, status=422)
    if not overtaken:
        return redirect(f"{request.path}?saved=yes")
    # The others were saved: the page goes on from what stands now.
    stands = queries.passages(found.round, by=request.actor)
    now = replace(found, passages=stands)
    return _shown(request, now, place, form, overtaken=overtaken, status=409)


def _shown(
    request: Any, found: Opened, place: Part, form: forms.PartForm, *, overtaken: Mapping[str, Passage] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    by, at = request.actor, request.at
    others = queries.around(found.round, found.passages, found.parts, by=by, at=at) if found.round else []
    typed = {name: str(value) for name, value in request.POST.items()}
    page = pages.writing(found, place, request.council.slug, around=others, overtaken=overtaken or {}, typed=typed)
    saved = request.method == "GET" and "saved" in request.GET
    context = {"page": page, "form": form, "saved": saved}
    return render(request, "familyhelp/assessment_write.html", context, status=status)


@address(Kind.COUNCIL, WORK)
@require_POST
@keeps_addresses
def keep(request: Any, key: UUID, part: str) -> JsonResponse:
    """Keep one field while it is typed; what somebody else wrote there meanwhile is sent back beside it."""
    given, wrong = forms.typed(request.POST)
    try:
        if wrong:
            raise InvalidInput(**wrong)
        done = actions.write(key, part=part, given=given[:1], by=request.actor, at=request.at)
    except InvalidInput as refusal:
        return JsonResponse({"words": f"Not saved: {' '.join(refusal.problems.values())}."}, status=422)
    except StepNotAllowed as refused:
        return JsonResponse({"words": f"Not saved: {refused.what} Copy what you typed here."}, status=409)
    for code, theirs in done.overtaken.items():
        beside = pages.overtaken_words(LABELS[code], theirs, given[0].text)
        html = render_to_string("familyhelp/assessment_overtaken.html", {"code": code, "beside": beside}, request)
        version = forms.stamp(theirs.version, theirs.text)
        return JsonResponse({"words": NOT_KEPT, "version": version, "html": html}, status=409)
    return JsonResponse({"version": forms.stamp(*next(iter(done.stands.values()), (0, "")))})


@address(Kind.COUNCIL, WORK)
def share(request: Any, key: UUID) -> HttpResponse:
    """Share it with the family, and write down what the family says."""
    found, slug = queries.open_to_share(key, by=request.actor, at=request.at), request.council.slug
    form = forms.ShareForm(request.POST or None, initial={"seen": queries.version_of(found.passages)})
    missing = found.missing if found.state in (rules.State.WRITING, rules.State.REVIEWING) else []
    lacks = f"It is not complete yet. Missing: {'; '.join(missing)}." if missing else ""
    page = Step(
        title="Share the assessment with the family", press="It is shared",
        about=f"{found.episode.reference}: {pages.family(found)}", back=pages.at_of("", found.episode, slug),
        intro="Give the family the whole text, read it through with them, and write down what they say. "
        "From then on it does not change any more.",
        over=pages.over(found) or lacks,
    )  # fmt: skip
    return step(request, form, lambda typed: actions.share(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, READ)
@require_safe
def compare(request: Any, key: UUID) -> HttpResponse:
    """The first round beside the newest."""
    found, before = queries.open_rounds(key, by=request.actor, at=request.at)
    page = pages.compared(found, before, request.council.slug)
    return render(request, "familyhelp/assessment_compare.html", {"page": page})


@address(Kind.COUNCIL, READ)
@require_safe
def earlier(request: Any, key: UUID, part: str, field: str) -> HttpResponse:
    """Every text that ever stood in one field."""
    found, place, rows = queries.open_earlier(key, part, field, by=request.actor, at=request.at)
    context = {
        "title": f"{place.label}: {place.fields[field].label}", "rows": pages.earlier(rows),
        "columns": pages.EARLIER_COLUMNS, "back": pages.at_of("", found.episode, request.council.slug),
        "about": f"{found.episode.reference}: {pages.family(found)}",
    }  # fmt: skip
    return render(request, "familyhelp/assessment_earlier.html", context)
