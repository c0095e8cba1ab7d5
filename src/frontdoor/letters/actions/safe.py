"""Setting down how somebody may be reached safely, and taking it back."""

from datetime import date, datetime, time
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
    acting_person,
    require,
)
from frontdoor.letters.models import SafeContact
from frontdoor.letters.rules import Subject, Way
from frontdoor.trail import actions as trail


@transaction.atomic
def set_safe_contact(
    subject: Subject,
    *,
    way: str,
    never: bool,
    why: str,
    begins: time | None = None,
    ends: time | None = None,
    code_word: str = "",
    review_on: date | None = None,
    by: Actor,
    at: datetime,
) -> SafeContact:
    """Set down how one person may be reached, or may not. It holds at once, also for what was planned before.

    :param subject: the person's row, which the caller has found to be of the council acted for
    :param review_on: when somebody looks at it again; it holds until they do
    :raises InvalidInput: no reason; half of a span of time; or a rule that forbids nothing and says nothing
    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    problems: dict[str, str] = {}
    if way not in set(Way):
        problems["way"] = "Choose a way of reaching them"
    if not why.strip():
        problems["why"] = "Write why"
    if (begins is None) != (ends is None):
        problems["ends"] = "Give both times, or none"
    if not never and begins is None and not code_word.strip():
        problems["never"] = "Say that it is never safe, between which times it is, or which word proves who rings"
    if problems:
        raise InvalidInput(**problems)
    made = SafeContact.objects.create(
        authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], way=way, never=never,
        begins=None if never else begins, ends=None if never else ends, code_word=code_word.strip(),
        why=why.strip(), review_on=review_on, set_by=acting_person(by), set_at=at,
    )  # fmt: skip
    trail.record("letters.set_safe_contact", subject=subject, by=by, at=at, rule=made.key, way=way, never=never)
    return made


@transaction.atomic
def end_safe_contact(key: UUID | str, *, why: str, by: Actor, at: datetime) -> SafeContact:
    """Take back a rule because it no longer holds; it is kept.

    :raises NotFound: the council has no such rule
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises StepNotAllowed: it was taken back already
    :raises InvalidInput: no reason
    """
    found = _taken(key, by=by)
    if not why.strip():
        raise InvalidInput(why="Write why it no longer holds")
    found.ended_by, found.ended_at, found.ended_why = acting_person(by), at, why.strip()[:300]
    found.save(update_fields=["ended_by", "ended_at", "ended_why"])
    subject = (found.subject_kind, found.subject_key)
    trail.record("letters.end_safe_contact", subject=subject, by=by, at=at, why=found.ended_why, rule=found.key)
    return found


def _taken(key: UUID | str, *, by: Actor) -> SafeContact:
    found = within(by, SafeContact.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    require(by, Permission.SAFE_CONTACT_KEEP, authority=found.authority_id)
    if found.ended_at is not None:
        raise StepNotAllowed("It was taken back already.", when=found.ended_at)
    return found


@transaction.atomic
def keep_safe_contact(
    key: UUID | str, *, seen: date | None, review_on: date | None, why: str, by: Actor, at: datetime
) -> SafeContact:
    """Somebody looked at a rule again, and it holds as it is; they say why, and when it is looked at next.

    :param seen: the day to look again that they saw: of two who look at once one is told
    :raises NotFound: the council has no such rule
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises StepNotAllowed: it was taken back, or somebody has looked at it meanwhile
    :raises InvalidInput: no reason, or no day in the future
    """
    found = _seen(key, seen, by=by)
    _checked(review_on, why, at=at)
    found.review_on = review_on
    found.save(update_fields=["review_on"])
    subject = (found.subject_kind, found.subject_key)
    trail.record(
        "letters.keep_safe_contact", subject=subject, by=by, at=at, why=why.strip()[:300], rule=found.key,
        before=seen, review_on=review_on,
    )  # fmt: skip
    return found


@transaction.atomic
def change_safe_contact(
    key: UUID | str, *, seen: date | None, review_on: date | None, why: str, by: Actor, at: datetime, **rule: Any
) -> SafeContact:
    """Somebody looked at a rule again, and another takes its place; the former is kept.

    :param rule: way, never, begins, ends and code_word of the new one
    :raises NotFound: the council has no such rule
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises StepNotAllowed: it was taken back, or somebody has looked at it meanwhile
    :raises InvalidInput: with a message by field
    """
    found = _seen(key, seen, by=by)
    _checked(review_on, why, at=at)
    subject = (found.subject_kind, found.subject_key)
    made = set_safe_contact(subject, why=why, review_on=review_on, by=by, at=at, **rule)
    end_safe_contact(key, why="Another rule took its place when it was looked at again", by=by, at=at)
    return made


def _seen(key: UUID | str, seen: date | None, *, by: Actor) -> SafeContact:
    found = _taken(key, by=by)
    if found.review_on != seen:
        raise StepNotAllowed("Somebody has looked at this rule meanwhile. Read it again.")
    return found


def _checked(review_on: date | None, why: str, *, at: datetime) -> None:
    problems = {}
    if review_on is None or review_on <= at.date():
        problems["review_on"] = "Enter a day after today on which somebody looks at it again"
    if not why.strip():
        problems["why"] = "Write why"
    if problems:
        raise InvalidInput(**problems)
