"""At night there is a name: shifts, gaps, and a message when nobody opens what came in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from frontdoor.actors.rules import CLOCK_SWEEP, InvalidInput, NotPermitted
from frontdoor.clocks import actions as clocks
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import night, screening
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import night as queries
from frontdoor.contacts.rules import night as rules
from frontdoor.contacts.rules.intake import Report
from tests.worlds import World

NIGHT = datetime(2026, 4, 4, 1, 30, tzinfo=UTC)  # the night to Easter Saturday
HOUR = timedelta(hours=1)


def arrive(world: World) -> Contact:
    with world.acting("duty_worker", at=NIGHT) as by:
        _, contact = contacts.submit_and_take_in(
            Report(story="A child alone."), channel="phone", idem="n", by=by, at=NIGHT
        )
    assert contact is not None
    return contact


def put_on(world: World) -> None:
    with world.acting("team_manager", at=NIGHT) as by:
        night.add_shift(world.user("duty_worker").pk, starts_at=NIGHT - HOUR, ends_at=NIGHT + 8 * HOUR, by=by, at=NIGHT)


def sweep(world: World, at: datetime) -> None:
    with world.system(CLOCK_SWEEP, council=874) as by:
        clocks.sweep(by=by, at=at)


def test_an_hour_outside_hours_without_a_name_is_an_alarm(world: World) -> None:
    with world.acting("duty_worker", at=NIGHT) as by:
        assert queries.nobody_on(by=by, at=NIGHT)
    put_on(world)
    with world.acting("duty_worker", at=NIGHT) as by:
        assert not queries.nobody_on(by=by, at=NIGHT)
        assert not queries.nobody_on(by=by, at=datetime(2026, 4, 2, 10, tzinfo=UTC))


def test_what_nobody_opens_rings_the_rota_once_without_a_detail(world: World) -> None:
    put_on(world)
    arrive(world)
    mail.outbox.clear()
    sweep(world, NIGHT + timedelta(minutes=29))
    assert mail.outbox == []
    sweep(world, NIGHT + timedelta(minutes=31))
    sweep(world, NIGHT + timedelta(minutes=40))
    assert [message.to for message in mail.outbox] == [["duty-worker@cambridgeshire.example.org"]]
    assert "child" not in mail.outbox[0].body + mail.outbox[0].subject


def test_without_a_name_every_manager_is_told(world: World) -> None:
    arrive(world)
    mail.outbox.clear()
    sweep(world, NIGHT + timedelta(minutes=31))
    assert "team-manager@cambridgeshire.example.org" in {address for message in mail.outbox for address in message.to}


def test_a_look_quiets_the_alarm(world: World) -> None:
    put_on(world)
    contact = arrive(world)
    with world.acting("duty_worker", at=NIGHT) as by:
        contact.refresh_from_db()
        screening.look(contact.key, seen=contact.version, danger="no", line="Aunt is there.", by=by, at=NIGHT)
    mail.outbox.clear()
    sweep(world, NIGHT + timedelta(minutes=31))
    assert mail.outbox == []


@pytest.mark.parametrize("role", ["contact_officer", "social_worker", "duty_worker"])
def test_only_a_manager_keeps_the_rota(world: World, role: str) -> None:
    with world.acting(role, at=NIGHT) as by, pytest.raises(NotPermitted):
        night.add_shift(world.user("duty_worker").pk, starts_at=NIGHT, ends_at=NIGHT + HOUR, by=by, at=NIGHT)


def test_a_shift_is_somebody_qualified_and_ends_after_it_begins(world: World) -> None:
    with world.acting("team_manager", at=NIGHT) as by:
        for user, ends_at in ((world.user("contact_officer"), NIGHT + HOUR), (world.user("duty_worker"), NIGHT - HOUR)):
            with pytest.raises(InvalidInput):
                night.add_shift(user.pk, starts_at=NIGHT, ends_at=ends_at, by=by, at=NIGHT)


def test_gaps_are_joined_and_open_hours_need_no_name() -> None:
    shifts = [rules.Span(NIGHT + HOUR, NIGHT + 2 * HOUR)]
    found = rules.gaps(NIGHT, NIGHT + 4 * HOUR, shifts, lambda at: at >= NIGHT + 3 * HOUR)
    assert found == [rules.Span(NIGHT, NIGHT + HOUR), rules.Span(NIGHT + 2 * HOUR, NIGHT + 3 * HOUR)]
