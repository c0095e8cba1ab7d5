"""Records of the demonstration that few may open: the restricted households, who is named, a glass to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Actor
from frontdoor.config.demo import indexing, organisation
from frontdoor.config.demo.arriving import COUNCILS
from frontdoor.config.scenarios import Household, Households
from frontdoor.people.actions import restricting, restricting_glass
from frontdoor.people.models import Person, Restriction
from frontdoor.people.rules.restricting import Why

GROUNDS = {"adoption": "adoption", "social worker": "staff", "former name": "protected_identity"}
"""What the files say of why, by words in it; anything else is a danger."""

WRITTEN, SHUT = timedelta(days=100), timedelta(days=60)
OVERDUE = timedelta(days=95)
"""The first household was restricted so long ago that somebody should have looked again."""

REASON = "The police stand at the door with the family and need to know who may collect the child. Nobody answered."


def make(known: Households, *, now: datetime) -> int:
    """Write down the households that are restricted and shut them, each with somebody who may open it: how many.

    They are shut in the act that writes them, so that nobody ever saw them.
    """
    restricted = [each for each in known.households if each.restricted]
    for number, household in enumerate(restricted):
        council = indexing.council_of(household, at=now)
        with acting_for(council, by=SEEDER) as by:
            people = indexing.make_household(household, by=by, at=now - WRITTEN)
        at = now - (SHUT if number else OVERDUE)
        for person in people.values():
            _shut(person, household, council, at)
    return len(restricted)


@contextmanager
def _acting(role: Role, council: int, at: datetime, *, second: bool = False) -> Iterator[Actor]:
    user = User.objects.get(email=organisation.email_of(role, authority=council, second=second))
    with acting_for(council, by=actor_for(user, at=at)) as by:
        yield by


def _shut(person: Person, household: Household, council: int, at: datetime) -> None:
    reason = household.restriction_reason or ""
    ground = next((ground for words, ground in GROUNDS.items() if words in reason), "high_risk")
    with _acting(Role.HEAD_OF_SERVICE, council, at) as by:
        given = Why(ground, reason, by.label, "01632 960145", by.user_id or 0)
        made = restricting.restrict(person.key, given=given, by=by, at=at)
    with _acting(Role.HEAD_OF_SERVICE, council, at) as by:
        why = "Answers for the record, and is rung about it"
        restricting.name_reader(made.key, user=by.user_id or 0, why=why, since=at, until=None, by=by, at=at)


def break_one(*, now: datetime) -> None:
    """Somebody broke the glass this morning: it has closed by itself, and waits for another person to look at it."""
    at = now - timedelta(hours=5)
    for council in COUNCILS:
        with acting_for(council, by=SEEDER):
            found = Restriction.objects.filter(ground="staff", ended_at=None).order_by("id").first()
        if found is not None:
            with _acting(Role.SOCIAL_WORKER, council, at, second=True) as by:
                given = at - timedelta(seconds=20)
                restricting_glass.break_glass(found.key, why=REASON, factor_given_at=given, by=by, at=at)
