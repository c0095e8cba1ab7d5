"""Where a postcode leads: any way of typing it, never a wrong council, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.councils import rules
from frontdoor.councils.rules import Candidate, Confidence

OURS = {873, 874}
KNOWN = [
    Candidate("PE7", 874, "Peterborough", 0),
    Candidate("PE7", 873, "Cambridgeshire", 1),
    Candidate("PE7 1", 873, "Cambridgeshire"),
    Candidate("PE7 8", 874, "Peterborough"),
    Candidate("PE9", 925, "Lincolnshire", 0),
    Candidate("PE9", 857, "Rutland", 1),
    Candidate("PE19 1", 873, "Cambridgeshire"),
    Candidate("PE1", 874, "Peterborough"),
]


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("PE7 3HG", "PE7 3HG"),
        ("pe7 3hg", "PE7 3HG"),
        (" pe73hg ", "PE7 3HG"),
        ("PE7  3HG.", "PE7 3HG"),
        ("P E 7 3 H G", "PE7 3HG"),
        ("pe19 2tg", "PE19 2TG"),
        ("PE192TG", "PE19 2TG"),
        ("CBl 2UA", "CB1 2UA"),
        ("PEI 2PX", "PE1 2PX"),
        ("CB1O ITA", "CB10 1TA"),
        ("W1A OAX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("M1 1AE", "M1 1AE"),
        ("CB1", "CB1"),
        ("PE7", "PE7"),
        ("PE7 3", "PE7 3"),
        ("PE19 2T", "PE19 2"),
        ("", ""),
        ("not known", ""),
        ("no fixed abode", ""),
        ("Narrowboat Wherry's Rest", ""),
        ("PE7 3CI", ""),
        ("12345", ""),
        ("ＰＥ７ ３ＨＧ", ""),
        ("<script>", ""),
    ],
)
def test_a_postcode_is_read_however_it_was_typed(typed, usual):
    assert rules.normalise(typed) == usual


@given(st.text())
def test_anything_may_be_typed(text):
    routed = rules.route(text, KNOWN, OURS)
    assert routed.council in {None, 873, 874}


@given(st.sampled_from(["PE7 3HG", "CB10 1TA", "W1A 0AX", "M1 1AE"]), st.data())
def test_spaces_and_small_letters_change_nothing(postcode, data):
    typed = "".join(
        data.draw(st.sampled_from(["", " "])) + (letter.lower() if data.draw(st.booleans()) else letter)
        for letter in postcode
    )
    assert rules.normalise(typed) == postcode


def test_a_sector_in_one_council_is_inside():
    routed = rules.route("PE7 8LT", KNOWN, OURS)
    assert (routed.confidence, routed.council) == (Confidence.INSIDE, 874)
    assert rules.route("pe7 1ab", KNOWN, OURS).council == 873


def test_a_sector_that_is_not_listed_follows_its_district():
    routed = rules.route("PE7 3HG", KNOWN, OURS)
    assert (routed.confidence, routed.council, routed.names) == (
        Confidence.BORDER,
        874,
        "Peterborough or Cambridgeshire",
    )


def test_a_bare_district_that_is_divided_is_a_border():
    assert rules.route("PE7", KNOWN, OURS).confidence is Confidence.BORDER


def test_one_district_is_never_taken_for_another_that_begins_alike():
    assert rules.route("PE1 9AA", KNOWN, OURS).council == 874
    assert rules.route("PE19 9AA", [row for row in KNOWN if row.prefix != "PE1"], OURS).council is None


def test_neighbours_are_named_and_not_taken_for_ours():
    routed = rules.route("PE9 1XY", KNOWN, OURS)
    assert (routed.confidence, routed.council) == (Confidence.ELSEWHERE, None)
    assert routed.names == "Lincolnshire or Rutland"


@pytest.mark.parametrize(
    ("postcode", "country"),
    [("EH1 1AA", "Scotland"), ("CF10 1AA", "Wales"), ("BT1 1AA", "Northern Ireland"), ("SW1A 1AA", "")],
)
def test_what_lies_far_off_is_elsewhere(postcode, country):
    routed = rules.route(postcode, [], OURS)
    assert (routed.confidence, routed.council, routed.country) == (Confidence.ELSEWHERE, None, country)


@pytest.mark.parametrize("postcode", ["", "CB99 1AA", "QQ1 1AA", "a field by the river"])
def test_what_is_not_known_is_unknown_and_blocks_nothing(postcode):
    assert rules.route(postcode, [], OURS).confidence is Confidence.UNKNOWN


def test_a_council_that_has_ended_takes_nothing_in():
    routed = rules.route("PE7 8LT", KNOWN, {873})
    assert (routed.confidence, routed.council) == (Confidence.ELSEWHERE, None)
