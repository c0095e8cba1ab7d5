"""Each refusal has one answer; error pages tell what happened and whom to ring, and ask the database nothing."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory, override_settings

from frontdoor.actors import rules as actors
from frontdoor.actors.rules import Permission
from frontdoor.shell import views
from frontdoor.shell.pages import Telephone, telephones
from frontdoor.shell.rules import answers
from tests.shell.markup import parse


class Council:
    id, slug, name = 874, "peterborough", "Peterborough City Council"


@pytest.fixture
def kept(settings, tmp_path):
    """Two councils' numbers in a state directory of the test's own, to be read as by a new process."""
    settings.STATE = tmp_path
    telephones.forget()
    telephones.remember(874, [Telephone("Peterborough", "01632 960001", "all day")])
    telephones.remember(873, [Telephone("Cambridgeshire", "01632 960003")])
    telephones.forget()
    yield tmp_path / "telephones.json"
    telephones.forget()


@pytest.fixture
def request_(kept):
    """A request as it stands where nothing has been asked of the database; asking fails the test."""
    request = RequestFactory().post("/peterborough/contacts/", {"rationale": "<b>mine</b>", "csrfmiddlewaretoken": "x"})
    request.council = Council()
    return request


def _read(answer):
    return parse(answer.content.decode()).text


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (actors.NotFound(), 404),
        (actors.NotPermitted(Permission.CONTACT_DECIDE), 403),
        (actors.StepNotAllowed("This was decided."), 409),
        (actors.Conflict(1, 2, {"rationale": "theirs"}), 409),
        (actors.SameKeyOtherBody(), 422),
        (actors.InvalidInput(day="The day is wrong."), 422),
    ],
)
def test_each_refusal_has_its_status(request_, failure, status):
    answer = views.answer_to(request_, failure)
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"


def test_what_is_no_refusal_is_a_fault_of_ours(request_):
    assert views.answer_to(request_, ValueError("x")) is None
    assert views.answer_to(request_, actors.NoActor()) is None


def test_every_error_of_the_actors_has_been_thought_of():
    refusals = {kind for kind in vars(actors).values() if isinstance(kind, type) and issubclass(kind, actors.Error)}
    faults = {actors.Error, actors.NoActor, actors.Nested}
    assert refusals - faults == set(answers.STATUS)


def test_every_permission_says_what_it_is_for():
    assert set(answers.WHAT) == set(Permission)
    assert set(answers.ASK) <= set(Permission)


def test_absent_and_out_of_reach_are_the_same_bytes(request_):
    first = views.answer_to(request_, actors.NotFound())
    assert first.content == views.not_found(request_, Http404("secret")).content
    other = RequestFactory().get("/peterborough/contacts/elsewhere/")
    other.council = Council()
    assert first.content == views.answer_to(other, actors.NotFound("restricted")).content


def test_a_missing_permission_names_whom_to_ask(request_):
    said = _read(views.answer_to(request_, actors.NotPermitted(Permission.TRAIL_READ)))
    assert "You cannot read the trail here" in said
    assert "Ask your council's data protection officer" in said


def test_a_step_that_is_not_allowed_says_what_happened_by_whom_and_when(request_):
    when = datetime(2026, 4, 2, 15, 50, tzinfo=UTC)
    said = _read(views.answer_to(request_, actors.StepNotAllowed("It was decided.", who="Kim Example", when=when)))
    assert "It was decided. Kim Example, Thursday 2 April 2026 at 4:50pm" in said


def test_a_conflict_shows_both_versions_and_the_typed_text_as_text(request_):
    answer = views.answer_to(request_, actors.Conflict(1, 2, {"rationale": "theirs", "level": 3}))
    page = parse(answer.content.decode())
    rows = [[cell.text for cell in row.every("th", "td")] for row in page.every("tr")]
    assert ["Rationale different", "theirs", "<b>mine</b>"] in rows
    assert ["Level different", "3", ""] in rows
    assert "csrf" not in answer.content.decode().lower()


def test_what_was_typed_stands_under_words_and_never_under_the_names_of_the_code():
    sent = {"talked_at-day": "3", "talked_at-month": "4", "talked_at-year": "2026", "talked_at-time": "9am",
            "reason": "Full", "manager": "17", "phone": "07700900123", "change_mind": "Nothing"}  # fmt: skip
    assert answers.typed_words(sent) == {
        "When you spoke": "3 4 2026 9am", "Why": "Full", "Phone": "07700900123", "Change mind": "Nothing",
    }  # fmt: skip


def test_the_same_key_with_other_words_keeps_both(request_):
    said = _read(views.answer_to(request_, actors.SameKeyOtherBody()))
    assert "its receipt stands" in said
    assert "<b>mine</b>" in said


def test_input_that_a_rule_refuses_is_named_and_given_back(request_):
    said = _read(views.answer_to(request_, actors.InvalidInput(day="The day lies before the contact.")))
    assert "The day lies before the contact." in said
    assert "<b>mine</b>" in said


@pytest.mark.parametrize(
    "page", [views.failure, views.unavailable, views.not_found, views.bad_request, views.forbidden]
)
def test_every_error_page_says_999_and_whom_to_ring(request_, page):
    answer = page(request_)
    said = _read(answer)
    assert "call 999" in said
    assert "01632 960001" in said
    assert "01632 960003" not in said
    assert "Peterborough City Council" in said


def test_before_a_council_is_known_every_number_is_given(request_):
    del request_.council
    said = _read(views.failure(request_))
    assert "01632 960001" in said
    assert "01632 960003" in said


def test_a_database_that_does_not_answer_is_503_and_to_be_tried_again(request_):
    try:
        raise OperationalError("connection refused: host=secret")
    except OperationalError:
        answer = views.failure(request_)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert b"secret" not in answer.content


def test_a_fault_tells_nothing_of_its_cause(request_):
    try:
        raise RuntimeError("secret")
    except RuntimeError:
        answer = views.failure(request_)
    assert answer.status_code == 500
    assert b"secret" not in answer.content


def test_a_refusal_of_a_library_is_403(request_):
    assert views.forbidden(request_, PermissionDenied()).status_code == 403
    assert "Go back to that page" in _read(views.csrf_failure(request_))


def test_leaving_forgets_everything_and_leads_elsewhere():
    request = RequestFactory().get("/leave/")
    request.COOKIES = {"frontdoor": "1", "frontdoor-report": "2"}
    answer = views.leave(request)
    assert answer.status_code == 302
    assert answer["Location"] == views.HARMLESS
    assert {name: cookie["max-age"] for name, cookie in answer.cookies.items()} == {
        "frontdoor": 0,
        "frontdoor-report": 0,
    }
    assert answer["Cache-Control"] == "no-store"
    with override_settings(EXIT_ADDRESS="https://www.example.org/"):
        assert views.leave(request)["Location"] == "https://www.example.org/"


def test_numbers_are_written_when_they_change_and_only_then(kept):
    stamp = kept.stat().st_mtime_ns
    telephones.remember(874, [Telephone("Peterborough", "01632 960001", "all day")])
    assert kept.stat().st_mtime_ns == stamp
    telephones.remember(874, [Telephone("Peterborough", "01632 960009")])
    telephones.forget()
    assert [line.number for line in telephones.telephones(874)] == ["01632 960009"]
    assert [line.number for line in telephones.telephones(873)] == ["01632 960003"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"x": 1}', '{"874": [["a", "b", "c", "d"]]}'])
def test_a_damaged_file_of_numbers_breaks_no_page(kept, damage):
    kept.write_text(damage)
    telephones.forget()
    answer = views.unavailable(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert "call 999" in _read(answer)


def test_a_full_disk_stops_nothing(kept, settings):
    settings.STATE = kept.parent / "gone"
    telephones.remember(874, [Telephone("Peterborough", "01632 960009")])
    assert [line.number for line in telephones.telephones(874)] == ["01632 960009"]


def test_a_password_is_never_printed_back(request_):
    request = RequestFactory().post("/", {"password": "secret words", "name": "Ewa"})
    said = _read(views.answer_to(request, actors.InvalidInput(name="Wrong.")))
    assert "Ewa" in said
    assert "secret words" not in said


def test_a_kind_of_refusal_is_answered_as_the_refusal(request_):
    class Closed(actors.StepNotAllowed):
        """A room's own word for it."""

    assert views.answer_to(request_, Closed("It is closed.")).status_code == 409
