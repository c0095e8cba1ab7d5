"""What whoever keeps the directory looks after: sources, readings, corrections, what is old."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.councils.queries import settings
from frontdoor.directory.models import NOT_UNDONE, Correction, Finding, Run, Service, Source
from frontdoor.directory.rules import keeping
from frontdoor.directory.rules.keeping import State
from frontdoor.shell.rules import london

SHOWN = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """One source as it stands.

    :param services: how many of it the public is shown
    :param waits: a reading of it that waits to be applied or dropped
    """

    source: Source
    services: int
    waits: Run | None
    old: bool


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """One source with its readings, the newest first."""

    standing: Standing
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """One reading with the first of what was wrong, what is left out first.

    :param more: whether there are further ones, for the file
    """

    run: Run
    findings: list[Finding]
    more: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What waits for whoever keeps the directory."""

    sources: list[Standing]
    changed: list[Correction]
    corrections: int
    old: int


def _may(by: Actor) -> None:
    require(by, Permission.DIRECTORY_KEEP, authority=acting_council(by))


def _limits(*, by: Actor, at: datetime) -> tuple[float, float]:
    """After how many days a service counts as old, and a feed."""
    names = [keeping.STALE_SERVICE.name, keeping.STALE_FEED.name]
    found = settings(names, authority=acting_council(by), on=at)
    return found[names[0]].value, found[names[1]].value


def sources(*, by: Actor, at: datetime) -> list[Standing]:
    """Every source with what stands of it.

    :raises NotPermitted: `by` does not keep the directory
    """
    _may(by)
    _, days = _limits(by=by, at=at)
    counted = dict(
        within(by, Service.objects.filter(public=True))
        .values("source")
        .annotate(n=Count("pk"))
        .values_list("source", "n")
    )
    waiting = {run.source_id: run for run in within(by, Run.objects.filter(state__in=[State.ASKED, State.READ]))}
    return [
        Standing(
            row, counted.get(row.pk, 0), waiting.get(row.pk), keeping.feed_is_old(row.fresh_at, at=at, days=days)
        )
        for row in within(by, Source.objects.all()).order_by("name")
    ]  # fmt: skip


def kept(*, by: Actor, at: datetime) -> Kept:
    """Everything that waits: readings, corrections whose feed has changed, what is old.

    :raises NotPermitted: `by` does not keep the directory
    """
    found = sources(by=by, at=at)
    return Kept(
        found, changed_corrections(by=by), within(by, Correction.objects.filter(NOT_UNDONE)).count(),
        within(by, _old(by=by, at=at)).count(),
    )  # fmt: skip


def changed_corrections(*, by: Actor) -> list[Correction]:
    """Corrections under which the feed has changed and nobody has looked since, the latest change first."""
    _may(by)
    rows = Correction.objects.filter(NOT_UNDONE, changed_at__isnull=False, kept_at=None)
    return list(within(by, rows).select_related("service").order_by("-changed_at", "-pk")[:SHOWN])


def corrections(*, by: Actor) -> list[Correction]:
    """Every correction in force, the newest first.

    :raises NotPermitted: `by` does not keep the directory
    """
    _may(by)
    return list(
        within(by, Correction.objects.filter(NOT_UNDONE)).select_related("service").order_by("-at", "-pk")[:SHOWN]
    )


def _old(*, by: Actor, at: datetime):  # type: ignore[no-untyped-def]  # a question that is narrowed by whoever asks it
    days, _ = _limits(by=by, at=at)
    before = keeping.old_before(london(at).date(), days)
    return Service.objects.filter(Q(assured_on=None) | Q(assured_on__lt=before), gone_at=None)


def old_services(*, skip: int = 0, by: Actor, at: datetime) -> list[Service]:
    """Services that nobody checked or changed for too long, the longest ago first; one more than a page.

    :raises NotPermitted: `by` does not keep the directory
    """
    _may(by)
    rows = within(by, _old(by=by, at=at)).select_related("source", "organization")
    return list(rows.order_by(F("assured_on").asc(nulls_first=True), "pk")[skip : skip + PAGE + 1])


def open_source(key: UUID | str, *, by: Actor, at: datetime) -> OpenedSource:
    """One source with its readings.

    :raises NotPermitted: `by` does not keep the directory
    :raises NotFound: there is no such source
    """
    found = next((each for each in sources(by=by, at=at) if str(each.source.key) == str(key)), None)
    if found is None:
        raise NotFound
    runs = within(by, Run.objects.filter(source=found.source)).order_by("-begun_at", "-pk")
    return OpenedSource(found, list(runs[:PAGE]))


def open_run(key: UUID | str, *, every: bool = False, by: Actor) -> OpenedRun:
    """One reading with what was wrong.

    :param every: all that was kept, for a file
    :raises NotPermitted: `by` does not keep the directory
    :raises NotFound: there is no such reading
    """
    _may(by)
    run = within(by, Run.objects.filter(key=key).select_related("source")).first()
    if run is None:
        raise NotFound
    rows = within(by, Finding.objects.filter(run=run)).order_by("-left_out", "pk")
    found = list(rows if every else rows[: SHOWN + 1])
    return OpenedRun(run, found if every else found[:SHOWN], more=not every and len(found) > SHOWN)


def corrections_of(service: Service, *, by: Actor) -> list[Correction]:
    """What was ever corrected of a service, the newest first."""
    return list(within(by, Correction.objects.filter(service=service)).order_by("-at", "-pk")[:SHOWN])


def correction(key: UUID | str, *, by: Actor) -> Correction:
    """One correction with its service.

    :raises NotPermitted: `by` does not keep the directory
    :raises NotFound: there is none
    """
    _may(by)
    row = within(by, Correction.objects.filter(key=key).select_related("service")).first()
    if row is None:
        raise NotFound
    return row


def to_refresh(*, by: Actor) -> list[Source]:
    """The sources that are read from their address by themselves."""
    _may(by)
    return list(within(by, Source.objects.filter(origin=keeping.Origin.ADDRESS, stopped_at=None)).order_by("pk"))


def is_old(service: Service, *, by: Actor, at: datetime) -> bool:
    """Whether nobody checked a service for too long."""
    days, _ = _limits(by=by, at=at)
    return keeping.is_old(service.assured_on, on=london(at).date(), days=days)
