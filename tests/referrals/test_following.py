"""A slip to an assessment team begins a referral: one open for a child, timed from sending, whatever comes back."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from frontdoor.actors.rules import COURIER, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.handovers.rules import Conversation
from frontdoor.referrals import actions
from frontdoor.referrals.models import Arrival, Referral, Turn
from tests.contacts.deciding import AT
from tests.races import overlapping
from tests.referrals.referring import (
    accept,
    after,
    begun,
    confirm,
    follow,
    held,
    open_with,
    person,
    sent,
    visited,
)
from tests.worlds import PETERBOROUGH, World


def running(world: World, referral: Referral, *, at: datetime = AT) -> dict[str, datetime]:
    """The running clocks of a referral: since when each counts."""
    with world.acting("assessment_worker", of=PETERBOROUGH, at=at) as by:
        rows = clocks.for_subjects("referrals.referral", [referral.key], by=by, at=at)
        return {row.kind.name.removeprefix("referrals."): row.started_at for row in rows.get(str(referral.key), [])}


def all_of(world: World) -> list[Referral]:
    with world.acting("head_of_service"):
        return list(Referral.objects.select_related("contact").order_by("began_at", "id"))


def of_contact(world: World, number: int, *, urgent: bool = False, at: datetime = AT) -> Handover:
    return sent(world, idem=f"call-{number}", at=at, urgent=urgent)


def test_a_referral_begins_when_the_slip_is_sent_and_red_work_has_its_clock_to_child_seen_from_then(
    world: World,
) -> None:
    slip = sent(world, urgent=True)
    referral = follow(world, slip, at=after(3))
    assert referral is not None
    assert (referral.state, referral.began_at, referral.counts) == ("offered", slip.first_sent_at, "referral")
    assert (referral.urgent, referral.section47, referral.team_id) == (True, True, slip.to_team_id)
    assert running(world, referral) == dict.fromkeys(
        ("pick_up", "visit_protection", "seen_protection", "alone", "assessment"), slip.first_sent_at
    )
    with world.acting("head_of_service"):
        assert referral.source_code == referral.contact.source_code  # type: ignore[union-attr]


def test_work_that_is_not_urgent_has_the_days_of_a_child_in_need(world: World) -> None:
    assert set(running(world, begun(world))) == {"pick_up", "visit", "seen", "alone", "assessment"}


def test_following_twice_does_it_once(world: World) -> None:
    slip = sent(world)
    follow(world, slip)
    follow(world, slip)
    accept(world, slip)
    follow(world, slip)
    with world.acting("head_of_service"):
        assert (Referral.objects.count(), Arrival.objects.count()) == (1, 1)
        assert list(Turn.objects.order_by("at", "id").values_list("kind", flat=True)) == ["began", "accepted"]


def test_what_is_about_no_child_begins_none(world: World) -> None:
    with world.acting("team_manager") as by:
        slip = handovers.send(
            ("disclosures.request", uuid4()), to="assessment", summary="Records", why="Theirs.", by=by, at=AT
        )
    assert follow(world, slip) is None
    assert all_of(world) == []


def test_refused_sent_again_and_taken_back_it_follows_and_only_then_its_clocks_end(world: World) -> None:
    slip = sent(world)
    referral = follow(world, slip)
    assert referral is not None
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(1)) as by:
        boss = world.user("assessment_manager", council=PETERBOROUGH)
        talk = Conversation("", after(1), boss.pk)
        handovers.refuse(slip.key, seen=1, reason="Early help knows them.", talk=talk, by=by, at=after(1))
    assert follow(world, slip, at=after(1)).state == "back"  # type: ignore[union-attr]
    with world.acting("team_manager", at=after(2)) as by:
        handovers.send_again(slip.key, seen=2, changed="Spoke with them.", by=by, at=after(2))
    assert follow(world, slip, at=after(2)).state == "offered"  # type: ignore[union-attr]
    assert set(running(world, referral).values()) == {slip.first_sent_at}, "nothing restarts"
    with world.acting("team_manager", at=after(3)) as by:
        handovers.withdraw(slip.key, seen=3, reason="The father called.", by=by, at=after(3))
    with world.system(COURIER) as by:
        assert actions.follow_all(by=by, at=after(3)) == 1, "the minute's net hears what no job has told"
    assert [each.state for each in all_of(world)] == ["withdrawn"]
    assert running(world, referral) == {}


def test_a_child_has_one_open_referral_and_red_work_that_comes_meanwhile_has_the_child_seen_again(
    world: World,
) -> None:
    first, second = of_contact(world, 1), of_contact(world, 2, urgent=True, at=after(6))
    with world.acting("head_of_service"):
        contacts = [matter.contact for matter in _matters(first, second)]
    confirm(person(), *contacts)
    referral = accept(world, first)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(3)) as by:
        held_now = actions.pick_up(referral.key, seen=referral.version, by=by, at=after(2))
        actions.record_visit(referral.key, seen=held_now.version, visit=visited(after(2)), by=by, at=after(3))
    more = follow(world, second, at=after(6))
    assert more is not None
    assert (more.pk, more.urgent, more.section47) == (referral.pk, True, True)
    assert running(world, referral)["seen_protection"] == second.first_sent_at
    assert more.unseen_since == second.first_sent_at
    with world.acting("head_of_service"):
        assert (Referral.objects.count(), Arrival.objects.count()) == (1, 2)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(9)) as by:
        actions.record_visit(referral.key, seen=more.version, visit=visited(after(4)), by=by, at=after(9))
    assert "seen_protection" in running(world, referral), "a visit before it came does not stop it"


def _matters(*slips: Handover) -> list[object]:
    from frontdoor.contacts.models import Matter

    return [Matter.objects.select_related("contact").get(key=slip.subject_key) for slip in slips]


def _contacts(world: World, *slips: Handover) -> list[object]:
    with world.acting("head_of_service"):
        return [matter.contact for matter in _matters(*slips)]  # type: ignore[attr-defined]


def test_the_database_itself_keeps_a_second_open_referral_of_a_person_out(world: World) -> None:
    one, other = begun(world), begun(world, idem="call-2")
    someone = person()
    with world.acting("assessment_worker", of=PETERBOROUGH):
        Referral.objects.filter(pk=one.pk).update(person=someone)
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=other.pk).update(person=someone)


def test_two_slips_about_one_child_at_once_make_one_referral(own_database: str, world: World) -> None:
    slips = [of_contact(world, 1), of_contact(world, 2)]
    confirm(person(), *_contacts(world, *slips))
    won, second = overlapping(lambda: follow(world, slips[0]), lambda: follow(world, slips[1]), expect=IntegrityError)
    assert not isinstance(second, Exception)
    assert won.pk == second.pk
    with world.acting("head_of_service"):
        assert (Referral.objects.count(), Arrival.objects.count()) == (1, 2)


def closed(world: World, referral: Referral, *, on: date, at: datetime) -> None:
    with world.acting("assessment_manager", of=PETERBOROUGH, at=at) as by:
        version = Referral.objects.get(pk=referral.pk).version
        actions.close(referral.key, seen=version, on=on, nfa=True, why="Nothing more was needed.", by=by, at=at)


@pytest.mark.parametrize(("later", "counts"), [(timedelta(days=365), "re_referral"), (timedelta(days=366), "referral")])
def test_an_earlier_referral_that_came_to_nothing_makes_one_within_twelve_months_a_re_referral(
    world: World, later: timedelta, counts: str
) -> None:
    first = of_contact(world, 1)
    someone = person()
    confirm(someone, *_contacts(world, first))
    closed(world, accept(world, first), on=AT.date(), at=after(1))
    again = of_contact(world, 2, at=AT + later)
    confirm(someone, *_contacts(world, again))
    referral = follow(world, again, at=AT + later)
    assert referral is not None
    assert (referral.counts, referral.before) == (counts, AT.date() if counts == "re_referral" else None)


def test_after_two_records_were_joined_the_referral_of_the_one_that_is_gone_is_an_earlier_one(world: World) -> None:
    from frontdoor.matching.models import Link

    first, gone, kept = of_contact(world, 1), person(), person("Tessa")
    confirm(gone, *_contacts(world, first))
    closed(world, accept(world, first), on=AT.date(), at=after(1))
    with world.acting("data_quality_manager"):  # what a join does with what was confirmed
        Link.objects.filter(person=gone).update(person=kept)
    again = of_contact(world, 2, at=AT + timedelta(days=30))
    confirm(kept, *_contacts(world, again))
    referral = follow(world, again, at=AT + timedelta(days=30))
    assert referral is not None
    assert (referral.counts, referral.before) == ("re_referral", AT.date())


def test_what_was_taken_back_is_no_earlier_referral(world: World) -> None:
    first = of_contact(world, 1)
    someone = person()
    confirm(someone, *_contacts(world, first))
    follow(world, first)
    with world.acting("team_manager", at=after(1)) as by:
        handovers.withdraw(first.key, seen=1, reason="A mistake.", by=by, at=after(1))
    follow(world, first, at=after(1))
    again = of_contact(world, 2, at=after(days=3))
    confirm(someone, *_contacts(world, again))
    assert follow(world, again, at=after(days=3)).counts == "referral"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("plan", "since", "counts"),
    [
        ("protection", date(2025, 11, 1), "open_case"), ("early_help", date(2025, 11, 1), "referral"),
        ("open", AT.date(), "referral"),
    ],
)  # fmt: skip
def test_a_child_whose_case_is_open_gets_no_referral_and_is_seen_all_the_same(
    world: World, plan: str, since: date, counts: str
) -> None:
    slip, someone = sent(world, urgent=True), person()
    confirm(someone, *_contacts(world, slip))
    open_with(someone, plan=plan, since=since)
    referral = follow(world, slip)
    assert referral is not None
    assert referral.counts == counts
    assert referral.open_with == ("Ruth Wold, East" if counts == "open_case" else "")
    clocks_now = running(world, referral)
    assert "seen_protection" in clocks_now
    assert ("assessment" in clocks_now) == (counts != "open_case")


def test_said_later_who_the_child_is_it_is_judged_anew_and_a_second_one_is_joined(world: World) -> None:
    first, second = of_contact(world, 1), of_contact(world, 2, urgent=True, at=after(5))
    one, other = follow(world, first), follow(world, second, at=after(5))
    assert one is not None
    assert other is not None
    confirm(person(), *_contacts(world, first, second))
    with world.system(COURIER) as by:
        assert actions.follow_all(by=by, at=after(6)) == 2
        assert actions.follow_all(by=by, at=after(6)) == 0
    one, other = all_of(world)
    assert one.person_id is not None
    assert (other.person_id, other.same_as_id) == (None, one.pk)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(8)) as by:
        actions.record_visit(other.key, seen=other.version, visit=visited(after(7)), by=by, at=after(8))
        left = actions.join(other.key, seen=other.version + 1, by=by, at=after(8))
    assert left.pk == one.pk
    one, other = all_of(world)
    assert (other.state, one.urgent, one.seen_at) == ("joined", True, after(7))
    assert set(running(world, one)) == {"pick_up", "assessment"}
    assert running(world, other) == {}


def test_a_team_says_that_the_case_was_open_and_it_is_no_referral_then(world: World) -> None:
    referral = held(world)
    with world.acting("assessment_worker", of=PETERBOROUGH) as by:
        said = actions.say_open(referral.key, seen=referral.version, worker="Ruth Wold", by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            actions.say_open(referral.key, seen=said.version, worker="Ruth Wold", by=by, at=AT)
    assert said.counts == "open_case"
    assert "assessment" not in running(world, referral)
    assert "seen" in running(world, referral)


def test_when_it_began_is_never_changed(world: World) -> None:
    referral = begun(world)
    acting = world.acting("assessment_worker", of=PETERBOROUGH)
    with acting, pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(began_at=after(5))


def test_passed_to_another_team_every_clock_goes_with_it_and_keeps_its_time(world: World) -> None:
    from frontdoor.organisations.models import Team

    referral, own = held(world, urgent=True), world.team("assessment", council=PETERBOROUGH)
    with world.acting("administrator", of=PETERBOROUGH):
        there = Team.objects.create(
            authority_id=PETERBOROUGH, agency=own.agency, function="assessment", name="Assessment North",
            opened_on=own.opened_on,
        )  # fmt: skip
    before = running(world, referral)
    with world.acting("assessment_worker", of=PETERBOROUGH, at=after(1)) as by:
        actions.pass_on(referral.key, seen=referral.version, team=there.pk, why="They live there.", by=by, at=after(1))
    with world.acting("head_of_service"):
        slip = Handover.objects.get(subject_key=referral.key)
        assert slip.urgent, "red and section 47 work stays what it is on its way"
    follow(world, slip, at=after(1))
    assert all_of(world)[0].team_id == own.pk, "it is theirs until the other team has accepted"
    with world.system(COURIER) as by:
        handovers.accept(slip.key, seen=1, by=by, at=after(2))
    follow(world, slip, at=after(2))
    (now,) = all_of(world)
    assert (now.team_id, now.worker, now.state, now.began_at) == (there.pk, None, "accepted", referral.began_at)
    assert running(world, referral) == before | {"pick_up": slip.first_sent_at}


def test_only_the_team_works_on_it_and_whoever_sent_it_reads_it(world: World) -> None:
    referral = begun(world)
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        actions.record_visit(referral.key, seen=referral.version, visit=visited(AT), by=by, at=AT)
