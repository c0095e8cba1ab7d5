"""People of agencies who answer what the hub asks: police, health, a schools trust, advocates; all invented."""

from collections.abc import Callable
from datetime import datetime

from frontdoor.access.actions import let_answer
from frontdoor.config.demo.sending import HEALTH, POLICE, AgencyAccount, make_each

TRUST, ADVOCATES = "Hereward Schools Trust", "Ouse Valley Advocacy"


PARTNERS = (
    AgencyAccount("police-mash", POLICE, 873, "Rhona Tull", lead=True),
    AgencyAccount("police-mash-2", POLICE, 873, "Piers Wadham"),
    AgencyAccount("health-mash", HEALTH, 873, "Adaeze Bright", lead=True),
    AgencyAccount("school-mash", TRUST, 874, "Nora Kelling", lead=True),
    AgencyAccount("idva", ADVOCATES, 874, "Sian Torrance", lead=True),
)


def make(*, at: datetime, password: str, second_factor: Callable[[str], str] | None = None) -> None:
    """Make the accounts of those who answer, each with its second factor, as its owner would have done."""
    make_each(PARTNERS, let_answer, at=at, password=password, second_factor=second_factor)
