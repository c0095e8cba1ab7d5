"""A change of who lives where: asked for and shown, made in one act, undone exactly while nobody built on it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

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
from frontdoor.people.actions.families import founded, taken_household
from frontdoor.people.actions.index import changed, filled, taken
from frontdoor.people.models import Change, Household, Membership, Person
from frontdoor.people.queries.families_moving import livings, name_of_state, parts_written
from frontdoor.people.rules import families as rules
from frontdoor.people.rules.families import Living, State, Step, Wanted
from frontdoor.people.rules.index_rows import Source
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


@transaction.atomic
def ask(wanted: Wanted, *, why: str, seen: int, by: Actor, at: datetime) -> Change:
    """Ask for a change of who lives where; nothing is written of the people yet.

    :param seen: the version of the household that it is about
    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: there is no such household
    :raises Conflict: the household was changed since
    :raises InvalidInput: what is asked cannot be, by field
    """
    homes = _homes(wanted, by=by)
    unchanged(seen, homes[wanted.home].version)
    problems = rules.problems(wanted, livings(homes, by=by))
    if not why.strip():
        problems["why"] = "Write why it is changed, and how you know"
    if wanted.on > london(at).date():
        problems["on"] = "The day cannot lie ahead: record it when it is so"
    if problems:
        raise InvalidInput(**problems)
    seen_of = {key: home.version for key, home in homes.items()}
    change = Change.objects.create(
        authority_id=acting_council(by), kind=wanted.kind, state=State.ASKED, wanted=wanted.plain() | {"seen": seen_of},
        why=why.strip()[:300], asked_by=by.user_id or 0, asked_at=at,
    )  # fmt: skip
    trail.record(
        "people.change_ask", subject=change, by=by, at=at, why=change.why, kind=wanted.kind, household=wanted.home
    )
    return change


@transaction.atomic
def make(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Change:
    """Make a change that was asked for, all of it in one act.

    :raises Conflict: the change was made or dropped since
    :raises StepNotAllowed: it does not wait any more, or who lives there was changed since it was shown
    """
    change = _change(key, Step.MAKE, seen=seen, by=by)
    wanted = rules.wanted(change.wanted)
    homes = _homes(wanted, by=by)
    if change.wanted["seen"] != {home: row.version for home, row in homes.items()}:
        raise StepNotAllowed("Who lives there was changed after this was shown. Drop it, look again and ask anew")
    moves = rules.moves(wanted, livings(homes, by=by))
    people = _people({each.person for each in (*moves.ends, *moves.begins)}, by=by)
    to = homes[wanted.to] if wanted.to else founded(wanted.label, by=by, at=at)
    ended = [_end(each, wanted.on - timedelta(days=1), by=by) for each in moves.ends]
    made = [_begin(each, to, people[each.person], change, by=by, at=at) for each in moves.begins]
    closed = homes[wanted.home] if wanted.kind == "together" and not wanted.stay else None
    if closed is not None:
        closed.ended_at = at
        closed.save(update_fields=["ended_at"])
    change.done = {
        "schema": rules.SCHEMA, "ended": ended, "made": made, "household": "" if wanted.to else str(to.key),
        "closed": str(closed.key) if closed else "",
    }  # fmt: skip
    change.state, change.made_by, change.made_at = State.MADE, by.user_id, at
    _save(change, ["done", "state", "made_by", "made_at"])
    _touched([*homes.values()], people.values(), by=by)
    trail.record("people.change_make", subject=change, by=by, at=at, kind=change.kind,
                 people=[str(person.key) for person in people.values()])  # fmt: skip
    return change


@transaction.atomic
def drop(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Change:
    """Let a change that was asked for be.

    :raises StepNotAllowed: it does not wait any more
    """
    change = _change(key, Step.DROP, seen=seen, by=by)
    change.state = State.DROPPED
    _save(change, ["state"])
    trail.record("people.change_drop", subject=change, by=by, at=at)
    return change


@transaction.atomic
def undo(key: UUID | str, *, why: str, seen: int, by: Actor, at: datetime) -> Change:
    """Undo a change: every row that it ended goes on as before, every row that it began is struck through.

    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was not made; or what it wrote was edited since, which the words name
    """
    change = _change(key, Step.UNDO, seen=seen, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why it is undone")
    rows, added = parts_written(change, lock=True, by=by)
    people = _people({str(row.person.key) for row in rows.values()}, by=by)
    if len(rows) < len(change.done["ended"]) + len(change.done["made"]):
        raise StepNotAllowed("It cannot be undone by you: a record that few may open has a part in it")
    standing = {row_key: _standing(row) for row_key, row in rows.items()}
    later = rules.touched_since(
        change.done, standing, {row_key: row.person.label for row_key, row in rows.items()}, added
    )
    if later:
        raise StepNotAllowed(f"It cannot be undone, since {'; '.join(later)}. Correct who lives where instead")
    for each in change.done["ended"]:
        row = rows[each["key"]]
        row.until = date.fromisoformat(each["before"]) if each["before"] else None
        row.save(update_fields=["until"])
    for each in change.done["made"]:
        row = rows[each["key"]]
        row.struck_by, row.struck_at, row.struck_why = by.user_id, at, f"Undone: {why.strip()}"[:300]
        row.save(update_fields=["struck_by", "struck_at", "struck_why"])
    homes = _ends_again(change, by=by, at=at)
    change.state, change.undone_by, change.undone_at, change.undone_why = (
        State.UNDONE,
        by.user_id,
        at,
        why.strip()[:300],
    )
    _save(change, ["state", "undone_by", "undone_at", "undone_why"])
    _touched(homes, people.values(), by=by)
    trail.record("people.change_undo", subject=change, by=by, at=at, why=change.undone_why, kind=change.kind)
    return change


def _ends_again(change: Change, *, by: Actor, at: datetime) -> list[Household]:
    """The households of a change, locked: one that it made ends, one that it ended goes on."""
    keys = {*change.wanted["seen"], change.done["household"], change.done["closed"]} - {""}
    found = list(within(by, Household.objects.select_for_update(of=("self",)).filter(key__in=keys)).order_by("key"))
    for home in found:
        if str(home.key) == change.done["household"]:
            home.ended_at = at
            home.save(update_fields=["ended_at"])
        elif str(home.key) == change.done["closed"]:
            home.ended_at = None
            home.save(update_fields=["ended_at"])
    return found


def _homes(wanted: Wanted, *, by: Actor) -> dict[str, Household]:
    """The households that a change is about, locked in the order of their keys."""
    return {key: taken_household(key, seen=None, by=by) for key in sorted({wanted.home, wanted.to} - {""})}


def _change(key: UUID | str, step: Step, *, seen: int, by: Actor) -> Change:
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    change = within(by, Change.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if change is None:
        raise NotFound
    if rules.after(change.state, step) is None:
        raise StepNotAllowed(f"This change is {name_of_state(change.state)}", when=change.undone_at or change.made_at)
    unchanged(seen, change.version)
    return change


def _save(change: Change, fields: Sequence[str]) -> None:
    change.version += 1
    change.save(update_fields=[*fields, "version"])


def _people(keys: set[str], *, by: Actor) -> dict[str, Person]:
    return {key: taken(key, by=by) for key in sorted(keys)}


def _touched(homes: Sequence[Household], people: Any, *, by: Actor) -> None:
    for home in homes:
        home.version += 1
        home.save(update_fields=["version"])
    for person in people:
        changed(person, by=by)


def _standing(row: Membership) -> Living | None:
    if row.struck_at is not None:
        return None
    return Living(str(row.person.key), str(row.household.key), row.pattern, row.since, row.until, str(row.key),
                  row.person.label)  # fmt: skip


def _end(living: Living, last: date, *, by: Actor) -> dict[str, Any]:
    row = within(by, Membership.objects.select_for_update(of=("self",)).filter(key=living.key)).get()
    before, row.until = row.until, last
    row.save(update_fields=["until"])
    return {
        "key": living.key, "before": before.isoformat() if before else None,
        "until": last.isoformat(), "pattern": row.pattern,
    }  # fmt: skip


def _begin(
    living: Living, home: Household, whose: Person, change: Change, *, by: Actor, at: datetime
) -> dict[str, Any]:
    row = Membership(household=home, pattern=living.pattern[:120], since=living.since, until=living.until)
    source = Source("worker", "", change.key)
    filled(row, person=whose, source=source, by=by, at=at).save(force_insert=True)
    until = living.until.isoformat() if living.until else None
    return {"key": str(row.key), "until": until, "pattern": row.pattern}
