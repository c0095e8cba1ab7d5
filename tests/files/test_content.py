"""What a file is, is told by what is in it; whatever else it could be is refused in plain words."""

import io
import zipfile

import pytest

from frontdoor.files import rules
from frontdoor.files.rules import Kind, Refused
from tests.files import making
from tests.files.scanners import EICAR


def _kind(content: bytes) -> Kind:
    return rules.kind_of(io.BytesIO(content), len(content))


KINDS = dict(zip(making.GOOD, Kind, strict=True))


@pytest.mark.parametrize("name", making.GOOD)
def test_each_kind_that_is_taken_is_known_by_what_is_in_it(name: str) -> None:
    assert _kind(making.GOOD[name]) is KINDS[name]


def _link() -> bytes:
    part = zipfile.ZipInfo("word/media/x")
    part.external_attr = 0o120777 << 16
    made = io.BytesIO(making.document())
    with zipfile.ZipFile(made, "a") as written:
        written.writestr(part, "/etc/passwd")
    return made.getvalue()


def _locked() -> bytes:
    return making.document().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


AVIF = b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\x00" * 100
BAD = {
    "nothing in it": (b"", "empty"),
    "a program": (b"MZ\x90\x00\x03" + b"\x00" * 400, "not taken"),
    "a program for Linux": (b"\x7fELF\x02\x01" + b"\x00" * 400, "not taken"),
    "a script": (b"#!/bin/sh\nrm -rf x\n", "not taken"),
    "a page": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "not taken"),
    "a page behind spaces": (b"\n\n   <html><body>x</body></html>", "not taken"),
    "a drawing that runs": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not taken"),
    "a drawing behind a comment": (b"hello <!-- --><svg onload=alert(1)>", "not taken"),
    "rich text": (b"{\\rtf1\\ansi hello}", "not taken"),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not taken"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 60, "not taken"),
    "a moving picture": (making.picture("GIF"), "not taken"),
    "a picture of another kind (AVIF)": (AVIF, "Save it as JPEG"),
    "a telephone's film": (b"\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00msf1hevc" + b"\x00" * 60, "not taken"),
    "a telephone's picture with a page in it": (
        making.HEIC[:60] + b"<script>alert(1)</script>" + making.HEIC[60:], "two kinds",
    ),
    "an archive": (making.archive({"a.txt": "x"}), "no Word document"),
    "an archive with what every scanner finds": (making.archive({"a.com": EICAR}), "no Word document"),
    "text of an old code page": ("Zoë".encode("latin-1") * 20, "old form of writing"),
    "text with a NUL": (b"hello\x00world", "not taken"),
    "a PDF with an archive behind it": (making.pdf() + making.archive({"a": "x"}), "behind its end"),
    "a PDF behind something else": (b"GIF89a" + making.pdf(), "not taken"),
    "half a PDF": (making.pdf()[:200], "damaged"),
    "a picture with an archive behind it": (making.picture("JPEG") + making.archive({"a": "x"}), "two kinds"),
    "a picture with a page in it": (
        making.picture("JPEG")[:20] + b"<script>alert(1)</script>" + making.picture("JPEG")[20:], "two kinds",
    ),
    "a picture that is a PDF too": (
        making.picture("PNG")[:60] + b"%PDF-1.4 " + making.picture("PNG")[60:], "two kinds",
    ),
    "a picture of 50,000 by 50,000": (
        making.picture("PNG")[:16] + (50_000).to_bytes(4) * 2 + making.picture("PNG")[24:], "too many pixels",
    ),
    "macros": (making.document(word__vbaProject_bin="x").replace(b"vbaProject_bin", b"vbaProject.bin"), "macros"),
    "macros by their type": (making.document(types='<Override ContentType="macroEnabled"/>'), "macros"),
    "controls that run": (making.document(word__activeX__activeX1="x"), "macros"),
    "other files inside": (making.document(word__embeddings__sheet="x"), "holds other files"),
    "a workbook": (
        making.archive({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/workbook.xml": "x"}),
        "no Word document",
    ),
    "a part that leads out": (making.document(**{"..__..__etc__passwd": "x"}), "damaged"),
    "a part from the root": (making.document(__etc__passwd="x"), "damaged"),
    "a part by Windows' path": (making.document(**{"..\\..\\x": "x"}), "damaged"),
    "a part that is a link": (_link(), "damaged"),
    "a locked document": (_locked(), "locked with a password"),
    "a part that swells": (making.document(word__x=b"\x00" * 20_000_000), "far larger inside"),
    "parts that swell together": (
        making.document(**{f"word__media__{n}": b"abcdefg%d" % n * 2_000_000 for n in range(8)}), "far larger inside",
    ),
    "too many parts": (making.document(**{f"word__{n}": "" for n in range(2_001)}), "too many parts"),
    "a document with something behind it": (making.document() + b"x", "damaged"),
    "a document behind something": (b"x" * 10 + making.document(), "not taken|old form"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_taken_is_refused_in_words_that_say_what_to_do(what: str) -> None:
    content, words = BAD[what]
    with pytest.raises(Refused, match=words) as refusal:
        _kind(content)
    assert "end" in str(refusal.value) or "hoose" in str(refusal.value)


def test_nothing_larger_than_25_mb_is_read_at_all() -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError

    with pytest.raises(Refused, match="25 MB"):
        rules.kind_of(Unread(), 25_000_001)


def test_a_list_of_contents_that_lies_about_its_length_is_not_believed() -> None:
    good = making.document()
    end = good.rindex(b"PK\x05\x06")
    lies = good[: end + 12] + (10).to_bytes(4, "little") + good[end + 16 :]
    with pytest.raises(Refused, match="damaged"):
        _kind(lies)


NAMES = {
    "letter.pdf": "letter.pdf",
    "LETTER.PDF": "LETTER.pdf",
    "letter": "letter.pdf",
    "C:\\Users\\x\\letter.pdf": "letter.pdf",
    "../../etc/letter.pdf": "letter.pdf",
    "invoice.exe.pdf": "invoice-exe.pdf",
    "Report 12.3.2026.pdf": "Report 12.3.2026.pdf",
    "a\u202efdp.exe.pdf": "afdp-exe.pdf",
    "a\x00b\r\nSet-Cookie: x.pdf": "ab Set-Cookie- x.pdf",
    '"quoted"<b>.pdf': "quoted--b.pdf",
    ".pdf": "file.pdf",
    "   .pdf": "file.pdf",
    "Zoë’s drawing.pdf": "Zoë’s drawing.pdf",
    "x" * 300 + ".pdf": "x" * 57 + "…" + "x" * 57 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_without_what_could_mislead(name: str) -> None:
    assert rules.cleaned(name, Kind.PDF) == NAMES[name]


@pytest.mark.parametrize(
    "name", ["letter.exe", "letter.docx", "letter.pdf.exe", "letter.pdf.js", "letter.pdf\u202efdp."]
)
def test_a_name_that_says_another_kind_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="not what is in it"):
        rules.cleaned(name, Kind.PDF)


def test_a_picture_with_another_pictures_ending_gets_its_own() -> None:
    assert rules.cleaned("photo.png", Kind.JPEG) == "photo.jpg"
