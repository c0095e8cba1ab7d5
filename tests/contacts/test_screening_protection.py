"""Act now, write after: nothing in the record blocks it, at any step, and oversight follows by another person."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection

from frontdoor.access.rules import RECEIVING, RECEIVING_QUALIFIED
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Contact, Matter, Protection
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.states import ContactState, MatterState
from tests.contacts.arriving import NOON, arrive
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

LATER = NOON + timedelta(minutes=20)


def _protect(contact, *, by, at=LATER, **given):
    usual = {
        "kind": "strategy_discussion",
        "reason": "Fresh bruises; must not go home.",
        "with_whom": "DS Hale, police",
    }
    return screening.protect(contact.key, by=by, at=at, **(usual | given))


@pytest.mark.parametrize("kind", ["immediate_protection", "strategy_discussion"])
@pytest.mark.parametrize("role", ["social_worker", "team_manager", "duty_worker", "assessment_worker"])
def test_a_social_worker_or_manager_acts_in_one_action(world, role, kind):
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        contact = arrive(by=by)
        with pytest.raises(NotPermitted):
            _protect(contact, by=by)
    with world.acting(role, of=PETERBOROUGH) as by:
        started = _protect(contact, by=by, kind=kind)
        assert (started.started_by, started.started_at, started.kind) == (by.user_id, LATER, kind)
        clock = Clock.objects.get(subject_key=str(started.key))
        assert (clock.kind, clock.due_at) == ("contacts.oversight", LATER + timedelta(hours=4))


@pytest.mark.parametrize("state", list(ContactState))
def test_no_state_of_the_contact_blocks_it(world, state):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        Contact.objects.filter(pk=contact.pk).update(
            state=state, version=99, holder=world.user("team_manager").pk, held_at=NOON, touched_at=NOON,
            closed_at=NOON if state in ("closed", "duplicate", "voided") else None,
        )  # fmt: skip
        _protect(contact, by=by)
        assert Contact.objects.get(pk=contact.pk).version == 99, "it leaves others' pages as they are"


@pytest.mark.parametrize("state", list(MatterState))
def test_no_state_of_a_childs_matter_blocks_it(world, state):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        Matter.objects.filter(contact=contact).update(state=state)
        assert _protect(contact, by=by).pk


def test_a_contact_that_holds_nothing_but_its_receipt_is_enough(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by, story="", people=(), category="abandoned", sub_type="")
        assert _protect(contact, by=by).pk


def test_it_does_not_wait_for_whoever_has_the_contact_open_in_an_action(world, own_database):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
    locked, done = Event(), Event()

    def hold():
        try:
            with world.acting("social_worker", second=True) as other:
                screening.attempt(contact.key, whom="The school", outcome="spoke", by=other, at=NOON)
                locked.set()
                done.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert locked.wait(30)
        try:
            with world.acting("social_worker") as by, connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                _protect(contact, by=by)
        finally:
            done.set()
            holding.result(30)
    with world.acting("social_worker") as by:
        assert Protection.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"with_whom": " "}, "with_whom"),
        ({"kind": "watch"}, "kind"),
        ({"reason": "x" * 501}, "reason"),
        ({"with_whom": "x" * 201}, "with_whom"),
    ],
)
def test_it_asks_a_reason_and_a_name_and_nothing_else(world, given, field):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(InvalidInput) as refused:
            _protect(contact, by=by, **given)
        assert set(refused.value.problems) == {field}
        assert not Protection.objects.exists()


def test_a_child_found_here_is_protected_by_a_social_worker_out_of_reach(world):
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        contact = arrive(by=by)
    stranger = world.actor("social_worker", of=PETERBOROUGH, council=CAMBRIDGESHIRE)
    receiving = replace(stranger, reach={**stranger.reach, CAMBRIDGESHIRE: RECEIVING_QUALIFIED})
    with acting_for(CAMBRIDGESHIRE, by=receiving) as by:
        assert _protect(contact, by=by).authority_id == CAMBRIDGESHIRE
    unqualified = replace(stranger, reach={**stranger.reach, CAMBRIDGESHIRE: RECEIVING})
    with acting_for(CAMBRIDGESHIRE, by=unqualified) as by, pytest.raises(NotPermitted):
        _protect(contact, by=by)


def test_another_councils_contact_is_not_there(world):
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        contact = arrive(by=by)
    with world.acting("social_worker") as by, pytest.raises(NotFound):
        _protect(contact, by=by)


def test_what_is_filled_in_later_is_marked_with_its_time_and_replaces_nothing(world):
    with world.acting("social_worker") as by:
        started = _protect(arrive(by=by), by=by)
        screening.write_after(started.key, seen=1, text="Police went at 13:10.", by=by, at=NOON + timedelta(hours=2))
        with pytest.raises(Conflict):
            screening.write_after(started.key, seen=1, text="Another page.", by=by, at=NOON + timedelta(hours=2))
        screening.write_after(started.key, seen=2, text="She is at her aunt's.", by=by, at=NOON + timedelta(hours=3))
        started.refresh_from_db()
        first, second = started.recorded_after.split("\n\n")
        assert first.startswith("Recorded after, ")
        assert first.endswith(f"{by.label}:\nPolice went at 13:10.")
        assert second.endswith("She is at her aunt's.")
        assert started.recorded_at == NOON + timedelta(hours=3)


def test_oversight_is_a_managers_and_another_persons(world):
    with world.acting("team_manager") as by:
        contact = arrive(by=by)
        started = _protect(contact, by=by)
        with pytest.raises(StepNotAllowed, match="yourself"):
            screening.oversee(started.key, seen=1, oversight="Fine.", by=by, at=LATER)
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        screening.oversee(started.key, seen=1, oversight="Fine.", by=by, at=LATER)
    with world.acting("team_manager", second=True) as by:
        (waiting,) = queries.unseen_protections(by=by, at=LATER)
        assert (waiting.receipt, waiting.due_at, waiting.after) == (
            contact.receipt,
            LATER + timedelta(hours=4),
            "",
        )
        with pytest.raises(InvalidInput):
            screening.oversee(started.key, seen=1, oversight=" ", by=by, at=LATER)
        screening.oversee(started.key, seen=1, oversight="Right to act. See her tonight.", by=by, at=LATER)
        assert queries.unseen_protections(by=by, at=LATER) == []
        assert Clock.objects.get(subject_key=str(started.key)).outcome == "in_time"
        with pytest.raises(StepNotAllowed):
            screening.oversee(started.key, seen=2, oversight="Again.", by=by, at=LATER)
