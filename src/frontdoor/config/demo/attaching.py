"""Files that came with invented arrivals or were added to them: made here, so that no picture of anybody is shipped.

The demonstration has no scanner, so they are held and say so; one is released by a manager.
"""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import typst
from PIL import Image, ImageDraw

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, Actor
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.actions.attachments import attach
from frontdoor.contacts.models import Contact
from frontdoor.files import actions
from frontdoor.files.models import File

Acting = Callable[..., AbstractContextManager[Actor]]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an arrival.

    :param came_with: it came with the online form; else a contact officer adds it later
    :param released: why a manager lets it be opened; empty where nobody does
    """

    name: str
    make: Callable[[], bytes]
    came_with: bool = True
    released: str = ""


def _picture(words: str) -> Image.Image:
    made = Image.new("RGB", (900, 600), "#d8cfc0")
    drawn = ImageDraw.Draw(made)
    drawn.rectangle((60, 60, 840, 480), fill="#8d8577", outline="#5b554b", width=6)
    drawn.ellipse((380, 200, 470, 280), outline="#6a2f4a", width=10)
    drawn.text((60, 520), f"Invented picture: {words}", fill="#1b1b1b", font_size=30)
    return made


def _photograph() -> bytes:
    """A photograph as a telephone leaves it: with the place and the time beside the picture."""
    beside, made = Image.Exif(), io.BytesIO()
    beside[0x0110], beside[0x0132] = "Invented telephone", "2026:03:30 09:12:00"
    beside[0x8825] = {1: "N", 2: (52.0, 34.0, 21.0), 3: "W", 4: (0.0, 14.0, 30.0)}
    _picture("a kitchen with one mattress").save(made, "JPEG", exif=beside.tobytes(), quality=80)
    return made.getvalue()


def _drawing() -> bytes:
    made = io.BytesIO()
    _picture("where the mark is").save(made, "PNG")
    return made.getvalue()


_LETTER = """
#set document(title: "Note of the school nurse", author: "Invented author")
#set page(paper: "a5")
= Note of the school nurse
Burn on the back of the left hand, about the size of a ten pence, pink, not weeping. He says: toaster, on Sunday.
Cream given. Mother telephoned and says the same.
"""


def _letter() -> bytes:
    made: bytes = typst.compile(_LETTER.encode())
    return made


FILES: dict[str, Attached] = {
    "A063": Attached("IMG_2231.jpg", _photograph),
    "A032": Attached("body map.png", _drawing),
    "A043": Attached(
        "school nurse.pdf", _letter, came_with=False,
        released="I rang the school: they sent it this morning, and we need it for the talk at two.",
    ),
}  # fmt: skip
"""By the arrival that each belongs to."""


def begin(arrival: str, contact: Contact, agenda: Agenda, acting: Acting, at: datetime) -> None:
    """Let a file come with its arrival, or plan that somebody adds it."""
    if (file := FILES.get(arrival)) is None:
        return
    if file.came_with:
        with acting_for(contact.authority_id, by=PUBLIC) as by:
            subject = ("contacts.submission", contact.submission_id)
            actions.keep(io.BytesIO(file.make()), name=file.name, subject=subject, by=by, at=at)
        return
    agenda.plan(at_the_desk(at + timedelta(minutes=40)), partial(_add, file, contact, agenda, acting))


def _add(file: Attached, contact: Contact, agenda: Agenda, acting: Acting, at: datetime) -> None:
    with acting(Role.CONTACT_OFFICER, at) as by:
        kept = attach(contact.key, content=io.BytesIO(file.make()), name=file.name, by=by, at=at)
    if file.released:
        agenda.plan(at_the_desk(at + timedelta(minutes=20)), partial(_release, file, kept.pk, acting))


def _release(file: Attached, key: Any, acting: Acting, at: datetime) -> None:
    with acting(Role.TEAM_MANAGER, at) as by:
        seen = File.objects.values_list("version", flat=True).get(pk=key)
        actions.release(key, seen=seen, why=file.released, by=by, at=at)
