"""What was brought in, by which run, and what of it was refused."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.people.models import Bringing, RefusedRow
from frontdoor.trail import actions as trail

PAGE = 50
SHOWN = 100


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """One run, with the first of its rows that have something wrong, or all that are kept.

    :param more: whether there are further rows, for the download
    """

    run: Bringing
    rows: tuple[RefusedRow, ...]
    more: bool


def runs(*, by: Actor, at: datetime) -> list[Bringing]:
    """The latest runs, the newest first; an entry in the trail.

    :raises NotPermitted: `by` brings nobody in
    """
    require(by, Permission.PEOPLE_BRING, authority=acting_council(by))
    found = list(within(by, Bringing.objects.all()).order_by("-begun_at", "-id")[:PAGE])
    trail.record("people.brought", by=by, at=at, runs=[str(run.key) for run in found])
    return found


def open_run(key: UUID, *, every: bool = False, by: Actor, at: datetime) -> OpenedRun:
    """One run with what was wrong; opening it leaves an entry.

    :param every: every row that is kept, for a file; else the first of them
    :raises NotPermitted: `by` brings nobody in
    :raises NotFound: there is no such run
    """
    require(by, Permission.PEOPLE_BRING, authority=acting_council(by))
    run = within(by, Bringing.objects.filter(key=key)).first()
    if run is None:
        raise NotFound
    wrong = within(by, RefusedRow.objects.filter(bringing=run)).order_by("taken", "table", "line", "id")
    rows = tuple(wrong if every else wrong[: SHOWN + 1])
    trail.record("people.open_brought", subject=run, by=by, at=at, every=every)
    return OpenedRun(run, rows if every else rows[:SHOWN], more=not every and len(rows) > SHOWN)
