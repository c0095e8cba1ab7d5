"""The scheduled refresh: who is open to whom, as the case system's latest tables say it, in one transaction."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.people.actions.bringing import SYSTEM
from frontdoor.people.actions.bringing_staging import digest, files_in
from frontdoor.people.actions.bringing_writing import known
from frontdoor.people.actions.feeding_dates import take_over_dates
from frontdoor.people.models import Bringing, Involvement
from frontdoor.people.rules import bringing, case_dates
from frontdoor.people.rules import feeding as rules
from frontdoor.people.rules.bringing import Unreadable, layouts
from frontdoor.people.rules.feeding import Held
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

_SAID = (
    "kind", "worker", "worker_state", "team", "manager", "phone", "plan", "legal_status", "offered_at", "accepted_at",
    "since",
)  # fmt: skip


_DATED = frozenset({*case_dates.DATED, layouts.VISIT})
"""Tables that say what was done for a child; each is taken over where it is there."""


@transaction.atomic
def refresh(folder: Path, *, by: Actor, at: datetime) -> Bringing | None:
    """Take over what the tables of a folder say; what they no longer say ends. None where the files are the same.

    Its time is that of the oldest file, so that a table which is no longer made shows as old, whatever else is new.

    :raises NotPermitted: `by` brings nobody in
    :raises Unreadable: a file cannot be read, or the table of involvements is not there; nothing was changed
    """
    council = acting_council(by)
    require(by, Permission.PEOPLE_BRING, authority=council)
    files = {name: path for name, path in files_in(folder).items() if name in bringing.FEED}
    if layouts.INVOLVEMENT not in files:
        raise Unreadable("ssd_involvements is not there: without it nobody's worker is known")
    hashed, as_at = digest(files), datetime.fromtimestamp(min(path.stat().st_mtime for path in files.values()), UTC)
    last = latest(by=by)
    if last is not None and (last.digest, last.as_at) == (hashed, as_at):
        return None
    refused: Counter[str] = Counter()
    on = london(at).date()
    every = list(rules.held({name: _rows(name, path, refused, on) for name, path in files.items()}, on=on))
    dated = list(
        case_dates.days({name: _rows(name, path, refused, on) for name, path in files.items() if name in _DATED}, on=on)
    )
    run = Bringing.objects.create(
        authority_id=council, kind="feed", state="done", digest=hashed, as_at=as_at, begun_by=by.label, begun_at=at,
        moved_at=at, ended_at=at, total=len(every), done=len(every),
    )  # fmt: skip
    counts = _take_over(run, every, on=on, by=by)
    take_over_dates(run, dated, tables=files.keys() & _DATED, by=by)
    run.counts = {
        "tables": {name: {"rows": 0, "refused": refused[name], "remarks": 0} for name in files if refused[name]},
        "new": counts["new"], "known": counts["same"] + counts["changed"], "changed": counts["changed"],
        "held": counts["unknown"], "rows": counts["ended"], "adopted": 0,
    }  # fmt: skip
    run.save(update_fields=["counts"])
    trail.record("people.refresh_open", subject=run, by=by, at=at, as_at=as_at, **_plain(counts))
    return run


@transaction.atomic
def note_failure(why: str, *, by: Actor, at: datetime) -> None:
    """Keep that a refresh failed, once for each reason in a row; what was known stays and grows old."""
    require(by, Permission.PEOPLE_BRING, authority=acting_council(by))
    before = within(by, Bringing.objects.filter(kind="feed")).order_by("-begun_at", "-id").first()
    if before is not None and before.state == "failed" and before.failure == why[:300]:
        return
    run = Bringing.objects.create(
        authority_id=acting_council(by), kind="feed", state="failed", failure=why[:300], begun_by=by.label,
        begun_at=at, moved_at=at, ended_at=at,
    )  # fmt: skip
    trail.record("people.refresh_failed", subject=run, by=by, at=at)


def latest(*, by: Actor) -> Bringing | None:
    """The last refresh that was taken over."""
    return within(by, Bringing.objects.filter(kind="feed", state="done")).order_by("-begun_at", "-id").first()


def _rows(name: str, path: Path, refused: Counter[str], on: date) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        try:
            sheet, lines = bringing.opened(file, bringing.tables()[name])
        except Unreadable as error:
            raise Unreadable(f"{path.name}: {error}") from error
        for row in map(bringing.checker(sheet, on=on), lines):
            if row.refused:
                refused[name] += 1
            else:
                yield row.values


def _take_over(run: Bringing, every: list[Held], *, on: date, by: Actor) -> Counter[str]:
    """Make what stands what the tables say: new rows, changed ones, and an end for those that they no longer have."""
    people = known({each.person for each in every}, system=SYSTEM, by=by)
    standing = {row.external: row for row in within(by, Involvement.objects.all())}
    counts: Counter[str] = Counter(dict.fromkeys(("new", "changed", "same", "ended", "unknown"), 0))
    new, changed, seen = [], [], set()
    for each in every:
        if each.person not in people:
            counts["unknown"] += 1
            continue
        if each.external in seen:
            continue
        seen.add(each.external)
        row = standing.get(each.external)
        if row is None:
            new.append(_filled(Involvement(authority_id=run.authority_id, external=each.external), each, people, run))
        else:
            before = _values(row)
            _filled(row, each, people, run)
            counts["changed" if _values(row) != before else "same"] += 1
            changed.append(row)
    ended = [row for external, row in standing.items() if external not in seen and row.until is None]
    for row in ended:
        row.until, row.bringing, row.as_at = on, run, run.as_at  # type: ignore[assignment]  # a refresh has a time
    Involvement.objects.bulk_create(new, batch_size=1_000)
    Involvement.objects.bulk_update(
        [*changed, *ended], [*_SAID, "person", "until", "as_at", "bringing"], batch_size=500
    )
    counts["new"], counts["ended"] = len(new), len(ended)
    return counts


def _filled(row: Involvement, each: Held, people: dict[str, int], run: Bringing) -> Involvement:
    for name in _SAID:
        setattr(row, name, getattr(each, name))
    row.person_id, row.until, row.bringing = people[each.person], None, run
    row.as_at = run.as_at  # type: ignore[assignment]  # a refresh has a time
    return row


def _plain(counts: Counter[str]) -> dict[str, Any]:
    return dict(counts)


def _values(row: Involvement) -> tuple[Any, ...]:
    return (row.person_id, row.until, *(getattr(row, name) for name in _SAID))
