"""A Word document is an archive: its list of contents is looked through before anything in it is unpacked."""

import re
import stat
import struct
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from frontdoor.files.rules.kinds import Refused

_END = struct.Struct("<4s4H2LH")
_MOST_LIST = 512_000
"""Bytes of the list of contents: Word writes a few thousand, and each entry costs its reader ten times its size."""

MOST_PARTS = 2_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
"""How much larger a part may be unpacked; text packs 20 to 1, a bomb 1,000 to 1."""

_TYPES = "[Content_Types].xml"
_MOST_TYPES = 256_000
_MACROS = re.compile(r"vba|macro|activex|\.bin$", re.IGNORECASE)
_HOLDS = re.compile(r"(?:^|/)(?:embeddings|oleobject)", re.IGNORECASE)
_DAMAGED = "The Word document is damaged. Save it as a PDF, and send that"


def check_document(content: BinaryIO) -> None:
    """Refuse what is no plain Word document: other archives, macros, files inside, parts that lead out or swell.

    :raises Refused: with what to do instead
    """
    _check_end(content)
    try:
        with zipfile.ZipFile(content) as archive:
            check_parts(archive.infolist())
            types = archive.read(_TYPES)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, struct.error) as wrong:
        if isinstance(wrong, Refused):
            raise
        raise Refused(_DAMAGED) from wrong
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused("The Word document holds macros. Save it as a PDF, and send that")
    if b"wordprocessingml.document.main+xml" not in types:
        raise Refused("The file is no Word document. Save it as a PDF, and send that")


def _check_end(content: BinaryIO) -> None:
    """The list of contents is small, ends the file, and is of one part; it is read by its own end, not believed."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _END.size))
    last = content.read(_END.size)
    if len(last) < _END.size or not last.startswith(b"PK\x05\x06"):
        raise Refused(_DAMAGED)
    _, disk, first, here, parts, length, start, comment = _END.unpack(last)
    if disk or first or here != parts or comment or start + length + _END.size != size:
        raise Refused(_DAMAGED)
    if length > _MOST_LIST or parts > MOST_PARTS:
        raise Refused("The Word document has too many parts. Save it as a PDF, and send that")


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that lead out of the archive, swell, are locked, are there twice, or are programs.

    :raises Refused: with what to do instead
    """
    names = {part.filename.lower() for part in parts}
    if len(names) != len(parts) or not {_TYPES.lower(), "word/document.xml"} <= names:
        raise Refused("The file is no Word document. Save it as a PDF, and send that")
    for part in parts:
        _check_part(part)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("The Word document is far larger inside than it seems. Save it as a PDF, and send that")


def _check_part(part: zipfile.ZipInfo) -> None:
    path = PurePosixPath(part.filename)
    outside = path.is_absolute() or ".." in path.parts or any(each in part.filename for each in "\\:\x00")
    if outside or stat.S_ISLNK(part.external_attr >> 16):
        raise Refused(_DAMAGED)
    if part.flag_bits & 0x1:
        raise Refused("The Word document is locked with a password. Take the password off, and send it again")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(_DAMAGED)
    if part.file_size > 1_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Refused("The Word document is far larger inside than it seems. Save it as a PDF, and send that")
    if part.filename == _TYPES and part.file_size > _MOST_TYPES:
        raise Refused(_DAMAGED)
    if _MACROS.search(part.filename) and not part.filename.startswith("word/printerSettings/"):
        raise Refused("The Word document holds macros. Save it as a PDF, and send that")
    if _HOLDS.search(part.filename):
        raise Refused("The Word document holds other files. Save it as a PDF, and send that")
