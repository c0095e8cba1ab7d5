"""A manager says why a deadline was missed; nobody else may, and the other council's is not found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.clocks.models import Clock
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.rules.intake import Report
from tests.worlds import World


@pytest.fixture
def late(world: World) -> Clock:
    """A decision that was due days ago."""
    at = timezone.now() - timedelta(days=9)
    with world.acting("contact_officer", at=at) as by:
        contacts.submit_and_take_in(Report(story="A worry."), channel="phone", idem="late", by=by, at=at)
        return Clock.objects.get(kind="contacts.decision")


def test_a_manager_explains_and_the_miss_stays(world: World, client: Client, late: Clock) -> None:
    world.signed_in(client, world.user("team_manager"))
    assert "Decision on the contact" in client.get("/peterborough/clocks/missed/").content.decode()
    page = f"/peterborough/clocks/{late.pk}/explain/"
    wrong = client.post(page, {"seen": late.version, "note": "Two people were ill."})
    assert wrong.status_code == 422
    assert "Two people were ill." in wrong.content.decode()
    client.post(page, {"seen": late.version, "reason": "capacity", "note": "Two people were ill."})
    with world.acting("team_manager", at=timezone.now()):
        late.refresh_from_db()
        assert (late.late_reason, late.stopped_at) == ("capacity", None)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("role", ["contact_officer", "social_worker", "auditor"])
def test_nobody_else_explains(world: World, client: Client, late: Clock, role: str) -> None:
    world.signed_in(client, world.user(role, council=874))
    assert client.get("/peterborough/clocks/missed/").status_code == 403


def test_in_the_other_council_it_is_not_found(world: World, client: Client, late: Clock) -> None:
    world.signed_in(client, world.user("team_manager"))
    assert client.get(f"/cambridgeshire/clocks/{late.pk}/explain/").status_code == 404
