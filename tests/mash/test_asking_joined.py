"""Somebody joins after the requests have left; the last reply is withdrawn; and no request leaves without agreement."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from frontdoor.access.rules import ROLES
from frontdoor.actors.rules import COURIER, MAILER, Permission
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.models import Clock
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.models import Asked, Dispensing, Request
from frontdoor.mash.queries import asking as queries
from tests.contacts.deciding import arrived
from tests.mash.asking import agreed, asked
from tests.mash.enquiring import AT, accepted, handed, rated, stands
from tests.mash.test_asking import MINUTE, again, hear, people, reply
from tests.worlds import World

POLICE, HEALTH = "police", "health"


def _joins(world: World, *, at: Any = AT + 30 * MINUTE) -> None:
    """A younger sister's slip arrives for the same family."""
    from datetime import date

    from frontdoor.contacts.rules.intake import PersonGiven

    sister = PersonGiven("child", given_name="Ada", family_name="Setchfield", date_of_birth=date(2022, 1, 2))
    tess = PersonGiven("child", given_name="Tess0", family_name="Setchfield", date_of_birth=date(2019, 6, 17))
    for slip in handed(world, idem="call-2", at=at, people=(tess, sister), children=2):
        accepted(world, slip, at=at)


def _sweep(world: World, *, at: Any = AT + 31 * MINUTE) -> int:
    with world.system(COURIER, council=874) as by:
        return actions.ask_about_joined(by=by, at=at)


def _running(request: Request, *, by: Any, at: Any) -> list[Any]:
    found = clocks.for_subject(("mash.request", request.key), by=by, at=at)
    return [each for each in found if each.stopped_at is None and each.kind.name.startswith("mash.reply")]


def test_who_joins_is_added_to_open_requests_whose_clock_stays_and_the_agency_is_told_once(world: World) -> None:
    requests = asked(world, rated(world))
    with world.acting("social_worker", at=AT):
        before = {line: again(row) for line, row in requests.items()}
    _joins(world)
    assert (_sweep(world), _sweep(world)) == (3, 0)
    with world.acting("social_worker", at=AT) as by:
        row = again(requests[POLICE])
        names = [each.subject.named.given_name for each in people(row)]
        assert sorted(names) == ["Ada", "Tess0"]
        assert (row.state, row.due_at) == (before[POLICE].state, before[POLICE].due_at)
        assert row.version > before[POLICE].version
        assert [each.reading.due_at for each in _running(row, by=by, at=AT + 31 * MINUTE)] == [row.due_at]
    with world.system(MAILER, council=874) as by:
        assert actions.tell_joined(row.key, people=2, by=by, at=AT + 32 * MINUTE)
    assert "asks about somebody more" in mail.outbox[-1].subject
    assert "Ada" not in mail.outbox[-1].body + mail.outbox[-1].subject


def test_what_was_answered_gets_a_further_question_with_a_clock_of_its_own(world: World) -> None:
    row = asked(world, rated(world))[POLICE]
    with world.acting("social_worker", at=AT):
        for each in people(row):
            reply(row, each, at=AT + 10 * MINUTE)
    assert hear(row, at=AT + 11 * MINUTE).state == "answered"
    _joins(world)
    _sweep(world)
    with world.acting("social_worker", at=AT) as by:
        row = again(row)
        assert (row.state, row.answered_at) == ("opened", None)
        assert row.due_at == AT + 31 * MINUTE + timedelta(hours=6)
        assert [each.reading.due_at for each in _running(row, by=by, at=AT + 31 * MINUTE)] == [row.due_at]
        for each in people(row):
            reply(row, each, at=AT + 40 * MINUTE)
    assert hear(row, at=AT + 41 * MINUTE).state == "answered"


def test_a_stopped_request_asks_about_nobody_more(world: World) -> None:
    row = asked(world, rated(world))[POLICE]
    with world.acting("social_worker", at=AT) as by:
        actions.stop(row.key, seen=again(row).version, why="Sent twice", by=by, at=AT + MINUTE)
    _joins(world)
    assert _sweep(world) == 2
    with world.acting("social_worker", at=AT):
        assert Asked.objects.filter(request=row).count() == 1


def _answered(world: World, row: Request, at: Any) -> Any:
    with world.acting("social_worker", at=AT):
        (first,) = [reply(row, each, at=at) for each in people(row)]
    assert hear(row, at=at).state == "answered"
    return first


def _withdraws(world: World, row: Request, first: Any, at: Any) -> Request:
    with world.acting("social_worker", at=AT):
        reply(row, first.asked, supersedes=first, withdrawn=True, why="It was another family", at=at)
    return hear(row, at=at)


@pytest.mark.parametrize("hours", [1, 9])
def test_withdrawing_the_last_reply_opens_the_request_again_with_the_time_that_it_had(world: World, hours: int) -> None:
    row = asked(world, rated(world))[POLICE]
    first, at = _answered(world, row, AT + 10 * MINUTE), AT + timedelta(hours=hours)
    due = again_in(world, row).due_at
    row = _withdraws(world, row, first, at)
    assert (row.state, row.answered_at, row.due_at) == ("opened", None, due)
    with world.acting("team_manager", at=at) as by:
        (clock,) = _running(row, by=by, at=at)
        assert clock.reading.due_at == due
        line = next(each for each in queries.board(by=by, at=at) if each.desk.line == POLICE)
        assert (line.waiting, line.late) == (1, int(hours > 6))
    with world.acting("social_worker", at=AT):
        for each in people(row):
            reply(row, each, at=at + MINUTE)
    assert hear(row, at=at + MINUTE).state == "answered"
    with world.acting("social_worker", at=AT):
        assert not Clock.objects.filter(subject_key=str(row.key), stopped_at=None).exists()


def test_where_an_answer_is_waited_for_again_what_the_agencies_know_is_not_in(world: World) -> None:
    enquiry = rated(world)
    requests = asked(world, enquiry)
    firsts = {line: _answered(world, row, AT + 10 * MINUTE) for line, row in requests.items()}
    at = AT + 20 * MINUTE

    def gathers() -> int:
        with world.acting("social_worker", at=AT):
            those = Clock.objects.filter(kind__startswith="mash.gather", subject_key=str(enquiry.key), stopped_at=None)
            return those.count()

    assert gathers() == 0
    _withdraws(world, requests[POLICE], firsts[POLICE], at)
    assert gathers() == 1
    _withdraws(world, requests[HEALTH], firsts[HEALTH], at + MINUTE)
    assert gathers() == 1


def again_in(world: World, row: Request) -> Request:
    with world.acting("social_worker", at=AT):
        return again(row)


def test_of_two_that_stand_beside_each_other_withdrawing_one_opens_nothing(world: World) -> None:
    row = asked(world, rated(world))[POLICE]
    first = _answered(world, row, AT + 10 * MINUTE)
    with world.acting("social_worker", at=AT):
        reply(row, first.asked, at=AT + 11 * MINUTE, facts="And in 2024.")
    assert _withdraws(world, row, first, AT + 12 * MINUTE).state == "answered"


def test_in_a_settled_enquiry_nothing_is_waited_for_again(world: World) -> None:
    from frontdoor.mash.actions.enquiries import stand_down

    enquiry = rated(world)
    row = asked(world, enquiry)[POLICE]
    first = _answered(world, row, AT + 10 * MINUTE)
    with world.acting("team_manager", at=AT) as by:
        stand_down(
            enquiry.key, seen=stands(enquiry).version, why="Clear already", to="nobody", by=by, at=AT + 20 * MINUTE
        )
    assert _withdraws(world, row, first, AT + 30 * MINUTE).state == "answered"


# No request leaves without agreement, or without a manager: in the database too


def _insert(row: Request, **more: Any) -> None:
    from uuid import uuid4

    fresh = Request.objects.get(pk=row.pk)
    fresh.pk, fresh.key, fresh.agency = None, uuid4(), uuid4()
    for name, value in more.items():
        setattr(fresh, name, value)
    with transaction.atomic():
        fresh.save(force_insert=True)


def test_the_database_lets_no_request_leave_before_the_family_agreed_or_a_manager_dispensed(world: World) -> None:
    enquiry = rated(world)
    row = asked(world, enquiry)[POLICE]
    with world.acting("social_worker", at=AT):
        _insert(row)
    agreed(world, enquiry, "refused", at=AT + MINUTE)
    with world.acting("social_worker", at=AT), pytest.raises(DatabaseError, match="row-level security"):
        _insert(row)
    with world.acting("team_manager", at=AT) as by:
        actions.dispense(
            enquiry.key, seen=stands(enquiry).version, why="Asking would warn him", on_refusal="She was told",
            by=by, at=AT + 2 * MINUTE,
        )  # fmt: skip
        _insert(row)
    agreed(world, enquiry, "no_reply", at=AT + 3 * MINUTE)
    with world.acting("social_worker", at=AT), pytest.raises(DatabaseError, match="row-level security"):
        _insert(row)  # what the manager decided does not cover what they say now


def test_the_database_lets_nobody_dispense_for_a_manager_or_without_being_one(world: World) -> None:
    enquiry = rated(world)
    given = {"authority_id": 874, "enquiry_id": enquiry.pk, "position": "refused", "why": "x", "at": AT}
    manager = world.user("team_manager").pk
    for role, who in (("social_worker", world.user("social_worker").pk), ("social_worker", manager)):
        with world.acting(role, at=AT), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Dispensing.objects.create(**given, decided_by=who)
    with world.acting("team_manager", at=AT):
        Dispensing.objects.create(**given, decided_by=manager)


def test_the_roles_that_the_database_knows_are_those_that_decide() -> None:
    from importlib import import_module

    known = import_module("frontdoor.mash.migrations.0014_before_asking").MANAGERS
    assert set(known) == {role.value for role, may in ROLES.items() if Permission.MASH_DECIDE in may}


def test_what_the_contact_recorded_about_agreement_is_filled_in(world: World, client: Any) -> None:
    enquiry = rated(world)  # the family's agreement was written down when it came: given by the mother
    world.signed_in(client, world.user("social_worker"))
    page = client.get(reverse("mash:agreement", args=["peterborough", enquiry.key])).content.decode()
    assert 'value="given" checked' in " ".join(page.split())
    assert "Written down with contact" in page
    assert arrived(world, idem="other").receipt not in page


def _of_another_family(world: World, at: Any) -> Request:
    from datetime import date

    from frontdoor.contacts.rules.intake import PersonGiven
    from tests.mash.asking import grounded, sent

    ola = PersonGiven("child", given_name="Ola", family_name="Vine", date_of_birth=date(2015, 5, 5))
    enquiry = rated(world, idem="call-9", at=at, people=(ola,))
    with world.acting("social_worker", at=at) as by:
        kept = queries.desks(by=by, at=at)
    agreed(world, enquiry, at=at)
    grounded(world, enquiry, at=at)
    those = [each for each in kept if each.line in {POLICE, HEALTH, "education"}]
    return next(row for row in sent(world, enquiry, those, at=at) if row.desk.line == POLICE)


def test_from_the_day_of_the_duty_to_share_a_request_says_so_and_a_refusal_says_which_harm(world: World) -> None:
    from frontdoor.actors.rules import InvalidInput
    from frontdoor.councils.actions import decide_setting
    from frontdoor.mash.rules.asking.grounds import DUTY

    before = asked(world, rated(world))[POLICE]
    with world.acting("administrator", of=874, at=AT) as by:
        decide_setting(
            DUTY.name, value=True, starts_on=AT.date() + timedelta(days=1), decided_by="Director", why="Regulations",
            by=by, at=AT,
        )  # fmt: skip
    at = AT + timedelta(days=1)
    after = _of_another_family(world, at)
    assert (again_in(world, before).duty, again_in(world, after).duty) == (False, True)
    for row, refused in ((before, False), (after, True)):
        with world.acting("social_worker", at=at) as by:
            heard = actions.Heard(people={people(row)[0].key}, kind="will_not", said_by="Sergeant", reason="No")
            if refused:
                with pytest.raises(InvalidInput, match="more harm"):
                    actions.take_by_telephone(row.key, heard, seen=None, by=by, at=at)
            else:
                actions.take_by_telephone(row.key, heard, seen=None, by=by, at=at)
