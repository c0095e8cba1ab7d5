"""The page of one contact, and the compartment of who told us."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.forms.attachments import AttachForm
from frontdoor.contacts.pages import beside, clocks, correspondence, course, family, glance, people
from frontdoor.contacts.pages import record as pages
from frontdoor.contacts.pages.attachments import CAME, empty
from frontdoor.contacts.queries import people as known_queries
from frontdoor.contacts.queries import record as queries
from frontdoor.contacts.queries.attachments import attached, came_on_paper
from frontdoor.contacts.queries.correspondence import written
from frontdoor.contacts.queries.doors import doubt_of
from frontdoor.contacts.queries.duties import Owed, owed
from frontdoor.contacts.queries.screening import mistake_of
from frontdoor.contacts.rules import beyond
from frontdoor.files.pages import COLUMNS, files_table
from frontdoor.shell.rules import london

Gives = Callable[..., pages.Panel | None]


def _ways(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Each child's recommendation and decision, the slips and directions that came of it."""
    shows = course.Ways(course.ways(opened, slug, by=by, at=at), len(opened.course.masked))
    return pages.Panel("contacts/record_ways.html", shows) if shows.children or shows.masked else None


def _letters(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """What the person who told us was sent, for those who may read letters."""
    found = course.letter_rows(opened, slug, at=at)
    return pages.Panel("contacts/record_letters.html", (course.LETTER_COLUMNS, found)) if found else None


def _clocks(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Every clock that ran or runs, why one was missed, and the few that a manager may let stand still."""
    shows = clocks.panel(opened.clocks, slug, names=opened.names, teams=opened.teams, by=by, at=at)
    return pages.Panel("contacts/record_clocks.html", shows) if shows.rows else None


def _mistake(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """That it was entered by mistake, or that somebody says so."""
    said = mistake_of(opened.contact, by=by)
    return pages.Panel("contacts/record_mistake.html", said) if said else None


def _written(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """The letter or e-mail that it came as, and what came later about it."""
    found = written(opened.contact, by=by)
    opens, takes = by.may(Permission.REFERRER_READ), by.may(Permission.CONTACT_TAKE)
    if found is None:
        return None
    return pages.Panel("contacts/record_written.html", correspondence.panel(found, slug, opens=opens, takes=takes))


def _complaint(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """That it is answered as a complaint too, and under which number, to those who take complaints."""
    contact = opened.contact
    if contact.sub_type not in beyond.COMPLAINT_KINDS or not by.may(Permission.COMPLAINT_TAKE):
        return None
    number = beyond.complaints().number(contact.key, by=by)
    return pages.Panel("contacts/record_complaint.html", (contact.sub_type, number))


def _beside(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Records of other councils about the same incident: where, under which number, in which state, whom to call."""
    shows = beside.panel(opened.contact, slug, by=by, at=at)
    return pages.Panel("contacts/record_beside.html", shows) if shows else None


@dataclass(frozen=True, slots=True)
class _Duties:
    key: UUID
    owed: list[Owed]
    may: bool


def _duties(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """What the law wants done within a time for a contact of this kind."""
    found = owed(opened.contact, by=by)
    shows = _Duties(opened.contact.key, found, by.may(Permission.CONTACT_TAKE))
    return pages.Panel("contacts/record_duties.html", shows) if found else None


def _doubt(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """That it came from the public pages and may not be genuine, to those who say whether it is."""
    if opened.contact.channel != "web" or not by.may(Permission.CONTACT_SCREEN):
        return None
    found = doubt_of(opened.contact, by=by)
    return pages.Panel("contacts/record_doubt.html", found) if found else None


def _family(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Who of the family was told what, how people may be reached, and calls from parents."""
    shows = family.panel(opened, slug, by=by, at=at)
    return pages.Panel("contacts/record_families.html", shows)


def _files(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """What came with it or was added to it, and adding one."""
    rows, adds = attached(opened.contact, by=by), by.may(Permission.CONTACT_TAKE)
    if not rows and not adds:
        return None
    table, words = files_table(rows, slug, came=CAME), empty(on_paper=came_on_paper(opened.contact, by=by))
    return pages.Panel("contacts/record_files.html", (COLUMNS, table, AttachForm() if adds else None, words))


def _known(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Who its people are: confirmed, or likely and not confirmed, each with what came before."""
    if not opened.people or not by.may(Permission.PERSON_READ):
        return None
    lines = people.shown(opened.known, slug, on=london(at).date())
    return pages.Panel(
        "contacts/record_known.html", people.Panel(opened.contact.key, lines, people.banner(opened.known))
    )


def _restricted(opened: queries.Opened, slug: str, *, by: Actor, at: datetime) -> pages.Panel | None:
    """Whom to call, where somebody who is named may have a record that few may open."""
    lines = known_queries.calls(opened.known, by=by, at=at)
    return pages.Panel("contacts/record_restricted.html", lines) if lines else None


PANELS: tuple[Gives, ...] = (
    _restricted,
    _beside,
    _known,
    _complaint,
    _doubt,
    _mistake,
    _duties,
    _written,
    _files,
    _ways,
    _family,
    _letters,
    _clocks,
)
"""Parts of the page that other parts of this room, and rooms below, give: each gets what was opened."""


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def detail(request: Any, key: UUID) -> HttpResponse:
    """Everything about one contact."""
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_contact(key, by=by, at=at)
    above = (gives(opened.contact, slug, by=by, at=at) for gives in beyond.PARTS)
    given = (
        *(pages.Panel(*part) for part in above if part is not None),
        *(panel for gives in PANELS if (panel := gives(opened, slug, by=by, at=at)) is not None),
    )
    page = pages.record(opened, slug, by=by, at=at, panels=given)
    columns = {
        "clock_columns": pages.CLOCK_COLUMNS, "must_columns": glance.MUST_COLUMNS,
        "family_columns": course.FAMILY_COLUMNS,
    }  # fmt: skip
    return render(request, "contacts/record.html", {"page": page} | columns)


@address(Kind.COUNCIL, Permission.REFERRER_READ)
@require_POST
def referrer(request: Any, key: UUID) -> HttpResponse:
    """Who told us, after an explicit click."""
    teller = queries.open_referrer(key, by=request.actor, at=request.at)
    return render(request, "contacts/record_referrer.html", {"teller": teller, "key": key})
