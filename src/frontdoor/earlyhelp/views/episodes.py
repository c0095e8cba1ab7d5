"""The page of early help for one family, accepting a slip into it, and what is done with it: one small page each."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.contacts.views.screening.steps import Step, step
from frontdoor.earlyhelp import actions, forms
from frontdoor.earlyhelp.pages import episode as pages
from frontdoor.earlyhelp.queries.finding import HERE, label_of
from frontdoor.earlyhelp.queries.finding import of_slip as known_of_slip
from frontdoor.earlyhelp.queries.lists import leads, providers
from frontdoor.earlyhelp.queries.opening import Opened, open_episode
from frontdoor.earlyhelp.rules import beyond
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State, why_not
from frontdoor.earlyhelp.rules.states import Step as Way
from frontdoor.handovers import queries as handovers
from frontdoor.shell.pages import Item
from frontdoor.shell.rules import london

KEEP = Permission.EARLY_HELP_KEEP


def opened(request: Any, key: UUID) -> Opened:
    """Early help for a family whole: its opening is an entry in the trail."""
    return open_episode(key, by=request.actor, at=request.at)


def act(
    request: Any, found: Opened, form: django_forms.Form, do: Callable[..., object], *, title: str, press: str,
    intro: str = "", warning: str = "", way: Way | None = None, over: str = "", always: bool = False,
    beside: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:  # fmt: skip
    """Show a form about one family, or do what it says and go back to it; where it leads nowhere, say so first.

    :param way: the step that it takes; without one it is done with whatever is open
    :param over: why there is nothing to do, where the state does not say it
    :param always: done with what has ended too
    """
    row = found.episode
    page = Step(
        title=title, press=press, intro=intro, warning=warning, beside=beside,
        about=f"{row.reference}: {pages.family(found)}",
        back=reverse("earlyhelp:episode", args=[request.council.slug, row.key]),
        over="" if always else why_not(row.state, way) or over,
    )  # fmt: skip
    return step(request, form, lambda typed: do(row.key, **typed, by=request.actor, at=request.at), page)


def seen(found: Opened, **more: Any) -> dict[str, Any]:
    """What a form starts from: the version that stands, and what is known."""
    return {"seen": found.episode.version, **more}


@address(Kind.COUNCIL, Permission.EARLY_HELP_READ)
@require_safe
def episode(request: Any, key: UUID) -> HttpResponse:
    """Early help for one family."""
    found, slug, by, at = opened(request, key), request.council.slug, request.actor, request.at
    given = [gives(found.episode, slug, by=by, at=at) for gives in beyond.PARTS]
    ways = [Item(*way) for gives in beyond.WAYS for way in gives(found.episode, slug, by=by, at=at)]
    page = pages.detail(found, slug, by=by, parts=[pages.Part(*each) for each in given if each], ways=ways)
    return render(request, "earlyhelp/episode.html", {"page": page, "pages": pages})


@address(Kind.COUNCIL, KEEP)
def accept(request: Any, key: UUID) -> HttpResponse:
    """Accept a slip and open early help for its family."""
    slip = handovers.open_handover(key, by=request.actor, at=request.at)
    if slip.slip.destination != HERE:
        raise NotFound
    form = forms.Seen(request.POST or None, initial={"seen": slip.slip.version})
    page = Step(
        title="Accept this family", press="Accept", about=slip.summary,
        back=reverse("earlyhelp:of-slip", args=[request.council.slug, key]),
        beside=(("Given by", f"{slip.giver}, {slip.giver_team}"), ("Why", slip.why)),
        intro="From now on the family is the hub’s. A child whose family has early help already joins it.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.accept(key, **typed, by=request.actor, at=request.at), page)


@address(Kind.COUNCIL, Permission.EARLY_HELP_READ)
@require_safe
def of_slip(request: Any, key: UUID) -> HttpResponse:
    """Go on to the early help of a slip, or to the slip itself while there is none."""
    known = known_of_slip(key, by=request.actor)
    if known is None:
        return redirect("handovers:detail", request.council.slug, handovers.slip(key, by=request.actor).key)
    return redirect("earlyhelp:episode", request.council.slug, known.key)


@address(Kind.COUNCIL, KEEP)
@require_POST
def take(request: Any, key: UUID) -> HttpResponse:
    """Take a family's matter, or take over what somebody else has."""
    form = forms.Seen(request.POST)
    if form.is_valid():
        actions.take(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    else:
        opened(request, key)
    return redirect("earlyhelp:episode", request.council.slug, key)


@address(Kind.COUNCIL, KEEP)
def agreement(request: Any, key: UUID, member: UUID) -> HttpResponse:
    """Record what one person of the family says."""
    found = opened(request, key)
    whose = next((each for each in found.members if each.key == member), None)
    if whose is None:
        raise NotFound
    known = "" if any(pk == whose.pk for pk, _ in found.standing) else ". ".join(found.limits)
    start = seen(found, on=london(request.at).date(), limits=known[:1_000])
    form = forms.AgreementForm(request.POST or None, initial=start)
    beside = tuple(
        (Purpose(purpose).words, said.get_status_display())
        for (pk, purpose), said in found.standing.items() if pk == whose.pk
    )  # fmt: skip
    intro = (
        "Early help rests on agreement. Where nobody agrees any more, work stops and a social worker looks at the "
        "family for risk. Where only telling agencies is taken back, help goes on without them. What was written down "
        "stays, with the reason."
    )
    for gives in beyond.STOPS:
        intro = " ".join((intro, *gives(found.episode, by=request.actor, at=request.at)))
    do = partial(_record, member)
    title = f"What {label_of(whose.named)} says"
    return act(request, found, form, do, title=title, press="Record it", intro=intro, beside=beside)


def _record(member: UUID, key: UUID, **typed: Any) -> object:
    return actions.record_agreement(key, member=member, **typed)


@address(Kind.COUNCIL, KEEP)
def attempt(request: Any, key: UUID) -> HttpResponse:
    """Write down that somebody tried to reach the family."""
    found = opened(request, key)
    form = forms.AttemptForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.record_attempt, title="Reaching the family", press="Record it")


@address(Kind.COUNCIL, KEEP)
def triage(request: Any, key: UUID) -> HttpResponse:
    """Decide which help fits."""
    found = opened(request, key)
    form = forms.TriageForm(request.POST or None, initial=seen(found))
    agrees = found.agrees(Purpose.HELP)
    warning = "" if agrees else "Nobody has agreed to early help yet: it can end here with alternatives, and not begin."
    intro = "What needs a social worker is not decided here: send it back to the front door."
    return act(
        request, found, form, actions.triage, title="Which help fits", press="Decide", intro=intro, warning=warning,
        way=Way.POINT,
    )  # fmt: skip


@address(Kind.COUNCIL, KEEP)
def offer(request: Any, key: UUID) -> HttpResponse:
    """Offer a family to a team or an agency."""
    found = opened(request, key)
    takers = list(forms.takers(providers(by=request.actor)))
    form = forms.OfferForm(request.POST or None, initial=seen(found), takers=takers)
    shares = "Yes" if found.agrees(Purpose.SHARING) else "No: only a team of this council may be asked"
    beside = (
        ("May agencies be told?", shares),
        ("What the family does not want told", "\n".join(found.limits) or "Nothing was said"),
    )
    over = "" if takers else "Nobody is in the list of those who take families on. Add somebody first."
    intro = "The family stays the hub’s until somebody there has taken it on."
    return act(
        request, found, form, actions.offer, title="Offer this family", press="Offer it", way=Way.OFFER, over=over,
        intro=intro, beside=beside,
    )  # fmt: skip


@address(Kind.COUNCIL, KEEP)
def answer(request: Any, key: UUID) -> HttpResponse:
    """Write down the answer to an offer."""
    found = opened(request, key)
    known = [(str(each.id), each.name) for each in leads(by=request.actor, at=request.at)]
    form = forms.AnswerForm(request.POST or None, initial=seen(found), leads=known)
    beside = tuple(("Offered to", each.provider.name) for each in found.offers if not each.answer)
    return act(
        request, found, form, actions.answer, title="The answer to the offer", press="Record it", way=Way.TAKE_ON,
        beside=beside,
    )  # fmt: skip


@address(Kind.COUNCIL, KEEP)
def take_back(request: Any, key: UUID) -> HttpResponse:
    """Take an offer back."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found), missing="Say why it is taken back")
    words = "Take the offer back"
    return act(request, found, form, actions.take_back_offer, title=words, press=words, way=Way.TAKE_ON)


@address(Kind.COUNCIL, KEEP)
def review(request: Any, key: UUID) -> HttpResponse:
    """Look at a family on the waiting list."""
    found = opened(request, key)
    form = forms.ReviewForm(request.POST or None, initial=seen(found))
    waits = found.episode.state in (State.WAITING, State.OFFERED)
    over = "" if waits else "This family is not on the waiting list."
    intro = "If a child may be at risk, do not write it here: send it back to the front door now."
    return act(
        request, found, form, actions.review, title="Look at the family again", press="Record it", over=over,
        intro=intro,
    )  # fmt: skip
