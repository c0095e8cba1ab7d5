"""The queue of one council: danger first, then never looked at, then time left; a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, Lookup, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named, Protection, Question
from frontdoor.contacts.queries.screening.hands import ORDER, Hands, families_held, screeners
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.contacts.rules.states import CHILD_KINDS, person_label
from frontdoor.councils.queries import settings
from frontdoor.councils.rules import declared
from frontdoor.shell.rules import words
from frontdoor.trail import actions as trail

PAGE = 50

Place = tuple[int, int, datetime, int, int]
"""Where a page of a merged queue ended: danger, looked, due, council, contact."""

SETTINGS = (declared.HAND_BACK.name, declared.FIRST_LOOK.name, declared.FIRST_LOOK_DANGER.name)


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a contact as lists name them: the full name, for twins may share an initial."""

    label: str
    born: date | None = None
    expected_on: date | None = None
    approximate_age: int | None = None

    def age(self, on: date) -> str:
        """The age on a day, as far as it is known."""
        if self.born:
            return words.age(self.born, on)
        if self.expected_on:
            return f"expected {words.short_day(self.expected_on)}"
        return f"about {self.approximate_age} years" if self.approximate_age is not None else "age not known"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One contact of the queue.

    :param looked: whether anybody qualified has looked; being on time by the working-day clock is another thing
    :param look_due_at: until when somebody should have looked
    :param holder: whose hands it is in at this instant; None is nobody, also where a holder left or let it lie
    :param held_until: when it goes back unless it is touched
    :param no_answer: every question that was asked has gone unanswered: it is screened as if no answer will ever come
    """

    authority_id: int
    id: int
    key: UUID
    receipt: str
    channel: str
    sub_type: str
    state: str
    received_at: datetime
    due_at: datetime
    look_due_at: datetime
    danger_rank: int
    looked: bool
    flagged_at: datetime | None
    children: tuple[Child, ...]
    holder: int | None
    holder_name: str
    held_until: datetime | None
    waiting_for_answer: bool
    no_answer: bool
    protected: bool
    out_of_hours: bool
    version: int

    @property
    def place(self) -> Place:
        """Where it stands in a merged queue."""
        return self.danger_rank, 1 if self.looked else 0, self.due_at, self.authority_id, self.id


def queue(*, by: Actor, at: datetime, after: Place | None = None, limit: int = PAGE, whose: str = "") -> list[Waiting]:
    """The contacts that are being screened, in the order of the queue, beginning after a place: four statements.

    It leaves no entry: whoever shows the rows does, since of a merged list not all are shown.

    :param after: where the last page ended, perhaps in another council's contact
    :param whose: "" for all, "mine" for those in `by`'s hands, "free" for those in nobody's
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = settings(SETTINGS, authority=acting_council(by), on=at)
    those = Hands(screeners(by=by, at=at), int(found[declared.HAND_BACK.name].value), at)
    rows = _rows(those, by=by).filter(_WHOSE[whose](those, by)).filter(_after(after, acting_council(by)))
    contacts: list[Any] = list(rows.only(*_SHOWN).order_by(*ORDER)[:limit])
    children = children_of([contact.pk for contact in contacts], by=by)
    looks = {True: declared.FIRST_LOOK_DANGER.name, False: declared.FIRST_LOOK.name}
    return [
        _waiting(
            contact, those, children.get(contact.pk, ()),
            look_minutes=int(found[looks[contact.danger_said == "yes"]].value),
        )
        for contact in contacts
    ]  # fmt: skip


_SHOWN = (
    "authority_id", "key", "receipt", "channel", "sub_type", "state", "received_at", "due_at", "danger_rank", "looked",
    "danger_said", "flagged_at", "flag_taken_at", "out_of_hours", "version",
)  # fmt: skip
"""The columns that a row shows: a story may be long, and reading what is not shown is half of the reading."""

_WHOSE = {
    "": lambda those, by: Q(),
    "mine": lambda those, by: Q(in_hands=by.user_id, family__in=families_held(those, by=by).filter(holder=by.user_id)),
    "free": lambda those, by: Q(in_hands=None),
}


def _rows(those: Hands, *, by: Actor) -> QuerySet[Contact]:
    """Contacts with what their rows show of other tables, in the same statement."""
    family = Contact.objects.filter(those.counts, family=OuterRef("family"), closed_at=None, state__in=WAITING)
    held = within(by, family).order_by("-touched_at", "id")
    asked = within(by, Question.objects.filter(contact=OuterRef("pk"), state="asked", answer_due_at__gt=those.at))
    unanswered = within(by, Question.objects.filter(contact=OuterRef("pk"))).exclude(state="answered")
    return within(by, Contact.objects.filter(closed_at=None, state__in=WAITING)).annotate(
        in_hands=Subquery(held.values("holder")[:1]),
        in_hands_since=Subquery(held.values("touched_at")[:1]),
        still_asked=Exists(asked),
        not_answered=Exists(unanswered),
        protected=Exists(within(by, Protection.objects.filter(contact=OuterRef("pk")))),
    )


class _Row(Func):
    """Several columns compared as one: the database walks its index from there."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


def _after(place: Place | None, authority: int) -> "Q | Lookup[Any]":
    """The rows after a place, within one council: the merged order is (danger, looked, due, council, contact)."""
    if place is None:
        return Q()
    rank, looked, due, council, contact = place
    keys, values = [F("danger_rank"), F("looked"), F("due_at")], [Value(rank), Value(looked), Value(due)]
    if authority == council:
        return GreaterThan(_Row(*keys, F("id")), _Row(*values, Value(contact)))
    lookup = GreaterThanOrEqual if authority > council else GreaterThan
    return lookup(_Row(*keys), _Row(*values))


def children_of(contacts: Collection[int], *, by: Actor) -> dict[int, tuple[Child, ...]]:
    """The children of some contacts, in the order in which they were named: one statement."""
    if not contacts:
        return {}
    rows = within(by, Named.objects.filter(contact_id__in=contacts, kind__in=CHILD_KINDS)).order_by("position")
    found: dict[int, list[Child]] = defaultdict(list)
    for row in rows.values(
        "contact_id", "kind", "given_name", "family_name", "known_as", "description", "date_of_birth", "expected_on",
        "approximate_age",
    ):  # fmt: skip
        label = person_label(row["kind"], row["given_name"], row["family_name"], row["known_as"], row["description"])
        child = Child(label, row["date_of_birth"], row["expected_on"], row["approximate_age"])
        found[row["contact_id"]].append(child)
    return {contact: tuple(children) for contact, children in found.items()}


def _waiting(contact: Any, those: Hands, children: tuple[Child, ...], *, look_minutes: int) -> Waiting:
    since = contact.in_hands_since
    return Waiting(
        authority_id=contact.authority_id, id=contact.pk, key=contact.key, receipt=contact.receipt,
        channel=contact.channel, sub_type=contact.sub_type, state=contact.state, received_at=contact.received_at,
        due_at=contact.due_at, look_due_at=contact.received_at + timedelta(minutes=look_minutes),
        danger_rank=contact.danger_rank, looked=bool(contact.looked), flagged_at=untaken_flag(contact),
        children=children, holder=contact.in_hands, holder_name=those.names.get(contact.in_hands, ""),
        held_until=since + timedelta(minutes=those.minutes) if since else None,
        waiting_for_answer=contact.still_asked, no_answer=contact.not_answered and not contact.still_asked,
        protected=contact.protected, out_of_hours=contact.out_of_hours, version=contact.version,
    )  # fmt: skip


def untaken_flag(contact: Contact) -> datetime | None:
    """Since when a red flag has been loud; None where there is none, or somebody has taken it."""
    return contact.flagged_at if contact.flag_taken_at is None else None


def shown_queue(
    *, by: Actor, at: datetime, after: Place | None = None, limit: int = PAGE, whose: str = ""
) -> tuple[list[Waiting], bool]:
    """One page of the queue of one council, and whether more follow; it leaves one entry with what was shown.

    :raises NotPermitted: `by` may not read contacts
    """
    rows = queue(by=by, at=at, after=after, limit=limit + 1, whose=whose)
    shown = rows[:limit]
    keys = [str(row.key) for row in shown]
    trail.record("contacts.queue", by=by, at=at, whose=whose or "all", shown=keys, first=after is None)
    return shown, len(rows) > limit
