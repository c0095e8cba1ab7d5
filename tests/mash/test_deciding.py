"""From analysis to outcome: every part is asked for, two people sign, what is edited is void and kept, work goes on."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from frontdoor.actors.rules import COURIER, Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.models import Matter
from frontdoor.contacts.rules import snapshots
from frontdoor.directions.models import Direction
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.letters.models import Letter
from frontdoor.mash.actions.deciding import analysing, carrying, recommending, signing
from frontdoor.mash.models import Analysis, Decision, Meaning, Recommendation, Snapshot, Turn, View, Waiting
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.rules.states import State
from tests.mash.asking import asked
from tests.mash.deciding import (
    ANALYSED,
    ASSESS,
    NOTHING,
    SIGNED,
    SIGNED_NOTHING,
    WORDS,
    again,
    analysed,
    decided,
    of_all,
    only_child,
    recommended,
    waiting,
)
from tests.mash.enquiring import AT, children, minutes, opened, rated, stands
from tests.worlds import World


def running(enquiry, by, at=AT) -> set[str]:
    found = clocks.for_subject(("mash.enquiry", enquiry.key), by=by, at=at)
    return {each.kind.name for each in found if each.stopped_at is None}


def test_an_analysis_is_written_while_replies_are_outstanding_and_stops_its_clock(world: World):
    enquiry = rated(world)
    asked(world, enquiry, at=minutes(5))
    analysed(world, enquiry, at=minutes(30))
    with world.acting("social_worker") as by:
        now = stands(enquiry)
        assert now.state == State.ANALYSIS
        assert "mash.analyse_amber" not in running(now, by)
        assert "mash.decide_amber" in running(now, by)
        meant = Meaning.objects.get()
        assert (meant.voice, meant.voice_on) == (WORDS, date(2026, 4, 1))
        assert Turn.objects.filter(enquiry=enquiry, kind="analysis").count() == 1


@pytest.mark.parametrize("part", ["known", "history", "strengths", "not_known", "change_mind"])
def test_no_part_of_an_analysis_is_left_out(world: World, part: str):
    enquiry = rated(world)
    with pytest.raises(InvalidInput) as refused:
        analysed(world, enquiry, **{part: " "})
    assert set(refused.value.problems) == {part}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"means": ""}, "means"),
        ({"voice": "", "unheard": ""}, "voice"),
        ({"unheard": "asleep"}, "voice"),
        ({"voice_on": None}, "voice_on"),
        ({"voice_on": date(2026, 4, 3)}, "voice_on"),
    ],
)
def test_each_child_is_heard_on_a_day_or_it_is_said_why_not(world: World, more, field: str):
    enquiry = rated(world, children=2)
    with world.acting("social_worker") as by:
        first, second = of_all(children(enquiry)).children
        given = replace(ANALYSED, children=(first, replace(second, **more)))
        with pytest.raises(InvalidInput) as refused:
            analysing.analyse(enquiry.key, seen=stands(enquiry).version, given=given, by=by, at=AT)
        assert set(refused.value.problems) == {f"{field}_{second.child}"}


def test_what_is_not_rated_is_not_analysed(world: World):
    enquiry = opened(world)
    with pytest.raises(StepNotAllowed):
        analysed(world, enquiry)


def test_a_newer_version_makes_void_what_was_agreed_and_recommended_and_keeps_it(world: World):
    enquiry = rated(world)
    requests = asked(world, enquiry)
    first = analysed(world, enquiry, at=minutes(1))
    recommended(world, only_child(world, enquiry), at=minutes(2))
    with world.acting("social_worker") as by:
        analysing.write_down_view(
            requests["police"].key, analysis=first.key, agrees=False, words="It is worse than that.", how="room",
            said_by="Sgt Osei", by=by, at=minutes(3),
        )  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        analysed(world, enquiry, at=minutes(4))
    assert set(refused.value.problems) == {"why"}
    second = analysed(world, enquiry, at=minutes(5), why="The hospital rang.")
    with world.acting("social_worker") as by:
        found = queries.views_of([first, second], by=by)
        assert [said.to_confirm for said in found[first.pk]] == [True]
        assert second.pk not in found
        assert View.objects.count() == 1
        row = Recommendation.objects.get()
        assert row.ended_at == minutes(5)
        assert "version 2" in row.ended_why
        assert stands(enquiry).state == State.ANALYSIS
        with pytest.raises(StepNotAllowed):
            analysing.write_down_view(
                requests["health"].key, analysis=first.key, agrees=True, words="", how="room", said_by="Dr Ray",
                by=by, at=minutes(6),
            )  # fmt: skip


def test_a_recommendation_waits_for_a_manager_once_there_is_one_for_every_child(world: World):
    enquiry = rated(world, children=2)
    analysed(world, enquiry)
    with world.acting("social_worker"):
        first, second = children(enquiry)
    recommended(world, first)
    assert again(world, enquiry).state == State.ANALYSIS
    recommended(world, second)
    assert again(world, enquiry).state == State.RECOMMENDED


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"rationale": ""}, {"rationale"}),
        ({"why_not_more": ""}, {"why_not_more"}),
        ({"why_not_less": ""}, {"why_not_less"}),
        ({"contingency": ""}, {"contingency"}),
        ({"level": "9"}, {"level"}),
        ({"outcome": "mash_enquiry"}, {"outcome"}),
        ({"outcome": "returned_to_referrer", "detail": "More?"}, {"outcome"}),
        ({"outcome": "early_help"}, {"outcome"}),
        ({"outcome": "signpost", "agreement": "given"}, {"detail"}),
        ({"secondary": ("nfa",)}, {"secondary"}),
        ({"secondary": ("early_help",)}, {"secondary"}),
    ],
)
def test_what_a_recommendation_lacks_is_said_beside_its_field(world: World, more, fields):
    enquiry = rated(world)
    analysed(world, enquiry)
    with pytest.raises(InvalidInput) as refused:
        recommended(world, only_child(world, enquiry), replace(ASSESS, **more))
    assert set(refused.value.problems) == fields


def test_a_child_of_whom_the_analysis_says_nothing_is_not_recommended_on(world: World):
    enquiry = waiting(world)
    second = opened(world, idem="call-2", children=2, at=minutes(20))
    assert second.pk == enquiry.pk
    now = again(world, enquiry)
    assert now.state == State.ANALYSIS
    with world.acting("social_worker"):
        new = children(enquiry)[-1]
    with pytest.raises(StepNotAllowed, match="analysis says nothing"):
        recommended(world, new, at=minutes(21))


def test_a_manager_decides_the_child_goes_on_and_the_enquiry_closes_when_it_is_taken_on(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    decision = decided(world, child, at=minutes(30))
    with world.acting("team_manager") as by:
        now = stands(enquiry)
        assert now.state == State.DECIDED
        assert running(now, by, minutes(30)) & {"mash.decide_amber", "mash.untouched"} == set()
        slip = Handover.objects.get(subject_key=child.key)
        assert (slip.destination, slip.state, slip.subject_kind) == ("assessment", "sent", "mash.subject")
        assert Direction.objects.get(subject_key=child.key).what == "See the child alone at school"
        assert Matter.objects.get(pk=child.matter_id).outcome == "referral_assessment"
        assert Letter.objects.filter(occasion=str(decision.key)).count() == 1
        kept = Snapshot.objects.get(pk=decision.snapshot_id)
        content = snapshots.opened(bytes(kept.content), bytes(kept.hash))
        assert (content["analysis"]["number"], content["enquiry"]["rating"]) == (1, "amber")
    with world.acting("assessment_manager", of=874, at=minutes(40)) as by:
        handovers.accept(slip.key, seen=slip.version, by=by, at=minutes(40))
    with world.system(COURIER) as by:
        assert carrying.follow(child.key, by=by, at=minutes(41)) is State.CLOSED
        assert carrying.follow(child.key, by=by, at=minutes(42)) is State.CLOSED
        assert Turn.objects.filter(enquiry=enquiry, kind="closed").count() == 1
        assert running(enquiry, by, minutes(42)) == set()


def test_whoever_recommended_does_not_decide_and_the_database_knows_it(world: World):
    enquiry = rated(world)
    analysed(world, enquiry)
    child = only_child(world, enquiry)
    with world.acting("team_manager") as by:
        recommending.recommend(child.key, seen=stands(enquiry).version, given=ASSESS, by=by, at=AT)
    with pytest.raises(StepNotAllowed, match="Another person decides"):
        decided(world, child)
    decision = decided(world, child, second=True)
    with world.acting("team_manager"):
        for change in ({"made_by": decision.recommended_by}, {"recommended_by": 1}):
            copy = _once_more(decision, **change)
            with pytest.raises(IntegrityError, match="another person decides"), transaction.atomic():
                copy.save(force_insert=True)


def _once_more(decision: Decision, **change: object) -> Decision:
    """The same decision again, its recommendation standing, to hear what the database says to it."""
    Decision.objects.filter(pk=decision.pk).update(voided_at=AT, voided_why="for the test")
    copy = Decision.objects.get(pk=decision.pk)
    copy.pk, copy.key, copy.voided_at, copy.voided_why = None, uuid4(), None, ""
    for name, value in change.items():
        setattr(copy, name, value)
    return copy


@pytest.mark.parametrize("part", ["risk_seen", "direction", "actions"])
def test_an_empty_direction_cannot_be_signed(world: World, part: str):
    child = only_child(world, waiting(world))
    with pytest.raises(InvalidInput) as refused:
        decided(world, child, replace(SIGNED, **{part: () if part == "actions" else " "}))
    assert set(refused.value.problems) == {part}


def test_the_database_signs_no_decision_that_directs_nothing(world: World):
    decision = decided(world, only_child(world, waiting(world)))
    with world.acting("team_manager"):
        copy = _once_more(decision, made_at=minutes(99))
        with pytest.raises(IntegrityError, match="directs at least one"), transaction.atomic():
            copy.save(force_insert=True)


def test_the_database_signs_no_decision_on_an_older_analysis(world: World):
    enquiry = waiting(world)
    decision = decided(world, only_child(world, enquiry))
    with world.acting("team_manager") as by:
        copy = _once_more(decision)
        Analysis.objects.create(
            authority_id=874, enquiry=enquiry, number=2, known="x", history="x", strengths="x", not_known="x",
            change_mind="x", why="x", by_user=by.user_id, at=minutes(9),
        )  # fmt: skip
        with pytest.raises(IntegrityError, match="newest analysis"), transaction.atomic():
            copy.save(force_insert=True)


def test_the_database_signs_no_decision_on_a_recommendation_of_another_child_or_that_ended(world: World):
    enquiry = waiting(world, children=2)
    with world.acting("social_worker"):
        first, second = children(enquiry)
    decision = decided(world, first)
    with world.acting("team_manager"):
        other = _once_more(decision, subject_id=second.pk)
        with pytest.raises(IntegrityError, match="recommendation that stands"), transaction.atomic():
            other.save(force_insert=True)
        Recommendation.objects.filter(pk=decision.recommendation_id).update(ended_at=AT, ended_why="for the test")
        copy = _once_more(decision)
        with pytest.raises(IntegrityError, match="recommendation that stands"), transaction.atomic():
            copy.save(force_insert=True)


def test_what_is_signed_is_never_rewritten(world: World):
    decision = decided(world, only_child(world, waiting(world)))
    with world.acting("team_manager"):
        for change in ({"outcome": "nfa"}, {"direction": "None"}, {"made_by": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Decision.objects.filter(pk=decision.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(rationale="Otherwise")


def test_deciding_differently_says_why_and_is_marked(world: World):
    child = only_child(world, waiting(world))
    with pytest.raises(InvalidInput) as refused:
        decided(world, child, SIGNED_NOTHING)
    assert set(refused.value.problems) == {"why_different"}
    decision = decided(world, child, replace(SIGNED_NOTHING, why_different="The doctor explained it."))
    assert decision.agreed is False


def test_each_missing_reply_is_named_by_whoever_decides_and_the_database_asks_too(world: World):
    enquiry = rated(world)
    requests = asked(world, enquiry)
    analysed(world, enquiry)
    child = only_child(world, enquiry)
    recommended(world, child)
    with pytest.raises(InvalidInput) as refused:
        decided(world, child)
    assert set(refused.value.problems) == {f"without_{row.key}" for row in requests.values()}
    with world.acting("team_manager", second=True) as by:
        words = {str(row.key): (False, "Nothing they know changes it.") for row in requests.values()}
        signing.say_waiting(enquiry.key, seen=stands(enquiry).version, words=words, by=by, at=minutes(1))
    with pytest.raises(InvalidInput):
        decided(world, child, at=minutes(2))
    without = {str(row.key): "Nothing they know changes it." for row in requests.values()}
    decision = decided(world, child, without=without, at=minutes(3))
    with world.acting("team_manager") as by:
        kept = Snapshot.objects.get(pk=decision.snapshot_id)
        frozen = snapshots.opened(bytes(kept.content), bytes(kept.hash))["missing"]
        assert {gap["why"] for gap in frozen} == {"Nothing they know changes it."}
        assert len(frozen) == 3
        copy = _once_more(decision)
        # The newest word counts: somebody waits for it after all, and then another manager would do without it.
        for after, said in enumerate(({"waited": True}, {"waited": False, "by_user": 1}), start=4):
            given = {"by_user": by.user_id, **said}
            Waiting.objects.create(
                authority_id=874, request=requests["health"], why="They ring tonight", at=minutes(after), **given
            )
            with pytest.raises(IntegrityError, match="missing reply"), transaction.atomic():
                copy.save(force_insert=True)


def test_the_database_signs_no_decision_where_nobody_named_a_missing_reply(world: World):
    enquiry = waiting(world, children=2)
    with world.acting("social_worker"):
        first, _second = children(enquiry)
    decision = decided(world, first)
    asked(world, enquiry, at=minutes(3))
    with world.acting("team_manager"):
        copy = _once_more(decision)
        with pytest.raises(IntegrityError, match="missing reply"), transaction.atomic():
            copy.save(force_insert=True)


def test_a_reply_that_is_waited_for_holds_the_decision_and_at_red_nobody_is_waited_for(world: World):
    enquiry = rated(world, "red")
    requests = asked(world, enquiry)
    with world.acting("team_manager") as by:
        words = {str(requests["health"].key): (True, "The hospital rings at four.")}
        with pytest.raises(InvalidInput) as refused:
            signing.say_waiting(enquiry.key, seen=stands(enquiry).version, words=words, by=by, at=AT)
        assert set(refused.value.problems) == {f"waited_{requests['health'].key}"}
        assert not Waiting.objects.exists()


def test_a_child_of_a_red_enquiry_who_was_to_be_taken_on_is_let_go_by_a_head_of_service_alone(world: World):
    child = only_child(world, waiting(world, rating="red"))
    given = replace(SIGNED_NOTHING, why_different="Explained.")
    with pytest.raises(InvalidInput) as refused:
        decided(world, child, given)
    assert set(refused.value.problems) == {"outcome"}
    assert decided(world, child, given, role="head_of_service").outcome == "nfa"


def test_one_takes_back_what_one_decided_and_a_head_of_service_what_another_did(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    decided(world, child, at=minutes(5))
    with (
        world.acting("team_manager", second=True) as by,
        pytest.raises(StepNotAllowed, match="decided by somebody else"),
    ):
        signing.take_back(child.key, seen=stands(enquiry).version, why="New facts", by=by, at=minutes(6))
    with world.acting("head_of_service") as by:
        with pytest.raises(InvalidInput):
            signing.take_back(child.key, seen=stands(enquiry).version, why=" ", by=by, at=minutes(6))
        signing.take_back(child.key, seen=stands(enquiry).version, why="New facts", by=by, at=minutes(6))
        now = stands(enquiry)
        assert now.state == State.ANALYSIS
        assert now.due_at > minutes(6)
        row = Decision.objects.get()
        assert (row.voided_why, row.voided_by) == ("New facts", by.user_id)
        assert Handover.objects.get(subject_key=child.key).state == "withdrawn"
        assert Matter.objects.get(pk=child.matter_id).outcome == "mash_enquiry"
        assert "mash.decide_amber" in running(now, by, minutes(6))


def test_a_newer_analysis_makes_void_the_decision_for_one_child_while_another_waits(world: World):
    enquiry = waiting(world, children=2)
    with world.acting("social_worker"):
        first, _second = children(enquiry)
    decided(world, first, at=minutes(5))
    assert again(world, enquiry).state == State.RECOMMENDED
    analysed(world, enquiry, at=minutes(6), role="team_manager", why="The hospital rang.")
    with world.acting("social_worker"):
        assert Decision.objects.get().voided_why == "The analysis was changed: version 2"
        assert Recommendation.objects.filter(ended_at=None).count() == 0
        assert stands(enquiry).state == State.ANALYSIS


def test_a_social_worker_analyses_anew_for_the_others_and_what_a_manager_decided_for_one_child_stands(world: World):
    enquiry = waiting(world, children=2)
    with world.acting("social_worker"):
        first, second = children(enquiry)
    decided(world, first, at=minutes(5))
    with world.acting("social_worker", at=minutes(6)) as by:
        said = replace(of_all([second], why="The hospital rang."), known="A fracture, says the hospital.")
        analysing.analyse(enquiry.key, seen=stands(enquiry).version, given=said, by=by, at=minutes(6))
        assert Decision.objects.get(subject=first).voided_at is None
        assert Handover.objects.get(subject_key=first.key).state == "sent"
        assert list(Recommendation.objects.filter(ended_at=None).values_list("subject", flat=True)) == [first.pk]
        means = {row.subject_id: row.means for row in Meaning.objects.filter(analysis__number=2)}
        assert means == {first.pk: "Afraid on Sunday evenings.", second.pk: "Afraid on Sunday evenings."}
        assert stands(enquiry).state == State.ANALYSIS
    recommended(world, second, at=minutes(7))
    decided(world, second, at=minutes(8))
    assert again(world, enquiry).state == State.DECIDED


def test_what_is_decided_for_every_child_is_not_analysed_anew_behind_the_manager(world: World):
    enquiry = waiting(world)
    decided(world, only_child(world, enquiry), at=minutes(5))
    with pytest.raises(StepNotAllowed, match="A manager takes"):
        analysed(world, enquiry, at=minutes(6), why="More")


def test_a_manager_sends_a_recommendation_back_with_what_is_missing(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            recommending.send_back(child.key, seen=stands(enquiry).version, why="", by=by, at=minutes(5))
        recommending.send_back(child.key, seen=stands(enquiry).version, why="Speak to nan", by=by, at=minutes(5))
        assert stands(enquiry).state == State.ANALYSIS
        assert "Speak to nan" in Turn.objects.get(enquiry=enquiry, kind="returned").text
    recommended(world, child, at=minutes(6))
    with world.acting("social_worker", second=True) as by, pytest.raises(StepNotAllowed, match="Somebody else"):
        recommending.withdraw(child.key, seen=stands(enquiry).version, why="Hm", by=by, at=minutes(7))


def test_one_who_has_not_seen_what_changed_signs_nothing(world: World):
    enquiry = waiting(world)
    child = only_child(world, enquiry)
    with world.acting("team_manager") as by, pytest.raises(Conflict):
        signing.decide(child.key, seen=enquiry.version - 1, given=SIGNED, by=by, at=minutes(5))


def test_a_social_worker_decides_nothing(world: World):
    child = only_child(world, waiting(world))
    with pytest.raises(NotPermitted):
        decided(world, child, role="social_worker", second=True)


def test_nothing_more_to_do_closes_at_once(world: World):
    enquiry = waiting(world, NOTHING)
    decided(world, only_child(world, enquiry), SIGNED_NOTHING, at=minutes(5))
    now = again(world, enquiry)
    assert (now.state, now.settled_at) == (State.CLOSED, minutes(5))
