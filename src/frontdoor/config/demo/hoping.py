"""Families of the demonstration that ask for help for themselves: how they ask, and what they are told of at once."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, PUBLIC_INTAKE
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.courses import DONE, LOOKED, Course
from frontdoor.config.demo.organisation import SLUGS
from frontdoor.config.demo.playing import OPENS
from frontdoor.config.demo.thinking import Thoughts
from frontdoor.config.scenarios import PractitionerOutcome, Wish
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import signposting
from frontdoor.contacts.models import Contact
from frontdoor.directory.models import Service
from frontdoor.portal.rules import journey, reporting
from frontdoor.shell.rules import london

ASKED_LATELY, UNTIL_THREE = timedelta(hours=3), time(15)
"""Those who were told of services and are still to be screened asked on this working day, or late on the last one."""
TOLD_AFTER = timedelta(minutes=75)
AT_ONCE = ("told", "said")
"""Of these nothing is decided yet: the list was sent to them, or said on the telephone."""
A_YEAR, SATURDAY = 365.25, 5


def asks_at(wish: Wish, place: int, until: datetime) -> datetime:
    """When a family sends its request: on an evening so many days ago, or today."""
    if wish.goes in AT_ONCE:
        return _at_work(until - ASKED_LATELY) - timedelta(minutes=7 * (place % 5))
    return until - timedelta(days=wish.days, hours=3, minutes=7 * (place % 8))


def _at_work(at: datetime) -> datetime:
    """The same instant if people work then and go on for two hours; else three o'clock of the working day before."""
    wall = london(at)
    if wall.weekday() < SATURDAY and OPENS < wall.time() <= UNTIL_THREE:
        return at
    day = wall.date() - timedelta(days=0 if wall.time() > UNTIL_THREE else 1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, UNTIL_THREE, wall.tzinfo)


def course(wish: Wish) -> Course:
    """How far practitioners of the front door take it."""
    return LOOKED if wish.goes in AT_ONCE else replace(DONE, read_again=False)


def thoughts(wish: Wish) -> Thoughts:
    """What a careful practitioner makes of it: the family knows best what it needs."""
    outcome = PractitionerOutcome(primary="early_help", secondary=(), specialist_route=None)
    return Thoughts(
        known=wish.hard, means="The family asks by itself, says what would help, and nobody is in danger.",
        rating="green", level="2", outcomes=(outcome,), council=wish.council,
    )  # fmt: skip


def ask(wish: Wish, place: int, *, at: datetime) -> Contact:
    """The request as the public form hands it in, made into a contact at once."""
    with acting_for(wish.council, by=PUBLIC) as by:
        report = reporting.report(answers(wish, place, at), responsible=str(wish.council))
        given = contacts.submit(report, channel="web", idem=f"wish:{SLUGS[wish.council]}:{place}", by=by, at=at)
    with acting_for(wish.council, by=PUBLIC_INTAKE) as by:
        return contacts.take_in(str(given.submission), by=by, at=at)


def answers(wish: Wish, place: int, at: datetime) -> dict[str, Any]:
    """What somebody types on each page of the form."""
    given, _, family = wish.name.rpartition(" ")
    home = {"address": f"{place * 3 + 2} Larkspur Road", "postcode": wish.postcode}
    mail = f"{wish.name.lower().replace(' ', '.')}@example.org"
    return {
        **journey.begun(journey.OWN), "postcode": wish.postcode, "danger": {"danger": "no"},
        "hoping": {"story": wish.hard, "wish": wish.wish},
        "children": [
            {
                "kind": "child", "given_name": name, "family_name": family, **home,
                "date_of_birth": _born(age, place + number, at),
            }
            for number, (name, age) in enumerate(wish.children)
        ],
        "adults": [
            {"given_name": given, "family_name": family, "relationship": wish.relation, "lives_with": True, **home}
        ],
        "own": {"agreement": wish.agreement, "others": wish.others, "limits": wish.limits},
        "details": {"name": wish.name, "relationship": wish.relation},
        "answer": {
            "route": wish.route, "phone": f"07700 900{300 + place}", "email": mail,
            "address": f"{home['address']}, {wish.postcode}" if wish.route == "letter" else "",
        },
    }  # fmt: skip


def _born(age: int, place: int, at: datetime) -> str:
    return (london(at).date() - timedelta(days=int(age * A_YEAR) + 20 + place * 17 % 300)).isoformat()


def services(wish: Wish) -> list[str]:
    """The keys of what a family is told of, as the directory has them."""
    found = dict(
        Service.objects.filter(name__in=[name for name, *_ in wish.told], public=True).values_list("name", "key")
    )
    return [str(found[name]) for name, *_ in wish.told if name in found]


def tell(wish: Wish, contact: Contact, staff: Staff, *, at: datetime) -> None:
    """A social worker tells a family of services while its request is screened: on the telephone, or as it asked."""
    with acting_for(wish.council, by=staff.person(Role.SOCIAL_WORKER, at=at)) as by:
        said = wish.goes == "said"
        signposting.point(
            contact.key, services=services(wish), way="said" if said else "sent",
            whom=f"{wish.name}, on the telephone" if said else "", safe=not said, by=by, at=at,
        )  # fmt: skip
