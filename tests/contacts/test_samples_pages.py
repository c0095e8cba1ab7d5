"""The pages of reading decisions again: who is shown what, and what an answer does."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.contacts.actions import decisions
from frontdoor.contacts.models import Decision, Matter, Review
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.contacts.rules.intake import ReferrerGiven
from tests.contacts.arriving import arrive, child
from tests.worlds import World

ADVICE = Recommended(
    outcome="information_advice", known="One late collection.", means="He was tired.", decided="Advice is enough.",
    voice="I am tired.", threshold_level="1", detail="Advice about bedtimes.",
)  # fmt: skip
EMPLOYER = {"auditor": 874}


def at_(name: str, *args: object) -> str:
    return reverse(f"contacts:{name}", args=["peterborough", *args])


def drawn_decision(world: World) -> Decision:
    """A decision by one key that was drawn."""
    now = timezone.now() - timedelta(minutes=30)
    teacher = ReferrerGiven("professional", "given", "Canary Referrer", email="canary@example.org", route="email")
    with world.acting("social_worker") as by:
        contact = arrive(
            by=by, at=now, sub_type="early_help_request", danger="no", referrer=teacher,
            people=(child(given_name="Ewa", family_name="Nowak"),),
        )  # fmt: skip
        matter = Matter.objects.get(contact=contact)
        decisions.recommend(matter.key, seen=matter.version, given=ADVICE, by=by, at=now)
        matter.refresh_from_db()
    with world.acting("team_manager") as by:
        agreed = Decided("information_advice", detail="Advice about bedtimes.")
        decision = decisions.decide(matter.key, seen=matter.version, given=agreed, by=by, at=now)
        Decision.objects.filter(pk=decision.pk).update(sampled=True)
        return decision


@pytest.fixture
def decision(world: World) -> Decision:
    return drawn_decision(world)


def asked(world: World, client: Client, role: str, path: str, *, second: bool = False, **typed: Any) -> HttpResponse:
    world.signed_in(client, world.user(role, council=EMPLOYER.get(role, 873), second=second))
    return client.post(path, typed) if typed else client.get(path)


def text(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_another_manager_reads_decision_grounds_and_what_was_known(
    world: World, client: Client, decision: Decision
) -> None:
    assert "Ewa Nowak" in text(asked(world, client, "head_of_service", at_("sample")))
    page = text(asked(world, client, "head_of_service", at_("sampled", decision.key)))
    for words in ("Information or advice given", "One late collection.", "I am tired.", "A worry, number"):
        assert words in page
    assert "Canary" not in page


def test_whoever_decided_sees_neither_list_nor_page_before_it_was_read(
    world: World, client: Client, decision: Decision
) -> None:
    assert "Ewa Nowak" not in text(asked(world, client, "team_manager", at_("sample")))
    assert asked(world, client, "team_manager", at_("sampled", decision.key)).status_code == 404
    sent = asked(world, client, "team_manager", at_("sampled", decision.key), answer="agree")
    assert sent.status_code == 404


@pytest.mark.parametrize("typed", [{"answer": ""}, {"answer": "disagree", "words": " "}, {"answer": "nonsense"}])
def test_a_wrong_answer_shows_the_form_again_with_what_was_typed(
    world: World, client: Client, decision: Decision, typed: dict[str, str]
) -> None:
    answer = asked(world, client, "head_of_service", at_("sampled", decision.key), **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    with world.acting("team_manager"):
        assert not Review.objects.exists()


def test_not_agreeing_is_a_task_that_leads_to_what_was_said(world: World, client: Client, decision: Decision) -> None:
    path = at_("sampled", decision.key)
    typed = {"answer": "disagree", "words": "Nobody spoke to him."}
    answer = asked(world, client, "team_manager", path, second=True, **typed)
    assert (answer.status_code, answer["Location"]) == (302, at_("sample"))
    assert "Nobody spoke to him." in text(asked(world, client, "team_manager", at_("sample")))
    page = text(asked(world, client, "team_manager", path))
    assert "Nobody spoke to him." in page
    assert "Save the answer" not in page
    mine = text(asked(world, client, "team_manager", reverse("directions:mine", args=["peterborough"])))
    assert "does not agree" in mine


def test_an_auditor_reads_counts_and_the_draw_and_is_offered_no_answer(
    world: World, client: Client, decision: Decision
) -> None:
    assert "Save the answer" not in text(asked(world, client, "auditor", at_("sampled", decision.key)))
    assert asked(world, client, "auditor", at_("sampled", decision.key), answer="agree").status_code == 403
    page = text(asked(world, client, "auditor", at_("sample-counts")))
    assert world.user("team_manager").name in page
    assert "frontdoor.sample.1" in page


@pytest.mark.parametrize("role", ["contact_officer", "social_worker", "duty_worker", "early_help_officer"])
def test_nobody_else_opens_any_of_it(world: World, client: Client, decision: Decision, role: str) -> None:
    for path in (at_("sample"), at_("sample-counts"), at_("sampled", decision.key)):
        assert asked(world, client, role, path).status_code in {403, 404}
