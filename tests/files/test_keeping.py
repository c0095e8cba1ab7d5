"""What comes as a file is kept as it came, once, and nobody opens it before it was looked through."""

import hashlib
import io
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import PUBLIC, SEEDER, Actor, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.files import actions, pages, queries
from frontdoor.files.forms import UploadField
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import State
from frontdoor.trail.models import Entry
from tests.files import making
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SUBJECT = ("contacts.contact", uuid.UUID(int=7))


def keep(by: Actor, content: bytes = making.GOOD["letter.pdf"], name: str = "letter.pdf", **more: Any) -> File:
    return actions.keep(io.BytesIO(content), name=name, subject=SUBJECT, by=by, at=AT, **more)


def jobs() -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(task, json.loads(arguments)) for task, arguments in cursor.fetchall()]


def test_a_file_is_kept_as_it_came_in_pieces_of_a_megabyte(world: World) -> None:
    content = b"%PDF-1.7\n" + b"A line of words.\n" * 150_000 + b"%%EOF\n"
    with world.acting("contact_officer") as by:
        file = keep(by, content, "../long letter.pdf")
        stored = within(by, Piece.objects.filter(file=file)).order_by("number").values_list("content", flat=True)
        whole = b"".join(bytes(piece) for piece in stored)
        assert [len(bytes(piece)) for piece in stored] == [1_000_000, 1_000_000, 550_015]
        entry = Entry.objects.get(action="files.keep")
    assert whole == content
    assert bytes(file.digest) == hashlib.sha256(content).digest()
    assert (file.name, file.kind, file.size, file.state) == ("long letter.pdf", "pdf", len(content), State.HELD)
    assert entry.detail["sha256"] == hashlib.sha256(content).hexdigest()
    assert "letter" not in str(entry.detail)
    assert jobs() == [("files.scan", {"authority": PETERBOROUGH, "file": str(file.pk)})]


def test_the_portal_keeps_files_and_reads_none(world: World) -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        file = actions.keep(
            io.BytesIO(making.GOOD["photo.jpg"]), name="photo.jpg", subject=("contacts.submission", uuid.uuid4()),
            by=by, at=AT,
        )  # fmt: skip
        for table in ("files_file", "files_piece"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert jobs() == [("files.scan", {"authority": PETERBOROUGH, "file": str(file.pk)})]


@pytest.mark.parametrize(("name", "content", "words"), [
    ("letter.pdf", b"", "empty"),
    ("letter.pdf", b"MZ\x90\x00" + b"\x00" * 300, "not taken"),
    ("letter.exe", making.GOOD["letter.pdf"], "not what is in it"),
])  # fmt: skip
def test_what_is_refused_is_said_and_nothing_is_kept(world: World, name: str, content: bytes, words: str) -> None:
    with world.acting("contact_officer") as by:
        with pytest.raises(InvalidInput) as refusal:
            keep(by, content, name)
        assert words in refusal.value.problems["file"]
        assert not File.objects.exists()
        assert not Piece.objects.exists()
    field = UploadField(label="File")
    with pytest.raises(Exception, match=words):
        field.clean(SimpleUploadedFile(name, content))


def test_what_is_kept_is_never_changed(world: World) -> None:
    with world.acting("contact_officer") as by:
        keep(by)
        for statement in ("UPDATE files_piece SET content = 'x'", "DELETE FROM files_piece", "DELETE FROM files_file"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_files_are_kept_with_what_may_have_files_by_whoever_may_add_them(world: World) -> None:
    with world.acting("auditor") as by, pytest.raises(NotPermitted):
        keep(by)
    with world.acting("contact_officer") as by, pytest.raises(NotFound):
        actions.keep(io.BytesIO(b"hello"), name="a.txt", subject=("no.such", uuid.uuid4()), by=by, at=AT)


def test_a_subject_has_a_hundred_files_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdoor.files.actions.keeping.MOST_FILES", 2)
    with world.acting("contact_officer") as by:
        keep(by)
        keep(by)
        with pytest.raises(InvalidInput, match="2 files already"):
            keep(by)


def test_the_files_of_a_subject_are_listed_for_whoever_may_read_it(world: World) -> None:
    with world.acting("contact_officer") as by:
        keep(by)
        keep(by, making.GOOD["photo.jpg"], "photo.jpg")
        rows = queries.of_subject(SUBJECT, by=by)
        shown = pages.files_table(rows, "peterborough", came={SUBJECT[0]: "With the report"})
    assert [row.name for row in rows] == ["letter.pdf", "photo.jpg"]
    assert rows[0].added_by == world.user("contact_officer").name
    assert not rows[0].may_open
    assert "download" not in str(shown)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        assert queries.of_subject(SUBJECT, by=by) == []
    with world.acting("administrator", of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
        queries.of_subject(SUBJECT, by=by)


def clean(world: World, content: bytes, name: str, **more: Any) -> File:
    """A file with a working copy, as the scanner leaves it."""
    with world.acting("contact_officer") as by:
        file = keep(by, content, name)
    with world.system(SEEDER, council=PETERBOROUGH) as by:
        digest = actions.put(io.BytesIO(content), file.pk, Piece.COPY, by=by)
        values = {"state": State.CLEAN, "hold": "", "copy_size": len(content), "copy_digest": digest, **more}
        within(by, File.objects.filter(pk=file.pk)).update(**values)
    return file


@pytest.fixture
def officer(world: World) -> Client:
    return world.signed_in(Client(), world.user("contact_officer"))


def address(file: File) -> str:
    return f"/peterborough/files/{file.pk}/copy/"


def test_a_file_is_given_to_be_saved_and_never_shown_within_the_site(world: World, officer: Client) -> None:
    content = making.pdf("A long one") + b"\n" * 900
    file = clean(world, content, "Zoë’s letter.pdf")
    answer: Any = officer.get(address(file))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Zo%C3%AB")
    assert answer["Content-Length"] == str(len(content))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="files.open").count() == 1


@pytest.mark.parametrize("state", [State.HELD, State.REFUSED])
def test_what_is_held_or_refused_is_opened_by_nobody(world: World, officer: Client, state: State) -> None:
    file = clean(world, making.GOOD["letter.pdf"], "letter.pdf", state=state, hold="waiting")
    answer = officer.get(address(file))
    assert answer.status_code == 409
    assert b"%PDF" not in answer.content
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        queries.open_file(file.pk, by=by, at=AT)


def test_a_file_without_a_working_copy_is_opened_by_nobody(world: World, officer: Client) -> None:
    file = clean(world, making.GOOD["letter.pdf"], "letter.pdf", copy_digest=None)
    assert officer.get(address(file)).status_code == 409


def test_a_file_that_was_changed_behind_our_back_never_arrives_whole(world: World, officer: Client) -> None:
    content = b"%PDF-1.7\n" + b"A line of words.\n" * 150_000 + b"%%EOF\n"
    file = clean(world, content, "letter.pdf", copy_digest=b"\x00" * 32)
    answer: Any = officer.get(address(file))
    arrived = []
    with pytest.raises(queries.Broken):
        arrived.extend(answer.streaming_content)
    assert sum(map(len, arrived)) < len(content)


def test_a_file_of_another_council_is_not_found(world: World) -> None:
    file = clean(world, making.GOOD["letter.pdf"], "letter.pdf")
    other = world.signed_in(Client(), world.user("contact_officer"))
    assert other.get(address(file).replace("peterborough", "cambridgeshire")).status_code == 404
