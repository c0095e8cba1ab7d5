"""Services that fit a family are told to it, and whether it went is written down; the directory learns nothing."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Conflict, InvalidInput, NotFound
from frontdoor.directory.models import Service
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.models import Signpost, Uptake
from frontdoor.earlyhelp.queries.opening import open_episode
from tests.directory import feeding
from tests.earlyhelp.helping import AT, OFFICER, acting, again, opened
from tests.earlyhelp.test_pages import page_of, send
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.django_db


def services(*said: dict[str, Any], council: int = PETERBOROUGH) -> list[str]:
    """Services of a council's directory, by key."""
    with acting_for(council, by=SEEDER) as by:
        feeding.bring(feeding.source(by=by, at=AT), *said, by=by, at=AT)
        return [str(row.key) for row in Service.objects.order_by("id")]


def test_what_a_family_was_told_of_stands_as_it_was_then(world: World) -> None:
    (key,), episode = services(feeding.service("Little Otters")), opened(world)
    with acting(world) as by:
        (told,) = actions.signpost(
            episode.key, seen=episode.version, services=[key, key], words="Saturdays.", by=by, at=AT
        )
        Service.objects.filter(key=key).update(name="Big Otters")
        shown = open_episode(episode.key, by=by, at=AT)
        assert [(each.name, each.words) for each in shown.signposts] == [("Little Otters", "Saturdays.")]
        assert again(episode).state == "requested"
        with pytest.raises(Conflict):
            actions.signpost(told.episode.key, seen=1, services=[key], by=by, at=AT)


@pytest.mark.parametrize("wrong", ["none", "hidden", "theirs"])
def test_only_services_that_anybody_is_shown_here_are_told(world: World, wrong: str) -> None:
    episode = opened(world)
    council = CAMBRIDGESHIRE if wrong == "theirs" else PETERBOROUGH
    status = "temporarily closed" if wrong == "hidden" else "active"
    keys = services(feeding.service("Little Otters", status=status), council=council)
    with acting(world) as by, pytest.raises(InvalidInput) as refusal:
        actions.signpost(episode.key, seen=episode.version, services=[] if wrong == "none" else keys, by=by, at=AT)
    assert set(refusal.value.problems) == {"services"}


def test_what_came_of_it_is_written_once_and_the_newest_word_stands(world: World) -> None:
    (key,), episode = services(feeding.service("Little Otters")), opened(world)
    with acting(world) as by:
        (told,) = actions.signpost(episode.key, seen=episode.version, services=[key], by=by, at=AT)
        said: dict[str, Any] = {"signpost": told.key, "by": by, "at": AT}
        with pytest.raises(InvalidInput):
            actions.record_uptake(episode.key, seen=again(episode).version, went="not", **said)
        with pytest.raises(NotFound):
            actions.record_uptake(episode.key, seen=episode.version, went="went", **{**said, "signpost": episode.key})
        actions.record_uptake(episode.key, seen=episode.version, went="waits", **said)
        actions.record_uptake(again(episode).key, seen=episode.version, went="not", why="No bus.", **said)
        shown = open_episode(episode.key, by=by, at=AT)
        assert shown.uptakes[told.pk].why == "No bus."
        assert Uptake.objects.count() == 2
        told.name = "Another"
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            told.save(update_fields=["name"])


def test_what_fits_the_childrens_ages_is_offered_first_and_what_was_told_is_shown(world: World, client: Client) -> None:
    fits, old = services(
        feeding.service("Little Otters", minimum_age=5, maximum_age=9),
        feeding.service("Grown Otters", minimum_age=16, maximum_age=25),
    )  # fmt: skip
    episode = opened(world, at=timezone.now())
    officer = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    here = f"/peterborough/early-help/{episode.key}/services/"
    page = officer.get(here).content.decode()
    assert fits in page
    assert old not in page
    assert old in officer.get(f"{here}?q=grown").content.decode()
    assert "No service fits" in officer.get(f"{here}?q=zeppelin").content.decode()
    refused = send(world, officer, episode, "services", words="Saturdays are quiet")
    assert refused.status_code == 422
    assert "Saturdays are quiet" in refused.content.decode()
    assert send(world, officer, episode, "services", services=fits).status_code == 302
    assert "Not known yet" in page_of(officer, episode)
    with world.acting(OFFICER, of=PETERBOROUGH):
        told = Signpost.objects.get()
    assert send(world, officer, episode, f"services/{told.key}", went="not", why="No bus.").status_code == 302
    assert "No bus." in page_of(officer, episode)
