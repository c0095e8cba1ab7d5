"""A police system hands in many notices at once: each is answered by itself, once a reference."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.config.demo.playing import carried_out
from frontdoor.contacts.models import Contact, Submission
from tests.contacts.noticing import row
from tests.worlds import World


@pytest.fixture
def send(world: World, client: Client) -> Any:
    _, secret = world.api_client(council=874)

    def sent(body: Any, key: str = "police-0001") -> Any:
        content = body if isinstance(body, str) else json.dumps(body)
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return client.post("/api/v1/notices", data=content, content_type="application/json", headers=headers)

    return sent


def test_each_notice_is_answered_by_itself(send: Any, world: World) -> None:
    answer = send({"notices": [row("A-1"), row("A-2", kind="nonsense"), row("A-1")]})
    assert answer.status_code == 201
    found = answer.json()
    assert (found["accepted"], found["already"], found["refused"], found["again"]) == (1, 1, 1, False)
    assert [(each["state"], each["receipt"]) for each in found["notices"]] == [
        ("accepted", "874-P-000001"), ("refused", ""), ("already", "874-P-000001"),
    ]  # fmt: skip
    assert list(found["notices"][1]["problems"]) == ["kind"]
    list(carried_out(timezone.now()))
    with world.acting("contact_officer"):
        assert Contact.objects.get().channel == "police_notification"


def test_the_same_key_and_body_give_the_same_answer_and_another_body_is_refused(send: Any, world: World) -> None:
    first, again = send({"notices": [row("A-1")]}), send({"notices": [row("A-1")]})
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert again.json()["notices"] == first.json()["notices"]
    assert send({"notices": [row("A-2")]}).status_code == 422
    with world.acting("contact_officer"):
        assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"notices": []}, {"notices": ["text"]}, {},
        "[",
    ],
)  # fmt: skip
def test_what_is_no_batch_of_notices_is_refused_in_words(send: Any, body: Any) -> None:
    answer = send(body)
    assert answer.status_code in (400, 422)
    assert answer.json()["title"]


@pytest.mark.parametrize("wrong", ['"\\u0000"', "1e999", '"\\ud800"', '{"a":' * 50 + "1" + "}" * 50])
def test_what_cannot_be_stored_is_refused_and_holds_back_no_other(send: Any, wrong: str) -> None:
    answer = send(f'{{"notices": [{{"narrative": {wrong}}}, {json.dumps(row("A-1"))}]}}')
    if answer.status_code != 400:  # half a surrogate pair is no text at all
        assert [each["state"] for each in answer.json()["notices"]] == ["refused", "accepted"]


def test_this_one_address_takes_ten_megabytes_and_the_others_one(send: Any, world: World, client: Client) -> None:
    rows = [row(f"L-{number}", narrative="A long night. " * 1_400) for number in range(60)]
    assert len(json.dumps({"notices": rows})) > 1_100_000
    assert send({"notices": rows}).json()["accepted"] == 60
    assert send({"notices": rows}, key="again-0001").json()["already"] == 60
    too_long = json.dumps({"notices": [row("L-61", narrative="x" * 10_000_000)]})
    answer = send(too_long, key="again-0002")
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    _, secret = world.api_client(council=874)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "report-0001"}
    body = json.dumps({"story": "x" * 1_100_000})
    other = client.post("/api/v1/reports", data=body, content_type="application/json", headers=headers)
    assert other.status_code == 400
    nobody = client.post("/api/v1/notices", data=too_long, content_type="application/json")
    assert nobody.status_code == 401


BOMBS = {"fields": json.dumps({"notices": [dict.fromkeys(map(str, range(130_000)), 0)]}, separators=(",", ":"))} | {
    name: '{"notices": [' + ",".join([what] * 500_000) + "]}"
    for name, what in {"objects": "{}", "lists": "[]", "nested": "[[]]"}.items()
}  # fmt: skip


@pytest.mark.parametrize("body", [*BOMBS.values(), '{"notices": [' + '"",' * 700_000 + '""]}'], ids=[*BOMBS, "texts"])
def test_what_would_be_long_in_memory_is_not_read_at_all(send: Any, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ninja.parser.Parser.parse_body", lambda parser, request: pytest.fail("it was read"))
    assert send(body).status_code == 413
