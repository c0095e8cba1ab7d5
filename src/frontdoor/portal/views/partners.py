"""Pages of somebody who answers for an agency: what each council asks, one request, and what is said to it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.forms.utils import ErrorDict
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.access.queries import sending
from frontdoor.access.rules import Kind, address
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor, InvalidInput, NotFound
from frontdoor.contacts.rules import drafting
from frontdoor.councils import queries as councils
from frontdoor.councils.models import Council
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.queries import objecting
from frontdoor.mash.queries import partners as queries
from frontdoor.mash.queries.strategy import sent as minutes
from frontdoor.portal import actions as drafts
from frontdoor.portal import queries as kept
from frontdoor.portal.forms.partners import NothingForm, PersonForm
from frontdoor.portal.models import Draft
from frontdoor.portal.pages import partners as pages
from frontdoor.portal.pages import together
from frontdoor.portal.pages.objecting import short as objected

answers = address(Kind.AGENCY)
Found = TypeVar("Found")
JUST = {
    "answered": "Your answer has arrived. Thank you.",
    "part": "What you answered has arrived. The rest is still waited for.",
    "told": "What you told us has arrived, and whoever works on it is told. Thank you.",
    "viewed": "Your agency’s word stands beside the analysis. Thank you.",
    "confirmed": "Confirmed. Thank you.",
    "corrected": "Corrected. The first answer is kept beside it.",
    "withdrawn": "Withdrawn. It is kept, and nobody is led by it any more.",
}
"""What a page says after an act."""


def each(request: Any) -> Iterator[tuple[Council, Actor]]:
    """The councils, one at a time, in the portal's role and for the agency alone."""
    for place in councils.councils(on=request.at):
        with acting_for(place.pk, by=request.actor) as by:
            yield place, by


@answers
def home(request: Any) -> HttpResponse:
    """What every council asks the agency: what waits, the most urgent first; what was answered lately."""
    found, names, sent, agree = [], {}, [], []
    for place, by in each(request):
        found += queries.asked(by=by, at=request.at)
        sent += minutes.sent(by=by, at=request.at)
        agree += queries.to_agree(by=by, at=request.at)
        names[place.pk] = place.name
    found.sort(key=lambda row: row.where)
    waiting = [row for row in found if row.waits]
    context = {
        "agency": request.answering.agency.name,
        "waiting": pages.rows(waiting, names, at=request.at),
        "waiting_columns": pages.WAITING,
        "done": pages.rows([row for row in found if not row.waits], names, at=request.at),
        "done_columns": pages.DONE,
        "agree": pages.agree_rows(agree, names),
        "agree_columns": pages.AGREE,
        "minutes": pages.minutes_rows(sent, names),
        "late": sum(row.due_at < request.at for row in waiting),
        "tell": _unasked(request),
    }
    return render(request, "portal/partner_home.html", context)


def _unasked(request: Any) -> str:
    """Where something is told of a child about whom nothing was asked: as the agency, or as a professional."""
    sends = sending(request.user, at=request.at) is not None
    return reverse("sender:new") if sends else reverse("portal:where", args=["worry"])


def opened(request: Any, key: UUID, query: Callable[..., Found]) -> tuple[Council, Found]:
    """What a query gives under a key, in whichever council's records it stands; every council is asked to the end.

    :raises NotFound: in none of them
    """
    found = []
    for place, by in each(request):
        with suppress(NotFound):
            found.append((place, query(key, by=by)))
    if not found:
        raise NotFound
    return found[0]


def open_request(request: Any, key: UUID) -> tuple[Council, queries.Opened]:
    """One request, its opening written down, and the first one as such."""
    place, _ = opened(request, key, queries.taken)
    with acting_for(place.pk, by=request.actor) as by:
        actions.open_first(key, by=by, at=request.at)
        return place, queries.open_asked(key, by=by, at=request.at)


def own_draft(request: Any, key: UUID) -> Actor:
    """The partner with the key of what they type for one request: each has a draft of its own."""
    actor: Actor = request.actor
    return replace(actor, draft=f"partner:{actor.user_id}:{key}")


def acting_on_draft(request: Any, place: Council, key: UUID) -> Any:
    """Acting for the request's council with the key of its draft."""
    return acting_for(place.pk, by=own_draft(request, key))


@answers
def asked(request: Any, key: UUID) -> HttpResponse:
    """One request: who is asked about, the form for everybody who is not answered for, and what was said already."""
    place, found = open_request(request, key)
    if request.method == "POST":
        return _answered(request, place, found)
    with acting_on_draft(request, place, key) as by:
        draft = kept.draft(by=by, at=request.at)
    nothing, forms = _forms(found, _again(draft) if draft else None)
    if draft:
        for form in (nothing, *forms):
            _as_typed(form)
    return _page(request, place, found, nothing, forms, draft=draft)


def _forms(found: queries.Opened, data: Any) -> tuple[NothingForm, list[PersonForm]]:
    """The ticks above and a form for each person for whom nobody of the agency has answered."""
    left = [] if found.stopped else found.left
    return NothingForm(left, data), [PersonForm(data=data, prefix=str(person.asked)) for person in left]


def _as_typed(form: Any) -> None:
    """Show a form as it was typed, as if it had been looked at and nothing found."""
    vars(form).update(_errors=ErrorDict(), cleaned_data={})


def _page(
    request: Any, place: Council, found: queries.Opened, nothing: NothingForm, forms: list[PersonForm], *,
    draft: Draft | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    by_prefix = {form.prefix: form for form in forms}
    shown = [(person, by_prefix.get(str(person.asked)), found.of(person.asked)) for person in found.people]
    context = {
        "asked": found, "together": together, "objected": objected, "objections": _objections(request, place, found),
        "about": pages.about(found, place.name), "shown": shown, "pages": pages,
        "others": [(person, [one for one in found.shared if one.asked == person.asked]) for person in found.people],
        "before": pages.before(found), "nothing": nothing, "forms": forms, "form": [nothing, *forms],
        "just": JUST.get(request.GET.get("just", ""), ""), "kept": draft,
        "draft": reverse("partner:typed", args=[found.key]), "draft_version": draft.version if draft else 0,
    }  # fmt: skip
    return render(request, "portal/partner_asked.html", context, status=status)


def _objections(request: Any, place: Council, found: queries.Opened) -> list[Any]:
    with acting_for(place.pk, by=request.actor) as by:
        return objecting.objections_of(found.id, by=by)


def _answered(request: Any, place: Council, found: queries.Opened) -> HttpResponse:
    nothing, forms = _forms(found, request.POST)
    ticked = set(nothing.cleaned_data["nothing"]) if nothing.is_valid() else set()
    valid = [form.is_valid() for form in forms]  # each is asked, so that each says what is missing
    for form in forms:
        if form.prefix in ticked and form.cleaned_data.get("kind") not in {"", "nothing_known", None}:
            nothing.add_error(
                "nothing", "Somebody is ticked here and answered below. Untick them, or take it out below"
            )
    if all(valid) and nothing.is_valid():
        said = {UUID(key): actions.Said(kind="nothing_known") for key in ticked}
        said |= {UUID(form.prefix): form.said for form in forms if form.prefix not in ticked and not form.empty}
        try:
            with acting_for(place.pk, by=request.actor) as by:
                actions.give_replies(found.key, said, by=by, at=request.at)
        except InvalidInput as refused:
            lay_out(refused, nothing, forms)
        else:
            with acting_on_draft(request, place, found.key) as by:
                drafts.leave(by=by)
            return shown(found.key, "answered" if len(said) == len(found.left) else "part")
    with acting_on_draft(request, place, found.key) as by:
        draft = kept.draft(by=by, at=request.at)
    return _page(request, place, found, nothing, forms, draft=draft, status=422)


def lay_out(refused: InvalidInput, nothing: Any, forms: list[PersonForm]) -> None:
    """What an action refused, beside the person and the field it is about."""
    for name, words in refused.problems.items():
        form = next((form for form in forms if name.startswith(f"{form.prefix}-")), None)
        if form is None:
            nothing.add_error("nothing", words)
        else:
            form.refused({name.removeprefix(f"{form.prefix}-"): words})


def shown(key: UUID, just: str) -> HttpResponse:
    """The page of a request, with what was just done on top."""
    response: HttpResponse = redirect("partner:asked", key)
    response["Location"] += f"?just={just}"
    return response


def _again(draft: Draft) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in draft.data["typed"].items():
        typed.setlist(name, values)
    return typed


@require_POST
@answers
def typed(request: Any, key: UUID) -> HttpResponse:
    """Keep half an answer while it is typed, under this person's own key, as long as a report that is put aside."""
    place, found = opened(request, key, queries.taken)
    asked = request.POST.get("draft_version", "")
    seen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1
    given = {name: values for name, values in request.POST.lists() if _is_asked(name)}
    with acting_on_draft(request, place, found.key) as by:
        draft = drafts.keep_typed(drafting.typed(given, inputs=400), seen=seen, by=by, at=request.at)
    return JsonResponse({"version": draft.version})


def _is_asked(name: str) -> bool:
    """Whether a field is one of the page: a person's key and a field of theirs, or the ticks above."""
    key, _, field = name.rpartition("-")
    return name == "nothing" or (len(key) == 36 and field in PersonForm.base_fields)
