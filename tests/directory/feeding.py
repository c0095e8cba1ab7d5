"""Feeds as other makers give them: whole services, and services with something wrong."""

import json
import uuid
from typing import Any

from frontdoor.directory.actions import applying, reading
from frontdoor.directory.models import Run, Service, Source

NEED = "6f0c2c3a-5f0e-4e6a-9a51-0d6a52d3b001"
TAXONOMY = "6f0c2c3a-5f0e-4e6a-9a51-0d6a52d3b000"


def key(name: str) -> str:
    """An identifier that a name always gives."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def service(name: str = "Little Otters", /, **said: Any) -> dict[str, Any]:
    """One service as the profile has it; anything may be said otherwise, and None leaves a field out."""
    whole = {
        "id": key(name), "name": name, "status": "active", "description": f"{name} is a toddler group by the river.",
        "assured_date": "2026-01-02", "minimum_age": 0, "maximum_age": 4,
        "organization": {"id": key("otters"), "name": "Otter Trust", "description": "A charity"},
        "schedules": [
            {"id": key(f"{name} hours"), "freq": "WEEKLY", "byday": "MO,TH", "opens_at": "09:30", "closes_at": "11:00"}
        ],
        "cost_options": [{"id": key(f"{name} cost"), "amount": 0}],
        "contacts": [
            {"id": key(f"{name} desk"), "phones": [{"id": key(f"{name} phone"), "number": "01632 960301"}]}
        ],
        "languages": [{"id": key(f"{name} language"), "name": "Polish"}],
        "attributes": [
            {
                "id": key(f"{name} term"),
                "taxonomy_term": {
                    "id": NEED, "name": "Toddler groups", "description": "Toddler groups", "taxonomy_id": TAXONOMY,
                    "taxonomy": "Family hubs",
                },
            }
        ],
        "service_at_locations": [place(f"{name} hall", "PE1 1XX", 52.57, -0.24)],
    } | said  # fmt: skip
    return {name: value for name, value in whole.items() if value is not None}


def place(name: str, postcode: str, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    """A service at a place."""
    where = {} if latitude is None else {"latitude": latitude, "longitude": longitude}
    return {
        "id": key(f"at {name}"),
        "location": {
            "id": key(name), "location_type": "physical", "name": name, **where,
            "addresses": [
                {
                    "id": key(f"{name} address"), "address_1": "1 River Lane", "city": "Peterborough",
                    "state_province": "Peterborough", "postal_code": postcode, "country": "GB",
                    "address_type": "physical",
                }
            ],
            "accessibility": [{"id": key(f"{name} ramp"), "description": "Level entrance"}],
        },
    }  # fmt: skip


def body(*services: Any, **more: Any) -> bytes:
    """A feed as a file."""
    return json.dumps({"services": list(services), **more}).encode()


def source(*, by: Any, at: Any, name: str = "Voluntary sector") -> Source:
    """A source that is brought by file."""
    return reading.add_source(name=name, origin="file", by=by, at=at)


def bring(source: Source, *services: Any, by: Any, at: Any, **more: Any) -> Run:
    """Try a file and apply it."""
    run = reading.try_file(source.key, body(*services, **more), by=by, at=at)
    return applying.apply(run.key, seen=run.version, by=by, at=at)


def standing(name: str = "Little Otters") -> Service:
    """A service as it stands."""
    return Service.objects.get(feed_id=key(name))
