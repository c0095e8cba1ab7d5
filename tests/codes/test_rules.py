"""What may be said with codes: factors that exclude each other, sources, relationships in people's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.codes import rules

CURRENT = [row.code for row in rules.current_factors()]


@pytest.mark.parametrize("code", ["18A", "19A"])
def test_retired_factors_are_refused_and_name_what_to_use(code):
    with pytest.raises(rules.NotInList, match=f"{code[:2]}B .* or {code[:2]}C"):
        rules.factors([code])
    assert code not in CURRENT


def test_no_factor_stands_alone():
    assert [row.code for row in rules.factors(["21"])] == ["21"]
    with pytest.raises(rules.NotInList, match="stands alone"):
        rules.factors(["21", "16A"])


@given(st.lists(st.sampled_from([code for code in CURRENT if code != "21"])))
def test_factors_come_once_and_in_the_order_of_the_list(codes):
    given_back = [row.code for row in rules.factors(codes)]
    assert given_back == [code for code in CURRENT if code in codes]


def test_no_disability_stands_alone():
    assert [row.code for row in rules.disabilities(["AUT", "LD"])] == ["AUT", "LD"]
    with pytest.raises(rules.NotInList, match="stands alone"):
        rules.disabilities(["NONE", "LD"])


def test_of_two_primary_needs_the_higher_in_the_list_is_recorded():
    assert rules.higher_need("N4", "N1").code == "N1"
    assert rules.higher_need("N2", "N8").code == "N2"


@pytest.mark.parametrize(
    ("kind", "local", "source"),
    [
        ("family", "", "1A"),
        ("child", "", "1C"),
        ("anonymous", "", "9"),
        ("public", "neighbour", "1B"),
        ("professional", "nursery", "8"),
        ("professional", "camhs", "3D"),
        ("professional", "ambulance", "3F"),
        ("professional", "fire", "8"),
        ("professional", "mp", "1D"),
        ("professional", "", "10"),
    ],
)
def test_a_referrer_gets_a_census_source(kind, local, source):
    assert rules.census_source(kind, local) == source


def test_who_referred_is_named_by_part_only_unless_a_professional():
    assert rules.source_as_shown("public", "1B") == "a member of the public"
    assert rules.source_as_shown("anonymous", "9") == "a member of the public"
    assert rules.source_as_shown("professional", "2A") == "Schools"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("mother", "mother"),
        ("Mum", "mother"),
        ("birth mother", "mother"),
        ("father of Callum and Erin", "father"),
        ("mother's partner", "partner_of_parent"),
        ("mother’s partner", "partner_of_parent"),
        ("grandmother", "grandparent"),
        ("grandmother, special guardian", "special_guardian"),
        ("family friend, carer", "informal_carer"),
        ("residential carer", "residential_carer"),
        ("brother", "sibling"),
        ("step-mother", "step_parent"),
        ("half-sister", "half_sibling"),
        ("foster carer", "foster_carer"),
        ("teacher", "professional"),
        ("somebody from the boats", "unknown"),
        ("", "unknown"),
    ],
)
def test_relationships_are_read_from_peoples_own_words(words, code):
    assert rules.relationship(words).code == code


def test_what_an_outcome_asks_for_is_a_list_of_single_words():
    asked = {need for row in rules.OUTCOMES for need in row.needs}
    assert asked == {"reason", "manager", "advice", "service", "question", "rating", "power", "council", "route"}
