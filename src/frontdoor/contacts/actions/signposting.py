"""Telling somebody of services that may help, in one step from a contact (domain 4: signposting)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_person, require
from frontdoor.contacts.actions.screening.rows import Key, contact_taken
from frontdoor.contacts.models import Contact, Pointer, Referrer
from frontdoor.contacts.rules import signposting as rules
from frontdoor.directory.models import Service
from frontdoor.directory.queries.searching import how_to_reach
from frontdoor.handovers.actions.slips import signature
from frontdoor.letters import actions as letters
from frontdoor.letters.rules import Facts
from frontdoor.letters.rules import Service as Named
from frontdoor.trail import actions as trail


@transaction.atomic
def point(
    key: Key, *, services: Sequence[str], way: str, whom: str = "", safe: bool = False, once: Key = "", by: Actor,
    at: datetime,
) -> list[Pointer]:  # fmt: skip
    """Tell somebody of services: write down that it was said, or send it to whoever told us as they asked.

    The directory learns nothing of it: it stands with the contact alone. Sent twice from one page, it is told once.

    :param services: keys of services that the public is shown
    :param whom: who was told, where it was said
    :param safe: they asked for it, and it is safe if somebody else reads it
    :param once: the number of the page from which it is told
    :raises NotPermitted: `by` does not screen for this council, or may not send
    :raises InvalidInput: no service, too many, one that the public is not shown; nobody to whom it may be sent
    """
    contact, wanted = contact_taken(key, by=by), list(dict.fromkeys(services))
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    telling = UUID(str(once)) if once else uuid4()
    told = list(within(by, Pointer.objects.filter(contact=contact, telling=telling)).order_by("id"))
    if told:
        return told
    found = {str(row.key): row for row in within(by, Service.objects.filter(key__in=wanted, public=True))}
    referrer = within(by, Referrer.objects.filter(contact=contact)).order_by("id").first()
    wrong = rules.wrong_with(
        wanted, way, whom=whom, safe=safe, referrer=referrer.kind if referrer else None
    )  # fmt: skip
    if set(wanted) - set(found):
        wrong["services"] = "One of these is not in the directory any more. Choose again"
    if wrong:
        raise InvalidInput(**wrong)
    lines = [(found[each], how_to_reach(found[each], by=by)) for each in wanted]
    sent = way == rules.SENT and referrer is not None
    letter = _send(contact, referrer, telling, lines, by=by, at=at) if sent else None
    rows = [
        Pointer.objects.create(
            authority_id=contact.authority_id, contact=contact, telling=telling, service=row.key, name=row.name[:300],
            how=how[:500], way=way, whom="" if letter else whom.strip(), letter=letter, by_user=acting_person(by),
            by_name=signature(by), at=at,
        )
        for row, how in lines
    ]  # fmt: skip
    trail.record("contacts.point", subject=contact, by=by, at=at, way=way, services=wanted)
    return rows


def _send(
    contact: Contact, referrer: Referrer | None, telling: UUID, lines: Sequence[tuple[Service, str]], *, by: Actor,
    at: datetime,
) -> UUID | None:  # fmt: skip
    if referrer is None:
        return None
    facts = Facts(
        contact.receipt, contact.received_at,
        services=tuple(Named(row.name, how or "ring us for how to get there") for row, how in lines),
    )  # fmt: skip
    letter = letters.plan_services(
        ("contacts.contact", contact.key), recipient=referrer.key, facts=facts, team_id=contact.team_id,
        occasion=str(telling), by=by, at=at,
    )  # fmt: skip
    return UUID(str(letter.key))
