"""Is the child safe now, and how do you know: asked as often as the rating says; nobody's silence is left alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from frontdoor.actors.rules import CLOCK_SWEEP, COURIER, InvalidInput, StepNotAllowed
from frontdoor.clocks import actions as clock_actions
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.models import Clock
from frontdoor.clocks.rules import Escalation
from frontdoor.directions import queries as directions
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.models import SafetyCheck
from frontdoor.mash.rules.clocks import SAFE
from frontdoor.mash.rules.safety import Answered, check
from tests.mash.enquiring import AT, children, minutes, rated, stands
from tests.worlds import World

SEEN = {
    "how": "saw", "who": "Asha Rao, class teacher", "seen_at": AT - timedelta(minutes=20), "where": "At school",
    "said": "She is with me until four.", "own_words": "I want to go to nan's.",
}  # fmt: skip
NIGHT = datetime(2026, 4, 2, 20, 0, tzinfo=UTC)
"""The same Thursday, when the door is closed; Good Friday follows."""
OPEN_AGAIN = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)


def yes() -> Answered:
    return Answered(answer="yes", **SEEN)


def unknown(owner: str, **more) -> Answered:
    told = {"action": "Ring the grandmother", "owner": owner, "until": minutes(90)} | more
    return Answered(answer="unknown", **told)


def asked(subject, by, at=AT):
    """When the running question of a child was started and is due, and whose it is."""
    found = clocks.for_subject(("mash.subject", subject.key), by=by, at=at)
    (clock,) = [each for each in found if each.stopped_at is None]
    return clock.kind.name, clock.started_at, clock.reading.due_at, clock.team_id


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (Answered(answer="perhaps"), {"answer"}),
        (Answered(answer="yes"), {"who", "how", "where", "said", "seen_at"}),
        (Answered(answer="yes", **{**SEEN, "seen_at": AT + timedelta(hours=1)}), {"seen_at"}),
        (Answered(answer="no", **SEEN), {"action", "owner", "until"}),
        (Answered(answer="unknown"), {"action", "owner", "until"}),
        (Answered(answer="unknown", action="Ring", owner="user:1", until=AT), {"until"}),
    ],
)
def test_an_answer_says_how_we_know_and_what_is_done(given, wrong):
    with pytest.raises(InvalidInput) as refused:
        check(given, at=AT)
    assert set(refused.value.problems) == wrong


def test_it_is_asked_again_from_the_answer_as_often_as_the_rating_says(world: World):
    enquiry = rated(world, "red", children=2)
    with world.acting("social_worker", at=minutes(30)) as by:
        one, two = children(enquiry)
        assert asked(one, by)[:3] == ("mash.safe_red", AT, AT + timedelta(hours=2))
        actions.answer_safety(
            enquiry.key, seen=enquiry.version, those=[str(one.key)], given=yes(), by=by, at=minutes(30)
        )
        assert asked(one, by)[1:3] == (minutes(30), minutes(150))
        assert asked(two, by)[1] == AT
        made = SafetyCheck.objects.get()
        assert (made.own_words, made.asked_at, made.due_at) == ("I want to go to nan's.", AT, minutes(120))
        assert [child.safe for child in children(enquiry)] == ["yes", ""]


def test_children_who_were_seen_together_are_answered_for_together(world: World):
    enquiry = rated(world, "red", children=2)
    with world.acting("social_worker") as by:
        those = [str(child.key) for child in children(enquiry)]
        actions.answer_safety(enquiry.key, seen=enquiry.version, those=those, given=yes(), by=by, at=AT)
        assert [child.safe for child in children(enquiry)] == ["yes", "yes"]
        with pytest.raises(InvalidInput):
            actions.answer_safety(enquiry.key, seen=stands(enquiry).version, those=[], given=yes(), by=by, at=AT)


def test_we_do_not_know_starts_an_action_with_owner_and_time_and_a_social_worker_may_say_so(world: World):
    enquiry = rated(world, "amber")
    with world.acting("social_worker") as by:
        (child,) = children(enquiry)
        actions.answer_safety(
            enquiry.key, seen=enquiry.version, those=[str(child.key)], given=unknown(f"user:{by.user_id}"), by=by, at=AT
        )
        (action,) = directions.for_child("mash.subject", child.key, by=by, at=AT)
        assert (action.what, action.due_at) == ("Ring the grandmother", minutes(90))
        assert SafetyCheck.objects.get().direction == action.key


def test_the_database_keeps_no_answer_without_how_we_know_or_what_is_done(world: World):
    enquiry = rated(world, "amber")
    with world.acting("social_worker") as by:
        (child,) = children(enquiry)
        bare = {"authority_id": 874, "subject": child, "asked_at": AT, "due_at": AT, "answered_by": by.user_id}
        for answer, name in (("yes", "how_we_know"), ("unknown", "starts_an_action")):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                SafetyCheck.objects.create(**bare, answer=answer, answered_at=AT)


def test_an_unanswered_question_is_told_to_worker_manager_and_head_of_service(world: World):
    enquiry = rated(world, "red")
    told = []
    clock_actions.listen("a test of safety", lambda notice, by, at: told.append(notice))
    with world.system(CLOCK_SWEEP) as by:
        clock_actions.sweep(by=by, at=AT + timedelta(hours=3))
    ours = [each for each in told if each.subject[0] == "mash.subject" and each.event == "breach"]
    assert len(ours) == 1
    wanted = {Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE}
    assert wanted <= set(ours[0].tell)
    assert all(kind.danger for kind in SAFE.values())
    assert enquiry.reference == ours[0].label


def test_nothing_is_asked_of_an_enquiry_that_has_ended(world: World):
    enquiry = rated(world, "red")
    with world.acting("team_manager") as by:
        (child,) = children(enquiry)
        actions.stand_down(enquiry.key, seen=enquiry.version, why="Not needed", to="nobody", by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            actions.answer_safety(
                enquiry.key, seen=stands(enquiry).version, those=[str(child.key)], given=yes(), by=by, at=AT
            )
        assert not Clock.objects.filter(subject_kind="mash.subject", stopped_at=None).exists()


def watched(world: World, at: datetime) -> int:
    with world.system(COURIER) as by:
        return actions.keep_watch(by=by, at=at)


def test_at_closing_time_the_question_goes_to_the_out_of_hours_team_and_comes_back_in_the_morning(world: World):
    enquiry = rated(world, "red")
    assert watched(world, AT) == 0
    assert watched(world, NIGHT) == 1
    assert watched(world, NIGHT) == 0
    team = world.team("out_of_hours")
    with world.acting("duty_worker", at=NIGHT) as by:
        slip = Handover.objects.get(subject_kind="mash.enquiry")
        assert (slip.to_team_id, slip.urgent) == (team.pk, True)
        (child,) = children(enquiry)
        assert asked(child, by)[3] == team.pk
        handovers.accept(slip.key, seen=slip.version, by=by, at=NIGHT)
        given = Answered(answer="yes", **{**SEEN, "seen_at": NIGHT - timedelta(minutes=5)})
        actions.answer_safety(
            enquiry.key, seen=stands(enquiry).version, those=[str(child.key)], given=given, by=by, at=NIGHT
        )
    assert watched(world, OPEN_AGAIN) == 1
    with world.acting("social_worker", at=AT) as by:
        assert stands(enquiry).night_slip is None
        assert asked(child, by)[3] == enquiry.team_id


def test_what_nobody_took_in_the_night_is_taken_back_in_the_morning(world: World):
    enquiry = rated(world, "red")
    watched(world, NIGHT)
    watched(world, OPEN_AGAIN)
    with world.acting("social_worker", at=AT):
        assert Handover.objects.get(subject_kind="mash.enquiry").state == "withdrawn"
        assert stands(enquiry).state == "rated"


def test_who_is_known_to_be_safe_and_is_asked_about_after_the_door_opens_stays_with_the_day_team(world: World):
    monday = datetime(2026, 3, 30, 10, 0, tzinfo=UTC)
    enquiry = rated(world, "green", at=monday, people=())
    with world.acting("social_worker", at=monday) as by:
        those = [str(child.key) for child in children(enquiry)]
        given = Answered(answer="yes", **{**SEEN, "seen_at": monday})
        actions.answer_safety(enquiry.key, seen=enquiry.version, those=those, given=given, by=by, at=monday)
    assert watched(world, monday.replace(hour=20)) == 0
