"""Files for tests, made by code: good ones of each kind, and bad ones."""

import base64
import io
import zipfile
from typing import Any

from PIL import Image

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "{more}</Types>"
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{0}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
    "<w:t>{0}</w:t></w:r></w:p>{1}</w:body></w:document>"
)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = io.BytesIO()
    image = Image.new("RGB", size, "red")
    image.putpixel((3, 4), (0, 0, 255))
    image.save(made, kind, **more)
    return made.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return made.getvalue()


def document(said: Any = "She is settled.", body: Any = "", types: Any = "", related: Any = "", **parts: Any) -> bytes:
    """A small Word document; further parts by name, with `__` for the slash."""
    link = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return archive(
        {
            "[Content_Types].xml": TYPES.format(more=types),
            "_rels/.rels": RELS.format(link),
            "word/document.xml": DOCUMENT.format(said, body),
            "word/_rels/document.xml.rels": RELS.format(related),
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )


def pdf(said: str = "She is settled.") -> bytes:
    """A PDF of one page, as its own program would write it."""
    stream = f"BT /F1 12 Tf 72 700 Td ({said}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


MAIL = (
    b"From: head@school.example.org\r\nTo: referrals@example.org\r\nSubject: Saved\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nShe came in late again.\r\n"
)

HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9j"
    "AAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAIcAAgAAAAACaQABAAAAAAAAAMYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAA"
    "ABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNg"
    "AAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZE"
    "AcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AA"
    "AAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAABVW1kYXQAAACD"
    "KAGvCeA5IyS///1Y797/jAZ//2g2cE4/rYM//6ksDf/IKvUV2VhWxy4uTAQRewSOw5axyWgvW4sWFj+SvJQPW6FY2hgPQPx0AZeoAueNvuWM"
    "E9IyI1+IbiguUT2QqhwZayfK4nn5dRLQix/g9vuQ7MIgGd5erH1ryBF3CpCFLk/7F4AAAAAGRXhpZgAATU0AKgAAAAgAAwEOAAIAAAARAAAA"
    "MgE7AAIAAAARAAAARIglAAQAAAABAAAAVgAAAAAxMy1BY2FjaWEtQXZlbnVlAAAxMy1BY2FjaWEtQXZlbnVlAAAABAABAAIAAAACTgAAAAAC"
    "AAUAAAADAAAAjAADAAIAAAACVwAAAAAEAAUAAAADAAAApAAAAAAAAAA0AAAAAQAAACIAAAABAAAAFQAAAAEAAAAAAAAAAQAAAA4AAAABAAAA"
    "HgAAAAE="
)
"""A telephone's picture, 64 by 48, blue beside red, with where and by whom it was taken (made by pillow-heif 1.8.1)."""

GOOD: dict[str, bytes] = {
    "letter.pdf": pdf(),
    "photo.jpg": picture("JPEG"),
    "drawing.png": picture("PNG"),
    "scan.tif": picture("TIFF"),
    "telephone.heic": HEIC,
    "report.docx": document(),
    "note.txt": "Ring Mum after 4 — not at home.\n".encode(),
    "saved.eml": MAIL,
}
