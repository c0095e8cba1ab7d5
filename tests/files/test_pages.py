"""The page of a file says how it stands and offers what may be done; a contact shows its files and takes more."""

import io
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frontdoor.actors.queries import within
from frontdoor.contacts.actions import submit_and_take_in
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.intake import Report
from frontdoor.files import actions
from frontdoor.files.models import File
from frontdoor.trail.models import Entry
from tests.files import making
from tests.shell.markup import parse
from tests.worlds import World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def contact(world: World) -> Contact:
    with world.acting("contact_officer") as by:
        _, made = submit_and_take_in(Report(story="Late again."), channel="phone", idem="one", by=by, at=AT)
    assert made is not None
    return made


@pytest.fixture
def officer(world: World) -> Client:
    return world.signed_in(Client(), world.user("contact_officer"))


@pytest.fixture
def manager(world: World) -> Client:
    return world.signed_in(Client(), world.user("team_manager"))


def keep(world: World, subject: tuple[str, uuid.UUID], name: str = "letter.pdf", **stands: Any) -> File:
    with world.acting("contact_officer") as by:
        file = actions.keep(io.BytesIO(making.GOOD[name]), name=name, subject=subject, by=by, at=AT)
        within(by, File.objects.filter(pk=file.pk)).update(**stands)
    return file


def words(answer: Any) -> str:
    return " ".join(parse(answer.content.decode()).text.split())


def page(contact: Contact, more: str = "") -> str:
    return f"/peterborough/contacts/{contact.key}/{more}"


def test_the_record_says_that_there_is_no_file_and_takes_one(contact: Contact, officer: Client, world: World) -> None:
    shown = officer.get(page(contact))
    assert "No file came with it, and none was added." in words(shown)
    assert "Add a file" in words(shown)
    answer = officer.post(page(contact, "files/"), {"file": SimpleUploadedFile("photo.jpg", making.GOOD["photo.jpg"])})
    assert answer.status_code == 302
    after = words(officer.get(page(contact)))
    assert "photo.jpg" in after
    assert "It waits to be scanned." in after
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="contacts.attach").count() == 1


def test_the_record_shows_what_came_with_the_submission_and_what_was_added(
    contact: Contact, officer: Client, world: World
) -> None:
    keep(world, ("contacts.submission", contact.submission_id), "letter.pdf", state="refused", hold="")
    keep(world, ("contacts.contact", contact.key), "photo.jpg", hold="no_scanner")
    keep(world, ("contacts.contact", contact.key), "note.txt", state="released", hold="")
    keep(world, ("contacts.contact", uuid.uuid4()), "scan.tif")
    shown = words(officer.get(page(contact)))
    assert [name for name in making.GOOD if name in shown] == ["letter.pdf", "photo.jpg", "note.txt"]
    assert "Ask the sender to send it another way" in shown
    assert "No scanner is set up here" in shown
    assert "Not scanned. A manager let it be opened." in shown


@pytest.mark.parametrize(("name", "content", "said"), [
    ("a.pdf", b"<html><script>alert(1)</script></html>", "not taken"),
    ("a.pdf", b"", "The file is empty"),
    ("a.exe", making.GOOD["letter.pdf"], "not what is in it"),
])  # fmt: skip
def test_what_is_not_taken_is_said_beside_the_field(
    contact: Contact, officer: Client, name: str, content: bytes, said: str
) -> None:
    answer: Any = officer.post(page(contact, "files/"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'href="#id_file"' in answer.content.decode()
    assert 'enctype="multipart/form-data"' in answer.content.decode()


def test_nothing_chosen_is_said_beside_the_field(contact: Contact, officer: Client) -> None:
    answer = officer.post(page(contact, "files/"))
    assert answer.status_code == 422
    assert "Choose a file" in words(answer)


def test_whoever_only_reads_adds_nothing(contact: Contact, world: World) -> None:
    reader = world.signed_in(Client(), world.user("auditor", council=874))
    keep(world, ("contacts.contact", contact.key))
    shown = reader.get(page(contact))
    assert "letter.pdf" in words(shown)
    assert "Add a file" not in words(shown)
    sent = reader.post(page(contact, "files/"), {"file": SimpleUploadedFile("photo.jpg", making.GOOD["photo.jpg"])})
    assert sent.status_code == 403


def test_a_file_that_came_with_a_submission_leads_back_to_its_contact(
    contact: Contact, officer: Client, world: World
) -> None:
    file = keep(world, ("contacts.submission", contact.submission_id))
    shown = officer.get(f"/peterborough/files/{file.pk}/").content.decode()
    back = f"/peterborough/contacts/sent/{contact.submission_id}/"
    assert back in shown
    assert officer.get(back)["Location"] == page(contact)


def test_a_manager_releases_a_file_on_its_page_and_the_page_says_by_whom_and_why(
    contact: Contact, officer: Client, manager: Client, world: World
) -> None:
    file = keep(world, ("contacts.contact", contact.key), "note.txt", hold="no_scanner", tried_at=AT)
    where = f"/peterborough/files/{file.pk}/"
    assert "Let it be opened" not in words(officer.get(where))
    assert "Let it be opened without a scan" in words(manager.get(where))
    assert officer.post(where + "release/", {"why": "x", "seen": 1}).status_code == 403
    assert "Say why" in words(manager.post(where + "release/", {"why": "", "seen": 1}))
    stale = manager.post(where + "release/", {"why": "The child waits", "seen": 9})
    assert stale.status_code == 409
    assert "The child waits" in stale.content.decode()
    assert manager.post(where + "release/", {"why": "The child waits", "seen": 1}).status_code == 302
    shown = words(officer.get(where))
    assert "Released without a scan" in shown
    assert "The child waits" in shown
    assert world.user("team_manager").name in shown
    assert manager.post(where + "release/", {"why": "Again", "seen": 2}).status_code == 409


def test_a_manager_takes_an_original_for_a_reason(contact: Contact, manager: Client, world: World) -> None:
    file = keep(world, ("contacts.contact", contact.key), "letter.pdf", hold="no_copy", scanned_at=AT)
    where = f"/peterborough/files/{file.pk}/original/"
    assert "Your reason is kept" in words(manager.get(where))
    assert manager.post(where, {"why": ""}).status_code == 422
    given: Any = manager.post(where, {"why": "For the police"})
    assert b"".join(given.streaming_content) == making.GOOD["letter.pdf"]
    assert given["Content-Disposition"].startswith("attachment")
    with world.acting("team_manager"):
        assert Entry.objects.get(action="files.open_original").why == "For the police"


def test_the_hash_of_the_original_stands_on_its_page(contact: Contact, officer: Client, world: World) -> None:
    file = keep(world, ("contacts.contact", contact.key))
    assert bytes(file.digest).hex() in words(officer.get(f"/peterborough/files/{file.pk}/"))
