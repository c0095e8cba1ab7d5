"""The restricted households of the demonstration: written down and shut in one act, with a glass to be looked at."""

from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.config.demo import restricting
from frontdoor.config.demo.recognising import Recognising
from frontdoor.config.scenarios import households
from frontdoor.contacts.models import Named
from frontdoor.people.models import Glass, NamedAccess, Person, Restriction
from tests.contacts.arriving import arrive, child
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


def test_every_restricted_household_is_there_for_those_named_and_for_nobody_else(world: World) -> None:
    known, now = households(), timezone.now()
    assert restricting.make(known, now=now) == len([each for each in known.households if each.restricted])
    restricting.break_one(now=now)
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with world.system(SEEDER, council=council):
            people = Person.objects.count()
            assert people == Restriction.objects.count() == NamedAccess.objects.count() > 0
            assert not Person.objects.filter(shut=False).exists()
            overdue = Restriction.objects.filter(review_on__lt=now.date()).exists()
            broken = list(Glass.objects.filter(reviewed_at=None, until__lt=now))
        assert overdue == (council == CAMBRIDGESHIRE)
        assert len(broken) == (council == PETERBOROUGH)
        with world.acting("social_worker", of=council, council=council, at=now):
            assert Person.objects.count() == 0
        with world.acting("head_of_service", of=council, council=council, at=now):
            assert Person.objects.count() == people
    assert all(each.until - each.at == timedelta(hours=4) for each in broken)


def test_nobody_makes_a_second_record_of_a_child_whose_record_few_may_open(world: World) -> None:
    known = households()
    home = next(each for each in known.households if each.restricted)
    told, now = home.children[0], timezone.now()
    with world.acting("contact_officer", at=now) as by:
        contact = arrive(by=by, at=now, people=(child(given_name=told.given_name, family_name=told.family_name),))
        row = Named.objects.get(contact=contact)
        recognising = Recognising(Any, lambda *_: nullcontext(by))  # type: ignore[arg-type]
        seen = SimpleNamespace(
            ref="C1", given_name=row.given_name, family_name=row.family_name, date_of_birth=row.date_of_birth,
            postcode=row.postcode,
        )  # fmt: skip
        truth = SimpleNamespace(identities={"C1": SimpleNamespace(person=told.person_id)})
        arrival: Any = SimpleNamespace(children=[seen], expected=truth)
        case: Any = SimpleNamespace(contact=contact)
        recognising.know(known)
        recognising._say(case, arrival, now)
        assert not Person.objects.exists()
