"""Giving a direction, doing it with evidence, and everything that lets it drift: each with its reason."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock, Ended
from frontdoor.directions import rules
from frontdoor.directions.models import Direction, Turn
from frontdoor.directions.rules import Assignee, State, Step
from frontdoor.organisations.queries import teams
from frontdoor.trail import actions as trail

KIND = "directions.direction"
"""What clocks and the trail call a direction."""

About = models.Model | tuple[str, object]
"""What a direction came from, or whom it is for: a row of a higher room, or its kind and key as plain values."""

_ASIDE = (rules.Turn.ASKED,)


@transaction.atomic
def give(
    *,
    subject: About,
    owner: Assignee | str,
    what: str,
    due_at: datetime | None = None,
    child: About | None = None,
    label: str = "",
    by: Actor,
    at: datetime,
) -> Direction:
    """Direct that something is done by somebody until a time. It comes back to whoever gave it on its day.

    :param owner: a person or team here (`user:12`, `team:3`, or the name), else a partner agency without an account
    :param due_at: where nobody names a time, the council's own limit holds
    :param child: whom it is for, where it is for a child
    :param label: how a board names the matter, a receipt number; never anybody's name
    :raises InvalidInput: nothing to do, nobody who does it, or a time that has passed
    :raises NotFound: the subject or the child is another council's
    :raises NotPermitted: `by` may not give directions here
    """
    require(by, Permission.DIRECTION_GIVE, authority=acting_council(by))
    return start(subject=subject, owner=owner, what=what, due_at=due_at, child=child, label=label, by=by, at=at)


@transaction.atomic
def start(
    *,
    subject: About,
    owner: Assignee | str,
    what: str,
    due_at: datetime | None = None,
    child: About | None = None,
    label: str = "",
    by: Actor,
    at: datetime,
) -> Direction:
    """The same as part of an act that starts it, which asks for its own permission: an answer that asks for action.

    :raises InvalidInput: nothing to do, nobody who does it, or a time that has passed
    :raises NotFound: the subject or the child is another council's
    """
    authority = acting_council(by)
    words = rules.said(what=what)
    whose = _owner(owner, by=by, at=at)
    if due_at is not None:
        rules.check_due(due_at, at=at)
    subject_kind, subject_key = _plain(subject, by=by)
    child_kind, child_key = _plain(child, by=by) if child is not None else ("", None)
    direction = Direction(
        authority_id=authority, subject_kind=subject_kind, subject_key=subject_key, child_kind=child_kind,
        child_key=child_key, owner_user=whose.user, owner_team=whose.team, owner_agency=whose.agency,
        given_by=by.user_id, given_at=at, **words,
    )  # fmt: skip
    clock = _start_clock(direction, due_at, label=label, by=by, at=at)
    direction.due_at = direction.first_due_at = clock.due_at
    direction.save(force_insert=True)
    _turn(direction, rules.Turn.GIVEN, by=by, at=at, due_at=direction.due_at)
    trail.record(
        "directions.give", subject=direction, by=by, at=at, about=f"{subject_kind} {subject_key}",
        due_at=direction.due_at, user=whose.user, team=whose.team,
    )  # fmt: skip
    return direction


def _plain(about: About, *, by: Actor) -> tuple[str, UUID]:
    """Kind and key of a row.

    :raises NotFound: it is another council's
    """
    if isinstance(about, models.Model):
        if about.authority_id != by.authority:  # type: ignore[attr-defined]  # every case row has one
            raise NotFound
        return about._meta.label_lower, UUID(str(about.key))  # type: ignore[attr-defined]  # likewise
    return about[0], UUID(str(about[1]))


def _owner(owner: Assignee | str, *, by: Actor, at: datetime) -> Assignee:
    """Whose it is: somebody or a team here, found by number or by name; any other name is a partner agency.

    :raises InvalidInput: empty, or a number of nobody here
    """
    people = {person.id: person.name for person in colleagues(by=by, at=at)}
    known = {team.pk: team.name for team in teams(by=by, at=at)}
    found = owner if isinstance(owner, Assignee) else rules.assignee(owner)
    if found is None:
        return _named(rules.said(owner=str(owner))["owner"], people, known)
    if found.agency or found.user in people or found.team in known:
        return found
    raise InvalidInput(owner="Choose somebody who works here today, or name the agency.")


def _named(name: str, people: dict[int, str], known: dict[int, str]) -> Assignee:
    same = name.casefold()
    users = [number for number, called in people.items() if called.casefold() == same]
    if len(users) == 1:
        return Assignee(user=users[0])
    team = next((number for number, called in known.items() if called.casefold() == same), None)
    return Assignee(team=team) if team is not None else Assignee(agency=name[:200])


def _start_clock(direction: Direction, due_at: datetime | None, *, label: str, by: Actor, at: datetime) -> Clock:
    subject, team, owner = (KIND, direction.key), direction.owner_team, direction.owner_user
    if due_at is None:
        return clocks.start(rules.DONE_BY, subject=subject, team_id=team, owner_id=owner, label=label, by=by, at=at)[0]
    return clocks.start_until(
        rules.DONE_BY, due_at=due_at, subject=subject, team_id=team, owner_id=owner, label=label, by=by, at=at
    )


def _take(key: UUID | str, *, by: Actor) -> Direction:
    """The direction, locked.

    :raises NotFound: absent or another council's
    """
    found = within(by, Direction.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def _step(direction: Direction, taken: Step, *, by: Actor) -> State:
    def brought() -> tuple[str, datetime | None]:
        last = within(by, direction.turns.exclude(kind__in=_ASIDE)).order_by("-at", "-id").first()
        return (last.by_name, last.at) if last else ("", None)

    return rules.after(direction.state, taken, brought=brought)


def _turn(direction: Direction, kind: rules.Turn, *, by: Actor, at: datetime, **said: Any) -> None:
    name = ", ".join(part for part in (by.label, by.post) if part)
    Turn.objects.create(
        authority_id=direction.authority_id, direction=direction, kind=kind.value, by_user=by.user_id, by_name=name,
        at=at, **said,
    )  # fmt: skip


@transaction.atomic
def do(key: UUID | str, *, seen: int, evidence: str, by: Actor, at: datetime) -> Direction:
    """Write down that it is done, and how we know. It goes back to the giver, who looks at the evidence.

    :param evidence: what was done and how that is known
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no evidence
    :raises NotPermitted: it is neither theirs nor their team's, and `by` is no manager
    :raises StepNotAllowed: it is done or withdrawn already
    """
    direction = _take(key, by=by)
    require(by, Permission.DIRECTION_DO, authority=direction.authority_id)
    if not rules.does(by, direction.owner, direction.given_by):
        raise NotPermitted(Permission.DIRECTION_DO)
    state = _step(direction, Step.DO, by=by)
    unchanged(seen, direction.version, {"due": direction.due_at})
    words = rules.said(evidence=evidence)
    by_the_giver = by.user_id is not None and by.user_id == direction.given_by
    direction.state = (State.CHECKED if by_the_giver else state).value
    direction.done_by, direction.done_at, direction.evidence = by.user_id, at, words["evidence"]
    direction.settled_at = at if by_the_giver else None
    direction.version += 1
    direction.save(update_fields=["state", "done_by", "done_at", "evidence", "settled_at", "version"])
    clocks.stop(subject=(KIND, direction.key), by=by, at=at)
    _turn(direction, rules.Turn.DONE, by=by, at=at, text=words["evidence"])
    trail.record("directions.do", subject=direction, by=by, at=at)
    return direction


@transaction.atomic
def move(key: UUID | str, *, seen: int, due_at: datetime, reason: str, by: Actor, at: datetime) -> Direction:
    """Name another time. The one that was missed stays missed, and each move is counted.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, or a time that has passed
    :raises NotPermitted: `by` gives no directions here: an owner does not move their own time
    :raises StepNotAllowed: it is done or withdrawn
    """
    direction = _take(key, by=by)
    require(by, Permission.DIRECTION_GIVE, authority=direction.authority_id)
    _step(direction, Step.MOVE, by=by)
    unchanged(seen, direction.version, {"due": direction.due_at})
    words = rules.said(reason=reason)
    rules.check_due(due_at, at=at)
    direction.moved += 1
    _set_due(direction, due_at, by=by, at=at)
    direction.save(update_fields=["due_at", "moved", "version"])
    _turn(direction, rules.Turn.MOVED, by=by, at=at, text=words["reason"], due_at=due_at)
    trail.record("directions.move", subject=direction, by=by, at=at, due_at=due_at, moved=direction.moved)
    return direction


def _set_due(direction: Direction, due_at: datetime, *, by: Actor, at: datetime) -> None:
    """Stop the clock that runs, late if it is late, and start one for the new time."""
    clocks.stop(subject=(KIND, direction.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    _start_clock(direction, due_at, label="", by=by, at=at)
    direction.due_at, direction.version = due_at, direction.version + 1


@transaction.atomic
def ask(key: UUID | str, *, note: str = "", by: Actor, at: datetime) -> Direction:
    """Ask whether it is done: the giver does, a manager, and the clock when the time has passed. It is counted.

    :param note: what came of it; the clock has none
    :raises InvalidInput: a person asked and does not say what came of it
    :raises NotPermitted: `by` gives no directions here
    :raises StepNotAllowed: it is done or withdrawn
    """
    direction = _take(key, by=by)
    require(by, Permission.CLOCK_KEEP if by.is_system else Permission.DIRECTION_GIVE, authority=direction.authority_id)
    _step(direction, Step.ASK, by=by)
    text = "" if by.is_system else rules.said(note=note)["note"]
    direction.asked += 1
    direction.save(update_fields=["asked"])
    _turn(direction, rules.Turn.ASKED, by=by, at=at, text=text)
    trail.record("directions.ask", subject=direction, by=by, at=at, asked=direction.asked)
    return direction


@transaction.atomic
def withdraw(key: UUID | str, *, seen: int, reason: str, by: Actor, at: datetime) -> Direction:
    """Take a direction back; it is kept with the reason.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises NotPermitted: `by` gives no directions here
    :raises StepNotAllowed: the giver has seen that it is done, or it is withdrawn
    """
    direction = _take(key, by=by)
    require(by, Permission.DIRECTION_GIVE, authority=direction.authority_id)
    state = _step(direction, Step.WITHDRAW, by=by)
    unchanged(seen, direction.version, {"due": direction.due_at})
    words = rules.said(reason=reason)
    _settle(direction, state, by=by, at=at)
    clocks.stop(subject=(KIND, direction.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    _turn(direction, rules.Turn.WITHDRAWN, by=by, at=at, text=words["reason"])
    trail.record("directions.withdraw", subject=direction, by=by, at=at)
    return direction


def _settle(direction: Direction, state: State, *, by: Actor, at: datetime) -> None:
    direction.state, direction.settled_at, direction.version = state.value, at, direction.version + 1
    direction.save(update_fields=["state", "settled_at", "version"])


@transaction.atomic
def check(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Direction:
    """The giver, or a manager in their place, has looked at the evidence: it is done.

    :raises Conflict: it has changed since `by` saw it
    :raises NotPermitted: `by` gives no directions here
    :raises StepNotAllowed: nobody says that it is done
    """
    direction = _take(key, by=by)
    require(by, Permission.DIRECTION_GIVE, authority=direction.authority_id)
    state = _step(direction, Step.CHECK, by=by)
    unchanged(seen, direction.version, {"evidence": direction.evidence})
    _settle(direction, state, by=by, at=at)
    _turn(direction, rules.Turn.CHECKED, by=by, at=at)
    trail.record("directions.check", subject=direction, by=by, at=at)
    return direction


@transaction.atomic
def reopen(key: UUID | str, *, seen: int, due_at: datetime, reason: str, by: Actor, at: datetime) -> Direction:
    """The evidence does not show that it was done: it goes back to its owner, with a new time. It is counted.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, or a time that has passed
    :raises NotPermitted: `by` gives no directions here
    :raises StepNotAllowed: nobody says that it is done
    """
    direction = _take(key, by=by)
    require(by, Permission.DIRECTION_GIVE, authority=direction.authority_id)
    state = _step(direction, Step.REOPEN, by=by)
    unchanged(seen, direction.version, {"evidence": direction.evidence})
    words = rules.said(reason=reason)
    rules.check_due(due_at, at=at)
    direction.state, direction.reopened = state.value, direction.reopened + 1
    _set_due(direction, due_at, by=by, at=at)
    direction.save(update_fields=["state", "due_at", "reopened", "version"])
    _turn(direction, rules.Turn.REOPENED, by=by, at=at, text=words["reason"], due_at=due_at)
    trail.record("directions.reopen", subject=direction, by=by, at=at, due_at=due_at)
    return direction


def on_clock(notice: clocks.Notice, by: Actor, at: datetime) -> None:
    """Hear of every clock; when the time of a direction has passed, the clock itself asks whether it is done."""
    if notice.subject[0] == KIND and notice.event == "breach":
        still_open = Direction.objects.filter(key=str(notice.subject[1]), state=State.OPEN.value)
        if within(by, still_open).exists():
            ask(str(notice.subject[1]), by=by, at=at)
