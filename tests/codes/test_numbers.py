"""NHS and pupil numbers: check digits, traps, and words for the person who typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.codes import rules

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.mark.parametrize("number", ["9434765919", "943 476 5919", "9449306753", "450-557-7104"])
def test_right_nhs_numbers_come_back_as_ten_digits(number):
    assert len(rules.nhs_number(number)) == 10


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("9434765918", "one of its digits"),
        ("1234567890", "one of its digits"),
        ("0000000000", "not a real"),
        ("9999999999", "not a real"),
        ("943476591", "10 digits"),
        ("94347659١٩", "10 digits"),
        ("", "10 digits"),
        ("not known", "10 digits"),
    ],
)
def test_wrong_nhs_numbers_are_refused_with_a_reason(number, why):
    with pytest.raises(rules.NotANumber, match=why):
        rules.nhs_number(number)


@given(st.integers(1, 999_999_998), st.integers(0, 8), st.integers(1, 9))
def test_any_single_wrong_digit_in_an_nhs_number_is_caught(stem, place, change):
    weighted = sum(int(digit) * weight for digit, weight in zip(f"{stem:09d}", range(10, 1, -1), strict=True))
    check = (11 - weighted % 11) % 11
    if check == 10:
        return
    right = f"{stem:09d}{check}"
    assert rules.nhs_number(right) == right
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]
    with pytest.raises(rules.NotANumber):
        rules.nhs_number(wrong)


def test_an_nhs_number_is_shown_in_three_groups():
    assert rules.shown_nhs_number("9434765919") == "943 476 5919"


@pytest.mark.parametrize("number", ["B801200005001", "b801 2000 05 001"])
def test_right_pupil_numbers_come_back_in_one_piece(number):
    assert rules.pupil_number(number) == "B801200005001"


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("A801200005001", "letter does not fit"),
        ("E000200005001", "not those of a council"),
        ("X80120000A001", "a letter and 12 digits"),
        ("I801200005001", "a letter and 12 digits"),
        ("B80120000500", "a letter and 12 digits"),
        ("", "a letter and 12 digits"),
    ],
)
def test_wrong_pupil_numbers_are_refused_with_a_reason(number, why):
    with pytest.raises(rules.NotANumber, match=why):
        rules.pupil_number(number)


@pytest.mark.parametrize(
    "council", ["838", "839", "940", "941", "942", "943", "001", "660", "681", "701", "708", "820", "928"]
)
def test_councils_made_since_2011_and_gone_before_are_known_in_pupil_numbers(council):
    digits = f"{council}20000500"
    alphabet = LETTERS + "0123456789"
    for last in ("1", "A"):
        rest = digits + last
        check = LETTERS[
            sum(place * alphabet_value(alphabet, character) for place, character in enumerate(rest, 2)) % 23
        ]
        assert rules.pupil_number(check + rest) == check + rest


def alphabet_value(alphabet: str, character: str) -> int:
    return int(character) if character.isdigit() else alphabet.index(character)
