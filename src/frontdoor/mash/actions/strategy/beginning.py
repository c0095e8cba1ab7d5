"""A strategy discussion begins: from a contact or an enquiry with two lines, or from what was started there at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_person, require
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Contact, Protection
from frontdoor.mash.actions.strategy.rows import Key, changed, start_held, start_minutes, stop, taken, turn
from frontdoor.mash.models import Discussed, Discussion, Enquiry, Issue
from frontdoor.mash.queries.strategy.finding import Child, children_of, open_enquiry_of
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.strategy import Step, after
from frontdoor.trail import actions as trail

STRATEGY = "strategy_discussion"
"""What the contact's page calls a strategy discussion that was started in one action."""


@transaction.atomic
def begin(
    contact: Key, *, why: str, with_whom: str, those: Sequence[str], now: bool, by: Actor, at: datetime
) -> Discussion:
    """Ask for a strategy discussion about children of a contact, or say that it is being held now.

    Nothing blocks it: no enquiry has to be open, no state of the contact and nobody's hold is looked at. An enquiry
    of the family that is open is named beside it.

    :param contact: the contact's key
    :param why: the reason to suspect significant harm; it is the first issue, and wants an answer
    :param with_whom: who was asked or spoken to
    :param those: keys of the children whom it is about
    :param now: it is being held at this moment
    :raises NotFound: the council acted for has no such contact
    :raises NotPermitted: `by` does not work on enquiries
    :raises InvalidInput: no reason, nobody asked, or no child
    """
    found = within(by, Contact.objects.filter(key=contact)).first()
    if found is None:
        raise NotFound
    require(by, Permission.MASH_WORK, authority=found.authority_id)
    known = children_of(found, by=by)
    about = [child for child in known if str(child.key) in set(those)]
    wrong = {} if why.strip() else {"why": "Write why you suspect that a child suffers significant harm"}
    if not with_whom.strip():
        wrong["with_whom"] = "Name whom you have asked or spoken to"
    if known and not about:
        wrong["those"] = "Choose the children whom it is about"
    if wrong:
        raise InvalidInput(**wrong)
    row = _made(found, why, with_whom, about, by=by, at=at)
    if now:
        _held_now(row, by=by, at=at)
    trail.record("mash.begin_strategy", subject=row, by=by, at=at, contact=found.key, now=now, children=len(about))
    return row


def lead_into(protection: Protection, *, by: Actor, at: datetime) -> None:
    """A strategy discussion was started on a contact's page: it stands at once, held now. Part of that act."""
    if protection.kind != STRATEGY:
        return
    contact = protection.contact
    about = children_of(contact, by=by)
    row = _made(contact, protection.reason, protection.with_whom, about, protection=protection, by=by, at=at)
    _held_now(row, by=by, at=at)
    trail.record("mash.lead_into_strategy", subject=row, by=by, at=at, contact=contact.key, protection=protection.key)


def _made(
    contact: Contact, why: str, with_whom: str, about: Iterable[Child], *, protection: Protection | None = None,
    by: Actor, at: datetime,
) -> Discussion:  # fmt: skip
    enquiry = open_enquiry_of(contact, by=by)
    row = Discussion(
        authority_id=contact.authority_id, contact=contact, enquiry=enquiry,
        protection=protection.key if protection else None, reference=_reference(contact, by=by), why=why.strip(),
        asked_at=at, asked_by=acting_person(by), team_id=_team(contact, enquiry),
    )  # fmt: skip
    start_held(row, by=by, at=at)
    row.save(force_insert=True)
    for place, child in enumerate(about):
        Discussed.objects.create(
            authority_id=row.authority_id, discussion=row, named=child.named, matter=child.matter, position=place
        )
    Issue.objects.create(
        authority_id=row.authority_id, discussion=row, raised_by="Whoever asked for the discussion", text=row.why,
        raised_at=at,
    )  # fmt: skip
    turn(row, "begun", f"With {with_whom.strip()}", by=by, at=at)
    return row


def _team(contact: Contact, enquiry: Enquiry | None) -> int:
    return enquiry.team_id if enquiry else contact.team_id


def _reference(contact: Contact, *, by: Actor) -> str:
    """The number of the next one of a contact; it waits for another that begins at once, never for the contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('mash.strategy', %s))", [contact.pk])
    earlier = within(by, Discussion.objects.filter(contact=contact)).count()
    number = f"S-{contact.receipt or str(contact.key)[:8]}"
    return f"{number}/{earlier + 1}" if earlier else number


def _held_now(row: Discussion, *, by: Actor, at: datetime) -> None:
    stop(row, by=by, at=at)
    row.state, row.began_at = after(row.state, Step.HOLD).value, at
    start_minutes(row, by=by, at=at)
    row.save(update_fields=["state", "began_at", "due_at"])
    turn(row, "held", by=by, at=at)


@transaction.atomic
def hold(
    key: Key, *, seen: int, began: datetime | None, ended: datetime | None, how: str, chair: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Write down when and how it was held, and who chaired; also of one whose record is open, where it was begun first.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: times that cannot be, or it is not said how or who chaired
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: its record is signed, or it was called off
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by, writing=True)
    rules.check_times(began, ended, at=at)
    if how not in dict(rules.HOW):
        raise InvalidInput(how="Choose how it was held")
    if not chair.strip():
        raise InvalidInput(chair="Write who chaired it")
    if rules.may(row.state, Step.HOLD) and began is not None:
        row.state = after(row.state, Step.HOLD).value
        since = max(began, row.asked_at)
        stop(row, by=by, at=since)
        start_minutes(row, by=by, at=since)
        turn(row, "held", by=by, at=at)
    row.began_at, row.ended_at, row.how, row.chair = began, ended, how, chair.strip()
    changed(row, "state", "due_at", "began_at", "ended_at", "how", "chair")
    trail.record("mash.hold_strategy", subject=row, by=by, at=at)


@transaction.atomic
def adjourn(key: Key, *, seen: int, why: str, again_at: datetime | None, by: Actor, at: datetime) -> None:
    """It could not go on: say why and when it goes on. Its clock runs until that time.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, or no time later than now
    :raises NotPermitted: `by` does not work on enquiries
    :raises StepNotAllowed: it is signed or was called off
    """
    row = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    state = after(row.state, Step.ADJOURN)
    wrong = {} if why.strip() else {"why": "Write why it could not go on"}
    if again_at is None or again_at <= at:
        wrong["again_at"] = "Enter when it goes on, later than now"
    if wrong:
        raise InvalidInput(**wrong)
    row.state, row.why_not, row.again_at = state.value, why.strip(), again_at
    start_held(row, until=again_at, by=by, at=at)
    changed(row, "state", "why_not", "again_at", "due_at")
    turn(row, "adjourned", why.strip(), by=by, at=at)
    trail.record("mash.adjourn_strategy", subject=row, by=by, at=at)


@transaction.atomic
def call_off(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """It is not held after all: a manager says why.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: its record is open or signed, or something was decided for a child before it was adjourned
    """
    row = taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    state = after(row.state, Step.CALL_OFF)
    if within(by, Discussed.objects.filter(discussion=row, decided_at__isnull=False)).exists():
        raise StepNotAllowed("Something was decided for a child already. Write its record, and sign and send it.")
    if not why.strip():
        raise InvalidInput(why="Write why it is not held, and what is done for the children instead")
    row.state, row.why_not = state.value, why.strip()
    stop(row, by=by, at=at, ended=Ended.NOT_NEEDED)
    changed(row, "state", "why_not")
    turn(row, "called_off", why.strip(), by=by, at=at)
    trail.record("mash.call_off_strategy", subject=row, by=by, at=at)


@transaction.atomic
def reopen(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """It was called off and is held after all: its clock begins anew.

    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: it was not called off
    """
    row = taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    row.state = after(row.state, Step.REOPEN).value
    if not why.strip():
        raise InvalidInput(why="Write why it is held after all")
    start_held(row, by=by, at=at)
    changed(row, "state", "due_at")
    turn(row, "reopened", why.strip(), by=by, at=at)
    trail.record("mash.reopen_strategy", subject=row, by=by, at=at)
