"""Every public page says how to speak to a qualified social worker, when, and where to ask for a call."""

import pytest

COUNTY, CITY, HOURS = "01632 960275", "01632 960176", "Monday to Thursday 8am to 5:30pm"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/report/worry/where/", "/report/now/where/", "/speak-to-a-social-worker/"])
def test_before_a_council_is_known_both_are_named(client, address):
    page = client.get(address, follow=True).text
    assert COUNTY in page
    assert CITY in page
    assert HOURS in page
    assert 'href="/speak-to-a-social-worker/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/peterborough/report/worry/start/", "/peterborough/speak-to-a-social-worker/"])
def test_once_it_is_known_its_own_is(client, address):
    client.post("/", {"way": "worry"})  # as its own first page does
    page = client.get(address, follow=True).text
    assert CITY in page
    assert COUNTY not in page
    assert HOURS in page
    assert 'href="/peterborough/speak-to-a-social-worker/"' in page
