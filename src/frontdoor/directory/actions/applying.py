"""Applying a reading: what a feed says is searched from then on; what is gone is marked, never deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.councils.queries import setting
from frontdoor.directory.actions import reading as readings
from frontdoor.directory.models import (
    NOT_UNDONE,
    Attribute,
    Correction,
    FromFeed,
    Location,
    Organization,
    Run,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    Staged,
    Taxonomy,
    TaxonomyTerm,
)
from frontdoor.directory.rules import keeping, laying
from frontdoor.directory.rules.facets import Facets, facets, postcodes
from frontdoor.directory.rules.keeping import State, Step
from frontdoor.directory.rules.profile import OPEN
from frontdoor.trail import actions as trail

M = TypeVar("M", bound=FromFeed)

COLUMNS = (
    "name", "description", "about", "status", "minimum_age", "maximum_age", "days", "free", "accessible", "languages",
    "places", "assured_on",
)  # fmt: skip
"""The columns that are worked out from what is said, and what was corrected."""


@transaction.atomic
def apply(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Run:
    """Take over what a reading found.

    :raises NotPermitted: `by` does not keep the directory
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it was applied or dropped before, or never read
    """
    run = _locked(key, by=by)
    unchanged(seen, run.version)
    return _applied(run, by=by, at=at)


@transaction.atomic
def drop(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Run:
    """Do not take over what a reading found.

    :raises StepNotAllowed: it was applied or dropped before, or never read
    """
    run = _locked(key, by=by)
    unchanged(seen, run.version)
    _ended(run, Step.DROP, by=by, at=at)
    trail.record("directory.drop", subject=run.source, by=by, at=at, run=run.key)
    return run


@transaction.atomic
def refresh(source: Source, *, by: Actor, at: datetime) -> Run:
    """Read a source by itself and apply it at once, unless it would take away so much that a person must look.

    :raises StepNotAllowed: it was stopped, or a reading of it waits for a person
    """
    begun = readings.begin(source, by=by, at=at)
    run = readings.read(begun.key, by=by, at=at) or begun
    if run.state != State.READ:
        return run
    counts = run.counts
    percent = setting(keeping.MOST_GONE.name, authority=run.authority_id, on=at).value
    waits = keeping.must_wait(gone=counts["gone"], known=counts["known"], taken=counts["taken"], percent=percent)
    if not waits:
        return _applied(run, by=by, at=at)
    run.waits = waits
    run.save(update_fields=["waits"])
    return run


def _locked(key: UUID | str, *, by: Actor) -> Run:
    require(by, Permission.DIRECTORY_KEEP, authority=acting_council(by))
    run = within(by, Run.objects.select_for_update(of=("self",)).select_related("source").filter(key=key)).first()
    if run is None:
        raise NotFound
    return run


def _ended(run: Run, step: Step, *, by: Actor, at: datetime) -> None:
    state = keeping.after(run.state, step)
    if state is None:
        raise StepNotAllowed(f"This reading is {State(run.state).value} already", who=run.ended_by, when=run.ended_at)
    run.state, run.ended_at, run.ended_by, run.version = state, at, by.label[:120], run.version + 1
    run.save(update_fields=["state", "ended_at", "ended_by", "version", "counts"])
    within(by, Staged.objects.filter(run=run)).delete()


def _applied(run: Run, *, by: Actor, at: datetime) -> Run:
    if keeping.after(run.state, Step.APPLY) is None:
        raise StepNotAllowed(f"This reading is {State(run.state).value} already", who=run.ended_by, when=run.ended_at)
    whole = _Whole(run, by, at)
    whole.terms()
    for batch in whole.batches():
        whole.services(batch)
    gone = whole.gone()
    source = run.source
    source.fresh_at, source.failed_at, source.failure = at, None, ""
    source.save(update_fields=["fresh_at", "failed_at", "failure"])
    run.counts = {**run.counts, "gone": gone, "under_corrections": whole.under}
    _ended(run, Step.APPLY, by=by, at=at)
    trail.record(
        "directory.apply", subject=source, by=by, at=at, run=run.key, taken=run.counts["taken"], gone=gone,
        under_corrections=whole.under,
    )  # fmt: skip
    return run


@dataclass(slots=True)
class _Whole:
    """One reading as it is taken over."""

    run: Run
    by: Actor
    at: datetime
    under: int = 0

    def staged(self, kind: str) -> QuerySet[Staged]:
        return within(self.by, Staged.objects.filter(run=self.run, kind=kind))

    def batches(self) -> Iterator[list[Staged]]:
        """The services of the reading, some hundred at a time."""
        last = 0
        while batch := list(self.staged("service").filter(pk__gt=last).order_by("pk")[: readings.BATCH]):
            last = batch[-1].pk
            yield batch

    def terms(self) -> None:
        """What the feed lists of taxonomies and terms by themselves."""
        self.take(Taxonomy, [_part(row.said) for row in self.staged("taxonomy")])
        self.take_terms([row.said for row in self.staged("taxonomy_term")])

    def take_terms(self, said: Iterable[dict[str, Any]]) -> dict[UUID, TaxonomyTerm]:
        """Terms, each under its taxonomy where it names one; a taxonomy that is only named is kept by its name."""
        every = {each["id"]: each for each in said}
        named = {each["taxonomy_id"]: each for each in every.values() if each.get("taxonomy_id")}
        standing = self.standing(Taxonomy, named)
        new = [
            {"id": key, "name": each.get("taxonomy") or "Terms", "description": each.get("taxonomy") or "Terms"}
            for key, each in named.items()
            if UUID(key) not in standing
        ]
        standing |= self.take(Taxonomy, new)
        parts = []
        for each in every.values():
            taxonomy = standing.get(UUID(each["taxonomy_id"])) if each.get("taxonomy_id") else None
            parent = UUID(each["parent_id"]) if each.get("parent_id") else None
            parts.append({**each, "+": {"taxonomy_id": taxonomy and taxonomy.pk, "parent_id": parent}})
        return self.take(TaxonomyTerm, parts)

    def standing(self, model: type[M], keys: Iterable[object]) -> dict[UUID, M]:
        """The rows of these identifiers that stand, whoever brought them."""
        rows = within(self.by, model._default_manager.filter(feed_id__in=[str(key) for key in keys]))
        return {row.feed_id: row for row in rows}

    def take(self, model: type[M], said: Iterable[dict[str, Any]]) -> dict[UUID, M]:
        """Make the rows what the feed says; what another source brought stands as that one said it.

        :param said: each as the profile has it, and under "+" the columns that are worked out from it
        """
        wanted = {UUID(each["id"]): each for each in said}
        rows, new, changed = self.standing(model, wanted), [], []
        for key, each in wanted.items():
            more = each.get("+", {})
            plain = {name: value for name, value in each.items() if name != "+"}
            values = {"name": plain.get("name", "")[:300], "said": plain, **more}
            row = rows.get(key)
            if row is None:
                row = model(authority_id=self.run.authority_id, source=self.run.source, feed_id=key, **values)
                new.append(row)
            elif row.source_id == self.run.source_id and any(getattr(row, name) != values[name] for name in values):
                for name, value in values.items():
                    setattr(row, name, value)
                changed.append(row)
            rows[key] = row
        model._default_manager.bulk_create(new)
        if changed:
            columns = ["name", "said", *next(iter(wanted.values())).get("+", {})]
            model._default_manager.bulk_update(changed, columns)
        return rows

    def services(self, batch: list[Staged]) -> None:
        """Services with everything in them; those that say the same as before are left alone."""
        known = self.standing(Service, [row.feed_id for row in batch])
        fresh = [row for row in batch if not _same(known.get(row.feed_id), row)]
        if not fresh:
            return
        self._tell_corrections([known[row.feed_id] for row in fresh if row.feed_id in known], fresh)
        organizations = self.take(
            Organization, [_part(row.said["organization"]) for row in fresh if "organization" in row.said]
        )
        places = self.take(Location, [_place(each) for row in fresh for each in _locations(row.said)])
        terms = self.take_terms([term for row in fresh for term in _terms(row.said)])
        written = [self._row(row, known.get(row.feed_id), organizations) for row in fresh]
        self._write([each for each, _ in written])
        self._parts(written, fresh, places, terms)

    def _row(
        self, row: Staged, service: Service | None, organizations: dict[UUID, Organization]
    ) -> tuple[Service, Facets]:
        said = row.said
        service = service or Service(
            authority_id=self.run.authority_id, source=self.run.source, feed_id=row.feed_id, over={}
        )
        runs = said.get("organization", {}).get("id")
        service.organization = organizations[UUID(runs)] if runs else None
        found = fill(service, said)
        service.digest, service.gone_at, service.changed_at = row.digest, None, self.at
        service.public = service.status == OPEN
        service.version += 1 if service.pk else 0
        return service, found

    def _write(self, services: list[Service]) -> None:
        new = [each for each in services if each.pk is None]
        changed = [each for each in services if each.pk is not None]
        Service.objects.bulk_create(new)
        if changed:
            columns = ["said", "organization", "digest", "gone_at", "changed_at", "public", "version", *COLUMNS]
            Service.objects.bulk_update(changed, columns)

    def _parts(
        self, written: list[tuple[Service, Facets]], fresh: list[Staged], places: dict[UUID, Location],
        terms: dict[UUID, TaxonomyTerm],
    ) -> None:  # fmt: skip
        """The rows by which services are searched and joined to places, written anew."""
        numbers = [service.pk for service, _ in written]
        for model in (ServiceAtLocation, Schedule, Attribute):
            within(self.by, model._default_manager.filter(service__in=numbers)).delete()
        at_locations, schedules, attributes = [], [], []
        council = self.run.authority_id
        taken = self._elsewhere(fresh)
        for (service, found), row in zip(written, fresh, strict=True):
            for each in row.said.get("service_at_locations", ()):
                if "location" in each and UUID(each["id"]) not in taken:
                    taken.add(UUID(each["id"]))
                    at_locations.append(
                        ServiceAtLocation(
                            authority_id=council, service=service, location=places[UUID(each["location"]["id"])],
                            feed_id=each["id"], said=_without(each, "location"),
                        )
                    )  # fmt: skip
            schedules += [
                Schedule(authority_id=council, service=service, days=each.days, opens=each.opens, closes=each.closes)
                for each in found.openings
            ]
            attributes += [
                Attribute(authority_id=council, service=service, term=terms[UUID(each)]) for each in found.terms
            ]
        ServiceAtLocation.objects.bulk_create(at_locations)
        Schedule.objects.bulk_create(schedules)
        Attribute.objects.bulk_create(attributes)

    def _elsewhere(self, fresh: list[Staged]) -> set[UUID]:
        """Identifiers of places that other services hold: the same twice is taken once."""
        keys = [each["id"] for row in fresh for each in row.said.get("service_at_locations", ())]
        return set(
            within(self.by, ServiceAtLocation.objects.filter(feed_id__in=keys)).values_list("feed_id", flat=True)
        )

    def _tell_corrections(self, services: list[Service], fresh: list[Staged]) -> None:
        """Tell whoever corrected a field that the feed now says something else there."""
        now = {row.feed_id: row.said for row in fresh}
        corrections = within(
            self.by, Correction.objects.filter(NOT_UNDONE, service__in=services).select_related("service")
        )
        for each in corrections:
            last = each.now_says if each.changed_at else each.said
            for changed in laying.changed(now[each.service.feed_id], [(each.field, last)]):
                again = each.changed_at is not None and each.kept_at is None
                each.now_says, each.changed_at, each.kept_at = changed.now, self.at, None
                each.version += 1
                each.save(update_fields=["now_says", "changed_at", "kept_at", "version"])
                self.under += 1
                if not again:
                    begun = clocks.start(
                        keeping.LOOK, subject=(keeping.CORRECTION, each.key), owner_id=each.by_user,
                        label=each.service.name[:60], by=self.by, at=self.at,
                    )  # fmt: skip
                    clocks.announce(begun, by=self.by, at=self.at)

    def gone(self) -> int:
        """Mark what the source no longer brings; the public is shown it no more, and it stays."""
        named = self.staged("service").union(self.staged("kept")).values("feed_id")
        here = within(self.by, Service.objects.filter(source=self.run.source, gone_at=None))
        lost = set(here.values_list("feed_id", flat=True)) - {row["feed_id"] for row in named}
        return here.filter(feed_id__in=lost).update(gone_at=self.at, public=False, changed_at=self.at)


def fill(service: Service, said: dict[str, Any]) -> Facets:
    """Work out what a service is searched by, with the corrections that lie over it."""
    found = facets(laying.laid_over(said, service.over))
    service.said = _without(said, "organization", "service_at_locations")
    for name in COLUMNS:
        value = getattr(found, name)
        setattr(service, name, list(value) if isinstance(value, tuple) else value)
    return found


def _same(service: Service | None, row: Staged) -> bool:
    return service is not None and service.digest == row.digest and service.gone_at is None


def _without(said: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}


def _part(said: dict[str, Any]) -> dict[str, Any]:
    return _without(said, "taxonomy_terms")


def _locations(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in said.get("service_at_locations", ()):
        if "location" in each:
            yield each["location"]


def _place(said: dict[str, Any]) -> dict[str, Any]:
    postcode = next(iter(postcodes(said)), "")
    where = {"latitude": said.get("latitude"), "longitude": said.get("longitude")}
    if None in where.values():
        where = dict.fromkeys(where)
    return {**said, "+": {"postcode": postcode, **where}}


def _terms(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in said.get("attributes", ()):
        if "taxonomy_term" in each:
            yield each["taxonomy_term"]
