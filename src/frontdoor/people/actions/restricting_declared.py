"""What our own people declare of themselves and their relatives, so that these records stay shut to them."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.background.actions import later
from frontdoor.people.models import Barred, Birth, Declared, Name
from frontdoor.people.rules.index import DECLARED
from frontdoor.people.rules.names import fold
from frontdoor.trail import actions as trail


@transaction.atomic
def declare(*, ground: str, given_name: str, family_name: str, born_on: date, by: Actor, at: datetime) -> Declared:
    """Say that somebody of this name and day of birth is oneself or a relative. It can be added to, never taken back.

    Whether there is a record is not said: that would be the first thing that must not be told.

    :raises InvalidInput: with a message by field
    """
    authority, user = acting_council(by), acting_person(by)
    problems = {} if ground in dict(DECLARED) else {"ground": "Say whether it is you or a relative"}
    for name, value in (("given_name", given_name), ("family_name", family_name)):
        if not fold(value):
            problems[name] = "Enter the first name" if name == "given_name" else "Enter the last name"
    if problems:
        raise InvalidInput(**problems)
    made = Declared.objects.create(
        authority_id=authority, user_id=user, ground=ground, given_name=given_name.strip(),
        family_name=family_name.strip(), born_on=born_on, made_at=at,
    )  # fmt: skip
    later("people.match_declared")
    trail.record("people.declare", subject=made, by=by, at=at, ground=ground)
    return made


@transaction.atomic
def match_declared(*, by: Actor, at: datetime) -> int:
    """Shut to our own people what they declared: every record of that name, in any of its names, and day of birth.

    Done at once after a declaration and every hour after, since people are written down later too. What a person said
    is not the one is never shut again.

    :returns: how many records were found anew
    :raises NotPermitted: only the matcher compares
    """
    authority = acting_council(by)
    require(by, Permission.MATCH_EXPLAIN, authority=authority)
    open_ = within(by, Declared.objects.filter(ended_at=None)).order_by("id")
    made: list[Barred] = []
    led: set[str] = set()
    for each in open_:
        known = within(by, Barred.objects.filter(declared=each)).values_list("person_id", flat=True)
        made += [
            Barred(
                authority_id=authority, person_id=person, user_id=each.user_id, ground=each.ground, declared=each,
                set_at=at,
            )
            for person in sorted(_meant(each, by=by) - set(known))
        ]  # fmt: skip
        led |= {str(each.key) for bar in made if bar.declared_id == each.pk}
    Barred.objects.bulk_create(made)
    within(by, Declared.objects.filter(ended_at=None)).update(looked_at=at)
    if made:
        trail.record("people.match_declared", by=by, at=at, declared=sorted(led))
    return len(made)


def _meant(declared: Declared, *, by: Actor) -> set[int]:
    named = Name.objects.filter(
        fold_family=fold(declared.family_name), fold_given=fold(declared.given_name), struck_at=None
    )
    people = within(by, named).values_list("person_id", flat=True)
    born = Birth.objects.filter(person_id__in=list(people), day=declared.born_on, struck_at=None)
    return set(within(by, born).values_list("person_id", flat=True))


@transaction.atomic
def answer_declared(key: UUID | str, *, seen: int, right: Collection[str], by: Actor, at: datetime) -> Declared:
    """Say which of the records that were found is truly the one; the others open to the colleague again.

    :param right: the keys of the bars that are right; empty where none is
    :raises NotFound: there is none such, or it is one's own
    :raises NotPermitted: `by` does not answer these
    """
    found = within(by, Declared.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None or found.user_id == by.user_id:
        raise NotFound
    require(by, Permission.MATCH_EXPLAIN, authority=found.authority_id)
    unchanged(seen, found.version)
    bars = list(within(by, Barred.objects.filter(declared=found, ended_at=None)).order_by("id"))
    for bar in bars:
        if str(bar.key) in right:
            bar.confirmed_by, bar.confirmed_at = by.user_id, at
        else:
            bar.ended_by, bar.ended_at = by.user_id, at
    Barred.objects.bulk_update(bars, ["confirmed_by", "confirmed_at", "ended_by", "ended_at"])
    found.answered_by, found.answered_at, found.version = by.user_id, at, found.version + 1
    found.save(update_fields=["answered_by", "answered_at", "version"])
    trail.record("people.answer_declared", subject=found, by=by, at=at, right=len(right), bars=len(bars))
    return found
