"""Records that are kept apart: rows and facts in words."""

from collections.abc import Iterable

from django.urls import reverse

from frontdoor.matching.queries.apart import Pair
from frontdoor.shell.pages import Cell, Column, Row, link, tag, text, when
from frontdoor.shell.rules import moment

COLUMNS = ("Kept apart", "Why", "Seen by", "By", "Since", Column("Change", hidden=True))
CLOSED = "A record that few may open"


def words(pair: Pair) -> str:
    """Both records by name, as far as the reader may open them."""
    return " and ".join(label or CLOSED for label in pair.labels)


def seen_by(pair: Pair) -> str:
    """Who sees that the two are kept apart."""
    return "You alone" if pair.row.hidden else "Whoever may open both"


def rows(found: Iterable[Pair], slug: str) -> list[Row]:
    """The pairs as a table."""
    return [
        Row(
            (
                text(words(each)), text(each.row.get_ground_display(), below=each.row.why), text(seen_by(each)),
                text(each.said_by or "The service"), when(each.row.said_at), _end(each, slug),
            )
        )
        for each in found
    ]  # fmt: skip


def _end(pair: Pair, slug: str) -> Cell:
    """The way to end it, or that this was asked for."""
    if pair.row.asked_at:
        return tag("You asked to end it", "waiting")
    return link("End it", reverse("matching:apart-end", args=[slug, pair.row.key]), hidden=f": {words(pair)}")


def facts(pair: Pair) -> list[tuple[str, str]]:
    """One pair: whose, why, since when."""
    row = pair.row
    said = f"{moment(row.said_at)} by {pair.said_by or 'the service'}"
    return [
        ("Kept apart", words(pair)), ("Why", f"{row.get_ground_display()}\n{row.why}".strip()),
        ("Said", said), ("Seen by", seen_by(pair)),
    ]  # fmt: skip
