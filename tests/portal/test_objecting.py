"""An agency disagrees from its own desk: what it writes becomes a disagreement here, whose course it follows."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from frontdoor.actors.rules import SEEDER, StepNotAllowed
from frontdoor.background.actions import carry_out
from frontdoor.mash.actions import disagreements
from frontdoor.mash.actions.objecting import say_position
from frontdoor.mash.models import Disagreement, Objection, Position, Request, Saying
from tests.portal.asking import HEALTH, NOW, POLICE, ask, family
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

GIVEN = {
    "child": "", "about": "threshold", "position": "He was arrested", "wanted": "Section 47", "safety": "With his aunt",
    "role": "Detective", "urgent": "",
}  # fmt: skip


@pytest.fixture
def police(world: World, client: Client) -> Client:
    return world.signed_in(client, world.partner("police-mash"))


@pytest.fixture
def asked(world: World) -> Request:
    return ask(world, family(world), POLICE)


def hear(request: Request) -> None:
    carry_out("mash.hear", authority=request.authority_id, at=datetime.now(UTC), request=str(request.key))


def raised(world: World, police: Client, asked: Request, **more: Any) -> Objection:
    answer = police.post(f"/partner/asked/{asked.key}/disagree/", {**GIVEN, **more})
    assert answer.status_code == 302
    with world.system(SEEDER):
        return Objection.objects.order_by("-id")[0]


def test_what_an_agency_raises_becomes_one_disagreement_with_a_clock_and_a_stage(
    world: World, police: Client, asked: Request
) -> None:
    for name, words in (
        ("about", "Choose what it is about"), ("position", "Write what you say"),
        ("wanted", "Write what should happen"),
        ("safety", "Write what keeps the child safe"),
    ):  # fmt: skip
        answer = police.post(f"/partner/asked/{asked.key}/disagree/", {**GIVEN, name: ""})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    made = raised(world, police, asked)
    where = f"/partner/disagreements/{made.key}/"
    assert "On its way to the council" in police.get(where).content.decode()
    hear(asked)
    hear(asked)
    with world.system(SEEDER):
        row = Disagreement.objects.get()
        assert (row.agency, row.who, row.way, row.stage, row.objection_id) == (POLICE, "Rhona Tull", "own", 1, made.pk)
        assert [each.kind for each in Saying.objects.order_by("id")] == ["raised", "safety"]
    shown = police.get(where).content.decode()
    assert "Stage 1" in shown
    assert "With his aunt" in shown
    assert where in police.get(f"/partner/asked/{asked.key}/").content.decode()


def test_each_side_is_read_at_each_stage_and_the_resolution_too(world: World, police: Client, asked: Request) -> None:
    made = raised(world, police, asked)
    hear(asked)
    where = f"/partner/disagreements/{made.key}/"
    with world.system(SEEDER):
        row = Disagreement.objects.get()
    owner = world.user("head_of_service").pk
    with world.acting("head_of_service") as by:
        disagreements.say(row.key, seen=1, text="The threshold is not met", by=by, at=NOW)
        disagreements.take_on(
            row.key, seen=2, stage=2, why="Still", owner=owner, counterpart="DI Moss", by=by, at=NOW
        )  # fmt: skip
    shown = police.get(where).content.decode()
    assert "The threshold is not met" in shown
    assert "Stage 2" in shown
    assert "Write what you say" in police.post(where, {"text": " "}).content.decode()
    assert police.post(where, {"text": "We hold to it"}).status_code == 302
    hear(asked)
    hear(asked)
    with world.system(SEEDER):
        line = Saying.objects.get(told__isnull=False)
        assert (line.text, line.side, line.stage) == ("We hold to it", POLICE, 2)
    with world.acting("head_of_service") as by:
        disagreements.resolve(
            row.key, seen=3, outcome="more", how="We met", agreed=True, learning="Ring sooner", by=by, at=NOW
        )  # fmt: skip
    shown = police.get(where).content.decode()
    for words in ("More is done beside the decision", "We met", "Ring sooner", "Both sides agree"):
        assert words in shown
    assert "What does your agency say now?" not in shown
    with world.answering("police-mash") as by, pytest.raises(StepNotAllowed):
        say_position(made.key, text="And again", by=by, at=NOW)


def test_it_is_raised_about_one_child_also_after_the_asking_ended(world: World, police: Client, asked: Request) -> None:
    with world.system(SEEDER):
        Request.objects.filter(pk=asked.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
        child = asked.people.filter(is_child=True)[0]
        adult = asked.people.filter(is_child=False)[0]
    wrong = police.post(f"/partner/asked/{asked.key}/disagree/", {**GIVEN, "child": str(adult.key)})
    assert wrong.status_code == 422
    made = raised(world, police, asked, child=str(child.key))
    assert made.asked_id == child.pk


def test_nobody_else_reads_it_or_adds_to_it_also_in_the_database(world: World, police: Client, asked: Request) -> None:
    made = raised(world, police, asked)
    hear(asked)
    ask(world, asked.enquiry, HEALTH)
    health = world.signed_in(Client(), world.partner("health-mash"))
    assert health.get(f"/partner/disagreements/{made.key}/").status_code == 404
    assert health.get(f"/partner/asked/{asked.key}/disagree/").status_code == 404
    for code, council in (("health-mash", PETERBOROUGH), ("police-mash", CAMBRIDGESHIRE)):
        with world.answering(code, council=council), connection.cursor() as cursor:
            for source in (
                "mash_objection", "mash_position", f"frontdoor_objection_course('{made.key}')",
                f"frontdoor_objection_lines('{made.key}')",
            ):  # fmt: skip
                cursor.execute(f"SELECT count(*) FROM {source}")
                assert cursor.fetchone() == (0,)
    insert = (
        "INSERT INTO mash_position (authority_id, key, objection_id, agency, text, user_id, name, at)"
        " VALUES (%s, gen_random_uuid(), %s, %s, 'x', 1, 'x', now())"
    )
    theirs = world.agencies[HEALTH].key
    for code, agency in (("health-mash", theirs), ("health-mash", asked.agency), ("police-mash", theirs)):
        with (
            world.answering(code), connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="policy"), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(insert, [PETERBOROUGH, made.pk, agency])
    with world.system(SEEDER):
        assert not Position.objects.exists()
    with (
        world.answering("police-mash"), connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="denied"), transaction.atomic(),
    ):  # fmt: skip
        cursor.execute("UPDATE mash_objection SET position = 'y'")


@pytest.mark.parametrize("other_side", [False, True])
def test_the_database_gives_the_other_side_no_line_that_tells_where_somebody_is(
    world: World, police: Client, asked: Request, other_side: bool
) -> None:
    made = raised(world, police, asked)
    hear(asked)
    with world.system(SEEDER):
        first = Saying.objects.order_by("id")[0]
        first.pk, first.key, first.side, first.text = None, uuid4(), "", "She sleeps at PE1 1AA"
        first.save(force_insert=True)
        Request.objects.filter(pk=asked.pk).update(other_side=other_side)
    with world.answering("police-mash"), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM frontdoor_objection_lines(%s)", [made.key])
        said = [text for (text,) in cursor.fetchall()]
    assert GIVEN["safety"] in said
    assert ("She sleeps at PE1 1AA" in said) is not other_side
