"""The queue of one council: its order, its pages, what a row shows, what it costs and leaves."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdoor.actors.rules import NotPermitted
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import screening as queries
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child

HOUR = timedelta(hours=1)


def _looked(contact, danger, *, by, at=NOON):
    screening.look(contact.key, seen=contact.version, danger=danger, line="Read.", by=by, at=at)
    return contact


def test_danger_comes_first_then_what_nobody_has_seen_then_what_is_due(world):
    with world.acting("social_worker") as by:
        late_looked = _looked(arrive(by=by, at=NOON - timedelta(days=4)), "no", by=by)
        looked = _looked(arrive(by=by, at=NOON - timedelta(days=1)), "no", by=by)
        unseen = arrive(by=by, danger="no")
        unsure = _looked(arrive(by=by), "unknown", by=by)
        danger_looked = _looked(arrive(by=by), "yes", by=by)
        danger_unseen = arrive(by=by, danger="yes", at=NOON + HOUR)
        rows = queries.queue(by=by, at=NOON + HOUR)
        wanted = [danger_unseen, danger_looked, unsure, unseen, late_looked, looked]
        assert [row.receipt for row in rows] == [contact.receipt for contact in wanted]
        assert all(before.place < after.place for before, after in pairwise(rows))


def test_a_flag_lifts_a_contact_to_the_top(world):
    with world.acting("social_worker") as by:
        arrive(by=by, danger="unknown")
        flagged = _looked(arrive(by=by), "no", by=by)
        screening.flag(flagged.key, why="He is back.", by=by, at=NOON)
        top = queries.queue(by=by, at=NOON)[0]
        assert (top.receipt, top.flagged_at) == (flagged.receipt, NOON)


def test_pages_by_place_show_each_row_once_and_in_order(world):
    with world.acting("social_worker") as by:
        for number in range(11):
            arrive(by=by, danger=["yes", "no", "unknown"][number % 3], at=NOON + timedelta(days=number % 2))
        whole = queries.queue(by=by, at=NOON)
        paged, after = [], None
        while page := queries.queue(by=by, at=NOON, after=after, limit=3):
            paged += page
            after = page[-1].place
        assert paged == whole
        assert len(whole) == 11


def test_a_place_in_another_councils_contact_is_a_place_in_this_one_too(world):
    with world.acting("social_worker") as by:
        one, two = arrive(by=by), arrive(by=by)
        rank, looked, due, council, number = queries.queue(by=by, at=NOON)[0].place
        assert council == 874
        for other, left in ((873, [one, two]), (875, [])):
            rows = queries.queue(by=by, at=NOON, after=(rank, looked, due, other, number))
            assert [row.id for row in rows] == [contact.pk for contact in left]


def test_a_page_after_a_place_is_read_from_the_index(world):
    with world.acting("social_worker") as by:
        for _ in range(3):
            arrive(by=by)
        place = queries.queue(by=by, at=NOON)[0].place
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.queue(by=by, at=NOON, after=place)
        (statement,) = [query["sql"] for query in captured if "LATERAL" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "contact_queue" in plan
        condition = next(line for line in plan.splitlines() if "Index Cond" in line and "ROW(danger_rank" in line)
        assert "looked, due_at, id" in condition


def test_a_row_tells_true_age_from_time_left_and_unseen_from_on_time(world):
    with world.acting("social_worker") as by:
        contact = arrive(
            by=by,
            people=(
                child(given_name="Ewa", family_name="Nowak", date_of_birth=date(2019, 3, 24)),
                child(
                    kind="unborn", given_name="", family_name="Nowak", date_of_birth=None, expected_on=date(2026, 5, 1)
                ),
                child(
                    kind="unknown",
                    given_name="",
                    family_name="",
                    date_of_birth=None,
                    approximate_age=10,
                    description="boy at the bus stop",
                ),
                child(kind="adult", given_name="Jan", family_name="Nowak", date_of_birth=None),
            ),
        )
        (row,) = queries.queue(by=by, at=NOON + 2 * HOUR)
        on = NOON.date()
        assert [(each.label, each.age(on)) for each in row.children] == [
            ("Ewa Nowak", "7 years"),
            ("Unborn Nowak", "expected 1 May 2026"),
            ("boy at the bus stop", "about 10 years"),
        ]
        assert not row.looked
        assert row.look_due_at == NOON + HOUR < NOON + 2 * HOUR < row.due_at == contact.due_at
        assert (row.received_at, row.holder, row.holder_name, row.held_until) == (NOON, None, "", None)


def test_a_row_names_its_holder_and_when_it_goes_back(world):
    with world.acting("social_worker") as by:
        arrive(by=by)
        screening.take_next(by=by, at=NOON)
        (row,) = queries.queue(by=by, at=NOON)
        assert (row.holder_name, row.held_until) == (by.label, NOON + HOUR)
        assert [each.id for each in queries.queue(by=by, at=NOON, whose="mine")] == [row.id]
        assert queries.queue(by=by, at=NOON, whose="free") == []
        assert queries.queue(by=by, at=NOON + HOUR, whose="mine") == []


def test_a_row_says_that_an_answer_is_waited_for_and_when_none_came(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        question = screening.ask(contact.key, seen=contact.version, asked_of="The school", text="When?", by=by, at=NOON)
        (row,) = queries.queue(by=by, at=NOON + HOUR)
        assert (row.state, row.waiting_for_answer, row.no_answer) == ("waiting", True, False)
        (row,) = queries.queue(by=by, at=question.answer_due_at + HOUR)
        assert (row.waiting_for_answer, row.no_answer) == (False, True)


def test_a_row_says_that_somebody_has_acted(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        assert not queries.queue(by=by, at=NOON)[0].protected
        screening.protect(contact.key, kind="strategy_discussion", reason="Marks.", with_whom="PC Hale", by=by, at=NOON)
        assert queries.queue(by=by, at=NOON)[0].protected


def test_what_is_decided_or_closed_is_not_in_the_queue(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        for state in ("recommended", "decided", "closed", "duplicate", "voided"):
            Contact.objects.filter(pk=contact.pk).update(state=state)
            assert queries.queue(by=by, at=NOON) == []


def test_the_queue_of_one_council_shows_nothing_of_the_other(world):
    with world.acting("social_worker", council=873) as by:
        arrive(by=by)
    with world.acting("social_worker") as by:
        assert queries.queue(by=by, at=NOON) == []


def test_a_page_costs_the_same_number_of_statements_however_many_rows_it_has(world):
    counts = set()
    with world.acting("social_worker") as by:
        for number in (0, 1, 12):
            for _ in range(number):
                arrive(by=by)
            with CaptureQueriesContext(connection) as captured:
                queries.shown_queue(by=by, at=NOON)
            counts.add(len(captured))
    assert max(counts) <= 5


def test_a_shown_page_leaves_one_entry_with_what_was_shown_and_no_more(world):
    with world.acting("social_worker") as by:
        for _ in range(3):
            arrive(by=by)
        shown, more = queries.shown_queue(by=by, at=NOON, limit=2)
        assert more
        entry = Entry.objects.filter(action="contacts.queue").get()
        assert entry.detail["shown"] == [str(row.key) for row in shown]
        assert len(shown) == 2


def test_nobody_sees_the_queue_who_may_not_read_contacts(world):
    with world.acting("administrator", of=874) as by, pytest.raises(NotPermitted):
        queries.queue(by=by, at=NOON)
