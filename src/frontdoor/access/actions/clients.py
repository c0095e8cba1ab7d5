"""Systems that send: a secret shown once, changed over with both working for a while, and ended at once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.access.models import ApiClient
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_council, require
from frontdoor.organisations.models import Agency
from frontdoor.trail import actions as trail

LASTS = timedelta(days=365)
OVERLAP = timedelta(days=7)
"""How long the secret before still works after a rotation."""


def secret_hash(secret: str) -> bytes:
    """What is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def make_client(
    name: str, *, agency: Agency, purpose: str, by: Actor, at: datetime, lasts: timedelta = LASTS
) -> tuple[ApiClient, str]:
    """Make an API client of the council acted for; its secret is given here once and never again.

    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: the council has a client of that name in use
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    if ApiClient.objects.filter(authority_id=authority, name__iexact=name, ended_at=None).exists():
        raise InvalidInput(name="There is a client of this name already.")
    secret = secrets.token_urlsafe(32)
    client = ApiClient.objects.create(
        authority_id=authority, agency=agency, name=name, purpose=purpose,
        secret_hash=secret_hash(secret), made_at=at, expires_at=at + lasts,
    )  # fmt: skip
    trail.record("access.make_client", subject=client, by=by, at=at, agency=agency.key)
    return client, secret


def _in_use(key: UUID, by: Actor) -> ApiClient:
    """A client of the council acted for, locked.

    :raises NotFound: it is another council's
    :raises StepNotAllowed: it was ended
    """
    client = ApiClient.objects.select_for_update(of=("self",)).get(key=key)
    require(by, Permission.ACCOUNT_KEEP, authority=client.authority_id)
    if client.ended_at is not None:
        raise StepNotAllowed("This client was ended.", when=client.ended_at)
    return client


@transaction.atomic
def rotate_secret(key: UUID, *, by: Actor, at: datetime) -> tuple[ApiClient, str]:
    """Give a client a new secret for another year; the one before works for a week more.

    A secret changed twice within that week leaves only the last two working.

    :raises NotPermitted: `by` may not keep accounts
    :raises NotFound: it is another council's
    :raises StepNotAllowed: it was ended
    """
    client = _in_use(key, by)
    secret = secrets.token_urlsafe(32)
    client.previous_hash, client.previous_until = client.secret_hash, min(at + OVERLAP, client.expires_at)
    client.secret_hash, client.expires_at = secret_hash(secret), at + LASTS
    client.save(update_fields=["previous_hash", "previous_until", "secret_hash", "expires_at"])
    trail.record("access.rotate_secret", subject=client, by=by, at=at, previous_until=client.previous_until)
    return client, secret


@transaction.atomic
def end_client(key: UUID, *, why: str, by: Actor, at: datetime) -> None:
    """End a client at once: neither of its secrets opens anything from now on.

    :raises NotPermitted: `by` may not keep accounts
    :raises NotFound: it is another council's
    :raises StepNotAllowed: it was ended already
    """
    client = _in_use(key, by)
    client.ended_at = at
    client.save(update_fields=["ended_at"])
    trail.record("access.end_client", subject=client, by=by, at=at, why=why)
