"""A request that another team answers: handed over by a slip, followed until somebody has answered it there."""

from datetime import date, datetime

from django.db import transaction

from frontdoor.access.queries import names
from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_person
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.rules import london_date, to_utc
from frontdoor.disclosures import queries
from frontdoor.disclosures.actions import ledger
from frontdoor.disclosures.actions.rows import KIND, Key, changed, found, move, start_clock, taken
from frontdoor.disclosures.models import Request
from frontdoor.disclosures.rules import kinds, there
from frontdoor.disclosures.rules.states import State, Step
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers import rules as slips
from frontdoor.handovers.queries import Slip
from frontdoor.organisations.queries import teams
from frontdoor.trail import actions as trail

P = Permission.DISCLOSURE_PREPARE


@transaction.atomic
def pass_on(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """Hand a request to the specialist team that answers its kind: it stays ours until somebody there accepts it.

    :raises NotPermitted: `by` does not work on requests, or may hand nothing over
    :raises NotFound: no specialist team receives here
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: an answer waits, it is on its way, or it is settled
    """
    request = taken(key, P, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why they answer it")
    kind = kinds.KINDS[request.sub_type]
    request.holder = request.holder or acting_person(by)
    move(request, Step.HAND_OVER, "holder", by=by, at=at)
    slip = handovers.send(
        (KIND, request.key), to="specialist", route=kind.specialist, summary=f"To be answered: {kind.label}",
        why=why.strip(), received_at=request.received_at, payload=_page(request, kind, by=by), by=by, at=at,
    )  # fmt: skip
    trail.record("disclosures.pass_on", subject=request, by=by, at=at, slip=slip.key, route=kind.specialist)
    return request


def _page(request: Request, kind: kinds.RequestKind, *, by: Actor) -> slips.Page:
    """What the other team reads: what was asked, about whom, by when."""
    people = queries.people_asked(request, by=by)
    own = kind.route is kinds.Route.GOVERNANCE
    due = kinds.one_month_after(london_date(request.received_at)) if own else london_date(request.due_at)
    return slips.Page(
        family=tuple(slips.Person(each.name, each.relationship or each.get_kind_display()) for each in people),
        must_happen=(slips.Need("Answer whoever asks, and tell the information desk", f"{due:%-d %B %Y}"),),
        told=(slips.Sentence(request.contact.story),),
    )  # fmt: skip


@transaction.atomic
def follow(key: Key, *, by: Actor, at: datetime) -> Request:
    """Let a request follow from its slip as that stands now: accepted there, or taken back. Twice does it once.

    :raises NotFound: the council has no such request
    """
    request = found(key, P, by=by)
    sent = handover_queries.slips_of(KIND, [request.key], by=by).get(request.key, [])
    if not sent or request.state != State.PASSED:
        return request
    slip = sent[-1]
    if slip.state is slips.State.ACCEPTED:
        _accepted(request, slip, by=by, at=at)
    elif slip.state is slips.State.WITHDRAWN:
        move(request, Step.COME_BACK, by=by, at=at)
        trail.record("disclosures.come_back", subject=request, by=by, at=at, slip=slip.key)
    return request


def _accepted(request: Request, slip: Slip, *, by: Actor, at: datetime) -> None:
    """They have it: the clock of passing it on stops, that of the answer runs on until it is answered there."""
    team = next((team.name for team in teams(by=by, at=at) if team.pk == slip.to_team_id), "the specialist team")
    known = names({slip.answered_by}, by=by) if slip.answered_by else {}
    request.redirected_to = team[:200]
    request.taken_by = (known.get(slip.answered_by or 0, "") or slip.answered_name or team)[:200]
    columns = _goes_on(request, by=by, at=slip.answered_at or at)
    move(request, Step.ACCEPT_THERE, "redirected_to", "taken_by", *columns, by=by, at=at)
    ledger.write_redirect(request, by=by, at=at)
    trail.record("disclosures.accept_there", subject=request, by=by, at=at, slip=slip.key)


def _goes_on(request: Request, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Start the clock of the answer to a request for one's own records; any other's runs on as it is.

    :returns: the columns that changed
    """
    if kinds.KINDS[request.sub_type].route is not kinds.Route.GOVERNANCE:
        return ()
    clocks.stop(subject=(KIND, request.key), by=by, at=at)
    last = kinds.one_month_after(london_date(request.received_at))
    clock = clocks.start_until(
        kinds.SUBJECT_ANSWER, due_at=to_utc(max(queries.due_on(last, by=by, at=at), at)), subject=(KIND, request.key),
        team_id=request.team_id, owner_id=request.holder, label=request.contact.receipt, by=by,
        at=min(request.received_at, at),
    )  # fmt: skip
    request.due_at = clock.due_at
    return ("due_at",)


@transaction.atomic
def redirect(key: Key, *, seen: int, to: str, taken_by: str, why: str, by: Actor, at: datetime) -> Request:
    """Pass a request by hand to somebody without an account here, who took it; it stays open until it is answered.

    :param taken_by: who took it on there, by name, since a request is passed from hand to hand
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said to whom, or who took it
    :raises StepNotAllowed: an answer waits, or it is settled
    """
    request = taken(key, P, seen=seen, by=by)
    there.check_taken(to=to, taken_by=taken_by)
    request.redirected_to, request.taken_by, request.settled_why = to.strip(), taken_by.strip(), why.strip()
    request.holder = request.holder or acting_person(by)
    columns = _goes_on(request, by=by, at=at)
    move(
        request, Step.REDIRECT, "redirected_to", "taken_by", "settled_why", "holder", *columns, by=by, at=at
    )  # fmt: skip
    ledger.write_redirect(request, by=by, at=at)
    trail.record("disclosures.redirect", subject=request, by=by, at=at)
    return request


@transaction.atomic
def answer_there(key: Key, *, seen: int, on: date | None, what: str, who: str, by: Actor, at: datetime) -> Request:
    """Write down that the other team has answered: when, what and by whom. Only now is the request settled.

    :param what: what was answered, in a line or two: that it was sent, refused, or nothing was held
    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing; a day that has not come, or before it reached us
    :raises StepNotAllowed: nobody elsewhere has it
    """
    request = taken(key, P, seen=seen, by=by)
    there.check_answered(on=on, what=what, who=who, since=london_date(request.received_at), today=london_date(at))
    request.there_on, request.there_what, request.there_by = on, what.strip(), who.strip()
    move(request, Step.ANSWER_THERE, "there_on", "there_what", "there_by", by=by, at=at)
    ledger.write_there(request, by=by, at=at)
    trail.record("disclosures.answer_there", subject=request, by=by, at=at, on=on)
    return request


@transaction.atomic
def come_back(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Request:
    """They do not answer it after all: the desk has it again, with the clock of its kind from first receipt.

    :raises NotPermitted: `by` does not work on requests
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nobody elsewhere has it, or the slip has not been answered
    """
    request = taken(key, P, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write what they said")
    there.check_theirs(request.state)
    request.holder, request.settled_why = acting_person(by), f"It came back: {why.strip()}"
    move(request, Step.COME_BACK, "holder", "settled_why", by=by, at=at)
    kind = kinds.KINDS[request.sub_type]
    if kind.route is kinds.Route.GOVERNANCE:
        clocks.stop(subject=(KIND, request.key), by=by, at=at)
        request.due_at = start_clock(request, kind, receipt=request.contact.receipt, by=by, at=at)
        changed(request, "due_at")
    trail.record("disclosures.come_back", subject=request, by=by, at=at, why=why.strip())
    return request
