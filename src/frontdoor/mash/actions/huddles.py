"""What is done in a huddle: begun with who is present, a child taken, somebody came later, ended."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
)
from frontdoor.mash.actions.enquiries.rows import changed, taken, turn
from frontdoor.mash.models import Huddle, Present, Subject, Taken
from frontdoor.mash.queries.asking.desks import desks
from frontdoor.mash.rules import huddles as rules
from frontdoor.mash.rules.states import Line, open_still
from frontdoor.trail import actions as trail

OPEN_ALREADY = "A huddle is open already. End it first."


@transaction.atomic
def begin(who: Mapping[UUID, str], *, by: Actor, at: datetime) -> Huddle:
    """Begin a huddle with whoever is present, by the key of their agency's desk.

    :raises NotPermitted: `by` works on no enquiries
    :raises InvalidInput: nobody is present
    :raises StepNotAllowed: one is open
    """
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    found = rules.check_present(who)
    if open_one := within(by, Huddle.objects.filter(ended_at=None)).first():
        raise StepNotAllowed(OPEN_ALREADY, when=open_one.began_at)
    try:
        with transaction.atomic():
            made = Huddle.objects.create(authority_id=acting_council(by), began_by=acting_person(by), began_at=at)
    except IntegrityError as begun:  # somebody has begun one in this very moment
        raise StepNotAllowed(OPEN_ALREADY) from begun
    _seat(made, found, by=by, at=at)
    trail.record("mash.begin_huddle", subject=made, by=by, at=at, agencies=len(found))
    return made


def _seat(huddle: Huddle, who: Mapping[UUID, str], *, by: Actor, at: datetime) -> None:
    kept = {row.key: row for row in desks(by=by, at=at)}
    if who.keys() - kept.keys():
        raise NotFound
    for key, name in who.items():
        Present.objects.create(
            authority_id=huddle.authority_id, huddle=huddle, desk=kept[key], who=name, by_user=acting_person(by), at=at
        )


def _open(key: UUID, *, by: Actor) -> Huddle:
    require(by, Permission.MASH_WORK, authority=acting_council(by))
    found = within(by, Huddle.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if found is None:
        raise NotFound
    rules.check_open(ended=found.ended_at is not None)
    return found


@transaction.atomic
def come(key: UUID, who: Mapping[UUID, str], *, by: Actor, at: datetime) -> None:
    """Somebody came later.

    :raises NotFound: the council has no such huddle
    :raises InvalidInput: nobody
    :raises StepNotAllowed: it has ended
    """
    row = _open(key, by=by)
    found = rules.check_present(who)
    _seat(row, found, by=by, at=at)
    trail.record("mash.come_to_huddle", subject=row, by=by, at=at, agencies=len(found))


@transaction.atomic
def take(key: UUID, child: UUID, *, line: str, by: Actor, at: datetime) -> Taken:
    """A child was taken: what was decided now stands in the enquiry's history, which counts as worked on.

    :param line: what was decided now; empty where nothing was
    :raises NotFound: the council has no such huddle, or no such child of an enquiry
    :raises StepNotAllowed: the huddle has ended, the enquiry is settled, or the child was taken in it already
    """
    row = _open(key, by=by)
    wanted = Subject.objects.select_related("enquiry").filter(key=child, is_child=True, same_as=None)
    subject = within(by, wanted).first()
    if subject is None:
        raise NotFound
    enquiry = taken(subject.enquiry.key, Permission.MASH_WORK, seen=None, by=by)
    open_still(enquiry.state)
    if first := within(by, Taken.objects.filter(huddle=row, subject=subject)).first():
        raise StepNotAllowed("This child was taken in this huddle already.", when=first.at)
    made = Taken.objects.create(
        authority_id=row.authority_id, huddle=row, subject=subject, safe=subject.safe, line=line.strip()[:500],
        by_user=acting_person(by), at=at,
    )  # fmt: skip
    changed(enquiry, by=by, at=at)
    turn(enquiry, Line.NOTE, by=by, at=at, text=f"Taken in the huddle. {made.line}".strip())
    trail.record("mash.take_in_huddle", subject=row, by=by, at=at, child=child, enquiry=enquiry.key)
    return made


@transaction.atomic
def end(key: UUID, *, by: Actor, at: datetime) -> None:
    """End a huddle: it is kept as it is.

    :raises NotFound: the council has no such huddle
    :raises StepNotAllowed: it has ended
    """
    row = _open(key, by=by)
    row.ended_by, row.ended_at = acting_person(by), at
    row.save(update_fields=["ended_by", "ended_at"])
    trail.record("mash.end_huddle", subject=row, by=by, at=at)
