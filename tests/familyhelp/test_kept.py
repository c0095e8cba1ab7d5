"""What stands about a family that few may open is hidden by the database itself, row by row, whoever asks."""

from typing import TYPE_CHECKING

import pytest

from frontdoor.familyhelp.models import Assessment, Meeting, Plan, Practitioner
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.familyhelp.moving import restrict, taken_on
from tests.worlds import PETERBOROUGH

if TYPE_CHECKING:
    from tests.worlds import World

pytestmark = pytest.mark.django_db


def seen(world: "World", role: str) -> tuple[bool, ...]:
    """Whether somebody's own question to the database finds the plan, the assessment, the meeting and the team."""
    with helping.acting(world, role=role):
        return tuple(table.objects.exists() for table in (Plan, Assessment, Meeting, Practitioner))


def test_a_family_that_few_may_open_has_no_plan_assessment_meeting_or_team_for_others(world: "World") -> None:
    episode = taken_on(world)
    with helping.acting(world) as by:
        whose = {"authority_id": episode.authority_id, "episode": episode}
        if not Practitioner.objects.exists():
            Practitioner.objects.create(
                **whose, name="Rowan", agency="Us", own=True, leads=True, since=AT, by_name="Rowan"
            )
        Plan.objects.get_or_create(**whose, defaults={"at": AT})
        Assessment.objects.create(
            **whose, number=1, state="writing", begun_at=AT, begun_by=by.user_id, begun_name="Rowan"
        )
        Meeting.objects.create(
            **whose, starts_at=AT, minutes=60, way="place", place="The hub", changed_at=AT, by_user=by.user_id,
            by_name="Rowan", at=AT,
        )  # fmt: skip
    assert seen(world, "early_help_officer") == (True,) * 4
    restrict(episode, to=world.user("head_of_service", council=PETERBOROUGH))
    assert seen(world, "early_help_officer") == (False,) * 4
    assert seen(world, "head_of_service") == (True,) * 4
