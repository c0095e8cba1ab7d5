"""What the guard finds in words that somebody typed, as pure rules; and that it misses no more than is published."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.config.measuring import guarding
from frontdoor.letters import rules
from frontdoor.letters.rules.hidden import Form, Kept, Kind
from frontdoor.letters.rules.passages import KEPT_BACK, Sealed, mark, passages, pieces, without
from frontdoor.letters.rules.sealing import former_marks

KEY = rules.fresh_key()
ADDRESS = "Flat 2, 14 Hidden Lane, Peterborough, PE1 1AA"
MARKS = frozenset(rules.address_marks(ADDRESS, KEY))
SCHOOL = Kept(Kind.SCHOOL, "Larkspur Fen Primary School")
TELLER = Kept(Kind.NAME, "Catherine Ashdown", "somebody who told us")


def _of_address(text: str, *, near: bool = False) -> list[str]:
    found = passages(text, sealed=[Sealed(KEY, MARKS, MARKS if near else frozenset())])
    return [text[each.starts : each.ends] for each in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Now at 14 HIDDEN LN.", "14 HIDDEN LN"), ("at fourteen Hidden Lane", "fourteen Hidden Lane"),
        ("at 14\nHid-\nden Lane, March", "14\nHid-\nden Lane"), ("1 4 H i d d e n L a n e", "1 4 H i d d e n L a n e"),
        ("14 Hiden Lane", "14 Hiden Lane"), ("P E 1 - 1 A A", "P E 1 - 1 A A"), ("pel 1aa", "pel 1aa"),
        ("PE one one AA", "PE one one AA"), ("PE1 1 on Monday", "PE1 1"), ("14 Нiddеn Lane", "14 Нiddеn Lane"),
    ],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written_and_the_passage_is_its_own(text, told):
    assert _of_address(text) == [told]


@pytest.mark.parametrize("text", ["the PE1 area", "somewhere in Hidden Lane"])
def test_a_district_or_a_street_tells_where_somebody_lives_only_of_those_in_the_matter(text):
    assert not _of_address(text)
    assert _of_address(text, near=True)


@pytest.mark.parametrize("text", ["PE1 1AB", "PE2 1AA", "15 Hidden Lane", "14 Open Lane", "PE1 1AB is theirs", "at 14"])
def test_another_address_is_not_taken_for_it(text):
    assert not _of_address(text)


def test_a_school_and_whoever_told_us_are_found_and_the_reason_names_nobody():
    text = "They go to Larkspur Fen. Kate Ashdown said so on +44 (0)1632 960123."
    found = passages(text, [SCHOOL, TELLER, Kept(Kind.PHONE, "01632 960123")])
    assert [(each.kind, text[each.starts : each.ends]) for each in found] == [
        (Kind.SCHOOL, "Larkspur Fen"), (Kind.NAME, "Kate Ashdown"), (Kind.PHONE, "44 (0)1632 960123"),
    ]  # fmt: skip
    whys = " ".join(each.why for each in found)
    assert "kept secret" in whys
    assert "told us" in whys
    assert not {"Larkspur", "Ashdown", "Catherine", "960123"} & set(whys.replace(".", "").split())


def test_a_text_is_cut_where_something_stands_and_a_copy_goes_without_it():
    text = "They go to Larkspur Fen now."
    found = passages(text, [SCHOOL])
    assert "".join(piece.text for piece in pieces(text, found)) == text
    assert [bool(piece.why) for piece in pieces(text, found)] == [False, True, False]
    assert without(text, found) == f"They go to {KEPT_BACK} now."


def test_a_release_covers_these_words_with_these_passages_alone():
    text = "They go to Larkspur Fen now."
    once = mark(passages(text, [SCHOOL]), text)
    assert once == mark(passages(text, [SCHOOL]), text)
    changed = f"{text} Larkspur Fen."
    assert once != mark(passages(changed, [SCHOOL]), changed)
    assert mark((), text) == ""


def test_what_stood_under_the_former_digests_is_still_known():
    marks = former_marks("14 hidden lane", KEY)
    assert marks & former_marks("Now at 14 Hidden Lane.", KEY)
    assert not any(":" in mark for mark in marks)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_and_passages_stand_in_it_in_order(text):
    found = passages(text, [SCHOOL, TELLER], [Sealed(KEY, MARKS, MARKS)])
    assert all(0 <= each.starts < each.ends <= len(text) for each in found)
    assert all(one.ends <= other.starts for one, other in pairwise(found))
    assert without(text, found).count(KEPT_BACK) >= len(found)


def test_the_reading_of_a_text_grows_with_its_length_and_no_faster():
    from frontdoor.letters.rules import reading

    row = reading.words("one 2 three " * 400)
    assert sum(1 for _ in reading.windows(row, range(len(row)))) <= len(row) * reading.LONGEST


@pytest.mark.parametrize("sign", ["\ufdfa", "\U00013005", "\U00016809", "a1", "\u00bd"])
def test_no_sign_makes_a_text_longer_than_it_is(sign):
    from frontdoor.letters.rules import reading

    for text in (sign * 500, f"{sign} " * 500):
        assert all(len(row) <= len(text) for row, _ in reading.rows(text))


ALLOWED = {"address": 0.03, "postcode": 0.01, "telephone": 0.01, "e-mail": 0.01, "school": 0.08, "name": 0.1}
"""The share missed at most, of all forms of a kind; docs/guarding.md says what was measured."""


def test_no_more_is_missed_and_raised_in_vain_than_is_published():
    counted = guarding.measure(each=8, clean=100)
    missed = {kind: counted.missed_of(kind) for kind in guarding.KINDS}
    assert all(missed[kind] <= ALLOWED[kind] for kind in guarding.KINDS), missed
    assert counted.false_documents / counted.clean <= 0.05


def test_the_same_seed_writes_the_same_documents():
    once, again = (guarding.document(Random(7), "", guarding.facts(Random(8))) for _ in range(2))  # noqa: S311 (invented documents)
    assert once == again


def test_a_short_form_counts_as_one():
    assert [each.form for each in passages("LFPS rang", [SCHOOL])] == [Form.INITIALS]
