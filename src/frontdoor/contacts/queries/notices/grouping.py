"""Notices of some days together: by incident and by family, with what may belong together besides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Event, Storm
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.states import CHILD_KINDS, person_label
from frontdoor.councils.queries import setting
from frontdoor.trail import actions as trail

MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One notice among others.

    :param contact: None while the contact is being made of it
    :param grade: the police's own
    """

    reference: str
    grade: str
    incident: str
    happened_at: datetime | None
    sent_at: datetime | None
    received_at: datetime
    place: str
    receipt: str
    contact: UUID | None
    sub_type: str
    looked: bool
    danger_rank: int
    state: str
    event: UUID | None
    event_label: str
    family: UUID | None
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Notices that belong together, the first to happen first.

    :param earlier: contacts of these families before the first of these notices, within a year
    """

    key: str
    heading: str
    lines: tuple[Line, ...]
    earlier: int = 0

    @property
    def children(self) -> int:
        """How many children are named, each once."""
        return len({name for line in self.lines for name in line.children})

    @property
    def grade(self) -> str:
        """The highest grade that the police gave."""
        order = ("high", "medium", "standard", "")
        return min((line.grade for line in self.lines), key=order.index)

    @property
    def unseen(self) -> int:
        return sum(line.contact is None or not line.looked for line in self.lines)


@dataclass(frozen=True, slots=True)
class Near:
    """Notices of one address that happened within the council's minutes and are not one incident: a person decides."""

    place: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A weekend's notices in groups."""

    groups: tuple[Group, ...]
    near: tuple[Near, ...]
    count: int
    more: bool
    since: datetime
    until: datetime


_LINES = f"""
SELECT notice.reference, notice.grade, notice.incident, notice.happened_at, notice.sent_at, notice.received_at,
       notice.place, contact.receipt, contact.key, contact.sub_type, contact.looked, contact.danger_rank, contact.state,
       event.key, event.label, contact.family, contact.id
  FROM contacts_notice notice
  LEFT JOIN contacts_contact contact ON contact.{OWN} AND contact.submission_id = notice.submission_id
  LEFT JOIN contacts_event event ON event.{OWN} AND event.id = contact.event_id
 WHERE notice.{OWN} AND notice.received_at >= %(since)s AND notice.received_at < %(until)s
   AND contact.state IS DISTINCT FROM 'voided'
 ORDER BY notice.received_at DESC, notice.id DESC LIMIT %(limit)s
"""  # noqa: S608 (constants)

_CHILDREN = f"""
SELECT contact_id, kind, given_name, family_name, known_as, description FROM contacts_named
 WHERE {OWN} AND contact_id = ANY(%(contacts)s) AND kind = ANY(%(kinds)s) ORDER BY position
"""  # noqa: S608 (constants)

_EARLIER = f"""
SELECT family, count(*) FROM contacts_contact
 WHERE {OWN} AND family = ANY(%(families)s) AND received_at < %(since)s AND received_at > %(year)s
   AND state <> 'voided'
 GROUP BY family
"""  # noqa: S608 (constants)


def grouped(*, how: str, since: datetime, until: datetime, by: Actor, at: datetime) -> Grouped:
    """The notices received from an instant until another, by incident or by family; it leaves one entry.

    :param how: incident or family
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    rows = rows_within(by, _LINES, since=since, until=until, limit=MOST + 1)
    lines = _lines(rows[:MOST], by=by)
    minutes = int(setting(rules.NEAR_MINUTES.name, authority=acting_council(by), on=at).value)
    groups = _by_incident(lines) if how == "incident" else _by_family(lines)
    families = {line.family for line in lines if line.family}
    before = (
        dict(rows_within(by, _EARLIER, families=list(families), since=since, year=since - timedelta(days=365)))
        if families
        else {}
    )
    made = [
        Group(key, heading, tuple(found), sum(before.get(each, 0) for each in {line.family for line in found}))
        for key, heading, found in groups
    ]
    made.sort(key=lambda group: (_RANK[group.grade], -len(group.lines), group.lines[0].received_at))
    shown = [str(line.contact) for line in lines if line.contact]
    trail.record("contacts.notices", by=by, at=at, how=how, since=since, until=until, shown=shown)
    return Grouped(tuple(made), tuple(near(lines, minutes)), len(lines), len(rows) > MOST, since, until)


_RANK = {"high": 0, "medium": 1, "standard": 2, "": 3}


def _lines(rows: Sequence[tuple[Any, ...]], *, by: Actor) -> list[Line]:
    named: dict[int, list[str]] = defaultdict(list)
    numbers = [row[16] for row in rows if row[16]]
    for contact, *child in rows_within(by, _CHILDREN, contacts=numbers, kinds=sorted(CHILD_KINDS)) if numbers else ():
        named[contact].append(person_label(*child))
    return [_line(row, tuple(named[row[16]])) for row in rows]


def _line(row: tuple[Any, ...], children: tuple[str, ...]) -> Line:
    (
        reference, grade, incident, happened_at, sent_at, received_at, place, receipt, contact, sub_type, looked, rank,
        state, event, label, family, _,
    ) = row  # fmt: skip
    return Line(
        reference, grade, incident, happened_at, sent_at, received_at, place, receipt or "", contact, sub_type or "",
        bool(looked), 2 if rank is None else rank, state or "", event, label or "", family, children,
    )  # fmt: skip


def _by_incident(lines: Sequence[Line]) -> list[tuple[str, str, list[Line]]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[str(line.event or line.reference)].append(line)
    return [(key, each[0].event_label or f"Notice {each[0].reference}", _in_time(each)) for key, each in found.items()]


def _by_family(lines: Sequence[Line]) -> list[tuple[str, str, list[Line]]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[str(line.family or line.reference)].append(line)
    return [(key, _family_words(each), _in_time(each)) for key, each in found.items()]


def _family_words(lines: Iterable[Line]) -> str:
    names = list(dict.fromkeys(name for line in lines for name in line.children))
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "") or "No child named"


def _in_time(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.happened_at or line.received_at, line.receipt))


def near(lines: Sequence[Line], minutes: int) -> list[Near]:
    """Notices of one address within some minutes that are not one incident yet, as far as they have contacts."""
    places: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.place and line.happened_at and line.contact:
            places[line.place].append(line)
    found = []
    for place, each in places.items():
        found += [
            Near(place, tuple(run))
            for run in _runs(_in_time(each), timedelta(minutes=minutes))
            if len({line.event or line.contact for line in run}) > 1
        ]
    return found


def _runs(lines: Sequence[Line], most: timedelta) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1].happened_at if runs else None
        if last is not None and line.happened_at is not None and line.happened_at - last <= most:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident with all that tells of it, whoever sent it."""

    key: UUID
    label: str
    happened_at: datetime | None
    lines: tuple[Line, ...] = field(default=())


def open_incident(key: UUID | str, *, by: Actor, at: datetime) -> Incident:
    """An incident with every contact of it, police notices or not; opening it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    event = within(by, Event.objects.filter(key=key)).first()
    if event is None:
        raise NotFound
    lines = _lines(rows_within(by, _OF_EVENT, event=event.pk, limit=MOST), by=by)
    trail.record("contacts.open_incident", subject=event, by=by, at=at, shown=[str(line.contact) for line in lines])
    return Incident(event.key, event.label, event.happened_at, tuple(lines))


_OF_EVENT = f"""
SELECT coalesce(notice.reference, ''), coalesce(notice.grade, ''), coalesce(notice.incident, ''), contact.happened_at,
       notice.sent_at, contact.received_at, coalesce(notice.place, ''), contact.receipt, contact.key, contact.sub_type,
       contact.looked, contact.danger_rank, contact.state, event.key, event.label, contact.family, contact.id
  FROM contacts_contact contact
  JOIN contacts_event event ON event.{OWN} AND event.id = contact.event_id
  LEFT JOIN contacts_notice notice ON notice.{OWN} AND notice.submission_id = contact.submission_id
 WHERE contact.{OWN} AND contact.event_id = %(event)s
 ORDER BY contact.received_at, contact.id LIMIT %(limit)s
"""  # noqa: S608 (constants)


def storms(*, by: Actor, at: datetime) -> list[Storm]:
    """Storms of the last day, those that nobody has met first."""
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Storm.objects.filter(began_at__gt=at - timedelta(days=1)))
    return sorted(found, key=lambda storm: (storm.settled_at is not None, storm.began_at))


def open_storm(key: UUID | str, *, by: Actor) -> Storm:
    """A storm, for the manager who says who works it; it names no child.

    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_ASSIGN, authority=acting_council(by))
    found = within(by, Storm.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found
