"""What is to change for a family: marked with evidence at the start, asked for at the end and six months after."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.familyhelp.actions import checking
from frontdoor.familyhelp.actions import outcomes as actions
from frontdoor.familyhelp.models import Check, Evidence, Outcome
from frontdoor.familyhelp.rules import outcomes as rules
from frontdoor.familyhelp.rules.checking import Asked
from tests.contacts.deciding import AT
from tests.earlyhelp import helping
from tests.familyhelp.moving import LATER, LEAD, OFFICER, decide, ended, taken_on, version
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db
HALF_A_YEAR = LATER + timedelta(days=180)
LOCAL = "Young carers are seen; Friends and things to do"


def marked(world: World, episode: Any, *, heading: str = "education", role: str = OFFICER, **more: Any) -> Outcome:
    given = {"wanted": "Be in school every day.", "evidence": "In school 3 days of 5.", "stands": "not", **more}
    with world.acting(role, of=PETERBOROUGH) as by:
        row = helping.again(episode)
        return actions.mark(row.key, seen=given.pop("seen", row.version), heading=heading, by=by, at=AT, **given)


def shown(world: World, outcome: Outcome, *, phase: str = "end", stands: str = "met", **more: Any) -> Evidence:
    with world.acting(OFFICER, of=PETERBOROUGH, at=LATER) as by:
        row = helping.again(outcome.episode)
        given = rules.Shown(phase=phase, stands=stands, evidence=more.get("evidence", "In school every day in May."))
        return actions.record_evidence(row.key, outcome.key, seen=row.version, given=given, by=by, at=LATER)


def test_the_ten_national_headings_are_there_in_their_order() -> None:
    assert [row.code for row in codes.HEADLINE_OUTCOMES] == [
        "education", "early_years", "health", "substances", "relationships", "abuse", "crime", "domestic_abuse",
        "housing", "money",
    ]  # fmt: skip
    assert codes.HEADLINE_OUTCOMES["money"].label == "Financial stability"


def test_a_councils_own_headings_stand_after_them_and_keep_the_words_of_their_day(world: World) -> None:
    decide(world, "family_help.local_outcomes", value=LOCAL)
    episode = taken_on(world)
    row = marked(world, episode, heading="local:Young carers are seen")
    assert (row.code, row.heading) == ("local", "Young carers are seen")
    with pytest.raises(InvalidInput) as refused:
        marked(world, episode, heading="local:Something nobody declared")
    assert set(refused.value.problems) == {"heading"}
    assert len(rules.headings(LOCAL)) == 12


def test_an_outcome_is_marked_once_with_what_is_wanted_and_how_it_is_now(world: World) -> None:
    episode = taken_on(world)
    row = marked(world, episode)
    with helping.acting(world):
        assert [(each.phase, each.stands) for each in row.evidence.all()] == [("start", "not")]
    for more, field in (({}, "heading"), ({"heading": "money", "wanted": ""}, "wanted")):
        with pytest.raises(InvalidInput) as refused:
            marked(world, episode, **more)
        assert set(refused.value.problems) == {field}
    with pytest.raises(InvalidInput) as refused:
        marked(world, episode, heading="money", evidence=" ")
    assert set(refused.value.problems) == {"evidence"}
    with pytest.raises(Conflict):
        marked(world, episode, heading="money", seen=1)
    with pytest.raises(NotFound):
        marked(world, episode, heading="money", role=LEAD)


def test_help_ends_with_what_was_wanted_only_with_evidence_for_each_outcome(world: World) -> None:
    episode = taken_on(world)
    school, money = marked(world, episode), marked(world, episode, heading="money")
    shown(world, school)
    shown(world, money, phase="review")
    with pytest.raises(InvalidInput) as refused:
        ended(world, episode)
    assert refused.value.problems == {"ending": "Write first how we know, at the end, for: Financial stability"}
    shown(world, money, stands="partly")
    assert ended(world, episode).ending == "outcomes_met"


def test_where_nothing_was_reached_it_does_not_end_as_reached_and_may_end_otherwise(world: World) -> None:
    episode = taken_on(world)
    shown(world, marked(world, episode), stands="not")
    with pytest.raises(InvalidInput, match=r"."):
        ended(world, episode)
    assert ended(world, episode, ending="single_agency").ending == "single_agency"


def test_where_nothing_was_marked_it_ends_as_before(world: World) -> None:
    assert ended(world, taken_on(world)).ending == "outcomes_met"


def test_what_was_written_before_it_was_opened_again_is_asked_once_more(world: World) -> None:
    from frontdoor.earlyhelp import actions as early_help
    from frontdoor.familyhelp.queries.outcomes import holds

    episode = taken_on(world)
    shown(world, marked(world, episode))
    ended(world, episode)
    with helping.acting(world, at=HALF_A_YEAR) as by:
        row = helping.again(episode)
        early_help.reopen(row.key, seen=row.version, why="They rang.", by=by, at=HALF_A_YEAR)
        assert "Getting a good education" in holds(helping.again(row), "outcomes_met", by=by)


def test_nothing_is_marked_or_written_after_the_end(world: World) -> None:
    episode = taken_on(world)
    row = marked(world, episode)
    shown(world, row)
    ended(world, episode)
    with pytest.raises(StepNotAllowed):
        shown(world, row)
    with pytest.raises(StepNotAllowed):
        marked(world, episode, heading="money")


def test_six_months_after_each_outcome_that_was_reached_is_asked_after(world: World) -> None:
    episode = taken_on(world)
    school, money = marked(world, episode), marked(world, episode, heading="money")
    shown(world, school)
    shown(world, money, stands="not")
    ended(world, episode)
    told: dict[str, Any] = {"reached": True, "kept": "kept", "who": "Mum", "words": "Well.", "heard": "Fine."}
    with world.acting(OFFICER, of=PETERBOROUGH, at=HALF_A_YEAR) as by:
        first, second = Check.objects.filter(episode=episode).order_by("id")
        checking.record_asking(first.key, seen=1, given=Asked(**told), by=by, at=HALF_A_YEAR)
        assert not Evidence.objects.filter(phase="later").exists()
        with pytest.raises(InvalidInput) as refused:
            checking.record_asking(second.key, seen=1, given=Asked(**told), by=by, at=HALF_A_YEAR)
        assert set(refused.value.problems) == {f"stands_{school.key}", f"evidence_{school.key}"}
        later = {str(school.key): ("met", "School says so.")}
        checking.record_asking(second.key, seen=1, given=Asked(**told, later=later), by=by, at=HALF_A_YEAR)
        assert [(each.outcome_id, each.stands) for each in Evidence.objects.filter(phase="later")] == [
            (school.pk, "met")
        ]  # fmt: skip


def test_they_are_marked_drawn_and_asked_for_on_pages(world: World, client: Client) -> None:
    episode = taken_on(world)
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    start = f"/peterborough/family-help/{episode.key}/outcomes/"
    assert "Nothing is marked yet." in signed.get(start).content.decode()
    wrong = signed.post(f"{start}mark/", {"seen": version(world, episode), "wanted": "Kept as typed"})
    assert wrong.status_code == 422
    assert "Kept as typed" in wrong.content.decode()
    typed = {
        "seen": version(world, episode), "heading": "housing", "wanted": "A home that is dry.", "stands": "not",
        "evidence": "Mould in both rooms.",
    }  # fmt: skip
    assert signed.post(f"{start}mark/", typed).status_code == 302
    with helping.acting(world):
        row = Outcome.objects.get()
    typed = {
        "seen": version(world, episode), "phase": "review", "stands": "partly", "evidence": "One room is dry."
    }  # fmt: skip
    assert signed.post(f"{start}{row.key}/", typed).status_code == 302
    page = signed.get(start).content.decode()
    for words in ("Secure housing", "National heading", "Mould in both rooms.", "Part of the way", "One room is dry."):
        assert words in page
    end = f"/peterborough/early-help/{episode.key}/end/"
    held = signed.post(end, {"seen": version(world, episode), "ending": "outcomes_met", "why": "Better."})
    assert held.status_code == 422
    assert "Write first how we know, at the end, for: Secure housing" in held.content.decode()


def test_six_months_after_the_page_asks_for_each(world: World, client: Client) -> None:
    episode = taken_on(world)
    row = marked(world, episode)
    shown(world, row)
    ended(world, episode)
    signed = world.signed_in(client, world.user(OFFICER, council=PETERBOROUGH))
    with helping.acting(world):
        second = Check.objects.get(episode=episode, which="second")
    where = f"/peterborough/family-help/checks/{second.key}/"
    assert "Getting a good education: how does it stand now?" in signed.get(where).content.decode()
    typed = {
        "seen": 1, "reached": "yes", "kept": "kept", "who": "Mum", "words": "Well.", "heard": "Fine.",
        f"stands_{row.key}": "partly",
    }  # fmt: skip
    assert signed.post(where, typed).status_code == 422
    assert signed.post(where, {**typed, f"evidence_{row.key}": "Absent twice."}).status_code == 302
    page = signed.get(f"/peterborough/family-help/{episode.key}/outcomes/").content.decode()
    assert "Six months after" in page
