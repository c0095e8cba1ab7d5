"""Between hands: until somebody accepts, a child is its giver's, with an owner and a clock, whatever happens."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from frontdoor.actors.rules import COURIER, NotFound
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.actions import coming_back, decisions
from frontdoor.contacts.models import Contact, Decision, Matter, Recommendation
from frontdoor.contacts.queries import screening
from frontdoor.contacts.rules.decisions import Decided
from frontdoor.contacts.rules.kinds import DECISION
from frontdoor.contacts.rules.passing_on import Passed, next_step
from frontdoor.contacts.rules.states import MatterState, Step
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers import rules
from frontdoor.handovers.models import Handover
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, ENQUIRY, FULL, arrived, decided, minutes, recommended
from tests.worlds import PETERBOROUGH, World

Follow = Callable[..., MatterState]


@pytest.fixture
def contact(world: World) -> Contact:
    """A contact about one child, decided as a MASH enquiry and on its way to the hub."""
    made = arrived(world)
    decided(world, recommended(world, made, ENQUIRY), FULL)
    return made


@pytest.fixture
def follow(world: World) -> Follow:
    """What the job does after anything happened to a slip."""

    def followed(contact: Contact, *, at: datetime = AT) -> MatterState:
        with world.system(COURIER) as by:
            return coming_back.follow(Matter.objects.get(contact=contact).key, by=by, at=at)

    return followed


def slip(world: World, **which: object) -> Handover:
    with world.acting("head_of_service"):
        return Handover.objects.get(**which)


def refuse(world: World, at: datetime) -> Handover:
    sent = slip(world)
    with world.acting("social_worker", of=PETERBOROUGH, at=at) as by:
        talk = rules.Conversation("", at - timedelta(minutes=1), world.user("team_manager").pk)
        return handovers.refuse(sent.key, seen=sent.version, reason="Early help knows them.", talk=talk, by=by, at=at)


def correct(world: World, at: datetime) -> Handover:
    sent = slip(world)
    with world.acting("social_worker", of=PETERBOROUGH, at=at) as by:
        return handovers.correct(sent.key, seen=sent.version, wrong="details", text="Which school?", by=by, at=at)


def send_again(world: World, at: datetime, **more: str) -> Handover:
    sent = slip(world)
    with world.acting("team_manager", at=at) as by:
        return handovers.send_again(sent.key, seen=sent.version, changed="It is Eye.", by=by, at=at, **more)


def take_back(world: World, at: datetime) -> Handover:
    sent = slip(world, settled_at=None)
    with world.acting("team_manager", at=at) as by:
        return handovers.withdraw(sent.key, seen=sent.version, reason="The father called.", by=by, at=at)


def accept(world: World, at: datetime, **which: object) -> Handover:
    sent = slip(world, **which)
    with world.acting("social_worker", of=PETERBOROUGH, at=at) as by:
        return handovers.accept(sent.key, seen=sent.version, by=by, at=at)


def stands(world: World, contact: Contact) -> tuple[str, str]:
    with world.acting("team_manager"):
        return Matter.objects.get(contact=contact).state, Contact.objects.get(pk=contact.pk).state


def has_owner_and_clock(world: World, at: datetime) -> tuple[list[str], list[str]]:
    """Whose list what was given stands on, and which clocks of it run in whose team."""
    with world.acting("team_manager", at=at) as by:
        rows = handover_queries.given(by=by, at=at, mine=True)
        running = [clock.kind.name for clock in clocks.running(by=by, at=at)]
        return [row.by_name for row in rows], sorted(name for name in running if name.startswith("handovers."))


@pytest.mark.parametrize("happens", [refuse, correct])
def test_what_is_not_taken_on_is_back_with_its_giver_with_the_clock_that_ran(
    world: World, contact: Contact, follow: Follow, happens: Callable[..., Handover]
) -> None:
    back = happens(world, minutes(20))
    assert follow(contact, at=minutes(20)) == "back"
    assert stands(world, contact) == ("back", "back")
    owners, running = has_owner_and_clock(world, minutes(20))
    assert owners == [world.user("team_manager").name]
    assert running == ["handovers.accept"]
    with world.acting("team_manager") as by:
        (clock,) = clocks.for_subject(("handovers.handover", back.key), by=by, at=minutes(20))
        assert (clock.team_id, clock.owner_id) == (back.from_team_id, world.user("team_manager").pk)
        assert clock.reading.due_at == back.due_at, "no refusal restarts it"
        (row,) = handover_queries.given(by=by, at=minutes(20))
        assert (row.back, row.said) == (True, "Early help knows them." if happens is refuse else "Which school?")
        assert Entry.objects.filter(action="contacts.come_back").count() == 1
        assert Decision.objects.get().voided_at is None


def test_sent_again_it_is_with_the_other_team_and_accepted_it_is_closed(
    world: World, contact: Contact, follow: Follow
) -> None:
    correct(world, minutes(5))
    follow(contact)
    send_again(world, minutes(10))
    assert follow(contact) == "actioned"
    assert stands(world, contact) == ("actioned", "decided")
    accept(world, minutes(15))
    assert follow(contact, at=minutes(15)) == "closed"
    with world.acting("team_manager"):
        closed = Contact.objects.get(pk=contact.pk)
        assert (closed.state, closed.closed_at) == ("closed", minutes(15))
        assert closed.closed_by == world.user("team_manager").pk, "who decided closed it, for the rule of repeats"


def test_refused_twice_it_is_back_and_the_head_of_service_has_a_clock_to_settle_it(
    world: World, contact: Contact, follow: Follow
) -> None:
    refuse(world, minutes(5))
    follow(contact)
    send_again(world, minutes(10))
    follow(contact)
    refuse(world, minutes(15))
    assert follow(contact) == "back"
    owners, running = has_owner_and_clock(world, minutes(15))
    assert (owners, running) == (
        [world.user("team_manager").name], ["handovers.accept", "handovers.settle"],
    )  # fmt: skip
    twice = slip(world)
    with world.acting("head_of_service", at=minutes(20)) as by:
        assert [row.key for row in handover_queries.escalated(by=by, at=minutes(20))] == [twice.key]
        handovers.overrule(twice.key, seen=twice.version, ruling="keep", reason="Ours.", by=by, at=minutes(20))
    assert follow(contact) == "back", "the giver keeps it: it is still theirs"
    assert has_owner_and_clock(world, minutes(21))[1] == ["handovers.accept"]


def test_a_head_of_service_who_lets_the_receiver_take_it_closes_it(
    world: World, contact: Contact, follow: Follow
) -> None:
    for at in (5, 15):
        refuse(world, minutes(at))
        if at == 5:
            send_again(world, minutes(10))
    twice = slip(world)
    with world.acting("head_of_service", at=minutes(20)) as by:
        handovers.overrule(twice.key, seen=twice.version, ruling="take", reason="Yours.", by=by, at=minutes(20))
    assert follow(contact) == "closed"


def test_taken_back_the_child_is_in_the_queue_again_in_the_givers_hands_with_a_second_clock(
    world: World, contact: Contact, follow: Follow
) -> None:
    take_back(world, minutes(30))
    assert follow(contact, at=minutes(31)) == "open"
    with world.acting("team_manager", at=minutes(32)) as by:
        found = Contact.objects.get(pk=contact.pk)
        assert (found.state, found.closed_at, found.closed_by) == ("screening", None, None)
        (row,) = screening.queue(by=by, at=minutes(32), whose="mine")
        assert row.key == contact.key
        decision = Decision.objects.get()
        assert decision.voided_why == "Taken back by the giver: The father called."
        assert Recommendation.objects.get().ended_at == minutes(31)
        shown = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=minutes(32))
        assert sorted(clock.stopped_at is None for clock in shown if clock.kind == DECISION) == [False, True]
        assert Matter.objects.get(contact=contact).outcome == ""


def test_taken_back_it_can_be_decided_again_and_goes_its_way(world: World, contact: Contact, follow: Follow) -> None:
    take_back(world, minutes(30))
    follow(contact, at=minutes(31))
    matter = recommended(world, contact, ENQUIRY, at=minutes(40))
    decided(world, matter, FULL, at=minutes(45), second=True)
    assert follow(contact, at=minutes(46)) == "actioned"
    accept(world, minutes(50), settled_at=None)
    assert follow(contact, at=minutes(50)) == "closed"


def test_taking_a_decision_back_takes_back_what_it_sent(world: World, contact: Contact, follow: Follow) -> None:
    with world.acting("team_manager", at=minutes(10)) as by:
        matter = Matter.objects.get(contact=contact)
        decisions.void(matter.key, seen=matter.version, why="A second caller says otherwise.", by=by, at=minutes(10))
        withdrawn = Handover.objects.get()
        assert (withdrawn.state, withdrawn.settled_at) == ("withdrawn", minutes(10))
    assert follow(contact, at=minutes(11)) == "open"
    matter = recommended(world, contact, ENQUIRY, at=minutes(20))
    decided(world, matter, FULL, at=minutes(25), second=True)
    assert stands(world, contact)[0] == "actioned"


def test_two_slips_of_one_decision_close_it_only_when_both_are_taken_on(world: World, follow: Follow) -> None:
    contact = arrived(world)
    both = replace(ENQUIRY, secondary=("early_help",))
    decided(world, recommended(world, contact, both), replace(FULL, secondary=("early_help",)))
    accept(world, minutes(5), destination="mash")
    assert follow(contact) == "actioned"
    beside = slip(world, destination="early_help")
    with world.acting("early_help_officer", of=PETERBOROUGH, at=minutes(6)) as by:
        handovers.correct(beside.key, seen=1, wrong="missing", text="Who agreed?", by=by, at=minutes(6))
    assert follow(contact) == "back"
    beside = slip(world, destination="early_help")
    with world.acting("team_manager", at=minutes(7)) as by:
        handovers.withdraw(beside.key, seen=beside.version, reason="The hub sees to it.", by=by, at=minutes(7))
    assert follow(contact) == "closed", "the hub has it, and nothing else waits"


def test_advice_with_a_slip_beside_it_stays_open_until_the_slip_is_taken_on(world: World, follow: Follow) -> None:
    contact = arrived(world)
    given = replace(ENQUIRY, outcome="information_advice", rating="", detail="Bedtimes.", secondary=("early_help",))
    decided(
        world, recommended(world, contact, given),
        Decided(outcome="information_advice", detail="Bedtimes.", secondary=("early_help",)),
    )  # fmt: skip
    assert stands(world, contact) == ("actioned", "decided")
    sent = slip(world)
    with world.acting("early_help_officer", of=PETERBOROUGH, at=minutes(6)) as by:
        handovers.accept(sent.key, seen=1, by=by, at=minutes(6))
    assert follow(contact) == "closed"


def test_a_child_still_being_screened_keeps_the_contact_in_the_queue_while_the_other_is_back(
    world: World, follow: Follow
) -> None:
    contact = arrived(world, children=2)
    matter = recommended(world, contact, ENQUIRY)
    decided(world, matter, FULL)
    correct(world, minutes(5))
    with world.system(COURIER) as by:
        assert coming_back.follow(matter.key, by=by, at=minutes(5)) == "back"
    with world.acting("social_worker", at=minutes(6)) as by:
        assert [row.key for row in screening.queue(by=by, at=minutes(6))] == [contact.key]


def test_following_twice_or_late_does_it_once(world: World, contact: Contact, follow: Follow) -> None:
    refuse(world, minutes(5))
    send_again(world, minutes(10))
    assert follow(contact) == "actioned", "the news of the refusal came after it went again"
    accept(world, minutes(15))
    assert [follow(contact), follow(contact)] == ["closed", "closed"]
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="contacts.accepted").count() == 1


def test_the_minutes_sweep_follows_what_no_message_told(world: World, contact: Contact) -> None:
    refuse(world, minutes(5))
    with world.system(COURIER) as by:
        assert coming_back.follow_all(by=by, at=minutes(6)) == 1
        assert coming_back.follow_all(by=by, at=minutes(7)) == 0
    assert stands(world, contact) == ("back", "back")


def test_another_councils_matter_is_not_followed(world: World, contact: Contact) -> None:
    with world.acting("team_manager"):
        key = Matter.objects.get(contact=contact).key
    with world.system(COURIER, council=873) as by, pytest.raises(NotFound):
        coming_back.follow(key, by=by, at=AT)


ALL = (rules.State.SENT, rules.State.ACCEPTED, rules.State.REFUSED, rules.State.CORRECTED, rules.State.ESCALATED,
       rules.State.WITHDRAWN)  # fmt: skip


@pytest.mark.parametrize("slips", [*itertools.product(ALL, repeat=2)])
@pytest.mark.parametrize("matter", [MatterState.ACTIONED, MatterState.BACK])
def test_nothing_closes_while_anything_waits_and_nothing_waits_with_nobody(
    matter: MatterState, slips: tuple[rules.State, ...]
) -> None:
    step = next_step(matter, [Passed(state, main=place == 0) for place, state in enumerate(slips)])
    unsettled = [state for state in slips if not state.settled]
    if step is Step.CLOSE:
        assert not unsettled
        assert slips[0] is rules.State.ACCEPTED
    if step is None:
        assert unsettled, "a matter that stands still has a slip on its giver's list"


def test_children_passed_to_another_council_and_taken_back_are_taken_in_here(world: World) -> None:
    from frontdoor.contacts.actions.passing_on import FORM
    from frontdoor.contacts.rules import intake

    contact = arrived(world)
    with world.acting("contact_officer", at=AT) as by:
        body = dict(Contact.objects.get(pk=contact.pk).submission.body, referrer={"kind": "family"})
        sent = handovers.send_to_council(
            contact, council=204, outside="Hackney's duty desk", summary="Part of one call", why="They live there.",
            received_at=AT, payload={"form": FORM, "schema": intake.SCHEMA, "report": body}, by=by, at=minutes(2),
        )  # fmt: skip
        handovers.withdraw(sent.key, seen=1, reason="They have moved here.", by=by, at=minutes(60))
    with world.system(COURIER) as by:
        made = coming_back.keep(sent.key, by=by, at=minutes(61))
        assert made is not None
        assert (made.received_at, made.channel, made.state) == (AT, "other_authority", "received")
        assert coming_back.keep(sent.key, by=by, at=minutes(62)) == made
        running = [clock.kind.name for clock in clocks.for_subject(
            ("contacts.submission", made.submission_id), by=by, at=minutes(62))]  # fmt: skip
        assert DECISION.name in running


def test_every_answer_to_a_slip_is_told_to_the_room_of_the_child() -> None:
    told = {event: rules.listeners("contacts.matter", event) for event in rules.Event}
    assert {event for event, jobs in told.items() if "contacts.follow" in jobs} == set(rules.Event) - {
        rules.Event.ARRIVED
    }
