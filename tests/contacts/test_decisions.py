"""Two people, two acts: what a recommendation and a decision demand, and what follows from them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from frontdoor.actors.rules import COURIER, Actor, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import coming_back, decisions
from frontdoor.contacts.models import Contact, Decision, Matter, Question, Recommendation, Snapshot
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.rules import snapshots
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.kinds import DECISION
from frontdoor.directions.models import Direction
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.letters.models import Letter
from tests.contacts.deciding import ADVICE, AT, ENQUIRY, FULL, STORY
from tests.worlds import World

Arrive = Callable[..., Contact]


@pytest.fixture
def arrive(world: World) -> Arrive:
    def arrived(
        *,
        idem: str = "call-1",
        at: datetime = AT,
        sub_type: str = "early_help_request",
        children: int = 1,
        **more: object,
    ) -> Contact:
        people = tuple(
            PersonGiven("child", given_name=f"Tess{n}", family_name="Setchfield", date_of_birth=date(2019, 6, 17 + n))
            for n in range(children)
        )  # fmt: skip
        report = Report(
            story=STORY, sub_type=sub_type, people=people, referrer=ReferrerGiven(kind="professional"), **more
        )  # type: ignore[arg-type]
        with world.acting("contact_officer", at=at) as by:
            _, contact = contacts.submit_and_take_in(report, channel="phone", idem=idem, by=by, at=at)
        assert contact is not None
        return contact

    return arrived


def matter_of(contact: Contact) -> Matter:
    return Matter.objects.filter(contact=contact).order_by("id")[0]


def recommend(world: World, contact: Contact, given: Recommended, *, at: datetime = AT) -> Matter:
    with world.acting("social_worker", at=at) as by:
        matter = matter_of(contact)
        decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
        return matter_of(contact)


def decide(
    world: World, matter: Matter, given: Decided, *, at: datetime = AT, role: str = "team_manager", second: bool = False
) -> Decision:
    with world.acting(role, at=at, second=second) as by:
        return decisions.decide(matter.key, seen=matter.version, given=given, by=by, at=at)


AGREED = Decided(outcome="information_advice", detail="Advice about bedtimes.")


def test_agreeing_on_advice_is_one_key_closes_and_answers_the_referrer(world: World, arrive: Arrive) -> None:
    contact = arrive()
    decision = decide(world, recommend(world, contact, ADVICE), AGREED)
    with world.acting("team_manager", at=AT) as by:
        contact.refresh_from_db()
        assert (contact.state, decision.agreed) == ("closed", True)
        assert Letter.objects.filter(kind="outcome_professional").count() == 1
        shown = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=AT)
        assert next(clock for clock in shown if clock.kind == DECISION).stopped_at == AT


def test_nobody_decides_on_their_own_recommendation(world: World, arrive: Arrive) -> None:
    contact = arrive()
    with world.acting("team_manager", at=AT) as by:
        matter = matter_of(contact)
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=AT)
        matter.refresh_from_db()
        with pytest.raises(StepNotAllowed, match="You recommended this"):
            decisions.decide(matter.key, seen=matter.version, given=AGREED, by=by, at=AT)


@pytest.mark.parametrize("role", ["contact_officer", "social_worker"])
def test_only_a_manager_decides(world: World, arrive: Arrive, role: str) -> None:
    matter = recommend(world, arrive(), ADVICE)
    with pytest.raises(NotPermitted):
        decide(world, matter, AGREED, role=role, second=True)


def test_a_contact_officer_cannot_recommend(world: World, arrive: Arrive) -> None:
    contact = arrive()
    with world.acting("contact_officer", at=AT) as by, pytest.raises(NotPermitted):
        decisions.recommend(matter_of(contact).key, seen=1, given=ADVICE, by=by, at=AT)


@pytest.mark.parametrize("missing", ["risk_seen", "direction", "actions"])
def test_an_empty_direction_cannot_be_signed(world: World, arrive: Arrive, missing: str) -> None:
    matter = recommend(world, arrive(), ENQUIRY)
    with pytest.raises(InvalidInput) as refusal:
        decide(world, matter, replace(FULL, **{missing: () if missing == "actions" else "  "}))
    assert set(refusal.value.problems) == {missing}


def test_a_safeguarding_decision_hands_over_directs_and_freezes_what_was_known(world: World, arrive: Arrive) -> None:
    contact = arrive()
    decision = decide(world, recommend(world, contact, ENQUIRY), FULL)
    with world.acting("team_manager", at=AT):
        slip, direction = Handover.objects.get(), Direction.objects.get()
        assert (slip.destination, slip.rating, slip.state) == ("mash", "amber", "sent")
        assert direction.what == "Speak to Tess alone"
        frozen = Snapshot.objects.get(pk=decision.snapshot_id)
        known = snapshots.opened(bytes(frozen.content), bytes(frozen.hash))
        assert known["contact"]["story"] == STORY
        assert "Nkechi" not in str(known)
        contact.refresh_from_db()
        assert contact.state == "decided"


def test_the_matter_closes_when_the_receiving_team_has_accepted(world: World, arrive: Arrive) -> None:
    contact = arrive()
    matter = recommend(world, contact, ENQUIRY)
    decide(world, matter, FULL)
    with world.acting("social_worker", of=874, at=AT) as by:
        slip = Handover.objects.get()
        handovers.accept(slip.key, seen=slip.version, by=by, at=AT)
    with world.system(COURIER, council=874) as by:
        coming_back.follow(matter.key, by=by, at=AT)
        contact.refresh_from_db()
        assert contact.state == "closed"


def test_deciding_differently_says_why(world: World, arrive: Arrive) -> None:
    matter = recommend(world, arrive(), ADVICE)
    with pytest.raises(InvalidInput) as refusal:
        decide(world, matter, FULL)
    assert "why_different" in refusal.value.problems


def test_early_help_needs_the_familys_agreement(world: World, arrive: Arrive) -> None:
    asked = replace(ADVICE, outcome="early_help", detail="")
    with pytest.raises(InvalidInput):
        recommend(world, arrive(), asked)
    agreed = arrive(idem="call-2", agreement=AgreementGiven("given", "mother"))
    assert recommend(world, agreed, asked).state == "recommended"


@pytest.mark.parametrize("beside", [("early_help",), ("mash_enquiry",), ("met_hub", "information_advice")])
def test_what_runs_beside_rests_on_agreement_too_and_is_no_second_of_the_same(
    world: World, arrive: Arrive, beside: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        recommend(world, arrive(), replace(ADVICE, secondary=beside))
    assert set(refused.value.problems) == {"secondary"}


def test_a_safeguarding_outcome_beside_advice_is_never_agreed_to_by_one_key(world: World, arrive: Arrive) -> None:
    matter = recommend(world, arrive(), replace(ADVICE, secondary=("met_hub",)))
    with pytest.raises(InvalidInput) as refused:
        decide(world, matter, Decided("information_advice", detail=ADVICE.detail, secondary=("met_hub",)))
    assert {"risk_seen", "direction", "actions"} <= set(refused.value.problems)


def test_no_further_action_on_a_safeguarding_worry_asks_the_whole_record(world: World, arrive: Arrive) -> None:
    contact = arrive(sub_type="cp_concern")
    matter = recommend(world, contact, replace(ADVICE, outcome="nfa", detail="Explained."))
    with pytest.raises(InvalidInput) as refusal:
        decide(world, matter, Decided(outcome="nfa", detail="Explained."))
    assert {"risk_seen", "direction", "actions"} <= set(refusal.value.problems)


def test_a_stale_page_is_a_conflict(world: World, arrive: Arrive) -> None:
    matter = recommend(world, arrive(), ADVICE)
    with world.acting("team_manager", at=AT) as by, pytest.raises(Conflict):
        decisions.decide(matter.key, seen=matter.version - 1, given=AGREED, by=by, at=AT)


def test_voiding_keeps_the_decision_and_starts_a_second_clock(world: World, arrive: Arrive) -> None:
    contact = arrive()
    matter = recommend(world, contact, ADVICE)
    decide(world, matter, AGREED)
    later = AT + timedelta(hours=1)
    with world.acting("team_manager", at=later) as by:
        matter.refresh_from_db()
        decisions.void(matter.key, seen=matter.version, why="A second caller says otherwise.", by=by, at=later)
        decision, contact = Decision.objects.get(), Contact.objects.get(pk=contact.pk)
        assert decision.voided_why == "A second caller says otherwise."
        assert Recommendation.objects.get().ended_at == later
        assert contact.state != "closed"
        assert contact.closed_at is None
        shown = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=later)
        assert sorted(clock.stopped_at is None for clock in shown if clock.kind == DECISION) == [False, True]


def test_a_spelling_is_corrected_beside_the_words_that_stand(world: World, arrive: Arrive) -> None:
    matter = recommend(world, arrive(), ADVICE)
    decide(world, matter, AGREED)
    with world.acting("team_manager", at=AT) as by:
        decisions.add(matter.key, words="Setchfeild is Setchfield", by=by, at=AT)
        decision = Decision.objects.get()
        assert "Setchfield" in decision.addendum
        assert decision.voided_at is None


def test_returned_to_the_referrer_stays_ours_and_stops_no_clock(world: World, arrive: Arrive) -> None:
    contact = arrive()
    back = replace(ADVICE, outcome="returned_to_referrer", detail="Has the family been asked?")
    matter = recommend(world, contact, back)
    decide(world, matter, Decided(outcome="returned_to_referrer", detail="Has the family been asked?"))
    with world.acting("team_manager", at=AT) as by:
        contact.refresh_from_db()
        assert contact.state == "waiting"
        assert Question.objects.get().text == "Has the family been asked?"
        shown = clocks.for_subject(("contacts.submission", contact.submission_id), by=by, at=AT)
        assert next(clock for clock in shown if clock.kind == DECISION).stopped_at is None


def test_the_same_words_as_before_are_counted(world: World, arrive: Arrive) -> None:
    decide(world, recommend(world, arrive(), ENQUIRY), FULL)
    other = arrive(idem="call-2")
    with world.acting("team_manager", at=AT, second=True) as by:
        judge(other, by)
    again = decide(world, recommend(world, other, ENQUIRY), replace(FULL, direction="see BOTH children, today!"))
    assert again.same_words == 1


def judge(contact: Contact, by: Actor) -> None:
    if queries.repeat(contact, by=by, at=AT):
        decisions.judge_pattern(
            contact.key, changed="New.", responses="Advice.", helped="No.", conclusion="Neglect.", by=by, at=AT
        )


def closed_three(world: World, arrive: Arrive) -> Contact:
    """Two contacts ended with advice, and a third arrives."""
    for number in range(2):
        at = AT - timedelta(days=20 - number)
        contact = arrive(idem=f"early-{number}", at=at)
        decide(world, recommend(world, contact, ADVICE, at=at), AGREED, at=at)
    return arrive(idem="third")


def test_the_third_contact_in_the_window_is_judged_as_a_pattern_first(world: World, arrive: Arrive) -> None:
    contact = closed_three(world, arrive)
    matter = recommend(world, contact, ENQUIRY)
    with pytest.raises(StepNotAllowed, match="repeatedly"):
        decide(world, matter, FULL)
    with world.acting("team_manager", at=AT) as by, pytest.raises(StepNotAllowed, match="You closed the last"):
        judge(contact, by)
    with world.acting("team_manager", at=AT, second=True) as by:
        judge(contact, by)
    assert decide(world, matter, FULL).outcome == "mash_enquiry"


def test_a_third_signature_holds_the_handover_until_it_is_given(world: World, arrive: Arrive) -> None:
    from frontdoor.councils.actions import decide_setting

    with world.acting("administrator", of=874, council=874, at=AT) as by:
        decide_setting(
            "decision.third_signature", value="mash_enquiry", starts_on=AT.date(), decided_by="Head of service",
            why="Local rule", by=by, at=AT,
        )  # fmt: skip
    matter = recommend(world, arrive(), ENQUIRY)
    decide(world, matter, FULL)
    with world.acting("head_of_service", at=AT) as by:
        assert not Handover.objects.exists()
        decisions.confirm(matter.key, by=by, at=AT)
        assert Handover.objects.count() == 1


def test_another_councils_matter_is_not_found(world: World, arrive: Arrive) -> None:
    matter = recommend(world, arrive(), ADVICE)
    with world.acting("team_manager", council=873, at=AT) as by, pytest.raises(NotFound):
        decisions.decide(matter.key, seen=matter.version, given=AGREED, by=by, at=AT)
