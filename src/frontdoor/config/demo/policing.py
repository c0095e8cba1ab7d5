"""The police of the demonstration: their invented arrivals come as notices, and a night's file is full of others."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from frontdoor.actors.rules import Actor
from frontdoor.config.scenarios import Arrival
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import notices
from frontdoor.contacts.models import Contact, Notice
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.intake import Report

CHANNEL = "police_notification"
FORCE = "Cambridgeshire Constabulary"
BEFORE = timedelta(minutes=25)
"""So long before the play ends the night's file arrives: inside the time of a first look, so nobody is late yet."""

_WORDS = (("PPN DA", "domestic_abuse"), ("Missing report", "missing"), ("Found report", "found"))
_INCIDENT = re.compile(r"(?:Incident|Log) (\d{4}-\d{4})")
_GRADE = re.compile(r"PPN DA (standard|medium|high)|Risk graded (high|medium|low)")


def notice(arrival: Arrival, report: Report) -> rules.NoticeGiven:
    """An invented arrival as its desk would send it: kind, grade and incident as its own words name them."""
    story, told = arrival.narrative, arrival.referrer
    kind = next((kind for words, kind in _WORDS if story.startswith(words)), "other_concern")
    incident = found[1] if (found := _INCIDENT.search(story)) else ""
    graded = _GRADE.search(story)
    grade = next(filter(None, graded.groups()), "") if graded else ""
    force = told.agency or FORCE
    sub_type = rules.KINDS[kind] if arrival.category == "request_for_service" else report.sub_type
    return rules.NoticeGiven(
        reference=f"PPN-{arrival.id}",
        report=replace(
            report, sub_type=sub_type, event_reference=rules.event_reference(force, incident),
            event_label=rules.event_label(force, incident) if incident else "",
        ),
        force=force, incident=incident, sent_at=arrival.arrives_at, desk=told.role or "", officer=told.name or "",
        grade=grade if grade in dict(rules.GRADES) else "",
    )  # fmt: skip


def take_in(arrival: Arrival, report: Report, *, by: Actor, at: datetime) -> Contact:
    """Take an arrival in as the notice that it is, and make its contact at once."""
    given = notice(arrival, report)
    notices.receive([given], by=by, at=at)
    stored = Notice.objects.get(force_key=rules.force_key(given.force), reference=given.reference)
    return contacts.take_in(str(stored.submission_id), by=by, at=at)


class _Told(NamedTuple):
    """What a notice of the night tells.

    :param incident: which of the night's incidents; 0 where the police give no number
    :param hours: before the end of the play
    """

    incident: int
    family: str
    kind: str
    grade: str
    hours: int
    words: str
    children: tuple[str, ...]


def nights_file(until: datetime, *, council: str) -> list[dict[str, Any]]:
    """Notices of one night, made up: three incidents that several tell of, and others of one family each.

    :param council: whose: its number stands in their references
    """
    return [_row(number, _Told(*told), until=until, council=council) for number, told in enumerate(_NIGHT, start=1)]


_NIGHT = (
    (1, "Thackwell", "domestic_abuse", "high", 9, "He held her by the throat. Arrested, in custody.", ("Isla", "Otto")),
    (1, "Thackwell", "domestic_abuse", "high", 9, "Second officer, same call. The boy rang us from the bathroom.",
     ("Otto",)),
    (0, "Ormsey", "domestic_abuse", "standard", 8, "Shouting over money. Nobody hurt, both sober when we came.",
     ("Vera",)),
    (0, "Pellworth", "missing", "", 8, "Last seen at 21:30 at the bus station. Phone switched off.", ("Jonah",)),
    (0, "Pellworth", "found", "", 4, "Located at 03:10, at a friend's. Taken home. Prevention check done.", ("Jonah",)),
    (2, "Dravick", "child_on_child", "medium", 7, "Fight in the precinct, filmed. He has a cut lip.", ("Mattis",)),
    (2, "Silverby", "child_on_child", "medium", 7, "Fight in the precinct. He is shown in the film.", ("Corin",)),
    (2, "Hanthorpe", "child_on_child", "", 7, "Fight in the precinct. She held the telephone.", ("Tess",)),
    (0, "Wexcombe", "domestic_abuse", "medium", 6, "Door kicked in by her former partner. Children upstairs.",
     ("Alba", "Rufus", "Nell")),
    (3, "Brindlow", "other_concern", "", 5, "Two children alone in the flat when we came about a noise.",
     ("Kaia", "Sven")),
    (3, "Brindlow", "adult_concern", "", 5, "Their mother, found unwell in the street, taken to hospital.", ()),
    (0, "Ormsey", "domestic_abuse", "standard", 2, "Called again. He had come back for his keys and left.", ("Vera",)),
)  # fmt: skip


def _row(number: int, told: _Told, *, until: datetime, council: str) -> dict[str, Any]:
    happened = until - timedelta(hours=told.hours, minutes=7 * told.incident)
    return {
        "police_reference": f"NIGHT-{council}-{until:%m%d}-{number:02d}",
        "incident_reference": f"{happened:%m%d}-{told.incident:04d}" if told.incident else "",
        "force": FORCE, "desk": "Public protection desk", "email": "ppn-desk@example.org",
        "officer": f"PC 70{number:02d}", "incident_time": happened.isoformat(timespec="minutes"),
        "sent_time": (until - BEFORE - timedelta(minutes=30)).isoformat(timespec="minutes"),
        "risk_grade": told.grade, "kind": told.kind,
        "address": f"{10 + told.incident + len(told.family)} {told.family} Row", "postcode": "PE1 1ZZ",
        "narrative": told.words, "children": [_child(name, told.family) for name in told.children],
        "adults": [{"given_name": "Ann", "family_name": told.family, "relationship": "mother", "lives_there": "yes"}],
    }  # fmt: skip


def _child(name: str, family: str) -> dict[str, str]:
    born = f"{2010 + len(name)}-0{len(family) % 9 + 1}-1{len(name)}"
    return {"given_name": name, "family_name": family, "date_of_birth": born, "present": "yes"}


def take_in_night(until: datetime, *, council: str, by: Actor, at: datetime) -> None:
    """The night's file, checked and taken in by a contact officer; its contacts are made by the jobs that it leaves."""
    content = rules.as_csv(rows := nights_file(until, council=council), [""] * len(rows)).encode()
    batch = notices.check_file(content, name="night.csv", by=by, at=at)
    notices.take(batch.key, seen=batch.version, by=by, at=at)
