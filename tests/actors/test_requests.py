"""Who acts during a request of each kind, that nobody does after it, and what is kept of one that fails."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from frontdoor.actors.actions import acting_for
from frontdoor.actors.middleware import Transaction
from frontdoor.actors.rules import SEEDER, SERVICE
from frontdoor.contacts.models import CallBack, Event, ReceiptCounter, Submission
from frontdoor.trail.models import Entry
from tests.actors.pages import seen_by_database
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOBODY = {"role": "frontdoor_app", "session": "frontdoor_app", "authority": "", "agency": "", "actor": "", "draft": ""}


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    """Faults are made on purpose here; their lines would hide a real one."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def written(council: int) -> tuple[int, list[str]]:
    """How many events a council has, and the actions that the tests' own pages left in its trail."""
    with acting_for(council, by=SEEDER):
        actions = Entry.objects.filter(authority_id=council).order_by("id").values_list("action", flat=True)
        kept = [action for action in actions if action.startswith(("test.", "access.refused"))]
        return Event.objects.count(), kept


def test_a_council_page_acts_for_the_council_of_its_address(worker: Client, world: World) -> None:
    name = f"user:{world.user('social_worker').pk}"
    for council, slug in world.slugs.items():
        seen = worker.get(f"/{slug}/council/show/").json()
        assert (seen["role"], seen["authority"], seen["actor"]) == ("frontdoor_app", str(council), name)
        assert seen["agency"]


def test_a_portal_page_takes_the_portals_role_for_the_council_of_its_address_or_for_none(public: Client) -> None:
    seen = public.get("/peterborough/portal/show/").json()
    assert (seen["role"], seen["session"]) == ("frontdoor_portal", "frontdoor_app")
    assert (seen["authority"], seen["actor"]) == ("874", "system:public")
    assert public.get("/portal/show/").json() | {"authority": ""} == {**seen, "authority": ""}
    assert public.get("/portal/show/").json()["authority"] == ""


def test_a_portal_page_knows_a_draft_by_the_hash_of_its_cookie_alone(public: Client) -> None:
    public.cookies["report"] = "a-long-random-token"
    draft = public.get("/portal/show/").json()["draft"]
    assert draft.startswith("resume:")
    assert "a-long-random-token" not in draft


def test_somebody_signed_in_may_open_a_portal_page_though_its_role_reads_no_session(worker: Client) -> None:
    assert worker.get("/peterborough/portal/show/").json()["role"] == "frontdoor_portal"


def test_the_session_is_saved_by_the_application_though_the_page_ran_as_the_portal(
    worker: Client, world: World
) -> None:
    a_while_ago = datetime.now(UTC) - timedelta(minutes=10)
    world.signed_in(worker, world.user("social_worker"), at=a_while_ago)
    assert worker.get("/peterborough/portal/show/").json()["role"] == "frontdoor_portal"
    assert worker.session["seen_at"] > a_while_ago.timestamp() + 300


def test_a_merged_page_acts_for_one_council_after_the_other_and_for_none_between(worker: Client) -> None:
    seen = worker.get("/merged/merged/").json()["seen"]
    assert [step["authority"] for step in seen] == ["", "873", "874", ""]
    assert seen[0]["actor"] == seen[-1]["actor"] == ""
    assert all("Social worker" in step["post"] for step in seen[1:3])


def test_a_page_without_council_acts_as_the_service(public: Client, worker: Client, world: World) -> None:
    assert public.get("/none/show/").json()["actor"] == "system:sign-in"
    seen = worker.get("/none/show/").json()
    assert (seen["authority"], seen["actor"]) == (str(SERVICE), f"user:{world.user('social_worker').pk}")


@pytest.mark.parametrize("path", [
    "/cambridgeshire/council/show/", "/cambridgeshire/council/fail/", "/cambridgeshire/council/unavailable/",
    "/cambridgeshire/council/refuse/", "/cambridgeshire/council/missing/", "/cambridgeshire/council/fail_in_template/",
    "/cambridgeshire/receiving/show/", "/cambridgeshire/portal/show/", "/cambridgeshire/portal/fail/",
    "/cambridgeshire/portal/unavailable/", "/portal/show/", "/merged/merged/", "/merged/fail/", "/none/show/",
    "/none/fail/", "/nowhere/council/show/", "/account/login/", "/no/such/page/",
])  # fmt: skip
@pytest.mark.parametrize("who", ["worker", "public"])
def test_nobody_acts_after_a_request_of_any_kind(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client: Client = request.getfixturevalue(who)
    client.get(path)
    assert seen_by_database() == NOBODY
    with acting_for(PETERBOROUGH, by=SEEDER):
        pass  # nobody was left acting in Python either, or this would be refused as nested


def test_what_a_page_writes_is_kept_with_its_entry(worker: Client) -> None:
    assert worker.get("/peterborough/council/write/").status_code == 200
    assert written(PETERBOROUGH) == (1, ["test.write"])
    assert written(CAMBRIDGESHIRE) == (0, [])


@pytest.mark.parametrize(("view", "status"), [
    ("fail", 500), ("unavailable", 503), ("fail_in_template", 500), ("missing", 404),
])  # fmt: skip
def test_a_page_that_fails_leaves_nothing_behind(worker: Client, view: str, status: int) -> None:
    assert worker.get(f"/peterborough/council/{view}/").status_code == status
    assert written(PETERBOROUGH) == (0, [])


def test_a_fault_outside_the_view_leaves_nothing_behind_either(world: World) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        with acting_for(PETERBOROUGH, by=SEEDER):
            Event.objects.create(authority_id=PETERBOROUGH)
        return HttpResponse(status=503)

    Transaction(answer)(HttpRequest())
    assert written(PETERBOROUGH) == (0, [])


def test_a_refusal_rolls_the_page_back_and_keeps_its_own_entry(worker: Client, world: World) -> None:
    answer = worker.get("/peterborough/council/refuse/")
    assert answer.status_code == 403
    assert written(PETERBOROUGH) == (0, ["access.refused"])
    with acting_for(PETERBOROUGH, by=SEEDER):
        entry = Entry.objects.filter(action="access.refused").get()
    assert entry.actor == f"user:{world.user('social_worker').pk}"
    assert entry.subject_key == "pages:council-refuse"
    assert entry.detail == {"permission": "contact.decide"}


def test_a_permission_missing_for_the_address_is_refused_before_the_page_runs(worker: Client) -> None:
    assert worker.get("/peterborough/decide/").status_code == 403
    assert written(PETERBOROUGH) == (0, ["access.refused"])


def test_a_refusal_at_a_merged_address_is_kept_by_the_service(worker: Client) -> None:
    assert worker.get("/merged/decide/").status_code == 403
    assert written(SERVICE)[1] == ["access.refused"]


def test_a_row_that_is_not_there_and_a_council_out_of_reach_are_answered_alike(world: World) -> None:
    client = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    absent = client.get("/peterborough/council/absent/")
    elsewhere = client.get("/cambridgeshire/council/show/")
    unknown = client.get("/atlantis/council/show/")
    assert absent.status_code == elsewhere.status_code == unknown.status_code == 404
    assert elsewhere.content == unknown.content


def test_asking_for_a_council_out_of_reach_is_written_down_without_what_was_typed(world: World) -> None:
    client = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    client.get("/cambridgeshire/council/show/")
    client.get("/a-childs-name/council/show/")
    with acting_for(SERVICE, by=SEEDER):
        entries = list(Entry.objects.filter(action="access.refused").order_by("id"))
    assert [entry.detail for entry in entries] == [{"council": CAMBRIDGESHIRE}, {"council": None}]


def test_the_service_has_no_pages_of_its_own(worker: Client, public: Client) -> None:
    assert worker.get("/service/receiving/show/").status_code == 404
    assert public.get("/service/portal/show/").status_code == 404


def test_nobody_signed_in_is_sent_to_the_door(public: Client) -> None:
    for path in ("/peterborough/council/show/", "/peterborough/receiving/show/", "/merged/merged/"):
        answer = public.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")


def test_pages_are_stored_nowhere(worker: Client) -> None:
    assert worker.get("/peterborough/council/show/")["Cache-Control"] == "no-store"


@pytest.fixture
def other_councils_submission(own_database: str) -> str:
    """A submission of Peterborough, committed."""
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        kept = Submission.objects.create(
            authority_id=by.authority, channel="web", sender="public", idem="1", body={}, digest=b"0" * 32,
            received_at="2026-04-01T09:00Z", entered_at="2026-04-01T09:00Z",
        )  # fmt: skip
    return str(kept.pk)


def test_a_key_that_fails_at_commit_is_a_fault_and_leaves_nothing(other_councils_submission: str, world: World) -> None:
    client = world.signed_in(Client(raise_request_exception=False), world.user("social_worker"))
    answer = client.get("/cambridgeshire/council/orphan/", {"submission": other_councils_submission})
    assert answer.status_code == 500  # the view itself had answered 302
    with acting_for(CAMBRIDGESHIRE, by=SEEDER):
        assert not CallBack.objects.exists()
        assert not Entry.objects.filter(action="test.orphan").exists()
        assert not ReceiptCounter.objects.exists()


def test_a_page_that_reads_while_it_is_sent_shows_nothing(own_database: str, world: World) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        Event.objects.create(authority_id=PETERBOROUGH, label="of Peterborough")
    client = world.signed_in(Client(), world.user("social_worker"))
    sent = b"".join(client.get("/peterborough/council/stream/")).decode()
    assert "event" not in sent
    assert json.loads(sent.split(";", 1)[1]) == NOBODY
