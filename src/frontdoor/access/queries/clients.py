"""The systems that send to a council, for their keepers and at the door."""

import hashlib
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q

from frontdoor.access.models import ApiClient
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require


def api_client(secret: str, *, at: datetime) -> ApiClient | None:
    """The API client with this secret, unless it has run out or was ended; compared by hash, never by the secret.

    After a rotation the secret before opens the same client for a while.
    """
    digest = hashlib.sha256(secret.encode()).digest()
    present = Q(secret_hash=digest, expires_at__gt=at) | Q(previous_hash=digest, previous_until__gt=at)
    return ApiClient.objects.filter(present, ended_at=None).select_related("agency").first()


def client_actor(client: ApiClient) -> Actor:
    """The actor of a system: it may hand in reports for its one council, and nothing else."""
    return Actor(
        name=f"client:{client.key}",
        label=client.name,
        reach=MappingProxyType({client.authority_id: frozenset({Permission.CONTACT_TAKE})}),
        agency=str(client.agency.key),
        post=client.purpose,
    )


def clients(*, by: Actor) -> list[ApiClient]:
    """The council's clients, those in use first, by name.

    :raises NotPermitted: `by` may not keep accounts
    """
    authority = acting_council(by)
    require(by, Permission.ACCOUNT_KEEP, authority=authority)
    found = ApiClient.objects.filter(authority_id=authority).select_related("agency")
    return sorted(found, key=lambda client: (client.ended_at is not None, client.name.lower()))


def client(key: UUID, *, by: Actor) -> ApiClient:
    """One of the council's clients.

    :raises NotFound: it is another council's
    :raises NotPermitted: `by` may not keep accounts
    """
    found = next((each for each in clients(by=by) if each.key == key), None)
    if found is None:
        raise NotFound
    return found
