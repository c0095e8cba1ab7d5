"""The two backends of the house, with a stub in place of GOV.UK Notify."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from notifications_python_client.errors import HTTPError, InvalidResponse

from frontdoor.letters.jobs import FileBackend, NotifyBackend
from frontdoor.letters.rules import NotSent, Refused, Undelivered, Unknown, from_status


class Notify:
    """Answers as GOV.UK Notify's client does."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.fails: Exception | None = None

    def _called(self, name: str, what: dict[str, Any]) -> dict[str, Any]:
        self.calls.append((name, what))
        if self.fails:
            raise self.fails
        found = [kept for _, kept in self.calls[:-1] if kept.get("reference") == what.get("reference")]
        return {"id": "1", "notifications": found}

    def send_email_notification(self, **what: Any) -> dict[str, Any]:
        return self._called("email", what)

    def send_sms_notification(self, **what: Any) -> dict[str, Any]:
        return self._called("sms", what)

    def get_all_notifications(self, **what: Any) -> dict[str, Any]:
        return self._called("find", what)


def _answer(status: int) -> requests.Response:
    answer = requests.Response()
    answer.status_code = status
    answer._content = json.dumps({"errors": []}).encode()
    return answer


def _message(reference: str = "r1") -> EmailMessage:
    return EmailMessage("Subject", "Body", "c@example.org", ["a@example.org"], headers={"X-Reference": reference})


@pytest.fixture
def notify(settings: Any) -> tuple[NotifyBackend, Notify]:
    settings.NOTIFY_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = "email-template", "text-template"
    client = Notify()
    return NotifyBackend(client=client), client


def test_an_email_goes_to_notify_with_its_reference(notify):
    backend, client = notify
    assert backend.send_messages([_message()]) == 1
    assert client.calls == [
        (
            "email",
            {
                "email_address": "a@example.org",
                "template_id": "email-template",
                "personalisation": {"subject": "Subject", "body": "Body"},
                "reference": "r1",
            },
        )
    ]


def test_a_text_goes_to_notify_with_its_reference(notify):
    backend, client = notify
    backend.send_text("+447700900123", "Body", reference="r1")
    ((name, what),) = client.calls
    assert (name, what["phone_number"], what["personalisation"]) == ("sms", "+447700900123", {"body": "Body"})
    assert (what["template_id"], what["reference"]) == ("text-template", "r1")


def test_notify_is_asked_by_reference(notify):
    backend, _ = notify
    assert not backend.find("r1")
    backend.send_messages([_message("r1")])
    assert backend.find("r1")
    assert not backend.find("r2")


def test_without_a_template_for_texts_none_is_sent(notify, settings):
    backend, client = notify
    settings.NOTIFY_TEXT_TEMPLATE = ""
    with pytest.raises(Refused):
        backend.send_text("+447700900123", "Body", reference="r1")
    assert client.calls == []


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (HTTPError(_answer(400)), Refused),
        (HTTPError(_answer(403)), NotSent),
        (HTTPError(_answer(429)), NotSent),
        (HTTPError(_answer(500)), Unknown),
        (HTTPError(_answer(503)), Unknown),
        (HTTPError(None), Unknown),
        (InvalidResponse(_answer(201)), Unknown),
    ],
)
def test_each_failure_of_notify_means_one_thing(notify, failure, meaning):
    backend, client = notify
    client.fails = failure
    with pytest.raises(meaning):
        backend.send_messages([_message()])


@given(st.integers(100, 599))
def test_only_what_certainly_was_not_kept_is_safe_to_repeat(status):
    meaning = type(from_status(status))
    assert issubclass(meaning, Undelivered)
    assert (meaning is Unknown) == (not 400 <= status < 500)


def test_files_hold_each_message_once(tmp_path: Path):
    backend = FileBackend(folder=tmp_path)
    assert not backend.find("r1")
    backend.send_messages([_message("r1")])
    backend.send_messages([_message("r1")])
    backend.send_text("+447700900123", "Body", reference="r2")
    assert backend.find("r1")
    assert backend.find("r2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r1.eml", "r2.txt"]
    assert b"To: a@example.org" in (tmp_path / "r1.eml").read_bytes()


def test_an_email_without_a_reference_is_kept_too(tmp_path: Path):
    backend = FileBackend(folder=tmp_path)
    backend.send_messages([EmailMessage("S", "B", "c@example.org", ["a@example.org"])] * 2)
    assert len(list(tmp_path.iterdir())) == 2
