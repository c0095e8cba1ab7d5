"""My work, the queue and the board: rows and figures for the desk's pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import Place
from frontdoor.clocks.queries import MOST_COUNTED, KindOnBoard, Shown
from frontdoor.contacts.queries.figures import Figures, Listed
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.desk.queries import Counted, Lead, Work
from frontdoor.shell.pages import Cell, Figure, Row, clock, reference, since, tag, text

QUEUE = ["Number", "Children", "Danger", "Looked at", "Waiting", "Time left", "With", "Council"]
CLOCKS = ["What", "Number", "Since", "Time left"]
COUNTED_CONTACTS = ["Number", "Children", "Danger", "Where it stands", "Waiting", "Time left", "Council"]
COUNTED_CLOCKS = ["Number", "What", "Since", "Time left", "Council"]
DANGER = {
    0: ("Danger", "danger"),
    1: ("Cannot tell", "soon"),
    2: ("None known", "plain"),
    3: ("Perhaps not genuine", "plain"),
}
FIGURES = {
    "came": "came since yesterday evening",
    "unseen": "nobody has looked at",
    "danger": "with danger, not decided",
    "late": "past their decision time",
    "handed-over": "handed over, not yet accepted",
    "not-told": "people not told in time",
}
"""The six figures of 8:45 in the morning, in the order in which they are read."""


def figures(work: Sequence[Work]) -> list[Figure]:
    """Six figures of this moment over all councils reached, each leading to the rows that it counts.

    Empty for those who may see no council's figures.
    """
    seen = [each for each in work if each.figures is not None]
    if not seen:
        return []
    total = sum((each.figures for each in seen if each.figures), Figures())
    numbers = {
        "came": total.came_today, "unseen": total.unseen, "danger": total.danger, "late": total.late,
        "handed-over": sum(each.not_accepted for each in seen), "not-told": sum(each.not_told for each in seen),
    }  # fmt: skip
    tones = {"came": "plain", "handed-over": "soon", "late": "late", "not-told": "late"}
    return [
        Figure(
            str(number), FIGURES[name], note=_mistaken(total) if name == "came" else "",
            href=reverse("desk:figure", args=[name]), tone=tones.get(name, "danger") if number else "ok",
        )
        for name, number in numbers.items()
    ]  # fmt: skip


def _mistaken(total: Figures) -> str:
    return f"{total.mistaken} of them entered by mistake" if total.mistaken else ""


def unseen_words(number: int) -> str:
    """How many notices wait to be seen; empty when none does."""
    if number >= MOST_COUNTED:
        return f"{MOST_COUNTED} notices or more that you have not seen"
    return f"{number} notice{'s' if number > 1 else ''} that you have not seen" if number else ""


def queue_rows(rows: Iterable[Waiting], places: Sequence[Place], *, at: datetime) -> list[Row]:
    """The merged queue: true age beside time left, and "nobody has looked" apart from "on time"."""
    by_id = {place.id: (place, _record(place)) for place in places}
    return [_queue_row(row, *by_id[row.authority_id], at) for row in rows]


_ANY = UUID(int=0)


def _record(place: Place) -> str:
    """Where the records of a council's contacts are, looked up once for a list: `_ANY` stands for the key."""
    return reverse("contacts:detail", kwargs={"council": place.slug, "key": _ANY})


def _queue_row(row: Waiting, place: Place, record: str, at: datetime) -> Row:
    names = row.named(at.date())
    href = record.replace(str(_ANY), str(row.key))
    return Row(
        (
            reference(row.receipt or "Open", href, hidden=names),
            text(names),
            _danger(row),
            text("Yes") if row.looked else tag("Nobody has looked", "danger"),
            since(row.received_at, at),
            clock(row.due_at, at),
            text(row.holder_name or "Nobody"),
            text(place.name),
        ),
        tone="danger" if row.danger_rank == 0 else "",
    )


def _danger(row: Waiting) -> Cell:
    if row.flagged_at is not None and row.danger_rank == 0:
        return tag("Danger or red flag", "danger")
    words, tone = DANGER[row.danger_rank]
    return text(words) if tone == "plain" else tag(words, tone)


def counted_rows(found: Counted, places: Sequence[Place], *, at: datetime) -> list[Row]:
    """The rows that a figure counts."""
    by_id = {place.id: (place, _record(place)) for place in places}
    rows = [_counted_row(row, *by_id[row.authority_id], at) for row in found.contacts]
    return rows + [
        Row(
            (
                number_of(row, found.leads.get(row.id)), text(row.kind.title), since(row.started_at, at), left(row, at),
                text(by_id[row.authority_id][0].name),
            ),
            tone="late" if row.reading.due_at < at else "",
        )
        for row in found.clocks
    ]  # fmt: skip


def _counted_row(row: Listed, place: Place, record: str, at: datetime) -> Row:
    names = "; ".join(row.children) or "No child named"
    return Row(
        (
            reference(row.receipt or "Open", record.replace(str(_ANY), str(row.key)), hidden=names),
            text(names),
            tag(*DANGER[row.danger_rank]),
            text(row.state) if row.looked else tag("Nobody has looked", "danger"),
            since(row.received_at, at),
            text("Decided") if row.decided else clock(row.due_at, at),
            text(place.name),
        ),
        tone="danger" if row.danger_rank == 0 else "",
    )


def kind_rows(kind: KindOnBoard, leads: Mapping[UUID, Lead], *, at: datetime) -> list[Row]:
    """The first clocks of one kind, breaches on top; each leads to what it is about, where the reader may open it."""
    return [
        Row((text(kind.kind.title), number_of(row, leads.get(row.id)), since(row.started_at, at), left(row, at)))
        for row in kind.rows
    ]


def number_of(row: Shown, lead: Lead | None) -> Cell:
    """The number or name by which a clock's matter is known; it leads there, where the reader may open it."""
    if lead is None:
        return text(row.label or "–")
    known = row.label or lead.number
    return reference(known or "Open", lead.href, hidden="" if known else row.kind.title.lower())


def left(row: Shown, at: datetime) -> Cell:
    """What is left of a clock, or how late it is; of a stopped one, how it ended."""
    if row.reading.state.stopped:
        return tag(row.reading.state.words, "late" if row.outcome == "late" else "done")
    soon = max(row.reading.due_at - row.reading.half_at, timedelta())
    return clock(row.reading.due_at, at, soon=soon, paused=row.paused_for)
