"""What is typed into one box is taken apart whatever it is, and the same words mean the same however they are typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.matching.rules.searching import LONGEST, Question, asked
from frontdoor.matching.rules.searching_hits import Known, NameLine, fits, likeness

TODAY = date(2026, 11, 22)
WORD = st.text("abcdefghijklmnoprstuvwz", min_size=4, max_size=9).filter(lambda word: word[-1] not in "aeiouy")
PARTS = ["jamie", "dubock", "kowalska", "okafor", "hussain", "tarrow"]
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3, unique=True)
WRITTEN = ["{:%d/%m/%Y}", "{:%d.%m.%Y}", "{:%Y-%m-%d}", "{:%d %B %Y}", "{:%d%m%Y}", "{:%d-%b-%Y}"]
DAYS = st.dates(date(1940, 1, 1), TODAY)


def on(text: str) -> Question:
    return asked(text, on=TODAY)


@given(st.text(max_size=2 * LONGEST))
def test_whatever_is_typed_is_read_and_settles_on_one_digest(text: str) -> None:
    question = on(text)
    assert question.settled == on(f"  {text} ").settled or len(text) > LONGEST - 3
    assert len(question.all_words) <= 6


@given(
    NAMES,
    DAYS,
    st.sampled_from(WRITTEN),
)
def test_a_date_is_found_in_any_writing_and_anywhere(words: list[str], born: date, form: str) -> None:
    said = form.format(born)
    for text in (" ".join([*words, said]), " ".join([said, *words])):
        question = on(text)
        assert question.born == born
        assert list(question.words) == words


@given(
    NAMES, st.integers(0, 17), st.sampled_from(["{} yo", "{}yo", "aged {}", "{} years old", "age {}", "{}y", "{} yrs"])
)
def test_an_age_is_the_days_on_which_somebody_of_that_age_was_born(words: list[str], age: int, form: str) -> None:
    question = on(" ".join([*words, form.format(age)]))
    assert question.years is not None
    assert list(question.words) == words
    assert question.years.last == date(TODAY.year - age, TODAY.month, TODAY.day)
    assert question.years.last - question.years.first >= timedelta(364)


@given(NAMES, st.permutations(["pe3 6ab", "01632 960123", "999 087 1779", "a@example.org"]))
def test_numbers_and_places_are_found_in_any_order(words: list[str], said: list[str]) -> None:
    question = on(" ".join([*words, *said]))
    assert (question.postcode, question.phone, question.email) == ("PE3 6AB", "632960123", "a@example.org")
    assert question.identifiers == (("nhs", "9990871779"),)
    assert list(question.words) == words


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("874-T-000123", {"receipt": "874-T-000123"}),
        ("unborn setchfield", {"unborn": True, "words": ("setchfield",)}),
        ("Dubock, Jamie", {"family": ("dubock",), "given": ("jamie",)}),
        ("12 Mill Ln, jamie", {"street": "12 mill lane", "words": ("jamie",)}),
        ("jamie at st john's primary", {"school": "st johns primary", "words": ("jamie",)}),
        ("7 year old girl nowak pe3", {"sex": "F", "district": "PE3", "words": ("nowak",)}),
        ("o'brien", {"words": ("obrien",)}),
        ("31/2/2016 nowak", {"born": None, "words": ("nowak",)}),
        ("nowak 4/16/2016", {"born": date(2016, 4, 16)}),
        ("nowak 3/4/16", {"born": date(2016, 4, 3)}),
        ("nowak 3/4/88", {"born": date(1988, 4, 3)}),
        ("pe3 7yo amina", {"postcode": "", "district": "PE3", "words": ("amina",)}),
    ],
)
def test_what_callers_say_is_taken_for_what_it_is(typed: str, part: dict[str, object]) -> None:
    question = on(typed)
    assert {name: getattr(question, name) for name in part} == part


@given(WORD, st.integers(0, 100))
def test_a_word_fits_itself_best_and_its_beginning_less_and_nothing_more_than_whole(word: str, place: int) -> None:
    slip = place % len(word)
    assert likeness(word, word) == (1.0, "")
    for typed in (word[:3], word[:slip] + "q" + word[slip:], word[:slip] + word[slip + 1 :]):
        assert 0.5 < likeness(typed, word)[0] <= 1.0


@given(WORD, WORD, DAYS)
def test_the_person_themselves_fits_whole_and_somebody_with_nothing_in_common_never(
    given_name: str, family: str, born: date
) -> None:
    known = Known((NameLine("legal", True, "As written", (given_name,), (family,)),), (("known", born),))
    question = Question(words=(given_name, family), born=born)
    verdict = fits(question, known, on=TODAY)
    assert verdict is not None
    assert verdict.share == pytest.approx(1)
    assert verdict.strength == "strong"
    stranger = Known((NameLine("legal", True, "Xyx", ("xyx",), ("yxxxyxy",)),), (("known", born + timedelta(900)),))
    assert fits(question, stranger, on=TODAY) is None


def test_a_name_alone_speaks_for_somebody_only_where_it_is_whole() -> None:
    known = Known((NameLine("legal", True, "As written", ("jamie",), ("dubock",)),), (("known", date(2016, 4, 3)),))
    verdict = fits(on("jamie dubok 20/11/1999"), known, on=TODAY)
    assert verdict is not None
    assert (verdict.strength, verdict.namesake) == ("possible", True)
    assert verdict.against == ("Another date of birth: born 3 April 2016",)
    assert fits(on("jamie 20/11/1999"), known, on=TODAY) is None
    assert fits(on("jamie kowalska 20/11/1999"), known, on=TODAY) is None


def test_a_former_name_that_explains_a_word_is_the_reason() -> None:
    lines = (
        NameLine("legal", True, "Jamie Dubock", ("jamie",), ("dubock",)),
        NameLine("former", False, "Hale", (), ("hale",)),
    )
    verdict = fits(on("jamie hale"), Known(lines), on=TODAY)
    assert verdict is not None
    assert "Former name: Hale, no longer used" in verdict.reasons
