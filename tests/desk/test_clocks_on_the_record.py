"""A contact's page shows each of its clocks: why one was missed, in whose words, and the one that may stand still."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock
from frontdoor.letters.models import Letter
from frontdoor.letters.rules.kinds import OUTCOME
from tests.contacts.arriving import arrive
from tests.worlds import World

NINE_DAYS = timedelta(days=9)


@pytest.fixture
def late(world: World) -> Any:
    """A contact that was due to be decided days ago."""
    with world.acting("contact_officer") as by:
        return arrive(by=by, at=timezone.now() - NINE_DAYS)


def shown(client: Client, contact: Any) -> str:
    answer = client.get(f"/peterborough/contacts/{contact.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_why_a_deadline_was_missed_stands_on_the_record(world: World, client: Client, late: Any) -> None:
    world.signed_in(client, world.user("team_manager"))
    page = shown(client, late)
    assert "Nobody has said yet" in page
    with world.acting("head_of_service") as by:
        clock = Clock.objects.get(kind="contacts.decision")
        assert f"/peterborough/clocks/{clock.pk}/explain/" in page
        clocks.explain(
            clock.pk, seen=clock.version, reason="partner_late", note="The school was shut.", by=by, at=timezone.now()
        )
    page = shown(client, late)
    assert "A partner agency answered late" in page
    assert "The school was shut." in page
    assert world.user("head_of_service").name in page
    assert f"/peterborough/clocks/{clock.pk}/explain/" not in page


def test_who_may_not_explain_is_not_sent_to_do_so(world: World, client: Client, late: Any) -> None:
    world.signed_in(client, world.user("contact_officer"))
    page = shown(client, late)
    assert "Nobody has said yet" in page
    assert "/explain/" not in page


def test_a_pause_is_offered_where_it_is_allowed_and_nowhere_else(world: World, client: Client, late: Any) -> None:
    with world.acting("team_manager") as by:
        letter = Letter.objects.get()
        (clock,) = clocks.start(OUTCOME, subject=("letters.letter", letter.key), by=by, at=timezone.now())
    world.signed_in(client, world.user("team_manager"))
    page = shown(client, late)
    assert page.count("/pause/") == 1
    assert f"/peterborough/clocks/{clock.pk}/pause/" in page
    given = {"seen": 1, "reason": "asked_to_wait", "note": "DC Reed at two"}
    client.post(f"/peterborough/clocks/{clock.pk}/pause/", given)
    page = shown(client, late)
    assert "asked us to wait" in page
    assert "DC Reed at two" in page
    assert f"/peterborough/clocks/{clock.pk}/resume/" in page
    world.signed_in(client, world.user("social_worker"))
    assert "/resume/" not in shown(client, late)
