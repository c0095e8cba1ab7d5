"""What became of the children about whom one decided: one's own alone, and nothing counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from frontdoor.actors.rules import NotFound
from tests.contacts.deciding import ADVICE, AT, arrived, decided, minutes, recommended
from tests.desk.test_chronology import is_this, known
from tests.worlds import World

if TYPE_CHECKING:
    from django.test import Client

NOW = AT + timedelta(days=100)


@pytest.fixture
def advised(world: World) -> Any:
    """A child for whom advice was enough, and who came back after forty days."""
    from frontdoor.contacts.rules.decisions import Decided

    person = known(world)
    first = arrived(world)
    matter = recommended(world, first, ADVICE, at=minutes(30))
    decision = decided(world, matter, Decided(outcome="information_advice", detail="Advice."), at=minutes(60))
    again = arrived(world, idem="call-2", at=AT + timedelta(days=40), story="Again.")
    for contact in (first, again):
        is_this(world, contact, person)
    return decision


def shown(world: World, role: str, *, second: bool = False) -> list[Any]:
    from frontdoor.access.queries import Place
    from frontdoor.desk.queries.afterwards import afterwards

    actor = world.actor(role, at=NOW, second=second)
    return afterwards((Place(874, "peterborough", "Peterborough"),), by=actor, at=NOW)


@pytest.mark.parametrize(("role", "part"), [("team_manager", True), ("social_worker", False)])
def test_whoever_decided_or_recommended_sees_what_became(world: World, advised: Any, role: str, part: bool) -> None:
    (found,) = shown(world, role)
    assert (found.mine.decision, found.mine.decided, found.known) == (advised.key, part, True)
    one, three, six = found.became
    assert one.words == ("Nothing more has come.",)
    assert three.words == ("Came back on 12 May 2026: early help request.",)
    assert six.words == ()


def test_nobody_else_sees_it(world: World, advised: Any) -> None:
    assert shown(world, "team_manager", second=True) == []
    assert shown(world, "head_of_service") == []


def test_of_a_child_whom_nobody_has_matched_nothing_is_claimed(world: World) -> None:
    from frontdoor.contacts.rules.decisions import Decided

    matter = recommended(world, arrived(world), ADVICE, at=minutes(30))
    decided(world, matter, Decided(outcome="information_advice", detail="Advice."), at=minutes(60))
    (found,) = shown(world, "team_manager")
    assert not found.known


def test_what_is_kept_for_supervision_is_seen_by_its_keeper_alone(world: World, advised: Any) -> None:
    from frontdoor.desk import actions
    from frontdoor.desk.models import Learning

    with world.acting("team_manager", at=NOW) as by:
        actions.keep_for_supervision(advised.key, words="I trusted one account.", by=by, at=NOW)
        actions.keep_for_supervision(advised.key, words="I trusted one account only.", by=by, at=NOW)
    assert shown(world, "team_manager")[0].kept == "I trusted one account only."
    assert shown(world, "social_worker")[0].kept == ""
    with world.acting("head_of_service", at=NOW), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_learning")
        assert cursor.fetchone() == (0,), "the database shows it to somebody else"
    with world.acting("team_manager", at=NOW) as by:
        actions.let_go(advised.key, by=by, at=NOW)
        assert Learning.objects.count() == 2
    assert shown(world, "team_manager")[0].kept == ""


def test_only_a_decision_of_ones_own_is_kept(world: World, advised: Any) -> None:
    from frontdoor.desk import actions

    with world.acting("head_of_service", at=NOW) as by, pytest.raises(NotFound):
        actions.keep_for_supervision(advised.key, words="Not mine.", by=by, at=NOW)


def test_the_page_keeps_a_decision_and_lets_it_go(world: World, signed: "Callable[..., Client]", advised: Any) -> None:
    client, where = signed("team_manager"), f"/peterborough/decisions/{advised.key}/supervision/"
    assert client.post(where, {"words": ""}).status_code == 422
    assert client.post(where, {"words": "One account."}).status_code == 302
    assert "One account." in client.get(where).content.decode()
    assert client.post(where, {"let_go": "yes"}).status_code == 302
    assert "One account." not in client.get(where).content.decode()


def test_what_the_assessment_team_did_is_told_with_its_days(world: World) -> None:
    from frontdoor.referrals import actions
    from frontdoor.referrals.models import Referral
    from tests.referrals.referring import after, held, visited

    row = held(world)
    person = known(world)
    with world.acting("head_of_service", at=AT):
        contact = Referral.objects.select_related("contact").get(pk=row.pk).contact
    assert contact is not None
    is_this(world, contact, person)
    with world.acting("assessment_worker", of=874, at=after(3)) as by:
        actions.record_visit(row.key, seen=row.version, visit=visited(after(2)), by=by, at=after(3))
        seen = Referral.objects.get(pk=row.pk).version
        actions.close(row.key, seen=seen, on=AT.date(), nfa=True, why="Nothing found", by=by, at=after(4))
    with world.acting("head_of_service", at=AT):
        Referral.objects.filter(pk=row.pk).update(person=person)
    (found,) = shown(world, "team_manager")
    assert found.became[0].words == (
        "Referred on 2 April 2026.", "Seen on 2 April 2026, and alone.",
        "The referral was closed on 2 April 2026: no further action.",
    )  # fmt: skip
