"""One plan across statuses: a family that goes up keeps its plan and lead worker, where its council decides so."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import COURIER, SEEDER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.earlyhelp.models import StepUp
from frontdoor.familyhelp.actions import standing as actions
from frontdoor.familyhelp.models import Practitioner, Standing
from frontdoor.familyhelp.pages import standing as pages
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.rules.standing import Status
from frontdoor.handovers.models import Handover
from tests.contacts.deciding import AT, decided, recommended
from tests.earlyhelp import helping
from tests.familyhelp.moving import LATER, LEAD, OFFICER, accepted, ended, one_plan, stepped_down, taken_on, version
from tests.referrals import referring
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db
NEXT = AT + timedelta(days=3)


def stepped_up(world: World, episode: Any, *, urgent: bool = False) -> Handover:
    """The family went back to the front door, and an assessment team has accepted its child; nothing followed yet."""
    from dataclasses import replace

    from frontdoor.earlyhelp import actions as early_help
    from frontdoor.handovers import actions as handovers

    with helping.acting(world, at=NEXT) as by:
        row = helping.again(episode)
        early_help.step_up(row.key, seen=row.version, why="A bruise nobody explains.", danger="no", by=by, at=NEXT)
        contact = StepUp.objects.get(episode=row).contact
    matter = recommended(world, contact, referring.HARM if urgent else referring.NEED, at=NEXT)
    given = referring.HARMED if urgent else referring.NEEDED
    todo = tuple(replace(each, due_at=NEXT + timedelta(days=1)) for each in given.actions)
    decided(world, matter, replace(given, actions=todo), at=NEXT)
    slip = referring.slip_of(world, contact)
    with world.acting("assessment_manager", of=PETERBOROUGH, at=NEXT) as by:
        handovers.accept(slip.key, seen=slip.version, by=by, at=NEXT)
    return slip


def followed(world: World, slip: Handover) -> list[Standing]:
    with world.system(COURIER) as by:
        return actions.taken_up(slip.key, by=by, at=NEXT)


@pytest.mark.parametrize(("urgent", "status"), [(False, Status.SECTION17), (True, Status.SECTION47)])
def test_under_one_plan_the_help_goes_on_under_a_new_status(world: World, urgent: bool, status: Status) -> None:
    one_plan(world)
    episode = taken_on(world)
    with helping.acting(world):
        lead = Practitioner.objects.filter(episode=episode, leads=True, until=None).first()
    slip = stepped_up(world, episode, urgent=urgent)
    assert len(followed(world, slip)) == 1
    assert followed(world, slip) == []  # twice does it once
    with helping.acting(world, at=NEXT) as by:
        row = helping.again(episode)
        assert (row.state, queries.status_of(row, by=by)) == ("allocated", status)
        assert Practitioner.objects.filter(episode=episode, leads=True, until=None).first() == lead
        (line,) = queries.statuses(row, by=by)
        assert line.referral is not None
        assert line.since == line.referral.accepted_at


def test_without_it_nothing_follows_and_the_work_ends_as_stepped_up(world: World) -> None:
    episode = taken_on(world)
    assert followed(world, stepped_up(world, episode)) == []
    assert ended(world, episode, ending="stepped_up").ending == "stepped_up"


def test_under_one_plan_it_does_not_end_as_stepped_up(world: World) -> None:
    one_plan(world)
    episode = taken_on(world)
    followed(world, stepped_up(world, episode))
    with pytest.raises(InvalidInput) as refused:
        ended(world, episode, ending="stepped_up")
    assert "One plan goes on" in refused.value.problems["ending"]


def test_the_plan_is_dated_before_its_day_the_work_ends_as_before(world: World) -> None:
    one_plan(world, at=NEXT + timedelta(days=10))
    assert followed(world, stepped_up(world, taken_on(world))) == []


def test_what_another_contact_of_the_family_became_changes_nothing(world: World) -> None:
    one_plan(world)
    taken_on(world)
    slip = referring.sent(world, idem="school")
    referring.accept(world, slip)
    assert followed(world, slip) == []


def test_a_step_down_brings_it_back_to_early_help_with_the_same_lead(world: World) -> None:
    one_plan(world)
    episode = taken_on(world)
    slip = stepped_up(world, episode)
    followed(world, slip)
    referral = referring.follow(world, slip, at=NEXT)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=NEXT) as by:
        from frontdoor.referrals import actions as referrals

        referral = referrals.pick_up(referral.key, seen=referral.version, by=by, at=NEXT)
    down = accepted(world, stepped_down(world, referral))
    assert down.episode == episode
    with helping.acting(world, at=LATER) as by:
        row = helping.again(episode)
        assert [each.status for each in queries.statuses(row, by=by)] == ["section17", "early_help"]
        assert queries.status_of(row, by=by) is Status.EARLY_HELP


def changed(world: World, episode: Any, *, role: str = "team_manager", **more: Any) -> Standing:
    given = {"status": "section17", "why": "The assessment found a need.", **more}
    with world.acting(role, of=PETERBOROUGH, at=NEXT) as by:
        return actions.change_status(episode.key, seen=helping.again(episode).version, by=by, at=NEXT, **given)


def test_a_person_changes_the_status_and_says_why(world: World) -> None:
    one_plan(world)
    episode = taken_on(world)
    assert changed(world, episode).status == "section17"
    with pytest.raises(InvalidInput, match=r"."):
        changed(world, episode)
    with pytest.raises(InvalidInput) as refused:
        changed(world, episode, status="section47", why=" ")
    assert set(refused.value.problems) == {"why"}
    with pytest.raises(NotFound):
        changed(world, episode, role="assessment_worker", status="section47")


def test_whether_a_child_is_in_need_is_for_a_social_worker_to_say(world: World, client: Client) -> None:
    one_plan(world)
    episode = taken_on(world)
    for role in (OFFICER, LEAD):
        with pytest.raises(NotPermitted):
            changed(world, episode, role=role)
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    where = f"/peterborough/family-help/{episode.key}/"
    assert "Change the family" not in signed.get(f"{where}standing/").content.decode()
    typed = {"seen": version(world, episode), "status": "section17", "why": "Its need."}
    for answer in (signed.get(f"{where}status/"), signed.post(f"{where}status/", typed)):
        assert answer.status_code == 403
        assert "the social worker of the family’s team" in answer.content.decode()


def test_whoever_is_registered_no_more_does_not_say_it_whatever_the_role(world: World, client: Client) -> None:
    one_plan(world)
    episode = taken_on(world)
    user = world.user("team_manager", council=PETERBOROUGH)
    with world.system(SEEDER):
        user.registration = ""
        user.save(update_fields=["registration"])
    with pytest.raises(StepNotAllowed, match="registered social worker"):
        changed(world, episode)
    signed = world.signed_in(client, user)
    where = f"/peterborough/family-help/{episode.key}/"
    assert "Change the family" not in signed.get(f"{where}standing/").content.decode()
    assert "A registered social worker says" in signed.get(f"{where}status/").content.decode()


def test_who_opened_ended_and_opened_again_stands_on_the_line(world: World, client: Client) -> None:
    from frontdoor.earlyhelp import actions as early_help

    episode = ended(world, taken_on(world))
    with helping.acting(world, at=LATER) as by:
        early_help.reopen(episode.key, seen=helping.again(episode).version, why="They rang.", by=by, at=LATER)
        who = by.label
        opened = queries.open_standing(episode.key, by=by, at=LATER)
        line = pages.detail(opened, "peterborough", by=by).line
    assert [row.cells[0].text for row in line] == ["Opened again", "Ended", "Early help, by the family’s agreement"]
    assert {row.cells[3].text.partition(",")[0] for row in line} == {who}


def test_nobody_changes_it_without_the_setting_or_after_the_end(world: World) -> None:
    episode = taken_on(world)
    with pytest.raises(StepNotAllowed, match="does not go on across statuses"):
        changed(world, episode)
    one_plan(world)
    ended(world, episode, ending="moved")
    with pytest.raises(StepNotAllowed, match="has ended"):
        changed(world, episode)


def test_the_page_says_the_status_in_words_and_draws_the_line(world: World, client: Client) -> None:
    one_plan(world)
    episode = taken_on(world)
    signed = world.signed_in(client, world.user("team_manager", council=PETERBOROUGH))
    page = signed.get(f"/peterborough/early-help/{episode.key}/").content.decode()
    assert "The family is helped as: Early help, by the family’s agreement" in page
    where = f"/peterborough/family-help/{episode.key}/status/"
    assert signed.post(where, {"seen": version(world, episode), "status": "section47"}).status_code == 422
    typed = {"seen": version(world, episode), "status": "section47", "why": "An enquiry began."}
    assert signed.post(where, typed).status_code == 302
    whole = signed.get(f"/peterborough/family-help/{episode.key}/standing/").content.decode()
    assert "The family is helped as: Child protection (section 47)" in whole
    assert "An enquiry began." in whole
    assert "Came to the early help hub" in whole


def test_a_lead_practitioner_opens_the_families_of_their_team_and_no_other(world: World, client: Client) -> None:
    episode, user = taken_on(world), world.user(LEAD, council=PETERBOROUGH)
    signed = world.signed_in(client, user)
    for page in ("standing", "outcomes"):
        assert signed.get(f"/peterborough/family-help/{episode.key}/{page}/").status_code == 404
    with helping.acting(world):
        Practitioner.objects.create(
            authority_id=episode.authority_id, episode=episode, user=user.pk, name="Rowan", agency="A school",
            own=True, leads=False, since=AT, by_name="Rowan",
        )  # fmt: skip
    for page in ("standing", "outcomes"):
        assert signed.get(f"/peterborough/family-help/{episode.key}/{page}/").status_code == 200
