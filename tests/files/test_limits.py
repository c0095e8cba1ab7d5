"""A file that is too large, or swells, is refused in little memory; one of 25 MB is never held whole."""

import os
import subprocess
import sys
import tempfile
import tracemalloc
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from frontdoor.files import actions, queries
from frontdoor.files.actions import copying
from frontdoor.files.forms import UploadField
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import Kind, State
from tests.files import making
from tests.worlds import World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
MB = 1_000_000

PROGRAM = """
import io, resource, sys, tempfile, zipfile
from frontdoor.files import rules
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))
kind, name = sys.argv[1:]
with tempfile.TemporaryFile() as file:
    if kind == "letter":
        file.write(b"%PDF-1.7\\n")
        for _ in range(30):
            file.write(b"A line of words.\\n" * 58_824)
        file.write(b"%%EOF\\n")
    else:
        with open(name, "rb") as made:
            file.write(made.read())
    try:
        rules.kind_of(file, file.seek(0, 2))
    except rules.Refused as refusal:
        print(refusal)
"""


def _bomb(lies: bool) -> bytes:
    """100 MB of nothing in 100 kB: said plainly, or said to be small."""
    made = making.document(word__media__x=b"\x00" * (100 * MB))
    if not lies:
        return made
    return made.replace((100 * MB).to_bytes(4, "little"), (900_000).to_bytes(4, "little"))


@pytest.mark.parametrize(("kind", "words"), [("letter", "larger than 25 MB"), ("bomb", "far larger inside")])
def test_a_letter_of_30_mb_and_a_bomb_are_refused_within_200_mb(kind: str, words: str, tmp_path: Any) -> None:
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(_bomb(lies=False) if kind == "bomb" else b"")
    program = [sys.executable, "-c", PROGRAM, kind, str(bomb)]
    done = subprocess.run(
        program, env=os.environ | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=False, timeout=60
    )
    assert words in done.stdout, done.stderr


def test_a_bomb_that_says_it_is_small_has_no_copy() -> None:
    with tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as copy:
        original.write(_bomb(lies=True))
        original.seek(0)
        assert copying._made(original, copy, Kind.DOCX) is False


class Arriving:
    """An upload that comes in over the line, made as it is read: never there as a whole."""

    def __init__(self, size: int) -> None:
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="letter.pdf"\r\n\r\n%PDF-1.7\n'
        tail = b"\n%%EOF\n\r\n--x--\r\n"
        self.length = len(head) + size + len(tail)
        self.parts = self._parts(head, size, tail)
        self.kept = b""

    def _parts(self, head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for start in range(0, size, 65_536):
            yield b"n" * min(65_536, size - start)
        yield tail

    def read(self, size: int = -1) -> bytes:
        while len(self.kept) < size and (more := next(self.parts, b"")):
            self.kept += more
        given, self.kept = self.kept[:size], self.kept[size:]
        return given

    def readline(self) -> bytes:
        raise NotImplementedError


@pytest.fixture
def uploaded() -> Iterator[Any]:
    """Uploads a file of a size as a browser does; closed at the end as a request is."""
    requests = []

    def upload(size: int) -> Any:
        body = Arriving(size)
        requests.append(WSGIRequest({
            "REQUEST_METHOD": "POST", "wsgi.input": body, "CONTENT_LENGTH": str(body.length), "PATH_INFO": "/",
            "CONTENT_TYPE": "multipart/form-data; boundary=x", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        }))  # fmt: skip
        return requests[-1].FILES["file"]

    yield upload
    for request in requests:
        request.close()


@pytest.fixture
def peak() -> Iterator[Any]:
    """How many megabytes were in hand at once since it was asked last."""
    tracemalloc.start()

    def asked() -> float:
        (_, most) = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        return most / MB

    yield asked
    tracemalloc.stop()


def test_an_upload_is_read_no_further_than_may_be_kept_and_its_size_is_said(uploaded: Any, peak: Any) -> None:
    peak()
    given = uploaded(300 * MB)
    assert given.size > 300 * MB
    given.file.seek(0, 2)
    assert given.file.tell() <= 25 * MB
    with pytest.raises(Exception, match="larger than 25 MB"):
        UploadField(label="File").clean(given)
    assert peak() < 20


def test_the_largest_file_is_kept_and_given_out_in_little_memory(world: World, uploaded: Any, peak: Any) -> None:
    peak()
    given = uploaded(25 * MB - 100)
    with world.acting("contact_officer") as by:
        subject = ("contacts.contact", uuid.uuid4())
        UploadField(label="File").clean(given)
        file = actions.keep(given, name=given.name, subject=subject, by=by, at=AT)
        File.objects.filter(pk=file.pk).update(
            state=State.CLEAN, hold="", copy_size=file.size, copy_digest=actions.put(given, file.pk, Piece.COPY, by=by)
        )
        opened = queries.open_file(file.pk, by=by, at=AT)
    taken = sum(map(len, queries.pieces(opened, by=world.actor("contact_officer"))))
    assert taken == file.size
    assert peak() < 20
