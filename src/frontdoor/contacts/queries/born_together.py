"""What was told of an unborn child, for those who were born together with the child that it became."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.matching.queries.linked import subjects_of
from frontdoor.people.models import Person, Relationship
from frontdoor.shell.rules import london


@dataclass(frozen=True, slots=True)
class Before:
    """One contact that came before the birth.

    :param told: how it named the child
    :param whose: on whose record it stands
    """

    contact: UUID
    receipt: str
    received_at: datetime
    told: str
    whose: Person


def before_birth(person: Person, *, by: Actor) -> list[Before]:
    """Contacts that named the unborn child of a multiple birth, the newest first; part of opening the record.

    They are confirmed of one of the children alone, for one row is one person. One statement for anybody who was not
    born together with another, five for the others.
    """
    both = Q(person=person.pk) | Q(other=person.pk)
    ties = within(by, Relationship.objects.filter(both, struck_at=None).exclude(twin=""))
    others = {number for pair in ties.values_list("person_id", "other_id") for number in pair} - {person.pk}
    if not others or person.born_on is None:
        return []
    rows = subjects_of(others, kind=NAMED, by=by)
    mine = subjects_of([person.pk], kind=NAMED, by=by)
    people = {each.pk: each for each in within(by, Person.objects.filter(pk__in=others))}
    about = within(by, Named.objects.select_related("contact").defer("contact__story").filter(key__in=list(rows)))
    known = set(within(by, Named.objects.filter(key__in=list(mine))).values_list("contact_id", flat=True))
    found = [
        Before(each.contact.key, each.contact.receipt, each.contact.received_at, each.label, people[rows[each.key]])
        for each in about.exclude(contact__state="voided").order_by("-contact__received_at", "-id")
        if each.contact_id not in known and rows[each.key] in people
    ]
    return [each for each in found if london(each.received_at).date() < person.born_on]
