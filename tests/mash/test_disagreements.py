"""A disagreement leaves the decision standing and shown as disputed; it climbs, others settle it, it is learnt from."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import london_date
from frontdoor.mash.rules import disagreements as rules
from frontdoor.mash.rules.disagreements import Raised
from tests.contacts.deciding import ADVICE, AT, arrived, decided, minutes, recommended
from tests.contacts.deciding import FULL as ENQUIRED
from tests.worlds import CAMBRIDGESHIRE, World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.contacts.models import Matter
    from frontdoor.mash.models import Disagreement

SAID = Raised(
    about="threshold", who="Hannah Canary-Lowe", role="Health visitor", agency="Nene Community Health",
    position="Advice is not enough for a baby who loses weight.", wanted="An enquiry, today.",
    safety="The health visitor sees the baby every day this week.",
)  # fmt: skip
ADVISED = replace(ENQUIRED, outcome="information_advice", rating="", actions=(), detail="Advice about bedtimes.")
RESOLVED: dict[str, Any] = {
    "outcome": "stands", "how": "Both read the weights again.", "agreed": True,
    "learning": "Weights are asked for before advice is given.",
}  # fmt: skip


def disputed(world: World, **more: Any) -> "tuple[Matter, Disagreement]":
    """A child for whom advice was decided, and what a health visitor says against it."""
    from frontdoor.mash.actions import disagreements as actions

    matter = recommended(world, arrived(world), ADVICE)
    decided(world, matter, ADVISED)
    with world.acting("contact_officer", at=AT) as by:
        told = replace(SAID, **more)
        return matter, actions.disagree(matter.contact.key, told, matter=matter.key, by=by, at=AT)


def taken_on(world: World, row: "Disagreement", stage: int, *, seen: int, **more: Any) -> None:
    from frontdoor.mash.actions import disagreements as actions

    given: dict[str, Any] = {
        "why": "They still disagree.", "owner": world.user("head_of_service").pk, "counterpart": "Named nurse",
    } | more  # fmt: skip
    with world.acting("head_of_service", at=AT) as by:
        actions.take_on(row.key, seen=seen, stage=stage, **given, by=by, at=minutes(30))


def running(world: World, row: "Disagreement") -> list[tuple[str, date]]:
    """The clocks that run, and the day on which each is due."""
    with world.acting("team_manager", at=AT) as by:
        found = clocks.for_subject(("mash.disagreement", row.key), by=by, at=minutes(60))
        return [(each.kind.name, london_date(each.reading.due_at)) for each in found if each.stopped_at is None]


def page(client: Client, world: World, role: str, name: str, key: Any) -> Any:
    world.signed_in(client, world.user(role))
    return client.get(reverse(name, args=["peterborough", key])).content.decode()


def test_the_decision_stands_and_is_shown_as_disputed_until_it_is_resolved(world: World, client: Client) -> None:
    from frontdoor.contacts.queries.decisions import standing_decision
    from frontdoor.mash.actions import disagreements as actions

    matter, row = disputed(world)
    shown = "What was decided for Tess0 Setchfield is disputed."
    assert shown in page(client, world, "social_worker", "contacts:detail", matter.contact.key)
    with world.acting("head_of_service", at=AT) as by:
        decision = standing_decision(matter, by=by)
        assert decision is not None
        assert (row.decision, row.decided_by) == (decision.key, decision.made_by)
        actions.resolve(row.key, seen=1, **RESOLVED, by=by, at=minutes(30))
    told = page(client, world, "social_worker", "contacts:detail", matter.contact.key)
    assert shown not in told
    assert "the decision stands" in told
    assert running(world, row) == []


@pytest.mark.parametrize("part", ["who", "agency", "position", "wanted", "safety"])
def test_it_says_who_disagrees_what_instead_and_what_keeps_the_child_safe(world: World, part: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        disputed(world, **{part: "  "})
    assert set(refused.value.problems) == {part}


def test_each_stage_has_its_clock_and_the_one_before_is_kept(world: World) -> None:
    from frontdoor.clocks.models import Clock

    _, row = disputed(world)
    # From Thursday 2 April 2026: Good Friday is the 3rd, Easter Monday the 6th.
    assert running(world, row) == [("mash.disagreement_1", date(2026, 4, 7))]
    taken_on(world, row, 2, seen=1)
    assert running(world, row) == [("mash.disagreement_2", date(2026, 4, 8))]
    with world.acting("team_manager", at=AT):
        assert Clock.objects.filter(subject_key=str(row.key)).count() == 2


def test_stages_are_left_out_only_where_the_child_may_be_at_immediate_risk(world: World) -> None:
    _, row = disputed(world)
    with pytest.raises(InvalidInput, match="immediate risk"):
        taken_on(world, row, 3, seen=1)
    with pytest.raises(InvalidInput, match="later stage"):
        taken_on(world, row, 1, seen=1)


def test_at_immediate_risk_it_goes_straight_to_whoever_can_settle_it(world: World) -> None:
    from frontdoor.mash.models import Saying

    _, row = disputed(world, urgent=True)
    taken_on(world, row, 3, seen=1)
    with world.acting("team_manager", at=AT):
        assert [each.kind for each in Saying.objects.order_by("id")] == ["raised", "safety", "owned", "skipped"]


def test_nothing_comes_after_the_councils_last_stage() -> None:
    assert rules.next_stage(2, 3, last=3, urgent=False) == 3
    with pytest.raises(StepNotAllowed):
        rules.next_stage(3, 4, last=3, urgent=True)


def test_whoever_decided_does_not_settle_what_is_said_against_it_and_the_database_says_so_too(world: World) -> None:
    from frontdoor.mash.actions import disagreements as actions
    from frontdoor.mash.models import Disagreement

    _, row = disputed(world)
    decider = world.user("team_manager").pk
    with world.acting("team_manager", at=AT) as by:
        actions.own(row.key, seen=1, owner=decider, counterpart="Hannah", by=by, at=minutes(5))
    with pytest.raises(InvalidInput, match="made this decision"):
        taken_on(world, row, 2, seen=2, owner=decider)
    taken_on(world, row, 2, seen=2)
    with world.acting("team_manager", at=AT) as by:
        with pytest.raises(InvalidInput, match="made this decision"):
            actions.resolve(row.key, seen=3, **RESOLVED, by=by, at=minutes(40))
        with pytest.raises(DatabaseError), transaction.atomic():
            Disagreement.objects.update(owner=decider)


def test_it_is_said_to_have_changed_only_when_the_decision_has(world: World) -> None:
    from frontdoor.contacts.actions import decisions
    from frontdoor.contacts.models import Matter
    from frontdoor.mash.actions import disagreements as actions

    matter, row = disputed(world)
    changed = RESOLVED | {"outcome": "changed"}
    with world.acting("head_of_service", at=AT) as by, pytest.raises(InvalidInput, match="still stands"):
        actions.resolve(row.key, seen=1, **changed, by=by, at=minutes(30))
    with world.acting("team_manager", at=AT) as by:
        seen = Matter.objects.get(pk=matter.pk).version
        decisions.void(matter.key, seen=seen, why="The weights change it.", by=by, at=minutes(31))
    with world.acting("head_of_service", at=AT) as by:
        actions.resolve(row.key, seen=1, **changed, by=by, at=minutes(32))


def test_nothing_is_resolved_without_what_is_learnt_and_the_action_is_directed(world: World) -> None:
    from frontdoor.directions.models import Direction
    from frontdoor.mash.actions import disagreements as actions

    _, row = disputed(world)
    given = {"action": "Ask for weights first", "owner": f"user:{world.user('contact_officer').pk}"}
    with world.acting("head_of_service", at=AT) as by:
        with pytest.raises(InvalidInput) as refused:
            actions.resolve(row.key, seen=1, **(RESOLVED | {"learning": " ", "how": ""}), by=by, at=minutes(30))
        assert set(refused.value.problems) == {"learning", "how"}
        with pytest.raises(Conflict):
            actions.resolve(row.key, seen=9, **RESOLVED, by=by, at=minutes(30))
        actions.resolve(row.key, seen=1, **RESOLVED, **given, by=by, at=minutes(30))
        assert Direction.objects.get(subject_key=row.key).what == "Ask for weights first"
        with pytest.raises(StepNotAllowed):
            actions.say(row.key, seen=2, text="More", by=by, at=minutes(31))


def test_what_each_side_says_is_kept_and_whom_it_was_said_for(world: World, client: Client) -> None:
    from frontdoor.mash.actions import disagreements as actions

    _, row = disputed(world)
    with world.acting("social_worker", at=AT) as by:
        actions.say(row.key, seen=1, text="We had no weights.", by=by, at=minutes(5))
        actions.say(row.key, seen=2, text="They were sent.", side=row.agency, by=by, at=minutes(6))
        actions.say(row.key, seen=3, text="She is weighed daily.", safety=True, by=by, at=minutes(7))
    told = page(client, world, "social_worker", "mash:disagreement", row.key)
    assert "Said: Nene Community Health" in told
    assert told.index("She is weighed daily.") < told.index("We had no weights.")


def test_who_may_only_raise_one_settles_none_and_another_council_finds_none(world: World) -> None:
    from frontdoor.mash.actions import disagreements as actions
    from frontdoor.mash.queries import disagreements as queries

    matter, row = disputed(world)
    with world.acting("contact_officer", at=AT) as by:
        assert queries.open_disagreement(row.key, by=by, at=AT).child == "Tess0 Setchfield"
        with pytest.raises(NotPermitted):
            queries.disagreements(by=by, at=AT)
        with pytest.raises(NotPermitted):
            actions.resolve(row.key, seen=1, **RESOLVED, by=by, at=AT)
    with world.acting("team_manager", council=CAMBRIDGESHIRE, at=AT) as by:
        with pytest.raises(NotFound):
            queries.open_disagreement(row.key, by=by, at=AT)
        with pytest.raises(NotFound):
            actions.disagree(matter.contact.key, SAID, by=by, at=AT)


def test_the_list_has_the_most_pressing_first_and_my_work_shows_what_nobody_settles(
    world: World, client: Client
) -> None:
    from frontdoor.mash.queries import disagreements as queries

    _, row = disputed(world)
    with world.acting("team_manager", at=AT) as by:
        assert [each.key for each in queries.disagreements(which="free", by=by, at=AT)] == [row.key]
        assert queries.disagreements(which="late", by=by, at=AT) == []
        late = AT + timedelta(days=9)
        assert [each.key for each in queries.disagreements(which="late", by=by, at=late)] == [row.key]
        assert [each.key for each in queries.waits_for(by=by, at=AT)] == [row.key]
    world.signed_in(client, world.user("team_manager"))
    assert "Nene Community Health disagrees" in client.get("/desk/?what=disagreements").content.decode()


def test_from_the_page_of_a_contact_to_what_came_of_it(world: World, client: Client) -> None:
    from frontdoor.mash.models import Disagreement

    matter = recommended(world, arrived(world), ADVICE)
    decided(world, matter, ADVISED)
    world.signed_in(client, world.user("contact_officer"))
    here = reverse("mash:disagree", args=["peterborough", matter.contact.key])
    typed = {
        "child": str(matter.key), "about": "threshold", "way": "phone", "who": "Hannah Lowe", "agency": "Nene Health",
        "position": "", "wanted": "An enquiry", "safety": "Seen daily",
    }  # fmt: skip
    wrong = client.post(here, typed)
    assert wrong.status_code == 422
    assert "Write what they say, in their words" in wrong.content.decode()
    assert "Nene Health" in wrong.content.decode()
    assert client.post(here, typed | {"position": "Advice is not enough"}).status_code == 302
    with world.acting("team_manager", at=AT):
        row = Disagreement.objects.get()
    world.signed_in(client, world.user("head_of_service"))
    resolve = reverse("mash:disagreement-resolve", args=["peterborough", row.key])
    answer = client.post(
        resolve, {"seen": "1", "outcome": "stands", "agreed": "no", "how": "Read again", "learning": "Ask earlier"}
    )
    assert answer["Location"] == reverse("mash:disagreement", args=["peterborough", row.key])
    assert "Both sides agree" in client.get(answer["Location"]).content.decode()
