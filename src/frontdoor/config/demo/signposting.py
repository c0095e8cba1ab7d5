"""The directory of the demonstration: invented services as feeds of Open Referral UK, by the real importer."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import DIRECTORY
from frontdoor.codes.rules import SERVICE_CATEGORIES
from frontdoor.config.demo import organisation
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.directory.actions import applying, correcting, reading
from frontdoor.directory.models import Service, Source
from frontdoor.directory.rules.profile import DAYS
from frontdoor.shell.rules import london

SOURCES = {
    "peterborough": (PETERBOROUGH, "Peterborough family information", 2),
    "voluntary": (PETERBOROUGH, "List of the voluntary sector", 45),
    "cambridgeshire": (CAMBRIDGESHIRE, "Cambridgeshire family directory", 1),
}
"""By the name in the file: whose council, what it is called, and how many days ago it was last read."""

TOWNS = {
    "Peterborough": (52.5725, -0.2427), "Eye": (52.6018, -0.1893), "Huntingdon": (52.3315, -0.1826),
    "St Neots": (52.2281, -0.2702), "Ely": (52.3995, 0.2624), "Soham": (52.3352, 0.3372), "Wisbech": (52.6660, 0.1594),
    "March": (52.5510, 0.0880), "Cambridge": (52.2053, 0.1218), "Littleport": (52.4571, 0.3049),
}  # fmt: skip
"""Where the towns lie, in degrees; the invented halls lie near them."""

CORRECTED = ("Penny Wise", "phone", "01632 960499", "They rang: the old number goes to a fax.")
"""One field that the feed has wrong: of which service, which, what is right, and how that is known."""

ODD = {
    "id": "not-an-identifier", "name": "Puppet Theatre", "status": "active", "opening_hours": "daily",
    "description": "The maker of this feed gave it no proper identifier, so it is left out and told.",
}  # fmt: skip

_BASE = "https://services.example/"


def key(*parts: str) -> str:
    """An identifier that the same words always give."""
    return str(uuid5(NAMESPACE_URL, _BASE + "/".join(parts)))


def rows(source: str) -> list[dict[str, str]]:
    """The invented services of one source, as they stand in the file."""
    text = (files("frontdoor.config.scenarios") / "services.csv").read_text(encoding="utf-8")
    return [row for row in csv.DictReader(text.splitlines()) if row["source"] == source]


def feed(source: str, *, at: datetime) -> dict[str, Any]:
    """One source as a feed: its services, and the categories of family hubs as a taxonomy."""
    found = rows(source)
    return {
        "services": [service(row, number, at=at) for number, row in enumerate(found)],
        "taxonomies": [_taxonomy()], "taxonomy_terms": list(_terms()),
    }  # fmt: skip


def _taxonomy() -> dict[str, Any]:
    words = "Services of family hubs, as the Department for Education groups them"
    return {"id": key("taxonomy"), "name": "Family hubs", "description": words}


def _term(code: str, name: str, parent: str = "") -> dict[str, Any]:
    more = {"parent_id": key("term", parent)} if parent else {}
    return {
        "id": key("term", code), "name": name, "description": name, "taxonomy_id": key("taxonomy"),
        "taxonomy": "Family hubs", **more,
    }  # fmt: skip


def _terms() -> Iterator[dict[str, Any]]:
    for group in dict.fromkeys(each.group for each in SERVICE_CATEGORIES):
        yield _term(group, group)
    for each in SERVICE_CATEGORIES:
        yield _term(each.code, each.label, each.group)


def service(row: dict[str, str], number: int, *, at: datetime) -> dict[str, Any]:
    """One row of the file as a service of the profile."""
    name, mine = row["name"], key("service", row["source"], row["name"])
    category = SERVICE_CATEGORIES[row["category"]]
    mail = "".join(each for each in row["organisation"].lower() if each.isascii() and each.isalpha())
    checked = at - timedelta(days=int(row["checked"]))
    ages = {"minimum_age": row["youngest"], "maximum_age": row["oldest"]}
    return {
        "id": mine, "name": name, "status": "active", "description": row["description"],
        "url": f"https://{mail}.example/", "email": f"hello@{mail}.example",
        "assured_date": london(checked).date().isoformat(),
        **{field: int(value) for field, value in ages.items() if value},
        "organization": {
            "id": key("organisation", row["organisation"]), "name": row["organisation"],
            "description": f"{row['organisation']} runs services for families.",
        },
        "schedules": [_schedule(row, mine)], "cost_options": [_cost(row, mine)],
        "contacts": [
            {
                "id": key(mine, "contact"), "name": "Front desk",
                "phones": [{"id": key(mine, "phone"), "number": f"01632 960{300 + number + 60 * _far(row):03d}"}],
            }
        ],
        "languages": [{"id": key(mine, each), "name": each} for each in row["languages"].split(";")],
        "service_areas": [{"id": key(mine, "area"), "name": row["town"]}],
        "attributes": [
            {"id": key(mine, "attribute"), "taxonomy_term": _term(category.code, category.label, category.group)}
        ],
        "service_at_locations": [_place(row, mine)],
    }  # fmt: skip


def _far(row: dict[str, str]) -> int:
    return list(SOURCES).index(row["source"])


def _schedule(row: dict[str, str], mine: str) -> dict[str, Any]:
    monthly = row["every"] == "MONTHLY"
    days = ",".join(f"1{day}" if monthly else day for day in row["days"].split() if day in DAYS)
    said = {} if float(row["cost"]) or not row["note"] else {"description": row["note"]}
    return {
        "id": key(mine, "schedule"), "freq": "MONTHLY" if monthly else "WEEKLY", "byday": days,
        "interval": 1 if monthly else int(row["every"]), "opens_at": row["opens"], "closes_at": row["closes"], **said,
    }  # fmt: skip


def _cost(row: dict[str, str], mine: str) -> dict[str, Any]:
    amount = float(row["cost"])
    return {"id": key(mine, "cost"), "amount": amount, **({"amount_description": row["note"]} if amount else {})}


def _place(row: dict[str, str], mine: str) -> dict[str, Any]:
    hall = key("hall", row["hall"], row["postcode"])
    north, east = TOWNS[row["town"]]
    away = int(hall[:2], 16) / 6_000  # up to three miles, always the same
    access = [{"id": key(hall, "access"), "description": row["access"]}] if row["access"] else []
    return {
        "id": key(mine, "at"),
        "location": {
            "id": hall, "location_type": "physical", "name": row["hall"], "latitude": round(north + away, 5),
            "longitude": round(east - away, 5), "accessibility": access,
            "addresses": [
                {
                    "id": key(hall, "address"), "address_1": row["street"], "city": row["town"],
                    "state_province": "Cambridgeshire", "postal_code": row["postcode"], "country": "GB",
                    "address_type": "physical",
                }
            ],
        },
    }  # fmt: skip


def make(*, now: datetime) -> int:
    """Read every source as of its day; put one service right; leave one reading for somebody to look at.

    :returns: how many services the public is shown
    """
    for name, (_, _, days) in SOURCES.items():
        bring(name, at=now - timedelta(days=days))
    _put_right(now)
    _leave_one(now)
    count = 0
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=DIRECTORY):
            count += Service.objects.filter(public=True).count()
    return count


def begin(*, at: datetime) -> None:
    """Read every source for the first time, so that families can be told of what is in it from then on."""
    for name in SOURCES:
        bring(name, at=at)


def bring(name: str, *, at: datetime) -> None:
    """One source as the importer takes it: named where it is new, tried, then applied."""
    council, called, _ = SOURCES[name]
    with acting_for(council, by=DIRECTORY) as by:
        source = Source.objects.filter(name=called).first() or reading.add_source(
            name=called, origin="file", licence="Open Government Licence 3.0 (invented)", by=by, at=at
        )
        run = reading.try_file(source.key, _bytes(feed(name, at=at)), by=by, at=at)
        applying.apply(run.key, seen=run.version, by=by, at=at)


def _bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


def _put_right(now: datetime) -> None:
    """What the early help officer has put right; the feed has changed under it since."""
    name, field, value, why = CORRECTED
    officer = User.objects.get(email=organisation.email_of(Role.EARLY_HELP_OFFICER, authority=PETERBOROUGH))
    with acting_for(PETERBOROUGH, by=actor_for(officer, at=now)) as by:
        service = Service.objects.get(name=name)
        correcting.correct(
            service.key, field=field, value=value, why=why, seen=service.version, by=by, at=now - timedelta(days=1)
        )


def _leave_one(now: datetime) -> None:
    """A reading of Cambridgeshire's source that waits: one service changed, and one that cannot be taken."""
    at = now - timedelta(hours=3)
    said = feed("cambridgeshire", at=now - timedelta(days=SOURCES["cambridgeshire"][2]))
    services = said["services"]
    services[0]["description"] += " Now with hot chocolate."
    services.append(ODD)
    with acting_for(CAMBRIDGESHIRE, by=DIRECTORY) as by:
        source = Source.objects.get(name=SOURCES["cambridgeshire"][1])
        reading.try_file(source.key, _bytes(said), by=by, at=at)
