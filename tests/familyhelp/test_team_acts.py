"""The team around a family: there is never nobody who leads, and whoever leaves opens the family no more."""

from datetime import timedelta

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, StepNotAllowed
from frontdoor.earlyhelp import actions as hub
from frontdoor.familyhelp.actions.team import change_lead, leave
from frontdoor.familyhelp.queries.families import my_families, open_family
from frontdoor.familyhelp.rules.team import Comer
from tests.earlyhelp import helping
from tests.earlyhelp.helping import AT, acting, again
from tests.familyhelp.helping import LEAD, closed, joined, says, seen, seen_now, standing, taken_on
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def leads(world, episode, *, at=AT, **more):
    with acting(world, at=at) as by:
        given = {"why": "Moves to another team.", "stays": False, **more}
        return change_lead(episode.key, seen=seen_now(episode, by=by), **given, by=by, at=at)


def mine(world, *, role=LEAD):
    with acting(world, role=role) as by:
        return [each.reference for each in my_families(by=by, at=AT)]


def test_whoever_takes_a_family_on_leads_it_by_name_or_with_an_account(world):
    episode = taken_on(world)
    (row,) = standing(world, episode)
    assert (row.name, row.leads, row.user, row.agency) == ("Ada Fenn", True, None, "Family workers East")
    assert mine(world) == []


def test_a_lead_practitioner_with_an_account_has_the_family_in_the_same_act(world):
    episode = taken_on(world, account=True)
    (row,) = standing(world, episode)
    user = world.user(LEAD, council=PETERBOROUGH)
    assert (row.user, row.name, row.leads) == (user.pk, user.name, True)
    assert mine(world) == [episode.reference]


def test_an_account_that_is_no_lead_practitioners_takes_nobody_on(world):
    episode = helping.offered(world)
    other = world.user("contact_officer", council=PETERBOROUGH).pk
    with acting(world) as by, pytest.raises(InvalidInput) as refused:
        hub.answer(episode.key, seen=episode.version, accepted=True, answered_with="Them", account=other, by=by, at=AT)
    assert set(refused.value.problems) == {"account"}
    assert standing(world, episode) == []


def test_taken_on_anew_another_leads(world):
    episode = taken_on(world, account=True)
    closed(world, episode)
    with acting(world) as by:
        hub.reopen(episode.key, seen=again(episode).version, why="Harder again.", by=by, at=AT)
    says(world, episode)
    with acting(world) as by:
        row = again(episode)
        hub.triage(row.key, seen=row.version, given=helping.TARGETED, by=by, at=AT)
        taker = row.offers.get().provider
        hub.offer(row.key, seen=again(row).version, provider=taker.key, words="Again.", by=by, at=AT)
        hub.answer(
            row.key, seen=again(row).version, accepted=True, answered_with="Them", worker="Jo Reed", by=by, at=AT
        )
    assert [(each.name, each.leads) for each in standing(world, episode)] == [("Jo Reed", True)]


def test_the_lead_changes_in_one_act_and_who_led_may_stay(world):
    episode = taken_on(world, account=True)
    new = joined(world, episode)
    leads(world, episode, practitioner=new.key, stays=True)
    assert [(each.name, each.leads) for each in standing(world, episode)] == [
        ("Bea Marsh", True), (world.user(LEAD, council=PETERBOROUGH).name, False)
    ]  # fmt: skip
    assert mine(world) == [episode.reference]


def test_who_led_and_does_not_stay_opens_the_family_no_more(world):
    episode = taken_on(world, account=True)
    leads(world, episode, comer=Comer(name="Bea Marsh", agency="Health visiting", phone="01632 960444", own=True))
    assert mine(world) == []
    with acting(world, role=LEAD) as by, pytest.raises(NotFound):
        open_family(episode.key, by=by, at=AT)


def test_a_lead_practitioner_hands_over_their_own_family(world):
    episode = taken_on(world, account=True)
    with acting(world, role=LEAD) as by:
        change_lead(
            episode.key, seen=seen_now(episode, by=by), why="On leave.", stays=False, by=by, at=AT,
            comer=Comer(name="Bea Marsh", agency="Health visiting", phone="01632 960444", own=True),
        )  # fmt: skip
    assert [each.name for each in standing(world, episode)] == ["Bea Marsh"]


def test_whoever_leads_leaves_only_when_another_leads(world):
    episode = taken_on(world)
    (row,) = standing(world, episode)
    with acting(world) as by, pytest.raises(StepNotAllowed, match="Say first who leads"):
        leave(episode.key, seen=1, practitioner=row.key, why="Gone.", by=by, at=AT)


def test_whoever_leaves_says_why_and_opens_the_family_no_more(world):
    episode = taken_on(world)
    row = joined(world, episode, role=LEAD)
    assert mine(world) == [episode.reference]
    with acting(world) as by, pytest.raises(InvalidInput):
        leave(episode.key, seen=2, practitioner=row.key, why=" ", by=by, at=AT)
    with acting(world) as by:
        leave(episode.key, seen=2, practitioner=row.key, why="Works elsewhere now.", by=by, at=AT)
    assert mine(world) == []


def test_somebody_leaves_also_when_nobody_agrees_any_more(world):
    episode = taken_on(world)
    row = joined(world, episode, role=LEAD)
    says(world, episode, status="withdrawn", why="We manage.")
    with acting(world) as by:
        leave(episode.key, seen=2, practitioner=row.key, why="Work has stopped.", by=by, at=AT)
    with pytest.raises(StepNotAllowed, match="Nobody’s agreement"):
        joined(world, episode)


def test_a_team_that_has_changed_is_seen_again_first(world):
    episode = taken_on(world)
    stale = seen(world, episode)
    joined(world, episode)
    with acting(world) as by, pytest.raises(Conflict):
        change_lead(
            episode.key, seen=stale, why="Leave.", stays=False, comer=Comer(name="A", agency="B", phone="0"), by=by,
            at=AT,
        )  # fmt: skip


def test_another_agency_comes_only_while_the_family_agrees_that_agencies_are_told(world):
    episode = taken_on(world)
    with pytest.raises(StepNotAllowed, match="agencies are told"):
        joined(world, episode, own=False)
    says(world, episode, purpose="sharing")
    assert joined(world, episode, own=False).name == "Bea Marsh"


@pytest.mark.parametrize(
    ("more", "field"), [({"name": " "}, "name"), ({"agency": ""}, "agency"), ({"phone": ""}, "phone")]
)
def test_whoever_comes_without_an_account_can_be_named_and_reached(world, more, field):
    episode = taken_on(world)
    with pytest.raises(InvalidInput) as refused:
        joined(world, episode, **more)
    assert set(refused.value.problems) == {field}


def test_nobody_comes_twice_and_only_who_may_work_on_plans(world):
    episode = taken_on(world)
    joined(world, episode, role=LEAD)
    for role in (LEAD, "contact_officer"):
        with pytest.raises(InvalidInput) as refused:
            joined(world, episode, role=role)
        assert set(refused.value.problems) == {"account"}


def test_a_family_that_ended_and_that_nobody_asks_after_is_on_nobodys_list(world):
    episode = taken_on(world, account=True)
    closed(world, episode, ending="moved")
    assert mine(world) == []
    with pytest.raises(StepNotAllowed, match="has ended"):
        joined(world, episode)


def sends_back(world, episode, *, role=LEAD):
    from frontdoor.familyhelp.actions.worry import send_back

    with acting(world):
        version = again(episode).version
    with acting(world, role=role) as by:
        made = send_back(episode.key, seen=version, why="A bruise nobody explains.", danger="no", by=by, at=AT)
        held = by.reach[PETERBOROUGH]
    return made, held


def test_a_lead_practitioner_sends_their_own_family_back_to_the_front_door_and_no_other(world):
    episode = taken_on(world)
    with pytest.raises(NotFound):
        sends_back(world, episode)
    joined(world, episode, role=LEAD)
    made, held = sends_back(world, episode)
    with acting(world):
        assert made.by_user == world.user(LEAD, council=PETERBOROUGH).pk
        assert made.contact.receipt
        assert made.contact.family == episode.family
    assert {str(each) for each in held} == {"family-help.read", "family-help.work"}


def test_a_worry_rests_on_nobodys_agreement(world):
    episode = taken_on(world, account=True)
    says(world, episode, status="withdrawn", why="We manage.")
    assert sends_back(world, episode)[0].contact.receipt
