"""Keeping two records apart: said by one person; a secret pair ends only when that person asks and another agrees."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
)
from frontdoor.matching.actions.joining import both
from frontdoor.matching.models import NotSame, Suspicion
from frontdoor.matching.queries.joining_standing import of_pair
from frontdoor.matching.queries.joining_whole import whole
from frontdoor.matching.rules import apart as rules
from frontdoor.matching.rules import doubles
from frontdoor.people.models import Person
from frontdoor.trail import actions as trail

Key = UUID | str
UNASKED = "Nobody else has asked that these two be offered again. Whoever keeps them apart asks first."


@transaction.atomic
def keep_apart(one: Key, other: Key, *, ground: str, why: str, by: Actor, at: datetime) -> NotSame:
    """Say that two records are never to be offered as one; under some grounds nobody else ever sees that it was said.

    The entry in the trail names neither record, nor why: who reads the trail does not learn of the pair.

    :raises NotPermitted: `by` keeps no records apart
    :raises NotFound: one is another council's, or `by` may not open it
    :raises InvalidInput: no ground or no reason, or it is one record
    :raises StepNotAllowed: one was joined into another record
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    words = rules.check(ground, why)
    if str(one) == str(other):
        raise InvalidInput(other="That is the same record. Name the other one")
    first, second = sorted(both(one, other, by=by), key=lambda person: person.pk)
    if first.joined_into_id is not None or second.joined_into_id is not None:
        raise StepNotAllowed("One of these records was joined into another. Open that one.")
    made = _said(first, second, ground=ground, by=by) or NotSame.objects.create(
        authority_id=acting_council(by), first=first, second=second, ground=ground, hidden=ground in rules.SECRET,
        why=words, said_by=acting_person(by), said_at=at,
    )  # fmt: skip
    _not_suspected(first, second, by=by, at=at)
    trail.record("matching.keep_apart", subject=made, by=by, at=at)
    return made


def _said(first: Person, second: Person, *, ground: str, by: Actor) -> NotSame | None:
    """What `by` sees of the same being said before: saying it twice makes one."""
    pair = of_pair(first, second, "first_id", "second_id")
    return within(by, NotSame.objects.filter(pair, ground=ground, ended_at=None)).order_by("pk").first()


def _not_suspected(first: Person, second: Person, *, by: Actor, at: datetime) -> None:
    """A double that a search had found is answered, in the words of any other that was looked at."""
    allowed, state = doubles.STEPS[doubles.Step.REJECT]
    pair = of_pair(first, second, "person_id", "other_id")
    waiting = within(by, Suspicion.objects.filter(pair, state__in=[each.value for each in allowed]))
    waiting.update(state=state.value, why="Looked at", answered_by=by.user_id, answered_at=at, version=F("version") + 1)


def _taken(key: Key, *, by: Actor) -> NotSame:
    """A pair, locked.

    :raises NotFound: absent, another council's, or a secret one of somebody else
    :raises NotPermitted: `by` keeps no records apart
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    found = within(by, NotSame.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def end(key: Key, *, why: str, by: Actor, at: datetime) -> NotSame:
    """End what keeps two records apart; of a secret pair ask for it, for another person has to say so too.

    :raises NotFound: absent, another council's, or a secret one of somebody else
    :raises NotPermitted: `by` keeps no records apart
    :raises StepNotAllowed: it has ended, or was asked for
    :raises InvalidInput: no reason
    """
    found = _taken(key, by=by)
    rules.check_stands(ended=found.ended_at is not None, asked=found.asked_at is not None)
    words = rules.check_why(why)
    if found.hidden:
        found.asked_at, found.asked_why = at, words
        found.save(update_fields=["asked_at", "asked_why"])
        trail.record("matching.ask_end_apart", subject=found, by=by, at=at)
        return found
    found.ended_by, found.ended_at, found.ended_why = by.user_id, at, words
    found.save(update_fields=["ended_by", "ended_at", "ended_why"])
    trail.record("matching.end_apart", subject=found, by=by, at=at)
    return found


@transaction.atomic
def agree_to_end(one: Key, other: Key, *, why: str, by: Actor, at: datetime) -> NotSame:
    """Agree that a secret pair may be offered as one again: by naming both records, which only who was told can.

    Whether there is such a pair is not told: where none waits the answer is the same as where there is none at all.

    :raises NotPermitted: `by` keeps no records apart
    :raises NotFound: one is another council's, or `by` may not open it
    :raises InvalidInput: no reason, or nobody else has asked for these two
    """
    require(by, Permission.APART_KEEP, authority=acting_council(by))
    words = rules.check_why(why)
    if str(one) == str(other):
        raise InvalidInput(other="That is the same record. Name the other one")
    pair = of_pair(*both(one, other, by=by), "first_id", "second_id")
    waiting = NotSame.objects.select_for_update(of=("self",)).filter(pair, hidden=True, ended_at=None)
    with whole(by) as matcher:
        asked = waiting.exclude(asked_at=None).exclude(said_by=acting_person(by))
        found = within(matcher, asked).order_by("pk").first()
        if found is None:
            raise InvalidInput(other=UNASKED)
        found.ended_by, found.ended_at, found.ended_why = by.user_id, at, words
        found.save(update_fields=["ended_by", "ended_at", "ended_why"])
    trail.record("matching.agree_end_apart", subject=found, by=by, at=at)
    return found
