"""Opened again, born after sending, and a child whose record few may open."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from frontdoor.actors.rules import COURIER, InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.models import Named
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.referrals import actions
from frontdoor.referrals.models import Referral
from frontdoor.referrals.queries.opening import KIND, of_contact, open_referral
from tests.referrals.referring import AT, after, begun, confirm, held, person, visited, world_of_seeder
from tests.worlds import PETERBOROUGH, World


def _worker(world: World, at: Any = AT) -> Any:
    return world.acting("assessment_worker", of=PETERBOROUGH, at=at)


def _now(row: Referral) -> Referral:
    return Referral.objects.get(pk=row.pk)


def _closed(world: World, **more: Any) -> Referral:
    row = held(world, **more)
    with _worker(world, after(3)) as by:
        visit = visited(after(2))
        actions.record_visit(row.key, seen=_now(row).version, visit=visit, by=by, at=after(3))
        actions.close(
            row.key, seen=_now(row).version, on=AT.date(), nfa=True, why="Nothing found", by=by, at=after(4)
        )  # fmt: skip
        return _now(row)


def _clocks(row: Referral) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    rows = Clock.objects.filter(subject_kind=KIND, subject_key=str(row.key)).order_by("started_at", "stopped_at")
    for each in rows:
        found.setdefault(each.kind, []).append(each)
    return found


def test_opened_again_its_first_clocks_stay_and_second_ones_start(world: World) -> None:
    row = _closed(world)
    with _worker(world, after(days=1)) as by:
        first = {kind: those[0].stopped_at for kind, those in _clocks(row).items()}
        actions.reopen(row.key, seen=row.version, why="The school rang again", by=by, at=after(days=1))
        row = _now(row)
        assert (row.state, row.worker, row.settled_at, row.closed_on) == ("accepted", None, None, None)
        found = _clocks(row)
        assert {kind: those[0].stopped_at for kind, those in found.items()} == first
        again = {kind: those[1].started_at for kind, those in found.items()}
        assert again.pop("referrals.assessment") == row.began_at
        assert set(again.values()) == {after(days=1)}
        assert {"referrals.pick_up", "referrals.seen", "referrals.alone"} <= set(again)
        assert row.unseen_since == after(days=1)
        last = row.turns.order_by("-id")[0]
        assert "closed on" in last.text
        assert "The school rang again" in last.text


def test_it_asks_why_and_opens_only_what_is_closed(world: World) -> None:
    row = _closed(world)
    with _worker(world, after(days=1)) as by:
        with pytest.raises(InvalidInput, match="why"):
            actions.reopen(row.key, seen=row.version, why=" ", by=by, at=after(days=1))
        actions.reopen(row.key, seen=row.version, why="Again", by=by, at=after(days=1))
        with pytest.raises(StepNotAllowed, match="no worker yet"):
            actions.reopen(row.key, seen=_now(row).version, why="Again", by=by, at=after(days=1))


def test_where_a_newer_referral_of_the_child_is_open_that_one_goes_on(world: World, client: Any) -> None:
    row = _closed(world)
    child = person()
    confirm(child, _contact_of(row))
    closed = _closed_person(row, child)
    newer = begun(world, at=after(days=2), idem="call-2")
    confirm(child, _contact_of(newer))
    with world.system(COURIER) as by:
        actions.follow_all(by=by, at=after(days=2))
    with _worker(world, after(days=3)) as by, pytest.raises(StepNotAllowed, match="open referral"):
        actions.reopen(row.key, seen=closed.version, why="Again", by=by, at=after(days=3))
    world.signed_in(client, world.user("assessment_worker", council=PETERBOROUGH))
    page = client.get(reverse("referrals:reopen", args=["peterborough", row.key])).content.decode()
    assert "This child has an open referral" in page
    assert "<textarea" not in page


def _contact_of(row: Referral) -> Any:
    with world_of_seeder():
        return Referral.objects.select_related("contact").get(pk=row.pk).contact


def _closed_person(row: Referral, child: Any) -> Referral:
    with world_of_seeder():
        Referral.objects.filter(pk=row.pk).update(person=child)
        return _now(row)


UNBORN = (PersonGiven("unborn", family_name="Setchfield", expected_on=date(2026, 4, 20)),)


def test_a_child_born_after_sending_is_to_be_seen_from_the_birth_on(world: World) -> None:
    row = begun(world, people=UNBORN)
    with _worker(world):
        assert "referrals.seen" not in _clocks(row)
    with world_of_seeder():
        Named.objects.filter(pk=row.named_id).update(date_of_birth=date(2026, 4, 12), expected_on=None)
    at = after(days=12)
    with world.system(COURIER) as by:
        actions.follow_all(by=by, at=at)
        actions.follow_all(by=by, at=at)
    with _worker(world, at):
        found = _clocks(row)
        assert [each.started_at.date() for each in found["referrals.seen"]] == [date(2026, 4, 12)]
        assert len(found["referrals.alone"]) == 1
        row = _now(row)
        assert not row.unborn
        assert row.unseen_since is not None
        assert row.turns.order_by("-id")[0].text == "On Sunday 12 April 2026"


def test_who_is_not_born_yet_waits(world: World) -> None:
    row = begun(world, people=UNBORN)
    with world.system(COURIER) as by:
        actions.follow_all(by=by, at=after(days=3))
    with _worker(world):
        assert "referrals.seen" not in _clocks(row)


# A record that few may open


def _restricted(world: World, row: Referral, *, to: Any = None) -> Any:
    """The child of a referral is confirmed to be somebody whose record few may open."""
    from frontdoor.people.models import NamedAccess, Restriction

    child = person()
    confirm(child, _contact_of(row))
    with world_of_seeder() as by:
        Restriction.objects.create(
            authority_id=by.authority, person=child, ground="staff", why="A colleague's child", call_whom="Head",
            call_number="01632 960001", owner=1, set_at=AT, review_on=date(2026, 6, 1),
        )  # fmt: skip
        if to is not None:
            NamedAccess.objects.create(
                authority_id=by.authority, person=child, user_id=to.pk, why="Has the child", since=AT
            )
    return child


def test_a_restricted_child_is_shown_only_to_those_named(world: World, client: Any) -> None:
    row = held(world)
    worker = world.user("assessment_worker", council=PETERBOROUGH)
    _restricted(world, row, to=worker)
    with _worker(world) as by:
        assert open_referral(row.key, by=by, at=AT).referral.pk == row.pk
    with world.acting("assessment_manager", of=PETERBOROUGH, at=AT) as by:
        with pytest.raises(NotFound):
            open_referral(row.key, by=by, at=AT)
        assert of_contact(row.contact, by=by, at=AT) == []
        assert not Referral.objects.filter(pk=row.pk).exists()  # the database itself
    with world.system(COURIER):
        assert Referral.objects.filter(pk=row.pk).exists()  # no clock stands still
    world.signed_in(client, world.user("assessment_manager", council=PETERBOROUGH))
    assert client.get(reverse("referrals:referral", args=["peterborough", row.key])).status_code == 404
