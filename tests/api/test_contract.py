"""The interface is as its published document says, whatever is sent: schemathesis tries it from the document itself.

What the document allows is kept, and becomes a contact; what it does not allow is refused; every answer is one that
the document names, with a body of the shape that it names.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth

from frontdoor.access.models import ApiClient
from frontdoor.actors.rules import PUBLIC_INTAKE, SEEDER
from frontdoor.api.views import api
from frontdoor.config.wsgi import application
from frontdoor.contacts.actions import take_in
from frontdoor.contacts.models import Submission
from tests.worlds import PETERBOROUGH, World

schema = schemathesis.openapi.from_dict(
    api.get_openapi_schema(),
    config=schemathesis.Config.from_dict(
        {"generation": {"deterministic": True, "no-shrink": True, "max-examples": 15}}
    ),
)
schema.app = application
TOKEN = secrets.token_urlsafe(32)
"""The client's secret, known before there is a client: requests are put together when tests are collected."""


@schema.auth(refresh_interval=None)
class Bearer:
    def get(self, case: Any, context: Any) -> str:
        return TOKEN

    def set(self, case: Any, secret: str, context: Any) -> None:
        case.headers["Authorization"] = f"Bearer {secret}"


@pytest.fixture
def client_of_peterborough(world: World) -> Iterator[None]:
    """A client, in a transaction that outlives each request, as Django's own test client has it."""
    client, _ = world.api_client(council=PETERBOROUGH)
    with world.system(SEEDER, council=PETERBOROUGH):
        ApiClient.objects.filter(pk=client.pk).update(secret_hash=hashlib.sha256(TOKEN.encode()).digest())
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_is_sent_is_answered_as_documented(case: Any, client_of_peterborough: None, world: World) -> None:
    point = transaction.savepoint()
    try:
        # Who has no token is in the matrix, for every address: not asked again twice a case.
        case.call_and_validate(base_url="http://testserver", excluded_checks=[ignored_auth])
        with world.system(PUBLIC_INTAKE, council=PETERBOROUGH) as by:
            for submission in Submission.objects.exclude(channel="test"):
                take_in(str(submission.pk), by=by, at=submission.received_at)
    finally:
        transaction.savepoint_rollback(point)


def test_the_published_document_is_the_one_that_is_tried(client: Client, db: None) -> None:
    published = client.get("/api/v1/openapi.json")
    assert published.status_code == 200
    assert published.json() == json.loads(json.dumps(api.get_openapi_schema()))


SENT = b'{"story": "A worry", "source": "gp", "referrer": {"name": "A", "agency": "B"}, "people": [%s]}'
BODIES = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 400),
    "no UTF-8": (b'{"story": "\xff\xfe"}', 400),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "a number": (b"1e400", 422),
    "depth": (b"[" * 100_000, 400),
    "half a pair": (SENT % b'{"kind": "child", "given_name": "\\ud800"}', 422),
    "half a pair in a name of a field": (SENT % b'{"kind": "child", "\\ud800": 1}', 422),
    "NUL": (SENT % b'{"kind": "child", "given_name": "A\\u0000"}', 422),
    "NaN": (SENT % b'{"kind": "child", "approximate_age": NaN}', 422),
    "a day as a number": (SENT % b'{"kind": "child", "date_of_birth": 20190707}', 422),
    "a day as digits": (SENT % b'{"kind": "child", "date_of_birth": "20190707"}', 422),
    "a day with a time": (SENT % b'{"kind": "child", "date_of_birth": "2019-07-07T00:00"}', 422),
    "an age as text": (SENT % b'{"kind": "child", "approximate_age": "7"}', 422),
    "an instant before all years": (
        SENT.replace(b'"people"', b'"happened_at": "0001-01-01T00:00:00+12:00", "people"') % b"",
        422,
    ),
    "a truth as text": (SENT % b'{"kind": "child", "lives_with": "yes"}', 422),
    "more people than may be named": (SENT % b", ".join([b'{"kind": "child"}'] * 41), 422),
    "a story of nothing that is seen": (SENT.replace(b"A worry", b" \\u200b\\n\\u202e") % b"", 422),
    "a megabyte": (SENT.replace(b"A worry", b"x" * 1_000_001) % b"", 400),
}


@pytest.mark.parametrize("what", BODIES)
def test_what_no_document_describes_is_refused_in_the_documented_shape(
    client: Client, client_of_peterborough: None, what: str
) -> None:
    body, status = BODIES[what]
    answer = client.post(
        "/api/v1/reports", data=body, content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "school-0001"},
    )  # fmt: skip
    assert answer.status_code == status, answer.content
    assert set(answer.json()) == {"title", "status", "problems"}
    assert answer.json()["status"] == status


def test_what_turns_writing_around_and_line_ends_in_a_name_are_taken_out(
    client: Client, client_of_peterborough: None, world: World
) -> None:
    body = SENT % b'{"kind": "child", "given_name": "Ar\\u202elo\\nBcc: x", "address": "1 \\u2066Lane"}'
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "school-0001"}
    assert client.post("/api/v1/reports", body, content_type="application/json", headers=headers).status_code == 201
    with world.system(PUBLIC_INTAKE, council=PETERBOROUGH):
        (person,) = Submission.objects.get().body["people"]
    assert (person["given_name"], person["address"]) == ("Arlo Bcc: x", "1 Lane")


def test_an_instant_of_any_offset_is_kept_and_becomes_a_contact(
    client: Client, client_of_peterborough: None, world: World
) -> None:
    body = SENT.replace(b'"people"', b'"happened_at": "2026-04-02T15:05:00+16:00", "people"') % b""
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "school-0001"}
    assert client.post("/api/v1/reports", body, content_type="application/json", headers=headers).status_code == 201
    with world.system(PUBLIC_INTAKE, council=PETERBOROUGH) as by:
        submission = Submission.objects.get()
        assert submission.body["happened_at"] == "2026-04-01T23:05:00+00:00"
        take_in(str(submission.pk), by=by, at=submission.received_at)


@pytest.mark.parametrize("path", ["nothing", "reports/", "receipts/", "receipts/2026-04-02/x"])
def test_an_address_that_there_is_not_is_answered_to_systems_as_json(client: Client, db: None, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json() == {"title": "Not found", "status": 404, "problems": {}}


@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_a_fault_and_a_database_that_is_away_are_answered_as_json(
    client: Client, client_of_peterborough: None, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], status: int
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise fault("with a name in it")

    monkeypatch.setattr("frontdoor.contacts.actions.submit", fails)
    client.raise_request_exception = False
    answer = client.post(
        "/api/v1/reports", data=SENT % b"", content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "school-0001"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["status"], answer.json()["problems"]) == (status, status, {})
    assert "name in it" not in answer.content.decode()
