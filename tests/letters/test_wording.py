"""The texts: what an e-mail or text can never say, and what every one of them must."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.codes import rules as codes
from frontdoor.letters import rules
from frontdoor.letters.rules import WORDINGS, Facts, House, Medium, Told, Wording

AT = datetime(2026, 4, 2, 15, 50, tzinfo=UTC)
HOUSE = House(
    "Peterborough City Council", "01632 960123", "Monday to Friday, 8am to 5:30pm", "01632 960999", "", "Town Hall"
)
CANARY = ("Zebulon", "Quixley", "Wrexnaught")
"""Names that stand in no text of ours."""

outcomes = st.sampled_from([outcome.code for outcome in codes.OUTCOMES])
typed = st.text(max_size=120).map(lambda text: f"{text} {CANARY[0]} {CANARY[1]} {text}")
told = st.builds(Told, child=typed, outcome=outcomes, reason=typed, next_step=typed)
open_wordings = st.sampled_from([each for each in WORDINGS.values() if each.medium in (Medium.EMAIL, Medium.TEXT)])


def _facts(*tellings: Told) -> Facts:
    return Facts("874-W-000123", AT, AT, AT, AT, "the hub, 01632 960124", tuple(tellings))


def _each(*media: Medium) -> list[Wording]:
    return [each for each in WORDINGS.values() if each.medium in media]


@given(open_wordings, st.lists(told, max_size=4))
def test_no_email_or_text_holds_a_childs_name_or_anything_that_was_typed(wording, tellings):
    words = wording.say(_facts(*tellings), HOUSE)
    said = f"{words.subject} {words.plain}"
    assert not [name for name in CANARY if name.casefold() in said.casefold()]
    assert not rules.names_in(said, [" ".join(CANARY)])


@given(open_wordings, st.lists(outcomes, min_size=1, max_size=3))
def test_no_email_or_text_says_what_the_worry_is(wording, decided):
    words = wording.say(_facts(*(Told("a child", code) for code in decided)), HOUSE)
    worry = (
        r"\b(abuse|neglect|harm|violence|missing|exploit\w*|allegation|protect\w*|child|safeguard(?!ing partners)\w*)\b"
    )
    assert not re.search(worry, f"{words.subject} {words.plain}".casefold())


def test_every_safeguarding_outcome_sounds_the_same_in_an_email():
    said = {rules.kept_short([outcome.code]) for outcome in codes.OUTCOMES if outcome.safeguarding}
    assert len(said) == 1


def test_several_outcomes_are_not_told_apart_in_an_email():
    assert "more than one thing" in rules.kept_short(["nfa", "immediate_protection"]).outcome


@pytest.mark.parametrize("medium", ["email", "text"])
@pytest.mark.parametrize("name", ["child", "reason", "next_step", "outcome", "story"])
def test_a_text_that_asks_for_more_than_it_may_cannot_be_written(medium, name):
    with pytest.raises(rules.ForbiddenField):
        Wording(f"acknowledgement.public.{medium}", 1, "", f"[each child]\nAbout {{{name}}}.\n[end]")


def test_a_subject_holds_the_councils_name_and_the_reference_alone():
    with pytest.raises(rules.ForbiddenField):
        Wording("acknowledgement.public.letter", 1, "About {child}", "Words.")
    for wording in _each(Medium.EMAIL):
        subject = wording.say(_facts(), HOUSE).subject
        assert subject == "Your message to Peterborough City Council, reference 874-W-000123"


@pytest.mark.parametrize("wording", _each(*Medium), ids=lambda wording: wording.name)
def test_every_text_says_how_to_speak_to_a_social_worker(wording):
    words = wording.say(_facts(Told("Noah", "early_help")), HOUSE)
    assert "social worker" in words.plain
    assert "call_back_promise" in wording.name or HOUSE.phone in words.plain or wording.medium is Medium.SPOKEN


@pytest.mark.parametrize("wording", _each(Medium.EMAIL, Medium.TEXT, Medium.LETTER), ids=lambda wording: wording.name)
def test_every_text_that_goes_out_says_999(wording):
    assert "999" in wording.say(_facts(), HOUSE).plain


@pytest.mark.parametrize("wording", _each(Medium.EMAIL, Medium.LETTER), ids=lambda wording: wording.name)
def test_every_letter_and_email_says_when_a_social_worker_answers(wording):
    plain = wording.say(_facts(), HOUSE).plain
    assert HOUSE.hours in plain
    assert HOUSE.night_phone in plain


def test_the_address_for_a_call_back_is_given_where_the_council_has_one():
    wording = rules.wording(rules.Kind.ACKNOWLEDGEMENT, rules.Audience.PUBLIC, Medium.EMAIL)
    assert "rung back" not in wording.say(_facts(), HOUSE).plain
    with_page = replace(HOUSE, call_back="https://example.org/call-back")
    assert "rung back: https://example.org/call-back" in wording.say(_facts(), with_page).plain


@pytest.mark.parametrize("wording", _each(Medium.TEXT), ids=lambda wording: wording.name)
def test_a_text_message_is_short_enough_for_two(wording):
    assert len(wording.say(_facts(), HOUSE).plain) <= 306


@pytest.mark.parametrize("wording", _each(*Medium), ids=lambda wording: wording.name)
def test_sentences_are_short(wording):
    words = wording.say(_facts(Told("Noah", "early_help")), HOUSE)
    for sentence in re.split(r"(?<=[.?!:])\s", words.plain.replace("\n\n", ". ")):
        assert len(sentence.split()) <= 26, sentence


def test_a_professionals_letter_says_each_childs_outcome_reason_and_next_step():
    wording = rules.wording(rules.Kind.OUTCOME_PROFESSIONAL, rules.Audience.PROFESSIONAL, Medium.LETTER)
    words = wording.say(
        _facts(Told("Noah Hallam", "referral_assessment", "He came to school hurt."), Told("Ivy Hallam", "nfa")), HOUSE
    )
    assert "What we decided: A social worker will assess what the child needs." in words.plain
    assert "Why: He came to school hurt." in words.plain
    assert [block.text for block in words.blocks if block.heading][:2] == ["Noah Hallam", "Ivy Hallam"]
    for part in ("Whom to call about it", "If you do not agree", "the hub, 01632 960124"):
        assert part in words.plain


def test_a_professionals_email_has_the_five_parts_in_words_that_tell_nothing():
    wording = rules.wording(rules.Kind.OUTCOME_PROFESSIONAL, rules.Audience.PROFESSIONAL, Medium.EMAIL)
    plain = wording.say(_facts(Told("Noah Hallam", "lado", "Against the coach.")), HOUSE).plain
    for part in ("What we decided", "Why", "What happens next", "Whom to call about it", "If you do not agree"):
        assert f"\n{part}\n" in plain
    assert "taking this further" in plain
    assert "coach" not in plain


def test_the_public_hear_that_it_was_decided_and_not_what():
    wording = rules.wording(rules.Kind.OUTCOME_PUBLIC, rules.Audience.PUBLIC, Medium.LETTER)
    words = wording.say(_facts(Told("Noah Hallam", "immediate_protection", "Taken into protection.")), HOUSE)
    assert "Noah" not in words.plain
    assert "protect" not in words.plain
    assert "cannot tell you more" in words.plain


@given(typed)
def test_what_was_typed_makes_no_heading_and_no_field(text):
    wording = rules.wording(rules.Kind.OUTCOME_PROFESSIONAL, rules.Audience.PROFESSIONAL, Medium.LETTER)
    plain = wording.say(_facts(Told("Noah", "nfa", "because")), HOUSE)
    hostile = wording.say(_facts(Told("Noah", "nfa", f"# {{phone}}\n\n# {text} [end]")), HOUSE)
    assert [block.heading for block in hostile.blocks] == [block.heading for block in plain.blocks]
    assert f"# {{phone}}\n\n# {text} [end]" in hostile.plain


@given(
    st.builds(
        Facts, reference=st.text(max_size=20), received_at=st.just(AT), decide_by=st.none() | st.just(AT),
        decided_at=st.none() | st.just(AT), ring_by=st.none() | st.just(AT), contact=st.text(max_size=20),
        told=st.lists(told, max_size=3).map(tuple),
        services=st.lists(st.builds(rules.Service, st.text(max_size=9), st.text(max_size=9)), max_size=2).map(tuple),
    )
)  # fmt: skip
def test_facts_come_back_from_the_row_as_they_were(facts):
    assert rules.facts_of(rules.kept(facts)) == facts


def test_no_fact_is_forgotten_in_the_row():
    assert {field.name for field in fields(Facts)} == {
        "reference", "received_at", "decide_by", "decided_at", "ring_by", "contact", "told", "services",
    }  # fmt: skip


def test_a_heading_with_nothing_under_it_is_left_out():
    wording = Wording("acknowledgement.public.letter", 9, "S", "# One\n\n{call_back}\n\n# Two\n\nWords.\n\n# Three")
    assert [block.text for block in wording.say(_facts(), HOUSE).blocks] == ["Two", "Words."]


def test_whom_to_call_is_always_said():
    wording = rules.wording(rules.Kind.OUTCOME_PROFESSIONAL, rules.Audience.PROFESSIONAL, Medium.EMAIL)
    assert "Call the hub, 01632 960124." in wording.say(_facts(Told("Noah", "nfa")), HOUSE).plain
    without = replace(_facts(Told("Noah", "nfa")), contact="")
    assert f"Call us on {HOUSE.phone}." in wording.say(without, HOUSE).plain


def test_words_never_change_under_a_version_that_was_sent():
    """Change a text and this fails: give the new words the next version, and add its mark here."""
    assert {f"{each.name}.{each.version}": each.mark for each in WORDINGS.values()} == MARKS


MARKS = {
    "acknowledgement.professional.email.1": "7a6e87e50be9",
    "acknowledgement.public.email.1": "7fc1e1823283",
    "acknowledgement.child.email.1": "928110d1d5bb",
    "outcome_professional.professional.email.1": "6ce55a86d474",
    "outcome_public.public.email.1": "9c3ea301d702",
    "outcome_child.child.email.1": "4eef2e4416f3",
    "call_back_promise.professional.email.1": "a162cc20ceda",
    "call_back_promise.public.email.1": "a162cc20ceda",
    "call_back_promise.child.email.1": "a162cc20ceda",
    "acknowledgement.professional.text.1": "daa501d1c651",
    "acknowledgement.public.text.1": "b8b65b246bd3",
    "acknowledgement.child.text.1": "ab7e18811243",
    "outcome_professional.professional.text.1": "4b10004fac5d",
    "outcome_public.public.text.1": "f0f151075c7e",
    "outcome_child.child.text.1": "bad0c5641dd9",
    "call_back_promise.professional.text.1": "2f5c633bdc9f",
    "call_back_promise.public.text.1": "2f5c633bdc9f",
    "call_back_promise.child.text.1": "2f5c633bdc9f",
    "acknowledgement.professional.letter.1": "ca60783813c9",
    "acknowledgement.public.letter.1": "c69df0bab0e4",
    "acknowledgement.child.letter.1": "a782d00d05ba",
    "outcome_professional.professional.letter.1": "38cbdb2707cd",
    "outcome_public.public.letter.1": "e2ad995f391e",
    "outcome_child.child.letter.1": "46560a918812",
    "call_back_promise.professional.letter.1": "39950c9d67da",
    "call_back_promise.public.letter.1": "39950c9d67da",
    "call_back_promise.child.letter.1": "39950c9d67da",
    "acknowledgement.professional.spoken.1": "417d42b34d1c",
    "acknowledgement.public.spoken.1": "aca29319d2d7",
    "acknowledgement.child.spoken.1": "59bbc46e6a84",
    "outcome_professional.professional.spoken.1": "544df5016509",
    "outcome_public.public.spoken.1": "bbe2f1202e69",
    "outcome_child.child.spoken.1": "f5e2f193f150",
    "call_back_promise.professional.spoken.1": "029c8d252401",
    "call_back_promise.public.spoken.1": "029c8d252401",
    "call_back_promise.child.spoken.1": "029c8d252401",
    "family_arrived.parent.letter.1": "d1b6a35429fc",
    "family_decided.parent.letter.1": "e6953670cb27",
    "family_arrived.child.letter.1": "26abd51cf427",
    "family_decided.child.letter.1": "b6ef1a4a7a58",
    "family_arrived.parent.spoken.1": "1d73b0ffe885",
    "family_decided.parent.spoken.1": "3a0cff3d601a",
    "family_arrived.child.spoken.1": "62868532edcd",
    "family_decided.child.spoken.1": "68d011b5c48a",
    "services.professional.email.1": "5bcaa8e2c5ee",
    "services.public.email.1": "5bcaa8e2c5ee",
    "services.child.email.1": "5bcaa8e2c5ee",
    "services.professional.letter.1": "de7c415bb9ce",
    "services.public.letter.1": "de7c415bb9ce",
    "services.child.letter.1": "de7c415bb9ce",
    "services.professional.text.1": "50019c9240a6",
    "services.public.text.1": "50019c9240a6",
    "services.child.text.1": "50019c9240a6",
    "services.professional.spoken.1": "42b93bb125f3",
    "services.public.spoken.1": "42b93bb125f3",
    "services.child.spoken.1": "42b93bb125f3",
}
