"""In whose hands a contact is at this instant: a hold counts while its holder reaches the council and touches it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.screening import WAITING, goes_back_at
from frontdoor.councils.queries import setting
from frontdoor.councils.rules import declared

ORDER = ("danger_rank", "looked", "due_at", "id")
"""The order of the queue: danger, then never looked at, then time left."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose hold counts.

    :param names: everybody who reaches the council today and may screen, by number
    :param minutes: for how long a hold counts that nobody touches
    :param at: the instant that is asked about
    """

    names: Mapping[int, str]
    minutes: int
    at: datetime

    @property
    def counts(self) -> Q:
        """The contacts that are in somebody's hands."""
        return Q(holder__in=list(self.names), touched_at__gt=self.at - timedelta(minutes=self.minutes))

    def hold(self, contact: Contact) -> bool:
        """Whether a contact is in somebody's hands: not those of a person without reach, nor untouched too long."""
        return (
            contact.holder in self.names
            and contact.touched_at is not None
            and self.at < goes_back_at(contact.touched_at, self.minutes)
        )


def hands(*, by: Actor, at: datetime) -> Hands:
    """Whose hold counts at this instant, for the council acted for: two statements."""
    minutes = int(setting(declared.HAND_BACK.name, authority=acting_council(by), on=at).value)
    return Hands(screeners(by=by, at=at), minutes, at)


def screeners(*, by: Actor, at: datetime) -> dict[int, str]:
    """Everybody who reaches the council today and may screen: to whom a manager may give a contact."""
    return {found.id: found.name for found in colleagues(by=by, at=at) if found.may(Permission.CONTACT_SCREEN)}


def families_held(those: Hands, *, by: Actor) -> "QuerySet[Contact, Any]":
    """The families that somebody has in hand, for a statement around it; there are few, and an index finds them."""
    held = Contact.objects.filter(those.counts, closed_at=None, state__in=WAITING)
    return within(by, held).order_by().values("family")


def held_family(those: Hands, *, by: Actor) -> Exists:
    """Whether any contact of the same family is in somebody's hands: then all of them are."""
    family = Contact.objects.filter(those.counts, family=OuterRef("family"), closed_at=None, state__in=WAITING)
    return Exists(within(by, family))


def next_free_family(those: Hands, passed: Collection[UUID] = (), *, by: Actor) -> UUID | None:
    """The family whose most pressing contact nobody has in hand, in the order of the queue.

    :param passed: families to leave out
    """
    waiting = within(by, Contact.objects.filter(closed_at=None, state__in=WAITING)).exclude(family__in=list(passed))
    free = waiting.filter(~held_family(those, by=by)).order_by(*ORDER)
    return free.values_list("family", flat=True).first()


def held_in_vain(those: Hands, *, by: Actor) -> list[int]:
    """Contacts that stand in somebody's name although no hold on their family counts any more."""
    waiting = Contact.objects.filter(closed_at=None, state__in=WAITING, holder__isnull=False)
    return list(within(by, waiting.filter(~held_family(those, by=by))).order_by("id").values_list("pk", flat=True))


def newly_come(those: Hands, *, by: Actor) -> dict[int, int]:
    """Contacts in nobody's name whose family somebody has in hand: contact and holder."""
    family = Contact.objects.filter(those.counts, family=OuterRef("family"), closed_at=None, state__in=WAITING)
    holder = within(by, family).order_by("-touched_at", "id").values("holder")[:1]
    waiting = within(by, Contact.objects.filter(closed_at=None, state__in=WAITING, holder=None))
    waiting = waiting.filter(family__in=families_held(those, by=by))
    found = waiting.annotate(family_holder=Subquery(holder)).filter(family_holder__isnull=False)
    return dict(found.values_list("pk", "family_holder"))


def holder_of(contact: Contact, those: Hands, *, by: Actor) -> tuple[int | None, datetime | None]:
    """Whose hands a contact is in, through any of its family's, and until when unless somebody touches it."""
    family = Contact.objects.filter(those.counts, family=contact.family, closed_at=None, state__in=WAITING)
    held = within(by, family).order_by("-touched_at", "id").values_list("holder", "touched_at").first()
    if contact.state not in WAITING or held is None or held[1] is None:
        return None, None
    return held[0], goes_back_at(held[1], those.minutes)
