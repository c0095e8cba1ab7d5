"""Systems hand in reports with the same receipts as people, and reconcile any day."""

import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Submission
from tests.worlds import World

REPORT = {
    "story": "Year 2 pupil came in with a bruise on his cheek and would not say how.",
    "source": "school",
    "referrer": {"name": "Nkechi Barrow", "agency": "Whittle Brook Primary School", "role": "Inclusion lead"},
    "people": [{"kind": "child", "given_name": "Arlo", "family_name": "Thripp", "date_of_birth": "2019-07-07"}],
}


class System:
    """A school's system with a token of its own."""

    def __init__(self, client: Client, secret: str) -> None:
        self.client, self.secret = client, secret

    def send(self, body: Any, key: str = "school-0001", **headers: str) -> Any:
        return self.client.post(
            "/api/v1/reports",
            data=json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", "Idempotency-Key": key, **headers},
        )


@pytest.fixture
def system(world: World, client: Client) -> System:
    _, secret = world.api_client(council=874)
    return System(client, secret)


def test_a_report_gets_a_receipt_and_the_same_key_the_same_receipt(system: System, world: World) -> None:
    first, again = system.send(REPORT), system.send(REPORT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"] == "874-S-000001"
    assert again.json()["again"] is True
    with world.system(PUBLIC_INTAKE, council=874):
        assert Submission.objects.count() == 1


def test_the_same_key_with_another_body_is_refused_and_the_first_receipt_stands(system: System, world: World) -> None:
    system.send(REPORT)
    answer = system.send({**REPORT, "story": "Something else"})
    assert answer.status_code == 422
    with world.system(PUBLIC_INTAKE, council=874):
        assert Submission.objects.get().body["story"] == REPORT["story"]


@pytest.mark.parametrize("token", ["", "wrong", "Ω"])
def test_no_token_no_entry(client: Client, token: str, db: None) -> None:
    answer = client.get("/api/v1/receipts/2026-04-02", headers={"Authorization": f"Bearer {token}"} if token else {})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"people": [{"kind": "child", "date_of_birth": "2026-02-30"}]}, "people.0.date_of_birth"),
        ({"people": [{"kind": "child", "given_name": "A\u0000b"}]}, "people.0.given_name"),
        ({"people": [{"kind": "child", "date_of_birth": "2020-01-01", "expected_on": "2026-05-01"}]}, "people.0"),
        ({"story": "x" * 50_000}, "story"),
        ({"source": "nobody"}, "source"),
        ({"happened_at": "2026-04-02T10:00:00"}, "happened_at"),
        ({"is_staff": True}, "is_staff"),
    ],
)
def test_what_does_not_fit_is_told_by_its_place(system: System, change: dict[str, Any], field: str) -> None:
    answer = system.send({**REPORT, **change})
    assert answer.status_code == 422
    assert any(field in place for place in answer.json()["problems"]), answer.json()


def test_a_sender_reconciles_a_day(system: System) -> None:
    for number in range(3):
        system.send(REPORT, key=f"school-key-{number}")
    from django.utils import timezone

    from frontdoor.organisations.rules import london_day

    day = london_day(timezone.now()).isoformat()
    found = system.client.get(f"/api/v1/receipts/{day}", headers={"Authorization": f"Bearer {system.secret}"}).json()
    assert found["count"] == 3
    (whole,) = found["channels"]
    lines = "".join(f"{row['number']} {row['digest']}\n" for row in found["receipts"])
    assert whole["digest"] == hashlib.sha256(lines.encode()).hexdigest()
    assert (whole["first"], whole["last"]) == (found["receipts"][0]["number"], found["receipts"][2]["number"])
    assert [row["number"][-1] for row in found["receipts"]] == ["1", "2", "3"]


def test_another_client_sees_nothing_of_it(system: System, world: World, client: Client) -> None:
    system.send(REPORT)
    from django.utils import timezone

    from frontdoor.organisations.rules import london_day

    _, other = world.api_client(council=874, agency="Fenland Education Outreach")
    day = london_day(timezone.now()).isoformat()
    found = client.get(f"/api/v1/receipts/{day}", headers={"Authorization": f"Bearer {other}"}).json()
    assert found["receipts"] == []
