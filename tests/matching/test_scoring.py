"""What is said of two records: the reasons, the rules above the weights, and that nobody's community costs them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.matching.rules import weights as files
from frontdoor.matching.rules.scoring import ALMOST_CERTAIN, LIKELY, POSSIBLE, Verdict, ranked, weigh
from frontdoor.people.rules.records import ESTIMATED, Called, Record

TABLE = files.weights().among(200_000)
ZARA = Record(
    names=(Called("Zara", "Iqbal"),), born=date(2018, 5, 12), sex="F", postcodes=("PE1 4SN",),
    addresses=("41 Harewood Terrace",), relatives=(Called("Zahra", "Iqbal"), Called("Saima", "Iqbal")),
)  # fmt: skip
ZAHRA = replace(ZARA, names=(Called("Zahra", "Iqbal"),), relatives=(Called("Zara", "Iqbal"), Called("Saima", "Iqbal")))
COUSIN = replace(
    ZARA, born=date(2018, 2, 11), addresses=("43 Harewood Terrace",),
    relatives=(Called("Imran", "Iqbal"), Called("Nadia", "Iqbal")),
)  # fmt: skip
RUTA = Record(
    names=(Called("Rūta", "Petrauskaitė"),), born=date(2015, 4, 3), sex="F", postcodes=("PE1 2AB",),
    addresses=("12 Fen View",), relatives=(Called("Jonas", "Petrauskas"),),
)  # fmt: skip


def said(mention: Record, known: Record) -> Verdict:
    """The verdict in an index of two hundred thousand."""
    return weigh(mention, known, by=TABLE)


CALLED = st.builds(
    Called,
    given=st.sampled_from(["", "Zara", "Zahra", "Ruta", "Рута", "Mohammed", "Muhammad Ali", "Jo", "Baby", "J"]),
    family=st.sampled_from(["", "Iqbal", "Petrauskas", "Petrauskaitė", "Smith-Jones", "Jones", "Zara", "Li"]),
)
DAYS = st.none() | st.sampled_from(
    [date(2018, 5, 12), date(2018, 12, 5), date(2018, 1, 1), date(1988, 5, 12), date(2017, 5, 12)]
)
RECORDS = st.builds(
    Record,
    names=st.lists(CALLED, min_size=1, max_size=2).map(tuple),
    born=DAYS,
    age=st.none() | st.integers(0, 40),
    age_on=st.just(date(2026, 11, 1)),
    sex=st.sampled_from(["", "F", "M"]),
    postcodes=st.sampled_from([(), ("PE1 4SN",), ("PE1 4SM", "PE2 9LG"), ("CB1 1AA",)]),
    addresses=st.sampled_from([(), ("41 Harewood Terrace",), ("43 Harewood Ter",)]),
    identifiers=st.sampled_from([(), (("nhs", "9990871779"),), (("nhs", "9990872597"), ("upn", "B801200005001"))]),
    relatives=st.sampled_from([(), (Called("Zahra", "Iqbal"),), (Called("Jo", "Li"), Called("Saima", "Iqbal"))]),
)


@settings(max_examples=150)
@given(RECORDS, RECORDS)
def test_it_does_not_matter_which_of_two_came_first(one, other):
    there, back = said(one, other), said(other, one)
    assert there.bits == pytest.approx(back.bits)
    assert (there.strength, there.twin) == (back.strength, back.twin)


@settings(max_examples=80)
@given(RECORDS, RECORDS)
def test_the_waterfall_adds_up_and_no_step_is_beyond_its_bounds(one, other):
    verdict = said(one, other)
    assert sum(step.bits for step in verdict.steps) == pytest.approx(verdict.bits)
    assert 0 <= verdict.probability <= 1
    fields = [step for step in verdict.steps if step.field not in ("before", "household")]
    assert all(files.LEAST <= step.bits <= files.MOST for step in fields)


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        (replace(RUTA, names=(Called("RUTA", "petrauskaite"),)), "Same given name: "),
        (replace(RUTA, names=(Called("Ruta", "Petrauskas"),)), "Same family name with another ending: Petrauskas, "),
        (replace(RUTA, names=(Called("Rutta", "Petrauskaite"),)), "Given name written or sounds nearly the same: Rut"),
        (replace(RUTA, names=(Called("Petrauskaite", "Ruta"),)), "Given and family name stand the other way round: "),
        (replace(RUTA, born=date(2015, 3, 4)), "Day and month of birth swapped: 4 March 2015, 3 April 2015"),
        (replace(RUTA, born=date(2015, 4, 8)), "Date of birth differs in one digit: 8 April 2015, 3 April 2015"),
        (replace(RUTA, born=None, age=11, age_on=date(2026, 11, 1)), "Age fits: about 11, born 3 April 2015"),
        (replace(RUTA, addresses=("12 fen view, Peterborough",)), "Same address: 12 fen view, Peterborough"),
        (replace(RUTA, addresses=()), "Same postcode: PE1 2AB"),
        (RUTA, "Same people around them: Jonas Petrauskas"),
        (RUTA, "Same date of birth: 3 April 2015"),
    ],
)  # fmt: skip
def test_each_reason_is_said_in_words(mention, reason):
    verdict = said(mention, RUTA)
    assert any(each.startswith(reason) for each in verdict.reasons), verdict.reasons
    assert verdict.strength in (ALMOST_CERTAIN, LIKELY)


def test_numbers_telephones_and_schools_are_reasons_too():
    one = replace(
        RUTA,
        identifiers=(("nhs", "999 087 1779"),),
        phones=("01632 960123",),
        emails=("R@example.org",),
        schools=("Fen School",),
    )
    other = replace(
        one,
        identifiers=(("nhs", "9990871779"),),
        phones=("+44 1632 960123",),
        emails=("r@example.org",),
        schools=("Fen school",),
    )
    reasons = said(one, other).reasons
    for reason in (
        "Same NHS number: 9990871779",
        "Same telephone ending 123",
        "Same e-mail address",
        "Same school: Fen School",
    ):
        assert reason in reasons


def test_a_name_in_another_script_or_a_pet_name_is_the_same():
    mention = Record(names=(Called("Kasia", "Kowalska"),), born=date(2014, 9, 9), postcodes=("PE1 2AB",))
    known = Record(names=(Called("Katarzyna Maria", "Kowalski"),), born=date(2014, 9, 9), postcodes=("PE1 2AB",))
    assert said(mention, known).strength == ALMOST_CERTAIN
    cyrillic = replace(known, names=(Called("Катажина", "Ковальская"),))
    assert said(cyrillic, replace(known, names=(Called("Katazhina", "Kovalskaya"),))).strength == ALMOST_CERTAIN


def test_a_former_name_and_a_name_of_one_part_are_compared_as_well():
    known = replace(RUTA, names=(Called("Rūta", "Ozols"), Called("Rūta", "Petrauskaitė", "maiden")))
    assert said(RUTA, known).strength == ALMOST_CERTAIN
    alone = Record(names=(Called("Najibullah", ""),), born=date(2009, 6, 2), postcodes=("PE1 2AB",))
    assert said(replace(alone, names=(Called("", "Najibullah"),)), alone).strength in (ALMOST_CERTAIN, LIKELY)


@pytest.mark.parametrize(("one", "other"), [(ZARA, ZAHRA), (ZAHRA, ZARA)])
def test_twins_are_never_proposed_as_one(one, other):
    verdict = said(one, other)
    assert not verdict.proposed
    assert verdict.twin
    assert verdict.against[0].startswith("May be a twin")


def test_a_twin_is_told_by_the_other_name_alone_where_nothing_is_known_of_the_family():
    one = replace(RUTA, relatives=())
    other = replace(one, names=(Called("Lukas", "Petrauskas"),))
    assert not said(one, other).proposed
    assert said(one, other).twin


def test_among_candidates_the_twin_whose_name_fits_better_comes_first_and_the_other_is_said_to_be_one():
    mention = Record(names=(Called("Zara", "Iqbal"),), born=date(2018, 5, 12), postcodes=("PE1 4SN",))
    found = ranked(mention, [replace(ZAHRA, relatives=()), COUSIN, replace(ZARA, relatives=())], by=TABLE)
    assert found[0][0] == 2
    assert found[0][1].strength == ALMOST_CERTAIN
    rest = dict(found[1:])
    assert all(verdict.strength == POSSIBLE for verdict in rest.values())
    assert rest[0].twin
    assert rest[0].against[0].startswith("May be the twin")


def test_where_one_fits_clearly_better_the_other_of_the_same_name_is_at_most_possible():
    yusuf = Record(names=(Called("Yusuf", "Rehman"),), born=date(2015, 3, 8), sex="M", postcodes=("PE1 3XB",))
    other = replace(
        yusuf, names=(Called("Yousef", "Rehman"),), born=date(2015, 8, 3), identifiers=(("nhs", "9990871779"),)
    )
    known = replace(yusuf, identifiers=(("nhs", "9990872597"),))
    assert [(place, verdict.strength) for place, verdict in ranked(yusuf, [other, known], by=TABLE)] == [
        (1, ALMOST_CERTAIN),
        (0, POSSIBLE),
    ]
    twice = ranked(yusuf, [yusuf, replace(yusuf, postcodes=("PE2 9LG",))], by=TABLE)
    assert {verdict.strength for _, verdict in twice} <= {ALMOST_CERTAIN, LIKELY}


def test_of_two_known_people_of_one_name_who_cannot_be_one_the_worse_fit_is_at_most_possible():
    yusuf = Record(names=(Called("Yusuf", "Rehman"),), born=date(2015, 3, 8), sex="M", postcodes=("PE1 3XB",))
    known = replace(yusuf, identifiers=(("nhs", "9990872597"),))
    other = replace(yusuf, postcodes=("PE2 9LG",), identifiers=(("nhs", "9990871779"),))
    assert said(yusuf, other).strength == ALMOST_CERTAIN  # alone it would be offered as the one
    found = dict(ranked(yusuf, [other, known], by=TABLE))
    assert (found[1].strength, found[0].strength) == (ALMOST_CERTAIN, POSSIBLE)
    assert found[0].against[0] == "Somebody else who is known fits better"


def test_a_cousin_of_the_same_name_next_door_is_at_most_possible():
    verdict = said(ZARA, COUSIN)
    assert verdict.strength in (POSSIBLE, "")
    assert "the dates of birth do not go together" in verdict.against[0]


def test_a_father_and_his_son_of_the_same_name_are_at_most_possible():
    son = replace(RUTA, names=(Called("Mohammed", "Khan"),), sex="M", relatives=())
    assert said(son, replace(son, born=date(1985, 4, 3))).strength in (POSSIBLE, "")


def test_two_nhs_numbers_are_two_people_whatever_else_agrees():
    one = replace(RUTA, identifiers=(("nhs", "9990871779"),))
    verdict = said(one, replace(one, identifiers=(("nhs", "9990872597"),)))
    assert not verdict.proposed
    assert verdict.against[0] == "Each has an NHS number of their own"


@pytest.mark.parametrize("name", ["", "Baby", "R"])
def test_family_name_birth_and_address_alone_are_never_enough(name):
    verdict = said(replace(RUTA, names=(Called(name, "Petrauskaitė"),)), RUTA)
    assert verdict.strength in (POSSIBLE, "")
    assert "alone are not enough" in verdict.against[0]


def test_without_a_birth_it_is_never_almost_certain_and_a_given_name_at_a_place_is_only_possible():
    nameless = replace(RUTA, names=(Called("Rūta", ""),), born=None)
    assert said(nameless, RUTA).strength == POSSIBLE
    assert said(replace(RUTA, born=None), RUTA).strength in (LIKELY, POSSIBLE)
    assert "There is no date of birth or age to compare" in said(nameless, RUTA).against


def test_an_nhs_number_makes_up_for_the_name():
    baby = replace(RUTA, names=(Called("Baby", "Petrauskienė"),), identifiers=(("nhs", "9990871779"),))
    assert said(baby, replace(RUTA, identifiers=(("nhs", "9990871779"),))).strength == ALMOST_CERTAIN


def test_the_two_identities_of_an_adopted_child_look_like_two_people():
    before = Record(names=(Called("Tia", "Stannard"),), born=date(2017, 7, 21), sex="F", postcodes=("PE7 1AA",))
    after = Record(names=(Called("Rosalind", "Marchmont"),), born=date(2017, 7, 21), sex="F", postcodes=("CB6 2ZZ",))
    assert not said(before, after).proposed


def test_first_of_january_says_less_than_another_day():
    day, new_year = date(2009, 6, 2), date(2009, 1, 1)
    one = Record(names=(Called("Ahmad", "Rahimi"),), born=day)
    other = replace(one, born=new_year)
    assert said(one, one).bits > said(other, other).bits


def test_an_estimated_date_does_not_speak_against():
    assessed = replace(RUTA, born=date(2016, 1, 15), born_basis=ESTIMATED)
    assert said(RUTA, assessed).strength in (ALMOST_CERTAIN, LIKELY)


def test_a_name_that_many_bear_says_less():
    rare, common = (replace(RUTA, names=(Called("Amina", family),)) for family in ("Woldemichael", "Khan"))
    assert said(rare, rare).bits >= said(common, common).bits


@pytest.mark.parametrize(
    "name",
    [
        "Oliver Smith",
        "Mohammed Khan",
        "Zofia Kowalska",
        "Jonas Petrauskas",
        "Singh Gurpreet",
        "Nguyen Lan",
        "Chidinma Nwosu",
        "Hodan Warsame",
    ],
)
def test_a_child_of_any_community_is_found_with_the_same_facts(name):
    given_name, _, family = name.partition(" ")
    child = Record(names=(Called(given_name, family),), born=date(2013, 8, 9), sex="F", postcodes=("PE1 2AB",))
    assert said(child, child).strength == ALMOST_CERTAIN


def test_the_file_of_weights_explains_itself():
    told = files.weights()
    assert told.version == files.current()
    assert all(files.LEAST <= bits <= files.MOST for key, bits in told.bits.items() if key[0] != "household")
    for field in ("given", "family", "born", "place"):
        levels = [bits for (each, _), bits in told.bits.items() if each == field]
        assert max(levels) > 0 > min(levels)
