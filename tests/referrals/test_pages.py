"""Referrals as somebody uses them: the list of both councils, one of them, a visit, the contact of whoever sent it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.referrals.models import Milestone, Referral, Visit
from tests.referrals.referring import accept, begun, held, sent
from tests.worlds import PETERBOROUGH, World

RECENTLY = timezone.now().replace(microsecond=0) - timedelta(hours=30)
"""Long enough ago for red work to be late."""


@pytest.fixture
def worker(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user("assessment_worker", council=PETERBOROUGH))


def send(world: World, client: Client, referral: Referral, what: str, **typed: Any) -> Any:
    with world.acting("head_of_service"):
        seen = Referral.objects.get(pk=referral.pk).version
    return client.post(f"/peterborough/referrals/{referral.key}/{what}/", {"seen": str(seen), **typed})


def parts(name: str, at: Any) -> dict[str, str]:
    from frontdoor.shell.rules import london

    local = london(at)
    return {
        f"{name}-day": str(local.day), f"{name}-month": str(local.month), f"{name}-year": str(local.year),
        f"{name}-time": f"{local:%H:%M}",
    }  # fmt: skip


def test_what_is_late_stands_first_for_the_team_and_for_whoever_sent_it(world: World, worker: Client) -> None:
    calm, red = held(world, at=RECENTLY), begun(world, urgent=True, idem="call-2", at=RECENTLY)
    page = worker.get("/desk/referrals/").content.decode()
    assert page.index(str(red.key)) < page.index(str(calm.key))
    assert "Sent, not accepted yet" in page
    assert str(calm.key) not in worker.get("/desk/referrals/?which=late").content.decode()
    assert str(calm.key) in worker.get("/desk/referrals/?which=mine").content.decode()
    assert str(calm.key) not in worker.get("/desk/referrals/?which=not_picked").content.decode()
    giver = world.signed_in(Client(), world.user("social_worker"))
    assert str(red.key) in giver.get("/desk/referrals/?which=not_seen").content.decode()
    other = world.signed_in(Client(), world.user("assessment_worker"))
    assert str(red.key) not in other.get("/desk/referrals/").content.decode(), "Cambridgeshire's team has its own"


def test_a_visit_is_recorded_with_the_childs_words_and_the_giver_sees_it_on_the_contact(
    world: World, worker: Client
) -> None:
    referral = held(world, at=RECENTLY)
    with world.acting("head_of_service"):
        contact = Referral.objects.select_related("contact").get(pk=referral.pk).contact
    giver = world.signed_in(Client(), world.user("social_worker"))
    record = f"/peterborough/contacts/{contact.key}/"  # type: ignore[union-attr]
    assert "What became of it" in giver.get(record).content.decode()
    typed: dict[str, Any] = parts("made_at", RECENTLY + timedelta(hours=2)) | {
        "place": "home", "seen_by": "A. Worker", "met": "yes", "alone": "no", "not_alone": "", "voice": "Hello there",
    }  # fmt: skip
    wrong = send(world, worker, referral, "visit", **typed)
    assert wrong.status_code == 422
    assert "Choose why the child was not seen alone" in wrong.content.decode()
    assert send(world, worker, referral, "visit", **{**typed, "not_alone": "did_not_want"}).status_code == 302
    page = worker.get(f"/peterborough/referrals/{referral.key}/").content.decode()
    assert "Hello there" in page
    assert "The child did not want to" in page
    assert "Child not seen" not in page
    with world.acting("social_worker"):
        visit = Visit.objects.get()
    struck = send(world, worker, referral, f"visits/{visit.key}/strike", why="His brother")
    assert struck.status_code == 302
    assert "Recorded by mistake" in worker.get(f"/peterborough/referrals/{referral.key}/").content.decode()


def test_dates_need_and_closing_are_typed_on_pages_of_their_own(world: World, worker: Client) -> None:
    referral = held(world, at=RECENTLY)
    on = {name: value for name, value in parts("on", timezone.now()).items() if not name.endswith("time")}
    assert send(world, worker, referral, "date", kind="section47_started", **on).status_code == 302
    assert (
        "First child protection conference held"
        in worker.get(f"/peterborough/referrals/{referral.key}/").content.decode()
    )
    assert send(world, worker, referral, "need", first="N4", second="N2").status_code == 302
    refused = send(world, worker, referral, "close", why="Said.", closure="RC7", **on)
    assert refused.status_code == 409
    assert "section 47 enquiry has not ended" in refused.content.decode()
    assert send(world, worker, referral, "dates/section47_started/strike", why="Another child").status_code == 302
    assert send(world, worker, referral, "open-case", worker="Ruth Wold").status_code == 302
    with world.acting("social_worker"):
        assert Milestone.objects.get().struck_why == "Another child"
        now = Referral.objects.get(pk=referral.pk)
        assert (now.need, now.counts, now.open_with) == ("N2", "open_case", "Ruth Wold")


def test_it_waits_in_the_work_of_the_team_until_somebody_picks_it_up(world: World, worker: Client) -> None:
    referral = accept(world, sent(world, at=RECENTLY), at=RECENTLY)
    assert "A referral that nobody has picked up" in worker.get("/desk/").content.decode()
    assert send(world, worker, referral, "pick-up").status_code == 302
    assert "A referral that nobody has picked up" not in worker.get("/desk/").content.decode()


def test_whoever_sent_it_reads_and_changes_nothing(world: World, client: Client) -> None:
    referral = held(world, at=RECENTLY)
    world.signed_in(client, world.user("team_manager"))
    page = client.get(f"/peterborough/referrals/{referral.key}/").content.decode()
    assert "Record a visit" not in page
    assert send(world, client, referral, "visit").status_code == 403
    officer = world.signed_in(Client(), world.user("contact_officer"))
    assert officer.get(f"/peterborough/referrals/{referral.key}/").status_code == 403
