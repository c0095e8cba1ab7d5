"""Counting how often something came from one network, without keeping whose it is."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from frontdoor.actors.rules import Actor


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
