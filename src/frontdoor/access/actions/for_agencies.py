"""Letting people send or answer for an agency, and ending it at once when they leave."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet

from frontdoor.access.actions.accounts import end_sessions
from frontdoor.access.actions.door import send_link
from frontdoor.access.models import ForAgency, Partner, Sender, User
from frontdoor.access.rules import Link
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.organisations.models import Agency
from frontdoor.organisations.rules import london_day
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may be let do for an agency.

    :param keep: the permission of whoever keeps its people
    :param let: the entry of letting somebody; `end` that of ending it
    :param does: the verb, as pages say it
    """

    rows: type[ForAgency]
    keep: Permission
    let: str
    end: str
    does: str


SENDS = Right(Sender, Permission.SENDER_KEEP, "access.let_send", "access.end_sender", "sends")
ANSWERS = Right(Partner, Permission.PARTNER_KEEP, "access.let_answer", "access.end_partner", "answers")


@transaction.atomic
def let(
    right: Right, key: UUID, *, agency: Agency, lead: bool, starts_on: date, ends_on: date | None = None,
    by: Actor, at: datetime,
) -> ForAgency:  # fmt: skip
    """Let an account of the council acted for do something for an agency, from a day until a day (inclusive).

    :param lead: whether this person keeps the agency's others
    :raises NotFound: another council keeps the account
    :raises NotPermitted: `by` may not keep accounts
    :raises InvalidInput: it is `by`'s own, or the account does it for this or another agency already
    :raises StepNotAllowed: the account has ended
    """
    user = User.objects.select_for_update(of=("self",)).get(key=key)
    require(by, Permission.ACCOUNT_KEEP, authority=user.authority_id)
    if user.ended_at is not None:
        raise StepNotAllowed("This account has ended.", when=user.ended_at)
    if by.user_id == user.pk:
        raise InvalidInput(agency="Somebody else does this for your account.")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput(ends_on="The last day must not lie before the first.")
    if _open(right, user, at).exists():
        raise InvalidInput(agency=f"This account {right.does} for an organisation already. End that first.")
    _close(right, user, agency, by, at)
    return _granted(right, user, agency, lead=lead, starts_on=starts_on, ends_on=ends_on, by=by, at=at)


def _open(right: Right, user: User, at: datetime) -> QuerySet[ForAgency]:
    return _rows(right).filter(Q(ends_on=None) | Q(ends_on__gte=london_day(at)), user=user, ended_at=None)


def _rows(right: Right) -> QuerySet[ForAgency]:
    rows: QuerySet[ForAgency] = right.rows._default_manager.all()
    return rows


def _close(right: Right, user: User, agency: Agency, by: Actor, at: datetime) -> None:
    """A right that has run out makes room for a new one."""
    _rows(right).filter(user=user, agency=agency, ended_at=None).update(ended_at=at, ended_by=by.name)


def _granted(
    right: Right, user: User, agency: Agency, *, lead: bool, starts_on: date, ends_on: date | None,
    by: Actor, at: datetime,
) -> ForAgency:  # fmt: skip
    row = _rows(right).create(
        user=user, agency=agency, lead=lead, starts_on=starts_on, ends_on=ends_on, granted_by=by.name, made_at=at
    )
    trail.record(right.let, subject=row, by=by, at=at, user=user.key, agency=agency.key, lead=lead)
    return row


@transaction.atomic
def invite(
    right: Right, email: str, name: str, *, ends_on: date | None = None, site: str, by: Actor, at: datetime
) -> None:
    """Let a colleague do it for one's own agency too: an account is made and its invitation sent.

    Whether the address had an account already is not told: it answers alike. Such an account goes on as it is, and
    whoever does it for another agency goes on doing it for that one.

    :param site: scheme and host that the link begins with
    :raises NotPermitted: `by` is no lead person
    """
    authority = acting_council(by)
    require(by, right.keep, authority=authority)
    agency = Agency.objects.filter(key=by.agency).first()
    if agency is None:
        raise NotFound
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create(
            email=email.lower(), name=name, authority_id=authority, password=make_password(None), made_at=at,
            awake_since=at,
        )  # fmt: skip
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        send_link(user, Link.INVITATION, site=site)
    if user.ended_at is None and not _open(right, user, at).filter(agency=agency).exists():
        _close(right, user, agency, by, at)
        _granted(right, user, agency, lead=False, starts_on=london_day(at), ends_on=ends_on, by=by, at=at)


@transaction.atomic
def end(right: Right, key: UUID, *, why: str, by: Actor, at: datetime) -> None:
    """End it at once: the next page that they ask for is refused, and their sessions end now.

    :raises NotFound: another agency's person, or another council's account
    :raises NotPermitted: `by` keeps nobody
    :raises InvalidInput: it is `by`'s own
    :raises StepNotAllowed: it has ended already
    """
    row = _rows(right).select_for_update(of=("self",)).select_related("user", "agency").get(key=key)
    if by.may(Permission.ACCOUNT_KEEP):
        require(by, right.keep, authority=row.user.authority_id)
    else:
        require(by, right.keep, authority=acting_council(by))
        if str(row.agency.key) != by.agency:
            raise NotFound
    if row.ended_at is not None:
        raise StepNotAllowed(f"This person no longer {right.does} for the organisation.", when=row.ended_at)
    if row.user_id == by.user_id:
        raise InvalidInput(why="Somebody else ends yours: the council, or another lead person.")
    row.ended_at, row.ended_by = at, by.name
    row.save(update_fields=["ended_at", "ended_by"])
    end_sessions(row.user)
    trail.record(right.end, subject=row, by=by, at=at, why=why, user=row.user.key, agency=row.agency.key)


let_send, invite_sender, end_sender = partial(let, SENDS), partial(invite, SENDS), partial(end, SENDS)
let_answer, invite_partner, end_partner = partial(let, ANSWERS), partial(invite, ANSWERS), partial(end, ANSWERS)
