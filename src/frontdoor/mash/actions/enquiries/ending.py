"""An enquiry that ends before its decision: stood down, or joined to another; and one that is opened again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.mash.actions.asking.rated import stood_down
from frontdoor.mash.actions.deciding.rows import begin_anew, moved
from frontdoor.mash.actions.enquiries.rows import CHILD, KIND, Key, ask_safety, changed, children, stop_all, taken, turn
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.queries.enquiries import finding, ways
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import endings, ratings
from frontdoor.mash.rules.states import Line, State, Step, after
from frontdoor.trail import actions as trail

P = Permission.MASH_DECIDE


@transaction.atomic
def stand_down(key: Key, *, seen: int, why: str, to: str, by: Actor, at: datetime) -> Enquiry:
    """Stand an enquiry down, since the threshold is clear before the replies; its children go on to whoever acts.

    :param to: a code of `endings.ON`: the team that gets every child, or nobody
    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, or it is not said where the children go
    :raises StepNotAllowed: it is settled, waits for a manager already, or a child of it is decided
    """
    enquiry = taken(key, P, seen=seen, by=by)
    state = after(enquiry.state, Step.STAND_DOWN)
    _none_decided(enquiry, by=by)
    said = endings.check(why, to)
    if to != endings.NOBODY:
        _hand_on(enquiry, to, said, by=by, at=at)
    begin_anew(enquiry, said, by=by, at=at)
    settle(enquiry, state, said, by=by, at=at)
    turn(enquiry, Line.STOOD_DOWN, by=by, at=at, text=f"{dict(endings.ON)[to]}. {said}")
    trail.record("mash.stand_down", subject=enquiry, by=by, at=at, to=to)
    return enquiry


def _none_decided(enquiry: Enquiry, *, by: Actor) -> None:
    """Let an enquiry end undecided only while no child of it is decided.

    :raises StepNotAllowed: a child is decided already
    """
    if words := ways.decided(children(enquiry, by=by), by=by):
        raise StepNotAllowed(words)


def _hand_on(enquiry: Enquiry, to: str, why: str, *, by: Actor, at: datetime) -> None:
    """Send a slip for every child; each stays here until somebody there has accepted it."""
    for child in children(enquiry, by=by):
        page = handover_queries.travelling(child.slip, by=by)[0] if child.slip else None
        handovers.send(
            (CHILD, child.key), to=to, summary=f"After an enquiry that was stood down: {enquiry.reference}", why=why,
            rating=enquiry.rating, received_at=enquiry.received_at, payload=page, from_team_id=enquiry.team_id,
            by=by, at=at,
        )  # fmt: skip


def settle(enquiry: Enquiry, state: State, why: str, *, by: Actor, at: datetime) -> None:
    """Bring an enquiry to its end: what is unanswered is stopped, and every clock. Part of the act that ends it."""
    enquiry.state, enquiry.settled_at, enquiry.settled_by, enquiry.settled_why = state.value, at, by.user_id, why
    if enquiry.night_slip is not None:
        handovers.withdraw_all((KIND, enquiry.key), reason=f"The enquiry has ended: {state.words}", by=by, at=at)
        enquiry.night_slip = None
    columns = ("state", "settled_at", "settled_by", "settled_why", "joined_to", "night_slip")
    changed(enquiry, *columns, by=by, at=at)
    stood_down(enquiry, why, by=by, at=at)
    stop_all(enquiry, by=by, at=at)


@transaction.atomic
def join(key: Key, *, seen: int, into: Key, why: str, by: Actor, at: datetime) -> Enquiry:
    """Join an enquiry to another that is open: its people go on there, and it stays readable.

    :param into: the key of the enquiry that goes on
    :raises NotFound: no such open enquiry here
    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is settled, or rated higher than the other one
    """
    # Both in the order of their keys: two who join the two to each other never wait for one another.
    first, second = sorted((UUID(str(key)), UUID(str(into))), key=str)
    found = {each: taken(each, P, seen=seen if each == UUID(str(key)) else None, by=by) for each in (first, second)}
    enquiry, other = found[UUID(str(key))], found[UUID(str(into))]
    state = after(enquiry.state, Step.JOIN)
    said = endings.said_why(why)
    if enquiry.pk == other.pk or other.settled_at is not None:
        raise InvalidInput(into="Choose another enquiry that is open")
    if enquiry.rating and ratings.urgency(enquiry.rating) < ratings.urgency(other.rating):
        raise StepNotAllowed("This enquiry is rated higher. Rate the other one as high first.")
    _none_decided(enquiry, by=by)
    enquiry.joined_to = other
    begin_anew(enquiry, said, by=by, at=at)
    settle(enquiry, state, said, by=by, at=at)
    _bring(enquiry, other, by=by, at=at)
    other.section47 = other.section47 or enquiry.section47
    moved(other, Step.ADD_CHILD, by=by, at=at)
    changed(other, "section47", "state", "due_at", by=by, at=at)
    turn(enquiry, Line.JOINED, by=by, at=at, text=f"To {other.reference}. {said}")
    turn(other, Line.TOOK_IN, by=by, at=at, text=f"{enquiry.reference}. {said}")
    trail.record("mash.join", subject=enquiry, by=by, at=at, into=other.key)
    return other


def _bring(enquiry: Enquiry, other: Enquiry, *, by: Actor, at: datetime) -> None:
    """Write the people of one enquiry into another; the question whether a child is safe goes on there."""
    there = _people(other, by=by)
    new: dict[int, Subject] = {}
    for person in _people(enquiry, by=by):
        rows = [each for each in there if each.is_child == person.is_child]
        twin = finding.the_same(person.named, rows, by=by) if person.named else None
        if twin is not None and not person.is_child:
            continue
        twin = twin or (new.get(person.same_as_id) if person.same_as_id else None)
        again = twin is not None and twin.named_id == person.named_id
        new[person.pk] = Subject.objects.create(
            authority_id=other.authority_id, enquiry=other, named=None if again else person.named, matter=person.matter,
            slip=person.slip, is_child=person.is_child, position=len(there) + len(new), same_as=twin,
            safe=person.safe, safe_at=person.safe_at,
        )  # fmt: skip
    ask_safety(other, [each for each in new.values() if each.is_child and each.same_as_id is None], by=by, at=at)


def _people(enquiry: Enquiry, *, by: Actor) -> Sequence[Subject]:
    found = Subject.objects.select_related("named", "matter").filter(enquiry=enquiry)
    return list(within(by, found).order_by("position", "id"))


@transaction.atomic
def reopen(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Enquiry:
    """Open an enquiry again: it keeps its first clocks as they ended, is rated anew and gets clocks of its own.

    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is open, was joined to another, or the family has another open one
    """
    enquiry = taken(key, P, seen=seen, by=by)
    enquiry.state = after(enquiry.state, Step.REOPEN).value
    said = endings.said_why(why)
    if (standing := finding.open_of(enquiry.family, by=by)) is not None:
        raise StepNotAllowed(f"This family has an open enquiry: {standing.reference}. Go on there.")
    begin_anew(enquiry, f"The enquiry was opened again: {said}", by=by, at=at)
    enquiry.settled_at = enquiry.settled_by = None
    enquiry.settled_why, enquiry.reopened_at, enquiry.urgency = "", at, ratings.urgency("")
    (clock,) = clocks.start(
        kinds.RATE, subject=(KIND, enquiry.key), team_id=enquiry.team_id, owner_id=enquiry.holder,
        label=enquiry.reference, by=by, at=at,
    )  # fmt: skip
    enquiry.due_at = clock.due_at
    columns = ("state", "settled_at", "settled_by", "settled_why", "reopened_at", "urgency", "due_at")
    changed(enquiry, *columns, by=by, at=at)
    ask_safety(enquiry, children(enquiry, by=by), by=by, at=at)
    turn(enquiry, Line.REOPENED, by=by, at=at, text=said)
    trail.record("mash.reopen", subject=enquiry, by=by, at=at)
    return enquiry
