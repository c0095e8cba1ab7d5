"""What nobody qualified has looked at yet, one by one, and the red flags that nobody has taken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import OWN, within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.people import Known, of_contact
from frontdoor.contacts.queries.screening.hands import ORDER
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class ToLook:
    """A contact as it is first looked at: what was told and who is in it.

    :param known: who its people are, for those who read people of this council; else nothing of other contacts
    :param more: whether others wait after it
    """

    contact: Contact
    people: tuple[Named, ...]
    known: Known
    more: bool


def open_look(
    *, by: Actor, at: datetime, key: UUID | None = None, passed: Collection[UUID] = (), why: str = ""
) -> ToLook | None:
    """The next contact that nobody has looked at, or one of them by its key; opening it leaves an entry.

    Whoever may look may open it, also for a council out of reach; what has been looked at is not opened this way.

    :param passed: keys to leave out, because their reader put them off
    :returns: None when nothing waits for a look
    :raises NotPermitted: `by` may not look, or is not a registered social worker
    :raises NotFound: the contact of that key is none that waits for a look
    """
    require(by, Permission.CONTACT_LOOK, authority=acting_council(by))
    if not by.qualified:
        raise NotPermitted(Permission.CONTACT_LOOK)
    unseen = within(by, Contact.objects.filter(closed_at=None, state__in=WAITING, looked=0))
    waiting = list((unseen.filter(key=key) if key else unseen.exclude(key__in=list(passed))).order_by(*ORDER)[:2])
    if not waiting:
        if key:
            raise NotFound
        return None
    contact, more = waiting[0], len(waiting) > 1
    people = tuple(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    known = of_contact(contact, people, by=by, at=at)
    trail.record("contacts.open_look", subject=contact, by=by, at=at, why=why, known=known.shown)
    return ToLook(contact, people, known, more)


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that nobody has taken; the banner on every page names the receipt and no child."""

    key: UUID
    receipt: str
    flagged_at: datetime


MOST_FLAGS = 5
"""A banner names so many; more than that are in the queue, on top."""


FLAGGED = f"EXISTS (SELECT FROM contacts_contact WHERE {OWN} AND flagged_at IS NOT NULL AND flag_taken_at IS NULL)"
"""Whether there is a red flag that nobody has taken: a part of the statement that every page asks."""


def flags(*, by: Actor, at: datetime) -> list[Flag]:
    """The red flags that nobody has taken, the oldest first, at most five: one statement on a small index.

    For the banner on every page of the council, so it asks nothing and leaves no entry: no child is named.
    """
    if not by.may(Permission.CONTACT_READ):
        return []
    loud = within(by, Contact.objects.filter(flagged_at__isnull=False, flag_taken_at__isnull=True))
    rows = loud.order_by("flagged_at").values_list("key", "receipt", "flagged_at")
    return [Flag(key, receipt, flagged_at) for key, receipt, flagged_at in rows[:MOST_FLAGS] if flagged_at]
