"""What happens at the door: entries of sign-ins, attempts that wait for one another, mails about accounts."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from frontdoor.access.models import User
from frontdoor.access.rules import Link
from frontdoor.actors.rules import Actor
from frontdoor.background.actions import later
from frontdoor.trail import actions as trail


@transaction.atomic
def note_sign_in(what: str, user: User | None, *, why: str = "", by: Actor, at: datetime, **detail: Any) -> None:
    """Write into the service's own trail what somebody did at the door: signed in, failed, left, changed a factor.

    :param what: `access.verb`
    :param user: the account, or None where nobody has one of that address
    """
    subject = user if user is not None else ("access.user", "")
    trail.record(what, subject=subject, by=by, at=at, why=why, **detail)


def one_at_a_time(email: str) -> None:
    """Wait, within this transaction, for whoever is trying the same e-mail address at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sign-in {email.lower()}"])


def send_link(user: User, link: Link, *, site: str) -> None:
    """Have a mail sent about an account, with a one-time link where it is to set a password.

    :param site: scheme and host that the link begins with
    :raises NoActor: nobody acts
    """
    later("access.send_link", user=user.pk, link=link, site=site)
