"""The restricted households of the demonstration: written down and shut in one act, with a glass to be looked at."""

from datetime import timedelta

from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.config.demo import restricting
from frontdoor.config.scenarios import households
from frontdoor.people.models import Glass, NamedAccess, Person, Restriction
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
