"""Pages of what was brought in: the counts, what was refused, and a file that no spreadsheet runs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import BRINGER
from tests.worlds import MADE_AT, PETERBOROUGH, World

pytestmark = pytest.mark.django_db


def made(world: World, **more: Any) -> Any:
    from frontdoor.people.models import Bringing, RefusedRow

    with world.system(BRINGER, council=PETERBOROUGH):
        run = Bringing.objects.create(
            authority_id=PETERBOROUGH, kind="index", begun_by="operator", begun_at=MADE_AT,
            total=1_200, done=1_200,
            counts={"tables": {"ssd_person": {"rows": 1_203, "refused": 1, "remarks": 1}}, "new": 1_190, "known": 10,
                    "changed": 2, "held": 2, "rows": 9_000, "adopted": 1},
            **{"state": "done", "moved_at": MADE_AT} | more,
        )  # fmt: skip
        for line, external, taken, why in (
            (7, "=1+2", False, "This is needed and empty"), (9, "4711", True, "There is no such day in the calendar"),
        ):  # fmt: skip
            RefusedRow.objects.create(
                authority_id=PETERBOROUGH, bringing=run, table="ssd_person", line=line, external=external,
                column="pers_dob", why=why, taken=taken,
            )  # fmt: skip
    return run


def test_the_data_quality_manager_reads_what_was_brought_in_and_takes_the_refused_away(
    world: World, client: Client
) -> None:
    run = made(world)
    world.signed_in(client, world.user("data_quality_manager", council=PETERBOROUGH))
    listed = client.get("/peterborough/people/brought/").content.decode()
    assert "1,190" in listed
    page = client.get(f"/peterborough/people/brought/{run.key}/").content.decode()
    assert "10, of whom 2 changed" in page
    assert page.index("This is needed and empty") < page.index("There is no such day in the calendar")
    answer = client.get(f"/peterborough/people/brought/{run.key}/refused.csv")
    assert answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode("utf-8-sig")
    assert "ssd_person,7,'=1+2,pers_dob,no," in text
    assert "ssd_person,9,4711,pers_dob,yes," in text


def test_a_run_that_stopped_says_how_it_goes_on(world: World, client: Client) -> None:
    run = made(world, state="stopped", failure="OperationalError", moved_at=MADE_AT + timedelta(minutes=1))
    world.signed_in(client, world.user("data_quality_manager", council=PETERBOROUGH))
    page = client.get(f"/peterborough/people/brought/{run.key}/").content.decode()
    assert "it goes on where it was" in page


def test_nobody_else_reads_it(world: World, client: Client) -> None:
    made(world)
    world.signed_in(client, world.user("social_worker", council=PETERBOROUGH))
    assert client.get("/peterborough/people/brought/").status_code == 403
