"""Counting how often something came from one network, without keeping whose it is."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from frontdoor.actors.rules import Actor, acting_council
from frontdoor.contacts.rules import doors, intake
from frontdoor.councils.queries import settings

Marks = tuple[doors.Mark, ...]


def count(what: str, whose: str, *, within: timedelta, by: Actor, at: datetime) -> int:
    """Count once more and say how often it came within this while; it is forgotten after it.

    The key is made with the service's secret and changes with the while: the table tells neither what nor whose. The
    database takes it from the portal's role alone, which can neither read nor change what others counted.

    :param whose: a network (`rules.returning`, `rules.doors`), or the hash of a text
    """
    since = int(at.timestamp() // within.total_seconds())
    key = salted_hmac("frontdoor.portal.count", f"{what}|{since}|{whose}", algorithm="sha256").digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_portal_count(%s, %s)", [key, at + within])
        return int(cursor.fetchone()[0])


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def marks_of(words: str, whose: str, *, trap: bool, begun_at: datetime | None = None, by: Actor, at: datetime) -> Marks:
    """Count a report that is about to be sent, and say why somebody should look whether it is genuine.

    What is counted is forgotten within a day, and refuses nobody.

    :param words: what was written; only its keyed hash is counted
    :param whose: the network it came from, or "" where that is not known
    :param trap: the hidden question was answered
    :param begun_at: when it was begun; None for what is quick on purpose: danger now, and the page of a child
    """
    council = acting_council(by)
    limits = settings([setting.name for setting in doors.LIMITS], authority=council, on=at)
    said = intake.folded(words)
    came = doors.Came(
        in_the_hour=count(f"report {council}", whose, within=HOUR, by=by, at=at) if whose else 1,
        same=count(f"words {council}", said, within=DAY, by=by, at=at) if said else 1,
        seconds=(at - begun_at).total_seconds() if begun_at else None, trap=trap,
    )  # fmt: skip
    return doors.marks(came, doors.Limits(*(int(limits[setting.name].value) for setting in doors.LIMITS)))
