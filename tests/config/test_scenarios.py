"""The invented arrivals: typed and checked, and shifted by whole weeks without losing the time on the wall."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.codes import rules as codes
from frontdoor.config.demo import signposting
from frontdoor.config.scenarios import arrivals, households, reading, shifted, shifted_households, weeks_until, wishes
from frontdoor.earlyhelp.rules import hub

LONDON = ZoneInfo("Europe/London")


def wall(at):
    return at.astimezone(LONDON).replace(tzinfo=None)


def test_all_of_them_are_there():
    assert len(arrivals()) == 120
    assert sum(len(arrival.children) for arrival in arrivals()) == 139
    assert sum(len(household.children) + len(household.adults) for household in households().households) == 80
    assert {arrival.referrer.source_code for arrival in arrivals()} == {row.code for row in codes.SOURCES}


def test_they_come_in_the_order_in_which_they_arrived():
    instants = [arrival.arrives_at for arrival in arrivals()]
    assert instants == sorted(instants)
    assert all(at.tzinfo is not None for at in instants)


def test_offsets_are_those_of_london():
    for arrival in arrivals():
        assert arrival.arrives_at.utcoffset() == arrival.arrives_at.astimezone(LONDON).utcoffset(), arrival.id


def test_every_link_leads_somewhere():
    known = {child.person_id for household in households().households for child in household.children}
    for arrival in arrivals():
        known |= {arrival.id, *(child.ref for child in arrival.children)}
        known |= {identity.person for identity in arrival.expected.identities.values()}
    for arrival in arrivals():
        for link in arrival.expected.links:
            assert link.target in known, (arrival.id, link)
            assert link.source is None or link.source in arrival.expected.identities, (arrival.id, link)


def test_a_family_that_asks_is_nobody_else_and_is_told_of_services_that_its_council_has():
    known = {child.family_name for household in households().households for child in household.children}
    known |= {child.family_name for arrival in arrivals() for child in arrival.children}
    offered = {source: council for source, (council, *_) in signposting.SOURCES.items()}
    names = {(council, row["name"]) for source, council in offered.items() for row in signposting.rows(source)}
    for wish in wishes():
        assert wish.name.rpartition(" ")[2] not in known, wish.name
        assert {(wish.council, name) for name, *_ in wish.told} <= names, wish.name
        assert {reason for _, went, reason in wish.told if went == hub.NOT} <= set(dict(hub.REASONS)) - {"other"}
        assert all(reason or went != hub.NOT for _, went, reason in wish.told), wish.name


def test_the_two_identities_of_an_adopted_child_are_both_known():
    known = {child.person_id for household in households().households for child in household.children}
    assert all(pair.a in known and pair.b in known and pair.reason for pair in households().never_link)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"channel": "pigeon"}, "pigeon"),
        ({"category": "request"}, "request"),
        ({"arrives_at": "2026-03-23T09:41:43"}, "offset"),
        ({"arrives_at": None}, "instant is missing"),
        ({"unheard_of": 1}, "unheard_of"),
        ({"children": []}, "not those of its children"),
    ],
)
def test_a_line_that_breaks_the_layout_is_named(change, why):
    row = {**json.loads(reading._text("arrivals.jsonl").splitlines()[0]), **change}
    with pytest.raises(reading.BrokenScenario, match=f"A001: .*{why}"):
        reading._named("1", reading._arrival, row)


def test_a_child_has_one_birth_at_most():
    row = json.loads(reading._text("arrivals.jsonl").splitlines()[0])["children"][0]
    with pytest.raises(ValueError, match="more than one"):
        reading._child({**row, "approximate_age": 9})


def test_a_real_looking_nhs_number_is_refused():
    row = json.loads(reading._text("arrivals.jsonl").splitlines()[0])["children"][0]
    with pytest.raises(ValueError, match="kept for tests"):
        reading._child({**row, "nhs_number": "9434765919"})


instants = st.integers(1_580_000_000, 2_210_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(instants)
def test_now_falls_into_their_last_week(now):
    weeks = weeks_until(now, arrivals())
    last = shifted(arrivals()[-1:], weeks=weeks)[-1].arrives_at.astimezone(LONDON).date()
    monday = last - timedelta(days=last.weekday())
    assert monday <= now.astimezone(LONDON).date() < monday + timedelta(days=7)


@settings(max_examples=40)
@given(st.integers(-300, 800))
def test_the_wall_clock_and_the_order_are_kept(weeks):
    moved = shifted(arrivals(), weeks=weeks)
    for was, now in zip(arrivals(), moved, strict=True):
        wanted = wall(was.arrives_at) + timedelta(weeks=weeks)
        assert wall(now.arrives_at) == wanted or missing(wanted)
        assert now.arrives_at.isoweekday() == was.arrives_at.isoweekday()
    instants = [arrival.arrives_at.astimezone(UTC) for arrival in moved]
    assert instants == sorted(instants)


def missing(at):
    return wall(at.replace(tzinfo=LONDON).astimezone(UTC)) != at


def test_an_hour_that_does_not_exist_becomes_the_first_that_does():
    was = replace(arrivals()[0], arrives_at=datetime(2026, 3, 22, 1, 30, tzinfo=LONDON), event_at=None)
    assert shifted([was], weeks=1)[0].arrives_at.isoformat() == "2026-03-29T02:00:00+01:00"


def test_of_an_hour_that_comes_twice_the_first_is_taken():
    was = replace(arrivals()[0], arrives_at=datetime(2026, 10, 18, 1, 30, tzinfo=LONDON))
    assert shifted([was], weeks=1)[0].arrives_at.isoformat() == "2026-10-25T01:30:00+01:00"


def test_a_shift_of_nothing_changes_nothing():
    assert weeks_until(datetime(2026, 4, 8, tzinfo=UTC), arrivals()) == 0
    assert [arrival.arrives_at for arrival in shifted(arrivals(), weeks=0)] == [a.arrives_at for a in arrivals()]
    assert shifted_households(households(), weeks=0) == households()


def test_everybody_keeps_their_age_and_history():
    moved = shifted(arrivals(), weeks=33)
    for was, now in zip(arrivals(), moved, strict=True):
        for before, after in zip(was.children, now.children, strict=True):
            if before.date_of_birth:
                assert after.date_of_birth - now.arrives_at.date() == before.date_of_birth - was.arrives_at.date()
    known = shifted_households(households(), weeks=33)
    assert known.households[0].history[0].date == date(2025, 6, 11) + timedelta(weeks=33)
    assert moved[0].expected == arrivals()[0].expected
