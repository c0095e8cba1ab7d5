"""What is shown of a file, piece by piece: pictures of the pages of a clean copy, or what an e-mail carries.

Run by its path as a program of its own, confined as `cleaning.py` is, which lies beside it and is all that it knows. It
reads a file from its input and writes pieces to its output, each behind its length in four bytes. Of pages: one JPEG
each. Of an e-mail: the name and the content of each file by turns. Anything but success leaves nothing that is used.
"""

import io
import os
import runpy
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

MOST_PAGES = 40
WIDTH, HEIGHT = 1_240, 3_508
"""Pixels of a page at most: its words can be read when it is enlarged four times on a small screen."""

LARGEST = 1_000_000
"""Bytes of one page at most; a page of noise is made coarser until it fits."""

MOST_FILES = 50
_QUALITIES = (80, 60, 40, 20)


class Unseen(Exception):
    """No picture can be made of it."""


def pages(content: bytes, kind: str) -> Iterator[bytes]:
    """A picture of each page of a clean copy, at most `MOST_PAGES`.

    :param kind: pdf, jpeg, png or tiff
    :raises Unseen: a page cannot be made small enough
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 25_000_000  # Pillow refuses twice as many, as in the copy
    for each in _of_pdf(content) if kind == "pdf" else _of_picture(content, kind):
        yield _written(each)


def _of_pdf(content: bytes) -> Iterator[Any]:
    """Pages drawn on white: no form, no mark, no script, no link."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            wide, high = (max(each, 1.0) for each in page.get_size())
            drawn = page.render(scale=min(WIDTH / wide, HEIGHT / high), draw_annots=False, may_draw_forms=False)
            yield drawn.to_pil()
            drawn.close()
            page.close()


def _of_picture(content: bytes, kind: str) -> Iterator[Any]:
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
        for number in range(min(getattr(image, "n_frames", 1), MOST_PAGES)):
            image.seek(number)
            clear = image.convert("RGBA")
            small = Image.new("RGB", clear.size, "white")
            small.paste(clear, mask=clear.getchannel("A"))
            small.thumbnail((WIDTH, HEIGHT))
            yield small


def _written(image: Any) -> bytes:
    for quality in _QUALITIES:
        made = io.BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=quality)
        if made.tell() <= LARGEST:
            return made.getvalue()
    raise Unseen("too large")


def carried(content: bytes) -> Iterator[bytes]:
    """The files that an e-mail carries: the name of each, then what is in it; at most `MOST_FILES`."""
    from imap_tools.message import MailMessage

    for number, each in enumerate(MailMessage.from_bytes(content).attachments[:MOST_FILES], 1):
        if each.payload:
            yield (each.filename or f"attachment-{number}").encode("utf-8", "replace")[:1_000]
            yield each.payload


def main(source: BinaryIO, target: BinaryIO, kind: str) -> int:
    """Take apart what comes in; 0 where every piece went out."""
    content = source.read()
    pieces = carried(content) if kind == "eml" else pages(content, kind)
    target.writelines(struct.pack("!L", len(piece)) + piece for piece in pieces)
    target.flush()
    return 0


if __name__ == "__main__":
    limits = runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cleaning.py"))
    limits["confine"]()
    limits["disconnect"]()

    os.chdir("/")
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1]))
