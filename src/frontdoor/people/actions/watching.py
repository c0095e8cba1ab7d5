"""Asking our own people about records that they opened with nothing in hand, hearing them, saying what was found."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.councils.queries import settings
from frontdoor.people.models import Watched
from frontdoor.people.queries.watching import openings
from frontdoor.people.rules import watching as rules
from frontdoor.people.rules.watching import Found, State, Step
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

Key = UUID | str


@transaction.atomic
def watch(*, by: Actor, at: datetime) -> int:
    """Look through what was opened yesterday and today; whoever is asked has a clock and a notice. How many were new.

    Done again it asks nobody twice: what was found since is added to a question that nobody has answered.

    :raises NotPermitted: `by` is not the matcher
    """
    council, today = acting_council(by), london(at).date()
    values = {name: each.value for name, each in settings(rules.NAMES, authority=council, on=at).items()}
    seen = openings(since=at - rules.MONTH - timedelta(days=1), by=by)
    days = (today - timedelta(days=1), today)
    found = [each for day in days for each in rules.found(seen, values, day=day)]
    locked = Watched.objects.select_for_update(of=("self",)).filter(
        user_id__in={each.user for each in found}, day__in=days
    )
    asked = {(row.user_id, row.day): row for row in within(by, locked.order_by("id"))} if found else {}
    new = [each for each in found if _asked(each, asked.get((each.user, each.day)), by=by, at=at)]
    if new:
        trail.record("people.watch", by=by, at=at, found=len(new))
    return len(new)


def _asked(found: Found, row: Watched | None, *, by: Actor, at: datetime) -> bool:
    """Whether this is a question that was not there; one that waits grows with what came since.

    :param row: the question of that person and day, locked, where there is one
    """
    if row is not None:
        if row.state == State.NEW and row.said_at is None and row.people != list(found.people):
            row.reasons, row.people, row.version = list(found.reasons), list(found.people), row.version + 1
            row.save(update_fields=["reasons", "people", "version"])
        return False
    made = Watched(
        authority_id=acting_council(by), user_id=found.user, day=found.day, reasons=list(found.reasons),
        people=list(found.people), state=State.NEW, found_at=at, until=at,
    )  # fmt: skip
    begun = clocks.start(rules.SAY, subject=(rules.KIND, made.key), owner_id=found.user, by=by, at=at)
    made.until = begun[0].due_at
    made.save(force_insert=True)
    clocks.announce(begun, by=by, at=at)
    return True


@transaction.atomic
def say(key: Key, *, words: str, seen: int, by: Actor, at: datetime) -> Watched:
    """Say oneself why one opened these records; what is said is kept as it was said.

    :raises NotFound: there is none about oneself
    :raises StepNotAllowed: one has said it, or somebody has answered
    :raises InvalidInput: nothing is said
    """
    acting_council(by)
    locked = Watched.objects.select_for_update(of=("self",)).filter(key=key, user_id=acting_person(by))
    row = within(by, locked).first()
    if row is None:
        raise NotFound
    if row.said_at is not None or row.answered_at is not None:
        raise StepNotAllowed("This was answered", when=row.said_at or row.answered_at)
    unchanged(seen, row.version)
    row.words, row.said_at, row.version = rules.said(words), at, row.version + 1
    row.save(update_fields=["words", "said_at", "version"])
    clocks.stop(rules.SAY, subject=(rules.KIND, row.key), by=by, at=at)
    trail.record("people.say_why", subject=row, by=by, at=at, why=row.words)
    return row


@transaction.atomic
def answer(key: Key, *, step: str, words: str = "", seen: int, by: Actor, at: datetime) -> Watched:
    """Look into it, or say what was found: explained, also where it was a false alarm, or upheld. Both are kept.

    :raises NotPermitted: `by` does not watch over access
    :raises NotFound: there is none
    :raises StepNotAllowed: it was answered, it is one's own, or whoever it is about was not heard yet
    :raises InvalidInput: an answer without words
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    row = within(by, Watched.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if row is None:
        raise NotFound
    end, found = rules.check(
        row.state, Step(step), words, whose=row.user_id, by=by.user_id, said_at=row.said_at, until=row.until, at=at
    )
    unchanged(seen, row.version)
    row.state, row.version = end, row.version + 1
    if end is State.LOOKED:
        row.looked_by, row.looked_at = acting_person(by), at
    else:
        row.answered_by, row.answered_at, row.finding = acting_person(by), at, found
        clocks.stop(rules.SAY, subject=(rules.KIND, row.key), by=by, at=at)
    row.save()
    trail.record("people.answer_watched", subject=row, by=by, at=at, why=found, step=step)
    return row
