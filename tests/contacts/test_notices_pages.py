"""Pages of police notices: a file from choosing to its receipts, a weekend in groups, first looks, a storm."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from frontdoor.config.demo.playing import carried_out
from frontdoor.contacts.models import Batch, Contact, Event, Notice, Storm
from frontdoor.contacts.rules import notices as rules
from tests.contacts.noticing import received, row

HERE = "/peterborough/notices/"


@pytest.fixture
def officer(world, client):
    return world.signed_in(client, world.user("contact_officer", council=873))


def upload(client, content, name="night.csv"):
    return client.post(f"{HERE}files/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_checked_taken_in_and_its_receipts_are_downloaded(world, officer):
    assert "Download a sample as CSV" in officer.get(f"{HERE}files/").content.decode()
    sample = officer.get(f"{HERE}files/sample/csv/")
    assert sample["Content-Disposition"] == 'attachment; filename="notices-sample.csv"'
    wrong = rules.as_csv([row("W-1", kind="=cmd()")], [""]).splitlines()[1].encode()
    answer = upload(officer, sample.content)
    page = officer.get(answer.url).content.decode()
    assert "2 will be taken in, 0 were received before, 0 will be refused" in page
    with world.acting("contact_officer"):
        assert Notice.objects.count() == 0
    done = officer.post(answer.url, {"seen": "1"})
    page = officer.get(done.url).content.decode()
    assert "2 taken in, 0 received before, 0 refused" in page
    assert "874-P-000001" in officer.get(f"{answer.url}receipts/").content.decode()
    assert officer.get(f"{answer.url}refused/").status_code == 404
    assert wrong


def test_what_was_refused_is_downloaded_with_its_reasons_and_read_again(world, officer):
    bad = row("W-1", kind="=cmd()", narrative="")
    answer = upload(officer, rules.as_csv([bad, row("W-2")], ["", ""]).encode())
    officer.post(answer.url, {"seen": "1"})
    found = officer.get(f"{answer.url}refused/").content
    assert b"narrative: Write what happened" in found
    assert b",'=cmd()," in found  # no spreadsheet takes it for a formula
    assert rules.read(found)[0]["kind"] == "=cmd()"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"), (b"\xff\xfe\x00", "is not UTF-8"), (b"a,b\r\n1,2\r\n", "is no column"),
        (b"[1", "The JSON cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_notices_is_said_beside_the_field(world, officer, content, words):
    answer = upload(officer, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_that_was_checked_is_thrown_away(world, officer):
    answer = upload(officer, rules.sample_json().encode(), "night.json")
    assert officer.post(answer.url, {"seen": "1", "do": "drop"}).url == f"{HERE}files/"
    assert officer.get(answer.url).status_code == 404
    with world.acting("contact_officer"):
        assert Batch.objects.get().rows == []


@pytest.fixture
def worker(world, client):
    return world.signed_in(client, world.user("social_worker", council=873))


def test_a_weekend_stands_in_groups_by_incident_and_by_family_with_what_may_be_one_besides(world, worker):
    now = timezone.now()
    at, when = now - timedelta(minutes=5), (now - timedelta(hours=6)).isoformat()
    home = {"address": "7 Fen Row", "postcode": "PE1 1ZZ"}
    with world.acting("contact_officer", at=at) as by:
        received(
            row("P-1", incident_reference="0404-1", incident_time=when, sent_time="", risk_grade="high"),
            row("P-2", incident_reference="0404 1", incident_time=when, sent_time=""),
            row("P-3", incident_time=when, sent_time="", **home),
            row("P-4", incident_time=when, sent_time="", **home),
            by=by, at=at,
        )  # fmt: skip
    page = worker.get(f"{HERE}?days=1").content.decode()
    assert page.index("Incident 0404-1") < page.index("Notice P-3")  # the higher grade first
    assert "2 notices, 2 children named" in page
    assert "Perhaps one incident" in page
    assert "receipt=874-P-000003&amp;receipt=874-P-000004" in page
    assert "Robin Familyp1" in worker.get(f"{HERE}?days=1&by=family").content.decode()
    with world.acting("social_worker"):
        event = Event.objects.get()
    assert "874-P-000002" in worker.get(f"{HERE}incidents/{event.key}/").content.decode()
    assert worker.get(f"{HERE}?days=3").status_code == 404


def test_contacts_are_joined_by_their_numbers(world, worker):
    with world.acting("contact_officer") as by:
        received(row("J-1"), row("J-2"), by=by, at=timezone.now())
    form = worker.get(f"{HERE}join/?receipt=874-P-000001&receipt=874-P-000002").content.decode()
    assert "874-P-000001\n874-P-000002" in form
    one = worker.post(f"{HERE}join/", {"receipts": "874-P-000001", "why": "x"})
    assert (one.status_code, "Choose two contacts or more" in one.content.decode()) == (422, True)
    unknown = worker.post(f"{HERE}join/", {"receipts": "874-P-000001, 874-P-000009", "why": "x"})
    assert "no contact of this council with the number 874-P-000009" in unknown.content.decode()
    assert worker.post(f"{HERE}join/", {"receipts": "874-P-000001,874P2", "why": "One evening."}).status_code == 302
    with world.acting("social_worker"):
        assert len(set(Contact.objects.values_list("event", flat=True))) == 1


def test_a_manager_says_who_works_a_storm_and_a_social_worker_does_not(world, client):
    with world.acting("team_manager"):
        storm = Storm.objects.create(authority_id=874, began_at=timezone.now(), counted=40)
    address = reverse("contacts:storm", args=["peterborough", storm.key])
    world.signed_in(client, world.user("social_worker", council=873))
    assert client.get(address).status_code == 403
    assert "40 notices came" in client.get(HERE).content.decode()
    world.signed_in(client, world.user("team_manager", council=873))
    assert "Say who works them" in client.get(HERE).content.decode()
    client.post(address, {"seen": "1", "line": "Both duty workers until noon."})
    assert "Both duty workers until noon." in client.get(HERE).content.decode()


def test_looks_go_on_from_notice_to_notice_and_say_what_danger_asks(world, worker):
    with world.acting("contact_officer") as by:
        received(row("L-1"), row("L-2"), by=by, at=timezone.now())
    first = worker.post(f"{HERE}look/").url
    page = worker.get(first).content.decode()
    assert "the police&#39;s own" in page
    assert "Was there" in page
    empty = worker.post(first, {"seen": "1"})
    assert (empty.status_code, "Choose a line, or write one" in empty.content.decode()) == (422, True)
    second = worker.post(first, {"seen": "1", "danger": "yes", "because": "7"}).url
    assert "You found immediate danger" in worker.get(second).content.decode()
    last = worker.post(second, {"seen": "1", "danger": "no", "line": "Fine."}).url
    assert "Every notice has been looked at" in worker.get(last).content.decode()
    assert worker.get(first).status_code == 404


def test_jobs_and_pages_meet(world, officer):
    answer = upload(officer, rules.sample_csv().encode())
    officer.post(answer.url, {"seen": "1"})
    assert "Is being made" in officer.get(HERE).content.decode()
    list(carried_out(timezone.now()))
    assert "Ruby Sample" in officer.get(HERE).content.decode()
