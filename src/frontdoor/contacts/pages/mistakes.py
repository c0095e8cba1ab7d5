"""What the pages about contacts entered by mistake show."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.contacts.queries.screening import Counted, Said
from frontdoor.shell.pages import Cell, Figure, Row, link, since, tag, text, when
from frontdoor.shell.rules import duration, moment

WAITING_COLUMNS = ("Contact", "People", "Received", "Why", "Said by", "Waiting", "Second person")
AGREED_COLUMNS = ("Contact", "People", "Received", "Why", "Said by", "Agreed by", "Agreed")


def waiting_rows(found: Iterable[Said], slug: str, *, at: datetime) -> list[Row]:
    """What waits for a second person; the contacts stay in their queues meanwhile."""
    return [
        Row(
            (
                _number(each, slug), _people(each), when(each.received_at), text(each.why), text(each.asked_by_name),
                since(each.asked_at, at), text("A manager" if each.child else "A social worker"),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def agreed_rows(found: Iterable[Said], slug: str) -> list[Row]:
    """What was agreed: every one stays findable."""
    return [
        Row(
            (
                _number(each, slug), _people(each), when(each.received_at), text(each.why), text(each.asked_by_name),
                text(each.agreed_by), tag("Protection started since", "danger") if each.protected
                else when(each.agreed_at or each.asked_at),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def _number(each: Said, slug: str) -> Cell:
    return link(each.receipt, reverse("contacts:mistake-said", args=[slug, each.key]))


def _people(each: Said) -> Cell:
    return text("; ".join(each.people) or "Nobody named")


def figures(counted: Counted) -> list[Figure]:
    """How many were said, agreed and undone."""
    return [
        Figure(str(counted.said), "called a mistake in 30 days"),
        Figure(str(counted.agreed), "agreed by a second person"),
        Figure(str(counted.undone), "turned down, taken back or undone"),
    ]


def facts(said: Said, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """What whoever agrees reads first: what was told, and why it is said to be a mistake."""
    looked = "A qualified worker has looked" if said.looked else "Nobody qualified has looked yet"
    rows = [
        ("Received", f"{moment(said.received_at)}, {duration(at - said.received_at)} ago"),
        ("First look", looked),
        ("People", "\n".join(said.people) or "Nobody is named"),
        ("What we were told", said.story or "Nothing was written"),
        ("Why it is said to be a mistake", said.why),
        ("Said by", f"{said.asked_by_name}, {moment(said.asked_at)}"),
    ]
    if said.agreed_at is not None:
        rows.append(("Agreed by", f"{said.agreed_by}, {moment(said.agreed_at)}"))
    if said.ended_at is not None:
        rows.append(("No mistake", f"{said.ended_why}\n{said.ended_by}, {moment(said.ended_at)}"))
    return tuple(rows)
