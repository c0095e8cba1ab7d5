"""What the page of one enquiry asks the database, counted: at most twelve questions, however many entries it has."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontdoor.config.bench.enquiring import Family, Size
from frontdoor.mash.actions.enquiries import answer_safety
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.rules.safety import Answered
from tests.mash.deciding import analysed, recommended
from tests.mash.enquiring import children, rated

OWN = ("SAVEPOINT", "RELEASE", "SELECT set_config")
"""What a transaction says of itself."""
MOST = 12
SMALL = Size(children=2, adults=1, agencies=2, corrected=1, checks=1, ratings=2, entries=30)
LARGE = Size(children=6, adults=6, agencies=8, corrected=24, checks=10, ratings=20, entries=500)


def made(world, size):
    """An enquiry of a size; of one child nobody knows whether it is safe, so that an action is owed."""
    at = timezone.now()
    family = Family(874, size, at=at)
    enquiry = family.make()
    with world.acting("social_worker", at=at) as by:
        child = Subject.objects.filter(enquiry=enquiry, is_child=True).order_by("position")[0]
        given = Answered(answer="unknown", action="Visit", owner=f"user:{by.user_id}", until=at + timedelta(hours=2))
        seen = Enquiry.objects.get(pk=enquiry.pk).version
        answer_safety(enquiry.key, seen=seen, those=[str(child.key)], given=given, by=by, at=at)
    return enquiry


def opened(client, enquiry):
    """Its page, and what was asked for it."""
    address = reverse("mash:enquiry", args=["peterborough", enquiry.key])
    client.get(address)  # a process looks now and then whether the trail is sealed, at its first page too
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode(), [query["sql"] for query in captured if not query["sql"].startswith(OWN)]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_the_page_of_an_enquiry_asks_at_most_twelve_questions_of_any_size(world, client, size):
    world.signed_in(client, world.user("social_worker"))
    page, texts = opened(client, made(world, size))
    assert len(texts) <= MOST, texts
    assert page.count("Said by") == size.agencies * (size.children + size.adults) + size.corrected


def test_what_was_analysed_and_recommended_asks_no_more(world, client):
    world.signed_in(client, world.user("social_worker"))
    at = timezone.now()
    enquiry = rated(world, at=at)
    _, before = opened(client, enquiry)
    analysed(world, enquiry, at=at)
    with world.acting("social_worker", at=at):
        (child,) = children(enquiry)
    recommended(world, child, at=at)
    page, texts = opened(client, enquiry)
    assert "Waits for a manager" in page
    assert len(texts) == len(before) <= MOST


def test_the_large_statement_is_planned_once_a_connection_and_not_at_each_opening(world, client):
    world.signed_in(client, world.user("social_worker"))
    address = reverse("mash:enquiry", args=["peterborough", made(world, SMALL).key])
    for _ in range(8):
        assert client.get(address).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(generic_plans) FROM pg_prepared_statements"
            " WHERE statement LIKE '%FROM mash_subject%' AND statement LIKE '%FROM mash_turn%'"
        )
        assert cursor.fetchone()[0] > 0
