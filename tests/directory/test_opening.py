"""The open endpoints answer as Open Referral UK lays them down, to anybody, in JSON whatever is wrong."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from frontdoor.directory.rules.profile import OBJECTS
from tests.directory.feeding import NEED, TAXONOMY, bring, key, service, source
from tests.worlds import PETERBOROUGH, World

AT = datetime(2026, 1, 6, 10, tzinfo=UTC)
BASE = "/api/open/peterborough"


@pytest.fixture
def brought(world: World) -> None:
    with world.acting("early_help_officer", of=PETERBOROUGH) as by:
        every = [service(), service("Big Otters"), service("Closed Club", status="defunct")]
        bring(source(by=by, at=AT), *every, by=by, at=AT)


def fitting(name: str, said: dict[str, Any], path: str = "") -> list[str]:
    """Everything of an object that does not fit the profile, by its place."""
    fields = OBJECTS[name]
    wrong = [f"{path}{each} is extra" for each in said.keys() - fields.keys()]
    for each, field in fields.items():
        here, value = f"{path}{each}", said.get(each)
        if value is None:
            wrong += [f"{here} is missing"] if field.required else []
        elif field.type == "array":
            wrong += [more for place, part in enumerate(value) for more in fitting(field.of, part, f"{here}[{place}].")]
        elif field.type == "object":
            wrong += fitting(field.of, value, f"{here}.")
        elif not isinstance(value, str if field.type == "string" else int | float):
            wrong.append(f"{here} is a {type(value).__name__}")
        elif field.enum and value not in field.enum:
            wrong.append(f"{here} is {value}")
    return wrong


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"/services/{key('Little Otters')}", "service"), (f"/taxonomies/{TAXONOMY}", "taxonomy"),
        (f"/taxonomy_terms/{NEED}", "taxonomy_term"),
        (f"/service_at_locations/{key('at Little Otters hall')}", "service_at_location"),
    ],
)  # fmt: skip
def test_each_object_fits_the_profile_field_by_field(client: Client, brought: None, path: str, name: str) -> None:
    answer = client.get(BASE + path)
    assert answer.status_code == 200
    assert fitting(name, answer.json()) == []


@pytest.mark.parametrize(
    ("path", "name", "total"),
    [
        ("/services", "service", 2), ("/taxonomies", "taxonomy", 1), ("/taxonomy_terms", "taxonomy_term", 1),
        ("/service_at_locations", "service_at_location", 2),
    ],
)  # fmt: skip
def test_each_list_is_a_page_of_fitting_objects(
    client: Client, brought: None, path: str, name: str, total: int
) -> None:
    said = client.get(BASE + path).json()
    assert said["total_items"] == len(said["contents"]) == total
    assert [wrong for each in said["contents"] for wrong in fitting(name, each)] == []


def test_the_base_says_version_and_profile(client: Client, brought: None) -> None:
    assert client.get(f"{BASE}/").json()["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("search=big", 1), (f"taxonomy_term_id={NEED}", 2), (f"taxonomy_id={TAXONOMY}", 2), ("minimum_age=9", 0),
        ("maximum_age=2", 2), ("day=MO", 2), ("day=SU", 0), ("start_time=09:00&end_time=10:00", 2), ("unknown=1", 2),
        ("postcode=PE1+1XX&proximity=500", 2), ("search=closed", 0),
    ],
)  # fmt: skip
def test_lists_are_narrowed_as_the_profile_says(client: Client, brought: None, asked: str, total: int) -> None:
    for path in ("/services", "/service_at_locations"):
        assert client.get(f"{BASE}{path}?{asked}").json()["total_items"] == total


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services/1", 404), (f"/services/{key('nobody')}", 404), (f"/services/{key('Closed Club')}", 404),
        ("/services?per_page=1000", 400), ("/services?page=0", 400), ("/taxonomies/x", 404), ("/nothing", 404),
        ("/services/", 404),
    ],
)  # fmt: skip
def test_whatever_is_wrong_is_said_in_json(client: Client, brought: None, path: str, status: int) -> None:
    answer = client.get(BASE + path)
    assert (answer.status_code, answer["Content-Type"].split(";")[0], answer.json()["status"]) == (
        status, "application/json", status
    )  # fmt: skip


def test_an_unknown_council_and_another_method_are_said_in_json(client: Client, brought: None) -> None:
    assert client.get("/api/open/rutland/services").json()["status"] == 404
    assert client.post(f"{BASE}/services", {}).status_code in {403, 405}


def test_any_site_may_read_it_and_an_answer_may_be_kept(client: Client, brought: None) -> None:
    first = client.get(f"{BASE}/services/{key('Little Otters')}")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age" in first["Cache-Control"]
    assert "Last-Modified" in first
    again = client.get(f"{BASE}/services/{key('Little Otters')}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
