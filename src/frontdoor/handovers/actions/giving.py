"""What the giver does: sends, chases, sends again what came back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.codes import rules as codes
from frontdoor.councils.queries import councils
from frontdoor.handovers import rules
from frontdoor.handovers.actions import passing, receivers
from frontdoor.handovers.actions.receivers import Receiver
from frontdoor.handovers.actions.slips import KIND, from_giver, give_clocks, step, take, tell, turn
from frontdoor.handovers.models import Handover
from frontdoor.organisations.models import Function
from frontdoor.trail import actions as trail

About = models.Model | tuple[str, object]
"""What is handed over: a row of a higher room, or its kind and key as plain values."""


@transaction.atomic
def send(
    about: About,
    *,
    to: str,
    summary: str,
    why: str,
    rating: str = "",
    section47: bool = False,
    received_at: datetime | None = None,
    payload: rules.Page | Mapping[str, Any] | None = None,
    route: str = "",
    team_id: int | None = None,
    worker: int | None = None,
    manager: int | None = None,
    from_team_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Hand work to a team of this council. It stays on the giver's list until it is accepted.

    :param about: what is handed over; its room hears of the answer if it listens
    :param to: a code of `rules.DESTINATIONS`
    :param summary: one neutral line, without a name
    :param rating: a code of `codes.RATINGS`; red work cannot be refused
    :param received_at: first receipt of what is passed, by any part of the service
    :param payload: the page that travels
    :param route: the specialist route
    :param team_id: where there are several teams for the destination
    :param worker: for `allocated_worker`: the worker; `manager` is that team's, and both are told
    :param from_team_id: the giver's team, where the actor has several
    :raises InvalidInput: no such destination, a line is missing, worker or manager are not of the team
    :raises NotFound: the subject is another council's, or nobody here receives for that destination
    :raises NotPermitted: `by` may not hand over here
    :raises StepNotAllowed: it is on its way there already
    """
    require(by, Permission.HANDOVER_SEND, authority=acting_council(by))
    receiver = receivers.receiver(to, route=route, team_id=team_id, worker=worker, manager=manager, by=by, at=at)
    return _send(
        about, receiver, from_team_id=from_team_id, received_at=received_at, payload=payload, by=by, at=at,
        summary=summary, why=why, rating=rating, section47=section47,
    )  # fmt: skip


@transaction.atomic
def send_to_council(
    about: About,
    *,
    council: int,
    summary: str,
    why: str,
    received_at: datetime,
    payload: rules.Page | Mapping[str, Any],
    function: str = Function.CONTACT_CENTRE.value,
    outside: str = "",
    rating: str = "",
    section47: bool = False,
    from_team_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Hand to another council what came to the wrong door, or a child who lives there; the first receipt goes with it.

    A council that this service takes in for gets a copy holding only `payload`, and its answer comes back by itself.
    For any other, the giver speaks to somebody there, names them in `outside`, and writes down the answer.

    :param council: DfE number of the receiving council
    :param received_at: the first receipt by any part of the service, kept unchanged
    :param function: the team there that receives it
    :raises InvalidInput: no such council, this council itself, or nobody named where nobody there works here
    :raises NotPermitted: `by` may not hand over here
    :raises StepNotAllowed: it is on its way there already
    """
    authority = acting_council(by)
    require(by, Permission.HANDOVER_SEND, authority=authority)
    known = codes.authority(council)
    if known is None or council == authority:
        raise InvalidInput(council="Choose the other council.")
    served = council in {found.pk for found in councils(on=at)}
    if not served:
        rules.said(outside=outside)
    receiver = Receiver(
        destination=rules.destination("other_council"), function=function, council=council,
        outside="" if served else outside.strip(),
    )  # fmt: skip
    return _send(
        about, receiver, from_team_id=from_team_id, received_at=received_at, payload=payload, by=by, at=at,
        summary=summary, why=why, rating=rating, section47=section47,
    )  # fmt: skip


def _send(
    about: About,
    receiver: Receiver,
    *,
    summary: str,
    why: str,
    rating: str,
    section47: bool,
    received_at: datetime | None,
    payload: rules.Page | Mapping[str, Any] | None,
    from_team_id: int | None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Write the slip, its first line of history and its clock."""
    authority = acting_council(by)
    subject_kind, subject_key = _subject(about, by=by)
    words = rules.said(summary=summary, why=why)
    _not_on_its_way(subject_kind, subject_key, receiver, by=by)
    is_urgent = rules.urgent(_rating(rating), section47=section47)
    from_team = receivers.from_team(from_team_id, by=by, at=at)
    slip = Handover(
        authority_id=authority, subject_kind=subject_kind, subject_key=subject_key, rating=rating, section47=section47,
        urgent=is_urgent, payload=rules.packed(payload), from_team_id=from_team, from_user=by.user_id,
        received_at=received_at or at, first_sent_at=at, sent_at=at,
        refusals=_refused_before(subject_kind, subject_key, by=by), **words, **receiver.values(authority),
    )  # fmt: skip
    (clock,) = clocks.start(
        rules.accept_kind(is_urgent=is_urgent), subject=(KIND, slip.key), team_id=slip.to_team_id or from_team,
        owner_id=slip.to_user, label="Restricted" if slip.restricted else receiver.destination.title, by=by, at=at,
    )  # fmt: skip
    slip.due_at = clock.due_at
    slip.save(force_insert=True)
    turn(slip, rules.Turn.SENT, by=by, at=at, text=words["why"])
    _tell_people(slip, by=by, at=at)
    passing.pass_copy(slip, by=by)
    tell(slip, rules.Event.SENT)
    trail.record(
        "handovers.send", subject=slip, by=by, at=at, to=slip.destination, to_council=slip.to_authority_id,
        about=f"{subject_kind} {subject_key}", rating=rating, section47=section47, due_at=slip.due_at,
    )  # fmt: skip
    return slip


def _subject(about: About, *, by: Actor) -> tuple[str, UUID]:
    """Kind and key of what is handed over.

    :raises NotFound: a row of another council than the one acted for
    """
    if isinstance(about, models.Model):
        if about.authority_id != by.authority:  # type: ignore[attr-defined]  # every case row has one
            raise NotFound
        return about._meta.label_lower, UUID(str(about.key))  # type: ignore[attr-defined]  # likewise
    return about[0], UUID(str(about[1]))


def _rating(rating: str) -> str:
    if rating and rating not in codes.RATINGS:
        raise InvalidInput(rating="Choose a rating from the list.")
    return rating


def _not_on_its_way(kind: str, key: UUID, receiver: Receiver, *, by: Actor) -> None:
    council = acting_council(by) if receiver.council is None else receiver.council
    same = Handover.objects.filter(
        subject_kind=kind, subject_key=key, destination=receiver.destination.code, route=receiver.route,
        to_authority_id=council, settled_at=None,
    )  # fmt: skip
    if standing := within(by, same).first():
        raise StepNotAllowed("This is on its way there already and waits for an answer.", when=standing.sent_at)


def _refused_before(kind: str, key: UUID, *, by: Actor) -> int:
    """How often this work was refused on slips that were withdrawn: a new slip does not wipe that out."""
    earlier = Handover.objects.filter(subject_kind=kind, subject_key=key, state=rules.State.WITHDRAWN.value)
    return max(within(by, earlier).values_list("refusals", flat=True), default=0)


def _tell_people(slip: Handover, *, by: Actor, at: datetime) -> None:
    """Write down that the worker and that team's manager were both told: it stands on the list of each."""
    for user in filter(None, (slip.to_user, slip.to_manager)):
        turn(slip, rules.Turn.TOLD, by=by, at=at, manager_id=user)


@transaction.atomic
def chase(key: UUID, *, note: str, by: Actor, at: datetime) -> Handover:
    """Write down that the giver asked for an answer; the clock runs on and nothing else changes.

    :param note: how, and what was said
    :raises InvalidInput: no note
    :raises NotFound: no such slip for `by`
    :raises StepNotAllowed: it does not wait for the receiver
    """
    slip = take(key, Permission.HANDOVER_SEND, by=by)
    from_giver(slip, by=by)
    if slip.state not in (rules.State.SENT, rules.State.ESCALATED):
        raise StepNotAllowed("This does not wait for anybody's answer now.", when=slip.answered_at)
    words = rules.said(note=note)
    slip.chased, slip.chased_at = slip.chased + 1, at
    slip.save(update_fields=["chased", "chased_at"])
    turn(slip, rules.Turn.CHASED, by=by, at=at, text=words["note"])
    trail.record("handovers.chase", subject=slip, by=by, at=at, times=slip.chased)
    return slip


@transaction.atomic
def send_again(
    key: UUID,
    *,
    seen: int,
    changed: str,
    to: str = "",
    route: str = "",
    team_id: int | None = None,
    worker: int | None = None,
    manager: int | None = None,
    summary: str = "",
    rating: str | None = None,
    section47: bool | None = None,
    payload: rules.Page | Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Send what was refused or sent back: put right, or to another team. The clock to accept runs on.

    :param changed: what was put right, or why it goes again
    :param to: another destination of this council; empty for the same receiver
    :param rating: a new rating; work that has become urgent gets the shorter clock from now
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing said, or no such receiver
    :raises StepNotAllowed: it is not with the giver
    """
    slip = take(key, Permission.HANDOVER_SEND, by=by)
    from_giver(slip, by=by)
    state = step(slip, rules.Step.SEND_AGAIN, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    words = rules.said(changed=changed)
    if to:
        receiver = receivers.receiver(to, route=route, team_id=team_id, worker=worker, manager=manager, by=by, at=at)
        _turn_to(slip, receiver, by=by)
    _put_right(slip, summary=summary, rating=rating, section47=section47, payload=payload)
    slip.state, slip.sent_at, slip.leg, slip.version = state.value, at, slip.leg + 1, slip.version + 1
    _hurry(slip, by=by, at=at)
    slip.save(
        update_fields=[
            "state", "sent_at", "leg", "version", "summary", "rating", "section47", "urgent", "payload", "due_at",
            "destination", "route", "restricted", "to_team_id", "to_user", "to_manager", "to_function",
        ]
    )  # fmt: skip
    give_clocks(slip, to_giver=False, by=by)
    turn(slip, rules.Turn.SENT_AGAIN, by=by, at=at, text=words["changed"])
    _tell_people(slip, by=by, at=at)
    passing.pass_copy(slip, changed=words["changed"], by=by)
    tell(slip, rules.Event.SENT_AGAIN)
    trail.record("handovers.send_again", subject=slip, by=by, at=at, to=slip.destination, leg=slip.leg)
    return slip


def _turn_to(slip: Handover, receiver: Receiver, *, by: Actor) -> None:
    """Point the slip at another receiver of this council; another council would need a slip of its own.

    :raises InvalidInput: the slip went to another council, which has a copy
    """
    if slip.to_authority_id != slip.authority_id:
        raise InvalidInput(to="Withdraw this first: the other council has a copy.")
    if (receiver.destination.code, receiver.route) != (slip.destination, slip.route):
        _not_on_its_way(slip.subject_kind, slip.subject_key, receiver, by=by)
    for name, value in receiver.values(slip.authority_id).items():
        setattr(slip, name, value)


def _put_right(
    slip: Handover,
    *,
    summary: str,
    rating: str | None,
    section47: bool | None,
    payload: rules.Page | Mapping[str, Any] | None,
) -> None:
    slip.summary = summary.strip() or slip.summary
    slip.rating = slip.rating if rating is None else _rating(rating)
    slip.section47 = slip.section47 if section47 is None else section47
    slip.payload = slip.payload if payload is None else rules.packed(payload)


def _hurry(slip: Handover, *, by: Actor, at: datetime) -> None:
    """Give work that has become urgent the shorter clock; work that is no longer urgent keeps the one it had."""
    is_urgent = rules.urgent(slip.rating, section47=slip.section47)
    if is_urgent and not slip.urgent:
        subject = (KIND, slip.key)
        clocks.stop(rules.ACCEPT, subject=subject, by=by, at=at, ended=Ended.REPLACED)
        (clock,) = clocks.start(rules.ACCEPT_URGENT, subject=subject, by=by, at=at)
        slip.due_at = min(slip.due_at, clock.due_at)
    slip.urgent = is_urgent
