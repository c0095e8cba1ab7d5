"""Missed deadlines: whose they are, and why they were missed."""

from datetime import datetime

from django.urls import reverse

from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import LATE_REASONS
from frontdoor.desk.pages.work import number_of
from frontdoor.desk.queries import Missed
from frontdoor.shell.pages import Row, link, since, tag, text, when

UNEXPLAINED = ["What", "Number", "Whose", "Began", "Was due", "Now"]
EXPLAINED = ["What", "Number", "Why it was missed", "Said by", "When", "Was due"]

_REASONS = {reason.code: reason.words for reason in LATE_REASONS}


def unexplained_rows(found: Missed, *, at: datetime) -> list[Row]:
    """Those that nobody has explained; each leads to where that is done."""
    return [
        Row(
            (
                link(row.kind.title, _explain(found, row), hidden=f"{row.label}: say why"),
                number_of(row, found.leads.get(row.id)),
                text(found.names.get(row.owner_id or 0) or found.teams.get(row.team_id or 0) or "Nobody's"),
                since(row.started_at, at),
                when(row.reading.due_at),
                tag("Done late", "done") if row.stopped_at else tag("Still not done", "late"),
            )
        )
        for row in found.unexplained
    ]


def explained_rows(found: Missed, *, at: datetime) -> list[Row]:
    """Those that somebody has explained, the last one first."""
    return [
        Row(
            (
                text(row.kind.title),
                number_of(row, found.leads.get(row.id)),
                text(_REASONS.get(row.late_reason, row.late_reason), below=row.late_note),
                text(found.names.get(row.explainer or 0) or "Somebody who has left"),
                when(row.explained_at),
                when(row.reading.due_at),
            )
        )
        for row in found.explained
    ]


def _explain(found: Missed, row: Shown) -> str:
    return reverse("clocks:explain", kwargs={"council": found.place.slug, "key": row.id})
