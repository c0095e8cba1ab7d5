"""How names are read: in every script and community, and always the same whichever way they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.people.rules import names, places
from frontdoor.people.rules.probes import asked, probes
from frontdoor.people.rules.records import Called, Record

LETTERS = st.text(st.characters(categories=["L", "M", "Zs", "Pd", "Po"]), max_size=30)


@given(LETTERS)
def test_folding_twice_is_folding_once(text):
    assert names.fold(names.fold(text)) == names.fold(text)
    assert names.transliterated(names.transliterated(text)) == names.transliterated(text)


@given(LETTERS)
def test_any_text_is_carried_over_to_plain_letters(text):
    assert set(names.transliterated(text)) <= set("abcdefghijklmnopqrstuvwxyz ")
    assert set(names.sound(text)) <= set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "OBRIEN"),
        ("O’Brien", "O'brien"),
        ("Smith-Jones", "Smith Jones"),
        ("Łukasz", "Lukasz"),
        ("Bērziņš", "Berzins"),
        ("Đorđe", "dorde"),
        ("Søren", "Soren"),
        ("Strauß", "Strauss"),
        ("Nguyễn", "Nguyen"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_accents_apostrophes_hyphens_and_case_do_not_count(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Muhamad"),
        ("Mohammed", "محمد"),
        ("Шевченко", "Shevchenko"),
        ("Szewczenko", "Shevchenko"),
        ("Gurpreet", "ਗੁਰਪ੍ਰੀਤ"),
        ("Fatema", "ফাতেমা"),
        ("Kovalsky", "Kowalski"),
        ("Khalid", "Kalid"),
        ("Stephen", "Stefen"),
        ("Yusuf", "Yousef"),
    ],
)
def test_the_same_name_from_another_hand_or_script_sounds_the_same(one, other):
    assert names.sound(one) == names.sound(other)


@pytest.mark.parametrize(
    "family",
    [
        ("Petrauskas", "Petrauskienė", "Petrauskaitė"),
        ("Kowalski", "Kowalska"),
        ("Bērziņš", "Bērziņa"),
        ("Ivanov", "Ivanova"),
        ("Ковальський", "Kovalskyi"),
    ],
)
def test_a_family_name_is_one_for_man_wife_and_daughter(family):
    assert len({names.family_sound(name) for name in family}) == 1


PET_NAMES = [("Liz", "Beth"), ("Bob", "Robert"), ("Kasia", "Katarzyna"), ("Sasha", "Oleksandr")]


@pytest.mark.parametrize(("one", "other"), PET_NAMES)
def test_pet_names_stand_for_full_ones(one, other):
    assert names.same_by_nickname(names.fold(one), names.fold(other))


@pytest.mark.parametrize("given_name", ["", "Baby", "Baby girl", "Twin 2", "Unborn", "Infant of", "not known"])
def test_a_stand_in_for_a_name_is_none(given_name):
    assert names.is_placeholder(given_name)
    assert names.parts(given_name) == ()


@pytest.mark.parametrize("word", ["Ali", "Baptiste", "Girling", "Mai", "Boyd"])
def test_a_name_that_looks_like_a_stand_in_is_kept(word):
    assert not names.is_placeholder(word)


@pytest.mark.parametrize(
    ("line", "house"),
    [
        ("22 Welbourne Rise", ("22", "welbourne rise")),
        ("Flat 2, 15 Mill Rd, Peterborough", ("15", "mill road")),
        ("15a Mill Road", ("15", "mill road")),
        ("The Old Rectory", ("", "the old rectory")),
    ],
)
def test_a_house_is_read_out_of_a_line(line, house):
    assert places.house(line) == house


WHOLE = Record(
    names=(Called("Rūta Ona", "Petrauskienė"),),
    born=date(2012, 4, 3),
    postcodes=("PE1 2AB",),
    addresses=("12 Fen View",),
    identifiers=(("nhs", "9990871779"),),
    phones=("07700 900123",),
    relatives=(Called("Jonas", "Petrauskas"),),
)


@pytest.mark.parametrize(
    "said",
    [
        Record(names=(Called("Ruta", "Petrauskaite"),), born=date(2012, 4, 3)),
        Record(names=(Called("Petrauskas", "Ruta"),), born=date(2012, 4, 3)),
        Record(names=(Called("Ruta", "Petrauskas"),), born=date(2012, 3, 4)),
        Record(names=(Called("Ruta", "Petrauskas"),), born=date(2011, 4, 3)),
        Record(names=(Called("Ruta", "Petrauskas"),), born=date(2012, 4, 13)),
        Record(names=(Called("Ruta", "Petrauskas"),), age=14, age_on=date(2026, 11, 1)),
        Record(names=(Called("Ruta", "Ionescu"),), born=date(2012, 4, 3)),
        Record(names=(Called("Ruta", "Ionescu"),), born=date(2012, 3, 4)),
        Record(names=(Called("Rita", "Petrovska"),), born=date(2012, 4, 3)),
        Record(names=(Called("Рута", "Петраускене"),), born=date(2012, 4, 3)),
        Record(names=(Called("Ruta", ""),), postcodes=("pe12ab",)),
        Record(names=(Called("", "Petrauskas"),), postcodes=("PE1 2AB",)),
        Record(names=(Called("Ruta", ""),), addresses=("12, Fen View, Peterborough",)),
        Record(names=(Called("Ruta", ""),), relatives=(Called("Jonas", "Petrauskas"),)),
        Record(names=(Called("Someone", "Else"),), phones=("+44 7700 900123",)),
        Record(identifiers=(("nhs", "999 087 1779"),)),
        Record(names=(Called("Ruta", "Petrauskas"),)),
    ],
)
def test_somebody_is_found_however_they_are_told_of(said):
    assert asked(said) & probes(WHOLE)


def test_somebody_else_is_not_found():
    other = Record(names=(Called("Adaeze", "Okafor"),), born=date(2012, 4, 4), postcodes=("PE2 9LG",))
    assert not asked(other) & probes(WHOLE)


def test_a_common_name_alone_finds_nobody():
    common = Record(names=(Called("Mohammed", "Khan"),))
    assert not asked(common)
    assert asked(Record(names=(Called("Mohammed", "Khan"),), born=date(1990, 5, 5)))


def test_what_a_person_is_found_by_is_the_same_on_every_machine():
    assert probes(Record(identifiers=(("nhs", "9990871779"),))) == {2990528560186161508}


def test_numbers_fit_a_column_of_the_database():
    assert all(-(2**63) <= token < 2**63 for token in probes(WHOLE))
    assert len(probes(WHOLE)) < 25


@pytest.mark.parametrize("said", ["Unborn", "", "Baby"])
def test_a_child_not_yet_born_is_found_by_mother_or_postcode_within_a_month(said):
    mother = Called("Chidinma", "Nwosu")
    unborn = Record(names=(Called("", "Nwosu"),), expected=date(2026, 4, 9), relatives=(mother,))
    kept = probes(unborn)
    assert kept & asked(Record(names=(Called(said, "Nwosu"),), expected=date(2026, 4, 28)))
    assert kept & asked(Record(names=(Called(said, "Tetteh"),), expected=date(2026, 3, 28), relatives=(mother,)))
    assert not kept & asked(Record(names=(Called(said, "Nwosu"),), expected=date(2026, 8, 28)))
