"""A correction lies over what the feed says: it survives, shows both, is told when the feed changes, and is undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock, ClockNotice
from frontdoor.directory.actions import correcting
from frontdoor.directory.models import Correction
from frontdoor.directory.queries import keeping, publishing, searching
from frontdoor.directory.rules.asking import Cut, Wanted
from tests.directory.feeding import bring, service, source, standing
from tests.worlds import PETERBOROUGH, World

AT = datetime(2026, 1, 6, 10, tzinfo=UTC)
NEXT = AT + timedelta(days=1)


@pytest.fixture
def keeper(world: World) -> Any:
    with world.acting("early_help_officer", of=PETERBOROUGH) as by:
        yield by


@pytest.fixture
def brought(keeper: Any) -> Any:
    made = source(by=keeper, at=AT)
    bring(made, service(), by=keeper, at=AT)
    return made


def put_right(by: Any, field: str = "phone", value: str = "01632 960399", **said: Any) -> Correction:
    found = standing()
    given = {"why": "They rang us", "seen": found.version, "at": AT} | said
    return correcting.correct(found.key, field=field, value=value, by=by, **given)


def test_a_correction_shows_over_the_feeds_words_which_stay(keeper: Any, brought: Any) -> None:
    made = put_right(keeper)
    assert (made.said, made.value) == ("01632 960301", "01632 960399")
    _, given_out = publishing.service(standing().feed_id, by=keeper)
    assert given_out["contacts"][0]["phones"][0]["number"] == "01632 960399"
    assert standing().said["contacts"][0]["phones"][0]["number"] == "01632 960301"


def test_it_survives_the_next_reading_also_one_that_changes_other_fields(keeper: Any, brought: Any) -> None:
    put_right(keeper, "name", "Tiny Otters")
    bring(brought, service(description="Now by the lake."), by=keeper, at=NEXT)
    found = standing()
    assert (found.name, found.said["name"], found.description) == ("Tiny Otters", "Little Otters", "Now by the lake.")
    assert keeping.changed_corrections(by=keeper) == []
    assert [hit.service.name for hit in searching.search(Wanted(words="tiny"), Cut(), by=keeper).hits] == [
        "Tiny Otters"
    ]


def test_whoever_corrected_is_told_when_the_feed_changes_there_once(keeper: Any, brought: Any, world: World) -> None:
    made = put_right(keeper, "name", "Tiny Otters")
    for name in ("Otters and Friends", "Otters for All"):
        bring(brought, {**service(), "name": name}, by=keeper, at=NEXT)
    (waits,) = keeping.changed_corrections(by=keeper)
    assert (waits.key, waits.now_says, standing().name) == (made.key, "Otters for All", "Tiny Otters")
    (clock,) = Clock.objects.filter(kind="directory.look")
    assert clock.owner_id == keeper.user_id
    assert [each.user_id for each in ClockNotice.objects.filter(clock=clock)] == [keeper.user_id]
    correcting.keep(made.key, seen=waits.version, by=keeper, at=NEXT)
    assert keeping.changed_corrections(by=keeper) == []
    assert Clock.objects.get(pk=clock.pk).stopped_at == NEXT


def test_undone_the_feeds_words_stand_again(keeper: Any, brought: Any) -> None:
    made = put_right(keeper, "status", "temporarily closed")
    assert not standing().public
    correcting.undo(made.key, why="Open again", seen=made.version, by=keeper, at=NEXT)
    assert (standing().public, standing().over) == (True, {})
    with pytest.raises(StepNotAllowed):
        correcting.undo(made.key, why="Again", seen=made.version + 1, by=keeper, at=NEXT)


def test_a_second_correction_takes_the_place_of_the_first(keeper: Any, brought: Any) -> None:
    put_right(keeper)
    put_right(keeper, value="01632 960388")
    assert [(each.value, each.undone_at) for each in Correction.objects.order_by("pk")] == [
        ("01632 960399", AT), ("01632 960388", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("status", "open", "value"), ("minimum_age", "-1", "value"), ("maximum_age", "900", "value"),
        ("url", "ftp://x", "value"), ("email", "no", "value"), ("phone", "ring us", "value"), ("name", " ", "value"),
        ("name", "Little Otters", "value"), ("organization", "x", "field"), ("digest", "x", "field"),
    ],
)  # fmt: skip
def test_what_cannot_stand_there_is_refused(keeper: Any, brought: Any, field: str, value: str, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        put_right(keeper, field, value)
    assert list(refusal.value.problems) == [wrong]
    assert Correction.objects.count() == 0


def test_a_correction_needs_a_reason_the_version_and_the_permission(keeper: Any, brought: Any, world: World) -> None:
    with pytest.raises(InvalidInput):
        put_right(keeper, why=" ")
    with pytest.raises(Conflict):
        put_right(keeper, seen=99)
    reader = world.actor("contact_officer", of=PETERBOROUGH)
    with pytest.raises(NotPermitted):
        put_right(reader)
