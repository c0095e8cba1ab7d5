"""What is done about records that few may open: shutting and opening them, naming who may, saying who never may."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from frontdoor.access.queries import colleagues
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
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.councils.queries import setting
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.people.actions.index import refresh
from frontdoor.people.models import Barred, Membership, NamedAccess, Person, Relationship, Restriction, Review
from frontdoor.people.rules import restricting as rules
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

Key = UUID | str
KIND = "people.restriction"
"""What clocks and the trail call one."""


@transaction.atomic
def restrict(person: Key, *, given: rules.Why, by: Actor, at: datetime) -> Restriction:
    """Shut a record to everybody who is not named, from now on; it is looked at again within ninety days.

    Whoever shuts it is not named by that: who may open it is a question of its own.

    :param person: the key of a record that `by` may open
    :raises NotFound: there is none here for `by`
    :raises NotPermitted: `by` may not restrict
    :raises InvalidInput: with a message by field
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = within(by, Person.objects.select_for_update(of=("self",), no_key=True).filter(key=person)).first()
    if found is None:
        raise NotFound
    rules.check_why(given)
    if given.owner not in {each.id for each in colleagues(by=by, at=at) if each.may(Permission.RESTRICTION_KEEP)}:
        raise InvalidInput(owner="Choose somebody who keeps restricted records here")
    family = _family(found.pk, by=by)
    made = Restriction.objects.create(
        authority_id=found.authority_id, person=found, ground=given.ground, why=given.why.strip(),
        call_whom=given.call_whom.strip(), call_number=given.call_number.strip(), owner=given.owner, set_by=by.user_id,
        set_at=at, review_on=_next_review(by=by, at=at),
    )  # fmt: skip
    refresh(family, by=by)
    _start(made, by=by, at=at)
    trail.record("people.restrict", subject=made, by=by, at=at, ground=given.ground, owner=given.owner)
    return made


def _family(person: int, *, by: Actor) -> set[int]:
    """Those who are found by the name of this person too: none of them is any more once the record is shut."""
    ties = within(by, Relationship.objects.filter(Q(person=person) | Q(other=person)))
    homes = within(by, Membership.objects.filter(person=person)).values_list("household_id", flat=True)
    living = within(by, Membership.objects.filter(household__in=list(homes))).values_list("person_id", flat=True)
    return ({each for pair in ties.values_list("person_id", "other_id") for each in pair} | set(living)) - {person}


def _next_review(*, by: Actor, at: datetime) -> date:
    days = setting(rules.REVIEW_DAYS.name, authority=acting_council(by), on=at).value
    return rules.review_day(london(at).date(), int(days))


def _start(restriction: Restriction, *, by: Actor, at: datetime) -> None:
    """The clock of the next look. Its label names nobody."""
    team = team_for(Function.MASH, by=by, at=at).pk
    clocks.start(rules.REVIEW, subject=(KIND, restriction.key), team_id=team, owner_id=restriction.owner, by=by, at=at)


def _taken(key: Key, *, seen: int | None, by: Actor) -> Restriction:
    """A restriction in force, locked and as it was seen.

    :raises NotFound: absent, another council's, or about a record from which `by` is barred
    :raises NotPermitted: `by` may not restrict
    :raises StepNotAllowed: it has ended
    :raises Conflict: somebody has changed it
    """
    found = within(by, Restriction.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None:
        raise NotFound
    require(by, Permission.RESTRICTION_KEEP, authority=found.authority_id)
    if found.ended_at is not None:
        raise StepNotAllowed("This restriction has ended.", when=found.ended_at)
    if seen is not None:
        unchanged(seen, found.version)
    return found


@transaction.atomic
def end(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Restriction:
    """End a restriction; the record opens if no other stands.

    :raises InvalidInput: no reason is given
    """
    found = _taken(key, seen=seen, by=by)
    found.ended_why = rules.check_reason(why, missing="Write why it ends")
    found.ended_by, found.ended_at, found.version = by.user_id, at, found.version + 1
    found.save(update_fields=["ended_why", "ended_by", "ended_at", "version"])
    refresh({found.person_id, *_family(found.person_id, by=by)}, by=by)
    clocks.stop(rules.REVIEW, subject=(KIND, found.key), ended=Ended.NOT_NEEDED, by=by, at=at)
    trail.record("people.unrestrict", subject=found, by=by, at=at, ground=found.ground)
    return found


@transaction.atomic
def review(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Restriction:
    """Look at whether a record must stay shut, and find that it must, until the next look.

    :raises StepNotAllowed: `by` shut it: another person looks
    :raises InvalidInput: no reason is given
    """
    found = _taken(key, seen=seen, by=by)
    if found.set_by is not None and found.set_by == by.user_id:
        raise StepNotAllowed("You restricted this record yourself. Somebody else looks whether it must stay so.")
    words = rules.check_reason(why, missing="Write why it must stay restricted")
    Review.objects.create(
        authority_id=found.authority_id, restriction=found, kept=True, why=words, by_user=acting_person(by), at=at
    )
    found.review_on, found.version = _next_review(by=by, at=at), found.version + 1
    found.save(update_fields=["review_on", "version"])
    clocks.stop(rules.REVIEW, subject=(KIND, found.key), by=by, at=at)
    _start(found, by=by, at=at)
    trail.record("people.review_restriction", subject=found, by=by, at=at)
    return found


@transaction.atomic
def name_reader(
    key: Key, *, user: int, why: str, since: datetime, until: datetime | None, by: Actor, at: datetime
) -> NamedAccess:
    """Let one person open the record, from and until.

    :raises InvalidInput: they do not work here today, no reason is given, or it ends before it begins
    """
    found = _taken(key, seen=None, by=by)
    rules.check_times(since, until)
    words = rules.check_reason(why, missing="Write why they may open it")
    if user not in {each.id for each in colleagues(by=by, at=at)}:
        raise InvalidInput(user="Choose somebody who works here today")
    made = NamedAccess.objects.create(
        authority_id=found.authority_id, person_id=found.person_id, user_id=user, why=words, since=since, until=until,
        given_by=by.user_id,
    )  # fmt: skip
    trail.record("people.name_reader", subject=found, by=by, at=at, user=user)
    return made


@transaction.atomic
def end_reader(key: Key, *, by: Actor, at: datetime) -> NamedAccess:
    """Take access by name back, from now on.

    :raises NotFound: there is none such, or `by` is barred from the record
    :raises StepNotAllowed: it has ended
    """
    found = within(by, NamedAccess.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None:
        raise NotFound
    require(by, Permission.RESTRICTION_KEEP, authority=found.authority_id)
    if found.ended_at is not None:
        raise StepNotAllowed("This access was ended.", when=found.ended_at)
    found.ended_by, found.ended_at = by.user_id, at
    found.save(update_fields=["ended_by", "ended_at"])
    trail.record("people.end_reader", subject=found, by=by, at=at, user=found.user_id)
    return found


@transaction.atomic
def bar(key: Key, *, user: int, ground: str, why: str, by: Actor, at: datetime) -> Barred:
    """Say that one person may never open the record: their own, a relative's, a colleague's, one that accuses them.

    :raises InvalidInput: no ground or reason, somebody unknown, or oneself
    """
    found = _taken(key, seen=None, by=by)
    rules.check_bar(ground)
    words = rules.check_reason(why, missing="Write why they may never open it")
    if user == by.user_id or user not in {each.id for each in colleagues(by=by, at=at)}:
        raise InvalidInput(user="Choose somebody else who works here today")
    made = Barred.objects.create(
        authority_id=found.authority_id, person_id=found.person_id, user_id=user, ground=ground, why=words,
        set_by=by.user_id, set_at=at, confirmed_by=by.user_id, confirmed_at=at,
    )  # fmt: skip
    trail.record("people.bar", subject=found, by=by, at=at, user=user, ground=ground)
    return made


@transaction.atomic
def unbar(key: Key, *, by: Actor, at: datetime) -> Barred:
    """End a bar that was a mistake. Nobody ends their own.

    :raises NotFound: there is none such, or it is about `by`
    :raises StepNotAllowed: it has ended
    """
    found = within(by, Barred.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None or found.user_id == by.user_id:
        raise NotFound
    require(by, Permission.RESTRICTION_KEEP, authority=found.authority_id)
    if found.ended_at is not None:
        raise StepNotAllowed("This was ended.", when=found.ended_at)
    found.ended_by, found.ended_at = by.user_id, at
    found.save(update_fields=["ended_by", "ended_at"])
    trail.record("people.unbar", subject=found, by=by, at=at, user=found.user_id)
    return found
