"""The pages of a family's assessment as somebody uses them, with a script and without."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.earlyhelp.models import Episode
from tests.earlyhelp import helping
from tests.familyhelp.assessing import LEAD, OFFICER, begun, child, complete, shared, taken_on, writes
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """An hour ago."""
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def lead(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user(LEAD, council=PETERBOROUGH))


@pytest.fixture
def officer(world: World) -> Client:
    return world.signed_in(Client(), world.user(OFFICER, council=PETERBOROUGH))


def at_of(episode: Episode, more: str = "") -> str:
    return f"/peterborough/early-help/{episode.key}/assessment/{more}"


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    """What a page carries of each field."""
    return dict(re.findall(r'name="(seen-[a-z_]+)" value="([^"]*)"', page))


def keeps(client: Client, episode: Episode, field: str, text: str, seen: str, *, part: str = "family") -> Any:
    return client.post(at_of(episode, f"{part}/keep/"), {f"seen-{field}": seen, field: text})


def test_it_is_begun_from_the_familys_page_written_and_shared(
    world: World, officer: Client, lead: Client, at: datetime
) -> None:
    episode = taken_on(world, at=at)
    assert f'href="{at_of(episode)}"' in page_of(officer, f"/peterborough/early-help/{episode.key}/")
    assert "Nobody has begun" in page_of(lead, at_of(episode))
    assert lead.post(at_of(episode, "begin/")).status_code == 302
    assert "what the child says, or why the child was not heard" in page_of(lead, at_of(episode))
    assert "It is not complete yet" in page_of(lead, at_of(episode, "share/"))
    complete(world, episode, at=at)
    answer = lead.post(
        at_of(episode, "share/"),
        {
            "seen": hidden_seen(lead, episode),
            "how": "together",
            "who": "Mum",
            "agrees": "partly",
            "comments": "Not late.",
        },
    )
    assert answer.status_code == 302
    page = page_of(lead, at_of(episode))
    for words in ("Shared with the family", "In part", "Not late.", "I want to be on time.", "4 of 10", "████░░░░░░"):
        assert words in page
    assert "Nights and mornings collide." in page_of(officer, f"/peterborough/early-help/{episode.key}/")


def hidden_seen(client: Client, episode: Episode) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page_of(client, at_of(episode, "share/")))
    assert found
    return found[1]


def test_without_a_script_a_button_saves_the_whole_page_and_changes_nothing_that_was_not_touched(
    world: World, lead: Client, at: datetime
) -> None:
    episode = begun(world, at=at)
    page = page_of(lead, at_of(episode, "family/"))
    writes(world, episode, "By the officer.", field="income_well", role=OFFICER, at=at)
    answer = lead.post(at_of(episode, "family/"), {**hidden(page), "housing_well": "A warm flat."}, follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "What you wrote here is saved." in shown
    assert "A warm flat." in shown
    assert "By the officer." in shown


def test_whoever_is_overtaken_gets_both_texts_beside_the_field_and_the_rest_is_saved(
    world: World, lead: Client, at: datetime
) -> None:
    episode = begun(world, at=at)
    page = page_of(lead, at_of(episode, "family/"))
    writes(world, episode, "Damp.", role=OFFICER, at=at)
    typed = {**hidden(page), "housing_well": "A warm flat.", "income_well": "It lasts."}
    answer = lead.post(at_of(episode, "family/"), typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert shown.count("A warm flat.") == 2
    assert ">Damp.<" in shown
    assert "It lasts." in page_of(lead, at_of(episode))
    again = lead.post(
        at_of(episode, "family/"),
        {**hidden(shown), "housing_well": "A warm flat.", "income_well": "It lasts.", "keep-housing_well": "both"},
    )
    assert again.status_code == 302
    read = page_of(lead, at_of(episode))
    assert "Damp.<br><br>A warm flat." in read
    earlier = page_of(lead, at_of(episode, "family/housing_well/"))
    assert "Damp." in earlier


def test_a_field_is_kept_while_it_is_typed_and_an_older_text_gets_both(
    world: World, lead: Client, officer: Client, at: datetime
) -> None:
    episode = begun(world, at=at)
    first = keeps(lead, episode, "housing_well", "A warm", "0:x")
    assert first.status_code == 200
    second = keeps(lead, episode, "housing_well", "A warm flat", first.json()["version"])
    assert second.json()["version"].startswith("2:")
    late = keeps(officer, episode, "housing_well", "Damp <b>", "0:x")
    assert late.status_code == 409
    assert late.json()["version"] == second.json()["version"]
    assert "A warm flat" in late.json()["html"]
    assert "Damp &lt;b&gt;" in late.json()["html"]
    assert keeps(lead, episode, "scale_home", "12", "0:x", part=_child(world, episode)).status_code == 422
    assert keeps(lead, episode, "housing_well", "A" * 30_000, second.json()["version"]).status_code == 422
    assert lead.post(at_of(episode, "family/keep/"), {}).status_code == 200
    assert keeps(lead, episode, "nothing", "A", "0:x").status_code == 404


def _child(world: World, episode: Episode) -> str:
    return child(world, episode)


def test_what_is_typed_wrong_stays_and_is_told_beside_the_field(world: World, lead: Client, at: datetime) -> None:
    episode = begun(world, at=at)
    part = child(world, episode)
    page = page_of(lead, at_of(episode, f"{part}/"))
    answer = lead.post(at_of(episode, f"{part}/"), {**hidden(page), "scale_home": "12", "health_well": "Sleeps well."})
    assert answer.status_code == 422
    assert "Choose a number from 0 to 10" in answer.content.decode()
    assert "Sleeps well." in answer.content.decode()


def test_nothing_is_kept_when_nobody_agrees_any_more_and_it_is_said_in_plain_words(
    world: World, lead: Client, at: datetime
) -> None:
    episode = begun(world, at=at)
    helping.agreed(world, episode, at=at, status="withdrawn", why="Not now.", on=at.date())
    answer = keeps(lead, episode, "housing_well", "A", "0:x")
    assert answer.status_code == 409
    assert "Nobody’s agreement to early help holds any more, so nothing more is written" in answer.json()["words"]
    assert "Nobody’s agreement to early help holds any more, so nothing more is written" in page_of(
        lead, at_of(episode, "family/")
    )
    assert lead.post(at_of(episode, "family/"), {"seen-housing_well": "0:", "housing_well": "A"}).status_code == 409


def test_who_else_is_at_it_is_shown(world: World, lead: Client, officer: Client, at: datetime) -> None:
    episode = begun(world, at=at)
    assert "Others are at it too" not in page_of(lead, at_of(episode, "family/"))
    page_of(officer, at_of(episode, "thinking/"))
    assert "opened “What we think”" in page_of(lead, at_of(episode, "family/"))
    assert keeps(officer, episode, "going_on", "Nights.", "0:x", part="thinking").status_code == 200
    assert "wrote in “What we think”" in page_of(lead, at_of(episode, "family/"))


def test_a_review_stands_beside_the_start_with_the_change_in_words(world: World, lead: Client, at: datetime) -> None:
    episode = begun(world, at=at)
    complete(world, episode, at=at)
    shared(world, episode, at=at)
    once = page_of(lead, at_of(episode, "compare/"))
    assert "The assessment was written once so far" in once
    assert "As before" not in once
    assert lead.post(at_of(episode, "begin/"), {"why": ""}).status_code == 422
    assert lead.post(at_of(episode, "begin/"), {"why": "Three months have passed."}).status_code == 302
    writes(world, episode, "7", part=child(world, episode), field="scale_home", at=at)
    page = page_of(lead, at_of(episode, "compare/"))
    for words in ("4 of 10", "7 of 10", "3 higher", "███████░░░"):
        assert words in page
    assert "This is an earlier round" in page_of(lead, at_of(episode, "?round=1"))
    assert "Looked at again: Three months have passed." in page_of(lead, at_of(episode))
    assert lead.get(at_of(episode, "?round=7")).status_code == 404


def test_a_social_worker_reads_it_and_writes_nothing(world: World, at: datetime) -> None:
    episode = begun(world, at=at)
    reader = world.signed_in(Client(), world.user("social_worker", council=PETERBOROUGH))
    assert "Write about" not in page_of(reader, at_of(episode))
    assert reader.get(at_of(episode, "family/")).status_code == 403
