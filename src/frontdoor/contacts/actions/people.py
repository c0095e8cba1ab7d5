"""Saying who the people of a contact are. Nothing is joined or written into a record unless somebody says so."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.contacts.actions.intake import columns_of
from frontdoor.contacts.actions.screening.rows import contact_taken
from frontdoor.contacts.models import Contact, Named, Referrer
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules.intake import PersonGiven, folded
from frontdoor.contacts.rules.people import News, facts, news, record
from frontdoor.matching.actions import linking
from frontdoor.matching.models import Link
from frontdoor.matching.queries.candidates import verdict_on
from frontdoor.matching.queries.linked import people_of
from frontdoor.people.actions import index
from frontdoor.people.models import Person, Recorded
from frontdoor.people.queries.index import TABLES, records
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

Key = UUID | str


def _taken(contact: Key, named: Key, *, by: Actor) -> tuple[Contact, Named, list[Named]]:
    """The contact, locked, so that who is who in it is said by one person after the other; and whom it names."""
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = contact_taken(contact, by=by)
    people = list(within(by, Named.objects.filter(contact=found)).order_by("position"))
    one = next((person for person in people if str(person.key) == str(named)), None)
    if one is None:
        raise NotFound
    return found, one, people


@transaction.atomic
def confirm(contact: Key, named: Key, person: UUID, *, seen: int, by: Actor, at: datetime) -> Link:
    """Somebody whom a contact names is this person; what was offered for it is kept with it.

    :raises NotPermitted: `by` keeps no records of people, or may not read contacts
    :raises NotFound: no such contact, nobody such in it, or no such person for this reader
    :raises Conflict: somebody has said more of them since
    :raises StepNotAllowed: as `matching.actions.linking.confirm`
    """
    found, one, people = _taken(contact, named, by=by)
    weighed = verdict_on(record(one, people, on=found.received_at), person, by=by)
    if weighed is None:
        raise NotFound
    return linking.confirm((NAMED, one.key), person, seen=seen, offered=weighed[1], by=by, at=at)


@transaction.atomic
def reject(contact: Key, named: Key, person: UUID, *, seen: int, why: str = "", by: Actor, at: datetime) -> Link:
    """Somebody whom a contact names is not this person, and is never offered as them again."""
    found, one, people = _taken(contact, named, by=by)
    weighed = verdict_on(record(one, people, on=found.received_at), person, by=by)
    if weighed is None:
        raise NotFound
    return linking.reject((NAMED, one.key), person, seen=seen, why=why, offered=weighed[1], by=by, at=at)


@transaction.atomic
def create(contact: Key, named: Key, *, seen: int, by: Actor, at: datetime) -> Link:
    """Somebody whom a contact names is known to nobody: a record is made of what it says, with it as the source.

    :raises InvalidInput: it says neither a name nor what they look like
    """
    found, one, _ = _taken(contact, named, by=by)
    rows = [_row(each) for each in facts(one, on=london(found.received_at).date())]
    nameless = not any(isinstance(row, TABLES["name"]) for row in rows)
    if nameless and not one.description.strip():
        raise InvalidInput(**{"": "Nothing is said by which this person could be known again"})
    told: dict[str, Any] = {"rows": rows, "unidentified": nameless, "description": one.description if nameless else ""}
    if one.sex in ("M", "F"):
        told["sex"] = one.sex
    return linking.create((NAMED, one.key), told, seen=seen, source=source(found), by=by, at=at)


@transaction.atomic
def take_back(contact: Key, link: Key, *, why: str = "", by: Actor, at: datetime) -> Link:
    """What was said of somebody of a contact no longer stands.

    :raises NotFound: no such contact, or nobody of it was linked so
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = contact_taken(contact, by=by)
    subject = within(by, Link.objects.filter(key=link)).values_list("subject_key", flat=True).first()
    if subject is None or not within(by, Named.objects.filter(contact=found, key=subject)).exists():
        raise NotFound
    return linking.take_back(link, why=why, by=by, at=at)


@transaction.atomic
def add_news(contact: Key, named: Key, codes: Collection[str], *, by: Actor, at: datetime) -> int:
    """Write into the record of somebody confirmed what a contact says of them and somebody ticked: how many facts.

    Each has the contact as its source. What the record has come to hold since is left alone.

    :raises StepNotAllowed: nobody has confirmed who it is
    """
    found, one, _ = _taken(contact, named, by=by)
    number = people_of([one.key], by=by).get(one.key)
    person = within(by, Person.objects.filter(pk=number)).first() if number is not None else None
    if person is None:
        raise StepNotAllowed("Nobody has confirmed who this is")
    added = 0
    for each in news(one, records([person.pk], by=by)[person.pk]):
        if each.code in codes:
            index.add(person, _row(each), source=source(found), by=by, at=at)
            added += 1
    return added


def source(contact: Contact) -> index.Source:
    """A contact as the source of a fact: by its number, and never by who told it."""
    return index.Source("contact", contact.receipt, contact.key)


def _row(one: News) -> Any:
    table: type[Recorded] = TABLES[one.table]
    return table(**one.values)


@transaction.atomic
def referrer_is_family(
    contact: Key, *, relationship: str, family: bool, unprotected: bool, by: Actor, at: datetime
) -> Named:
    """Who told us belongs to the family and need not be kept from it: they are named among its adults, and matched.

    Nothing says there that they told us. Whoever gave no name, or asked that it be withheld, is never named.

    :raises NotPermitted: `by` may not see who told us, or keeps no records of people
    :raises NotFound: no such contact
    :raises InvalidInput: not both were ticked, or no relationship is given
    :raises StepNotAllowed: they asked not to be named, gave no name, or are named already
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    found = contact_taken(contact, by=by)
    told = within(by, Referrer.objects.filter(contact=found)).order_by("id").first()
    if told is None:
        raise NotFound
    if told.identity != "given" or not told.name.strip():
        raise StepNotAllowed("Who told us gave no name, or asked that it be withheld. They are never named")
    problems = {} if family else {"family": "Only family is matched with people whom we know"}
    if not unprotected:
        problems["unprotected"] = "Whoever must be protected is never named in the record"
    if not relationship.strip():
        problems["relationship"] = "Say what they are to the child"
    if problems:
        raise InvalidInput(**problems)
    given, _, last = told.name.strip().rpartition(" ")
    person = PersonGiven("adult", given_name=given or last, family_name=last if given else "",
                         relationship=relationship.strip()[:100])  # fmt: skip
    people = list(within(by, Named.objects.filter(contact=found)).order_by("position"))
    if any(folded(each.given_name + each.family_name) == folded(told.name) for each in people):
        raise StepNotAllowed("Somebody of this name is among the people of the contact already")
    last_one = max((each.position for each in people), default=-1)
    made = Named.objects.create(
        authority_id=found.authority_id, contact=found, position=last_one + 1, **columns_of(person)
    )
    trail.record("contacts.referrer_is_family", subject=found, by=by, at=at)
    return made
