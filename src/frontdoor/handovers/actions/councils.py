"""Between two councils: the copy arrives, is answered, and the answer travels back; what others answer by telephone."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    StepNotAllowed,
    require,
    unchanged,
)
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock, Ended
from frontdoor.handovers import rules
from frontdoor.handovers.actions import passing
from frontdoor.handovers.actions.answering import send_back
from frontdoor.handovers.actions.slips import COPY, bring, from_giver, step, stop_clocks, take, tell, turn
from frontdoor.handovers.models import Copy, Handover, Notice
from frontdoor.organisations.queries import team_for, teams
from frontdoor.trail import actions as trail

Row = TypeVar("Row", bound=models.Model)


def _one(queryset: models.QuerySet[Row], *, by: Actor) -> Row:
    found = within(by, queryset).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def receive(copy_id: str | UUID, *, by: Actor, at: datetime) -> Copy:
    """Start the receiver's own clock on a copy that has arrived, and tell the room that works with it; once.

    The copy stands in the inbox whatever becomes of this job. Its clock counts from when it was sent.

    :raises NotFound: no such copy for this council
    """
    copy = _one(Copy.objects.select_for_update(of=("self",)).filter(pk=copy_id), by=by)
    require(by, Permission.CONTACT_TAKE, authority=copy.authority_id)
    subject = (COPY, copy.pk)
    if within(by, Clock.objects.filter(subject_kind=COPY, subject_key=str(copy.pk))).exists():
        return copy
    if copy.state == rules.State.SENT:
        clocks.start(
            rules.accept_kind(is_urgent=copy.urgent), subject=subject, label="From another council",
            team_id=team_for(copy.function, by=by, at=at).pk, by=by, at=copy.sent_at,
        )  # fmt: skip
    for job in rules.listeners(copy.subject_kind, rules.Event.ARRIVED):
        later(job, copy=str(copy.pk))
    trail.record("handovers.receive", subject=copy, by=by, at=at, from_council=copy.from_authority_id, leg=copy.leg)
    return copy


def _brought(copy: Copy, *, by: Actor) -> tuple[str, datetime | None]:
    """Who brought a copy where it stands, and when."""
    if copy.state == rules.State.WITHDRAWN:
        return copy.recalled_by, copy.recalled_at
    who = names({copy.answered_by}, by=by) if copy.answered_by is not None else {}
    return "".join(who.values()), copy.answered_at


_ANSWERS = {
    rules.State.ACCEPTED: rules.Step.ACCEPT,
    rules.State.REFUSED: rules.Step.REFUSE,
    rules.State.CORRECTED: rules.Step.CORRECT,
}


def _answer(verdict: str) -> rules.State:
    if verdict not in [state.value for state in _ANSWERS]:
        raise InvalidInput(verdict="Choose an answer.")
    return rules.State(verdict)


@transaction.atomic
def answer_council(
    key: UUID,
    *,
    seen: int,
    verdict: str,
    text: str = "",
    wrong: str = "",
    talk: rules.Conversation | None = None,
    by: Actor,
    at: datetime,
) -> Copy:
    """Answer what another council passed: accepted, refused after a talk with a manager there, or to be put right.

    :param verdict: accepted, refused or corrected
    :param talk: with a manager of the council that gave it, by name
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a reason, a talk or what is wrong is missing
    :raises NotFound: no such copy for this council
    :raises NotPermitted: `by` is not of the receiving team
    :raises StepNotAllowed: red and section 47 work is not refused; or it does not wait for an answer
    """
    copy = _one(Copy.objects.select_for_update(of=("self",)).filter(pk=key), by=by)
    require(by, Permission.HANDOVER_ANSWER, authority=copy.authority_id)
    _of_the_team(copy, by=by, at=at)
    answer = _answer(verdict)
    if answer is rules.State.REFUSED:
        rules.refusal(0, is_urgent=copy.urgent)
    state = rules.after(copy.state, _ANSWERS[answer], brought=lambda: _brought(copy, by=by))
    unchanged(seen, copy.version, {"state": rules.State(copy.state).words})
    words, talk = _said(answer, text, wrong, talk, sent_at=copy.sent_at, at=at)

    copy.state, copy.version, copy.answered_by, copy.answered_at = state.value, copy.version + 1, by.user_id, at
    copy.answer, copy.wrong = words, wrong
    copy.manager, copy.talked_at = (talk.manager, talk.at) if talk else ("", None)
    copy.save(
        update_fields=["state", "version", "answered_by", "answered_at", "answer", "wrong", "manager", "talked_at"]
    )
    clocks.stop(subject=(COPY, copy.pk), by=by, at=at)
    passing.pass_answer(copy, text=words, wrong=wrong, manager=copy.manager, talked_at=copy.talked_at, by=by, at=at)
    trail.record("handovers.answer_council", subject=copy, by=by, at=at, verdict=verdict)
    return copy


def _of_the_team(copy: Copy, *, by: Actor, at: datetime) -> None:
    """Let only the receiving team answer.

    :raises NotFound: the copy is for a restricted inbox of others
    :raises NotPermitted: `by` is of another team
    """
    receiving = {team.pk for team in teams(by=by, at=at, function=copy.function)}
    if not by.is_system and receiving.isdisjoint(rules.teams(by)):
        raise NotFound if copy.function in rules.RESTRICTED else NotPermitted(Permission.HANDOVER_ANSWER)


def _said(
    answer: rules.State,
    text: str,
    wrong: str,
    talk: rules.Conversation | None,
    *,
    sent_at: datetime,
    at: datetime,
) -> tuple[str, rules.Conversation | None]:
    """What goes with an answer, checked: an acceptance needs nothing, a refusal a reason and a talk."""
    if answer is rules.State.ACCEPTED:
        return text.strip(), None
    if answer is rules.State.CORRECTED:
        return rules.wrong_with(wrong, text), None
    words = rules.said(reason=text)
    if talk is None:
        raise InvalidInput(manager=rules.MISSING["manager"])
    rules.check_conversation(talk, sent_at=sent_at, at=at)
    return words["reason"], talk


@transaction.atomic
def close_slip(notice_id: str | UUID, *, by: Actor, at: datetime) -> Handover:
    """Bring the answer of the other council to the giver's slip, as of when it was said; doing it twice does it once.

    An answer that crosses with a withdrawal or a newer sending is kept in the history and changes nothing, unless it
    accepts: whoever has taken a child on has taken it on.

    :raises NotFound: no such notice, or the slip did not go to the council that answers
    """
    notice = _one(Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id), by=by)
    require(by, Permission.HANDOVER_ANSWER, authority=notice.authority_id)
    slip = _one(
        Handover.objects.select_for_update(of=("self",)).filter(
            key=notice.slip, to_authority_id=notice.from_authority_id
        ),
        by=by,
    )
    if notice.taken_at is not None:
        return slip
    try:
        answer = rules.State(notice.kind)
        if answer is not rules.State.ACCEPTED and notice.leg != slip.leg:
            raise StepNotAllowed("It was sent again meanwhile.")
        _apply(slip, answer, notice, by=by)
    except StepNotAllowed:
        turn(slip, rules.Turn.CROSSED, by=by, at=notice.said_at, text=notice.text, by_name=notice.said_by)
    notice.taken_at = at
    notice.save(update_fields=["taken_at"])
    trail.record("handovers.close_slip", subject=slip, by=by, at=at, verdict=notice.kind, said_at=notice.said_at)
    return slip


def _apply(slip: Handover, answer: rules.State, notice: Notice, *, by: Actor) -> None:
    if answer is rules.State.ACCEPTED:
        state = step(slip, rules.Step.ACCEPT, by=by)
        _accepted(slip, state, notice.said_by, notice.text, by=by, at=notice.said_at)
        return
    if answer is rules.State.CORRECTED:
        state = step(slip, rules.Step.CORRECT, by=by)
        send_back(slip, state, by=by, at=notice.said_at, text=notice.text, wrong=notice.wrong, name=notice.said_by)
        return
    state = step(slip, rules.refusal(slip.refusals, is_urgent=slip.urgent), by=by)
    talk = rules.Conversation(notice.manager, notice.talked_at or notice.said_at)
    send_back(slip, state, by=by, at=notice.said_at, text=notice.text, talk=talk, name=notice.said_by)


def _accepted(slip: Handover, state: rules.State, name: str, text: str, *, by: Actor, at: datetime) -> None:
    bring(slip, state, by=by, at=at, name=name)
    stop_clocks(slip, by=by, at=at)
    turn(slip, rules.Turn.ACCEPTED, by=by, at=at, text=text, by_name=name)
    tell(slip, rules.Event.ACCEPTED)


@transaction.atomic
def recall(notice_id: str | UUID, *, by: Actor, at: datetime) -> None:
    """Mark the copies of a slip that the other council has withdrawn; what was accepted stays accepted, and says so.

    :raises NotFound: no such notice
    """
    notice = _one(Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id), by=by)
    require(by, Permission.HANDOVER_ANSWER, authority=notice.authority_id)
    if notice.taken_at is not None:
        return
    copies = Copy.objects.select_for_update(of=("self",)).filter(
        from_authority_id=notice.from_authority_id, slip=notice.slip
    )
    for copy in list(within(by, copies)):
        copy.recalled_at, copy.recalled_by, copy.recalled_why = notice.said_at, notice.said_by, notice.text
        if copy.state != rules.State.ACCEPTED:
            copy.state = rules.State.WITHDRAWN.value
        copy.version += 1
        copy.save(update_fields=["recalled_at", "recalled_by", "recalled_why", "state", "version"])
        clocks.stop(subject=(COPY, copy.pk), by=by, at=notice.said_at, ended=Ended.NOT_NEEDED)
    notice.taken_at = at
    notice.save(update_fields=["taken_at"])
    trail.record("handovers.recall", subject=notice, by=by, at=at, slip=notice.slip)


@transaction.atomic
def answer_outside(
    key: UUID,
    *,
    seen: int,
    verdict: str,
    who: str,
    text: str,
    wrong: str = "",
    talk: rules.Conversation | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """Write down what a council that does not work here has answered: who said it, and how it was confirmed.

    The council where the child is found acts until the other has accepted in writing (domain 2.3).

    :param who: the person who answered there, with the post
    :param text: how an acceptance was confirmed in writing; why it was refused or what is wrong
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: something is missing
    :raises StepNotAllowed: the receiver works here and answers for itself; or it does not wait for an answer
    """
    slip = take(key, Permission.HANDOVER_SEND, by=by)
    from_giver(slip, by=by)
    if not slip.to_outside:
        raise StepNotAllowed("Whoever this went to answers for themselves.")
    answer = _answer(verdict)
    taken = _ANSWERS[answer]
    if answer is rules.State.REFUSED:
        taken = rules.refusal(slip.refusals, is_urgent=slip.urgent)
    state = step(slip, taken, by=by)
    unchanged(seen, slip.version, {"state": rules.State(slip.state).words})
    name = rules.said(who=who, reason=text)["who"]
    words, talk = _said(answer, text, wrong, talk, sent_at=slip.sent_at, at=at)
    if answer is rules.State.ACCEPTED:
        _accepted(slip, state, name, words, by=by, at=at)
    else:
        send_back(slip, state, by=by, at=at, text=words, wrong=wrong, talk=talk, name=name)
    trail.record("handovers.answer_outside", subject=slip, by=by, at=at, verdict=verdict)
    return slip
