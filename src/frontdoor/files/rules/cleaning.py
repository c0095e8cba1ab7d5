"""The clean copy of one file: run by its path as a program of its own, with little memory, no network and no way out.

It reads the original from its input and writes the copy to its output; anything but success leaves no copy. It knows
nothing of the house, so that whatever breaks in a reader of foreign files breaks here: `actions/copying.py` starts it.

A picture is decoded and encoded anew without anything written beside it. A PDF is laid flat and its pages are carried
into a new one without scripts, actions, files inside and descriptions of itself. A Word document is packed anew with
its changes accepted, without comments, authors, properties and links that load something. Of an e-mail stay its words,
as plain text; what it carries is a file of its own (`apart.py`).
"""

import contextlib
import ctypes
import io
import os
import posixpath
import re
import resource
import runpy
import sys
import unicodedata
import zipfile
from typing import Any, BinaryIO

MEMORY, SECONDS, LARGEST, OPEN = 1_200_000_000, 60, 40_000_000, 64
"""Bytes of memory, seconds of work, bytes of the copy, open files."""

MOST_PIXELS = 50_000_000
MOST_FRAMES = 300
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class Unclean(Exception):
    """No clean copy can be made of it."""


THREADED = "heic"
"""The one kind whose reader works in threads, which the machine counts as children."""


def confine(kind: str = "") -> None:
    """Take away what the program does not need: memory, time, files, children."""
    limits = {
        resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_FSIZE: LARGEST,
        resource.RLIMIT_NOFILE: OPEN, resource.RLIMIT_CORE: 0, resource.RLIMIT_NPROC: 0,
    }  # fmt: skip
    if kind == THREADED:
        del limits[resource.RLIMIT_NPROC]
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a machine that knows no such limit
            resource.setrlimit(limit, (most, most))


def disconnect() -> None:
    """Leave every network behind, where the machine lets a program do so: Linux, as root or with user namespaces."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_NEW_NETWORK) != 0:
            library.unshare(_NEW_USER | _NEW_NETWORK)


def picture(content: bytes, kind: str) -> bytes:
    """A picture decoded and encoded anew: pixels alone, turned as the camera meant them.

    :param kind: jpeg, png, tiff or heic, which becomes a jpeg
    """
    from PIL import Image, ImageOps

    if kind == "heic":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses twice as many
    made = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=[_READ.get(kind, kind.upper())]) as image:
        if image.width * image.height * min(getattr(image, "n_frames", 1), MOST_FRAMES + 1) > MOST_PIXELS * 4:
            raise Unclean("too many pixels")
        frames = []
        for number in range(getattr(image, "n_frames", 1) if kind == "tiff" else 1):
            if number >= MOST_FRAMES:
                raise Unclean("too many pages")
            image.seek(number)
            frames.append(_pixels(ImageOps.exif_transpose(image), kind))
    kind = "jpeg" if kind == "heic" else kind
    options: dict[str, Any] = dict(_WRITTEN[kind])
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:]}
    frames[0].save(made, kind.upper(), **options)
    return made.getvalue()


_READ = {"heic": "HEIF"}
_WRITTEN: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 92}, "png": {}, "tiff": {"compression": "tiff_deflate"},
}  # fmt: skip


def _pixels(image: Any, kind: str) -> Any:
    """The pixels in a picture of their own, with nothing that was written beside them."""
    from PIL import Image

    keeps = {
        "jpeg": {"RGB", "L"},
        "heic": {"RGB", "L"},
        "png": {"1", "L", "LA", "RGB", "RGBA"},
        "tiff": {"1", "L", "RGB"},
    }[kind]
    clear = "A" in image.getbands() or "transparency" in image.info
    mode = image.mode if image.mode in keeps else ("RGBA" if clear and kind == "png" else "RGB")
    plain = Image.new(mode, image.size)
    plain.paste(image if image.mode == mode else image.convert(mode))
    return plain


_NAMES = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent",
    "/RichMediaSettings", "/RichMediaExecute", "/Launch", "/Metadata", "/PieceInfo", "/Thumb", "/XFA", "/URLS",
    "/Collection", "/Perms", "/SpiderInfo", "/LastModified",
}  # fmt: skip
_ACTIONS = {"/URI", "/GoTo", "/Named"}
_MARKS = {"/Link", "/Highlight", "/Underline", "/StrikeOut"}


def pdf(content: bytes) -> bytes:
    """A new PDF with the pages of the old one laid flat: what was filled in is part of the page, nothing acts."""
    import pikepdf

    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as old, pikepdf.new() as new:
            form = old.Root.get("/AcroForm")
            if form is not None and "/XFA" in form and not len(form.get("/Fields", [])):
                raise Unclean("a form that only one program can show")
            if form is not None:
                old.generate_appearance_streams()
            old.flatten_annotations("all")
            new.pages.extend(old.pages)
            if not len(new.pages):
                raise Unclean("no pages")
            for page in new.pages:
                _quieten(page.obj, pikepdf)
            for each in new.objects:
                _strip(each, pikepdf)
            new.remove_unreferenced_resources()
            if "/Info" in new.trailer:
                del new.trailer["/Info"]
            new.save(made, deterministic_id=True, fix_metadata_version=False, linearize=False)
    except (pikepdf.PdfError, pikepdf.PasswordError) as wrong:
        raise Unclean("damaged or locked") from wrong
    return made.getvalue()


def _quieten(page: Any, pikepdf: Any) -> None:
    """Leave of a page's marks those that only lead somewhere or are drawn."""
    if "/Annots" not in page:
        return
    kept = [
        mark for mark in page.Annots
        if isinstance(mark, pikepdf.Dictionary) and str(mark.get("/Subtype", "")) in _MARKS
        and str(mark.get("/A", {}).get("/S", "/URI")) in _ACTIONS
    ]  # fmt: skip
    for mark in kept:
        for name in ("/T", "/Contents", "/M", "/CreationDate", "/NM", "/RC", "/Popup"):
            if name in mark:
                del mark[name]
    page.Annots = pikepdf.Array(kept)


def _strip(each: Any, pikepdf: Any, depth: int = 0) -> None:
    """Take every name out that runs, loads, holds a file or tells of its maker, also in what stands directly inside."""
    if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
        holder = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        for name in [name for name in holder.keys() if name in _NAMES]:  # noqa: SIM118 (a PDF's own dictionary)
            del holder[name]
        action = str(holder.get("/S", ""))
        if action in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"}:
            holder["/S"] = pikepdf.Name("/Named")
        inside = [holder[name] for name in holder.keys()]  # noqa: SIM118
    elif isinstance(each, pikepdf.Array):
        inside = list(each)
    else:
        return
    if depth < 40:
        for one in inside:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _strip(one, pikepdf, depth + 1)


_DROPPED = re.compile(
    r"docprops/|customxml/|docmetadata/|_xmlsignatures/|word/(?:comments|people|glossary/|printersettings/|webextensions/)",
    re.IGNORECASE,
)
_PICTURES = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "tif": "tiff", "tiff": "tiff"}
_AS_THEY_ARE = {"odttf", "ttf", "emf", "wmf", "gif"}
_GONE = {
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "attachedTemplate",
    "rsids", "docVars", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellIns",
    "cellMerge",
}  # fmt: skip
_OPENED = {"ins", "moveTo"}
_TOLD = re.compile(r"\}(?:author|initials|date|dateUtc|rsid\w*|paraId|userId|providerId)$")
_LOADS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NEVER = ("/oleObject", "/package", "/control", "/aFChunk", "/subDocument", "/frame", "/vbaProject")


def document(content: bytes) -> bytes:
    """A Word document packed anew: changes accepted, and without comments, authors and properties."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.is_dir() or _dropped(part.filename):
                continue
            clean = _part(part.filename, old.read(part))
            new.writestr(zipfile.ZipInfo(part.filename), clean, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _dropped(name: str) -> bool:
    """Whether a part, or the list of what belongs to it, is left out."""
    return _DROPPED.match(name.replace("/_rels/", "/").removeprefix("/")) is not None


def _part(name: str, content: bytes) -> bytes:
    ending = name.rpartition(".")[2].lower()
    if name.startswith("word/media/") and ending in _PICTURES:
        return picture(content, _PICTURES[ending])
    if ending in _AS_THEY_ARE:
        return content
    if ending not in {"xml", "rels"}:
        raise Unclean("a part of another kind")
    return _xml(name, content)


def _xml(name: str, content: bytes) -> bytes:
    from lxml import etree

    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide or re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content[:4_096], re.IGNORECASE):
        raise Unclean("declares what it means")
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError as wrong:
        raise Unclean("damaged") from wrong
    if name.endswith(".rels"):
        _relations(root, name)
    elif name == "[Content_Types].xml":
        _take_out(each for each in root if _dropped(each.get("PartName", "").removeprefix("/")))
    else:
        _words(root)
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _take_out(found: Any) -> None:
    for each in list(found):
        each.getparent().remove(each)


def _relations(root: Any, name: str) -> None:
    """What a part belongs with: nothing that was left out, nothing that is loaded from elsewhere."""
    beside = posixpath.dirname(posixpath.dirname(name))
    for each in list(root):
        kind, target = each.get("Type", ""), each.get("Target", "")
        if kind.endswith(_NEVER):
            raise Unclean("holds another file")
        if each.get("TargetMode") == "External":
            if kind.endswith("/attachedTemplate"):
                root.remove(each)
            elif not kind.endswith("/hyperlink"):
                raise Unclean("loads something from elsewhere")
            elif not _LINK.match(target):
                each.set("Target", "about:blank")
        elif _dropped(posixpath.normpath(posixpath.join("/", beside, target)).removeprefix("/")):
            root.remove(each)


def _words(root: Any) -> None:
    """A part with text: changes accepted, comments and who made them gone, no field that fetches anything."""
    for each in list(root.iter()):
        if not isinstance(each.tag, str):
            each.getparent().remove(each)  # a comment of the XML itself
            continue
        tag = each.tag.rpartition("}")[2]
        if (tag == "instrText" and _LOADS.search(each.text or "")) or (
            tag == "fldSimple" and any(_LOADS.search(value) for value in each.attrib.values())
        ):
            raise Unclean("a field that fetches something")
        for attribute in [name for name in each.attrib if _TOLD.search(name)]:
            del each.attrib[attribute]
        if each.getparent() is not None and "wordprocessingml" in each.tag:
            _accept(each, tag)


def _accept(each: Any, tag: str) -> None:
    """Accept one tracked change."""
    over = each.getparent()
    if tag == "del" and over.tag.endswith("}trPr"):
        row = over.getparent()
        if row.getparent() is not None:
            row.getparent().remove(row)
    elif tag in _GONE or tag.endswith("Change"):
        over.remove(each)
    elif tag in _OPENED:
        place = over.index(each)
        for inside in list(each):
            over.insert(place, inside)
            place += 1
        over.remove(each)


SHOWN = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
"""The headers of an e-mail that its copy shows; those of the machines on its way stay in the original."""

MOST_WORDS = 5_000_000
_HIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def mail(content: bytes) -> bytes:
    """An e-mail as plain text: who wrote it to whom and when, its words, and the names of what it carries."""
    from imap_tools.message import MailMessage

    try:
        parsed = MailMessage.from_bytes(content)
        heads = [(name, _head(parsed.obj, name)) for name in SHOWN]
        words = parsed.text if parsed.text.strip() else _beside("markup")["without_markup"](parsed.html)
        carried = [(each.filename or "without a name", len(each.payload)) for each in parsed.attachments]
    except Exception as wrong:  # the library may stumble over any of the endless ways in which a message is broken
        raise Unclean("damaged") from wrong
    lines = ["An e-mail, as plain text", ""]
    lines += [f"{name}: {value}" for name, value in heads if value]
    lines += ["", words.strip()]
    lines += [f"[It carried: {_line(name)}, {size} bytes]" for name, size in carried]
    return _plain("\n".join(lines)).encode()


def _head(message: Any, name: str) -> str:
    """One header in words, in whichever form of writing it was packed."""
    from email.header import decode_header, make_header

    value = str(message.get(name, ""))
    try:
        return _line(str(make_header(decode_header(value))))
    except (ValueError, LookupError):
        return _line(value)


def _line(text: str) -> str:
    return " ".join(text.split())[:1_000]


def _plain(text: str) -> str:
    """Text without controls, halves of characters and marks that turn writing around; one kind of line end."""
    lines = _HIDES.sub("", text[:MOST_WORDS].replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"})


def _beside(name: str) -> dict[str, Any]:
    """What stands in a file beside this one, which knows as little of the house: this is run by its path."""
    return runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py"))


def cleaned(content: bytes, kind: str) -> bytes:
    """The clean copy of a file.

    :param kind: pdf, jpeg, png, tiff, heic, docx or eml
    :raises Unclean: none can be made
    """
    if kind in {"pdf", "eml"}:
        return pdf(content) if kind == "pdf" else mail(content)
    return document(content) if kind == "docx" else picture(content, kind)


def main(source: BinaryIO, target: BinaryIO, kind: str) -> int:
    """Clean what comes in; 0 where the copy went out."""
    content = source.read()
    disconnect()
    target.write(cleaned(content, kind))
    target.flush()
    return 0


if __name__ == "__main__":
    confine(sys.argv[1])

    os.chdir("/")
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1]))
