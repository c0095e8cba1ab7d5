"""What was passed on: the children on their way to another team, and the page that whoever received one may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import COURIER, Actor, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.contacts.models import Agreement, Contact, Matter, Named, Referrer
from frontdoor.contacts.queries import decisions
from frontdoor.contacts.rules.states import ENDED, MatterState
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.handovers.rules import Page
from frontdoor.trail import actions as trail

MATTER = "contacts.matter"
"""What slips call a child's matter."""
CHUNK = 500


def on_their_way(*, by: Actor) -> Iterator[list[Matter]]:
    """Every matter that is with another team or has come back, in chunks, the oldest first."""
    those = Matter.objects.filter(
        state__in=(MatterState.ACTIONED, MatterState.BACK), contact__closed_at=None,
    ).exclude(contact__state__in=ENDED)  # fmt: skip
    after = 0
    while rows := list(within(by, those.filter(pk__gt=after)).order_by("pk")[:CHUNK]):
        yield rows
        after = rows[-1].pk


def received_report(slip: UUID | str, *, by: Actor) -> UUID:
    """The key of the contact that was made of what another council passed with a slip.

    :raises NotFound: none was made for this council, or not yet
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    made = Contact.objects.filter(submission__sender=COURIER.name, submission__idem=f"slip:{slip}")
    key = within(by, made).values_list("key", flat=True).first()
    if key is None:
        raise NotFound
    return key


@dataclass(frozen=True, slots=True)
class Passed:
    """One child as it was passed on, for those who give or receive a slip about it.

    The person who told us is not in it, nor what was decided for other receivers: each slip says what it asks.

    :param slips: those that the reader may see whole, in the order of their sending
    :param latest: the latest of them that the reader gives or receives
    :param page: what travelled with it; None where a whole report was passed
    :param why: why it was given, in the words of whoever decided
    :param people: everybody whom the contact names, as they are known now
    :param agreements: whether the family agreed, and to what
    :param directed: what must be done for this child, as it stands now
    :param referrer_kind: which sort of person told us, for the words that others see
    """

    contact: Contact
    matter: Matter
    slips: tuple[Given, ...]
    latest: Given
    page: Page | None
    why: str
    people: tuple[Named, ...]
    agreements: tuple[Agreement, ...]
    directed: tuple[Directed, ...]
    referrer_kind: str


def open_passed(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Passed:
    """Open one child's matter as somebody to whom it was handed, or who handed it; the opening is one entry.

    :param key: the matter's key
    :param why: the reason, where one is asked
    :raises NotFound: the council has no such matter, or `by` neither gives nor receives a slip about it: of what is
        restricted to others not even that it was passed is told
    :raises NotPermitted: `by` neither hands over nor answers here
    """
    if not (by.may(Permission.HANDOVER_ANSWER) or by.may(Permission.HANDOVER_SEND)):
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    matter = decisions.matter(key, by=by)
    slips = [slip for slip in handovers.for_subject(MATTER, matter.key, by=by, at=at) if slip.key is not None]
    latest = next((slip for slip in reversed(slips) if slip.party), None)
    if latest is None or latest.key is None:
        raise NotFound
    page, given_why = handovers.travelling(latest.key, by=by)
    contact = matter.contact
    agreements = within(by, Agreement.objects.filter(contact=contact).select_related("named")).order_by("id")
    kinds = within(by, Referrer.objects.filter(contact=contact)).order_by("id").values_list("kind", flat=True)
    passed = Passed(
        contact=contact,
        matter=matter,
        slips=tuple(slips),
        latest=latest,
        page=page,
        why=given_why,
        people=tuple(within(by, Named.objects.filter(contact=contact)).order_by("position")),
        agreements=tuple(agreements),
        directed=tuple(directions.for_subject(MATTER, matter.key, by=by, at=at)),
        referrer_kind=kinds.first() or "anonymous",
    )
    trail.record("contacts.open_passed", subject=contact, by=by, at=at, why=why, matter=matter.key, slip=latest.key)
    return passed
