"""What people say of who is who: this is that person, this is not, this is somebody new; and taking that back.

Nothing here writes into a record that stands. A record made from what was told is the one exception, and is new.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.matching.actions.joining_telling import tell_who_relied
from frontdoor.matching.models import Link
from frontdoor.matching.queries.candidates import version_of
from frontdoor.matching.rules.scoring import Verdict
from frontdoor.people.actions import index
from frontdoor.people.models import Membership, Person, Relationship
from frontdoor.people.queries.index import TABLES
from frontdoor.trail import actions as trail

Subject = tuple[str, UUID]
"""Kind and key of the row that names somebody, as plain values: rooms stand above this one."""

WHY_LONGEST = 300


@transaction.atomic
def confirm(
    subject: Subject, person: UUID | str, *, seen: int, offered: Verdict | None = None, by: Actor, at: datetime
) -> Link:
    """Somebody named is this person of the index. Nothing is written into the person's record.

    :param seen: how much had been said of the subject when the page was made
    :param offered: what was shown beside the name, and is kept with the link
    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the reader sees no such person
    :raises Conflict: somebody has said more of the subject since
    :raises StepNotAllowed: it is confirmed already, or somebody said that it is not this person
    """
    found = index.taken(person, by=by)
    links = _unchanged(subject, seen, by=by)
    _not_confirmed(links)
    if any(link.person_id == found.pk for link in links if link.ended_at is None):
        raise StepNotAllowed("Somebody said that this is not the person. Take that back first")
    link = _link(subject, found, "confirmed", seen, offered, by=by, at=at)
    trail.record("matching.confirm", subject=found, by=by, at=at, **_of(subject), strength=link.strength)
    return link


@transaction.atomic
def reject(
    subject: Subject, person: UUID | str, *, seen: int, why: str = "", offered: Verdict | None = None, by: Actor,
    at: datetime,
) -> Link:  # fmt: skip
    """Somebody named is not this person. That is kept, and the pair is never offered again unless it is taken back.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the reader sees no such person
    :raises Conflict: somebody has said more of the subject since
    :raises StepNotAllowed: somebody has said of this pair that it is, or is not
    """
    found = index.taken(person, by=by)
    links = _unchanged(subject, seen, by=by)
    if any(link.person_id == found.pk for link in links if link.ended_at is None):
        raise StepNotAllowed("Somebody has said already whether this is the person. Take that back first")
    link = _link(subject, found, "rejected", seen, offered, why=why, by=by, at=at)
    trail.record("matching.reject", subject=found, by=by, at=at, why=link.why, **_of(subject))
    return link


@transaction.atomic
def create(
    subject: Subject, told: Mapping[str, Any], *, seen: int, source: index.Source, by: Actor, at: datetime
) -> Link:
    """Somebody named is known to nobody: a record is made from what was told of them.

    :param told: what `people.actions.index.make` takes of somebody
    :param source: where it was told
    :raises NotPermitted: `by` keeps no records of people
    :raises Conflict: somebody has said more of the subject since
    :raises StepNotAllowed: it is confirmed who this is
    :raises InvalidInput: there is neither a name nor a description
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    _not_confirmed(_unchanged(subject, seen, by=by))
    made = index.make(**told, source=source, by=by, at=at)
    link = _link(subject, made, "confirmed", seen, None, made=True, by=by, at=at)
    trail.record("matching.create", subject=made, by=by, at=at, **_of(subject))
    return link


@transaction.atomic
def take_back(key: UUID | str, *, why: str = "", by: Actor, at: datetime) -> Link:
    """What somebody said of who is who no longer stands; that it was said stays readable.

    Who decided, wrote or handed over meanwhile is told, each with a clock and a notice.
    A record that was made by it, and to which nobody has added anything, is left without facts, each struck through.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the reader sees no such link
    :raises StepNotAllowed: it was taken back before
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    link = within(by, Link.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if link is None:
        raise NotFound
    if link.ended_at is not None:
        raise StepNotAllowed("This was taken back before", when=link.ended_at)
    link.ended_by, link.ended_at, link.ended_why = by.user_id, at, why.strip()[:WHY_LONGEST]
    link.save(update_fields=["ended_by", "ended_at", "ended_why"])
    person = within(by, Person.objects.filter(pk=link.person_id)).get()
    emptied = link.made and _emptied(link, person, by=by, at=at)
    subject = (link.subject_kind, link.subject_key)
    told = tell_who_relied(link, by=by, at=at)
    trail.record("matching.take_back", subject=person, by=by, at=at, why=link.ended_why, **_of(subject),
                 was=link.state, emptied=emptied, told=told)  # fmt: skip
    return link


def _unchanged(subject: Subject, seen: int, *, by: Actor) -> list[Link]:
    """The links of a subject, if as much has been said of it as was seen."""
    links = list(within(by, Link.objects.filter(subject_key=subject[1]).order_by("said_at", "id")))
    unchanged(seen, version_of(links))
    return links


def _not_confirmed(links: list[Link]) -> None:
    standing = next((link for link in links if link.ended_at is None and link.state == "confirmed"), None)
    if standing is not None:
        raise StepNotAllowed("Somebody has said who this is. Take that back first", when=standing.said_at)


def _link(
    subject: Subject, person: Person, state: str, seen: int, offered: Verdict | None, *, why: str = "",
    made: bool = False, by: Actor, at: datetime,
) -> Link:  # fmt: skip
    link = Link(
        authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], person=person, state=state,
        strength=offered.strength if offered else "", bits=offered.bits if offered else None,
        weights_version=offered.version if offered else None, reasons=list(offered.reasons) if offered else [],
        made=made, said_by=by.user_id, said_at=at, why=why.strip()[:WHY_LONGEST],
    )  # fmt: skip
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:  # two said at the same moment who it is, and each had seen that nobody had
        unchanged(seen, seen + 1)
    return link


def _of(subject: Subject) -> dict[str, str]:
    return {"kind": subject[0], "named": str(subject[1])}


def _emptied(link: Link, person: Person, *, by: Actor, at: datetime) -> bool:
    """Strike through every fact of a record that a link made, if all of them came with it and nothing hangs on it.

    :returns: whether it was done
    """
    others = within(by, Link.objects.filter(person=person, ended_at=None, state="confirmed"))
    ties = (Relationship.objects.filter(person=person), Relationship.objects.filter(other=person),
            Membership.objects.filter(person=person))  # fmt: skip
    rows: list[QuerySet[Any]] = [
        within(by, model.objects.filter(person=person, struck_at=None))  # type: ignore[attr-defined]  # abstract
        for model in TABLES.values()
    ]
    since = any(each.exclude(recorded_at=link.said_at).exists() for each in rows)
    if since or others.exists() or any(within(by, tie).filter(struck_at=None).exists() for tie in ties):
        return False
    why = "The record was made by mistake"
    for each in rows:
        each.update(struck_by=by.user_id, struck_at=at, struck_why=why)
    person.version += 1
    person.save(update_fields=["version"])
    index.refresh([person.pk], by=by)
    return True
