"""Parting two records again: every row goes back, and what was added since is given to one of the two by a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    require,
    unchanged,
)
from frontdoor.matching.actions.joining import both, changed, say_not_same, suspected, take
from frontdoor.matching.actions.joining_moving import added_since, put_back, touched_later
from frontdoor.matching.actions.joining_telling import tell_who_acted
from frontdoor.matching.models import Division, Join
from frontdoor.matching.queries.joining_tables import columns_of, rows_of
from frontdoor.matching.queries.joining_whole import whole
from frontdoor.matching.rules import joining as rules
from frontdoor.matching.rules.doubles import Step as Suspected
from frontdoor.matching.rules.joining import Between, State, Step
from frontdoor.people.models import Person
from frontdoor.shell.rules import moment
from frontdoor.trail import actions as trail


@transaction.atomic
def undo(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Join:
    """Part two records again. Every row that the join moved goes back; what was added since waits for `divide`.

    Who worked with the joined record meanwhile is told, each with a clock. The two are remembered as not the same.

    :raises NotPermitted: `by` undoes no joins
    :raises Conflict: it was changed since
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it does not stand, or a later join touched the same rows and is undone first
    """
    join = take(key, by=by)
    require(by, Permission.JOIN_APPROVE, authority=join.authority_id)
    who = names({join.undone_by or 0}, by=by).get(join.undone_by or 0, "")
    state = rules.after(join.state, Step.UNDO, who=who, when=join.undone_at)
    unchanged(seen, join.version)
    kept, gone = both(join.kept.key, join.gone.key, by=by)
    join.state, join.undone_by, join.undone_at = state.value, acting_person(by), at
    join.undone_why = rules.reason(why)
    with whole(by) as matcher:
        rules.refuse_between(_between(join, kept, by=matcher), said=moment)
        rows, altered = _parted(join, kept, gone, by=matcher)
    join.choices = {**join.choices, "changed": altered}
    join.version += 1
    if not rows:
        join.state, join.divided_by, join.divided_at = State.DIVIDED.value, by.user_id, at
    join.save()
    say_not_same(kept, gone, ground="undone", why=join.undone_why, by=by, at=at)
    suspected(join, Suspected.REJECT, why=join.undone_why, by=by, at=at)
    told = tell_who_acted(join, by=by, at=at)
    trail.record_each("matching.parted", subjects=[kept, gone], by=by, at=at, why=join.undone_why, join=join.key)
    trail.record("matching.undo_join", subject=join, by=by, at=at, why=join.undone_why, to_divide=rows, told=told)
    return join


def _between(join: Join, kept: Person, *, by: Actor) -> Between | None:
    """The later join that is undone first, if one is."""
    if kept.joined_into_id is not None:
        later = within(by, Join.objects.filter(gone=kept, state=State.MADE)).select_related("kept", "gone").first()
    else:
        later = touched_later(join, by=by)
    return Between(later.kept.label, later.gone.label, later.answered_at) if later else None


def _parted(join: Join, kept: Person, gone: Person, *, by: Actor) -> tuple[int, list[list[str | int]]]:
    """Put every row back and lay out what was added since: how many rows wait, and what was changed since."""
    altered = put_back(join, by=by)
    gone.refresh_from_db(fields=["joined_into"])
    waiting = [
        Division(authority_id=join.authority_id, join=join, table=table, row=row, column=column)
        for table, row, column in added_since(join, by=by)
    ]
    Division.objects.bulk_create(waiting)
    changed(kept, gone, by=by)
    return len(waiting), [[table, row] for table, row in altered]


@transaction.atomic
def divide(key: UUID | str, *, to: UUID | str, by: Actor, at: datetime) -> Join:
    """Give one row that was added while two records were one to one of them; with the last one, all is divided.

    :param key: the division's own
    :param to: key of either record
    :raises NotPermitted: `by` divides no records
    :raises NotFound: absent, another council's, or `to` is neither of the two
    :raises StepNotAllowed: somebody has said it already, or the row would tie somebody to themselves
    """
    found = within(by, Division.objects.filter(key=key)).select_related("join").first()
    if found is None:
        raise NotFound
    join = take(found.join.key, by=by)
    require(by, Permission.JOIN_APPROVE, authority=join.authority_id)
    division = within(by, Division.objects.select_for_update(of=("self",)).filter(pk=found.pk)).get()
    _not_divided(division, by=by)
    kept, gone = both(join.kept.key, join.gone.key, by=by)
    whose = {str(kept.key): kept, str(gone.key): gone}.get(str(to))
    if whose is None:
        raise NotFound
    with whole(by) as matcher:
        _give(division, kept, whose, by=matcher)
        _settle(division, whose, said_by=acting_person(by), by=matcher, at=at)
        changed(kept, gone, by=matcher)
    _finish(join, by=by, at=at)
    trail.record(
        "matching.divide", subject=join, by=by, at=at, table=division.table, to=whose.key, division=division.key
    )
    return join


def _not_divided(division: Division, *, by: Actor) -> None:
    if division.said_at is not None:
        who = names({division.said_by or 0}, by=by).get(division.said_by or 0, "")
        raise StepNotAllowed("This was given to one of the two already.", who=who, when=division.said_at)


def _give(division: Division, kept: Person, whose: Person, *, by: Actor) -> None:
    """Move the row, where it is the other's."""
    rows = rows_of(division.table).filter(pk=division.row, **{division.column: kept.pk})
    row = within(by, rows).first()
    if row is None or whose.pk == kept.pk:
        return
    others = [column for column in columns_of(division.table) if column != division.column]
    if any(getattr(row, column) == whose.pk for column in others):
        raise StepNotAllowed("This row stands between the two already. Give it to the other one.")
    within(by, rows).update(**{division.column: whose.pk})


def _settle(division: Division, whose: Person, *, said_by: int, by: Actor, at: datetime) -> None:
    """Write down whose the row is, also where another join that was undone asks for it and may not have it."""
    same = Q(table=division.table, row=division.row, column=division.column, said_at=None)
    elsewhere = ~Q(join__kept=whose.pk) & ~Q(join__gone=whose.pk)
    asked = within(by, Division.objects.filter(same).filter(Q(pk=division.pk) | elsewhere))
    joins = set(asked.exclude(pk=division.pk).values_list("join_id", flat=True))
    Division.objects.filter(pk__in=list(asked.values_list("pk", flat=True))).update(
        to=whose, said_by=said_by, said_at=at
    )
    for other in within(by, Join.objects.select_for_update(of=("self",)).filter(pk__in=joins)).order_by("pk"):
        _finish(other, said_by=said_by, by=by, at=at)


def _finish(join: Join, *, said_by: int | None = None, by: Actor, at: datetime) -> None:
    """With the last row the join is divided."""
    if within(by, Division.objects.filter(join=join, said_at=None)).exists():
        return
    join.state = rules.after(join.state, Step.DIVIDE).value
    join.divided_by, join.divided_at, join.version = said_by or by.user_id, at, join.version + 1
    join.save(update_fields=["state", "divided_by", "divided_at", "version"])
