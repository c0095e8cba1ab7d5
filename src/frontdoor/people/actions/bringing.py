"""Bringing an index in: tried out or done, family by family, each batch in a transaction of its own.

A batch moves the run's place on in the transaction that writes it, so a run that is killed goes on where it stopped;
and since people are known again by their number in the case system, nothing is written twice whatever happens.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from django.db import connection, transaction
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import BRINGER, Actor, Permission, StepNotAllowed, acting_council, require
from frontdoor.people.actions.bringing_ending import numbers_before
from frontdoor.people.actions.bringing_preparing import Lines, ahead, lines_of
from frontdoor.people.actions.bringing_staging import Report, Said, Staged, Wrong, digest, files_in
from frontdoor.people.actions.bringing_writing import known, write
from frontdoor.people.models import Bringing, RefusedRow
from frontdoor.people.rules.bringing import Unreadable, layouts
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

SYSTEM = "case system"
"""What the system that the tables come from is called, beside every fact that it said."""

SIZE = 2_000
"""People in one transaction, about."""

_LOCK = 0x70656F70
_ASKED_AT_ONCE = 10_000


@dataclass(slots=True)
class Outcome:
    """What came of a run: its row, and the notes on whole files."""

    bringing: Bringing
    notes: list[str] = field(default_factory=list)


@contextmanager
def alone(council: int) -> Iterator[None]:
    """Let nobody else bring people into this council meanwhile; the database lets go when this process ends.

    :raises StepNotAllowed: somebody does already
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, council])
        if not cursor.fetchone()[0]:
            raise StepNotAllowed("People are being brought into this council already. Wait until that has ended")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, council])


def bring(
    folder: Path, *, council: int, dry: bool = False, report: TextIO | None = None, begun_by: str = "",
    said: Said = lambda words: None, size: int = SIZE, by: Actor = BRINGER, at: datetime,
) -> Outcome:  # fmt: skip
    """Bring the people of a folder's tables into the index of a council, or try out what that would do.

    Call it outside any transaction: each batch commits by itself.

    :param report: every row with something wrong is written there, as CSV
    :param begun_by: who asked for it, for the record
    :param said: is told how far it is
    :raises Unreadable: a file cannot be read, or no file holds people
    :raises StepNotAllowed: another run into this council is going on
    """
    files = {name: path for name, path in files_in(folder).items() if name in layouts.INDEX}
    if not files:
        raise Unreadable("No file of this folder is a table of people: ssd_person.csv and those beside it")
    on, noted = london(at).date(), Report(report)
    with alone(council), Staged(on=on, report=noted, said=said) as staged:
        staged.read(files)
        with acting_for(council, by=by) as acting:
            unlisted = staged.unlisted()
            absent = set(unlisted) - set(_known(unlisted, by=acting))
            staged.leave_out(absent)
            held, gone = staged.hold_back(), staged.gone(numbers_before(system=SYSTEM, by=acting))
            columns = staged.columns(_last(by=acting))
            run = _begun(
                digest(files), staged, noted, left={"held": held, "gone": gone}, dry=dry, begun_by=begun_by, by=acting,
                at=at,
            )  # fmt: skip
        try:
            _carry_on(run, staged, columns, council=council, size=size, said=said, on=on, by=by, at=at)
        except BaseException as error:
            _stopped(run, error, council=council, by=by)
            raise
        return Outcome(run, staged.notes)


def _last(*, by: Actor) -> dict[str, int]:
    """How many rows each table had in the last run that came to its end."""
    done = within(by, Bringing.objects.filter(kind="index", dry=False, state="done")).order_by("-begun_at", "-id")
    run = done.first()
    return {name: table["rows"] for name, table in run.counts["tables"].items()} if run else {}


def _known(numbers: list[str], *, by: Actor) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(numbers), _ASKED_AT_ONCE):
        found |= known(numbers[start : start + _ASKED_AT_ONCE], system=SYSTEM, by=by)
    return found


def _begun(
    hashed: str, staged: Staged, report: Report, *, left: dict[str, int], dry: bool, begun_by: str, by: Actor,
    at: datetime,
) -> Bringing:  # fmt: skip
    """The run's own row: a new one with everything that was wrong; of a run that was stopped, the one that it has."""
    require(by, Permission.PEOPLE_BRING, authority=acting_council(by))
    unfinished = within(by, Bringing.objects.filter(kind="index", dry=False).exclude(state="done")).order_by(
        "-begun_at", "-id"
    )
    stopped = None if dry else unfinished.first()
    if stopped is not None and stopped.digest == hashed:
        stopped.state, stopped.moved_at, stopped.failure = "running", at, ""
        stopped.save(update_fields=["state", "moved_at", "failure"])
        trail.record("people.bring_on", subject=stopped, by=by, at=at, done=stopped.done)
        return stopped
    run = Bringing.objects.create(
        authority_id=acting_council(by), kind="index", state="running", dry=dry, digest=hashed, begun_by=begun_by[:120],
        begun_at=at, moved_at=at, total=staged.people, place={"after": -1},
        counts=_counts(staged, report, left),
    )  # fmt: skip
    _keep(run, report.kept)
    trail.record(
        "people.bring_begin", subject=run, by=by, at=at, dry=dry, people=staged.people, refused=report.refused.total()
    )
    return run


def _counts(staged: Staged, report: Report, left: dict[str, int]) -> dict[str, Any]:
    tables = {
        name: {"rows": rows, "refused": report.refused[name], "remarks": report.remarks[name]}
        for name, rows in staged.rows.items()
    }
    return {"tables": tables, **left, "new": 0, "known": 0, "changed": 0, "rows": 0, "ended": 0, "adopted": 0}


def _keep(run: Bringing, rows: list[Wrong]) -> None:
    RefusedRow.objects.bulk_create(
        [
            RefusedRow(
                authority_id=run.authority_id, bringing=run, table=row.table, line=row.line, external=row.external[:60],
                column=row.column, why=row.why[:300], taken=row.taken,
            )
            for row in rows
        ],
        batch_size=2_000,
    )  # fmt: skip


def _carry_on(
    run: Bringing, staged: Staged, columns: frozenset[str], *, council: int, size: int, said: Said, on: date, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    began, before = time.monotonic(), run.done
    with closing(ahead(_worked_out(run, staged, size))) as work:
        for place, families, lines in work:
            with acting_for(council, by=by) as acting:
                if run.dry:
                    _tried(run, families, by=acting)
                else:
                    _write(run, families, lines, columns, on=on, by=acting, at=at)
                run.done += sum(map(len, families))
                run.place, run.moved_at = {"after": place}, timezone.now()
                run.save(update_fields=["done", "place", "moved_at", "counts"])
            speed = (run.done - before) / max(time.monotonic() - began, 0.001)
            left = round((run.total - run.done) / speed / 60) if speed else 0
            said(f"{run.done:,} of {run.total:,} people, {speed:,.0f} a second, {left} minutes left")
    with acting_for(council, by=by) as acting:
        run.state, run.ended_at = "done", timezone.now()
        run.save(update_fields=["state", "ended_at"])
        trail.record("people.bring_end", subject=run, by=acting, at=at, **_plain(run.counts))


def _worked_out(run: Bringing, staged: Staged, size: int) -> Iterator[tuple[int, list[Any], Lines | None]]:
    """Batches with the lines of everybody in them, as long as those who come are new: of people who are known, none."""
    for place, families in staged.batches(size, system=SYSTEM, after=run.place["after"]):
        expected = not run.dry and not run.counts["known"]
        yield (
            place,
            families,
            lines_of(families, [each for family in families for each in family]) if expected else None,
        )


def _write(
    run: Bringing, families: list[Any], lines: Lines | None, columns: frozenset[str], *, on: date, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """One batch, and one entry with counts; all of it or nothing."""
    done = write(families, lines, columns=columns, system=SYSTEM, on=on, by=by, at=at)
    sums = Counter({"new": done.new, "known": done.known, "changed": done.changed, "rows": done.rows})
    sums["ended"], sums["adopted"] = done.ended, len(done.adopted)
    run.counts = {**run.counts, **{name: run.counts.get(name, 0) + number for name, number in sums.items()}}
    _propose(run, done.adopted)
    trail.record("people.bring", subject=run, by=by, at=at, **_plain(sums))


def _tried(run: Bringing, families: list[Any], *, by: Actor) -> None:
    people = [person for family in families for person in family]
    had = known([person.number for person in people], system=SYSTEM, by=by)
    adopted = [(person.number, person.adopted) for person in people if person.adopted]
    sums = {"new": len(people) - len(had), "known": len(had), "adopted": len(adopted)}
    run.counts = {**run.counts, **{name: run.counts[name] + number for name, number in sums.items()}}
    _propose(run, adopted)


def _propose(run: Bringing, adopted: list[tuple[str, str]]) -> None:
    """Lay records from before an adoption before whoever keeps restrictions: taken, and a person restricts them."""
    words = "The record from before an adoption: restrict it, and never join it with the one after"
    _keep(run, [Wrong(layouts.PERSON, 0, number, "", True, f"{why}. {words}") for number, why in adopted])


def _stopped(run: Bringing, error: BaseException, *, council: int, by: Actor) -> None:
    """Say that a run stopped, where the database still listens; the kind of error alone, never its words."""
    if connection.in_atomic_block:
        return
    with transaction.atomic(), acting_for(council, by=by):
        run.state, run.failure = "stopped", type(error).__name__[:300]
        run.save(update_fields=["state", "failure"])


def _plain(counts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in counts.items() if name != "tables"}
