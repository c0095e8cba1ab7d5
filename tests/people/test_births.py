"""When somebody was born, as far as it is known, and the age that follows."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontdoor.people.rules import births
from frontdoor.people.rules.births import Basis, Born

TODAY = date(2026, 4, 2)
days = st.dates(date(1930, 1, 1), date(2030, 12, 31))


@given(st.integers(0, 110), days)
def test_somebody_about_so_old_is_so_old_on_that_day_and_never_born_on_the_first_of_a_month(years, on):
    born = births.of_age(years, on=on)
    assert births.age_on(born, on) == years
    assert births.ages_on(born, on) == (years, years)
    assert born.on is not None
    assert born.on.day != 1
    assert born.first <= born.on <= born.last


@given(st.integers(0, 110), days)
def test_the_days_on_which_somebody_of_an_age_may_be_born_are_all_days_that_make_them_so_old(years, on):
    assume((on.month, on.day) != (2, 29))
    born = births.of_age(years, on=on)
    assert births.years_between(born.first, on) == years
    assert births.years_between(born.last, on) == years
    assert births.years_between(born.first - timedelta(days=1), on) == years + 1
    assert born.last == on or births.years_between(born.last + timedelta(days=1), on) == years - 1


@given(days, days)
def test_whole_years_are_counted_by_birthdays(born, on):
    assume(born <= on)
    birthdays = 0
    while True:
        year = born.year + birthdays + 1
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if birthday > on:
            break
        birthdays += 1
    assert births.years_between(born, on) == birthdays


def test_a_month_stands_as_its_fifteenth():
    assert births.of_month(2014, 2) == Born(
        basis=Basis.ESTIMATED, on=date(2014, 2, 15), first=date(2014, 2, 1), last=date(2014, 2, 28)
    )


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (births.known(date(2016, 4, 2)), "10 years"),
        (births.of_age(10, on=TODAY), "about 10"),
        (births.of_age(0, on=TODAY), "under 1, estimated"),
        (births.expected(date(2026, 5, 3)), "due 3 May 2026"),
        (births.expected(date(2026, 3, 3)), "was due 3 March 2026, no birth recorded"),
        (births.disputed(date(2007, 1, 15), says=date(2010, 1, 15)), "disputed: says 16, assessed 19"),
        (births.of_rows([("disputed", date(2010, 1, 15))]), "disputed: 16 years"),
        (
            births.disputed(date(2010, 3, 15), says=date(2010, 1, 1)),
            "disputed: says 1 January 2010, assessed 15 March 2010",
        ),
        (Born(), "age not known"),
    ],
)
def test_ages_are_said_as_far_as_they_are_known(born, said):
    assert births.words(born, TODAY) == said


def test_a_known_date_is_said_with_the_age_and_an_estimated_one_never():
    assert births.full_words(births.known(date(2016, 4, 2)), TODAY) == "2 April 2016 (10 years)"
    assert births.full_words(births.of_age(10, on=TODAY), TODAY) == "about 10"


@pytest.mark.parametrize(
    ("born", "field"),
    [
        (Born(basis=Basis.KNOWN, on=date(2020, 1, 1), expected_on=date(2026, 5, 1)), "expected_on"),
        (Born(basis=Basis.EXPECTED), "expected_on"),
        (births.expected(TODAY + timedelta(days=281)), "expected_on"),
        (Born(basis=Basis.KNOWN), "on"),
        (births.known(TODAY + timedelta(days=1)), "on"),
        (births.known(date(1890, 1, 1)), "on"),
        (Born(basis=Basis.DISPUTED, on=date(2009, 1, 15)), "says"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(born, field):
    assert set(births.problems(born, on=TODAY)) == {field}


def test_a_first_of_a_month_is_refused_of_somebody_seeking_asylum_whose_day_nobody_knows():
    guessed = Born(basis=Basis.ESTIMATED, on=date(2009, 6, 1))
    assert "15th" in births.problems(guessed, on=TODAY, asylum=True)["on"]
    assert not births.problems(guessed, on=TODAY)
    assert not births.problems(births.known(date(2009, 6, 1)), on=TODAY, asylum=True)


def test_somebody_whose_age_is_disputed_is_a_child_until_it_is_decided():
    assert births.is_child(births.disputed(date(2007, 1, 15), says=date(2010, 1, 15)), TODAY)
    assert not births.is_child(births.known(date(2008, 4, 2)), TODAY)
    assert births.is_child(births.known(date(2008, 4, 3)), TODAY)
    assert births.is_child(births.expected(date(2026, 5, 3)), TODAY)


def test_an_expected_birth_is_asked_after_three_weeks():
    due = births.expected(date(2026, 3, 12))
    assert not births.overdue(due, TODAY)
    assert births.overdue(due, TODAY + timedelta(days=1))


def test_rows_of_a_person_say_what_stands():
    assert births.of_rows([("expected", date(2026, 1, 3)), ("known", date(2026, 1, 9))]) == births.known(
        date(2026, 1, 9)
    )
    says, assessed = date(2010, 1, 15), date(2007, 1, 15)
    assert births.of_rows([("disputed", says), ("disputed", assessed)]) == births.disputed(assessed, says=says)
    assert births.of_rows([("estimated", assessed), ("disputed", says)]) == births.disputed(assessed, says=says)
    assert births.of_rows([]) == Born()
    assert births.ages_on(births.of_rows([("estimated", date(2014, 7, 15))]), TODAY) == (11, 12)
