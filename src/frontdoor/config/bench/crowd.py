"""People for the load: staff who work in the hub, and people of agencies who answer; and what they find to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from frontdoor.access.actions import give_post, let_answer, make_account
from frontdoor.access.models import User
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.config.bench.enquiring import Family, Size
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.mash.models import Asked
from frontdoor.organisations.models import Agency, Function, Team

SMALL = Size(children=2, adults=2, agencies=8)
SINCE = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Work:
    """What the load finds to do.

    :param enquiries: keys of those whose agencies were asked
    :param unsent: keys of those for which nobody was asked yet, with the desks to ask
    :param requests: by agency the keys of its requests, each with the keys of those it asks about
    """

    enquiries: tuple[UUID, ...]
    unsent: tuple[UUID, ...]
    requests: dict[UUID, dict[UUID, tuple[UUID, ...]]]


def staff(many: int, *, at: datetime) -> list[User]:
    """Social workers of the hub and the contact centre; both councils' records are theirs by the agreement."""
    made = []
    with acting_for(CAMBRIDGESHIRE, by=SEEDER) as by:
        employer = Agency.objects.get(kind="council", name__icontains="Cambridgeshire")
        teams = list(Team.objects.filter(
            authority_id=CAMBRIDGESHIRE, function__in=(Function.MASH, Function.CONTACT_CENTRE)
        ))  # fmt: skip
        for number in range(many):
            user = make_account(
                f"load-staff-{number}@example.org", f"Staff {number}", registration=f"SWL{number:04}", by=by, at=at
            )
            for team in teams:
                give_post(user, team=team, role=Role.SOCIAL_WORKER, agency=employer, starts_on=SINCE, by=by, at=at)
            made.append(user)
    return made


def partners(many: int, agencies: list[Agency], *, at: datetime) -> list[tuple[User, UUID]]:
    """People who answer, spread over the agencies so that several of one agency meet at one request."""
    made = []
    with acting_for(CAMBRIDGESHIRE, by=SEEDER) as by:
        for number in range(many):
            agency = agencies[number % len(agencies)]
            user = make_account(f"load-partner-{number}@example.org", f"Partner {number}", by=by, at=at)
            let_answer(user.key, agency=agency, lead=False, starts_on=SINCE, by=by, at=at)
            made.append((user, agency.key))
    return made


def work(asked: int, unsent: int, *, at: datetime) -> Work:
    """So many enquiries whose agencies were asked, and so many for which they will be."""
    families = [
        Family(PETERBOROUGH, SMALL, at=at - timedelta(minutes=5), name=f"Crowd{name}")
        for name in _names(asked + unsent)
    ]
    found: dict[UUID, dict[UUID, tuple[UUID, ...]]] = {}
    opened = []
    for family in families[:asked]:
        enquiry = family.opened()
        opened.append(enquiry)
        for request in family.asked(enquiry):
            with acting_for(PETERBOROUGH, by=SEEDER):
                people = Asked.objects.filter(request=request).order_by("position").values_list("key", flat=True)
                found.setdefault(request.agency, {})[request.key] = tuple(people)
    waiting = []
    for family in families[asked:]:
        enquiry = family.opened()
        family.grounded(enquiry)
        waiting.append(enquiry)
    return Work(tuple(one.key for one in opened), tuple(one.key for one in waiting), found)


def _names(many: int) -> Iterator[str]:
    """Family names without digits, each its own: two families must never be taken for one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for number in range(many):
        yield f"{letters[number // 26 % 26]}{letters[number % 26]}{letters[(number * 7 + 3) % 26]}mere"
