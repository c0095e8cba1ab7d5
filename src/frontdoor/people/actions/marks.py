"""Marking what is significant in somebody's chronology, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.people.models import Mark, Person
from frontdoor.trail import actions as trail


@transaction.atomic
def mark(person: UUID | str, event: tuple[str, UUID], *, words: str, by: Actor, at: datetime) -> Mark:
    """Mark what happened as significant for a person, with why: one's own earlier mark on it is replaced, and kept.

    :param event: kind and key of what happened, as plain values of a room above
    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the council acted for knows nobody of that key
    :raises InvalidInput: no words
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    found = within(by, Person.objects.select_for_update(of=("self",)).filter(key=person, joined_into=None)).first()
    if found is None:
        raise NotFound
    if not words.strip():
        raise InvalidInput(words="Write why this is significant")

    kind, key = event
    user = by.user_id or 0
    mine = within(by, Mark.objects.filter(person=found, event_key=key, said_by=user, ended_at=None))
    mine.update(ended_at=at, ended_by=user)
    row = Mark.objects.create(
        authority_id=found.authority_id, person=found, event_kind=kind, event_key=key, words=words.strip()[:500],
        said_by=user, said_at=at,
    )  # fmt: skip

    trail.record("people.mark", subject=found, by=by, at=at, event=str(key))
    return row


@transaction.atomic
def unmark(key: UUID | str, *, by: Actor, at: datetime) -> None:
    """Take back a mark of one's own; it is kept.

    :raises NotFound: it does not stand
    :raises NotPermitted: somebody else marked it, or `by` keeps no records of people
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    row = within(by, Mark.objects.select_for_update(of=("self",)).filter(key=key, ended_at=None)).first()
    if row is None:
        raise NotFound
    if row.said_by != by.user_id:
        raise NotPermitted(Permission.PERSON_KEEP)

    row.ended_at, row.ended_by = at, by.user_id
    row.save(update_fields=["ended_at", "ended_by"])

    trail.record("people.unmark", subject=row.person, by=by, at=at, event=str(row.event_key))
