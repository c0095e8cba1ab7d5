"""Nobody opens a file before the scanner has said that nothing is in it, or a manager took that upon themselves."""

import io
import socket
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import SCANNER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.files import actions, queries
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import Hold, State
from frontdoor.trail.models import Entry
from tests.files import making
from tests.files.scanners import EICAR, Scanner, standing
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SUBJECT = ("contacts.contact", uuid.UUID(int=7))


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    with standing() as made:
        settings.CLAMD = made.address
        yield made


@pytest.fixture
def nobody_scans(settings: Any) -> None:
    settings.CLAMD = ""


@pytest.fixture
def no_answer(settings: Any) -> None:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        settings.CLAMD = f"tcp://127.0.0.1:{line.getsockname()[1]}"


def keep(world: World, name: str = "letter.pdf", content: bytes | None = None) -> uuid.UUID:
    with world.acting("contact_officer") as by:
        whole = io.BytesIO(making.GOOD[name] if content is None else content)
        return actions.keep(whole, name=name, subject=SUBJECT, by=by, at=AT).pk


def scan(world: World, key: uuid.UUID, at: datetime = AT) -> File:
    with world.system(SCANNER, council=PETERBOROUGH) as by:
        actions.scan(key, by=by, at=at)
        return within(by, File.objects.filter(pk=key)).get()


def read(world: World, key: uuid.UUID, role: str = "contact_officer") -> bytes:
    with world.acting(role) as by:
        opened = queries.open_file(key, by=by, at=AT)
    return b"".join(queries.pieces(opened, by=world.actor(role)))


@pytest.mark.parametrize("name", making.GOOD)
def test_what_the_scanner_passes_is_opened_as_a_clean_copy(world: World, scanner: Scanner, name: str) -> None:
    key = keep(world, name)
    with pytest.raises(StepNotAllowed):
        read(world, key)
    file = scan(world, key)
    assert (file.state, file.hold, file.scanned_at) == (State.CLEAN, "", AT)
    copy = read(world, key)
    as_it_is = name.endswith(".txt")
    assert (copy == making.GOOD[name]) is as_it_is or name == "drawing.png"
    assert scanner.looked == [len(making.GOOD[name])]
    with world.acting("team_manager") as by:
        original = b"".join(queries.stored(key, Piece.ORIGINAL, by=by))
    assert original == making.GOOD[name]


def test_what_the_scanner_finds_is_opened_by_nobody(world: World, scanner: Scanner) -> None:
    key = keep(world, "note.txt", b"hello " + EICAR)
    file = scan(world, key)
    assert (file.state, file.found) == (State.REFUSED, "Eicar-Test-Signature")
    with world.acting("team_manager") as by:
        (row,) = queries.of_subject(SUBJECT, by=by)
        assert "Ask the sender to send it another way" in row.why
        assert (row.may_open, row.may_release, row.may_take_original) == (False, False, False)
        with pytest.raises(StepNotAllowed):
            queries.open_file(key, by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            queries.open_original(key, why="To see it", by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            actions.release(key, seen=file.version, why="It is fine", by=by, at=AT)


@pytest.mark.usefixtures("nobody_scans")
def test_without_a_scanner_a_file_is_held_and_says_so(world: World) -> None:
    key = keep(world)
    file = scan(world, key)
    assert (file.state, file.hold) == (State.HELD, Hold.NO_SCANNER)
    with world.acting("contact_officer") as by:
        (row,) = queries.of_subject(SUBJECT, by=by)
    assert "No scanner is set up" in row.why
    with pytest.raises(StepNotAllowed):
        read(world, key)


WRONG = [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but not really\0", b"stream: \0", b"PONG\0"]


@pytest.mark.parametrize("says", WRONG)
def test_what_is_no_plain_answer_lets_nothing_through(world: World, settings: Any, says: bytes) -> None:
    key = keep(world)
    with standing(says) as made:
        settings.CLAMD = made.address
        file = scan(world, key)
    assert (file.state, file.hold, file.scanned_at) == (State.HELD, Hold.NO_ANSWER, None)


def sweep(world: World, at: datetime) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        (newest,) = cursor.fetchone()
    with world.system(SCANNER, council=PETERBOROUGH) as by:
        actions.sweep(by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'file' FROM procrastinate_jobs WHERE id > %s ORDER BY id", [newest])
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.usefixtures("no_answer")
def test_what_is_held_is_scanned_when_the_scanner_comes_back(world: World, settings: Any) -> None:
    key = keep(world)
    assert scan(world, key).hold == Hold.NO_ANSWER
    assert sweep(world, later(10)) == []
    with standing() as made:
        settings.CLAMD = made.address
        assert sweep(world, later(4)) == []
        assert sweep(world, later(10)) == [str(key)]
        assert sweep(world, later(11)) == []
        assert scan(world, key, later(11)).state == State.CLEAN
        assert sweep(world, later(60)) == []


def release(world: World, key: uuid.UUID, role: str = "team_manager", **more: Any) -> None:
    with world.acting(role) as by:
        seen = within(by, File.objects.filter(pk=key)).get().version
        said: dict[str, Any] = {"seen": seen, "why": "The child waits"} | more
        actions.release(key, **said, by=by, at=later(1))


def copy(world: World, key: uuid.UUID) -> File:
    with world.system(SCANNER, council=PETERBOROUGH) as by:
        actions.make_copy(key, by=by, at=later(2))
        return within(by, File.objects.filter(pk=key)).get()


@pytest.mark.usefixtures("nobody_scans")
def test_a_manager_releases_what_could_not_be_scanned_and_it_stays_marked(world: World, settings: Any) -> None:
    key = keep(world, "photo.jpg")
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):  # the scanner may yet come
        actions.release(key, seen=1, why="Now", by=by, at=AT)
    scan(world, key)
    release(world, key)
    with pytest.raises(StepNotAllowed):
        read(world, key)
    file = copy(world, key)
    assert (file.state, file.scanned_at, file.released_why) == (State.RELEASED, None, "The child waits")
    assert read(world, key).startswith(b"\xff\xd8")
    with world.acting("contact_officer") as by:
        (row,) = queries.of_subject(SUBJECT, by=by)
        assert "Not scanned" in row.why
        assert Entry.objects.filter(action="files.release", why="The child waits").count() == 1
    with standing() as made:
        settings.CLAMD = made.address
        assert sweep(world, later(60)) == [str(key)]
        assert scan(world, key, later(60)).state == State.CLEAN


@pytest.mark.usefixtures("nobody_scans")
def test_what_was_released_and_is_found_harmful_later_is_closed_again(world: World, settings: Any) -> None:
    key = keep(world, "note.txt", EICAR)
    scan(world, key)
    release(world, key)
    copy(world, key)
    assert read(world, key) == EICAR
    with standing() as made:
        settings.CLAMD = made.address
        assert scan(world, key, later(60)).state == State.REFUSED
    with pytest.raises(StepNotAllowed):
        read(world, key)


@pytest.mark.usefixtures("nobody_scans")
def test_only_a_manager_of_the_council_releases_with_a_reason_and_once(world: World) -> None:
    key = keep(world)
    scan(world, key)
    with pytest.raises(NotPermitted):
        release(world, key, "social_worker")
    with pytest.raises(InvalidInput):
        release(world, key, why="  ")
    with pytest.raises(Conflict):
        release(world, key, seen=1)
    with world.acting("team_manager", council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        actions.release(key, seen=2, why="x", by=by, at=AT)
    release(world, key)
    with pytest.raises(StepNotAllowed):
        release(world, key)


def test_a_file_of_which_no_copy_can_be_made_stays_held_and_a_manager_may_take_the_original(
    world: World, scanner: Scanner
) -> None:
    broken = b"%PDF-1.7\nnothing that a PDF could be\n%%EOF\n"
    key = keep(world, "letter.pdf", broken)
    file = scan(world, key)
    assert (file.state, file.hold, file.scanned_at) == (State.HELD, Hold.NO_COPY, AT)
    with pytest.raises(StepNotAllowed, match="No clean copy"):
        read(world, key)
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        queries.open_original(key, why="To read it", by=by, at=AT)
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            queries.open_original(key, why=" ", by=by, at=AT)
        opened = queries.open_original(key, why="To read it", by=by, at=AT)
        assert Entry.objects.filter(action="files.open_original", why="To read it").count() == 1
    assert b"".join(queries.pieces(opened, by=world.actor("team_manager"))) == broken


@pytest.mark.usefixtures("nobody_scans")
def test_what_nobody_scanned_or_released_is_taken_as_an_original_by_nobody(world: World) -> None:
    key = keep(world)
    scan(world, key)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        queries.open_original(key, why="To read it", by=by, at=AT)


def test_a_second_scan_at_the_same_time_changes_nothing(world: World, scanner: Scanner) -> None:
    key = keep(world)
    scan(world, key)
    assert scan(world, key, later(5)).scanned_at == AT
    assert len(scanner.looked) == 1


def test_people_do_not_scan(world: World) -> None:
    key = keep(world)
    with world.acting("head_of_service") as by, pytest.raises(NotPermitted):
        actions.scan(key, by=by, at=AT)
