"""The queue of one council: danger first, then never looked at, then time left; a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.queries.screening.hands import Hands, screeners
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

    def named(self, on: date) -> str:
        """The children that it is about, each with the age on a day."""
        return "; ".join(f"{child.label} ({child.age(on)})" for child in self.children) or "No child named"

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
    return rows_of(heads(by=by, at=at, after=after, limit=limit, whose=whose), by=by)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a contact stands in the queue. A merged list shows half of what it asks for: the rest is left at this.

    :param row: what its row is made of, but for the children
    """

    place: Place
    row: Callable[[tuple[Child, ...]], Waiting]

    @property
    def council(self) -> int:
        return self.place[3]

    @property
    def contact(self) -> int:
        return self.place[4]


def heads(*, by: Actor, at: datetime, after: Place | None = None, limit: int = PAGE, whose: str = "") -> list[Head]:
    """The first part of `queue`: which contacts, in which order. `rows_of` makes rows of those that are shown."""
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = settings(SETTINGS, authority=acting_council(by), on=at)
    those = Hands(screeners(by=by, at=at), int(found[declared.HAND_BACK.name].value), at)
    looks = {True: int(found[declared.FIRST_LOOK_DANGER.name].value), False: int(found[declared.FIRST_LOOK.name].value)}
    text, place = _statement(after, whose, acting_council(by))
    rows = rows_within(
        by, text, **place, at=at, user=by.user_id, limit=limit, waiting=_WAITING,
        screeners=list(those.names), since=at - timedelta(minutes=those.minutes),
    )  # fmt: skip
    return [Head(row[:5], partial(_waiting, row, those, looks)) for row in rows]


_COLUMNS = (
    "danger_rank", "looked", "due_at", "authority_id", "id",  # its place
    "key", "receipt", "channel", "sub_type", "state", "received_at", "danger_said", "flagged_at", "flag_taken_at",
    "out_of_hours", "version",
)  # fmt: skip
"""The columns that a row shows: a story may be long, and reading what is not shown is half of the reading."""

_WAITING = sorted(state.value for state in WAITING)

_IN_HANDS = f"""family.{OWN} AND family.closed_at IS NULL AND family.state = ANY(%(waiting)s)
    AND family.holder = ANY(%(screeners)s) AND family.touched_at > %(since)s"""

_QUEUE = f"""
SELECT {", ".join(f"contact.{column}" for column in _COLUMNS)},
       held.holder, held.touched_at, coalesce(question.asked, false), coalesce(question.unanswered, false),
       EXISTS (SELECT FROM contacts_protection act WHERE act.{OWN} AND act.contact_id = contact.id)
  FROM (
    SELECT {", ".join(_COLUMNS)}, family FROM contacts_contact contact
     WHERE contact.{OWN} AND contact.closed_at IS NULL AND contact.state = ANY(%(waiting)s) {{after}} {{first}}
  ) contact
  LEFT JOIN LATERAL (
    SELECT family.holder, family.touched_at FROM contacts_contact family
     WHERE family.family = contact.family AND {_IN_HANDS}
     ORDER BY family.touched_at DESC, family.id LIMIT 1
  ) held ON true
  LEFT JOIN LATERAL (
    SELECT bool_or(question.state = 'asked' AND question.answer_due_at > %(at)s) AS asked,
           bool_or(question.state <> 'answered') AS unanswered
      FROM contacts_question question WHERE question.{OWN} AND question.contact_id = contact.id
  ) question ON true
"""  # noqa: S608 (constants)

_WHOSE = {
    "": "",
    # There are few families in one person's hands, and an index finds them.
    "mine": f"""WHERE held.holder = %(user)s AND contact.family IN (
      SELECT family.family FROM contacts_contact family WHERE {_IN_HANDS} AND family.holder = %(user)s)""",  # noqa: S608
    "free": "WHERE held.holder IS NULL",
}
_ORDERED = " ORDER BY contact.danger_rank, contact.looked, contact.due_at, contact.id LIMIT %(limit)s"

# Several columns compared as one: the database walks its index from there. The merged order is (danger, looked, due,
# council, contact): within one council the council itself decides for all rows at once.
_PLACE = "(contact.danger_rank, contact.looked, contact.due_at{}) {} (%(rank)s, %(looked)s, %(due)s{})"
_AFTER = {
    "same": f"AND {_PLACE.format(', contact.id', '>', ', %(contact)s')}",
    "later": f"AND {_PLACE.format('', '>=', '')}",
    "earlier": f"AND {_PLACE.format('', '>', '')}",
}


def _statement(after: Place | None, whose: str, authority: int) -> tuple[str, dict[str, object]]:
    """The text for these rows after a place, and the values of the place.

    Where it does not matter whose they are, only those of the page are looked at further, whatever plan is chosen.
    """
    first = "" if whose else _ORDERED
    if after is None:
        return f"{_QUEUE.format(after='', first=first)} {_WHOSE[whose]} {_ORDERED}", {}
    rank, looked, due, council, contact = after
    order = "same" if authority == council else "later" if authority > council else "earlier"
    values = {"rank": rank, "looked": looked, "due": due, "contact": contact}
    return f"{_QUEUE.format(after=_AFTER[order], first=first)} {_WHOSE[whose]} {_ORDERED}", values


_CHILDREN = f"""
SELECT contact_id, kind, given_name, family_name, known_as, description, date_of_birth, expected_on, approximate_age
  FROM contacts_named
 WHERE {OWN} AND contact_id = ANY(%(contacts)s) AND kind = ANY(%(kinds)s)
 ORDER BY position
"""  # noqa: S608 (constants)


def rows_of(shown: Sequence[Head], *, by: Actor) -> list[Waiting]:
    """The rows of contacts of the council acted for, with their children as they were named: one statement."""
    if not shown:
        return []
    found: dict[int, list[Child]] = defaultdict(list)
    named = rows_within(by, _CHILDREN, contacts=[head.contact for head in shown], kinds=sorted(CHILD_KINDS))
    for contact, kind, given, family, known_as, description, born, expected_on, age in named:
        label = person_label(kind, given, family, known_as, description)
        found[contact].append(Child(label, born, expected_on, age))
    return [head.row(tuple(found[head.contact])) for head in shown]


def _waiting(row: tuple[Any, ...], those: Hands, looks: Mapping[bool, int], children: tuple[Child, ...]) -> Waiting:
    (
        danger_rank, looked, due_at, authority, number, key, receipt, channel, sub_type, state, received_at,
        danger_said, flagged_at, flag_taken_at, out_of_hours, version, holder, since, asked, unanswered, protected,
    ) = row  # fmt: skip
    return Waiting(
        authority_id=authority, id=number, key=key, receipt=receipt, channel=channel, sub_type=sub_type, state=state,
        received_at=received_at, due_at=due_at, danger_rank=danger_rank, looked=bool(looked),
        look_due_at=received_at + timedelta(minutes=looks[danger_said == "yes"]),
        flagged_at=flagged_at if flag_taken_at is None else None,
        children=children, holder=holder, holder_name=those.names.get(holder, ""),
        held_until=since + timedelta(minutes=those.minutes) if since else None,
        waiting_for_answer=asked, no_answer=unanswered and not asked, protected=protected, out_of_hours=out_of_hours,
        version=version,
    )  # fmt: skip


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
