"""The pages: what the public looks for is in no address, a made-up address shows everything, wrong answers stay."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frontdoor.actors.rules import DIRECTORY
from frontdoor.directory.models import Source
from tests.directory.feeding import body, bring, service, source, standing
from tests.worlds import PETERBOROUGH, World

PUBLIC = "/peterborough/help-for-families/"


@pytest.fixture
def brought(world: World) -> None:
    with world.system(DIRECTORY) as by:
        at = datetime.now(UTC)
        every = [service(), *(service(f"Group {number:02d}", attributes=[]) for number in range(24))]
        bring(source(by=by, at=at), *every, by=by, at=at)


def find(client: Client, **asked: str) -> Any:
    return client.post(PUBLIC, asked, follow=True)


def test_what_somebody_looks_for_stands_in_no_address_and_no_title(client: Client, brought: None) -> None:
    answer = find(client, q="otters")
    ((address, _),) = answer.redirect_chain
    said = answer.content.decode()
    assert "otters" not in address
    assert "otters" not in said.split("</title>")[0].lower()
    assert 'value="otters"' in said
    assert answer["Cache-Control"] == "no-store"


def test_a_long_list_has_pages_that_keep_what_was_asked(client: Client, brought: None) -> None:
    first = find(client, age="3")
    assert "Services 1 to 20 of 25" in first.content.decode()
    href = first.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "Services 21 to 25 of 25" in client.get(f"{PUBLIC}{href}").content.decode()


@pytest.mark.parametrize("made_up", ["?find=x", "?find=%00", "?page=x", "?page=-1", "?page=99999", "?find=&page="])
def test_an_address_that_was_made_up_shows_what_there_is(client: Client, brought: None, made_up: str) -> None:
    assert client.get(f"{PUBLIC}{made_up}").status_code == 200


def test_an_answer_that_cannot_be_is_told_beside_its_field_and_stays(client: Client, brought: None) -> None:
    answer = find(client, q="otters", age="two")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Enter an age in whole years, like 11" in said
    assert 'value="otters"' in said


def test_one_service_is_there_for_the_public_until_it_closes(client: Client, world: World, brought: None) -> None:
    with world.system(DIRECTORY):
        key = standing().key
    assert "01632 960301" in client.get(f"{PUBLIC}{key}/").content.decode()
    with world.system(DIRECTORY) as by:
        bring(Source.objects.get(), service(status="inactive"), by=by, at=datetime.now(UTC))
    assert client.get(f"{PUBLIC}{key}/").status_code == 404


def test_staff_see_why_the_public_is_not_shown_a_service(
    signed: Callable[..., Client], world: World, brought: None
) -> None:
    with world.system(DIRECTORY) as by:
        bring(Source.objects.get(), service(status="inactive"), by=by, at=datetime.now(UTC))
    staff = signed("contact_officer", council=PETERBOROUGH)
    assert "No service fits" in staff.get("/peterborough/services/").content.decode()
    said = staff.get("/peterborough/services/?everything=on&page=2").content.decode()
    assert "inactive" in said
    assert "gone from its feed" in said


def test_a_file_that_cannot_be_read_is_told_beside_the_field(signed: Callable[..., Client], world: World) -> None:
    with world.system(DIRECTORY) as by:
        made = source(by=by, at=datetime.now(UTC))
    keeper = signed("administrator", council=PETERBOROUGH)
    path = f"/peterborough/services/keep/sources/{made.key}/"
    for sent in (b"{", b""):
        answer = keeper.post(f"{path}file/", {"file": SimpleUploadedFile("feed.json", sent)})
        assert (answer.status_code, "It is not JSON" in answer.content.decode()) == (422, True)
    answer = keeper.post(f"{path}file/", {"file": SimpleUploadedFile("feed.json", body(service(), {"id": "=1+1"}))})
    report = keeper.get(f"{answer['Location']}report.csv").content.decode("utf-8-sig")
    assert "'=1+1" in report
