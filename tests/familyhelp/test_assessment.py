"""An assessment is written field by field, nothing is overwritten or lost, and what was shared never changes."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.familyhelp.actions import assessing
from frontdoor.familyhelp.models import Assessment, Passage, Practitioner
from frontdoor.familyhelp.queries import assessment as queries
from frontdoor.familyhelp.rules.assessing import SITTING, State, digest
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.familyhelp.assessing import OFFICER, begun, child, complete, lead, shared, taken_on, writes
from tests.worlds import CAMBRIDGESHIRE

if TYPE_CHECKING:
    from frontdoor.earlyhelp.models import Episode
    from tests.worlds import World

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=80)


def rows(world: "World", episode: "Episode", field: str = "housing_well") -> list[tuple[int, str]]:
    with helping.acting(world):
        found = Passage.objects.filter(assessment__episode=episode, field=field)
        return list(found.order_by("assessment__number", "version").values_list("version", "text"))


def state(world: "World", episode: "Episode") -> State:
    with lead(world) as by:
        return queries.open_assessment(episode.key, by=by, at=AT).state


def entries(world: "World", action: str) -> int:
    with helping.acting(world):
        return Entry.objects.filter(action=action).count()


def test_it_is_begun_written_shared_and_opened_for_review_and_the_earlier_round_stays(world):
    episode = taken_on(world)
    assert state(world, episode) is State.NOT_BEGUN
    with lead(world) as by:
        assessing.begin(episode.key, by=by, at=AT)
    assert state(world, episode) is State.WRITING
    complete(world, episode)
    first = shared(world, episode)
    assert state(world, episode) is State.SHARED
    assert "Nights and mornings collide." in first.copy
    assert "I want to be on time." in first.copy
    with lead(world, at=LATER) as by:
        with pytest.raises(InvalidInput):
            assessing.begin(episode.key, by=by, at=LATER)
        assessing.begin(episode.key, why="Three months have passed.", by=by, at=LATER)
        found = queries.open_assessment(episode.key, by=by, at=LATER)
        assert (found.state, found.round.number) == (State.REVIEWING, 2)
        thought = found.passages[None, "going_on"]
        assert (thought.text, thought.carried) == ("Nights and mornings collide.", True)
        # What people said is asked again.
        assert not [key for key in found.passages if key[1].startswith(("voice", "scale", "wants"))]
        before = queries.open_assessment(episode.key, number=1, by=by, at=LATER)
        assert len(before.passages) == 10
        with pytest.raises(NotFound):
            queries.open_assessment(episode.key, number=3, by=by, at=LATER)
    writes(world, episode, "Two at seven.", part="thinking", field="change", seen=1, at=LATER)
    assert rows(world, episode, "change")[-1] == (2, "Two at seven.")
    with lead(world, at=LATER) as by:
        assert queries.open_assessment(episode.key, number=1, by=by, at=LATER).passages == before.passages


def test_a_second_writer_who_saw_an_older_text_overwrites_nothing_and_gets_both(world):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    done = writes(world, episode, "Damp in the bedroom.", role=OFFICER)
    assert not done.stands
    assert done.overtaken["housing_well"].text == "A warm flat."
    assert rows(world, episode) == [(1, "A warm flat.")]
    kept = writes(world, episode, "Damp in the bedroom.", seen=1, keep="both", role=OFFICER)
    assert kept.stands["housing_well"] == (2, "A warm flat.\n\nDamp in the bedroom.")
    assert rows(world, episode) == [(1, "A warm flat."), (2, "A warm flat.\n\nDamp in the bedroom.")]


@pytest.mark.parametrize(("keep", "stands"), [("theirs", "A warm flat."), ("", "Damp.")])
def test_whoever_was_overtaken_chooses_and_what_is_not_chosen_stays_readable(world, keep, stands):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    assert not writes(world, episode, "Damp.", seen=1, keep=keep, role=OFFICER).overtaken
    with lead(world) as by:
        assert queries.open_assessment(episode.key, by=by, at=AT).passages[None, "housing_well"].text == stands
    assert (1, "A warm flat.") in rows(world, episode)


def test_two_fields_of_one_page_and_of_two_people_are_nobodys_conflict(world):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    assert not writes(world, episode, "It ends on the 20th.", field="income_worry", role=OFFICER).overtaken
    assert not writes(world, episode, "Loved.", part=child(world, episode), field="feelings_well").overtaken
    assert rows(world, episode) == [(1, "A warm flat.")]


def test_who_has_not_touched_a_field_changes_nothing_in_it(world):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    writes(world, episode, "A warm flat, and a garden.", seen=1)
    done = writes(world, episode, "A warm flat.", seen=1, base=digest("A warm flat."), role=OFFICER)
    assert not done.overtaken
    assert rows(world, episode)[-1][1] == "A warm flat, and a garden."
    assert writes(world, episode, "A tent.", seen=1, base=digest("A warm flat."), role=OFFICER).overtaken


def test_one_sitting_goes_on_in_one_row_and_what_stood_before_it_is_kept(world):
    episode = begun(world)
    writes(world, episode, "A", at=AT)
    writes(world, episode, "A warm", seen=1, at=AT + timedelta(minutes=1))
    assert rows(world, episode) == [(2, "A warm")]
    writes(world, episode, "A warm flat", seen=2, at=AT + SITTING + timedelta(minutes=1))
    assert rows(world, episode) == [(2, "A warm"), (3, "A warm flat")]
    writes(world, episode, "A cold flat", seen=3, at=AT + SITTING + timedelta(minutes=2), role=OFFICER)
    assert rows(world, episode) == [(2, "A warm"), (3, "A warm flat"), (4, "A cold flat")]
    with lead(world) as by:
        _, _, known = queries.open_earlier(episode.key, "family", "housing_well", by=by, at=AT)
        assert [each.text for each in known] == ["A cold flat", "A warm flat", "A warm"]
        with pytest.raises(NotFound):
            queries.open_earlier(episode.key, "family", "nothing", by=by, at=AT)


def test_going_on_in_a_sitting_is_one_update_and_no_entry_and_each_beginning_and_pressing_is_one(world):
    episode = begun(world)
    writes(world, episode, "A")
    assert entries(world, "familyhelp.write") == 1
    with CaptureQueriesContext(connection) as caught:
        writes(world, episode, "A warm", seen=1)
    changes = [each["sql"] for each in caught if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(changes) == 1
    assert changes[0].startswith('UPDATE "familyhelp_passage"')
    assert entries(world, "familyhelp.write") == 1
    writes(world, episode, "A warm flat", seen=2, pressed=True)
    assert entries(world, "familyhelp.write") == 2
    before = entries(world, "familyhelp.open_assessment")
    state(world, episode)
    assert entries(world, "familyhelp.open_assessment") == before + 1


def test_nothing_is_written_without_agreement_once_shared_or_before_it_is_begun(world):
    episode = taken_on(world)
    with pytest.raises(StepNotAllowed, match="begun"):
        writes(world, episode, "A")
    with lead(world) as by:
        assessing.begin(episode.key, by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            assessing.begin(episode.key, why="Again", by=by, at=AT)
    complete(world, episode)
    shared(world, episode)
    with pytest.raises(StepNotAllowed, match="shared"):
        writes(world, episode, "A", seen=1)


def test_nothing_is_written_when_nobody_agrees_any_more(world):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    gone = AT + timedelta(days=1)
    helping.agreed(world, episode, at=gone, status="withdrawn", why="Not now.", on=gone.date())
    with pytest.raises(StepNotAllowed, match="agree"):
        writes(world, episode, "A cold flat.", seen=1, at=gone)
    with lead(world, at=gone) as by, pytest.raises(StepNotAllowed):
        assessing.share(episode.key, seen=1, agrees="yes", comments="", how="paper", who="Mum", by=by, at=gone)
    assert rows(world, episode) == [(1, "A warm flat.")]


def test_it_is_shared_only_when_each_child_was_heard_or_not_with_a_reason_and_the_whole_was_read(world):
    episode = begun(world)
    with pytest.raises(StepNotAllowed, match="why the child was not heard"):
        shared(world, episode)
    complete(world, episode)
    with pytest.raises(Conflict):
        shared(world, episode, seen=3)
    for wrong in ({"agrees": ""}, {"agrees": "no", "comments": " "}, {"who": ""}, {"how": "pigeon"}):
        with pytest.raises(InvalidInput):
            shared(world, episode, **wrong)
    assert shared(world, episode, agrees="partly", comments="We are not late every day.").agrees == "partly"


@pytest.mark.parametrize("score", ["11", "-1", "five", "٣"])
def test_a_score_is_a_number_from_0_to_10(world, score):
    episode = begun(world)
    with pytest.raises(InvalidInput):
        writes(world, episode, score, part=child(world, episode), field="scale_home")
    assert not rows(world, episode, "scale_home")


def test_a_field_or_page_that_the_family_has_not_is_not_found(world):
    episode = begun(world)
    for part, code in (("family", "health_well"), ("nobody", "housing_well"), ("thinking", "housing_well")):
        with pytest.raises(NotFound):
            writes(world, episode, "A", part=part, field=code)


def test_its_clock_runs_from_taking_on_to_sharing_and_is_not_needed_when_help_stops(world):
    episode = begun(world)
    with helping.acting(world):
        clock = Clock.objects.get(subject_key=str(episode.key), kind="familyhelp.assess")
        assert clock.stopped_at is None
        assert (clock.length, clock.unit) == (45, "working_days")
    complete(world, episode)
    shared(world, episode)
    with helping.acting(world):
        clock.refresh_from_db()
        assert (clock.ended, clock.stopped_at) == ("done", AT)


def test_a_family_that_stops_needs_no_assessment_any_more(world):
    from frontdoor.earlyhelp import actions

    episode = begun(world)
    with helping.acting(world) as by:
        actions.stop(episode.key, seen=helping.again(episode).version, why="declined", words="No.", by=by, at=AT)
        assert Clock.objects.get(subject_key=str(episode.key), kind="familyhelp.assess").ended == "not_needed"


def test_it_goes_with_the_family_to_the_front_door(world):
    from frontdoor.earlyhelp import actions

    episode = begun(world)
    complete(world, episode)
    shared(world, episode)
    with helping.acting(world) as by:
        row = actions.step_up(
            episode.key, seen=helping.again(episode).version, why="Bruises.", danger="no", by=by, at=AT
        )
        assert "Nights and mornings collide." in row.contact.story
        assert "shared with the family on" in row.contact.story


def test_who_is_at_it_is_told_to_the_others_for_some_minutes(world):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    with helping.acting(world) as by:
        assessing.come(episode.key, part="thinking", by=by, at=AT)
        assessing.come(episode.key, part="family", by=by, at=AT)
        found, _ = queries.open_part(episode.key, "family", by=by, at=AT)
        (other,) = queries.around(found.round, found.passages, found.parts, by=by, at=AT)
        assert (other.part, other.wrote) == ("family", True)
    with lead(world) as by:
        (other,) = queries.around(found.round, found.passages, found.parts, by=by, at=AT)
        assert (other.part, other.wrote) == ("family", False)
        assert not queries.around(found.round, found.passages, found.parts, by=by, at=AT + timedelta(hours=1))


def test_only_its_team_and_the_hub_write_and_another_council_finds_nothing(world):
    episode = begun(world)
    with pytest.raises(NotPermitted):
        writes(world, episode, "A", role="social_worker")
    with helping.acting(world):
        Practitioner.objects.filter(episode=episode).update(until=AT, why_until="Works elsewhere now.")
    with lead(world) as by, pytest.raises(NotFound):
        queries.open_assessment(episode.key, by=by, at=AT)
    with pytest.raises(NotFound):
        writes(world, episode, "A")
    with (
        world.acting(OFFICER, council=CAMBRIDGESHIRE, of=CAMBRIDGESHIRE) as by,
        pytest.raises(NotFound),
    ):
        queries.open_assessment(episode.key, by=by, at=AT)


WRITTEN_OVER: dict[str, Any] = {
    "by another": {"by_user": 1, "version": 2}, "in another field": {"field": "income_well", "version": 2},
    "without a version": {"text": "Gone"}, "two versions on": {"version": 3},
    "after the sitting": {"version": 2, "at": AT + SITTING + timedelta(minutes=1)},
}  # fmt: skip


@pytest.mark.parametrize("how", WRITTEN_OVER)
def test_the_database_lets_nobody_write_over_a_text(world, how):
    episode = begun(world)
    writes(world, episode, "A warm flat.")
    with helping.acting(world), pytest.raises(DatabaseError), transaction.atomic():
        Passage.objects.filter(assessment__episode=episode).update(**WRITTEN_OVER[how])
    assert rows(world, episode) == [(1, "A warm flat.")]


def test_the_database_keeps_what_another_has_followed_and_what_was_shared(world):
    episode = begun(world)
    complete(world, episode)
    writes(world, episode, "Cold.", seen=1, role=OFFICER)
    with helping.acting(world), pytest.raises(DatabaseError), transaction.atomic():
        Passage.objects.filter(field="housing_well", version=1).update(text="Gone", version=2)
    row = shared(world, episode)
    with helping.acting(world):
        for change in ({"comments": "Other"}, {"shared_at": None, "state": "writing"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Assessment.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Passage.objects.filter(field="housing_well", version=2).update(text="Gone", version=3)
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(
                authority_id=row.authority_id, episode=episode, number=2, state="reviewing", begun_at=AT, begun_by=1,
                begun_name="Jo",
            )  # fmt: skip
