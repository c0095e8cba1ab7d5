"""While nobody agrees that agencies are told, whoever is of another agency opens nothing of a family."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from frontdoor.actors.rules import InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.earlyhelp.actions import take
from frontdoor.familyhelp.actions.meeting import plan_meeting
from frontdoor.familyhelp.actions.printing import print_plan
from frontdoor.familyhelp.actions.team import change_lead, follow_agreements
from frontdoor.familyhelp.models import PlanPrint, Practitioner
from frontdoor.familyhelp.queries.families import my_families, open_family, unled
from frontdoor.familyhelp.queries.team import is_of_team
from frontdoor.familyhelp.rules.meetings import Planned
from frontdoor.familyhelp.rules.team import OF_THE_COUNCIL, Comer
from tests.earlyhelp.helping import AT, DAY, OFFICER, acting, again, child
from tests.familyhelp.helping import LEAD, joined, says, seen_now, standing, taken_on
from tests.familyhelp.planned import agreed as agreed_plan
from tests.familyhelp.planned import doing, goal
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def takes_back(world, episode, *, at=AT):
    says(world, episode, purpose="sharing", status="withdrawn", at=at)


def signed(world, client, role=OFFICER):
    """Pages as somebody of Peterborough gets them."""
    client = world.signed_in(client, world.user(role, council=PETERBOROUGH))
    return lambda name, *args: client.get(reverse(name, args=args))


def opens(world, episode, *, at=AT, role=LEAD):
    with acting(world, role=role, at=at) as by:
        listed = [each.reference for each in my_families(by=by, at=at)]
        try:
            open_family(episode.key, by=by, at=at)
        except NotFound:
            assert not is_of_team(episode, by=by, at=at)
            return False, bool(listed)
    return True, bool(listed)


def test_whoever_took_a_family_on_is_of_the_council_or_of_an_agency_as_it_was_offered(world):
    assert [each.own for each in standing(world, taken_on(world))] == [True]


def test_an_agency_that_takes_a_family_on_is_of_an_agency(world):
    assert [each.own for each in standing(world, taken_on(world, kind="agency"))] == [False]


def test_an_agencys_lead_opens_nothing_once_it_is_taken_back_and_all_again_when_the_family_agrees_again(world):
    episode = taken_on(world, kind="agency", account=True)
    assert opens(world, episode) == (True, True)
    before = list(standing(world, episode))
    takes_back(world, episode)
    assert opens(world, episode) == (False, False)
    assert opens(world, episode, role=OFFICER)[0]
    says(world, episode, purpose="sharing")
    assert opens(world, episode) == (True, True)
    assert standing(world, episode) == before


def test_an_agreement_that_has_run_out_is_none(world):
    episode = taken_on(world, kind="agency", account=True)
    says(world, episode, purpose="sharing", expires_on=DAY + timedelta(days=3))
    assert opens(world, episode, at=AT + timedelta(days=3)) == (True, True)
    assert opens(world, episode, at=AT + timedelta(days=4)) == (False, False)


def test_whoever_is_of_the_council_goes_on(world):
    episode = taken_on(world, account=True)
    says(world, episode, purpose="sharing")
    takes_back(world, episode)
    assert opens(world, episode) == (True, True)


def test_every_page_of_the_family_is_none_for_the_agency(world, client):
    episode = taken_on(world, kind="agency", account=True)
    goal(world, episode)
    takes_back(world, episode)
    page = signed(world, client, LEAD)
    for name in ("family", "plan", "join", "lead", "worry", "plan-meeting", "standing", "outcomes", "assessment"):
        assert page(f"familyhelp:{name}", "peterborough", episode.key).status_code == 404, name


def test_nobody_of_an_agency_is_asked_given_something_to_do_or_given_the_plan_and_none_leads(world):
    episode = taken_on(world)
    says(world, episode, purpose="sharing")
    row = joined(world, episode, own=False)
    goal(world, episode)
    agreed_plan(world, episode)
    takes_back(world, episode)
    who = f"practitioner:{row.key}"
    given = Planned(starts_at=LATER, minutes=60, way="place", place="Family hub", invited=(who,))
    with acting(world) as by, pytest.raises(InvalidInput) as refused:
        plan_meeting(episode.key, given=given, by=by, at=AT)
    assert set(refused.value.problems) == {"invited"}
    with pytest.raises(InvalidInput) as refused:
        doing(world, episode, owner=who)
    assert set(refused.value.problems) == {"owner"}
    with acting(world) as by, pytest.raises(StepNotAllowed, match="agencies are told"):
        print_plan(episode.key, number=1, to=who, language="en", large=False, by=by, at=AT)
    with acting(world) as by, pytest.raises(StepNotAllowed, match="agencies are told"):
        change_lead(
            episode.key, seen=seen_now(episode, by=by), practitioner=row.key, why="Better.", stays=True, by=by, at=AT
        )


def test_the_database_keeps_a_print_for_an_agency_nobody_agreed_to(world):
    episode = taken_on(world)
    says(world, episode, purpose="sharing")
    row = joined(world, episode, own=False)
    goal(world, episode)
    edition = agreed_plan(world, episode)
    takes_back(world, episode)
    with acting(world) as by:
        more = {"language": "en", "large": False, "by_user": by.user_id, "by_name": "Rowan", "at": LATER}
        whose = {"authority_id": episode.authority_id, "edition": edition, "practitioner": row}
        with pytest.raises(ProgrammingError, match="nobody of this family agrees"), transaction.atomic():
            PlanPrint.objects.create(**whose, **more)


def test_somebody_of_the_council_has_to_lead_and_the_hub_sees_where(world, client):
    episode = taken_on(world, kind="agency", account=True)
    with acting(world) as by:
        assert unled(by=by, at=AT) == []
    takes_back(world, episode)
    href, page = reverse("familyhelp:lead", args=["peterborough", episode.key]), signed(world, client)
    for name in ("familyhelp:family", "earlyhelp:episode"):
        shown = page(name, "peterborough", episode.key).content.decode()
        assert OF_THE_COUNCIL in shown
        assert href in shown
    assert OF_THE_COUNCIL in page("desk:early-help").content.decode()
    assert href in page("desk:home").content.decode()
    with acting(world) as by:
        assert [each.key for each in unled(by=by, at=AT)] == [episode.key]
        change_lead(
            episode.key, seen=seen_now(episode, by=by), why="The family wants nobody else.", stays=True, by=by, at=AT,
            comer=Comer(name="Jo Reed", agency="Family workers", phone="01632 960444", own=True),
        )  # fmt: skip
        assert unled(by=by, at=AT) == []
        assert sorted((each.name, each.own) for each in Practitioner.objects.filter(until=None)) == sorted(
            [("Jo Reed", True), (world.user(LEAD, council=PETERBOROUGH).name, False)]
        )


def held(world, episode):
    """Who of the hub holds the family."""
    with acting(world) as by:
        take(episode.key, seen=again(episode).version, by=by, at=AT)
        return by.user_id


def owner(world, episode, *, at=AT):
    with acting(world, at=at):
        return Clock.objects.get(subject_key=str(episode.key), kind="familyhelp.first_review", stopped_at=None).owner_id


def test_the_clocks_of_a_lead_who_may_not_be_told_tell_the_hub_and_come_back(world):
    episode = taken_on(world, kind="agency", account=True)
    lead = world.user(LEAD, council=PETERBOROUGH).pk
    goal(world, episode)
    agreed_plan(world, episode)
    assert owner(world, episode) == lead
    hub = held(world, episode)
    says(world, episode, purpose="sharing")
    assert owner(world, episode) == lead
    takes_back(world, episode)
    assert owner(world, episode) == hub
    says(world, episode, purpose="sharing")
    assert owner(world, episode) == lead


def test_the_clocks_follow_an_agreement_that_runs_out_by_itself_once(world):
    from frontdoor.actors.rules import COURIER

    episode = taken_on(world, kind="agency", account=True)
    says(world, episode, purpose="sharing", expires_on=DAY + timedelta(days=3))
    goal(world, episode)
    agreed_plan(world, episode)
    hub = held(world, episode)
    with world.system(COURIER) as by:
        follow_agreements(by=by, at=AT)
        assert follow_agreements(by=by, at=AT) == 0
        assert follow_agreements(by=by, at=AT + timedelta(days=4)) == 1
        assert follow_agreements(by=by, at=AT + timedelta(days=4)) == 0
    assert owner(world, episode) == hub


def test_what_stops_and_what_goes_on_stands_there_before_anybody_presses(world, client):
    episode = taken_on(world, account=True)
    says(world, episode, purpose="sharing")
    joined(world, episode, own=False)
    with acting(world):
        key = child(episode).key
    page = signed(world, client)("earlyhelp:agreement", "peterborough", episode.key, key).content.decode()
    assert "Bea Marsh, Health visiting" in page
    assert "If the family agrees again" in page
    assert page.index("If the family agrees again") < page.index("Record it")
    assert "Somebody of this council then has to lead" not in page
