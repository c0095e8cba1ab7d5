"""A plan: written only while somebody agrees, kept as it was agreed, and reviewed on a clock."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.earlyhelp import actions as hub
from frontdoor.familyhelp.actions import planning
from frontdoor.familyhelp.models import Goal, PlanAction, PlanEdition, PlanLine, PlanWord, ReviewVoice
from frontdoor.familyhelp.queries.families import due_soon, my_families
from frontdoor.familyhelp.queries.plan import open_plan
from frontdoor.familyhelp.rules.planning import Doing, Heard
from tests.earlyhelp import helping
from tests.earlyhelp.helping import AT, acting, child
from tests.familyhelp.helping import LEAD, closed, joined, says, taken_on
from tests.familyhelp.planned import DAY, WORDS, agreed, doing, everybody, goal, plan, reviewed, with_plan
from tests.worlds import CAMBRIDGESHIRE

pytestmark = pytest.mark.django_db


def running(world, episode):
    with acting(world):
        found = Clock.objects.filter(
            subject_key=str(episode.key), stopped_at=None, kind__startswith="familyhelp.", kind__endswith="review"
        )
        return {(each.kind, each.due_at.date()) for each in found}


def lines(world, kind=""):
    with acting(world):
        rows = PlanLine.objects.filter(kind=kind) if kind else PlanLine.objects.all()
        return list(rows.order_by("id").values_list("text", flat=True))


def test_the_first_goal_begins_the_plan_in_the_familys_words(world):
    episode = taken_on(world)
    row = goal(world, episode)
    assert (row.words, plan(world, episode).changed, plan(world, episode).edition) == (WORDS, True, 0)


@pytest.mark.parametrize("act", [goal, doing])
def test_nothing_is_written_once_nobody_agrees_any_more(world, act):
    episode = with_plan(world)
    says(world, episode, status="withdrawn", why="We manage.")
    with pytest.raises(StepNotAllowed, match="Nobody’s agreement"):
        act(world, episode)


@pytest.mark.parametrize("act", [goal, doing])
def test_nothing_is_written_once_the_agreement_has_run_out(world, act):
    episode = with_plan(world)
    says(world, episode, expires_on=DAY + timedelta(days=1))
    with acting(world, at=AT + timedelta(days=3)) as by, pytest.raises(StepNotAllowed, match="Nobody’s agreement"):
        planning.add_goal(episode.key, words="More.", by=by, at=AT + timedelta(days=3))


def test_nothing_is_written_once_help_has_ended(world):
    episode = with_plan(world)
    closed(world, episode)
    with pytest.raises(StepNotAllowed, match="has ended"):
        goal(world, episode)
    assert running(world, episode) == set()


def test_a_reader_reads_and_does_not_write_and_another_council_finds_nothing(world):
    episode = with_plan(world)
    with acting(world, role="social_worker") as by:
        assert [each.words for each in open_plan(episode.key, by=by, at=AT).goals] == [WORDS]
        with pytest.raises(NotPermitted):
            planning.add_goal(episode.key, words="Mine.", by=by, at=AT)
    with world.acting("early_help_officer", of=CAMBRIDGESHIRE, council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        open_plan(episode.key, by=by, at=AT)


def test_a_lead_practitioner_writes_on_their_own_familys_plan_alone(world):
    episode = taken_on(world)
    with pytest.raises(NotFound):
        goal(world, episode, role=LEAD)
    joined(world, episode, role=LEAD)
    assert goal(world, episode, role=LEAD).words == WORDS


def test_what_stood_before_stays_in_the_history(world):
    episode = taken_on(world)
    row = goal(world, episode)
    with acting(world) as by:
        planning.change_goal(episode.key, goal=row.key, seen=1, words="Calm evenings.", state="open", by=by, at=AT)
        with pytest.raises(Conflict):
            planning.change_goal(episode.key, goal=row.key, seen=1, words="Else.", state="open", by=by, at=AT)
        with pytest.raises(InvalidInput) as refused:
            planning.change_goal(episode.key, goal=row.key, seen=2, words="Calm.", state="dropped", by=by, at=AT)
    assert set(refused.value.problems) == {"why"}
    assert WORDS in lines(world, "goal")[1]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"what": " "}, "what"), ({"owner": ""}, "owner"), ({"agency": "Housing"}, "agency"),
        ({"owner": "member:00000000-0000-0000-0000-000000000000"}, "owner"),
        ({"goal": "00000000-0000-0000-0000-000000000000"}, "goal"),
    ],
)  # fmt: skip
def test_one_person_or_one_agency_does_it_for_a_goal_of_this_plan(world, more, field):
    episode = taken_on(world)
    with pytest.raises(InvalidInput) as refused:
        doing(world, episode, **more)
    assert set(refused.value.problems) == {field}


def test_an_agency_may_do_it_and_so_may_the_family(world):
    episode = taken_on(world)
    assert doing(world, episode, owner="", agency="Housing").agency == "Housing"
    with acting(world):
        owner = f"member:{child(episode).key}"
    assert doing(world, episode, owner=owner).member is not None


def test_nobody_who_has_left_does_anything(world):
    from frontdoor.familyhelp.actions.team import leave

    episode = taken_on(world)
    row = joined(world, episode)
    with acting(world) as by:
        leave(episode.key, seen=2, practitioner=row.key, why="Gone.", by=by, at=AT)
    with pytest.raises(InvalidInput):
        doing(world, episode, owner=f"practitioner:{row.key}")


def test_what_came_of_an_action_says_why_and_changes_nothing_that_was_agreed(world):
    episode = with_plan(world)
    with acting(world) as by:
        row = PlanAction.objects.get()
        with pytest.raises(InvalidInput) as refused:
            planning.settle_action(episode.key, action=row.key, seen=1, outcome="not_done", by=by, at=AT)
        assert set(refused.value.problems) == {"why"}
        planning.settle_action(episode.key, action=row.key, seen=1, outcome="not_done", why="No answer.", by=by, at=AT)
        given = Doing(what="Else", due_on=DAY, agency="Housing")
        with pytest.raises(StepNotAllowed, match="what came of this"):
            planning.change_action(episode.key, action=row.key, seen=2, given=given, by=by, at=AT)
    assert plan(world, episode).changed is False
    assert "No answer." in lines(world, "outcome")[0]


def test_an_edition_stands_as_it_was_agreed_and_later_changes_make_the_next(world):
    episode = with_plan(world)
    with acting(world) as by:
        row = Goal.objects.get()
        planning.change_goal(episode.key, goal=row.key, seen=1, words="Calm evenings.", state="open", by=by, at=AT)
    assert plan(world, episode).changed is True
    agreed(world, episode)
    with acting(world):
        first, second = PlanEdition.objects.order_by("number")
        assert [each.said["goals"][0]["words"] for each in (first, second)] == [WORDS, "Calm evenings."]
        assert first.said["goals"][0]["actions"][0]["what"] == "Ring the school about breakfast"
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as asks:
            asks.execute("UPDATE familyhelp_planedition SET number = 9")


def test_an_edition_keeps_no_name_of_the_family(world):
    episode = with_plan(world)
    with acting(world):
        named = child(episode).named
        assert named is not None
        assert named.given_name not in str(PlanEdition.objects.get().said)


def test_a_plan_is_agreed_when_everybody_was_asked_and_somebody_agrees(world):
    episode = taken_on(world)
    goal(world, episode)
    seen = plan(world, episode).version
    with acting(world) as by:
        for said, field in (
            (everybody(episode, "no", "Not now."), "agrees_0"), (everybody(episode, "not_asked"), "words_0"),
            (everybody(episode)[1:], "agrees_0"),
        ):  # fmt: skip
            with pytest.raises(InvalidInput) as refused:
                planning.agree(episode.key, seen=seen, said=said, by=by, at=AT)
            assert field in refused.value.problems
        with pytest.raises(Conflict):
            planning.agree(episode.key, seen=seen - 1, said=everybody(episode), by=by, at=AT)


def test_nothing_is_agreed_without_a_goal_or_twice_the_same(world):
    episode = taken_on(world)
    doing(world, episode)
    with pytest.raises(StepNotAllowed, match="no goal"):
        agreed(world, episode)
    goal(world, episode)
    agreed(world, episode)
    with pytest.raises(StepNotAllowed, match="Nothing has changed"):
        agreed(world, episode)


def test_what_somebody_says_later_stands_and_the_word_before_stays(world):
    episode = with_plan(world)
    with acting(world) as by:
        key = child(episode).key
        planning.say(episode.key, member=key, agrees="no", words="I do not like it.", by=by, at=AT)
        with pytest.raises(InvalidInput):
            planning.say(episode.key, member=key, agrees="no", by=by, at=AT)
        found = open_plan(episode.key, by=by, at=AT)
        assert found.words[child(episode).pk].agrees == "no"
        assert PlanWord.objects.filter(member=child(episode)).count() == 2


def test_the_first_agreed_plan_starts_a_clock_and_a_review_the_next(world):
    episode = with_plan(world)
    assert running(world, episode) == {("familyhelp.first_review", DAY + timedelta(days=42))}
    later = AT + timedelta(days=40)
    reviewed(world, episode, at=later)
    assert running(world, episode) == {("familyhelp.review", later.date() + timedelta(days=84))}
    assert plan(world, episode).review_at.date() == later.date() + timedelta(days=84)


def test_a_late_review_stands_in_the_hubs_list_and_on_the_leads_own(world):
    episode = with_plan(world, account=True)
    with acting(world):
        settled = PlanAction.objects.get()
    with acting(world) as by:
        planning.settle_action(episode.key, action=settled.key, seen=1, outcome="done", by=by, at=AT)
        hub.record_attempt(
            episode.key, seen=helping.again(episode).version, made_at=AT, way="phone", reached=True, said="Yes.", by=by,
            at=AT,
        )  # fmt: skip
        assert helping.again(episode).due_at.date() == DAY + timedelta(days=42)
    with acting(world, role=LEAD) as by:
        (mine,) = my_families(by=by, at=AT)
    assert (mine.next, mine.due_at.date()) == ("Review of the plan", DAY + timedelta(days=42))


def test_what_is_due_first_is_the_action_whose_day_comes_first(world):
    episode = with_plan(world, account=True)
    with acting(world, role=LEAD) as by:
        (mine,) = my_families(by=by, at=AT)
    assert mine.next == "Action: Ring the school about breakfast"
    assert mine.due_at.date() == DAY + timedelta(days=7)
    assert episode.pk == mine.id


def test_my_work_notes_what_is_due_within_a_week(world):
    with_plan(world, account=True)
    for days, found in ((-1, 0), (1, 1)):
        at = AT + timedelta(days=days)
        with acting(world, role=LEAD, at=at) as by:
            assert len(due_soon(by=by, at=at)) == found


def test_a_review_hears_each_child_or_says_why_not(world):
    episode = with_plan(world)
    for heard in ((), (Heard(member="x", words="I"),)):
        with pytest.raises(InvalidInput) as refused:
            reviewed(world, episode, heard=heard)
        assert "heard_0" in refused.value.problems
    reviewed(world, episode)
    with acting(world):
        assert ReviewVoice.objects.get().words == "I am on time now."


@pytest.mark.parametrize("field", ["well", "worries", "changes", "why", "leads_to"])
def test_a_review_says_all_of_it(world, field):
    episode = with_plan(world)
    with pytest.raises(InvalidInput) as refused:
        reviewed(world, episode, **{field: ""})
    assert set(refused.value.problems) == {field}


def test_a_review_in_the_future_or_of_no_plan_is_refused(world):
    episode = taken_on(world)
    with pytest.raises(StepNotAllowed, match="nothing to review"):
        reviewed(world, episode)
    goal(world, episode)
    agreed(world, episode)
    with pytest.raises(InvalidInput):
        reviewed(world, episode, held_on=DAY + timedelta(days=1))


def test_the_clock_of_a_plan_goes_with_whoever_leads(world):
    from frontdoor.familyhelp.actions.team import change_lead
    from frontdoor.familyhelp.rules.team import Comer
    from tests.familyhelp.helping import seen_now
    from tests.worlds import PETERBOROUGH

    episode, user = with_plan(world), world.user(LEAD, council=PETERBOROUGH).pk
    with acting(world) as by:
        change_lead(
            episode.key, seen=seen_now(episode, by=by), why="New.", stays=False, by=by, at=AT,
            comer=Comer(account=user, agency="School", own=True),
        )  # fmt: skip
        assert Clock.objects.get(kind="familyhelp.first_review", stopped_at=None).owner_id == user
