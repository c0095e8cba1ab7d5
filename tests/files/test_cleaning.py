"""The copy that people open holds what is to be read, and nothing of what was written beside it."""

import io
import os
import re
import subprocess
import sys
import zipfile
from typing import Any

import pikepdf
import pytest
from PIL import Image, TiffImagePlugin

from frontdoor.files import rules
from frontdoor.files.rules import Kind, cleaning
from tests.files import making

SECRET = "13-Acacia-Avenue"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = SECRET  # description
    exif[0x013B] = SECRET  # artist
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N", 2: (52.0, 34.0, 21.0), 3: "W", 4: (0.0, 14.0, 30.0)}  # where it was taken
    return exif


def _photo() -> bytes:
    return making.picture("JPEG", exif=_exif().tobytes(), comment=SECRET.encode(), quality=95)


def test_a_photograph_loses_where_and_by_whom_it_was_taken_and_keeps_its_way_up() -> None:
    before = Image.open(io.BytesIO(_photo()))
    assert before.getexif().get_ifd(0x8825)
    assert SECRET.encode() in _photo()
    clean = cleaning.cleaned(_photo(), "jpeg")
    after = Image.open(io.BytesIO(clean))
    assert dict(after.getexif()) == {}
    assert SECRET.encode() not in clean
    assert b"Exif" not in clean
    assert after.size == (30, 40)
    pixel: Any = after.convert("RGB").getpixel((15, 20))
    assert pixel[0] > 200
    assert max(pixel[1:]) < 60


def test_a_photograph_loses_what_is_appended_and_its_thumbnail() -> None:
    small = making.picture("JPEG", (16, 12))
    with_more = _photo() + b"ftypmp4 " + SECRET.encode() + small
    clean = cleaning.cleaned(with_more, "jpeg")
    assert clean.count(b"\xff\xd8\xff") == 1
    assert SECRET.encode() not in clean


def test_a_drawing_loses_its_text_and_keeps_what_is_clear() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", SECRET)
    told.add_itxt("XML:com.adobe.xmp", SECRET)
    made = io.BytesIO()
    Image.new("RGBA", (9, 9), (1, 2, 3, 0)).save(made, "PNG", pnginfo=told, exif=_exif().tobytes())
    assert SECRET.encode() in made.getvalue()
    clean = cleaning.cleaned(made.getvalue(), "png")
    assert SECRET.encode() not in clean
    after = Image.open(io.BytesIO(clean))
    assert after.info == {}
    assert after.getpixel((4, 4)) == (1, 2, 3, 0)


def test_each_page_of_a_scan_is_kept() -> None:
    told = TiffImagePlugin.ImageFileDirectory_v2()
    told[315] = SECRET
    pages = [Image.new("L", (20, 30), shade) for shade in (10, 120, 240)]
    made = io.BytesIO()
    pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:], tiffinfo=told)
    assert SECRET.encode() in made.getvalue()
    clean = cleaning.cleaned(made.getvalue(), "tiff")
    assert SECRET.encode() not in clean
    after: Any = Image.open(io.BytesIO(clean))
    shades = []
    for number in range(after.n_frames):
        after.seek(number)
        shades.append(after.getpixel((3, 3)))
    assert shades == [10, 120, 240]


def _loaded_pdf() -> bytes:
    """A PDF with everything in it that acts, hides or tells."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf("Seen at school"))) as old:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        old.Root.OpenAction = script
        old.Root.AA = pikepdf.Dictionary(WC=script)
        old.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), old.make_indirect(script)])),
        )
        told_of: Any = {"filename": "hidden.exe"}
        attached = pikepdf.AttachedFileSpec(old, b"MZ hidden", **told_of)
        old.attachments["hidden.exe"] = attached
        page = old.pages[0].obj
        page.AA = pikepdf.Dictionary(O=script)
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        box = pikepdf.Array([0, 0, 10, 10])
        page.Annots = pikepdf.Array([
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=box, A=launch),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=box, Contents=SECRET),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/RichMedia"), Rect=box,
                RichMediaContent=pikepdf.Dictionary(),
            ),
        ])  # fmt: skip
        page.PieceInfo = pikepdf.Dictionary(Tool=pikepdf.Dictionary(Private=pikepdf.String(SECRET)))
        with old.open_metadata() as told:
            told["dc:creator"] = [SECRET]
        old.docinfo["/Author"] = SECRET
        old.save(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


ACTS = (
    b"/JavaScript", b"/JS", b"/AA", b"/OpenAction", b"/EmbeddedFile", b"/EF", b"/RichMedia", b"/Launch", b"/Metadata",
    b"/PieceInfo", b"/Author", b"hidden.exe", b"MZ hidden", b"cmd.exe", SECRET.encode(),
)  # fmt: skip


def test_a_pdf_loses_all_that_acts_hides_or_tells_and_keeps_its_page() -> None:
    before = _loaded_pdf()
    assert [each for each in ACTS if each not in before and each != b"/Metadata"] == []
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(cleaning.cleaned(before, "pdf"))) as after:
        after.save(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                   stream_decode_level=pikepdf.StreamDecodeLevel.all)  # fmt: skip
        assert b"Seen at school" in after.pages[0].Contents.read_bytes()
    assert [each for each in ACTS if each in made.getvalue()] == []


def test_what_was_typed_into_a_form_is_part_of_the_page() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as old:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        )  # fmt: skip
        field = old.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="worry", V="Bruise on his arm",
            Rect=pikepdf.Array([72, 600, 400, 620]), DA=pikepdf.String("/Helv 12 Tf 0 g"), F=4,
        ))  # fmt: skip
        old.pages[0].obj.Annots = pikepdf.Array([field])
        old.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([field]), NeedAppearances=True, DA=pikepdf.String("/Helv 12 Tf 0 g"),
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font)),
        )  # fmt: skip
        old.save(made)
    with pikepdf.open(io.BytesIO(cleaning.cleaned(made.getvalue(), "pdf"))) as after:
        assert "/AcroForm" not in after.Root
        drawn = b"".join(
            each.read_bytes() for each in after.objects if isinstance(each, pikepdf.Stream) and "/Filter" not in each
        ) + b"".join(
            each.read_bytes() for each in after.objects if isinstance(each, pikepdf.Stream) and "/Filter" in each
        )
    assert b"Bruise on his arm" in drawn


def test_a_locked_pdf_has_no_copy() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(making.pdf())) as old:
        old.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(cleaning.Unclean):
        cleaning.cleaned(made.getvalue(), "pdf")


PEOPLE = f'<w:people xmlns:w="{making.W}"><w:person w:author="{SECRET}"/></w:people>'
CHANGES = (
    f'<w:p><w:ins w:id="1" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>kept</w:t></w:r></w:ins>'
    f'<w:del w:id="2" w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
    '<w:commentRangeStart w:id="0"/><w:r><w:t>spoken of</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r>'
    f'<w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="{SECRET}"><w:rPr/></w:rPrChange></w:rPr>'
    "<w:t>bold</w:t></w:r></w:p>"
    f'<w:tbl><w:tr><w:trPr><w:del w:id="4" w:author="{SECRET}"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
)


def _loaded_document() -> bytes:
    comment = f'<w:comments xmlns:w="{making.W}"><w:comment w:author="{SECRET}"><w:p/></w:comment></w:comments>'
    override = '<Override PartName="/{0}" ContentType="application/xml"/>'.format
    relation = f'<Relationship Id="{{0}}" Type="{making.OFFICE}/{{1}}" Target="{{2}}"{{3}}/>'.format
    settings = (
        f'<w:settings xmlns:w="{making.W}"><w:attachedTemplate/><w:rsids><w:rsid w:val="1"/></w:rsids></w:settings>'
    )
    return making.document(
        body=CHANGES,
        types="".join(map(override, ("word/comments.xml", "docProps/core.xml", "word/people.xml"))),
        related="".join([
            relation("rId2", "comments", "comments.xml", ""), relation("rId3", "people", "people.xml", ""),
            relation("rId4", "hyperlink", "https://example.org/", ' TargetMode="External"'),
            relation("rId5", "hyperlink", f"file://{SECRET}", ' TargetMode="External"'),
            relation("rId6", "image", "media/image1.jpeg", ""),
        ]),
        **{
            "word__comments.xml": comment, "word__people.xml": PEOPLE, "docProps__core.xml": f"<a>{SECRET}</a>",
            "docProps__thumbnail.jpeg": making.picture("JPEG"), "customXml__item1.xml": f"<a>{SECRET}</a>",
            "word__media__image1.jpeg": _photo(), "word__settings.xml": settings,
        },
    )  # fmt: skip


def test_a_word_document_loses_comments_authors_earlier_versions_and_properties() -> None:
    before = zipfile.ZipFile(io.BytesIO(_loaded_document()))
    assert sum(SECRET.encode() in before.read(name) for name in before.namelist()) >= 6
    clean = cleaning.cleaned(_loaded_document(), "docx")
    assert rules.kind_of(io.BytesIO(clean), len(clean)) is Kind.DOCX
    after = zipfile.ZipFile(io.BytesIO(clean))
    assert sorted(after.namelist()) == [
        "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml",
        "word/media/image1.jpeg", "word/settings.xml",
    ]  # fmt: skip
    assert [name for name in after.namelist() if SECRET.encode() in after.read(name)] == []
    words = re.findall(r"<w:(?:t|delText)>([^<]*)<", after.read("word/document.xml").decode())
    assert words == ["She is settled.", "kept", "spoken of", "bold"]
    written = after.read("word/document.xml") + after.read("word/settings.xml")
    assert [
        tag for tag in (b"w:ins", b"w:del", b"comment", b"Change", b"w:tr>", b"rsid", b"Template") if tag in written
    ] == []
    related = after.read("word/_rels/document.xml.rels")
    assert b"https://example.org/" in related
    assert b"comments" not in related
    assert b"docProps" not in after.read("[Content_Types].xml")


def _linked(kind: str, mode: str = ' TargetMode="External"') -> bytes:
    return making.document(
        related=f'<Relationship Id="rId9" Type="{making.OFFICE}/{kind}" Target="https://example.org/x"{mode}/>'
    )


NO_COPY: dict[str, tuple[bytes, str]] = {
    "a picture from elsewhere": (_linked("image"), "docx"),
    "another file": (_linked("oleObject", ""), "docx"),
    "a page within": (_linked("aFChunk", ""), "docx"),
    "a field that fetches": (
        making.document(body="<w:p><w:r><w:instrText>DDEAUTO c:x</w:instrText></w:r></w:p>"), "docx",
    ),
    "entities": (
        making.archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "docx",
    ),
    "a part of another kind": (making.document(**{"word__x.dat": "x"}), "docx"),
    "nothing that a PDF could be": (b"%PDF-1.7\nnothing\n%%EOF\n", "pdf"),
    "a picture that ends early": (making.picture("PNG")[:60], "png"),
    "a picture of another kind": (making.picture("BMP"), "jpeg"),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_COPY)
def test_what_cannot_be_made_clean_has_no_copy(what: str) -> None:
    content, kind = NO_COPY[what]
    done = _run(kind, content)
    assert done.returncode != 0
    assert done.stdout == b""


def _run(kind: str, content: bytes, *more: str) -> "subprocess.CompletedProcess[bytes]":
    program = [sys.executable, "-I", "-B", *(more or [cleaning.__file__, kind])]
    return subprocess.run(program, input=content, capture_output=True, env={}, cwd="/", timeout=90, check=False)


@pytest.mark.parametrize(("name", "kind"), [("letter.pdf", "pdf"), ("photo.jpg", "jpeg"), ("report.docx", "docx")])
def test_the_program_makes_the_copy_by_itself(name: str, kind: str) -> None:
    done = _run(kind, making.GOOD[name])
    assert done.returncode == 0, done.stderr
    assert rules.kind_of(io.BytesIO(done.stdout), len(done.stdout)) is Kind(kind)


CONFINED = f"""
import runpy, sys
program = runpy.run_path({cleaning.__file__!r}, run_name="looked_at")
program["confine"]()
"""
TRIES = {
    "two gigabytes of memory": "bytearray(2_000_000_000)",
    "a child": "import os; os.fork() or os._exit(7); sys.exit(9 if os.wait()[1] >> 8 == 7 else 0)",
    "a hundred files": "kept = [open(sys.executable) for _ in range(100)]",
    "a file of 50 MB": "import tempfile; tempfile.TemporaryFile().write(bytes(50_000_000))",
}


@pytest.mark.parametrize("what", TRIES)
def test_the_program_has_little_to_work_with(what: str) -> None:
    if what == "a child" and os.geteuid() == 0:  # the machine counts no children of its administrator
        what = "a hundred files"
    done = _run("", b"", "-c", CONFINED + TRIES[what])
    assert done.returncode not in (0, 9)


ALONE = """
program["disconnect"]()
print([line.split(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:]])
"""
MAY_LEAVE = "import ctypes; print(ctypes.CDLL(None).unshare(0x50000000))"


def test_the_program_leaves_every_network_where_the_machine_lets_it() -> None:
    if _run("", b"", "-c", MAY_LEAVE).stdout.strip() == b"0":
        assert _run("", b"", "-c", CONFINED + ALONE).stdout.strip() == b"['lo']"


def test_the_program_works_for_a_minute_at_most() -> None:
    said = _run("", b"", "-c", CONFINED + "import resource; print(resource.getrlimit(resource.RLIMIT_CPU))")
    assert said.stdout.decode().strip() == "(60, 60)"


def test_the_program_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from frontdoor.files.actions import copying

    given: dict[str, Any] = {}

    def run(program: list[str], **how: Any) -> Any:
        given.update(how, program=program)
        return subprocess.CompletedProcess(program, 1)

    monkeypatch.setattr("frontdoor.files.actions.copying.subprocess.run", run)
    assert copying._made(io.BytesIO(), io.BytesIO(), Kind.PDF) is False
    assert given["env"] == {}
    assert given["cwd"] == "/"
    assert given["program"][1] == "-I"
    assert given["timeout"] <= 90
