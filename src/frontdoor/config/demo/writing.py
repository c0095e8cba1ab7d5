"""Invented e-mails, letters and other councils' reports, through their own doors: the paper first, the form after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from io import BytesIO

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MAILBOX, Actor
from frontdoor.clocks.rules import to_london
from frontdoor.codes import rules as codes
from frontdoor.config.scenarios import Arrival
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.intake import Report
from frontdoor.contacts.rules.telephone import Told

WRITTEN = frozenset({"email", "letter", "other_authority"})
"""Channels whose originals are kept, and put into the form by a contact officer."""

Opens = Callable[[], Actor]


def take_in(arrival: Arrival, given: Report, *, council: int, officer: Actor, sort: bool = True) -> Contact:
    """Take in what somebody wrote, at its own time, and put it into the form.

    :param sort: whether somebody has put it into the form already; if not, it waits for whoever looks at the
        demonstration
    """
    at = arrival.entered_at or arrival.arrives_at
    if arrival.channel == "email":
        with acting_for(council, by=MAILBOX) as by:
            key = actions.take_in_message(message(arrival), reached_at=arrival.arrives_at, by=by, at=at).contact
    with acting_for(council, by=officer) as by:
        if arrival.channel != "email":
            key = _paper(arrival, by=by, at=at).key
        if sort:
            told = Told(given, tuple(council for _ in given.people), tuple(range(len(given.people))))
            actions.sort(key, seen=1, told=told, by=by, at=at)
        return Contact.objects.get(key=key)


def message(arrival: Arrival) -> bytes:
    """The e-mail of an arrival as its sender's machine would have sent it."""
    told = arrival.referrer
    mail = EmailMessage()
    mail["From"] = formataddr((told.name or "", told.email or "undisclosed@example.com"))
    mail["To"] = "front.door@example.org"
    mail["Subject"] = _subject(arrival)
    mail["Date"] = format_datetime(to_london(arrival.arrives_at - timedelta(minutes=1)))
    mail["Message-ID"] = f"<{arrival.id}@invented.example.org>"
    mail.set_content(arrival.narrative)
    return mail.as_bytes()


def _subject(arrival: Arrival) -> str:
    """Its first words, as people fill that line."""
    return " ".join(arrival.narrative.split()[:6]).rstrip(".,;:")


def _paper(arrival: Arrival, *, by: Actor, at: datetime) -> Contact:
    came = to_london(arrival.arrives_at)
    paper = actions.Paper(
        reached_on=came.date(), reached_clock=came.time(), reached_whom="Post room", written_on=came.date() - DAY,
        about=_subject(arrival), scan=(("letter.pdf", BytesIO(scanned(arrival.narrative))),), token=arrival.id,
    )  # fmt: skip
    if arrival.channel == "letter":
        return actions.take_in_letter(paper, by=by, at=at).contact
    told = arrival.referrer
    council = actions.Council(
        _council(told.agency or ""), reference=f"{arrival.id}/1", name=told.name or "", phone=told.phone or "",
        email=told.email or "",
    )  # fmt: skip
    return actions.take_in_from_council(paper, council, by=by, at=at).contact


DAY = timedelta(days=1)


def _council(agency: str) -> str:
    """The number of the council that an agency's name begins with."""
    named = [row for row in codes.AUTHORITIES if agency.startswith(row.label)]
    return max(named, key=lambda row: len(row.label)).code


def scanned(words: str) -> bytes:
    """A page with a letter's words, as the post room's scanner would leave it: one PDF, letters of Western Europe."""
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > 88:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    drawn = "BT /F 10 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    text = drawn.encode("cp1252", "replace")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
    )
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end
