"""People of agencies who send with an account of their own: a school, a police desk, a health trust; all invented."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from frontdoor.access.actions import let_send, make_account, set_password
from frontdoor.access.models import User
from frontdoor.access.queries import sending
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, SEEDER, SERVICE, Actor
from frontdoor.contacts.actions.silence import raise_silences
from frontdoor.contacts.queries.silence import Watched
from frontdoor.organisations.models import Agency

SINCE = date(2019, 1, 1)
SCHOOL, POLICE, HEALTH = "Whittle Brook Primary School", "Cambridgeshire Constabulary", "Nene Community Health"


@dataclass(frozen=True, slots=True)
class AgencyAccount:
    """Somebody who works for an agency: the name for `code`, the organisation, the council that keeps the account."""

    code: str
    agency: str
    authority: int
    name: str
    lead: bool = False

    @property
    def email(self) -> str:
        return f"{self.code}@{'cambridgeshire' if self.authority == 873 else 'peterborough'}.example.org"


SENDERS = (
    AgencyAccount("school-lead", SCHOOL, 874, "Marian Coombe", lead=True),
    AgencyAccount("school", SCHOOL, 874, "Daniel Eyre"),
    AgencyAccount("police-desk", POLICE, 873, "Orla Finch", lead=True),
    AgencyAccount("health-trust", HEALTH, 873, "Beatrix Lowe", lead=True),
)


def make(*, at: datetime, password: str, second_factor: Callable[[str], str] | None = None) -> None:
    """Make the accounts of those who send, each with its second factor, as its owner would have done."""
    make_each(SENDERS, let_send, at=at, password=password, second_factor=second_factor)


def make_each(
    accounts: Sequence[AgencyAccount], let: Callable[..., object], *, at: datetime, password: str,
    second_factor: Callable[[str], str] | None,
) -> None:  # fmt: skip
    """Make accounts, let each do something for its agency, and give it its password and second factor.

    :param let: what an administrator presses: `let_send` or `let_answer`
    """
    agencies = {agency.name: agency for agency in Agency.objects.all()}
    for each in accounts:
        with acting_for(each.authority, by=SEEDER) as by:
            user = make_account(each.email, each.name, by=by, at=at)
            let(user.key, agency=agencies[each.agency], lead=each.lead, starts_on=SINCE, by=by, at=at)
    _secure([each.email for each in accounts], password, second_factor, at=at)


def _secure(emails: Iterable[str], password: str, second_factor: Callable[[str], str] | None, *, at: datetime) -> None:
    with acting_for(SERVICE, by=SEEDER) as by:
        users = list(User.objects.filter(email__in=list(emails)))
        set_password(users, password, by=by, at=at)
        for user in users:
            TOTP.activate(user, second_factor(user.email) if second_factor else generate_totp_secret())
            RecoveryCodes.activate(user)


def who_sends(agency: str, *, at: datetime) -> Actor | None:
    """The first of an agency's people who sends for it, to act inside `acting_for`; None where nobody does."""
    first = next((sender for sender in SENDERS if sender.agency == agency), None)
    user = User.objects.filter(email=first.email).first() if first else None
    found = sending(user, at=at) if user else None
    return found.actor if found else None


def fall_silent(at: datetime) -> None:
    """One sender is silent while the demonstration is looked at: invented, for its few weeks tell too little."""
    quiet = Watched("agency:demonstration", f"{HEALTH}: health visitors' system", 4, 0, 8)
    with acting_for(873, by=CLOCK_SWEEP) as by:
        raise_silences([quiet], by=by, at=at - timedelta(minutes=20))
