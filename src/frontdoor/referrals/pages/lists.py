"""A list of referrals as a table: what is late stands first."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from frontdoor.referrals.pages.contact import TONES
from frontdoor.referrals.queries.lists import Listed
from frontdoor.referrals.rules.judging import Counts
from frontdoor.shell.pages import Cell, Row, clock, link, tag, text, when

COLUMNS = ("Child", "What", "Stands", "With", "Sent", "Child seen", "Due first", "Time left")


def rows(found: Iterable[Listed], slugs: Mapping[int, tuple[str, str]], *, at: datetime) -> list[Row]:
    """Referrals as a table.

    :param slugs: slug and name of each council by its number
    """
    return [_row(each, *slugs[each.authority], at=at) for each in found]


def _row(each: Listed, slug: str, council: str, *, at: datetime) -> Row:
    late = each.settled_at is None and each.first is not None and each.due_at < at
    return Row(
        (
            link(each.child, reverse("referrals:referral", args=[slug, each.key]), below=f"{each.label}, {council}"),
            _what(each), tag(each.state.words, TONES[each.state]), text(each.worker or "Nobody", below=each.team),
            when(each.began_at), _seen(each),
            text(each.first.kind.title if each.first else None),
            when(each.settled_at) if each.settled_at else clock(each.first.reading.due_at, at)
            if each.first else text(None),
        ),
        tone="late" if late else "",
    )  # fmt: skip


def _what(each: Listed) -> Cell:
    counts = Counts(each.counts).words
    if each.section47:
        return text("Section 47", below=counts)
    return text("Urgent" if each.urgent else counts, below=counts if each.urgent else "")


def _seen(each: Listed) -> Cell:
    if each.unseen:
        return tag("Not seen since this was sent" if each.seen_at else "Not seen", "late" if each.urgent else "soon")
    if each.seen_at is None:
        return text(None)
    return text("Seen alone" if each.alone_at else "Seen, not alone")
