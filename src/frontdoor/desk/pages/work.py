"""My work, the queue, the board and search: rows and figures for the desk's pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import Place
from frontdoor.clocks.queries import MOST_COUNTED, KindOnBoard, Shown
from frontdoor.contacts.models import Matter
from frontdoor.contacts.queries.figures import Figures
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.desk.queries import Found, Lead, Work
from frontdoor.directions.queries import Directed
from frontdoor.handovers.queries import Given
from frontdoor.handovers.queries import Waiting as InInbox
from frontdoor.shell.pages import Cell, Figure, Row, clock, link, reference, since, tag, text, when

QUEUE = ["Number", "Children", "Danger", "Looked at", "Waiting", "Time left", "With", "Council"]
CLOCKS = ["What", "Number", "Since", "Time left"]
DIRECTIONS = ["What", "Who", "Due", "Drift", "Council"]
SLIPS = ["What", "To", "Sent", "Time left", "Council"]
INBOX = ["What", "From", "Waiting", "Time left", "Council"]
DECISIONS = ["Child", "Number", "Waiting", "Time left", "Council"]
FOUND = ["Number", "People", "Came", "Now", "Council"]


def figures(work: Sequence[Work]) -> list[Figure]:
    """Six figures of this moment over all councils reached."""
    total = sum((each.figures for each in work), Figures())
    not_accepted, not_told = sum(each.not_accepted for each in work), sum(each.not_told for each in work)
    queue, board = reverse("desk:queue"), reverse("desk:board")
    return [
        Figure(str(total.came_today), "came since yesterday evening", note=_mistaken(total), href=queue),
        _loud(total.unseen, "nobody has looked at", queue, "danger"),
        _loud(total.danger, "with danger", queue, "danger"),
        _loud(total.late, "past their decision time", board, "late"),
        _loud(not_accepted, "handed over, not yet accepted", board, "soon"),
        _loud(not_told, "people not told in time", board, "late"),
    ]


def _mistaken(total: Figures) -> str:
    return f"{total.mistaken} of them entered by mistake" if total.mistaken else ""


def _loud(number: int, label: str, href: str, tone: str) -> Figure:
    return Figure(str(number), label, href=href, tone=tone if number else "ok")


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
    names = "; ".join(f"{child.label} ({child.age(at.date())})" for child in row.children) or "No child named"
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
    return {0: tag("Danger", "danger"), 1: tag("Cannot tell", "soon")}.get(row.danger_rank, text("None known"))


def direction_rows(rows: Iterable[Directed], place: Place, *, at: datetime) -> list[Row]:
    """Actions to do, or that have come back on their day."""
    return [
        Row(
            (
                link(row.what, reverse("directions:detail", kwargs={"council": place.slug, "key": row.key})),
                text(row.owner),
                clock(row.due_at, at) if row.done_at is None else text("Done"),
                text(row.drift),
                text(place.name),
            ),
            tone="late" if row.drifts else "",
        )
        for row in rows
    ]


def slip_rows(rows: Iterable[Given], place: Place, *, at: datetime) -> list[Row]:
    """What I handed over and nobody has accepted: still mine."""
    return [
        Row(
            (
                link(row.summary, reverse("handovers:detail", kwargs={"council": place.slug, "key": row.key}))
                if row.key
                else text(row.summary),
                text(row.receiver), since(row.sent_at, at), clock(row.due_at, at), text(place.name),
            )
        )
        for row in rows
    ]  # fmt: skip


def inbox_rows(rows: Iterable[InInbox], place: Place, *, at: datetime) -> list[Row]:
    """What waits for my team to accept."""
    return [
        Row(
            (
                link(
                    row.summary,
                    reverse(
                        "handovers:copy" if row.copy else "handovers:detail",
                        kwargs={"council": place.slug, "key": row.key},
                    ),
                ),
                text(row.giver), since(row.sent_at, at), clock(row.due_at, at), text(place.name),
            ),
            tone="danger" if row.urgent else "",
        )
        for row in rows
    ]  # fmt: skip


def decision_rows(rows: Iterable[Matter], place: Place, *, at: datetime) -> list[Row]:
    """Recommendations that wait for a manager."""
    return [
        Row(
            (
                text(row.child.label if row.child else "No child named"),
                reference(
                    row.contact.receipt or "Open",
                    reverse("contacts:decide", kwargs={"council": place.slug, "key": row.key}),
                ),
                since(row.contact.received_at, at), clock(row.contact.due_at, at), text(place.name),
            ),
            tone="danger" if row.contact.danger_rank == 0 else "",
        )
        for row in rows
    ]  # fmt: skip


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


def found_rows(rows: Iterable[Found]) -> list[Row]:
    """What a search found."""
    return [
        Row(
            (
                reference(row.receipt, reverse("contacts:detail", kwargs={"council": row.place.slug, "key": row.key})),
                text("; ".join(row.people)), when(row.received_at), text(row.state), text(row.place.name),
            )
        )
        for row in rows
    ]  # fmt: skip
