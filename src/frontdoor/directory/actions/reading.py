"""Sources and their readings: what a feed would do is tried and told first, and applied when somebody has seen it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.background.actions import later
from frontdoor.directory.actions.fetching import fetch
from frontdoor.directory.models import Finding, Run, Service, Source, Staged
from frontdoor.directory.rules import feeds, keeping, reading
from frontdoor.directory.rules.feeds import Entry, Unreadable
from frontdoor.directory.rules.keeping import Origin, State, Step
from frontdoor.directory.rules.reading import Kind
from frontdoor.trail import actions as trail

MOST_FINDINGS = 5_000
"""So many are kept of one reading; further ones are counted."""

BATCH = 500
READ_JOB = "directory.read"

Told = reading.Finding


@transaction.atomic
def add_source(*, name: str, origin: str, url: str = "", licence: str = "", by: Actor, at: datetime) -> Source:
    """Name a maker whose services are brought in.

    :raises NotPermitted: `by` does not keep the directory
    :raises InvalidInput: no name, one that stands already, or an address that may not be asked
    """
    council = acting_council(by)
    require(by, Permission.DIRECTORY_KEEP, authority=council)
    if not name.strip():
        raise InvalidInput(name="Say who makes it")
    if within(by, Source.objects.filter(name__iexact=name.strip())).exists():
        raise InvalidInput(name="There is a source of this name already")
    if origin == Origin.ADDRESS:
        try:
            feeds.place(url.strip(), settings.DIRECTORY_HOSTS)
        except Unreadable as error:
            raise InvalidInput(url=str(error)) from error
    address = url.strip().rstrip("/") if origin == Origin.ADDRESS else ""
    source = Source.objects.create(
        authority_id=council, name=name.strip()[:120], origin=origin, url=address, licence=licence[:200]
    )
    trail.record("directory.add_source", subject=source, by=by, at=at, origin=origin)
    return source


@transaction.atomic
def stop_source(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Source:
    """Read a source no more. Its services stay until they are brought anew from elsewhere; they grow old and show it.

    :raises StepNotAllowed: it was stopped before
    """
    source = _taken(key, by=by)
    unchanged(seen, source.version)
    if source.stopped_at is not None:
        raise StepNotAllowed("This source is read no more", when=source.stopped_at)
    source.stopped_at, source.version = at, source.version + 1
    source.save(update_fields=["stopped_at", "version"])
    trail.record("directory.stop_source", subject=source, by=by, at=at)
    return source


def _taken(key: UUID | str, *, by: Actor) -> Source:
    """A source, locked: one reading of it at a time.

    :raises NotFound: the council has none of this key
    :raises NotPermitted: `by` does not keep the directory
    """
    require(by, Permission.DIRECTORY_KEEP, authority=acting_council(by))
    source = within(by, Source.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if source is None:
        raise NotFound
    return source


def _begun(source: Source, *, by_itself: bool, by: Actor, at: datetime) -> Run:
    """A new reading; one that waits already must be applied or dropped first.

    :raises StepNotAllowed: the source was stopped, or a reading of it waits
    """
    if source.stopped_at is not None:
        raise StepNotAllowed("This source is read no more", when=source.stopped_at)
    waits = within(by, Run.objects.filter(source=source, state__in=[State.ASKED, State.READ])).first()
    if waits is not None:
        raise StepNotAllowed("A reading of this source waits: apply it or drop it first", when=waits.begun_at)
    return Run.objects.create(
        authority_id=source.authority_id, source=source, state=State.ASKED, by_itself=by_itself,
        begun_by=by.label[:120], begun_at=at,
    )  # fmt: skip


@transaction.atomic
def ask(key: UUID | str, *, by: Actor, at: datetime) -> Run:
    """Ask that the address of a source is read; the worker does it, and nothing is applied.

    :raises StepNotAllowed: it has no address, was stopped, or a reading waits
    """
    source = _taken(key, by=by)
    if source.origin != Origin.ADDRESS:
        raise StepNotAllowed("This source has no address: bring its file")
    run = _begun(source, by_itself=False, by=by, at=at)
    later(READ_JOB, run=str(run.key))
    trail.record("directory.ask", subject=source, by=by, at=at, run=run.key)
    return run


@transaction.atomic
def try_file(key: UUID | str, body: bytes, *, by: Actor, at: datetime) -> Run:
    """Read a file of a source and say what it would do.

    :raises InvalidInput: it cannot be read; nothing was kept
    :raises StepNotAllowed: the source has an address, was stopped, or a reading waits
    """
    try:
        return try_entries(key, feeds.whole(body), by=by, at=at)
    except Unreadable as error:
        raise InvalidInput(file=str(error)) from error


@transaction.atomic
def try_entries(key: UUID | str, entries: Iterable[Entry], *, by: Actor, at: datetime) -> Run:
    """The same of what a file held, one after the other; a long feed needs no more room than a short one.

    :raises StepNotAllowed: the source has an address, was stopped, or a reading waits
    """
    source = _taken(key, by=by)
    if source.origin != Origin.FILE:
        raise StepNotAllowed("This source is read from its address")
    run = _begun(source, by_itself=False, by=by, at=at)
    return _kept(run, entries, by=by, at=at)


@transaction.atomic
def read(key: UUID | str, *, by: Actor, at: datetime) -> Run | None:
    """Read the address of a source, for a reading that was asked for; None where that was done before."""
    run = within(by, Run.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if run is None or run.state != State.ASKED:
        return None
    require(by, Permission.DIRECTORY_KEEP, authority=run.authority_id)
    try:
        with transaction.atomic():
            return _kept(run, fetch(run.source.url), by=by, at=at)
    except Unreadable as error:
        return failed(run, str(error), by=by, at=at)


def begin(source: Source, *, by: Actor, at: datetime) -> Run:
    """A reading of a source that the service begins by itself.

    :raises StepNotAllowed: it was stopped, or a reading waits
    """
    return _begun(_taken(source.key, by=by), by_itself=True, by=by, at=at)


def failed(run: Run, why: str, *, by: Actor, at: datetime) -> Run:
    """Keep that a source could not be read; what is known of it stays and grows old. Part of the act that tried."""
    run.state, run.failure, run.ended_at = State.FAILED, why[:300], at
    run.version += 1
    run.save(update_fields=["state", "failure", "ended_at", "version"])
    source = run.source
    source.failed_at, source.failure = at, why[:300]
    source.save(update_fields=["failed_at", "failure"])
    trail.record("directory.failed", subject=source, by=by, at=at, run=run.key)
    return run


@dataclass(slots=True)
class _Tray:
    """What of a reading waits to be written, and what is known already."""

    run: Run
    known: dict[UUID, tuple[str, int, bool]]
    seen: set[tuple[str, UUID]] = field(default_factory=set)
    rows: list[Staged] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def tell(self, finding: Told) -> None:
        """Keep one thing that was wrong, or count it where there are too many."""
        self.kinds[finding.kind.value] += 1
        self.counts["left_out"] += finding.left_out
        if self.kinds.total() <= MOST_FINDINGS:
            self.told.append(
                Finding(
                    authority_id=self.run.authority_id, run=self.run, service=finding.service, path=finding.path,
                    kind=finding.kind.value, why=finding.why, left_out=finding.left_out,
                )
            )  # fmt: skip

    def stage(self, kind: str, said: dict[str, Any]) -> None:
        """Keep one thing that can be taken, once."""
        key = UUID(said["id"])
        known = self.known.get(key) if kind == "service" else None
        if (kind, key) in self.seen or (known and known[1] != self.run.source_id):
            why = "stands in the feed before" if (kind, key) in self.seen else "another source brings it"
            self.tell(Told(str(key), "id", Kind.REPEATED, f"{why}: left out", left_out=True))
            return
        self.seen.add((kind, key))
        digest = digest_of(said)
        if kind == "service":
            self.counts["taken"] += 1
            self.counts[_what(known, digest)] += 1
        self.rows.append(
            Staged(
                authority_id=self.run.authority_id, run=self.run, kind=kind, feed_id=key, said=said, digest=digest
            )
        )  # fmt: skip

    def keep(self, service: str) -> None:
        """Note that a service which was left out is in the feed all the same: it is not gone."""
        try:
            key = UUID(service)
        except ValueError:
            return
        if key in self.known and ("service", key) not in self.seen and ("kept", key) not in self.seen:
            self.seen.add(("kept", key))
            self.rows.append(
                Staged(authority_id=self.run.authority_id, run=self.run, kind="kept", feed_id=key, said={}, digest="")
            )

    def put_down(self, *, all_of_it: bool = False) -> None:
        """Write what waits, so that a long feed needs no more room than a short one."""
        if all_of_it or len(self.rows) >= BATCH or len(self.told) >= BATCH:
            Staged.objects.bulk_create(self.rows)
            Finding.objects.bulk_create(self.told)
            self.rows.clear()
            self.told.clear()


def _what(known: tuple[str, int, bool] | None, digest: str) -> str:
    if known is None:
        return "new"
    return "back" if known[2] else "same" if known[0] == digest else "changed"


def digest_of(said: Any) -> str:
    """A mark of what was said, the same whenever the same is said."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _kept(run: Run, entries: Iterable[Entry | Told], *, by: Actor, at: datetime) -> Run:
    """Check everything that a feed holds, keep it beside, and count what applying it would do."""
    known = {
        key: (digest, source, gone is not None)
        for key, digest, source, gone in within(by, Service.objects.all()).values_list(
            "feed_id", "digest", "source_id", "gone_at"
        )
    }
    tray = _Tray(run, known)
    for entry in entries:
        _one(tray, entry)
        tray.put_down()
    tray.put_down(all_of_it=True)
    here = {key for key, (_, source, gone) in known.items() if source == run.source_id and not gone}
    named = {key for kind, key in tray.seen if kind in ("service", "kept")}
    run.counts = {
        **dict.fromkeys(("taken", "new", "changed", "same", "back", "left_out"), 0), **tray.counts,
        "gone": len(here - named), "known": len(here), "findings": dict(tray.kinds),
    }  # fmt: skip
    run.state, run.version = keeping.after(run.state, Step.READ) or run.state, run.version + 1
    run.save(update_fields=["counts", "state", "version"])
    trail.record(
        "directory.read", subject=run.source, by=by, at=at, run=run.key, taken=run.counts["taken"],
        left_out=run.counts["left_out"],
    )  # fmt: skip
    return run


def _one(tray: _Tray, entry: Entry | Told) -> None:
    if isinstance(entry, Told):
        tray.tell(entry)
        tray.keep(entry.service)
        return
    found = reading.read_object(entry.name, entry.raw)
    for finding in found.findings:
        tray.tell(finding)
    if found.said is not None:
        tray.stage(entry.name, found.said)
    elif found.findings:
        tray.keep(found.findings[0].service)
