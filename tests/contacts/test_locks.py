"""Whoever acts now to protect a child waits for nobody: not for a decision, a judgement or an answer that is open."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

import frontdoor.contacts.actions as actions_of_contacts
from frontdoor.contacts.actions import decisions, screening
from frontdoor.contacts.models import Contact, Matter
from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, recommended
from tests.races import alongside
from tests.worlds import World


@pytest.fixture
def contact(own_database: str, world: World) -> Contact:
    with transaction.atomic():
        made = arrived(world)
        recommended(world, made, ENQUIRY)
    return made


def _decide(world: World, contact: Contact) -> Any:
    with world.acting("team_manager", at=AT) as by:
        matter = Matter.objects.get(contact=contact)
        return decisions.decide(matter.key, seen=matter.version, given=FULL, by=by, at=AT)


def _send_back(world: World, contact: Contact) -> Any:
    with world.acting("team_manager", at=AT) as by:
        matter = Matter.objects.get(contact=contact)
        return decisions.send_back(matter.key, seen=matter.version, why="Ask the school first.", by=by, at=AT)


@pytest.mark.parametrize("open_act", [_decide, _send_back])
def test_acting_now_does_not_wait_for_an_open_decision(
    world: World, contact: Contact, open_act: Callable[..., Any]
) -> None:
    def protect() -> Any:
        with world.acting("social_worker", second=True, at=AT) as by:
            return screening.protect(
                contact.key, kind="immediate_protection", reason="He is at the school gate.", with_whom="PC Hale",
                by=by, at=AT,
            )  # fmt: skip

    _, started = alongside(lambda: open_act(world, contact), protect)
    assert started.contact_id == contact.pk


def test_no_action_of_this_room_locks_a_contact_or_a_child_against_rows_that_point_at_them() -> None:
    plain = re.compile(r"(?:Contact|Matter)\.objects\.select_for_update\((?!of=\(\"self\",\), no_key=True)")
    room = Path(actions_of_contacts.__file__).parent
    found = [path.name for path in room.rglob("*.py") if plain.search(path.read_text(encoding="utf-8"))]
    assert found == []
