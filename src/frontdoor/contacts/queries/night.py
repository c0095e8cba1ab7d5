"""Asking for the night: who is on the rota, what nobody has opened, and which hours have no name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import OWN, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks import rules as clock_rules
from frontdoor.contacts.models import Contact, Shift
from frontdoor.contacts.rules import night as rules

AHEAD = timedelta(days=7)


ON_NOW = f"EXISTS (SELECT FROM contacts_shift WHERE {OWN} AND starts_at <= %(at)s AND ends_at > %(at)s)"
"""Whether a name stands on the rota at an instant: a part of the statement that every page asks."""


@dataclass(frozen=True, slots=True)
class OnRota:
    """One shift with the name of whoever works it."""

    key: UUID
    user_id: int
    name: str
    phone: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Unopened:
    """Something that came outside hours and that nobody has looked at."""

    key: UUID
    receipt: str
    received_at: datetime
    danger_rank: int


@dataclass(frozen=True, slots=True)
class Night:
    """The night as its page shows it.

    :param on_now: whose inbox it is at this moment; empty is an alarm outside hours
    :param gaps: hours of the next week outside opening hours without a name
    """

    open_now: bool
    on_now: list[OnRota]
    coming: list[OnRota]
    gaps: list[rules.Span]
    unopened: list[Unopened]

    @property
    def alarm(self) -> bool:
        return not self.open_now and not self.on_now


def on_rota(*, by: Actor, at: datetime, until: datetime | None = None) -> list[OnRota]:
    """The shifts that run now, or at any time until another instant."""
    rows = list(
        within(
            by, Shift.objects.filter(starts_at__lt=until or at + timedelta(microseconds=1), ends_at__gt=at)
        ).order_by("starts_at", "id")
    )
    return _named(rows, by=by)


def _named(rows: list[Shift], *, by: Actor) -> list[OnRota]:
    people = names({row.user_id for row in rows}, by=by)
    return [
        OnRota(row.key, row.user_id, people.get(row.user_id, ""), row.phone, row.starts_at, row.ends_at) for row in rows
    ]


def shift_of(key: UUID | str, *, by: Actor, at: datetime) -> OnRota:
    """One shift that runs or is to come, for whoever keeps the rota.

    :raises NotPermitted: `by` does not keep the rota
    :raises NotFound: no such shift, or it is over
    """
    require(by, Permission.ROTA_KEEP, authority=acting_council(by))
    row = within(by, Shift.objects.filter(key=key, ends_at__gt=at)).first()
    if row is None:
        raise NotFound
    return _named([row], by=by)[0]


def nobody_on(*, by: Actor, at: datetime) -> bool:
    """Whether the door is closed and no name stands on the rota: itself an alarm."""
    return not clocks.is_open(by=by, at=at) and not on_rota(by=by, at=at)


def open_night(*, by: Actor, at: datetime) -> Night:
    """The night's page of the council acted for.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    coming = on_rota(by=by, at=at, until=at + AHEAD)
    calendar = clocks.terms((), by=by).calendar
    spans = [rules.Span(row.starts_at, row.ends_at) for row in coming]
    whole = at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
    unopened = within(by, Contact.objects.filter(closed_at=None, looked=0, out_of_hours=True))
    rows = unopened.order_by("danger_rank", "received_at").values_list("key", "receipt", "received_at", "danger_rank")
    return Night(
        open_now=clock_rules.is_open(at, calendar),
        on_now=[row for row in coming if row.starts_at <= at],
        coming=coming,
        gaps=rules.gaps(whole, whole + AHEAD, spans, lambda when: clock_rules.is_open(when, calendar)),
        unopened=[Unopened(*row) for row in rows[:200]],
    )
