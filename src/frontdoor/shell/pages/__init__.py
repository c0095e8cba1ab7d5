"""What pages are given: the Jinja environment, the frame around each page, cells of tables, pictures."""

from frontdoor.shell.pages.around import around
from frontdoor.shell.pages.cells import (
    Cell,
    Column,
    Row,
    clock,
    link,
    number,
    person,
    press,
    reference,
    since,
    tag,
    text,
    when,
)
from frontdoor.shell.pages.cursor import Paging, paging, seal, unseal
from frontdoor.shell.pages.engine import COMPONENTS, environment
from frontdoor.shell.pages.frame import Frame, Item, Notice, Person, Place, Reading, Session, SpeakTo, Telephone
from frontdoor.shell.pages.journey import Picture, Step, Wait, journey
from frontdoor.shell.pages.parts import Action, Event, Figure, Glance, Link, Piece, Sheets, Version

__all__ = [
    "COMPONENTS",
    "Action",
    "Cell",
    "Column",
    "Event",
    "Figure",
    "Frame",
    "Glance",
    "Item",
    "Link",
    "Notice",
    "Paging",
    "Person",
    "Picture",
    "Piece",
    "Place",
    "Reading",
    "Row",
    "Session",
    "Sheets",
    "SpeakTo",
    "Step",
    "Telephone",
    "Version",
    "Wait",
    "around",
    "clock",
    "environment",
    "journey",
    "link",
    "number",
    "paging",
    "person",
    "press",
    "reference",
    "seal",
    "since",
    "tag",
    "text",
    "unseal",
    "when",
]
