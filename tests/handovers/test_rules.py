"""The law of a slip, as pure values."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.handovers import rules
from frontdoor.handovers.rules import Need, Page, Person, Response, Sentence, State, Step
from frontdoor.handovers.rules.travels import SIDE
from frontdoor.organisations.models import Function

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_every_outcome_that_hands_over_leads_to_a_destination() -> None:
    handed = {outcome.destination for outcome in codes.OUTCOMES} - {"", "referrer"}
    assert handed <= set(rules.DESTINATIONS)


def test_every_destination_of_this_council_is_received_by_a_function_that_teams_have() -> None:
    functions = {found.function for found in rules.DESTINATIONS.values() if not found.another_council}
    assert functions <= set(Function)


def test_the_inboxes_of_the_designated_officer_and_of_specialists_are_restricted() -> None:
    assert {code for code, found in rules.DESTINATIONS.items() if found.restricted} == {"lado", "specialist"}


@pytest.mark.parametrize(
    ("rating", "section47", "urgent"), [("red", False, True), ("green", True, True), ("amber", False, False)]
)
def test_red_and_section_47_work_is_urgent(rating: str, section47: bool, urgent: bool) -> None:
    assert rules.urgent(rating, section47=section47) is urgent


def test_urgent_work_cannot_be_refused_however_often_it_was_sent() -> None:
    for refusals in range(3):
        with pytest.raises(StepNotAllowed, match="cannot be refused"):
            rules.refusal(refusals, is_urgent=True)


def test_the_second_refusal_and_every_further_one_goes_to_the_head_of_service() -> None:
    steps = [rules.refusal(refusals, is_urgent=False) for refusals in range(4)]
    assert [rules.after(State.SENT, step) for step in steps] == [State.REFUSED, *[State.ESCALATED] * 3]


@given(st.sampled_from(State), st.sampled_from(Step))
def test_what_is_settled_stays_settled_and_what_is_not_can_always_be_accepted(state: State, step: Step) -> None:
    if state.settled:
        with pytest.raises(StepNotAllowed):
            rules.after(state, step)
    else:
        assert rules.after(state, Step.ACCEPT) is State.ACCEPTED
        assert rules.after(state, Step.WITHDRAW) is State.WITHDRAWN


def test_a_refused_step_says_who_had_been_faster() -> None:
    with pytest.raises(StepNotAllowed) as refused:
        rules.after(State.ACCEPTED, Step.ACCEPT, brought=lambda: ("Ines Carvalho", AT))
    assert (refused.value.who, refused.value.when) == ("Ines Carvalho", AT)


def test_only_a_head_of_service_moves_what_was_refused_twice_onto_the_receiver() -> None:
    to_accepted = {step for step, (_, result) in rules.STEPS.items() if result is State.ACCEPTED}
    assert to_accepted == {Step.ACCEPT, Step.RULE_TAKE}
    assert rules.STEPS[Step.RULE_TAKE][0] == {State.ESCALATED}


@pytest.mark.parametrize(
    ("manager", "at", "field"),
    [
        (" ", AT, "manager"),
        ("Ruth Adeyemi", AT + timedelta(minutes=10), "talked_at"),
        ("Ruth Adeyemi", AT - timedelta(hours=1), "talked_at"),
    ],
)
def test_a_refusal_rests_on_a_conversation_with_somebody_after_it_was_sent(
    manager: str, at: datetime, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_conversation(rules.Conversation(manager, at), sent_at=AT, at=AT + timedelta(minutes=5))
    assert set(refused.value.problems) == {field}


def test_a_conversation_typed_to_the_minute_counts_in_the_minute_of_sending() -> None:
    sent = AT.replace(second=40)
    rules.check_conversation(rules.Conversation("Ruth Adeyemi", AT), sent_at=sent, at=AT + timedelta(minutes=1))


_words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=300)
_pages = st.builds(
    Page,
    family=st.lists(st.builds(Person, _words, _words), max_size=12).map(tuple),
    worries=st.lists(st.builds(Sentence, _words, _words, _words), max_size=12).map(tuple),
    own_words=st.lists(st.builds(Sentence, _words), max_size=12).map(tuple),
    must_happen=st.lists(st.builds(Need, _words, _words, _words), max_size=12).map(tuple),
    done=st.lists(st.builds(Response, _words, _words), max_size=12).map(tuple),
    told=st.lists(st.builds(Sentence, _words), max_size=12).map(tuple),
    unheard=_words,
)


@given(_pages)
def test_a_page_comes_back_from_json_as_it_was_sent(page: Page) -> None:
    assert rules.unpack(json.loads(json.dumps(rules.pack(page)))) == page


@given(_pages)
def test_a_page_fits_on_one_side_and_leaves_out_whole_sentences_which_it_counts(page: Page) -> None:
    side = rules.on_one_side(page)
    parts = ("family", "worries", "own_words", "must_happen", "done")
    printed = sum(
        len(text)
        for name in (*parts, "told")
        for entry in getattr(side, name)
        for text in (getattr(entry, field) for field in entry.__slots__ if field != "source")
    )
    first = sum(len(worry.words) + len(worry.said_by) for worry in page.worries[:1])
    assert printed <= SIDE + first
    assert all(getattr(side, name) == getattr(page, name)[: len(getattr(side, name))] for name in parts)
    kept = sum(len(getattr(side, name)) for name in parts)
    assert side.left_out >= sum(len(getattr(page, name)) for name in parts) - kept


def test_what_worries_us_most_is_never_left_out() -> None:
    long = Page(worries=(Sentence("x" * 9_000),), told=(Sentence("He said so. She heard it."),))
    side = rules.on_one_side(long)
    assert side.worries == long.worries
    assert side.left_out == 2


def test_a_long_story_fills_the_side_sentence_by_sentence() -> None:
    story = " ".join(f"Sentence number {number} of what the school told us this afternoon." for number in range(200))
    side = rules.on_one_side(Page(told=(Sentence(story, source="here"),)))
    assert 20 < len(side.told) < 200
    assert side.left_out == 200 - len(side.told)
    assert all(sentence.words in story and sentence.source == "here" for sentence in side.told)


def test_a_page_of_another_release_is_refused_and_not_guessed_at() -> None:
    with pytest.raises(InvalidInput):
        rules.unpack({"form": "page", "schema": 99})
    with pytest.raises(InvalidInput):
        rules.unpack({"form": "page", "schema": 1, "referrer": "somebody"})


def test_what_is_no_page_says_its_form_and_schema_and_is_not_read_here() -> None:
    report = {"form": "contacts.report", "schema": 1, "report": {"story": "Seen at the bus stop."}}
    assert rules.packed(report) == report
    assert rules.unpack(report) is None
    with pytest.raises(InvalidInput):
        rules.packed({"story": "no form"})
    with pytest.raises(InvalidInput):
        rules.packed(report | {"report": "x" * 1_100_000})


class _Row:
    restricted, state = True, "sent"
    from_team_id, from_user, to_team_id, to_user, to_manager = 1, 10, 2, None, None


@pytest.mark.parametrize(
    ("user", "team", "seen"),
    [(10, 1, "whole"), (11, 1, "masked"), (12, 2, "whole"), (13, 3, "none"), (10, 3, "whole")],
)
def test_a_restricted_slip_is_whole_for_giver_and_receiver_and_masked_for_the_givers_team(
    user: int, team: int, seen: str
) -> None:
    by = Actor(f"user:{user}", user_id=user, authority=874, teams={874: frozenset({team})})
    assert rules.sight(by, _Row()) == seen


def test_a_post_in_the_same_team_of_another_council_shows_nothing() -> None:
    by = Actor("user:12", user_id=12, authority=874, teams={873: frozenset({2})})
    assert rules.sight(by, _Row()) == "none"
