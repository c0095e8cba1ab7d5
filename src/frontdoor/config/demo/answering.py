"""People of agencies who answer what the hub asks: police, health, a schools trust, advocates; all invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from frontdoor.access.actions import let_answer, make_account
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.config.demo.sending import HEALTH, POLICE, secure
from frontdoor.organisations.models import Agency

SINCE = date(2019, 1, 1)
TRUST, ADVOCATES = "Hereward Schools Trust", "Ouse Valley Advocacy"


@dataclass(frozen=True, slots=True)
class PartnerAccount:
    """Somebody who answers: the name for `code`, the organisation, and the council that keeps the account."""

    code: str
    agency: str
    authority: int
    name: str
    lead: bool = False

    @property
    def email(self) -> str:
        return f"{self.code}@{'cambridgeshire' if self.authority == 873 else 'peterborough'}.example.org"


PARTNERS = (
    PartnerAccount("police-mash", POLICE, 873, "Rhona Tull", lead=True),
    PartnerAccount("police-mash-2", POLICE, 873, "Piers Wadham"),
    PartnerAccount("health-mash", HEALTH, 873, "Adaeze Bright", lead=True),
    PartnerAccount("school-mash", TRUST, 874, "Nora Kelling", lead=True),
    PartnerAccount("idva", ADVOCATES, 874, "Sian Torrance", lead=True),
)


def make(*, at: datetime, password: str, second_factor: Callable[[str], str] | None = None) -> None:
    """Make the accounts of those who answer, each with its second factor, as its owner would have done."""
    agencies = {agency.name: agency for agency in Agency.objects.all()}
    for each in PARTNERS:
        with acting_for(each.authority, by=SEEDER) as by:
            user = make_account(each.email, each.name, by=by, at=at)
            let_answer(user.key, agency=agencies[each.agency], lead=each.lead, starts_on=SINCE, by=by, at=at)
    secure([each.email for each in PARTNERS], password, second_factor, at=at)
