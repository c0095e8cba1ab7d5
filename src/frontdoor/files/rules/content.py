"""What a file is, by what is in it: an allow-list of kinds, each looked at strictly, without opening anything.

Only the frame is read: the first and last bytes, the list of contents of a Word document, the characters of a text.
Pictures are not decoded, PDFs not parsed and nothing is unpacked beyond one small list: that is done in a process of
its own (`cleaning.py`), after the file was scanned.
"""

import codecs
import re
import struct
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import compat32
from typing import BinaryIO

import puremagic

from frontdoor.files.rules.archives import check_document
from frontdoor.files.rules.kinds import MOST_BYTES, MOST_PIXELS, PIECE, Kind, Refused

_HEAD, _TAIL = 4_096, 66_000
_SAVE = "Save it as a PDF, and send that"


def kind_of(content: BinaryIO, size: int, *, most: int = MOST_BYTES) -> Kind:
    """The kind of a file by what is in it.

    :param content: can be read again from its start
    :param most: bytes at most
    :raises Refused: empty, too large, of no kind that is taken, or made to look like two kinds at once
    """
    if size == 0:
        raise Refused("The file is empty. Choose it again, or send another one")
    if size > most:
        raise Refused("The file is larger than 25 MB. Send it in parts, or on paper")
    content.seek(0)
    head = content.read(_HEAD)
    content.seek(max(0, size - _TAIL))
    tail = content.read(_TAIL)
    kind = _kind(head, tail, content)
    _CHECKS[kind](content, head, tail)
    content.seek(0)
    return kind


_BEGINS: tuple[tuple[bytes, Kind, str], ...] = (
    (b"%PDF-", Kind.PDF, ".pdf"),
    (b"\xff\xd8\xff", Kind.JPEG, ".jpg"),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG, ".png"),
    (b"II*\x00", Kind.TIFF, ".tif"),
    (b"MM\x00*", Kind.TIFF, ".tif"),
    (b"PK\x03\x04", Kind.DOCX, ".docx"),
)


def _kind(head: bytes, tail: bytes, content: BinaryIO) -> Kind:
    """Our own first bytes and puremagic have to say the same; what is left is an e-mail or a text, or refused."""
    said = _said(head + tail[-_HEAD:] if len(head) == _HEAD else head)
    for begin, kind, ending in _BEGINS:
        if head.startswith(begin):
            if ending not in said:
                raise Refused(f"The file is damaged or not what it seems to be. {_SAVE}")
            return kind
    if _is_heic(head):
        return Kind.HEIC
    if _is_mail(head, content):
        return Kind.EML
    if _binary(head) or _marked_up(head) or b"%PDF-" in head:
        raise Refused(_not_taken(said))
    return Kind.TEXT


def _said(sample: bytes) -> list[str]:
    """The endings that puremagic thinks of, the likeliest first."""
    try:
        return [match.extension for match in puremagic.magic_string(sample)]
    except (puremagic.PureError, ValueError):
        return []


def _not_taken(said: list[str]) -> str:
    if {".heif", ".heic", ".avif"} & set(said):
        return "This kind of picture cannot be read here. Save it as JPEG, and send that"
    looks = f" (it looks like {said[0]})" if said and re.fullmatch(r"\.[a-z0-9]{1,6}", said[0]) else ""
    return f"This kind of file is not taken{looks}. {_SAVE}"


_HEIC = (b"heic", b"heix", b"heim", b"heis")
_BOX = 64


def _is_heic(head: bytes) -> bool:
    """A telephone's own picture: the first box says that it is one, or that what follows may be read as one."""
    length = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= length <= _BOX or length % 4:
        return False
    brands = [head[place : place + 4] for place in (8, *range(16, length, 4))]
    return brands[0] in (*_HEIC, b"mif1") and any(brand in _HEIC for brand in brands)


_MAIL = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:>?From [^\r\n]+\r?\n)?[A-Za-z0-9][!-9;-~]{0,75}:")
_MOST_HEADERS = 64_000
"""Bytes in which whoever wrote an e-mail is looked for: each station on its way adds lines before that."""


_OTHERS = ("date", "subject", "message-id", "received", "to", "mime-version")
"""One of them stands beside the sender in every e-mail, and hardly in a note that happens to name one."""


def _is_mail(head: bytes, content: BinaryIO) -> bool:
    """Whether it begins as an e-mail does, and a reader of e-mail finds in its headers who wrote it."""
    if _MAIL.match(head) is None:
        return False
    content.seek(0)
    whole = content.read(_MOST_HEADERS).removeprefix(b"\xef\xbb\xbf")
    headers = BytesParser(policy=compat32).parsebytes(whole, headersonly=True)
    return "from" in headers and any(name in headers for name in _OTHERS)


_MARKUP = re.compile(
    rb"<\s*(?:!doctype|!--|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|meta|link|style|a\s)|"
    rb"\A(?:\xef\xbb\xbf)?\s*(?:#!|\{\\rtf|@echo\b|<)",
    re.IGNORECASE,
)
_CONTROLS = bytes(each for each in range(32) if each not in b"\t\n\r\f") + b"\x7f"


def _binary(head: bytes) -> bool:
    return any(each in _CONTROLS for each in head) or b"\x00" in head


def _marked_up(head: bytes) -> bool:
    """What a browser, an office program or a shell would run rather than show."""
    return _MARKUP.search(head) is not None


def _one_kind_only(head: bytes, tail: bytes) -> None:
    """Refuse what is a second kind as well: such files show one thing here and do another elsewhere."""
    if b"PK\x05\x06" in tail or b"%PDF-" in head[1:1024] or _marked_up(head[:1024]) or b"MZ\x90\x00" in head[1:]:
        raise Refused(f"The file is made to be two kinds at once. {_SAVE}")


def _pdf(content: BinaryIO, head: bytes, tail: bytes) -> None:
    if re.match(rb"%PDF-[12]\.\d[\r\n %]", head) is None:
        raise Refused(f"The PDF is damaged. {_SAVE}")
    _, end, rest = tail.rpartition(b"%%EOF")
    if not end or rest.strip(b"\r\n \t\x00\x1a"):
        raise Refused("The PDF is damaged, or there is something behind its end. Print it to a new PDF, and send that")
    if b"PK\x05\x06" in tail or b"MZ\x90\x00" in head:
        raise Refused(f"The file is made to be two kinds at once. {_SAVE}")


def _jpeg(content: BinaryIO, head: bytes, tail: bytes) -> None:
    _one_kind_only(head, tail)


def _png(content: BinaryIO, head: bytes, tail: bytes) -> None:
    _one_kind_only(head, tail)
    if head[12:16] != b"IHDR" or len(head) < 24:
        raise Refused("The picture is damaged. Save it again as JPEG, and send that")
    width, height = struct.unpack(">II", head[16:24])
    if not 0 < width * height <= MOST_PIXELS:
        raise Refused("The picture has too many pixels. Make it smaller, and send that")


def _tiff(content: BinaryIO, head: bytes, tail: bytes) -> None:
    _one_kind_only(head, tail)


def _heic(content: BinaryIO, head: bytes, tail: bytes) -> None:
    _one_kind_only(head, tail)


def _docx(content: BinaryIO, head: bytes, tail: bytes) -> None:
    check_document(content)


def _eml(content: BinaryIO, head: bytes, tail: bytes) -> None:
    """An e-mail as it was saved: lines of text, whatever it carries in them."""
    content.seek(0)
    while piece := content.read(PIECE):
        if b"\x00" in piece:
            raise Refused("The saved e-mail is damaged. Save it again, or send it as a PDF")


def _text(content: BinaryIO, head: bytes, tail: bytes) -> None:
    check_text(content)


def check_text(content: BinaryIO) -> None:
    """Refuse what is no plain text in UTF-8, from beginning to end.

    :raises Refused: with what to do instead
    """
    content.seek(0)
    decode = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := content.read(PIECE):
            if _binary(piece):
                raise Refused(f"This kind of file is not taken. {_SAVE}")
            decode.decode(piece)
        decode.decode(b"", final=True)
    except UnicodeDecodeError as wrong:
        raise Refused(f"The text is in an old form of writing that cannot be read here. {_SAVE}") from wrong


_CHECKS: dict[Kind, Callable[[BinaryIO, bytes, bytes], None]] = {
    Kind.PDF: _pdf, Kind.JPEG: _jpeg, Kind.PNG: _png, Kind.TIFF: _tiff, Kind.HEIC: _heic, Kind.DOCX: _docx,
    Kind.TEXT: _text, Kind.EML: _eml,
}  # fmt: skip
