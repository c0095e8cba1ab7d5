"""A page is looked at as a picture of the clean copy, and what an e-mail carries is a file of its own."""

import io
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pikepdf
import pytest
from django.test import Client
from PIL import Image

from frontdoor.actors.queries import within
from frontdoor.actors.rules import MAILBOX, SCANNER, NotFound, StepNotAllowed
from frontdoor.files import actions, queries, rules
from frontdoor.files.models import File, Piece
from frontdoor.files.rules import Kind, apart
from frontdoor.trail.models import Entry
from tests.contacts.writing import mail, take_in
from tests.files import making
from tests.files.scanners import EICAR, standing
from tests.worlds import World

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SUBJECT = ("contacts.contact", uuid.UUID(int=7))


@pytest.fixture(autouse=True)
def scanner(settings: Any) -> Iterator[Any]:
    with standing() as made:
        settings.CLAMD = made.address
        yield made


def kept(world: World, name: str, content: bytes, *, scanned: bool = True) -> File:
    with world.acting("contact_officer") as by:
        file = actions.keep(io.BytesIO(content), name=name, subject=SUBJECT, by=by, at=AT)
    return scan(world, file.pk) if scanned else file


def scan(world: World, key: uuid.UUID) -> File:
    with world.system(SCANNER) as by:
        return actions.scan(key, by=by, at=AT)


def rows(world: World) -> dict[str, queries.FileRow]:
    with world.acting("contact_officer") as by:
        return {each.name: each for each in queries.of_subject(SUBJECT, by=by)}


def copy(world: World, key: uuid.UUID) -> tuple[str, bytes]:
    with world.acting("contact_officer") as by:
        opened = queries.open_file(key, by=by, at=AT)
    return opened.name, b"".join(queries.pieces(opened, by=world.actor("contact_officer")))


def two_pages() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as whole, pikepdf.open(io.BytesIO(making.pdf("Second"))) as more:
        whole.pages.extend(more.pages)
        whole.save(made)
    return made.getvalue()


def two_frames() -> bytes:
    made = io.BytesIO()
    first, second = (Image.new("L", (20, 30), shade) for shade in (10, 240))
    first.save(made, "TIFF", save_all=True, append_images=[second])
    return made.getvalue()


SEEN = {
    "letter.pdf": (two_pages(), 2), "photo.jpg": (making.GOOD["photo.jpg"], 1), "scan.tif": (two_frames(), 2),
    "drawing.png": (making.GOOD["drawing.png"], 1), "telephone.heic": (making.HEIC, 1),
    "note.txt": (making.GOOD["note.txt"], 0), "report.docx": (making.GOOD["report.docx"], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_each_page_of_what_may_be_opened_is_a_picture(world: World, name: str) -> None:
    content, pages = SEEN[name]
    file = kept(world, name, content, scanned=False)
    with world.acting("contact_officer") as by, pytest.raises(StepNotAllowed):
        queries.see_page(file.pk, 1, by=by, at=AT)
    scan(world, file.pk)
    assert rows(world)[name].pages == pages
    with world.acting("contact_officer") as by:
        for number in range(1, pages + 1):
            shown = Image.open(io.BytesIO(queries.see_page(file.pk, number, by=by, at=AT)))
            assert shown.format == "JPEG"
            assert shown.width <= apart.WIDTH
            assert "exif" not in shown.info
        assert Entry.objects.filter(action="files.see_page").count() == pages
        for absent in (0, pages + 1):
            with pytest.raises(NotFound):
                queries.see_page(file.pk, absent, by=by, at=AT)


def test_a_page_is_drawn_of_the_clean_copy_and_can_be_read(world: World) -> None:
    file = kept(world, "letter.pdf", making.pdf("Seen at school"))
    with world.acting("contact_officer") as by:
        shown = Image.open(io.BytesIO(queries.see_page(file.pk, 1, by=by, at=AT))).convert("L")
    assert shown.width == apart.WIDTH
    written = shown.crop((100, 250, 700, 400))
    assert min(written.get_flattened_data()) < 60  # letters stand where they were
    assert min(shown.crop((100, 800, 700, 1200)).get_flattened_data()) > 200


@pytest.mark.parametrize("stands", [{"state": "held", "hold": "no_scanner"}, {"state": "refused", "hold": ""}])
def test_what_is_held_or_refused_shows_no_page_even_where_there_is_a_picture(
    world: World, stands: dict[str, str]
) -> None:
    file = kept(world, "letter.pdf", making.pdf())
    with world.acting("contact_officer") as by:
        within(by, File.objects.filter(pk=file.pk)).update(**stands)
        with pytest.raises(StepNotAllowed):
            queries.see_page(file.pk, 1, by=by, at=AT)
    assert rows(world)["letter.pdf"].pages == 0


def test_a_page_that_was_changed_is_shown_to_nobody(world: World) -> None:
    file = kept(world, "letter.pdf", making.pdf())
    with world.acting("contact_officer") as by:
        within(by, File.objects.filter(pk=file.pk)).update(page_digests=b"\x00" * 32)
        with pytest.raises(queries.Broken):
            queries.see_page(file.pk, 1, by=by, at=AT)


def test_a_page_is_given_with_what_keeps_a_browser_quiet(world: World) -> None:
    file = kept(world, "letter.pdf", making.pdf())
    client = world.signed_in(Client(), world.user("contact_officer"))
    answer = client.get(f"/peterborough/files/{file.pk}/pages/1/")
    assert answer.status_code == 200
    assert {name: answer[name] for name in (
        "Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control",
        "Cross-Origin-Resource-Policy", "X-Frame-Options",
    )} == {
        "Content-Type": "image/jpeg", "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
    }  # fmt: skip
    assert client.get(f"/peterborough/files/{file.pk}/pages/2/").status_code == 404
    shown = client.get(f"/peterborough/files/{file.pk}/").content.decode()
    assert f'src="/peterborough/files/{file.pk}/pages/1/" alt="letter.pdf, page 1"' in shown


def test_more_pages_than_are_shown_are_said_to_be_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as whole:
        for _ in range(apart.MOST_PAGES):
            whole.pages.append(whole.pages[0])
        whole.save(made)
    file = kept(world, "long.pdf", made.getvalue())
    assert rows(world)["long.pdf"].pages == apart.MOST_PAGES
    client = world.signed_in(Client(), world.user("contact_officer"))
    assert "first 40 pages" in client.get(f"/peterborough/files/{file.pk}/").content.decode()


def test_a_telephones_picture_is_opened_as_jpeg_without_where_it_was_taken(world: World) -> None:
    assert b"13-Acacia-Avenue" in making.HEIC
    file = kept(world, "IMG_1.HEIC", making.HEIC)
    name, content = copy(world, file.pk)
    shown = Image.open(io.BytesIO(content))
    assert (name, shown.format, shown.size) == ("IMG_1.jpg", "JPEG", (64, 48))
    assert b"Acacia" not in content
    assert dict(shown.getexif()) == {}
    left, right = (shown.convert("RGB").getpixel((x, 20)) for x in (8, 56))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[2] > 200, right[0] > 200) == (True, True)


PROGRAM = """
import resource, runpy, sys
sys.argv = ["apart", {kind!r}]
try:
    runpy.run_path({path!r}, run_name="__main__")
except SystemExit as left:
    assert left.code == 0, left.code
names = ("AS", "CPU", "FSIZE", "NOFILE", "NPROC")
limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1] for name in names]
print(limits, file=sys.stderr)
"""


@pytest.mark.parametrize(("kind", "content"), [("pdf", making.pdf()), ("eml", making.MAIL)])
def test_the_second_program_has_as_little_to_work_with_as_the_first(kind: str, content: bytes) -> None:
    program = PROGRAM.format(kind=kind, path=apart.__file__)
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", program], input=content, capture_output=True, env={}, check=False
    )
    assert done.stderr.decode().strip() == "[1200000000, 60, 40000000, 64, 0]"


def carrying(*files: tuple[str, bytes], text: str = "See the letter.", html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann Öz <ann@example.org>", "desk@example.org", "Zoë"
    message["Date"], message["Message-ID"] = "Tue, 24 Mar 2026 10:05:00 +0000", "<1@example.org>"
    if html and not text:
        message.set_content(html, subtype="html")
    else:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_what_a_saved_email_carries_is_taken_out_scanned_and_cleaned_as_files_of_their_own(world: World) -> None:
    bad = [("run.exe", b"MZ\x90\x00" * 90), ("page.html", b"<html><script>x</script>")]
    raw = carrying(("IMG_1.HEIC", making.HEIC), ("letter.pdf", making.pdf()), ("found.txt", b"hello " + EICAR), *bad)
    whole = kept(world, "saved.eml", raw)
    found = rows(world)
    assert sorted(found) == ["IMG_1.heic", "found.txt", "letter.pdf", "saved.eml"]
    for name in ("IMG_1.heic", "letter.pdf"):
        assert (found[name].part_of, found[name].state.value, found[name].may_open) == (whole.pk, "held", False)
        assert scan(world, found[name].key).state == "clean"
    assert scan(world, found["found.txt"].key).state == "refused"
    assert b"Acacia" not in copy(world, found["IMG_1.heic"].key)[1]
    name, content = copy(world, whole.pk)
    assert name == "saved.txt"
    assert content.decode().splitlines()[:7] == [
        "An e-mail, as plain text", "", "From: Ann Öz <ann@example.org>", "To: desk@example.org",
        "Date: Tue, 24 Mar 2026 10:05:00 +0000", "Subject: Zoë", "Message-ID: <1@example.org>",
    ]  # fmt: skip
    assert "[It carried: run.exe, 360 bytes]" in content.decode()
    with world.acting("contact_officer"):
        entry = Entry.objects.get(action="files.take_out")
        assert (entry.detail["kept"], entry.detail["left"]) == (3, 2)
    scan(world, whole.pk)
    assert len(rows(world)) == 4


def test_a_message_in_which_the_scanner_finds_something_is_not_taken_apart(world: World) -> None:
    whole = kept(world, "saved.eml", carrying(("letter.pdf", making.pdf()), text=EICAR.decode()))
    assert (whole.state, list(rows(world))) == ("refused", ["saved.eml"])


def test_what_the_mailbox_took_out_of_a_message_is_not_taken_out_again(world: World) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(mail(attached=(("letter.pdf", making.pdf()),)), by=by, at=AT, reached_at=AT)
    with world.acting("contact_officer"):
        before = {file.name: file for file in File.objects.all()}
        assert before["letter.pdf"].part_of_id == before["message.eml"].pk
        assert contact.correspondence.get().original == before["message.eml"].pk
    scan(world, before["message.eml"].pk)
    with world.acting("contact_officer"):
        assert File.objects.count() == 2


def test_a_message_within_a_message_is_taken_apart_and_what_lies_deeper_stays_in_it(world: World) -> None:
    raw = making.pdf()
    for level in range(4):
        raw = carrying((f"{level}.eml" if level else "letter.pdf", raw))
    kept(world, "saved.eml", raw)
    for _ in range(4):
        for each in rows(world).values():
            scan(world, each.key)
    assert sorted(rows(world)) == ["2.eml", "3.eml", "saved.eml"]


def test_the_words_of_a_page_are_words_and_run_nowhere(world: World) -> None:
    html = "<html><head><style>p{}</style></head><body><p>He hits her</p><script>alert(1)</script><img src=http://x></body>"
    file = kept(world, "saved.eml", carrying(text="", html=html))
    content = copy(world, file.pk)[1].decode()
    assert content.endswith("\n\nHe hits her")


def test_words_that_speak_of_a_page_are_kept_as_words(world: World) -> None:
    file = kept(world, "saved.eml", carrying(text="<html><script>alert(1)</script>\u202eevil\x07"))
    name, content = copy(world, file.pk)
    assert (name, content.decode().splitlines()[-1]) == ("saved.txt", "<html><script>alert(1)</script>evil")
    client = world.signed_in(Client(), world.user("contact_officer"))
    answer = client.get(f"/peterborough/files/{file.pk}/copy/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")


LONG = b"".join(
    b"Received: from a%d.example.org by b.example.org; Tue, 24 Mar 2026 10:05:00 +0000\r\n" % n for n in range(500)
)
MAILS = {
    "stations before the sender": LONG + making.MAIL,
    "seals before the sender": b"ARC-Seal: i=1; b=" + b"\r\n ".join([b"x" * 70] * 300) + b"\r\n" + making.MAIL,
    "a mark before the first": b"\xef\xbb\xbf" + making.MAIL,
    "a line of a folder before": b"From ann@example.org Tue Mar 24 10:05:00 2026\r\n" + making.MAIL,
    "names with an underscore": b"X_Scanned:yes\r\n" + making.MAIL,
    "names in capitals": making.MAIL.replace(b"From:", b"FROM:"),
}  # fmt: skip


@pytest.mark.parametrize("what", MAILS)
def test_an_email_is_known_however_long_its_way_was(what: str) -> None:
    assert len(LONG) > 32_000
    assert rules.kind_of(io.BytesIO(MAILS[what]), len(MAILS[what])) is Kind.EML


@pytest.mark.parametrize(
    "text", [b"Mum: rang at 4\nDad: did not\n", b"https://example.org/a\nFrom: nobody\n", b"Plain.\n"]
)
def test_a_note_is_no_email(text: bytes) -> None:
    assert rules.kind_of(io.BytesIO(text), len(text)) is Kind.TEXT


def test_a_sender_beyond_what_headers_may_hold_makes_no_email() -> None:
    far = LONG * 3 + making.MAIL
    assert rules.kind_of(io.BytesIO(far), len(far)) is Kind.TEXT


def test_an_older_saved_email_is_still_opened_as_it_was_kept(world: World) -> None:
    file = kept(world, "saved.eml", making.MAIL, scanned=False)
    with world.acting("contact_officer") as by:
        within(by, File.objects.filter(pk=file.pk)).update(
            state="clean", hold="", copy_size=file.size, copy_digest=file.digest
        )
    assert copy(world, file.pk) == ("saved.eml", making.MAIL)
    with world.acting("contact_officer"):
        assert not Piece.objects.filter(file=file.pk, of=Piece.COPY).exists()
