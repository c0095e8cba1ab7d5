"""Notices of clocks: what is left of each, whose it is, and the answer that they were seen."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.clocks.rules import Escalation, Step
from frontdoor.desk.pages.work import left, number_of
from frontdoor.desk.queries import Noticed
from frontdoor.shell.pages import Cell, Column, Row, link, press, since, tag, text, when

FORM = "notices"
"""The id of the one form to which every button of the list belongs."""

UNSEEN = ["What", "Number", "Why", "Whose", "Told", "Time left", "Council", Column("Explain"), Column("Seen")]
SEEN = ["What", "Number", "Why", "Whose", "Seen", "Time left", "Council", Column("Explain")]

_TONES = {Step.SOON: "soon", Step.PASSED: "late", Step.STAYS: "danger", Step.STILL: "waiting"}


def unseen_rows(rows: Iterable[Noticed], *, at: datetime) -> list[Row]:
    """What nobody has said was seen; one key answers for the first row, a button for each."""
    return [
        Row(
            (
                *_told(row, at),
                since(row.told.told_at, at),
                left(row.told.clock, at),
                *_end(row),
                _seen(row, first=not n),
            ),
            tone="danger" if row.told.danger else "",
            key=str(row.told.key),
        )
        for n, row in enumerate(rows)
    ]


def seen_rows(rows: Iterable[Noticed], *, at: datetime) -> list[Row]:
    """What one has seen, the last one first."""
    return [Row((*_told(row, at), when(row.told.seen_at), left(row.told.clock, at), *_end(row))) for row in rows]


def _told(row: Noticed, at: datetime) -> tuple[Cell, ...]:
    kind, step = row.told.clock.kind, row.told.step
    return (
        text(kind.title),
        number_of(row.told.clock, row.lead),
        tag(step.words, _TONES[step]),
        text(row.owner or "Nobody's", below=_why_you(row)),
    )


def _why_you(row: Noticed) -> str:
    if row.told.nobodys:
        return "nobody is there to be told"
    return "" if row.told.role is Escalation.OWNER else f"you as {row.told.role.words.lower()}"


def _end(row: Noticed) -> tuple[Cell, Cell]:
    where = {"council": row.place.slug, "key": row.told.clock.id}
    named = f"{row.told.clock.kind.title}, {row.told.clock.label}".strip(", ")
    return (
        text(row.place.name),
        link("Say why", reverse("clocks:explain", kwargs=where), hidden=f"it was missed: {named}")
        if row.explains
        else text("Explained" if row.told.clock.late_reason else None),
    )


def _seen(row: Noticed, *, first: bool) -> Cell:
    href = reverse("clocks:seen", kwargs={"council": row.place.slug, "key": row.told.key})
    named = f"{row.told.clock.kind.title}, {row.told.clock.label}".strip(", ")
    return press("Seen", href, form=FORM, name="seen", value=row.told.version, hidden=named, key="s" if first else "")
