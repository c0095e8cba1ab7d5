"""A family steps down from social care: a meeting, a plan, and nobody lets go before the hub has accepted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client

from frontdoor.actors.rules import Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.models import Check, Practitioner, StepDown
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.rules.standing import State, Step, step_of_slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.familyhelp.moving import (
    GIVEN,
    LATER,
    OFFICER,
    WORKER,
    accepted,
    again,
    followed,
    meeting,
    refused,
    restrict,
    slip_of,
    stepped_down,
    taken_on,
)
from tests.referrals import referring
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db
DAY = LATER.date()


def close(world: World, row: Any, *, role: str = WORKER) -> None:
    from frontdoor.referrals import actions

    with world.acting(role, of=PETERBOROUGH, at=LATER) as by:
        row.refresh_from_db()
        actions.close(row.key, seen=row.version, on=DAY, closure="RC7", why="Goes on in early help.", by=by, at=LATER)


def needed(world: World, row: Any) -> None:
    from frontdoor.referrals import actions

    with world.acting(WORKER, of=PETERBOROUGH, at=LATER) as by:
        row.refresh_from_db()
        actions.set_need(row.key, seen=row.version, first="N5", by=by, at=LATER)


def test_a_referral_is_not_closed_while_its_step_down_waits_and_is_once_it_was_accepted(world: World) -> None:
    down = stepped_down(world)
    needed(world, down.referral)
    with pytest.raises(StepNotAllowed, match="until the hub has accepted"):
        close(world, down.referral)
    accepted(world, down)
    with pytest.raises(StepNotAllowed, match="accepted this family already"):
        stepped_down(world, down.referral)
    close(world, down.referral)
    assert again(world, down.referral).state == "closed"


def test_what_the_hub_accepts_opens_early_help_with_its_plan_its_lead_and_two_times_to_ask(world: World) -> None:
    down = accepted(world, stepped_down(world))
    with world.acting(OFFICER, of=PETERBOROUGH, at=LATER) as by:
        episode = down.episode
        assert (down.state, down.settled_at) == ("accepted", LATER)
        assert episode.contact_id == down.referral.contact_id
        assert not Practitioner.objects.filter(episode=episode).exists()  # nobody is told before the family agrees
        assert {(each.which, each.origin, each.since) for each in Check.objects.filter(episode=episode)} == {
            ("first", "step_down", LATER), ("second", "step_down", LATER)
        }  # fmt: skip
        kinds = Clock.objects.filter(subject_kind="familyhelp.check", stopped_at=None).values_list("kind", "started_at")
        assert sorted(kinds) == [("familyhelp.first_check", LATER), ("familyhelp.second_check", LATER)]
        opened = queries.open_standing(episode.key, by=by, at=LATER)
        assert [each.plan for each in opened.step_downs] == [GIVEN["plan"]]
        assert Entry.objects.filter(action="familyhelp.step_down_accepted").exists()


def test_nothing_follows_before_the_hub_has_accepted(world: World) -> None:
    down = followed(world, stepped_down(world))
    assert (down.state, down.settled_at, down.episode) == ("sent", None, None)
    with world.acting(OFFICER, of=PETERBOROUGH, at=LATER):
        assert not Episode.objects.exists()


def test_what_follows_follows_once(world: World) -> None:
    down = accepted(world, stepped_down(world))
    followed(world, down)
    with world.acting(OFFICER, of=PETERBOROUGH, at=LATER):
        assert (Episode.objects.count(), Check.objects.count()) == (1, 2)


def test_it_joins_early_help_that_is_open_and_whoever_leads_goes_on_leading(world: World) -> None:
    episode = taken_on(world, idem="before")
    down = accepted(world, stepped_down(world, referring.held(world, idem="after")))
    with helping.acting(world):
        assert down.episode == episode
        leads = [each.name for each in Practitioner.objects.filter(episode=episode, until=None, leads=True)]
    assert leads == ["Ada Fenn"]


def test_what_the_hub_refuses_is_back_with_its_reason_and_the_referral_goes_on(world: World, client: Client) -> None:
    down = refused(world, stepped_down(world), reason="No plan for the nights.")
    assert (down.state, down.said, down.episode) == ("back", "No plan for the nights.", None)
    assert not down.referral.settled_at
    signed = world.signed_in(client, world.user(WORKER, council=PETERBOROUGH))
    page = signed.get(f"/peterborough/referrals/{down.referral.key}/").content.decode()
    assert "No plan for the nights." in page
    assert "Sent back by the early help hub" in page
    assert "Step down to early help</a>" not in page
    over = signed.get(f"/peterborough/referrals/{down.referral.key}/close/").content.decode()
    assert "stays open until the hub has accepted" in over


def test_what_is_taken_back_lets_the_referral_be_closed_or_stepped_down_again(world: World) -> None:
    from frontdoor.handovers import actions as handovers

    down = refused(world, stepped_down(world), reason="No.")
    slip = slip_of(world, down)
    with world.acting(WORKER, of=PETERBOROUGH, at=LATER) as by:
        handovers.withdraw(slip.key, seen=slip.version, reason="We stay.", by=by, at=LATER)
    assert followed(world, down).state == "withdrawn"
    assert stepped_down(world, down.referral).state == "sent"


def test_one_step_down_at_a_time(world: World) -> None:
    down = stepped_down(world)
    with pytest.raises(StepNotAllowed, match="one step-down at a time"):
        stepped_down(world, down.referral)
    with world.acting(WORKER, of=PETERBOROUGH), pytest.raises(IntegrityError), transaction.atomic():
        StepDown.objects.create(
            authority_id=down.authority_id, referral=down.referral, came_from="section17", held_on=DAY, there="x",
            family_there=True, plan="x", lead_name="x", lead_agency="x", by_user=1, by_name="x", at=LATER,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "held_on"), ({"plan": " "}, "plan"), ({"there": ""}, "there"),
        ({"family_there": False}, "family_why"), ({"heard": ""}, "heard"), ({"lead_name": ""}, "lead_name"),
        ({"lead_agency": " "}, "lead_agency"), ({"came_from": "early_help"}, "came_from"),
    ],
)  # fmt: skip
def test_a_step_down_has_a_meeting_a_plan_a_lead_and_the_childrens_words(
    world: World, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused_:
        stepped_down(world, **more)
    assert set(refused_.value.problems) == {field}


def test_a_referral_for_its_team_alone_is_not_sent_to_the_hub(world: World) -> None:
    row = referring.held(world)
    with world.acting(WORKER, of=PETERBOROUGH):
        row.restricted = True
        row.save(update_fields=["restricted"])
    with pytest.raises(StepNotAllowed, match="team alone"):
        stepped_down(world, row)


def test_only_whoever_works_on_referrals_steps_down_and_sees_what_stands(world: World) -> None:
    from frontdoor.familyhelp.actions import stepping

    row = referring.held(world)
    with world.acting("social_worker", of=PETERBOROUGH, at=LATER) as by, pytest.raises(NotPermitted):
        stepping.step_down(row.key, seen=row.version, given=meeting(), by=by, at=LATER)
    with world.acting(WORKER, of=PETERBOROUGH, at=LATER) as by, pytest.raises(Conflict):
        stepping.step_down(row.key, seen=row.version - 1, given=meeting(), by=by, at=LATER)


def test_what_was_agreed_is_never_changed(world: World) -> None:
    down = stepped_down(world)
    with (
        world.acting(WORKER, of=PETERBOROUGH),
        transaction.atomic(),
        pytest.raises(DatabaseError, match="never changed"),
    ):
        StepDown.objects.filter(pk=down.pk).update(plan="Something else")
    down = accepted(world, down)
    with (
        world.acting(WORKER, of=PETERBOROUGH),
        transaction.atomic(),
        pytest.raises(DatabaseError, match="never changed"),
    ):
        StepDown.objects.filter(pk=down.pk).update(said="Something else")


def test_where_nothing_may_follow_nothing_does(world: World) -> None:
    assert step_of_slip("accepted", SlipState.WITHDRAWN) is None
    assert step_of_slip("withdrawn", SlipState.ACCEPTED) is None
    assert step_of_slip("back", SlipState.SENT) is Step.GO_AGAIN
    assert step_of_slip("sent", SlipState.ESCALATED) is Step.COME_BACK
    assert State.ACCEPTED.settled


def test_it_is_written_on_its_page_and_read_on_the_familys(world: World, client: Client) -> None:
    row = referring.held(world)
    signed = world.signed_in(client, world.user(WORKER, council=PETERBOROUGH))
    assert "Step down to early help" in signed.get(f"/peterborough/referrals/{row.key}/").content.decode()
    where = f"/peterborough/referrals/{row.key}/step-down/"
    wrong = signed.post(where, {"seen": row.version, "plan": "Kept as typed"})
    assert wrong.status_code == 422
    assert "Kept as typed" in wrong.content.decode()
    day = AT.date()
    typed = {
        **GIVEN, "seen": row.version, "held_on-day": day.day, "held_on-month": day.month, "held_on-year": day.year,
        "family_there": "yes",
    }  # fmt: skip
    answer = signed.post(where, typed)
    assert answer.status_code == 302, answer.content.decode()
    with world.acting(WORKER, of=PETERBOROUGH):
        down = StepDown.objects.get()
    down = accepted(world, down, at=down.at)
    hub = world.signed_in(Client(), world.user(OFFICER, council=PETERBOROUGH))
    page = hub.get(f"/peterborough/early-help/{down.episode.key}/").content.decode()
    assert "This family stepped down" in page
    assert GIVEN["plan"] in page
    whole = hub.get(f"/peterborough/family-help/{down.episode.key}/standing/").content.decode()
    assert "Came to the early help hub by a step-down" in whole
    assert GIVEN["heard"] in whole


def test_nobody_reads_of_a_family_that_is_hidden_from_them(world: World, client: Client) -> None:
    down = accepted(world, stepped_down(world))
    restrict(down.episode, to=world.user("head_of_service", council=PETERBOROUGH))
    for role, sees in (("head_of_service", True), (OFFICER, False)):
        with world.acting(role, of=PETERBOROUGH, at=LATER):
            assert Check.objects.exists() is sees  # the database itself
            assert StepDown.objects.exists() is sees
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    for page in ("standing", "outcomes"):
        assert signed.get(f"/peterborough/family-help/{down.episode.key}/{page}/").status_code == 404
    signed = world.signed_in(Client(), world.user("team_manager", council=PETERBOROUGH))
    assert signed.get(f"/peterborough/family-help/{down.episode.key}/status/").status_code == 404
