"""How many each sender usually has sent by this hour, and how many it has: for the rule that notices silence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from frontdoor.access.models import ApiClient, Sender
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import Calendar, bank_holidays
from frontdoor.contacts.models import Silence
from frontdoor.contacts.rules import silence as rules
from frontdoor.councils import queries as councils
from frontdoor.organisations.models import Agency

LONDON = ZoneInfo("Europe/London")
MOST = 100

# By sender and London day, only what had come by this hour of the day; tests make no contact and count for nothing.
_COUNTED = f"""
SELECT who, day, count(*) FROM (
  SELECT CASE WHEN submission.sender LIKE 'client:%%' THEN submission.sender
              WHEN submission.agency IS NOT NULL THEN 'agency:' || submission.agency::text
              WHEN contact.channel = 'police_notification'
              THEN 'police:' || coalesce(nullif(submission.body -> 'referrer' ->> 'agency', ''), 'Police')
              WHEN contact.channel = 'email' AND submission.body -> 'referrer' ->> 'email' LIKE '%%_@_%%'
              THEN 'domain:' || lower(split_part(submission.body -> 'referrer' ->> 'email', '@', 2)) END AS who,
         (contact.received_at AT TIME ZONE 'Europe/London')::date AS day,
         (contact.received_at AT TIME ZONE 'Europe/London')::time AS wall
    FROM contacts_contact contact
    JOIN contacts_submission submission ON submission.{OWN} AND submission.id = contact.submission_id
   WHERE contact.{OWN} AND contact.received_at >= %(since)s AND contact.received_at <= %(at)s) came
 WHERE who IS NOT NULL AND wall <= %(wall)s GROUP BY who, day
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Watched:
    """One sender at this hour.

    :param days: how many days its usual was worked out from
    """

    sender: str
    name: str
    usual: int
    seen: int
    days: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The council's own numbers."""

    least: int
    share: int
    holidays: tuple[date, ...]


def limits(*, by: Actor, at: datetime) -> Limits:
    """From the settings that hold today."""
    values = councils.settings(rules.NAMES, authority=acting_council(by), on=at)
    holidays = tuple(date.fromisoformat(day) for day in values[rules.HOLIDAYS.name].value)
    return Limits(int(values[rules.LEAST.name].value), int(values[rules.SHARE.name].value), holidays)


def watched(*, by: Actor, at: datetime) -> list[Watched]:
    """Every sender that has a usual for this weekday and hour, with what it has sent today.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    now = at.astimezone(LONDON)
    today, since = now.date(), at - timedelta(weeks=rules.FURTHEST, days=1)
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for who, day, number in rows_within(by, _COUNTED, since=since, at=at, wall=now.time().replace(tzinfo=None)):
        counts[who][day] = number
    known, limit = _known(counts, by=by), limits(by=by, at=at)
    calendar = clocks.terms([rules.SILENCE], by=by).calendar
    found = []
    for who, (name, terms) in sorted(known.items()):
        days = rules.comparable(
            today, terms=terms, bank_holidays=_bank_holidays(today, calendar), school_holidays=limit.holidays
        )
        usual = rules.usual(counts[who], days)
        if usual:
            found.append(Watched(who, name, usual, counts[who].get(today, 0), len(days)))
    return found


def _bank_holidays(today: date, calendar: Calendar) -> frozenset[date]:
    return bank_holidays(today.year, calendar) | bank_holidays(today.year - 1, calendar)


def _known(senders: Iterable[str], *, by: Actor) -> dict[str, tuple[str, bool]]:
    """Name of each sender that still sends, and whether it keeps school terms; others are expected to be silent."""
    clients = {
        f"client:{each.key}": (f"{each.name} ({each.agency.name})", each.agency.kind in rules.KEEPS_TERMS)
        for each in ApiClient.objects.select_related("agency").filter(authority_id=acting_council(by), ended_at=None)
    }
    sending = Sender.objects.filter(ended_at=None).values("agency_id")
    agencies = {
        f"agency:{each.key}": (each.name, each.kind in rules.KEEPS_TERMS)
        for each in Agency.objects.filter(pk__in=sending)
    }
    return {who: found for who in senders if (found := (clients | agencies).get(who) or _by_name(who))}


def _by_name(who: str) -> tuple[str, bool] | None:
    """A sender that is known by its own name alone: a mail domain of an organisation, a police force."""
    kind, _, name = who.partition(":")
    if kind == "police":
        return f"{name}: notices", False
    if kind == "domain" and name not in rules.ANYBODYS:
        return f"E-mail from {name}", name.endswith(".sch.uk")
    return None


def open_silences(*, by: Actor, at: datetime) -> list[Silence]:
    """The silences that nobody has explained, the first first.

    :raises NotPermitted: `by` may not read settings: those who keep the doors may
    """
    require(by, Permission.SETTING_READ, authority=acting_council(by))
    return list(within(by, Silence.objects.filter(ended_at=None)).order_by("began_at", "id")[:MOST])


def ended_silences(*, by: Actor, at: datetime) -> list[Silence]:
    """The last ones that were explained, the latest first."""
    require(by, Permission.SETTING_READ, authority=acting_council(by))
    return list(within(by, Silence.objects.filter(ended_at__isnull=False)).order_by("-began_at", "-id")[:MOST])


def one(key: UUID, *, by: Actor) -> Silence:
    """One of them.

    :raises NotFound: another council's, or none
    """
    require(by, Permission.SETTING_READ, authority=acting_council(by))
    found = within(by, Silence.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found
