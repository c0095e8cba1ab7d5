"""Families on their way up and down, as tests have them: each step as a person or the job takes it."""

from datetime import datetime, timedelta
from typing import Any

from frontdoor.actors.rules import COURIER
from frontdoor.familyhelp.models import StepDown
from frontdoor.familyhelp.rules.standing import SteppedDown
from frontdoor.handovers.models import Handover
from frontdoor.referrals.models import Referral
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.referrals import referring
from tests.worlds import PETERBOROUGH, World

WORKER, OFFICER, LEAD = "assessment_worker", "early_help_officer", "lead_practitioner"
LATER = AT + timedelta(days=40)
GIVEN: dict[str, Any] = {
    "held_on": (AT + timedelta(days=39)).date(), "came_from": "section17", "there": "Mum, Ada Fenn, the school nurse",
    "family_there": True, "plan": "Ada comes on Mondays. Mum rings her first.", "heard": "I like Ada.",
    "lead_name": "Ada Fenn", "lead_agency": "Family workers East",
}  # fmt: skip


def meeting(**more: Any) -> SteppedDown:
    """A meeting at which everything was agreed."""
    return SteppedDown(**{**GIVEN, **more})


def stepped_down(world: World, referral: Referral | None = None, *, at: datetime = LATER, **more: Any) -> StepDown:
    """A referral whose team has sent the family to the hub; nobody there has answered."""
    from frontdoor.familyhelp.actions import stepping

    row = referral or referring.held(world)
    with world.acting(WORKER, of=PETERBOROUGH, at=at) as by:
        row.refresh_from_db()
        return stepping.step_down(row.key, seen=row.version, given=meeting(**more), by=by, at=at)


def slip_of(world: World, down: StepDown) -> Handover:
    with world.acting("head_of_service", of=PETERBOROUGH):
        return Handover.objects.get(key=down.slip)


def accepted(world: World, down: StepDown, *, at: datetime = LATER) -> StepDown:
    """The hub accepts it, and what follows has followed."""
    from frontdoor.handovers import actions as handovers

    slip = slip_of(world, down)
    with world.acting(OFFICER, of=PETERBOROUGH, at=at) as by:
        handovers.accept(slip.key, seen=slip.version, by=by, at=at)
    return followed(world, down, at=at)


def refused(world: World, down: StepDown, *, reason: str, at: datetime = LATER) -> StepDown:
    """The hub refuses it after a talk with a manager of the team."""
    from frontdoor.handovers import actions as handovers
    from frontdoor.handovers.rules import Conversation

    slip = slip_of(world, down)
    talk = Conversation("", at, world.user("assessment_manager", council=PETERBOROUGH).pk)
    with world.acting(OFFICER, of=PETERBOROUGH, at=at) as by:
        handovers.refuse(slip.key, seen=slip.version, reason=reason, talk=talk, by=by, at=at)
    return followed(world, down, at=at)


def followed(world: World, down: StepDown, *, at: datetime = LATER) -> StepDown:
    """What the job does when something has happened to the slip."""
    from frontdoor.familyhelp.actions import stepping

    with world.system(COURIER) as by:
        row = stepping.follow(down.slip, by=by, at=at)
        assert row is not None
        return StepDown.objects.select_related("episode", "referral").get(pk=row.pk)


def one_plan(world: World, *, at: datetime = AT) -> None:
    """Peterborough decides for one plan across statuses."""
    decide(world, "family_help.one_plan", value=True, at=at)


def decide(world: World, name: str, *, value: Any, at: datetime = AT) -> None:
    from frontdoor.councils.actions import decide_setting

    with world.acting("administrator", of=PETERBOROUGH, at=at) as by:
        decide_setting(name, value=value, starts_on=at.date(), decided_by="Board", why="Agreed", by=by, at=at)


def taken_on(world: World, *, at: datetime = AT, **more: Any) -> Any:
    """A family that somebody has taken on."""
    from frontdoor.earlyhelp import actions

    episode = helping.offered(world, at=at, **more)
    with helping.acting(world, at=at) as by:
        actions.answer(
            episode.key, seen=episode.version, accepted=True, answered_with="Their duty line", worker="Ada Fenn",
            words="", by=by, at=at,
        )  # fmt: skip
        return helping.again(episode)


def ended(world: World, episode: Any, *, at: datetime = LATER, ending: str = "outcomes_met") -> Any:
    """Help that ended."""
    from frontdoor.earlyhelp import actions

    with helping.acting(world, at=at) as by:
        row = helping.again(episode)
        actions.close(row.key, seen=row.version, ending=ending, why="Mornings go well.", by=by, at=at)
        return helping.again(row)


def restrict(episode: Any, *, to: Any = None) -> None:
    """The child of a family is confirmed to be somebody whose record few may open.

    :param to: the account that is named
    """
    from frontdoor.people.models import NamedAccess, Restriction

    with referring.world_of_seeder():
        contact = episode.contact
    child = referring.person()
    referring.confirm(child, contact)
    with referring.world_of_seeder() as by:
        Restriction.objects.create(
            authority_id=by.authority, person=child, ground="staff", why="A colleague's child", call_whom="Head",
            call_number="01632 960001", owner=1, set_at=AT, review_on=AT.date() + timedelta(days=60),
        )  # fmt: skip
        if to is not None:
            NamedAccess.objects.create(
                authority_id=by.authority, person=child, user_id=to.pk, why="Works with them", since=AT
            )


def again(world: World, row: Any) -> Any:
    """A row as it stands now."""
    with helping.acting(world):
        row.refresh_from_db()
    return row


def version(world: World, row: Any) -> int:
    """The version of a row that stands now."""
    return int(again(world, row).version)
