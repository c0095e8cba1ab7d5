"""Test messages: through each door from end to end, marked from the start, and never a contact, a clock or a figure."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from frontdoor.access.rules import Role
from frontdoor.actors.rules import CLOCK_SWEEP, MAILBOX, PUBLIC_INTAKE, SEEDER, NotFound, NotPermitted
from frontdoor.clocks.models import Clock
from frontdoor.config import trying
from frontdoor.config.demo.playing import carried_out
from frontdoor.config.environment import Mailbox
from frontdoor.config.mailbox import drain
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import notices
from frontdoor.contacts.actions import trials as actions
from frontdoor.contacts.actions.correspondence import take_in_message
from frontdoor.contacts.models import (
    Contact,
    Correspondence,
    Notice,
    Receipt,
    ReceiptCounter,
    Silence,
    Submission,
    Trial,
)
from frontdoor.contacts.queries import notices as batches
from frontdoor.contacts.queries import receipts
from frontdoor.contacts.queries import trials as queries
from frontdoor.contacts.rules.intake import Report
from frontdoor.contacts.rules.notices import as_csv
from frontdoor.contacts.rules.trials import Door, Stations, message_id
from frontdoor.letters.models import Letter
from tests.contacts.noticing import row
from tests.contacts.writing import mail
from tests.imap import Imap, serving
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime.now(UTC)


def looks(world: World, at: datetime = NOW, council: int = PETERBOROUGH) -> int:
    with world.system(CLOCK_SWEEP, council=council) as by:
        return actions.look_for_tests(by=by, at=at)


def left_nothing() -> None:
    assert not Contact.objects.exists()
    assert not Letter.objects.exists()
    assert not Clock.objects.exists()
    assert list(ReceiptCounter.objects.values_list("channel", flat=True)) in ([], ["test"])


@pytest.mark.parametrize("door", [Door.WEB, Door.SYSTEM, Door.NOTICES])
def test_a_test_passes_every_station_and_leaves_nothing_but_its_own_line(
    door: Door, own_database: str, world: World, run_jobs: Callable[[], None]
) -> None:
    world.api_client(council=PETERBOROUGH)
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        # Its job works in true time, and a whole run began more than ten minutes ago.
        asked = actions.send_test(door, by=by, at=datetime.now(UTC))
    run_jobs()
    assert looks(world, datetime.now(UTC)) == 1
    with world.system(SEEDER) as by:
        trial = Trial.objects.get(pk=asked.pk)
        assert trial.number == "874-X-000001"
        assert None not in (trial.received_at, trial.worked_at, trial.seen_at)
        assert not trial.failed_at
        left_nothing()
        assert list(receipts.broken(by=by)) == []
        assert Receipt.objects.get().channel == "test"


def drained(world: World, settings: Any, imap: Imap) -> None:
    """Ask for tests, have them sent, and drain the mailbox."""
    box = Mailbox(PETERBOROUGH, "127.0.0.1", imap.port, safe=False, user="door@example.org", password=imap.password)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mailboxes=(box,))
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        asked = actions.send_test(Door.MAILBOX, by=by, at=NOW)
    trying.try_door(PETERBOROUGH, str(asked.pk), at=NOW)
    drain(box)


def test_a_test_goes_through_the_mailbox_as_every_message_does(
    own_database: str, world: World, settings: Any, run_jobs: Callable[[], None]
) -> None:
    with serving() as imap:
        drained(world, settings, imap)
        assert not imap.folders["INBOX"]
        (kept,) = next(found for name, found in imap.folders.items() if name != "INBOX" and found)
        imap.put(kept.content)  # as after a kill between the number and the move
        drain(settings.ENVIRONMENT.mailboxes[0])
        assert not imap.folders["INBOX"]
        run_jobs()
    looks(world, datetime.now(UTC))
    with world.system(SEEDER):
        trial = Trial.objects.get()
        assert (trial.door, trial.number, trial.failed_at) == ("mailbox", "874-X-000001", None)
        assert None not in (trial.received_at, trial.worked_at, trial.seen_at)
        left_nothing()
        assert not Correspondence.objects.exists()


def test_a_message_that_only_says_it_is_a_test_is_taken_in(world: World) -> None:
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        other = actions.send_test(Door.WEB, by=by, at=NOW)
    with world.system(MAILBOX) as by:
        for key in (uuid4(), other.pk):
            raw = mail("He hits them.", message_id=message_id(str(key)))
            assert take_in_message(raw, reached_at=NOW, by=by, at=NOW).number.startswith("874-E-")
        assert Contact.objects.count() == 2


def test_a_mailbox_that_is_away_is_told_to_the_manager(own_database: str, world: World, settings: Any) -> None:
    box = Mailbox(PETERBOROUGH, "127.0.0.1", 1, safe=False, user="door@example.org", password="x")
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mailboxes=(box,))
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        asked = actions.send_test(Door.MAILBOX, by=by, at=NOW)
    trying.try_door(PETERBOROUGH, str(asked.pk), at=NOW)
    with world.system(SEEDER):
        assert Trial.objects.get().why == "The mailbox does not answer"
        assert Silence.objects.get().name == "Test message: The mailbox"


def test_a_desks_own_test_stands_beside_its_notices_and_a_child_is_never_taken_for_one(world: World) -> None:
    rows = [
        {"police_reference": "OUR-TEST", "kind": "test", "narrative": "Test"},
        row("PPN-1"),
        row("PPN-2", kind="test"),
        {"police_reference": "OUR-TEST-2", "kind": "test", "narrative": "Test", "danger_now": "yes"},
    ]
    with world.sending("police-desk") as by:
        batch = notices.check_file(as_csv(rows, [""] * 4).encode(), name="", by=by, at=NOW)
        batch = notices.take(batch.key, seen=1, by=by, at=NOW)
        said = [(each["state"], each["receipt"]) for each in batch.answers]
        assert said == [("accepted", "874-X-000001"), ("accepted", "874-P-000001"), ("refused", ""), ("refused", "")]
        assert "A test tells of nobody" in batch.answers[2]["problems"]["kind"]
        again = notices.check_file(as_csv(rows[:1], [""]).encode(), name="", by=by, at=NOW)
        (once,) = notices.take(again.key, seen=1, by=by, at=NOW).answers
        assert (once["state"], once["receipt"]) == ("already", "874-X-000001")
        assert [each.reference for each in Notice.objects.all()] == ["PPN-1"]
    list(carried_out(NOW))
    with world.sending("police-desk") as by:
        assert [(each.door, each.number) for each in queries.own_trials(by=by, at=NOW)] == [("notices", "874-X-000001")]
    with world.system(SEEDER):
        assert [each.receipt for each in Contact.objects.all()] == ["874-P-000001"]


def test_the_service_s_own_test_stands_in_no_list_of_files(world: World) -> None:
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        asked = actions.send_test(Door.NOTICES, by=by, at=NOW)
    trying.try_door(PETERBOROUGH, str(asked.pk), at=NOW)
    with world.sending("police-desk") as by:
        assert batches.own_batches(by=by, at=NOW) == []
        assert queries.own_trials(by=by, at=NOW) == []
    with world.acting("contact_officer", council=PETERBOROUGH) as by:
        assert batches.batches(by=by, at=NOW) == []


def test_a_real_number_series_has_no_gap_after_a_test(world: World, client: Client) -> None:
    world.signed_in(client, world.sender("school"))
    client.post("/sender/test/")
    form = {"danger": "yes", "story": "Something", "local": "school", "children": "1", "council": "peterborough"}
    client.post("/sender/new/", {**form, "idem": "0" * 32})
    with world.system(SEEDER):
        assert sorted(map(str, Receipt.objects.all())) == ["874-W-000001", "874-X-000001"]


def test_a_sender_sees_the_stations_of_their_own_tests_alone(
    own_database: str, world: World, client: Client, run_jobs: Callable[[], None]
) -> None:
    world.signed_in(client, world.sender("school"))
    assert client.post("/sender/test/").status_code == 302
    run_jobs()
    looks(world, datetime.now(UTC))
    page = client.get("/sender/test/").content.decode()
    assert "874-X-000001" in page
    assert "Arrived" in page
    assert "874-X-000001" not in client.get("/sender/").content.decode()
    assert "874-X-" not in client.get(f"/sender/day/{NOW.date()}/").content.decode()
    police = world.signed_in(Client(), world.sender("police-desk"))
    assert "874-X-" not in police.get("/sender/test/").content.decode()
    with world.system(SEEDER):
        left_nothing()


def test_a_system_marks_its_own_test(
    own_database: str, world: World, client: Client, run_jobs: Callable[[], None]
) -> None:
    _, secret = world.api_client(council=PETERBOROUGH)
    body: dict[str, Any] = {
        "story": "Test", "source": "school", "referrer": {"name": "IT", "agency": "Whittle Brook"}, "test": True
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "a-test-of-ours"}
    answer = client.post("/api/v1/reports", json.dumps(body), content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["number"]) == (201, "874-X-000001")
    run_jobs()
    looks(world, datetime.now(UTC))
    school = world.signed_in(Client(), world.sender("school"))
    assert "874-X-000001" in school.get("/sender/test/").content.decode()
    with world.system(SEEDER):
        left_nothing()


def test_a_test_that_stays_away_is_told_to_the_manager_once(world: World) -> None:
    with world.acting("team_manager", council=PETERBOROUGH) as by:
        actions.send_test(Door.WEB, by=by, at=NOW)
    assert looks(world, NOW + timedelta(minutes=9)) == 0
    with world.system(SEEDER):
        assert not Silence.objects.exists()
    looks(world, NOW + timedelta(minutes=11))
    looks(world, NOW + timedelta(minutes=12))
    with world.system(SEEDER):
        assert Silence.objects.get().name == "Test message: The public form"
        assert Trial.objects.get().why == "It has not arrived within 10 minutes"
        assert Clock.objects.get().kind == "contacts.silence"


def test_a_door_that_fails_says_so(own_database: str, world: World, run_jobs: Callable[[], None]) -> None:
    with world.acting("administrator", council=CAMBRIDGESHIRE) as by:
        actions.send_test(Door.SYSTEM, by=by, at=NOW)
    run_jobs()
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        assert Trial.objects.get().why == "No system sends to this council"
        assert not Submission.objects.exists()


def test_every_open_door_is_tried_each_day(world: World) -> None:
    world.api_client(council=PETERBOROUGH)
    trying.try_every_door(NOW)
    with world.system(SEEDER):
        assert set(Trial.objects.values_list("door", flat=True)) == {"web", "system", "notices"}
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        assert set(Trial.objects.values_list("door", flat=True)) == {"web", "notices"}


def test_the_job_itself_makes_no_contact_of_a_test(world: World) -> None:
    test = Report(story="A test", trial=str(uuid4()))
    with world.system(PUBLIC_INTAKE) as by:
        given = contacts.submit(test, channel="web", idem=str(uuid4()), by=by, at=NOW)
        with pytest.raises(NotFound):
            contacts.take_in(str(given.submission), by=by, at=NOW)
        left_nothing()


def test_staff_send_one_from_the_page(world: World, signed: Callable[..., Client]) -> None:
    client = signed(Role.TEAM_MANAGER)
    assert client.post("/peterborough/senders/", {"door": "web"}).status_code == 302
    assert "On its way" in client.get("/peterborough/senders/").content.decode()
    assert client.post("/peterborough/senders/", {"door": "account"}).status_code == 422
    assert signed(Role.CONTACT_OFFICER).get("/peterborough/senders/").status_code == 403
    with world.acting("contact_officer", council=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        actions.send_test(Door.WEB, by=by, at=NOW)


def test_late_is_what_has_not_been_seen_in_ten_minutes() -> None:
    on_its_way = Stations(NOW, NOW, NOW, None)
    assert not on_its_way.late(NOW + timedelta(minutes=10))
    assert on_its_way.late(NOW + timedelta(minutes=10, seconds=1))
    assert not Stations(NOW, NOW, NOW, NOW).late(NOW + timedelta(days=1))
