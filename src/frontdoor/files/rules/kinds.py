"""Which kinds of file are taken, how large, and what each is called."""

from enum import StrEnum

MOST_BYTES = 25_000_000
"""The largest file that is taken (database.md, "Files")."""

PIECE = 1_000_000
"""Bytes of one stored piece, and of one step of reading: more of a file is never held at once."""

MOST_PIXELS = 50_000_000
"""The largest picture, in pixels: a page scanned at 600 dots an inch has 35 million."""


class Kind(StrEnum):
    """The kinds that are taken; what a file is follows from what is in it, never from its name alone."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    DOCX = "docx"
    TEXT = "text"
    EML = "eml"


KINDS = [
    (Kind.PDF.value, "PDF"),
    (Kind.JPEG.value, "Picture (JPEG)"),
    (Kind.PNG.value, "Picture (PNG)"),
    (Kind.TIFF.value, "Picture (TIFF)"),
    (Kind.HEIC.value, "Picture (HEIC)"),
    (Kind.DOCX.value, "Word document"),
    (Kind.TEXT.value, "Plain text"),
    (Kind.EML.value, "E-mail"),
]

ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.PDF: ("pdf",),
    Kind.JPEG: ("jpg", "jpeg", "jfif"),
    Kind.PNG: ("png",),
    Kind.TIFF: ("tif", "tiff"),
    Kind.HEIC: ("heic", "heif"),
    Kind.DOCX: ("docx",),
    Kind.TEXT: ("txt", "text"),
    Kind.EML: ("eml",),
}
"""The endings that a name of each kind may have; the first is given to a name without one."""

MEDIA: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TIFF: "image/tiff",
    Kind.HEIC: "image/heic",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.EML: "message/rfc822",
}

ACCEPT = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
"""What a browser offers to choose; it is a help and no check."""

TAKEN = "PDF, JPEG, PNG, TIFF, HEIC, Word (.docx), plain text and saved e-mails (.eml), up to 25 MB each"
"""What is taken, for the hint beside a field."""

AS_THEY_ARE = frozenset({Kind.TEXT})
"""Kinds whose working copy is the original itself: there is nothing in them to take out."""

COPIES: dict[Kind, Kind] = {Kind.HEIC: Kind.JPEG, Kind.EML: Kind.TEXT}
"""Kinds whose working copy is of another kind: what any browser shows, an e-mail's words without what it carries."""

PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.TIFF, Kind.HEIC})
SEEN = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.TIFF, Kind.HEIC})
"""Kinds whose pages are shown as pictures of the working copy."""


class Refused(ValueError):
    """A file that cannot be taken; its message says why and what to do, to whoever sent it."""


def size_words(size: int) -> str:
    """A size as people say it: `3 kB`, `1.2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
