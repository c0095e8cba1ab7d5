"""The pages of a family: who is offered, what is shown on which day, and a change that is shown before it is made."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.people.test_families import Home, person, related
from tests.shell.markup import parse
from tests.worlds import World

pytestmark = pytest.mark.django_db
FROM = {"source_kind": "worker", "source": "A visit"}


def signed_in(world: World, client: Any, role: str = "social_worker") -> Any:
    world.signed_in(client, world.user(role))
    return client


def page(client: Any, path: str, *, status: int = 200, **data: Any) -> Any:
    answer = client.post(path, data, headers={"host": "localhost"}) if data else client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return parse(answer.content.decode()) if status in (200, 409, 422) else answer


def home(world: World) -> Home:
    with world.acting("social_worker") as by:
        made = Home(by)
        related(made.mother, made.child, "mother", by=by, responsibility="yes", evidence="Birth certificate seen")
        related(made.father, made.child, "father", by=by, since=date(2022, 1, 1))
    return made


def test_the_family_is_shown_as_on_the_day_that_the_address_names(world: World, client: Any) -> None:
    made = home(world)
    address = f"/peterborough/people/{made.child.key}/family/"
    now = page(signed_in(world, client), address)
    assert "Jan Nowak" in now.text
    assert "Birth certificate seen" in now.text
    before = page(client, f"{address}?on-day=1&on-month=6&on-year=2021")
    (title,) = (svg.attributes["aria-label"] for svg in before.every("svg") if svg.attributes.get("role") == "img")
    assert title == "The family as on 1 June 2021"
    table = next(before.every("table")).text
    assert ("Ewa Nowak" in table, "Jan Nowak" in table) == (True, False)
    assert "must be" in page(client, f"{address}?on-day=1&on-month=6&on-year=2921", status=422).text


def test_somebody_of_whom_nothing_is_recorded_has_an_empty_family(world: World, client: Any) -> None:
    with world.acting("social_worker") as by:
        alone = person("Ola", by=by)
    shown = page(signed_in(world, client), f"/peterborough/people/{alone.key}/family/")
    assert "No household is recorded." in shown.text
    assert "No relationship is recorded for that day." in shown.text


def test_another_is_found_by_name_chosen_and_recorded_with_what_they_are(world: World, client: Any) -> None:
    from frontdoor.people.models import Relationship

    with world.acting("social_worker") as by:
        child, mother = person("Ola", by=by), person("Ewa", by=by)
    address = f"/peterborough/people/{child.key}/family/relate/"
    signed_in(world, client)
    typed = {"find": "nowak ew", "kind": "mother", "way": "theirs", "seen": child.version, **FROM}
    found = page(client, address, status=422, do="find", **typed)
    (radio,) = (each for each in found.every("input") if each.attributes.get("name") == "other")
    assert radio.attributes["value"] == str(mother.key)
    assert "Nobody of that name" in page(client, address, status=422, do="find", **typed | {"find": "zzz"}).text
    assert "Find and choose" in page(client, address, status=422, **typed | {"find": ""}).text
    page(client, address, status=302, other=str(mother.key), **typed)
    with world.acting("social_worker"):
        row = Relationship.objects.get()
        assert (row.person_id, row.other_id, row.kind) == (mother.pk, child.pk, "mother")
    late = page(client, address, status=409, other=str(mother.key), **typed | {"kind": "cousin"})
    assert "What you typed is still here" in late.text


def test_a_relationship_is_corrected_on_its_page_and_what_was_wrong_stays_behind_a_fold(
    world: World, client: Any
) -> None:
    from frontdoor.people.models import Relationship

    with world.acting("social_worker") as by:
        child, other = person("Ola", by=by), person("Ewa", by=by)
        row = related(other, child, "aunt_uncle", by=by)
        child.refresh_from_db()
    family = f"/peterborough/people/{child.key}/family/"
    signed_in(world, client)
    typed = {"kind": "mother", "why": "She is the mother", "seen": child.version, **FROM}
    page(client, f"{family}{row.key}/", status=302, **typed)
    shown = page(client, family)
    (fold,) = (each.text for each in shown.every("details") if "What was corrected" in each.text)
    assert "Ewa Nowak is the aunt or uncle of Ola Nowak" in fold
    assert "She is the mother" in fold
    page(client, f"/peterborough/people/{uuid4()}/family/{row.key}/", status=404)
    with world.acting("social_worker"):
        now = Relationship.objects.get(struck_at=None)
        child.refresh_from_db()
    page(client, f"{family}{now.key}/end/", status=302, seen=child.version,
         **{"until-day": "1", "until-month": "2", "until-year": "2025"})  # fmt: skip
    with world.acting("social_worker"):
        now.refresh_from_db()
        assert now.until == date(2025, 2, 1)


def test_a_change_is_shown_before_and_after_made_and_undone_on_its_page(world: World, client: Any) -> None:
    from frontdoor.people.models import Change

    made = home(world)
    here = f"/peterborough/people/{made.child.key}/"
    signed_in(world, client)
    typed = {
        "kind": "split", "people": [str(made.child.key)], "label": "Gran's house", "why": "Said on the visit",
        "seen": made.home.version, "on-day": "1", "on-month": "9", "on-year": "2025",
    }  # fmt: skip
    asked = page(client, f"{here}household/{made.home.key}/change/", status=302, **typed)
    shown = page(client, asked["Location"])
    (row,) = (each.text for each in shown.every("tr") if each.text.startswith("Gran's house"))
    assert row.split() == ["Gran's", "house", "Nobody", "Ola", "Nowak"]
    with world.acting("social_worker"):
        before, change = made.rows(), Change.objects.get()
    address = f"{here}change/{change.key}/"
    page(client, f"{address}make/", status=302, seen=change.version)
    assert "Undo this change" in page(client, address).text
    page(client, f"{address}undo/", status=422, seen=change.version + 1, why="")
    page(client, f"{address}undo/", status=302, seen=change.version + 1, why="Wrong day")
    with world.acting("social_worker"):
        assert made.rows() == before
        change.refresh_from_db()
        assert change.state == "undone"
    other = f"/peterborough/people/{made.father.key}/"
    with world.acting("social_worker") as by:
        stranger = person("Vera", by=by)
    page(client, f"/peterborough/people/{stranger.key}/change/{change.key}/", status=404)
    page(client, f"/peterborough/people/{stranger.key}/household/{made.home.key}/", status=404)
    assert "Jan's flat" in page(client, f"{other}household/{made.away.key}/").text


def test_whoever_reads_only_is_offered_no_change(world: World, client: Any) -> None:
    made = home(world)
    with world.acting("social_worker"):
        asked = made.ask("split", made.child)
    signed_in(world, client, "auditor")
    family = client.get(f"/peterborough/people/{made.child.key}/family/")
    if family.status_code == 403:
        return
    assert "Record what somebody is" not in family.content.decode()
    assert (
        "Make this change"
        not in client.get(f"/peterborough/people/{made.child.key}/change/{asked.key}/").content.decode()
    )


def test_a_restricted_relative_is_not_in_the_picture_for_whoever_may_not_open_them(world: World, client: Any) -> None:
    from django.utils import timezone

    from frontdoor.people.models import NamedAccess
    from tests.people.shut import restriction

    made = home(world)
    named = world.user("social_worker", second=True)
    with world.acting("team_manager"):
        restriction(made.father)
        NamedAccess.objects.create(
            authority_id=874, person=made.father, user_id=named.pk, why="Works with him", since=timezone.now()
        )
    address = f"/peterborough/people/{made.child.key}/family/"
    shown = page(signed_in(world, client), address)
    assert "Jan" not in next(shown.every("svg")).text
    assert "Jan Nowak" not in shown.text
    # That there is somebody whom few may know of may itself be what endangers them: not even a number is said.
    for word in ("not shown", "restricted", "few may open", "goes on beyond"):
        assert word not in shown.text, word
    world.signed_in(client, named)
    assert "Jan Nowak" in page(client, address).text
