"""What the receiver does, and what a head of service settles."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.handovers import rules
from frontdoor.handovers.actions.slips import (
    KIND,
    bring,
    from_receiver,
    give_clocks,
    step,
    stop_clocks,
    take,
    tell,
    turn,
)
from frontdoor.handovers.models import Handover
from frontdoor.trail import actions as trail


@transaction.atomic
def accept(key: UUID, *, seen: int, by: Actor, at: datetime) -> Handover:
    """Take the work on: from now it is the receiver's. Of two who accept at once one wins.

    :raises Conflict: it has changed since `by` saw it
    :raises NotFound: no such slip for `by`
    :raises NotPermitted: `by` is not of the receiving side
    :raises StepNotAllowed: it was accepted or withdrawn; says by whom and when
    """
    slip = take(key, Permission.HANDOVER_ANSWER, by=by)
    from_receiver(slip, by=by)
    state = step(slip, rules.Step.ACCEPT, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    bring(slip, state, by=by, at=at)
    stop_clocks(slip, by=by, at=at)
    turn(slip, rules.Turn.ACCEPTED, by=by, at=at)
    tell(slip, rules.Event.ACCEPTED)
    trail.record("handovers.accept", subject=slip, by=by, at=at, waited_since=slip.first_sent_at)
    return slip


@transaction.atomic
def refuse(key: UUID, *, seen: int, reason: str, talk: rules.Conversation, by: Actor, at: datetime) -> Handover:
    """Refuse the work after talking with a manager: back to the giver, the second time to the head of service.

    :param talk: with a manager who has an account here; the name is taken from it
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, no such manager, a talk before it was sent or in the future
    :raises NotPermitted: `by` is not of the receiving side
    :raises StepNotAllowed: red and section 47 work, or it does not wait for an answer
    """
    slip = take(key, Permission.HANDOVER_ANSWER, by=by)
    from_receiver(slip, by=by)
    state = step(slip, rules.refusal(slip.refusals, is_urgent=slip.urgent), by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    words, talk = rules.said(reason=reason), _with_a_manager(talk, by=by, at=at)
    rules.check_conversation(talk, sent_at=slip.sent_at, at=at)
    send_back(slip, state, by=by, at=at, text=words["reason"], talk=talk)
    trail.record("handovers.refuse", subject=slip, by=by, at=at, refusals=slip.refusals, manager=talk.manager_id)
    return slip


def _with_a_manager(talk: rules.Conversation, *, by: Actor, at: datetime) -> rules.Conversation:
    """The talk with the manager's name as the account has it.

    :raises InvalidInput: nobody of that number is a manager here today, or it is the one who refuses
    """
    for colleague in colleagues(by=by, at=at):
        if colleague.id == talk.manager_id and colleague.id != by.user_id and colleague.may(Permission.DIRECTION_GIVE):
            return replace(talk, manager=colleague.name)
    raise InvalidInput(manager=rules.MISSING["manager"])


def send_back(
    slip: Handover,
    state: rules.State,
    *,
    by: Actor,
    at: datetime,
    text: str,
    talk: rules.Conversation | None = None,
    wrong: str = "",
    name: str = "",
) -> None:
    """Bring a slip back: refused after a talk, or to be put right. Whose turn it is has the clock.

    :param name: who said so, where it was nobody with an account here
    """
    said: dict[str, Any] = {"by_name": name} if name else {}
    if talk is not None:
        slip.refusals += 1
        said |= {"manager": talk.manager, "manager_id": talk.manager_id, "talked_at": talk.at}
    bring(slip, state, by=by, at=at, name=name)
    give_clocks(slip, to_giver=True, by=by)
    if state is rules.State.ESCALATED:
        clocks.start(
            rules.SETTLE, subject=(KIND, slip.key), team_id=slip.from_team_id,
            label="Restricted" if slip.restricted else rules.destination(slip.destination).title, by=by, at=at,
        )  # fmt: skip
    turn(slip, rules.Turn(state.value), by=by, at=at, text=text, wrong=wrong, **said)
    tell(slip, rules.Event(state.value))


@transaction.atomic
def correct(key: UUID, *, seen: int, wrong: str, text: str, by: Actor, at: datetime) -> Handover:
    """Send the work back to be put right: wrong team or details. It stays open, and the giver must act.

    :param wrong: a value of `rules.Wrong`
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: it is not said what is wrong
    :raises NotPermitted: `by` is not of the receiving side
    :raises StepNotAllowed: it does not wait for an answer
    """
    slip = take(key, Permission.HANDOVER_ANSWER, by=by)
    from_receiver(slip, by=by)
    state = step(slip, rules.Step.CORRECT, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    words = rules.wrong_with(wrong, text)
    send_back(slip, state, by=by, at=at, text=words, wrong=wrong)
    trail.record("handovers.correct", subject=slip, by=by, at=at, wrong=wrong)
    return slip


@transaction.atomic
def overrule(key: UUID, *, seen: int, ruling: str, reason: str, by: Actor, at: datetime) -> Handover:
    """Settle what was refused twice: the receiver takes it, or the giver keeps it or sends it elsewhere.

    :param ruling: a value of `rules.Ruling`
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no ruling or no reason
    :raises NotPermitted: `by` is no head of service
    :raises StepNotAllowed: it was not refused twice, or the receiver is another council, which nobody here can overrule
    """
    slip = take(key, Permission.HANDOVER_OVERRULE, by=by)
    if ruling not in dict(rules.RULINGS):
        raise InvalidInput(ruling="Choose who has the work from now on.")
    chosen = rules.Ruling(ruling)
    state = step(slip, rules.RULING_STEPS[chosen], by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    if chosen is rules.Ruling.TAKE and slip.to_authority_id != slip.authority_id:
        raise StepNotAllowed("Nobody here can decide for another council. Speak to its head of service.")
    words = rules.said(reason=reason)
    bring(slip, state, by=by, at=at)
    if state.settled:
        stop_clocks(slip, by=by, at=at)
    else:
        clocks.stop(rules.SETTLE, subject=(KIND, slip.key), by=by, at=at)
        give_clocks(slip, to_giver=True, by=by)
    turn(slip, rules.Turn.RULED, by=by, at=at, text=f"{chosen.words}. {words['reason']}")
    tell(slip, rules.Event(state.value))
    trail.record("handovers.overrule", subject=slip, by=by, at=at, ruling=ruling)
    return slip
