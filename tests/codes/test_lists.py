"""Code lists: whole, consistent with each other, and clear about what is not in them."""

from datetime import date

import pytest

from frontdoor.codes import rules
from frontdoor.codes.rules.lists import BrokenList, Code, CodeList, Dated


def every_list() -> list[CodeList]:
    return [value for name in rules.__all__ if isinstance(value := getattr(rules, name), CodeList)]


def test_there_are_the_22_census_sources():
    assert [row.code for row in rules.SOURCES][:3] == ["1A", "1B", "1C"]
    assert len(rules.SOURCES) == 22


def test_there_are_153_english_authorities_and_both_of_ours():
    assert len(rules.AUTHORITIES) == 153
    assert rules.authority(874).label == "Peterborough"
    assert rules.authority(873).number == 873
    assert rules.authority(999) is None


@pytest.mark.parametrize("listed", every_list(), ids=lambda listed: listed.name)
def test_every_row_has_words_that_nobody_else_has(listed):
    labels = [row.label for row in listed]
    assert all(label.strip() == label and label for label in labels)
    assert len(set(labels)) == len(labels)


def test_every_finer_source_maps_to_a_census_source_and_a_kind_of_referrer():
    for row in rules.LOCAL_SOURCES:
        assert row.source in rules.SOURCES, row
        assert row.kind in rules.REFERRER_KINDS, row
    assert {row.source for row in rules.LOCAL_SOURCES} == {row.code for row in rules.SOURCES}


def test_every_outcome_points_at_a_destination_that_exists():
    for row in rules.OUTCOMES:
        assert not row.destination or row.destination in rules.DESTINATIONS, row


def test_every_kind_of_contact_points_at_a_route_that_exists():
    for row in rules.CONTACT_KINDS:
        assert not row.route or row.route in rules.ROUTES, row
        assert row.category in dict(rules.CATEGORIES), row


def test_channels_have_marks_of_their_own():
    assert len({row.mark for row in rules.CHANNELS}) == len(rules.CHANNELS)


def test_only_an_outcome_that_hands_nothing_over_may_close():
    for row in rules.OUTCOMES:
        assert row.may_close == (not row.destination), row


def test_safeguarding_outcomes_demand_the_whole_record():
    for row in rules.OUTCOMES:
        assert row.whole_record or not row.safeguarding, row


def test_urgent_protection_may_start_before_the_record():
    assert {row.code for row in rules.OUTCOMES if row.act_first} == {"strategy_discussion_s47", "immediate_protection"}


def test_professionals_may_not_withhold_their_name():
    assert not rules.REFERRER_KINDS["professional"].may_withhold
    assert all(row.may_withhold for row in rules.REFERRER_KINDS if row.code != "professional")


def test_an_unknown_code_says_what_is_near():
    with pytest.raises(rules.NotInList, match="did you mean early_help"):
        rules.OUTCOMES["early_hlep"]
    with pytest.raises(rules.NotInList, match="not in the list"):
        rules.SOURCES["ZZ"]
    with pytest.raises(rules.NotInList):
        rules.SOURCES[None]


def test_a_dated_code_holds_from_its_first_day_to_its_last():
    row = Dated(code="x", label="X", plain="x", since=date(2022, 4, 1), until=date(2023, 3, 31))
    listed = CodeList("things", [row])
    assert [listed.on(day) for day in (date(2022, 3, 31), date(2022, 4, 1), date(2023, 3, 31), date(2023, 4, 1))] == [
        [],
        [row],
        [row],
        [],
    ]
    with pytest.raises(rules.NotInList, match="not in use on 1 April 2023"):
        listed.given("x", on=date(2023, 4, 1))


def test_early_help_became_a_source_of_its_own_in_april_2022():
    assert rules.SOURCES.given("5D", on=date(2022, 4, 1)).group == "council"
    with pytest.raises(rules.NotInList):
        rules.SOURCES.given("5D", on=date(2022, 3, 31))


def test_a_code_that_stands_twice_stops_the_start():
    with pytest.raises(BrokenList, match="twice"):
        CodeList("things", [Code(code="a", label="A"), Code(code="a", label="B")])


def test_choices_show_the_publics_words_on_request():
    assert ("1C", "Self") in rules.SOURCES.choices()
    assert ("1C", "The child or young person") in rules.SOURCES.choices(plain=True)
    assert "5D" not in dict(rules.SOURCES.choices(on=date(2020, 1, 1)))
