"""What an act or a page asks the database, counted: a question that comes back a second time is seen here."""

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontdoor.access.queries import standing
from frontdoor.actors.rules import PUBLIC, PUBLIC_INTAKE
from frontdoor.clocks import queries as clocks
from frontdoor.contacts import actions
from frontdoor.contacts.actions import intake
from frontdoor.contacts.queries.screening import heads
from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.kinds import DECISION
from frontdoor.desk import queries as desk
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import ACKNOWLEDGE
from tests.contacts.arriving import NOON, arrive, child

SENDER = ReferrerGiven("professional", "given", name="Leo Brookbeck", email="office@example.org", route="email")
GUARD = {
    "contacts_named": 1,  # the family of those whom the report names
    "contacts_contact": 1,  # who of that family is the person to be told, and whether they told us before
    "letters_safecontact": 1,  # how they may be reached, and which addresses are protected
}
"""What is asked to know that the letter may go, at planning as at sending, besides what the letter says."""
OWN = ("SAVEPOINT", "RELEASE", "SELECT set_config")
"""What a transaction says of itself."""


def report(people: int) -> Report:
    named = tuple(
        PersonGiven(
            "child", f"Child{number}", "Fenbourne", date_of_birth=date(2017, 3, 9), address="12 Mill Lane",
            postcode="CB1 1ZZ",
        )
        for number in range(people)
    )  # fmt: skip
    return Report(story="Home is loud at night.", danger="no", source_code="2A", people=named, referrer=SENDER)


def asked(captured: CaptureQueriesContext) -> Counter[str]:
    """How often each table was asked first; functions and what is written are left out."""
    texts = [query["sql"].strip() for query in captured if query["sql"].strip().startswith(("SELECT", "WITH"))]
    tables = (re.search(r'\b(?:FROM|JOIN)\s+"?((?!LATERAL|unnest)\w+_\w+)"?', text) for text in texts)
    return Counter(found[1] for found in tables if found)


@pytest.mark.parametrize("people", [1, 5])
def test_taking_in_asks_each_question_once_however_many_people_are_named(world, people):
    with world.acting("social_worker") as by:
        with CaptureQueriesContext(connection) as captured:
            actions.submit_and_take_in(report(people), channel="phone", idem="k", by=by, at=NOON)
        assert Letter.objects.get().state == "to_send"
    assert asked(captured) == {
        "councils_setting": 2,  # what clocks are made by, all dates; and what a letter says, today's
        "organisations_team": 1,
        "councils_council": 1,
        **GUARD,
    }


def test_the_job_asks_each_question_once_too(world):
    with world.system(PUBLIC) as by:
        given = actions.submit(report(3), channel="web", idem="k", by=by, at=NOON)
    with world.system(PUBLIC_INTAKE) as by:
        with CaptureQueriesContext(connection) as captured:
            actions.take_in(str(given.submission), by=by, at=NOON)
        assert Letter.objects.get().state == "to_send"
    assert asked(captured) == {
        "contacts_submission": 1,  # with its receipt, whether a contact was made, and whether it may not be genuine
        "clocks_clock": 1,  # the team, when what is due, and whether we were closed: the clocks hold it
        "councils_setting": 1,
        "councils_council": 1,
        **GUARD,
    }


def test_who_is_told_by_a_letter_just_planned_is_who_stands_in_the_compartment(world):
    """The row is handed down, not read: what the guard sees must be what it would have read."""
    notes = (PersonGiven("adult", "Cora", "Fenbourne", safe_contact="Never ring before ten"),)
    told = report(1)
    told = replace(told, people=told.people + notes)
    with world.acting("social_worker") as by:
        actions.submit_and_take_in(told, channel="phone", idem="k", by=by, at=NOON)
        letter = Letter.objects.get()
    assert letter.state == "held"
    assert [mark.partition(":")[0] for mark in letter.findings] == ["safe_note"]


def test_the_newest_of_a_name_and_of_a_place_is_read_from_the_end_of_an_index(own_database, world):
    """With so many people, all of one birth date and counted by the database, that another way is never cheaper."""
    others = [
        PersonGiven(
            "child", f"Other{each}", f"Family{each}", date_of_birth=date(2017, 3, 9), address=f"{each} Mill Lane",
            postcode="CB1 1ZZ",
        )
        for each in range(400)
    ]  # fmt: skip
    with world.acting("social_worker") as by:
        first = arrive(by=by, people=report(1).people)
        for start in range(0, len(others), 40):
            arrive(by=by, people=tuple(others[start : start + 40]))
    with psycopg.connect(os.environ["FRONTDOOR_OWNER_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE contacts_named")
    with world.acting("social_worker") as by:
        with CaptureQueriesContext(connection) as captured:
            assert intake.family_of(report(2).people, by=by) == first.family
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "material"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {captured[0]['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan Backward using named_name" in plan, plan
    assert "Index Scan Backward using named_place" in plan, plan


def test_the_database_counts_state_and_closing_together(world):
    """Without this it expects nine contacts in a queue of thousands, reads them all and sorts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(column_.attname::text ORDER BY column_.attnum), kept.stxstattarget"
            " FROM pg_statistic_ext kept"
            " JOIN pg_attribute column_ ON column_.attrelid = kept.stxrelid AND column_.attnum = ANY (kept.stxkeys)"
            " WHERE kept.stxrelid = 'contacts_contact'::regclass AND 'm' = ANY (kept.stxkind) GROUP BY kept.oid"
        )
        ((columns, sample),) = cursor.fetchall()
    assert set(columns) == {"authority_id", "state", "closed_at"}
    assert sample == 500, "of a smaller sample luck decides whether those few that wait are seen at all"


def test_only_what_a_page_of_the_queue_shows_is_looked_at_further_whatever_plan_is_chosen(world):
    with world.acting("social_worker") as by:
        for _ in range(4):
            arrive(by=by)
        with CaptureQueriesContext(connection) as captured:
            assert len(heads(by=by, at=NOON, limit=2)) == 2
        (text,) = [query["sql"] for query in captured if "FROM contacts_contact contact" in query["sql"]]
        with connection.cursor() as cursor:
            for way in ("indexscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}")
            ((plan,),) = cursor.fetchall()
    assert set(_times(plan[0]["Plan"], "contacts_question")) == {2}


def _times(node, table):
    """How often each reading of a table was begun."""
    own = [node["Actual Loops"]] if node.get("Relation Name") == table else []
    return own + [each for below in node.get("Plans", ()) for each in _times(below, table)]


def test_a_queue_of_two_councils_asks_five_questions_of_each(world, client):
    for council in (873, 874):
        with world.acting("social_worker", council=council) as by:
            for _ in range(3):
                arrive(by=by)
    world.signed_in(client, world.user("social_worker"))
    client.get(reverse("desk:queue"))  # a process looks now and then whether the trail is sealed, at its first page too
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("desk:queue")).status_code == 200
    texts = [query["sql"].strip() for query in captured if not query["sql"].startswith(OWN)]
    councils = [text for text in texts if not re.match(r'SELECT (?:session_key|"access_user")|WITH held', text)]
    assert len(texts) - len(councils) == 3, "session, account and reach"
    assert asked(captured)["councils_setting"] == 2
    assert sum("FROM contacts_contact contact" in text for text in texts) == 2
    assert asked(captured)["contacts_named"] == 2
    assert len(councils) == 10, "settings, colleagues, contacts, children and the entry, for each council"


def test_a_merged_page_asks_for_the_children_of_the_rows_that_it_shows_alone(world, monkeypatch):
    monkeypatch.setattr("frontdoor.desk.queries.lists.QUEUE_PAGE", 2)
    user = world.user("social_worker")
    for council in (873, 874):
        with world.acting("social_worker", council=council) as by:
            for _ in range(3):
                arrive(by=by, people=(child(), child(given_name="Ash")))
    reach = standing(user, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        rows, more = desk.queue(reach.councils, after=None, whose="", by=reach.actor, at=NOON)
    (named,) = [query["sql"] for query in captured if "FROM contacts_named" in query["sql"]]
    assert len(re.search(r"contact_id = ANY\('\{([\d,]+)\}'", named)[1].split(",")) == 2
    assert more
    assert [len(row.children) for row in rows] == [2, 2]
    assert [row.place for row in rows] == sorted(row.place for row in rows)


@pytest.mark.parametrize("hour", [12, 23])
def test_a_contact_that_the_job_makes_is_what_receipt_settled(world, hour):
    at = NOON.replace(hour=hour)
    with world.system(PUBLIC) as by:
        given = actions.submit(report(1), channel="web", idem="k", by=by, at=at)
    with world.system(PUBLIC_INTAKE) as by:
        contact = actions.take_in(str(given.submission), by=by, at=at + timedelta(hours=10))
        subject = ("contacts.submission", given.submission)
        assert contact.due_at == clocks.due_at(DECISION, subject=subject, by=by)
        assert Letter.objects.get().due_at == clocks.due_at(ACKNOWLEDGE, subject=subject, by=by)
        assert contact.team_id == world.team("contact_centre").pk
        assert contact.out_of_hours == (hour == 23)
