"""Whose families somebody opens by being in their team, and what a team is in the database."""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from frontdoor.actors.rules import NotFound, NotPermitted, Permission
from frontdoor.familyhelp.models import Practitioner
from frontdoor.familyhelp.queries.team import reached
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

if TYPE_CHECKING:
    from frontdoor.earlyhelp.models import Episode
    from tests.worlds import World

LEAD = "lead_practitioner"
WORK = Permission.FAMILY_HELP_WORK


def joins(world: "World", episode: "Episode", *, role: str = LEAD, **more: Any) -> Practitioner:
    """Somebody's account is in the team from now on."""
    user = world.user(role, council=PETERBOROUGH).pk
    with helping.acting(world):
        given = {"leads": False, "own": True, "since": AT, "by_name": "Rowan", **more}
        return Practitioner.objects.create(
            authority_id=episode.authority_id, episode=episode, user=user, name="Rowan Fell", agency="A school", **given
        )


def opens(world: "World", episode: "Episode", *, role: str = LEAD, permission: Permission = WORK) -> bool:
    with helping.acting(world, role=role) as by:
        try:
            return bool(reached(episode.key, permission, by=by, at=AT).pk == episode.pk)
        except NotFound:
            return False


def test_a_lead_practitioner_opens_the_families_of_their_team_and_no_other(world):
    episode = helping.opened(world)
    assert not opens(world, episode)
    row = joins(world, episode)
    assert opens(world, episode)
    assert opens(world, episode, permission=Permission.FAMILY_HELP_READ)
    with helping.acting(world):
        row.until, row.why_until = AT, "Works elsewhere now."
        row.save()
    assert not opens(world, episode)


def test_the_hub_opens_every_family_and_a_social_worker_reads_it_without_writing(world):
    episode = helping.opened(world)
    assert opens(world, episode, role="early_help_officer")
    assert opens(world, episode, role="social_worker", permission=Permission.FAMILY_HELP_READ)
    with helping.acting(world, role="social_worker") as by, pytest.raises(NotPermitted):
        reached(episode.key, WORK, by=by, at=AT)


def test_no_other_council_finds_the_family(world):
    episode = helping.opened(world)
    joins(world, episode)
    with world.acting(LEAD, of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        reached(episode.key, WORK, by=by, at=AT)


def test_one_leads_and_whoever_leaves_says_why(world):
    episode = helping.opened(world)
    joins(world, episode, leads=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        joins(world, episode, role="early_help_officer", leads=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        joins(world, episode, role="early_help_officer", until=AT)
    joins(world, episode, role="early_help_officer", until=AT, why_until="Was covering.", leads=True)
