"""The table of places against the invented arrivals: right, or open about not being sure; never wrong."""

from datetime import date

import pytest

from frontdoor.config.scenarios import arrivals, households
from frontdoor.councils import queries
from frontdoor.councils.rules import Confidence

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)

RESPONSIBLE_FROM_AFAR = {"A005", "A009", "A012", "A020", "A064"}
"""Placed here by another council, or moving in from one: where a child is and who is responsible are two facts."""


def told():
    """(id, postcode, the council in which it lies) of everybody whose address was given."""
    for arrival in arrivals():
        for child in arrival.children:
            if child.postcode and arrival.id not in RESPONSIBLE_FROM_AFAR:
                yield child.ref, child.postcode, arrival.expected.authority_of(child.ref)
    for household in households().households:
        if household.authority in {873, 874}:
            yield household.id, household.postcode, household.authority


def test_no_arrival_is_sent_to_a_wrong_council():
    wrong, sure = [], 0
    for ref, postcode, authority in told():
        routed = queries.route(postcode, on=DAY)
        assert routed.postcode == postcode
        candidates = {candidate.authority for candidate in routed.candidates}
        if routed.confidence is not Confidence.UNKNOWN and authority not in candidates:
            wrong.append((ref, postcode, authority, routed))
        sure += routed.confidence is Confidence.INSIDE
    assert not wrong
    assert sure > 100


@pytest.mark.parametrize(
    ("postcode", "confidence", "council"),
    [
        ("PE1 1QN", Confidence.INSIDE, 874),
        ("PE4 7XA", Confidence.INSIDE, 874),
        ("PE7 8LT", Confidence.INSIDE, 874),
        ("PE7 1AA", Confidence.INSIDE, 873),
        ("PE7 3ZR", Confidence.BORDER, 873),
        ("PE6 8FA", Confidence.BORDER, 874),
        ("PE13 2HW", Confidence.BORDER, 873),
        ("PE19 2TG", Confidence.INSIDE, 873),
        ("PE28 5LP", Confidence.INSIDE, 873),
        ("CB9 7UW", Confidence.BORDER, 873),
        ("SG8 5AA", Confidence.BORDER, 873),
        ("PE8 4DX", Confidence.ELSEWHERE, None),
        ("PE30 1AA", Confidence.ELSEWHERE, None),
        ("CB11 4AA", Confidence.ELSEWHERE, None),
        ("NG1 1AA", Confidence.ELSEWHERE, None),
        ("PE99 1AA", Confidence.UNKNOWN, None),
    ],
)
def test_known_places(postcode, confidence, council):
    routed = queries.route(postcode, on=DAY)
    assert (routed.confidence, routed.council) == (confidence, council)


def test_a_neighbour_is_called_by_its_name():
    assert queries.route("PE8 4DX", on=DAY).names == "North Northamptonshire"
    assert queries.route("PE9 1AA", on=DAY).names == "Lincolnshire or Rutland"
