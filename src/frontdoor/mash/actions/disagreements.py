"""What is done with a disagreement between professionals: raised, answered, taken on, resolved and learnt from.

The decision stands meanwhile. Changing it is an act of its own, where it was made.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Contact, Matter
from frontdoor.councils.queries import setting
from frontdoor.directions import actions as directions
from frontdoor.mash.models import Disagreement, Position, Saying
from frontdoor.mash.queries import disagreements as queries
from frontdoor.mash.rules import disagreements as rules
from frontdoor.mash.rules.disagreements import Raised, State
from frontdoor.trail import actions as trail

Key = UUID | str
KIND = "mash.disagreement"
"""What clocks, directions and the trail call one."""


@transaction.atomic
def disagree(contact: Key, raised: Raised, *, matter: Key | None = None, by: Actor, at: datetime) -> Disagreement:
    """Write down that a professional disagrees. What was decided stands, and is shown as disputed from now on.

    :param matter: the child whose decision it is; None where it is about the whole contact
    :raises InvalidInput: a part is missing
    :raises NotFound: no such contact or child of this council
    :raises NotPermitted: `by` may not take disagreements here
    """
    found = within(by, Contact.objects.filter(key=contact)).first()
    if found is None:
        raise NotFound
    require(by, Permission.DISAGREEMENT_RAISE, authority=found.authority_id)
    rules.check_raised(raised)
    child = _matter(matter, found, by=by)
    decision = queries.decision_for(child, by=by) if child else None
    made = Disagreement(
        authority_id=found.authority_id, contact=found, matter=child, decision=decision.key if decision else None,
        decided_by=decision.made_by if decision else None, about=raised.about, who=raised.who.strip(),
        role=raised.role.strip(), agency=raised.agency.strip(), way=raised.way, position=raised.position.strip(),
        wanted=raised.wanted.strip(), urgent=raised.urgent, raised_at=at, taken_by=acting_person(by),
    )  # fmt: skip
    made.due_at = start_clock(made, by=by, at=at)
    made.save(force_insert=True)
    write_line(made, "raised", raised.position, side=made.agency, by=by, at=at)
    write_line(made, "safety", raised.safety, by=by, at=at)
    trail.record("mash.disagree", subject=made, by=by, at=at, about=raised.about, contact=found.key)
    return made


def _matter(key: Key | None, contact: Contact, *, by: Actor) -> Matter | None:
    if key is None:
        return None
    found = within(by, Matter.objects.filter(key=key, contact=contact)).first()
    if found is None:
        raise NotFound
    return found


def start_clock(row: Disagreement, *, by: Actor, at: datetime) -> datetime:
    """Start the clock of its stage, and say when it is due."""
    (clock,) = clocks.start(
        rules.CLOCKS[row.stage], subject=(KIND, row.key), team_id=row.contact.team_id, owner_id=row.owner,
        label=row.contact.receipt, by=by, at=at,
    )  # fmt: skip
    return clock.due_at


def write_line(
    row: Disagreement, kind: str, text: str = "", *, side: str = "", user: int | None = None,
    told: Position | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Write one line of a disagreement.

    :param user: who said it, where a job writes what somebody wrote elsewhere
    :param told: what an agency wrote at its own desk
    """
    Saying.objects.create(
        authority_id=row.authority_id, disagreement=row, kind=kind, side=side.strip(), text=text.strip(),
        stage=row.stage, by_user=by.user_id if user is None else user, told=told, at=at,
    )  # fmt: skip


def _taken(key: Key, permission: Permission, *, seen: int, by: Actor) -> Disagreement:
    """The disagreement, locked, open and as it was seen.

    :raises NotFound: absent or another council's
    :raises NotPermitted: `by` lacks the permission
    :raises StepNotAllowed: it is resolved
    :raises Conflict: somebody has changed it
    """
    wanted = Disagreement.objects.select_related("contact", "matter").select_for_update(of=("self",), no_key=True)
    row = within(by, wanted.filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    if row.state == State.RESOLVED:
        raise StepNotAllowed("This was resolved.", when=row.resolved_at)
    unchanged(seen, row.version, {"stage": row.get_stage_display()})
    return row


def _save(row: Disagreement, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *columns])


@transaction.atomic
def say(key: Key, *, seen: int, text: str, side: str = "", safety: bool = False, by: Actor, at: datetime) -> None:
    """Write down what one side says, or what now keeps the child safe meanwhile.

    :param side: the agency whose position it is; empty for ours
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing is said
    :raises NotPermitted: `by` may not write here
    :raises StepNotAllowed: it is resolved
    """
    row = _taken(key, Permission.DISAGREEMENT_RAISE, seen=seen, by=by)
    if not text.strip():
        raise InvalidInput(text="Write what they say")
    _save(row)
    write_line(row, "safety" if safety else "said", text, side="" if safety else side, by=by, at=at)
    trail.record("mash.disagreement_say", subject=row, by=by, at=at, safety=safety)


@transaction.atomic
def own(key: Key, *, seen: int, owner: int, counterpart: str, by: Actor, at: datetime) -> None:
    """Say who settles it on our side, and with whom on theirs.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nobody on one side, or the decision is their own
    :raises NotPermitted: `by` does not work on disagreements
    :raises StepNotAllowed: it is resolved
    """
    row = _taken(key, Permission.DISAGREEMENT_KEEP, seen=seen, by=by)
    _give(row, owner, counterpart, by=by, at=at)
    _save(row, "owner", "counterpart")
    clocks.reassign(subject=(KIND, row.key), team_id=row.contact.team_id, owner_id=owner, by=by)
    trail.record("mash.disagreement_own", subject=row, by=by, at=at, owner=owner)


def _give(row: Disagreement, owner: int, counterpart: str, *, by: Actor, at: datetime) -> None:
    """Put both sides' people on it and write that down.

    :raises InvalidInput: nobody on one side, or the decision is their own
    """
    rules.may_settle(owner, stage=row.stage, decided_by=row.decided_by)
    problems = {}
    if owner not in {each.id for each in queries.owners(by=by, at=at)}:
        problems["owner"] = "Choose somebody who works here today"
    if not counterpart.strip():
        problems["counterpart"] = "Write whom of theirs it is settled with"
    if problems:
        raise InvalidInput(**problems)
    row.owner, row.counterpart = owner, counterpart.strip()
    write_line(row, "owned", f"With {row.counterpart}", by=by, at=at)


@transaction.atomic
def take_on(
    key: Key, *, seen: int, stage: int, why: str, owner: int, counterpart: str, by: Actor, at: datetime
) -> None:
    """Take what is not settled to a later stage, with new people on both sides; its clock starts, the last one ends.

    :param why: what is still disputed
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, nobody on one side, or stages left out without immediate risk
    :raises NotPermitted: `by` does not work on disagreements
    :raises StepNotAllowed: it is resolved, or stands at the last stage
    """
    row = _taken(key, Permission.DISAGREEMENT_KEEP, seen=seen, by=by)
    last = setting(rules.LAST.name, authority=row.authority_id, on=at).value
    to = rules.next_stage(row.stage, stage, last=last, urgent=row.urgent)
    if not why.strip():
        raise InvalidInput(why="Write what is still disputed")
    skipped = to > row.stage + 1
    row.stage = to
    _give(row, owner, counterpart, by=by, at=at)
    clocks.stop(subject=(KIND, row.key), ended=Ended.REPLACED, by=by, at=at)
    row.due_at = start_clock(row, by=by, at=at)
    _save(row, "stage", "owner", "counterpart", "due_at")
    write_line(row, "skipped" if skipped else "taken_on", why, by=by, at=at)
    trail.record("mash.disagreement_take_on", subject=row, by=by, at=at, stage=to, skipped=skipped)


@transaction.atomic
def resolve(
    key: Key, *, seen: int, outcome: str, how: str, agreed: bool, learning: str, action: str = "", owner: str = "",
    due_at: datetime | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Resolve a disagreement: what came of it, whether both sides agree, what is learnt, and an action of it.

    :param owner: of the action (`user:12`, `team:3`), where there is one
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing, "changed" is said of what still stands, or the decision is one's own
    :raises NotPermitted: `by` does not work on disagreements
    :raises StepNotAllowed: it is resolved already
    """
    row = _taken(key, Permission.DISAGREEMENT_KEEP, seen=seen, by=by)
    rules.may_settle(acting_person(by), stage=row.stage, decided_by=row.decided_by)
    stands = queries.still_stands(row, by=by)
    rules.check_resolved(outcome=outcome, how=how, learning=learning, agreed=agreed, stands=stands)
    row.state, row.outcome, row.agreed, row.resolved_at = State.RESOLVED.value, outcome, agreed, at
    _save(row, "state", "outcome", "agreed", "resolved_at")
    clocks.stop(subject=(KIND, row.key), by=by, at=at)
    write_line(row, "resolved", f"{dict(rules.OUTCOMES)[outcome]}. {how.strip()}", by=by, at=at)
    write_line(row, "learnt", learning, by=by, at=at)
    if action.strip():
        directions.give(
            subject=(KIND, row.key), owner=owner, what=action, due_at=due_at, label=row.contact.receipt, by=by, at=at
        )
    trail.record("mash.disagreement_resolve", subject=row, by=by, at=at, outcome=outcome, agreed=agreed)
