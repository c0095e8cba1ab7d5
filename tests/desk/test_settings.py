"""The settings pages: who sees them, what a decision leaves, and what a wrong one keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdoor.councils import queries
from frontdoor.councils.rules import declared, every_setting
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

pytestmark = pytest.mark.django_db

OVERVIEW = "/peterborough/settings/"
FIRST_LOOK = f"{OVERVIEW}{declared.FIRST_LOOK.name}/"


@pytest.fixture
def administrator(client, world):
    world.signed_in(client, world.user("administrator", council=PETERBOROUGH))
    return client


def typed(value="30", *, days=0, **others):
    day = timezone.localdate() + timedelta(days=days)
    return {
        "value": value,
        "starts_on-day": day.day,
        "starts_on-month": day.month,
        "starts_on-year": day.year,
        "decided_by": "Head of service",
        "why": "The board asked for it",
        **others,
    }


def test_every_declared_setting_stands_on_the_one_page(administrator):
    page = administrator.get(OVERVIEW).content.decode()
    for setting in every_setting():
        assert f"{OVERVIEW}{setting.name}/" in page
    assert "01632 960174" in page


def test_a_decision_is_seen_at_once_with_who_and_why(administrator, world):
    answer = administrator.post(f"{FIRST_LOOK}decide/", typed())
    assert (answer.status_code, answer["Location"]) == (302, FIRST_LOOK)
    page = administrator.get(FIRST_LOOK).content.decode()
    assert "30 minutes" in page
    assert "Head of service" in page
    assert "The board asked for it" in page
    assert world.user("administrator", council=PETERBOROUGH).name in page
    with world.acting("administrator", council=PETERBOROUGH, of=PETERBOROUGH):
        assert Entry.objects.filter(action="councils.decide_setting").count() == 1


def test_a_future_value_is_announced_and_does_not_hold_yet(administrator):
    administrator.post(f"{FIRST_LOOK}decide/", typed(days=10))
    assert "30 minutes from" in administrator.get(OVERVIEW).content.decode()
    assert "Not yet" in administrator.get(FIRST_LOOK).content.decode()
    assert queries.setting(declared.FIRST_LOOK.name, authority=PETERBOROUGH, on=timezone.now()).value == 60


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": "soon"}, "Enter a whole number"),
        ({"value": "2"}, "Enter 5 or more"),
        ({"value": "<script>alert(1)</script>"}, "Enter a whole number"),
        ({"days": -1}, "today or later"),
        ({"decided_by": " "}, "Enter who decided"),
        ({"why": ""}, "Enter why"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "real"),
    ],
)
def test_a_wrong_decision_comes_back_with_its_words_and_a_reason(administrator, change, message):
    answer = administrator.post(f"{FIRST_LOOK}decide/", typed(**change))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "<script>alert" not in page
    assert "The board asked for it" in page or "why" in change
    assert queries.history(declared.FIRST_LOOK.name, authority=PETERBOROUGH) == []


def test_hours_are_typed_as_they_are_shown(administrator):
    page = f"{OVERVIEW}{declared.OPENING.name}/"
    administrator.post(f"{page}decide/", typed("Monday: 09:00 to 12:00, 13:00 to 17:00\nTuesday: closed"))
    assert "Monday 09:00 to 12:00, 13:00 to 17:00; Tuesday" in administrator.get(page).content.decode()
    assert "Monday: 09:00 to 12:00, 13:00 to 17:00" in administrator.get(f"{page}decide/").content.decode()


def test_what_the_law_sets_is_shown_and_has_no_form(administrator):
    page = f"{OVERVIEW}{declared.DECIDE.name}/"
    assert "set by law" in administrator.get(page).content.decode()
    assert administrator.get(f"{page}decide/").status_code == 404


def test_a_setting_that_nobody_declared_is_not_found(administrator):
    assert administrator.get(f"{OVERVIEW}no.such/").status_code == 404


def test_details_are_corrected_and_a_second_hand_is_told(administrator):
    council = queries.council(PETERBOROUGH)
    fields = (
        "phone_professionals phone_public phone_out_of_hours social_worker_phone social_worker_hours address dpo_email"
        " brand_colour"
    )
    given = {name: getattr(council, name) for name in fields.split()}
    given |= {"phone_public": "01632 960111", "why": "A new line", "seen": council.version}
    assert administrator.post(f"{OVERVIEW}details/", given).status_code == 302
    assert queries.council(PETERBOROUGH).phone_public == "01632 960111"
    assert administrator.post(f"{OVERVIEW}details/", given).status_code == 409
    given |= {"seen": council.version + 1, "brand_colour": "red; }"}
    assert administrator.post(f"{OVERVIEW}details/", given).status_code == 422


def test_a_manager_reads_them_and_decides_none(client, world):
    world.signed_in(client, world.user("team_manager", council=PETERBOROUGH))
    assert client.get(OVERVIEW).status_code == 200
    assert "Decide another value" not in client.get(FIRST_LOOK).content.decode()
    assert client.get(f"{FIRST_LOOK}decide/").status_code == 403
    assert client.post(f"{FIRST_LOOK}decide/", typed()).status_code == 403


def test_another_councils_administrator_finds_nothing(client, world):
    world.signed_in(client, world.user("administrator", council=CAMBRIDGESHIRE))
    assert client.get("/cambridgeshire/settings/").status_code == 200
    for page in (OVERVIEW, FIRST_LOOK, f"{FIRST_LOOK}decide/", f"{OVERVIEW}details/"):
        assert client.get(page).status_code == 404
