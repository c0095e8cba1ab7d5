"""The clocks of a contact on its page: what each waits for, how it ended, why one was missed, what may be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import LATE_REASONS, explained_with
from frontdoor.shell.pages import Cell, Row, clock, link, tag, text, when
from frontdoor.shell.rules import moment

COLUMNS = ("Clock", "With", "Was or is due", "Now", "Why late, or why paused", "To do")

_REASONS = {reason.code: reason.words for reason in LATE_REASONS}


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the panel shows."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = COLUMNS


def panel(
    clocks: Iterable[Shown], slug: str, *, names: Mapping[int, str], teams: Mapping[int, str], by: Actor, at: datetime
) -> Clocks:
    """Every clock of a contact that ran or runs, in the order in which they began; a miss with its explanation."""
    return Clocks(tuple(_row(each, slug, names, teams, by=by, at=at) for each in clocks))


def _row(each: Shown, slug: str, names: Mapping[int, str], teams: Mapping[int, str], *, by: Actor, at: datetime) -> Row:
    whose = names.get(each.owner_id or 0) or teams.get(each.team_id or 0) or "Nobody"
    return Row(
        (
            text(each.kind.title),
            text(whose),
            when(each.reading.due_at),
            _now(each, at),
            _why(each, names),
            _to_do(each, slug, by),
        ),
        tone="late" if each.missed and not each.stopped_at else "",
    )


def _now(each: Shown, at: datetime) -> Cell:
    if each.stopped_at is not None:
        return tag(each.reading.state.words, "late" if each.outcome == "late" else "done")
    return clock(each.reading.due_at, at, paused=each.paused_for)


def _why(each: Shown, names: Mapping[int, str]) -> Cell:
    if each.late_reason and each.explained_at:
        who = names.get(each.explainer or 0, "a manager")
        said = f"{each.late_note} " if each.late_note else ""
        return text(_REASONS.get(each.late_reason, each.late_reason), below=f"{said}{who}, {moment(each.explained_at)}")
    if each.missed:
        return text("Nobody has said yet")
    return text(each.paused_for or None, below=each.paused_note)


def _to_do(each: Shown, slug: str, by: Actor) -> Cell:
    """What the reader may do with a clock: say why it was missed, let it stand still, let it run again."""
    where = {"council": slug, "key": each.id}
    if each.missed and by.may(explained_with(each.owner_id, by)):
        return link("Say why", reverse("clocks:explain", kwargs=where), hidden=f"it was missed: {each.kind.title}")
    if each.stopped_at is not None or not each.kind.pauses or not by.may(Permission.CLOCK_PAUSE):
        return text(None)
    if each.paused_for:
        return link("Let it run", reverse("clocks:resume", kwargs=where), hidden=each.kind.title)
    return text(None) if each.missed else link("Pause", reverse("clocks:pause", kwargs=where), hidden=each.kind.title)
