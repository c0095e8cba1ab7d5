"""What the pages of the directory show: a list, one service, sources, a reading with its report, corrections."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from frontdoor.directory.models import Correction, Finding, Run, Service
from frontdoor.directory.queries.keeping import Kept, OpenedRun, Standing
from frontdoor.directory.queries.searching import Found, Hit, Opened
from frontdoor.directory.rules import facets, laying
from frontdoor.directory.rules.keeping import Origin, State
from frontdoor.directory.rules.profile import OPEN
from frontdoor.shell.pages import Cell, Column, Row, link, number, tag, text, when
from frontdoor.shell.rules import day, moment, short_day

Pairs = list[tuple[str, str]]

COLUMNS = ("Service", "For", "When", "Cost", "Where")
SOURCE_COLUMNS = ("Source", "How it comes", "Shown to the public", "Last read anew", "Stands")
RUN_COLUMNS = ("Begun", "By", "Stands", "Taken", "Left out", "New", "Changed", "Gone")
FINDING_COLUMNS = ("Service", "Where in it", "What", "Why", "Taken?")
KIND_COLUMNS = ("What", Column("How often", numeric=True))
CORRECTION_COLUMNS = ("Service", "What", "Our words", "The feed's words", "By", "When")
OLD_COLUMNS = ("Service", "Source", "Last checked")


@dataclass(frozen=True, slots=True)
class Detail:
    """One service as its page shows it.

    :param facts: heading and words, those that are known
    :param alert: a short-term warning of the service itself
    """

    name: str
    runs: str
    description: list[str]
    alert: str
    facts: Pairs
    places: list[tuple[str, Pairs]]
    url: str


def rows(found: Found, href: str) -> list[Row]:
    """What was found as a table.

    :param href: the address of one service, with KEY in the place of its key
    """
    return [_hit(each, href) for each in found.hits]


def _hit(hit: Hit, href: str) -> Row:
    service, runs = hit.service, hit.service.organization
    below = runs.name if runs else ""
    if not service.public:
        below = f"{below} ({standing(service).lower()})" if below else standing(service)
    where = hit.town
    far = f"{hit.km:.0f} km" if hit.km is not None and hit.km >= 1 else "Less than 1 km" if hit.km is not None else ""
    return Row(
        (
            link(service.name, href.replace("KEY", str(service.key)), below=below),
            text(facets.ages_in_words(service.minimum_age, service.maximum_age)),
            text(facets.days_in_words(service.days) or None), text(_cost(service)), text(where or None, below=far),
        )
    )  # fmt: skip


def standing(service: Service) -> str:
    """Why the public is not shown a service; empty where it is."""
    if service.gone_at is not None:
        return "Gone from its feed"
    return "" if service.status == OPEN else service.status.capitalize()


def _cost(service: Service) -> str | None:
    return None if service.free is None else "Free" if service.free else "Has to be paid"


def said(found: Found, nothing: str) -> str:
    """How many were found, in words."""
    if not found.total:
        return nothing
    first = found.cut.skip + 1
    last = found.cut.skip + len(found.hits)
    if found.total == len(found.hits):
        return f"{found.total} service{'' if found.total == 1 else 's'}"
    return f"Services {first} to {last} of {found.total}"


def detail(opened: Opened) -> Detail:
    """One service for its page."""
    whole, service = opened.said, opened.service
    facts = [
        ("For", facets.ages_in_words(service.minimum_age, service.maximum_age)), ("When", "\n".join(times(whole))),
        ("Cost", "\n".join(_costs(whole))), ("Telephone", "\n".join(_phones(whole))),
        ("E-mail", whole.get("email", "")),
        ("Languages", ", ".join(each.capitalize() for each in service.languages)),
        ("Where it serves", ", ".join(filter(None, (_area(each) for each in whole.get("service_areas", ()))))),
        ("What it is for", ", ".join(each["name"] for each in facets.terms_of(whole))),
        ("Accreditation", whole.get("accreditations", "")),
        ("Last checked", short_day(service.assured_on) if service.assured_on else "Not said"),
    ]  # fmt: skip
    return Detail(
        service.name, whole.get("organization", {}).get("name", ""),
        [line for line in service.description.splitlines() if line.strip()], whole.get("alert", ""),
        [(head, words) for head, words in facts if words], [_place(each) for each in facets.locations(whole)],
        whole.get("url", ""),
    )  # fmt: skip


def times(whole: Mapping[str, Any]) -> list[str]:
    """When a service is there, a line each."""
    found = []
    for each, opening in zip(whole.get("schedules", ()), facets.openings(whole), strict=True):
        parts = [facets.days_in_words(opening.days)]
        if opening.opens is not None and opening.closes is not None:
            parts.append(f"{facets.clock(opening.opens)} to {facets.clock(opening.closes)}")
        if each.get("interval", 1) > 1:
            parts.append(f"every {each['interval']:g} {'months' if each.get('freq') == 'MONTHLY' else 'weeks'}")
        elif each.get("freq") == "MONTHLY":
            parts.append("once a month")
        parts.append(each.get("description", "") or each.get("notes", ""))
        found.append(", ".join(filter(None, parts)))
    return [each for each in found if each]


def _costs(whole: Mapping[str, Any]) -> list[str]:
    found = []
    for each in whole.get("cost_options", ()):
        amount = each.get("amount")
        price = "" if amount is None else "Free" if amount == 0 else f"£{amount:.2f}"
        found.append(", ".join(filter(None, (price, each.get("amount_description", ""), each.get("option", "")))))
    return (
        [each for each in found if each] or [whole["fees"]] if whole.get("fees") else [each for each in found if each]
    )


def _phones(whole: Mapping[str, Any]) -> list[str]:
    return [
        ", ".join(filter(None, (one["number"], one.get("description", "") or each.get("name", ""))))
        for each in whole.get("contacts", ())
        for one in each.get("phones", ())
    ]


def _area(each: Mapping[str, Any]) -> str:
    return str(each.get("name") or each.get("service_area") or "")


def _place(location: Mapping[str, Any]) -> tuple[str, Pairs]:
    address: Mapping[str, Any] = next(iter(location.get("addresses", ())), {})
    lines = [address.get(name, "") for name in ("attention", "address_1", "city", "postal_code")]
    access = [
        each.get("description") or each.get("details") or each.get("accessibility") or ""
        for each in location.get("accessibility", ())
    ]
    found = [("Address", "\n".join(filter(None, lines))), ("Getting in", "\n".join(filter(None, access)))]
    return location.get("name", "") or "Where it is", [(head, words) for head, words in found if words]


def source_rows(found: Iterable[Standing], slug: str) -> list[Row]:
    """Sources as a table."""
    return [
        Row(
            (
                link(each.source.name, reverse("directory:source", args=[slug, each.source.key])),
                text("By file" if each.source.origin == Origin.FILE else "By address, every night"),
                number(each.services),
                when(each.source.fresh_at) if each.source.fresh_at else text("Never"), _stands(each),
            ),
            tone="late" if each.old or each.source.failure else "",
        )
        for each in found
    ]  # fmt: skip


def _stands(each: Standing) -> Cell:
    if each.source.stopped_at is not None:
        return tag("Read no more", "plain")
    if each.source.failure:
        return tag("Could not be read", "late")
    if each.old:
        return tag("Old", "late")
    if each.waits is not None:
        return tag(
            State(each.waits.state).value.replace("read", "waits for you").replace("asked", "being read"), "soon"
        )
    return tag("Fresh" if each.source.fresh_at else "New", "ok" if each.source.fresh_at else "plain")


def source_facts(each: Standing) -> Pairs:
    """What is known of a source."""
    source = each.source
    facts = [
        ("How it comes", source.get_origin_display()), ("Address", source.url), ("Licence", source.licence),
        ("Shown to the public", f"{each.services} service{'' if each.services == 1 else 's'}"),
        ("Last read anew", moment(source.fresh_at) if source.fresh_at else "Never"),
        ("Last failure", f"{moment(source.failed_at)}: {source.failure}" if source.failed_at else ""),
        ("Read no more", moment(source.stopped_at) if source.stopped_at else ""),
    ]  # fmt: skip
    return [(head, words) for head, words in facts if words]


def run_rows(runs: Iterable[Run], slug: str) -> list[Row]:
    """Readings as a table."""
    return [
        Row(
            (
                link(moment(run.begun_at), reverse("directory:reading", args=[slug, run.key])), text(run.begun_by),
                text(run.get_state_display()),
                *(number(run.counts.get(name, 0)) for name in ("taken", "left_out", "new", "changed", "gone")),
            )
        )
        for run in runs
    ]  # fmt: skip


def run_facts(run: Run) -> Pairs:
    """What a reading found, in numbers."""
    count = run.counts.get
    facts = [
        ("Stands", run.get_state_display()), ("Begun", f"{moment(run.begun_at)}, {run.begun_by}"),
        ("Ended", f"{moment(run.ended_at)}, {run.ended_by}" if run.ended_at and run.ended_by else ""),
        ("Why it failed", run.failure), ("Why it waits", run.waits),
    ]  # fmt: skip
    if run.counts:
        facts += [
            ("Services that can be taken", f"{count('taken', 0)}: {count('new', 0)} new, {count('changed', 0)} changed,"
             f" {count('same', 0)} the same, {count('back', 0)} back again"),
            ("Left out", str(count("left_out", 0))),
            ("No longer in the feed", f"{count('gone', 0)} of {count('known', 0)}"),
        ]  # fmt: skip
    if count("under_corrections"):
        facts.append(("Changed under a correction", str(count("under_corrections"))))
    return [(head, words) for head, words in facts if words]


def kind_rows(run: Run) -> list[Row]:
    """How many things of each kind were wrong."""
    names = dict(Finding._meta.get_field("kind").choices or ())
    return [Row((text(names.get(kind, kind)), number(count))) for kind, count in run.counts.get("findings", {}).items()]


def finding_rows(found: Iterable[Finding]) -> list[Row]:
    """What was wrong, one line each."""
    return [
        Row(
            (
                text(each.service or None), text(each.path or "The service"), text(each.get_kind_display()),
                text(each.why),
                tag("Service left out", "late") if each.left_out else text("Left out of the service"),
            )
        )
        for each in found
    ]  # fmt: skip


def as_file(opened: OpenedRun) -> str:
    """All that was wrong as lines for whoever makes the feed; no cell begins like a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["service", "path", "what", "why", "left_out"])
    for each in opened.findings:
        cells = (each.service, each.path, each.kind, each.why, "yes" if each.left_out else "no")
        writer.writerow(
            [f"'{cell}" if cell.lstrip()[:1] in "=+-@\t\r＝＋－＠" and cell.strip() else cell for cell in cells]
        )
    return file.getvalue()


def correction_rows(found: Iterable[Correction], slug: str, *, named: bool = True) -> list[Row]:
    """Corrections as a table."""
    return [
        Row(
            (
                link(
                    each.service.name if named else laying.FIELDS[each.field],
                    reverse("directory:correction", args=[slug, each.key]),
                ),
                text(laying.FIELDS[each.field]), text(_shown(each.value)),
                text(
                    _shown(each.now_says if each.changed_at else each.said),
                    below="changed since" if _waits(each) else "",
                ),
                text(each.by_name), when(each.at),
            ),
            tone="late" if _waits(each) else "",
        )
        for each in found
    ]  # fmt: skip


def _waits(each: Correction) -> bool:
    return each.changed_at is not None and each.kept_at is None and each.undone_at is None


def _shown(value: Any) -> str:
    return "Nothing" if value in (None, "") else str(value)[:300]


def correction_facts(each: Correction) -> Pairs:
    """One correction: both words, who, why, and what came of it."""
    facts = [
        ("What", laying.FIELDS[each.field]), ("Our words, shown to everybody", _shown(each.value)),
        ("The feed said then", _shown(each.said)),
        (
            "The feed says now",
            f"{_shown(each.now_says)} (changed {moment(each.changed_at)})" if each.changed_at else "",
        ),
        ("Corrected", f"{moment(each.at)}, {each.by_name}"), ("How we know", each.why),
        ("Looked at again", moment(each.kept_at) if each.kept_at else ""),
        ("Taken away", f"{moment(each.undone_at)}, {each.undone_by}: {each.undone_why}" if each.undone_at else ""),
    ]  # fmt: skip
    return [(head, words) for head, words in facts if words]


def old_rows(found: Iterable[Service], slug: str) -> list[Row]:
    """Old services as a table."""
    return [
        Row(
            (
                link(
                    each.name, reverse("directory:service", args=[slug, each.key]),
                    below=each.organization.name if each.organization else "",
                ),
                text(each.source.name), _checked(each.assured_on),
            )
        )
        for each in found
    ]  # fmt: skip


def _checked(on: date | None) -> Cell:
    return text(day(on)) if on else text("Never said")


def summary(kept: Kept) -> list[str]:
    """What waits, a line each; empty where nothing does."""
    found = [
        f"{each.source.name} could not be read: {each.source.failure}" for each in kept.sources if each.source.failure
    ]
    found += [
        f"{each.source.name} is old: it was last read anew {_since(each.source.fresh_at)}"
        for each in kept.sources
        if each.old
    ]
    found += [f"{each.source.name} has a reading that waits: {each.waits.waits or 'apply it or drop it'}"
              for each in kept.sources if each.waits is not None and each.waits.state == State.READ]  # fmt: skip
    return found


def _since(at: datetime | None) -> str:
    return moment(at) if at else "never"
