"""A photo or a document may be added once the report has arrived; whatever becomes of a file, the report stands."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.files.models import File
from tests.portal.test_returning import REPORT, begun, press, sent
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db
FILES = REPORT + "sent/files/"


def photo(name: str = "kitchen.jpg") -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG")
    made.seek(0)
    made.name = name
    return made


def letter(content: bytes, name: str) -> BytesIO:
    made = BytesIO(content)
    made.name = name
    return made


@pytest.fixture
def reporter(world) -> Client:
    client = begun(Client())
    press(client, "worry", story="He has no bed")
    press(client, "check")
    return client


def kept() -> list[File]:
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        return list(File.objects.order_by("name"))


def test_it_is_asked_after_the_receipt_and_not_in_danger_now(world, reporter):
    assert "Do you want to add a photo or a document?" in reporter.get(REPORT + "sent/").text
    urgent = begun(Client(), "now")
    press(urgent, "worry", story="x")
    press(urgent, "check")
    assert "add a photo" not in urgent.get(REPORT + "sent/").text


def test_who_sends_no_file_and_nothing_else_goes_back_to_the_receipt(reporter):
    assert reporter.post(FILES, {}).url == REPORT + "sent/"


def test_what_is_added_belongs_to_the_submission_and_waits_to_be_scanned(reporter):
    answer = reporter.post(FILES, {"file_1": photo(), "file_3": letter(b"What she told me", "words.txt")})
    assert answer.url == REPORT + "sent/"
    (submission,) = sent()
    assert [(file.name, file.subject_key, file.state) for file in kept()] == [
        ("kitchen.jpg", submission.pk, "held"), ("words.txt", submission.pk, "held"),
    ]  # fmt: skip
    page = reporter.get(REPORT + "sent/").text
    assert "Added: kitchen.jpg" in page
    assert "Added: words.txt" in page


def test_a_file_that_is_not_taken_costs_neither_the_others_nor_the_report(reporter):
    page = reporter.post(FILES, {"file_1": letter(b"MZ\x90\x00" + bytes(200), "run.exe"), "file_2": photo()})
    assert page.status_code == 422
    assert "Added: kitchen.jpg" in page.text
    assert 'id="file_1-error"' in page.text or "file_1-error" in page.text
    assert [file.name for file in kept()] == ["kitchen.jpg"]
    assert len(sent()) == 1
    assert "874-W-" in reporter.get(REPORT + "sent/").text


def test_there_are_at_most_five(reporter):
    for number in range(3):
        reporter.post(FILES, {"file_1": photo(f"a{number}.jpg"), "file_2": photo(f"b{number}.jpg")})
    assert len(kept()) == 5
    assert "as many as we can take here" in reporter.get(FILES).text
    reporter.post(FILES, {"file_1": photo("late.jpg")})
    assert len(kept()) == 5


def test_nobody_adds_a_file_to_what_was_not_sent_or_is_another_browsers(world, reporter):
    for other in (Client(), begun(Client())):
        assert other.get(FILES).status_code == 404
        assert other.post(FILES, {"file_1": photo()}).status_code == 404
    assert not kept()
