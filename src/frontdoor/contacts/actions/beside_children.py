"""Somebody says that children of an incident are another council's: a contact arises there, under its own clock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.contacts.actions import beside
from frontdoor.contacts.actions.passing_on import FORM
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.models import Contact, Named, Shared, SharedChild
from frontdoor.contacts.queries.beside import away
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.handovers import actions as handovers
from frontdoor.organisations.queries import agreed_with
from frontdoor.trail import actions as trail

_TOLD = tuple(name for name in intake.PersonGiven.__dataclass_fields__ if name not in ("said_words", "sealed"))
NO_AGREEMENT = (
    "No agreement with another council is in force. Recommend for the child that another council takes them on: it is"
    " told by a handover or a letter."
)


@transaction.atomic
def pass_children(
    key: UUID | str,
    *,
    seen: int,
    council: int,
    people: Sequence[str],
    story: str,
    why: str,
    danger: str = "unknown",
    by: Actor,
    at: datetime,
) -> Shared:
    """Pass children of this incident to the council that is responsible for them; both contacts carry one mark.

    Only who is chosen goes there, with what is written about them here. The story stays, and so does who told us.

    :param people: keys of the children, and of adults who belong to them
    :param story: what happened, as far as it is about these children
    :param danger: whether they are in danger now: yes, no or unknown
    :raises NotFound: no such contact here
    :raises NotPermitted: `by` does not screen, or may not hand over
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no child, every child, no story, no reason, or a council without an agreement in force
    :raises StepNotAllowed: the contact has ended, or no agreement is in force
    """
    require(by, Permission.CONTACT_SCREEN, authority=acting_council(by))
    contact = rows.contact_taken(key, by=by)
    unchanged(seen, contact.version)
    rows.still_open(contact)
    agreed = agreed_with(by=by, at=at)
    if not agreed:
        raise StepNotAllowed(NO_AGREEMENT)
    if council not in agreed:
        raise InvalidInput(council="Choose a council with which an agreement is in force")
    chosen = _chosen(contact, people, by=by)
    words = {name: text.strip() for name, text in (("story", story), ("why", why))}
    missing = {"story": "Write what happened, as far as it is about these children", "why": "Write one line: why"}
    if problems := {name: missing[name] for name, text in words.items() if not text}:
        raise InvalidInput(**problems)
    mirror = beside.mirrored(contact)
    slip = handovers.send_to_council(
        contact, council=council, summary=f"Children of one incident: {contact.receipt}", why=words["why"],
        received_at=contact.received_at, by=by, at=at,
        payload={"form": FORM, "schema": intake.SCHEMA, "report": intake.body(
            _report(contact, chosen, story=words["story"], danger=danger, council=council, mirror=mirror)
        )},
    )  # fmt: skip
    shared = beside.tie(contact, council=council, slip=slip.key, ours=True, by=by, at=at)
    if shared is None:
        raise InvalidInput(council="Nobody of that council works here")
    for child in chosen:
        if child.kind in CHILD_KINDS:
            SharedChild.objects.create(
                authority_id=contact.authority_id, shared=shared, named=child, slip=slip.key, why=words["why"][:300],
                by_user=by.user_id, at=at,
            )  # fmt: skip
    contact.version, contact.touched_at = contact.version + 1, at
    contact.save(update_fields=["version", "touched_at"])
    trail.record("contacts.pass_children", subject=contact, by=by, at=at, to_council=council, slip=slip.key)
    return shared


def _chosen(contact: Contact, people: Sequence[str], *, by: Actor) -> list[Named]:
    """Who goes there: at least one child who did not go before, and never, one by one either, every child."""
    everybody = list(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    chosen = [each for each in everybody if str(each.key) in set(people)]
    children = {each.pk for each in chosen if each.kind in CHILD_KINDS}
    if not children:
        raise InvalidInput(people="Choose at least one child")
    gone = away(contact, by=by)
    if not children.isdisjoint(gone):
        raise InvalidInput(people="One of these children was passed to another council already")
    if children.issuperset({each.pk for each in everybody if each.kind in CHILD_KINDS} - gone):
        raise InvalidInput(
            people="At least one child stays ours. Where all of them are the other council’s, recommend that it takes"
            " them on."
        )
    return chosen


def _report(
    contact: Contact, people: Sequence[Named], *, story: str, danger: str, council: int, mirror: UUID
) -> intake.Report:
    """What the other council gets: who was chosen, what was written of them, when it happened; not who told us.

    Where an address is kept from others it goes nowhere: the row holds none.
    """
    given = tuple(intake.PersonGiven(**{name: getattr(each, name) for name in _TOLD}) for each in people)
    first = next(each for each in people if each.kind in CHILD_KINDS)
    return intake.Report(
        story=story, category=contact.category, sub_type=contact.sub_type, source_code="5C", danger=danger,
        postcode=first.postcode, responsible_authority=str(council), happened_at=contact.happened_at, people=given,
        referrer=intake.ReferrerGiven(kind="professional"), mirror=str(mirror),
    )  # fmt: skip
