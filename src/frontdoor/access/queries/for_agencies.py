"""People who send or answer for an agency: at the door, where nobody acts yet, and for those who keep them."""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.models import ForAgency, Partner, Sender, User
from frontdoor.actors.rules import Actor, Everywhere, NotFound, Permission, acting_council, require
from frontdoor.organisations.models import Agency
from frontdoor.organisations.rules import in_force, london_day


@dataclass(frozen=True, slots=True)
class _ForAgency:
    """For whom somebody acts at this instant.

    :param actor: acts in the portal's role, for the agency, and may do that one thing alone
    :param home: the council that keeps the account
    """

    actor: Actor
    agency: Agency
    lead: bool
    home: int

    def _keeper(self, keep: Permission) -> Actor:
        """Who keeps the agency's people: a lead person alone, and nothing but that, for the council of the account."""
        permissions = frozenset({keep} if self.lead else ())
        return Actor(
            name=self.actor.name, label=self.actor.label, user_id=self.actor.user_id, post=self.actor.post,
            agency=self.actor.agency, reach=MappingProxyType({self.home: permissions}),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sending(_ForAgency):
    """For whom somebody sends: it takes in, as everybody may, and nothing else."""

    @property
    def notices(self) -> bool:
        """Whether the agency sends police notices by the file: only the police do."""
        return self.agency.kind == "police"

    @property
    def keeper(self) -> Actor:
        """Who keeps those who send."""
        return self._keeper(Permission.SENDER_KEEP)


@dataclass(frozen=True, slots=True)
class Answering(_ForAgency):
    """For whom somebody answers what councils ask: it reads and answers that agency's requests, and nothing else."""

    @property
    def keeper(self) -> Actor:
        """Who keeps those who answer."""
        return self._keeper(Permission.PARTNER_KEEP)


@dataclass(frozen=True, slots=True)
class SenderHeld:
    """One person's right to send or to answer for an agency, as its keepers see it.

    :param state: `in force`, `to come` or `ended`
    """

    key: UUID
    user: UUID
    user_id: int
    name: str
    email: str
    agency: str
    lead: bool
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None
    last_sign_in: datetime | None
    state: str


def sending(user: User, *, at: datetime) -> Sending | None:
    """For which agency an account sends at this instant; the one that let it first, where several have."""
    held = _in_force(Sender, user, at)
    if held is None:
        return None
    actor = _actor(held, Permission.CONTACT_TAKE, post="Sends for an agency", draft="sender")
    return Sending(actor, held.agency, held.lead, user.authority_id)


def answering(user: User, *, at: datetime) -> Answering | None:
    """For which agency an account answers at this instant; the one that let it first, where several have."""
    held = _in_force(Partner, user, at)
    if held is None:
        return None
    actor = _actor(held, Permission.REQUEST_ANSWER, post="Answers for an agency", draft="partner")
    return Answering(actor, held.agency, held.lead, user.authority_id)


def _in_force(rows: type[ForAgency], user: User, at: datetime) -> ForAgency | None:
    if not user.is_active:
        return None
    today = london_day(at)
    held: QuerySet[ForAgency] = rows._default_manager.select_related("agency", "user")
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=today), user=user, ended_at=None, starts_on__lte=today)
    return held.order_by("id").first()


def _actor(held: ForAgency, may: Permission, *, post: str, draft: str) -> Actor:
    return Actor(
        name=f"user:{held.user.pk}", label=held.user.name, user_id=held.user.pk, reach=Everywhere(may), post=post,
        agency=str(held.agency.key), db_role="frontdoor_portal", draft=f"{draft}:{held.user.pk}:{held.agency.key}",
    )  # fmt: skip


def _kept(rows: type[ForAgency], keep: Permission, by: Actor) -> QuerySet[ForAgency]:
    """The rows that `by` keeps: those of the council's accounts, and for a lead person of their own agency alone.

    :raises NotPermitted: `by` keeps nobody
    """
    authority = acting_council(by)
    require(by, keep, authority=authority)
    found: QuerySet[ForAgency] = rows._default_manager.select_related("user", "agency")
    if by.may(Permission.ACCOUNT_KEEP):
        return found.filter(user__authority_id=authority)
    return found.filter(agency__key=by.agency)


def _all(rows: QuerySet[ForAgency], user: UUID | None, at: datetime) -> list[SenderHeld]:
    found = [_shown(row, at) for row in (rows.filter(user__key=user) if user else rows)]
    return sorted(found, key=lambda each: (each.state == "ended", each.name.lower(), each.starts_on, str(each.key)))


def _one(rows: QuerySet[ForAgency], key: UUID, at: datetime) -> SenderHeld:
    row = rows.filter(key=key).first()
    if row is None:
        raise NotFound
    return _shown(row, at)


def senders(*, user: UUID | None = None, by: Actor, at: datetime) -> list[SenderHeld]:
    """Everybody whom `by` keeps as a sender, by name, those in force first; or one account's rows.

    :raises NotPermitted: `by` keeps nobody
    """
    return _all(_kept(Sender, Permission.SENDER_KEEP, by), user, at)


def sender(key: UUID, *, by: Actor, at: datetime) -> SenderHeld:
    """One of them.

    :raises NotFound: another's
    :raises NotPermitted: `by` keeps nobody
    """
    return _one(_kept(Sender, Permission.SENDER_KEEP, by), key, at)


def partners(*, user: UUID | None = None, by: Actor, at: datetime) -> list[SenderHeld]:
    """Everybody whom `by` keeps as one who answers, by name, those in force first; or one account's rows.

    :raises NotPermitted: `by` keeps nobody
    """
    return _all(_kept(Partner, Permission.PARTNER_KEEP, by), user, at)


def partner(key: UUID, *, by: Actor, at: datetime) -> SenderHeld:
    """One of them.

    :raises NotFound: another's
    :raises NotPermitted: `by` keeps nobody
    """
    return _one(_kept(Partner, Permission.PARTNER_KEEP, by), key, at)


def _shown(row: ForAgency, at: datetime) -> SenderHeld:
    today = london_day(at)
    on = row.ended_at is None and in_force(row.starts_on, row.ends_on, today)
    coming = row.ended_at is None and row.starts_on > today
    return SenderHeld(
        key=row.key, user=row.user.key, user_id=row.user_id, name=row.user.name, email=row.user.email,
        agency=row.agency.name, lead=row.lead, starts_on=row.starts_on, ends_on=row.ends_on, ended_at=row.ended_at,
        last_sign_in=row.user.last_login, state="to come" if coming else "in force" if on else "ended",
    )  # fmt: skip
