"""Notices of clocks: what is left of each, whose it is, and the answer that they were seen."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.clocks.rules import Escalation, Step
from frontdoor.desk.pages.work import left, number_of
from frontdoor.desk.queries import Noticed
from frontdoor.shell.pages import Cell, Row, link, press, since, tag, text, when

FORM = "notices"
"""The id of the one form to which every button of the list belongs."""

UNSEEN = ["What", "Answer", "Number", "Why", "Whose", "Told", "Time left", "Council", "Explain"]
SEEN = ["What", "Seen", "Number", "Why", "Whose", "Time left", "Council", "Explain"]
"""What answers a notice stands beside what it is about, so that a narrow screen shows both."""

_TONES = {Step.BEGUN: "waiting", Step.SOON: "soon", Step.PASSED: "late", Step.STAYS: "danger", Step.STILL: "waiting"}


def unseen_rows(rows: Iterable[Noticed], *, at: datetime) -> list[Row]:
    """What nobody has said was seen; one key answers for the first row, a button for each."""
    return [
        Row(
            (
                text(row.told.clock.kind.title),
                _seen(row, first=not n),
                *_told(row),
                since(row.told.told_at, at),
                *_now(row, at),
            ),
            tone="danger" if row.told.danger else "",
            key=str(row.told.key),
        )
        for n, row in enumerate(rows)
    ]


def seen_rows(rows: Iterable[Noticed], *, at: datetime) -> list[Row]:
    """What one has seen, the last one first."""
    return [Row((text(row.told.clock.kind.title), when(row.told.seen_at), *_told(row), *_now(row, at))) for row in rows]


def _told(row: Noticed) -> tuple[Cell, ...]:
    step = row.told.step
    return (
        number_of(row.told.clock, row.lead),
        tag(step.words, _TONES[step]),
        text(row.owner or "Nobody's", below=_why_you(row)),
    )


def _named(row: Noticed) -> str:
    return f"{row.told.clock.kind.title}, {row.told.clock.label}".strip(", ")


def _why_you(row: Noticed) -> str:
    if row.told.nobodys:
        return "nobody is there to be told"
    return "" if row.told.role is Escalation.OWNER else f"you as {row.told.role.words.lower()}"


def _now(row: Noticed, at: datetime) -> tuple[Cell, ...]:
    where = {"council": row.place.slug, "key": row.told.clock.id}
    return (
        left(row.told.clock, at),
        text(row.place.name),
        link("Say why", reverse("clocks:explain", kwargs=where), hidden=f"it was missed: {_named(row)}")
        if row.explains
        else text("Explained" if row.told.clock.late_reason else None),
    )


def _seen(row: Noticed, *, first: bool) -> Cell:
    href = reverse("clocks:seen", kwargs={"council": row.place.slug, "key": row.told.key})
    return press(
        "Seen", href, form=FORM, name="seen", value=row.told.version, hidden=_named(row), key="s" if first else ""
    )
