"""What holds a telling back, as pure rules."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.letters import rules
from frontdoor.letters.rules import Found, Kind, Recipient, Release, Route, SafeRule, Way
from frontdoor.letters.rules.passages import whole

NOW = datetime(2026, 3, 24, 10, tzinfo=UTC)


def _somebody(**said: Any) -> Recipient:
    usual = {
        "kind": "public", "identity": "given", "route": Route.EMAIL, "email": "a@example.org", "phone": "07700 900123",
        "address": "3 Cooper's Row, Ely, CB6 1RT",
    }  # fmt: skip
    return Recipient(**(usual | said))


def _found(by: Route, about: Kind = Kind.ACKNOWLEDGEMENT, **said: Any) -> list[Found]:
    somebody = _somebody(**({"route": by} | said))
    return [each.code for each in rules.findings(by, about, somebody, asked=somebody.route, now=NOW)]


@pytest.mark.parametrize("route", [Route.EMAIL, Route.TEXT, Route.LETTER, Route.PHONE])
def test_nothing_is_found_against_the_route_that_somebody_chose(route):
    assert _found(route) == []


def test_who_asked_not_to_be_contacted_is_never_written_to():
    assert _found(Route.NONE_POSSIBLE) == [Found.NONE_POSSIBLE]
    assert _found(Route.EMAIL, route=Route.NONE_POSSIBLE) == [Found.NONE_POSSIBLE]


def test_who_is_reached_through_another_is_never_written_to():
    assert _found(Route.VIA_NAMED_PERSON) == [Found.VIA_NAMED_PERSON]
    assert _found(Route.TEXT, route=Route.VIA_NAMED_PERSON) == [Found.VIA_NAMED_PERSON]


def test_who_gave_no_name_and_no_way_cannot_be_told():
    assert _found(Route.EMAIL, identity="not_given", email="") == [Found.NO_NAME]
    assert _found(Route.NONE_POSSIBLE, identity="not_given") == [Found.NO_NAME]


def test_who_gave_no_name_but_a_number_can_be_told():
    assert _found(Route.PHONE, identity="not_given") == []


def test_the_anonymous_cannot_be_told_whatever_else_is_known():
    assert _found(Route.EMAIL, kind="anonymous") == [Found.NO_NAME]


def test_a_safe_contact_note_about_anybody_holds_back_every_route():
    for route in (Route.EMAIL, Route.TEXT, Route.LETTER):
        assert _found(route, notes=("Never leave a voicemail",)) == [Found.SAFE_NOTE]


def test_a_note_on_how_to_reach_somebody_holds_back():
    assert _found(Route.TEXT, route_note="Text first; code word library books") == [Found.ROUTE_NOTE]


def test_a_letter_waits_where_somebody_asked_that_nobody_learns_who_they_are():
    assert _found(Route.LETTER, identity="withheld") == [Found.WITHHELD_LETTER]
    assert _found(Route.EMAIL, identity="withheld") == []


@pytest.mark.parametrize(
    ("route", "unsafe"),
    [
        (Route.LETTER, "3 Coopers Row"),
        (Route.LETTER, "3 COOPER’S ROW  ELY CB6 1RT"),
        (Route.TEXT, "+44 7700 900123"),
        (Route.EMAIL, "A@Example.org "),
    ],
)
def test_the_address_or_number_of_somebody_who_may_be_harming_is_found_however_it_was_typed(route, unsafe):
    assert _found(route, unsafe=(unsafe,)) == [Found.UNSAFE_ADDRESS]


@pytest.mark.parametrize(
    ("route", "other"),
    [
        (Route.LETTER, "4 Cooper's Row, Ely"),
        (Route.TEXT, "07700 900124"),
        (Route.EMAIL, "b@example.org"),
        (Route.LETTER, ""),
    ],
)
def test_another_address_is_not_taken_for_the_same(route, other):
    assert _found(route, unsafe=(other,)) == []


@pytest.mark.parametrize(
    ("route", "said"),
    [
        (Route.EMAIL, {"email": ""}),
        (Route.EMAIL, {"email": "a@example.org, b@example.org"}),
        (Route.EMAIL, {"email": "a@example.org\nBcc: b@example.org"}),
        (Route.TEXT, {"phone": "01632 960123"}),
        (Route.TEXT, {"phone": "07700 90012"}),
        (Route.LETTER, {"address": ""}),
    ],
)
def test_a_way_that_cannot_be_right_is_no_way(route, said):
    assert _found(route, **said) == [Found.NO_WAY]


def test_a_route_changed_since_is_found():
    somebody = _somebody(route=Route.PHONE)
    found = rules.findings(Route.EMAIL, Kind.ACKNOWLEDGEMENT, somebody, asked=Route.EMAIL, now=NOW)
    assert [each.code for each in found] == [Found.ROUTE_CHANGED]


def test_the_police_and_courts_are_told_what_was_agreed_after_a_look():
    for source in ("6", "7"):
        police = {"kind": "professional", "source": source}
        assert _found(Route.EMAIL, Kind.OUTCOME_PROFESSIONAL, **police) == [Found.AS_AGREED]
        assert _found(Route.EMAIL, Kind.ACKNOWLEDGEMENT, **police) == []


def test_a_name_from_the_matter_never_goes_by_email_or_text():
    somebody = _somebody(names=("Noah Hallam",))
    for said in ("about Noah", "Hallam, N", "about NOAH."):
        found = rules.findings(Route.EMAIL, Kind.ACKNOWLEDGEMENT, somebody, asked=Route.EMAIL, said=said, now=NOW)
        assert [each.code for each in found] == [Found.NAME_IN_WORDS]
        assert found[0].release is Release.NOBODY


def test_a_child_called_will_or_may_does_not_hold_back_every_text():
    assert not rules.names_in("We will ring on 3 May.", ["Will", "May Hope"], own="We will ring on 3 May.")
    assert rules.names_in("We will ring about Will on 3 May.", ["Will"], own="We will ring about - on 3 May.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_was_typed_two_addresses_can_be_compared(one, other):
    assert rules.alike(one, other) == rules.alike(other, one)


@given(st.from_regex(r"0?7[1-9][0-9]{8}", fullmatch=True), st.sampled_from(["", "+44", "0044", "44"]))
def test_a_mobile_number_is_the_same_however_it_was_typed(digits, prefix):
    national = digits.removeprefix("0")
    assert rules.mobile(f"{prefix} {national}" if prefix else f"0{national[:4]} {national[4:]}") == f"+44{national}"


def test_a_release_covers_what_was_looked_at_and_nothing_written_since():
    looked_at = rules.findings(
        Route.EMAIL, Kind.ACKNOWLEDGEMENT, _somebody(notes=("Ring after ten",)), asked=Route.EMAIL, now=NOW
    )
    marks = [each.mark for each in looked_at]
    assert rules.standing(looked_at, marks) == ()
    changed = rules.findings(
        Route.EMAIL, Kind.ACKNOWLEDGEMENT, _somebody(notes=("Ring after ten", "Not in May")), asked=Route.EMAIL, now=NOW
    )
    assert rules.standing(changed, marks) == changed


def test_what_nobody_may_let_pass_stands_whatever_was_released():
    found = (rules.finding(Found.VIA_NAMED_PERSON),)
    assert rules.standing(found, [each.mark for each in found]) == found


def test_the_strictest_finding_says_who_may_release():
    second, manager, nobody = (rules.finding(code) for code in (Found.ROUTE_NOTE, Found.SAFE_NOTE, Found.NO_WAY))
    assert rules.who_may_release([second]) is Release.SECOND_PERSON
    assert rules.who_may_release([second, manager]) is Release.MANAGER
    assert rules.who_may_release([second, manager, nobody]) is Release.NOBODY


def test_a_finding_tells_nothing_of_what_it_rests_on():
    found = rules.finding(Found.SAFE_NOTE, "He reads her post at 3 Cooper's Row")
    assert "Cooper" not in f"{found}"


def test_a_recipient_is_not_written_into_a_log_by_accident():
    somebody = _somebody(name="Petra Lindqvist", names=("Noah Hallam",), notes=("Never ring",))
    for secret in ("Petra", "a@example.org", "07700", "Cooper", "Noah", "Never"):
        assert secret not in repr(somebody)


@pytest.mark.parametrize(
    ("way", "route"),
    [(Way.EMAIL, Route.EMAIL), (Way.TEXT, Route.TEXT), (Way.POST, Route.LETTER), (Way.PHONE, Route.PHONE)],
)
def test_a_way_that_is_set_down_as_never_safe_is_found_and_only_a_manager_lets_it_pass(way, route):
    found = rules.findings(
        route, Kind.ACKNOWLEDGEMENT, _somebody(route=route, safe=(SafeRule(way, True, None, None, "1"),)), asked=route,
        now=NOW,
    )  # fmt: skip
    assert [(each.code, each.release) for each in found] == [(Found.UNSAFE_ROUTE, Release.MANAGER)]
    other = SafeRule(Way.VOICEMAIL, True, None, None, "1")
    assert _found(route, safe=(other,)) == []
    assert _found(route, safe=(SafeRule(Way.ANY, True, None, None, "1"),)) == [Found.UNSAFE_ROUTE]


def test_a_release_of_one_rule_does_not_cover_another_set_down_since():
    first, second = (SafeRule(Way.EMAIL, True, None, None, mark) for mark in "12")
    let_pass = rules.findings(Route.EMAIL, Kind.ACKNOWLEDGEMENT, _somebody(safe=(first,)), asked=Route.EMAIL, now=NOW)
    now = rules.findings(Route.EMAIL, Kind.ACKNOWLEDGEMENT, _somebody(safe=(first, second)), asked=Route.EMAIL, now=NOW)
    assert len(rules.standing(now, [each.mark for each in let_pass])) == 1


@pytest.mark.parametrize(
    ("begins", "ends", "safe"), [((9, 0), (15, 0), True), ((15, 0), (18, 0), False), ((22, 0), (11, 0), True)]
)
def test_a_text_goes_only_at_safe_times_which_are_those_of_a_clock_on_the_wall(begins, ends, safe):
    rule = SafeRule(Way.TEXT, False, time(*begins), time(*ends), "1")
    assert _found(Route.TEXT, safe=(rule,)) == ([] if safe else [Found.OUTSIDE_SAFE_TIMES])
    summer = datetime(2026, 6, 24, 8, 30, tzinfo=UTC)  # 9:30 in London
    assert SafeRule(Way.TEXT, False, time(9), time(10), "1").safe_at(Route.TEXT, summer)


def test_a_protected_address_is_no_address_until_a_manager_says_so():
    found = rules.findings(
        Route.LETTER, Kind.ACKNOWLEDGEMENT, _somebody(route=Route.LETTER, address="", protected=("k",)),
        asked=Route.LETTER, now=NOW,
    )  # fmt: skip
    assert [(each.code, each.release) for each in found] == [(Found.PROTECTED_ADDRESS, Release.MANAGER)]
    assert _found(Route.EMAIL, in_words=whole("x")) == [Found.PROTECTED_IN_WORDS]
