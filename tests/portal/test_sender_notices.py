"""A police desk sends its file with its own account: checked, sent, compared; and nobody else's is ever seen by it."""

import sys
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection
from django.test import Client

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, SEEDER, InvalidInput, NotFound
from frontdoor.config.demo.playing import carried_out
from frontdoor.contacts.actions import notices
from frontdoor.contacts.models import Batch, Contact, Notice, Storm, Submission
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.queries import senders
from frontdoor.contacts.rules import notices as rules
from tests.contacts.noticing import row
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

NOW = datetime.now(UTC)
FORCE = "Cambridgeshire Constabulary"


def file(*rows: dict[str, Any]) -> bytes:
    return rules.as_csv(rows, [""] * len(rows)).encode()


def uploaded(client: Client, *rows: dict[str, Any], council: str = "peterborough") -> str:
    """The address of a file that was checked."""
    upload = SimpleUploadedFile("night.csv", file(*rows), content_type="text/csv")
    answer = client.post("/sender/notices/", {"council": council, "file": upload})
    assert answer.status_code == 302
    return str(answer["Location"])


def taken(world: World, *rows: dict[str, Any], council: int = PETERBOROUGH) -> Batch:
    with world.sending("police-desk", council=council) as by:
        batch = notices.check_file(file(*rows), name="night.csv", by=by, at=NOW)
        return notices.take(batch.key, seen=batch.version, by=by, at=NOW)


@pytest.fixture
def police(world: World, client: Client) -> Client:
    return world.signed_in(client, world.sender("police-desk"))


def test_a_file_is_checked_sent_receipted_listed_and_compared(world: World, police: Client) -> None:
    bad = row("P-2", incident_time="yesterday", narrative="What nobody could read")
    page = uploaded(police, row("P-1", force=""), bad, row("P-3"), row("P-4", force="Elsewhere Police"))
    checked = police.get(page).content.decode()
    assert "2 will be taken in, 0 were received before, 2 will be refused" in checked
    assert f"This account sends for {FORCE}" in checked
    assert "What nobody could read" in police.get(page + "refused/").content.decode()
    assert police.get(page + "receipts/").status_code == 404
    with world.system(SEEDER):
        assert not Submission.objects.exists()

    assert police.post(page, {"seen": "1"})["Location"] == page
    assert police.post(page, {"seen": "1"})["Location"] == page  # pressed twice
    assert "2 taken in, 0 received before, 2 refused" in police.get(page).content.decode()
    receipts = police.get(page + "receipts/").content.decode()
    assert "P-1,accepted,874-P-000001" in receipts
    mended = police.get(page + "refused/").content.decode()
    assert "What nobody could read" in mended
    assert "P-1" not in mended
    listed = police.get("/sender/notices/").content.decode()
    assert "night.csv" in listed
    assert "874-P-000002" in police.get("/sender/").content.decode()
    day = police.post(f"/sender/day/{NOW.date()}/", {"theirs": "P-1\nP-3\n"}).content.decode()
    assert "All 2 stand in both lists" in day

    done = [each.name for each in carried_out(datetime.now(UTC))]
    assert done.count("contacts.notices") == 1
    with world.system(SEEDER):
        assert set(Contact.objects.values_list("receipt", flat=True)) == {"874-P-000001", "874-P-000002"}
        assert {each.agency for each in Notice.objects.all()} == {world.agencies[FORCE].key}
        assert "What nobody could read" in str(Batch.objects.get().rows)
        assert "to an argument, P-1" not in str(Batch.objects.get().rows)


def test_what_was_received_before_is_told_by_its_receipt_for_the_same_words_alone(world: World) -> None:
    with world.acting("contact_officer") as by:
        notices.take_batch([row("Q-1"), row("Q-2")], idem="typed-here", by=by, at=NOW)
    other = row("Q-2", narrative="Other words")
    with world.sending("police-desk") as by:
        batch = notices.check_file(file(row("Q-1"), other), name="", by=by, at=NOW)
        assert [(each["state"], each["receipt"]) for each in batch.answers] == [
            ("already", "874-P-000001"), ("refused", ""),
        ]  # fmt: skip
        done = notices.take(batch.key, seen=1, by=by, at=NOW)
        assert done.answers == batch.answers
    with world.system(PUBLIC) as by:
        words = (rules.force_key(FORCE), "Q-1", b"")
        assert queries.received([words], by=by) == {}


def test_only_the_police_have_the_page(world: World) -> None:
    key = taken(world, row("R-1")).key
    for code in ("school-lead", "health-trust"):
        other = world.signed_in(Client(), world.sender(code))
        assert "Police notices" not in other.get("/sender/").content.decode()
        for path in ("", "sample/csv/", f"{key}/", f"{key}/receipts/", f"{key}/refused/"):
            assert other.get(f"/sender/notices/{path}").status_code == 404
        assert other.post("/sender/notices/", {}).status_code == 404


def test_as_the_portals_role_another_senders_batch_is_never_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's scoping is taken away: the database alone keeps them apart."""
    here, there = taken(world, row("S-1")), taken(world, row("S-1"), council=CAMBRIDGESHIRE)
    with world.acting("contact_officer") as by:
        notices.take_batch([row("S-9")], idem="typed-here", by=by, at=NOW)
    monkeypatch.setattr("frontdoor.actors.queries._filter", lambda by, queryset: queryset)
    monkeypatch.setattr(sys.modules[queries.own_batches.__module__], "_reads", lambda batch, by: True)
    with world.sending("police-desk") as by:
        assert by.db_role == "frontdoor_portal"
        assert set(Batch.objects.values_list("key", flat=True)) == {here.key}
        assert set(Notice.objects.values_list("reference", flat=True)) == {"S-1"}
    for acting in (world.sending("school"), world.sending("school", council=CAMBRIDGESHIRE), world.system(PUBLIC)):
        with acting as by:
            assert not Batch.objects.exists()
            assert not Notice.objects.exists()
            for key in (here.key, there.key, uuid4()):
                with pytest.raises(NotFound):
                    queries.open_batch(key, by=by, at=NOW)
                with pytest.raises(NotFound):
                    notices.take(key, seen=1, by=by, at=NOW)


REFUSED = (
    "UPDATE contacts_batch SET sender = 'x'",
    "UPDATE contacts_notice SET reference = 'x'",
    "DELETE FROM contacts_batch",
    "SELECT count(*) FROM contacts_storm",
    "INSERT INTO contacts_batch (authority_id, key, agency, sender, idem, digest, name, given_at, state, rows, answers,"
    " version) VALUES (874, gen_random_uuid(), gen_random_uuid(), 'x', 'x', '', '', now(), 'taken', '[]', '[]', 1)",
    "SELECT frontdoor_portal_later('contacts.notices', '{\"authority\": 873}')",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_portals_role_may_do_nothing_more(world: World, statement: str) -> None:
    taken(world, row("T-1"))
    with pytest.raises(ProgrammingError), world.sending("police-desk"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_taken_in_stands(world: World) -> None:
    batch = taken(world, row("U-1"))
    with world.sending("police-desk"), connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_batch SET answers = '[]'")
        assert cursor.rowcount == 0
    with world.sending("police-desk") as by:
        with pytest.raises(NotFound):
            notices.drop(batch.key, seen=batch.version, by=by, at=NOW)
        assert queries.open_batch(batch.key, by=by, at=NOW).answers[0]["receipt"] == "874-P-000001"


def test_a_colleague_sees_what_was_sent_and_not_what_was_only_checked(world: World) -> None:
    with world.sending("police-desk") as by:
        checked = notices.check_file(file(row("V-1")), name="", by=by, at=NOW)
    agency = world.agencies[FORCE].key
    with world.system(SEEDER):
        Batch.objects.filter(key=checked.key).update(sender="user:0")
    with world.sending("police-desk") as by:
        with pytest.raises(NotFound):
            queries.open_batch(checked.key, by=by, at=NOW)
        assert queries.own_batches(by=by, at=NOW) == []
    _, secret = world.api_client(council=PETERBOROUGH)
    assert secret
    with world.system(SEEDER):
        Batch.objects.filter(key=checked.key).update(state="taken", given_by=None)
        assert Batch.objects.get().agency == agency
    with world.sending("police-desk") as by:
        assert [each.key for each in queries.own_batches(by=by, at=NOW)] == [checked.key]


def test_a_storm_of_a_desks_own_file_asks_for_people_when_its_contacts_are_made(world: World, police: Client) -> None:
    page = uploaded(police, *(row(f"W-{number}") for number in range(31)))
    police.post(page, {"seen": "1"})
    with world.system(SEEDER):
        assert not Storm.objects.exists()
    list(carried_out(datetime.now(UTC)))
    with world.system(SEEDER):
        assert Storm.objects.get().counted == 31
        assert Contact.objects.count() == 31


def test_a_file_that_is_none_is_refused_in_plain_words(world: World, police: Client) -> None:
    upload = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0 not a table")
    answer = police.post("/sender/notices/", {"council": "peterborough", "file": upload})
    assert answer.status_code == 422
    assert "not UTF-8" in answer.content.decode()
    assert police.post("/sender/notices/", {"council": "essex"}).status_code == 422
    with world.sending("school") as by, pytest.raises(InvalidInput):
        notices.check_file(b"", name="", by=by, at=NOW)


def test_nobody_is_set_and_nothing_is_read(world: World) -> None:
    taken(world, row("X-1"))
    with acting_for(PETERBOROUGH, by=PUBLIC) as by, pytest.raises(NotFound):
        queries.own_batches(by=by, at=NOW)
    with world.sending("police-desk") as by:
        assert [each.number for each in senders.receipts_of(NOW.date(), by=by, at=NOW)] == ["874-P-000001"]
