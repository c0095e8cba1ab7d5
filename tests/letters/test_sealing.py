"""How a protected address is sealed, as pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.letters import rules
from frontdoor.letters.rules.passages import Sealed, passages
from frontdoor.letters.rules.sealing import CannotOpen

KEY, OTHER = rules.fresh_key(), rules.fresh_key()


@given(st.text(max_size=300))
def test_what_is_sealed_opens_with_its_key_at_its_place_alone(text):
    sealed = rules.seal(text.encode(), KEY, bound_to="874:a")
    assert rules.open_sealed(sealed, KEY, bound_to="874:a").decode() == text
    for key, place in ((OTHER, "874:a"), (KEY, "873:a"), (KEY, "874:b")):
        with pytest.raises(CannotOpen):
            rules.open_sealed(sealed, key, bound_to=place)


def test_the_same_words_are_never_sealed_to_the_same_bytes():
    assert rules.seal(b"1 Hidden Lane", KEY, bound_to="x") != rules.seal(b"1 Hidden Lane", KEY, bound_to="x")


@pytest.mark.parametrize(
    "text",
    [
        "She lives at 14 Hidden Lane now.", "moved to 14 HIDDEN LANE", "post it to pe1 1aa please", "PE1  1AA",
        "14, Hidden Lane, Peterborough, PE1 1AA",
    ],
)  # fmt: skip
def test_a_text_that_holds_the_address_is_recognised_however_it_was_typed(text):
    marks = rules.address_marks("14 Hidden Lane, Peterborough, PE1 1AA", KEY)
    assert passages(text, sealed=[Sealed(KEY, frozenset(marks))])


@pytest.mark.parametrize("text", ["She lives at 15 Hidden Lane.", "PE1 1AB", "", "Hidden behind the lane"])
def test_another_address_is_not_taken_for_it(text):
    marks = rules.address_marks("14 Hidden Lane, Peterborough, PE1 1AA", KEY)
    assert not passages(text, sealed=[Sealed(KEY, frozenset(marks))])


def test_the_marks_say_nothing_without_the_key():
    assert set(rules.address_marks("14 Hidden Lane, PE1 1AA", KEY)).isdisjoint(
        rules.address_marks("14 Hidden Lane, PE1 1AA", OTHER)
    )
