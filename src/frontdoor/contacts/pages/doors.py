"""What the pages about reports that may not be genuine show."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.contacts.queries.doors import Doubted
from frontdoor.shell.forms import Choice
from frontdoor.shell.pages import Cell, Row, clock, reference, since, tag, text
from frontdoor.shell.rules import duration, moment

COLUMNS = ("Contact", "Why somebody should look", "People", "Danger", "Received", "Decision due", "Where it stands")


def rows(found: Iterable[Doubted], slug: str, *, at: datetime) -> list[Row]:
    """What waits to be settled; each is in the queue and its clocks run."""
    return [
        Row(
            (
                reference(each.receipt, reverse("contacts:doubt", args=[slug, each.key])),
                text("; ".join(each.reasons)), text("; ".join(each.people) or "Nobody named"), text(each.danger),
                since(each.received_at, at), clock(each.due_at, at), _stands(each),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def offered(found: Iterable[Doubted], *, agreeing: bool = False) -> list[tuple[str, Choice]]:
    """Reports to be settled together: each with every word of it, under a box of its own.

    :param agreeing: as the second person, of what was said of each
    """
    return [
        (
            f"{each.asked}:{each.mistake_version}" if agreeing else f"{each.key}:{each.version}",
            Choice(each.receipt, hint="\n".join(filter(None, ("; ".join(each.people), each.story or "No words")))),
        )
        for each in found
    ]


def _stands(each: Doubted) -> Cell:
    if each.asked:
        return tag("A second person is asked", "waiting")
    return tag("Was kept as a contact", "soon") if each.answer else tag("Nobody has said yet", "plain")


def facts(each: Doubted, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """What whoever settles it reads first."""
    found = [
        ("Why somebody should look", "\n".join(each.reasons)),
        ("Received", f"{moment(each.received_at)}, {duration(at - each.received_at)} ago"),
        ("First look", "A qualified worker has looked" if each.looked else "Nobody qualified has looked yet"),
        ("Is a child in danger, as it was told", each.danger),
        ("People", "\n".join(each.people) or "Nobody is named"),
        ("What we were told", each.story or "Nothing was written"),
    ]
    if each.answered_at is not None:
        found.append((each.answer, f"{each.why}\n{each.answered_by}, {moment(each.answered_at)}".strip()))
    return tuple(found)
