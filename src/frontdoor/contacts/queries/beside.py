"""What is known here of another council's record of the same incident, and which children may be passed there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named, Reference, Shared, SharedChild
from frontdoor.contacts.rules import beside as rules
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.councils import queries as councils
from frontdoor.councils.models import Council
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.rules import State
from frontdoor.organisations.queries import agreed_with
from frontdoor.trail import actions as trail

MAY = {rules.CONTACT: Permission.CONTACT_READ, rules.ENQUIRY: Permission.MASH_READ}
"""What opens the record itself, where somebody holds it for the other council."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One record of another council about the same incident, as far as this council knows of it.

    :param key: of that record, where the reader may open it under that council; None for everybody else
    """

    council: Council
    kind: str
    number: str
    word: str
    at: datetime
    key: UUID | None

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        return dict(rules.WORDS)[self.word]

    @property
    def what(self) -> str:
        """What it is, in words."""
        return dict(rules.KINDS)[self.kind]


def references(mirrors: Iterable[UUID | None], *, by: Actor) -> list[Beside]:
    """What other councils have told of their records of these incidents: of each record the last word."""
    those = {mirror for mirror in mirrors if mirror is not None}
    if not those:
        return []
    told = Reference.objects.filter(mirror__in=those).order_by("kind", "number", "record", "-at", "-id")
    rows = within(by, told.distinct("kind", "number", "record"))
    names: dict[int, Council] = {}
    found = []
    for row in rows:
        place = names.setdefault(row.from_authority_id, councils.council(row.from_authority_id))
        opens = MAY[row.kind] in by.reach.get(row.from_authority_id, frozenset())
        found.append(Beside(place, row.kind, row.number, row.word, row.at, row.record if opens else None))
    return found


def passed_to(child: int | None, council: int, *, by: Actor) -> bool:
    """Whether a child was passed to a council as one of this incident, and was not taken back."""
    if child is None:
        return False
    return bool(_standing(SharedChild.objects.filter(named_id=child, shared__council=council), by=by))


def away(contact: Contact, *, by: Actor) -> set[int | None]:
    """Which people of a contact are another council's: passed there as of this incident, and not taken back."""
    return _standing(SharedChild.objects.filter(shared__contact=contact), by=by)


def _standing(passed: QuerySet[SharedChild], *, by: Actor) -> set[int | None]:
    """Which children of these are there still: the slip that carried them was not taken back."""
    rows = list(within(by, passed).values_list("named_id", "slip"))
    back = {slip for slip in {slip for _, slip in rows} if handovers.slip(slip, by=by).state is State.WITHDRAWN}
    return {named for named, slip in rows if slip not in back}


def passed_children(contact: Contact, *, by: Actor) -> list[SharedChild]:
    """Children of a contact whom somebody here passed to another council, in the order of the passing."""
    rows = SharedChild.objects.select_related("named", "shared").filter(shared__contact=contact)
    return list(within(by, rows).order_by("at", "named__position"))


def ties(contacts: Iterable[int], *, by: Actor) -> list[Shared]:
    """What these contacts share with other councils."""
    found = Shared.objects.select_related("contact").filter(contact_id__in=set(contacts))
    return list(within(by, found).order_by("id"))


@dataclass(frozen=True, slots=True)
class Choosing:
    """One contact, while somebody says who of it is another council's.

    :param children: who was not passed yet, each with their home as far as it is shown
    :param councils: those with which an agreement is in force
    :param there: for each child whose postcode is another council's, that council
    """

    contact: Contact
    children: tuple[Named, ...]
    adults: tuple[Named, ...]
    councils: tuple[Council, ...]
    there: dict[UUID, int]


def choosing(key: UUID | str, *, by: Actor, at: datetime) -> Choosing:
    """Open a contact to say who of it is another council's; it leaves one entry.

    :raises NotPermitted: `by` does not screen
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    people = list(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    passed = away(contact, by=by)
    children = tuple(each for each in people if each.kind in CHILD_KINDS and each.pk not in passed)
    agreed = agreed_with(by=by, at=at)
    trail.record("contacts.open_people", subject=contact, by=by, at=at)
    return Choosing(
        contact, children, tuple(each for each in people if each.kind not in CHILD_KINDS),
        tuple(place for place in councils.councils(on=at) if place.pk in agreed), _there(children, agreed, at=at),
    )  # fmt: skip


def _there(children: Iterable[Named], agreed: set[int], *, at: datetime) -> dict[UUID, int]:
    """Which children live where another council is, by their postcode."""
    found = {}
    for child in children:
        routed = councils.route(child.postcode, on=at) if child.postcode else None
        if routed is not None and routed.council in agreed:
            found[child.key] = routed.council
    return found
