"""Early help as a table: what is late stands first; and who may take families on."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from frontdoor.earlyhelp.pages.contact import TONES
from frontdoor.earlyhelp.queries.lists import Listed, Taker
from frontdoor.shell.pages import Row, clock, link, reference, tag, text, when

COLUMNS = ("Family", "Children", "Stands", "With", "Due first", "Time left")
_NONE: Mapping[int, str] = {}
TAKERS = ("Who", "What they do", "Room now", "Has", "Offered", "To do", "Off the list")


def rows(
    found: Iterable[Listed], slugs: Mapping[int, tuple[str, str]], *, at: datetime, marks: Mapping[int, str] = _NONE
) -> list[Row]:
    """Families as a table.

    :param slugs: slug and name of each council by its number
    :param marks: what a room above says beside a family, by its number
    """
    return [_row(each, *slugs[each.authority], mark=marks.get(each.id, ""), at=at) for each in found]


def _row(each: Listed, slug: str, council: str, *, mark: str, at: datetime) -> Row:
    late = each.settled_at is None and each.first is not None and each.due_at < at
    stands = tag("Agreement has run out", "late") if each.lapsed else tag(each.state.words, TONES[each.state])
    return Row(
        (
            reference(each.reference, reverse("earlyhelp:episode", args=[slug, each.key]), below=council),
            text(", ".join(each.children) or "No child named", below=mark), stands,
            text(each.holder or "Nobody", below=each.with_whom),
            text(each.first.kind.title if each.first else None),
            when(each.settled_at) if each.settled_at else clock(each.due_at, at) if each.first else text(None),
        ),
        tone="late" if late else "",
    )  # fmt: skip


def taker_rows(found: Iterable[Taker], slug: str) -> list[Row]:
    """Who may take families on, as a table."""
    return [_taker(each, slug) for each in found]


def _taker(each: Taker, slug: str) -> Row:
    row = each.provider
    room = "Not said" if row.places is None else f"{row.places} more"
    said = f"{row.said_by}, {row.said_at:%d.%m.%Y}" if row.said_at else ""
    href = reverse("earlyhelp:places", args=[slug, row.key])
    return Row(
        (
            text(row.name, below=row.get_kind_display()), text(row.what or None, below=row.phone),
            text(room, below=f"{row.said} {said}".strip()), text(str(each.has)), text(str(each.asked)),
            text("Takes nobody on any more") if row.ended_at else link("Write down their room", href, hidden=row.name),
            text(None)
            if row.ended_at
            else link("Take them off", reverse("earlyhelp:end-provider", args=[slug, row.key]), hidden=row.name),
        )
    )  # fmt: skip
