"""Statements whose plan a connection keeps: wall and role are those of whoever asks now, not of who asked first."""

import pytest
from django.db import ProgrammingError, connection, transaction

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import OWN, kept_within, planned_once
from frontdoor.actors.rules import PUBLIC, SEEDER, NoActor
from frontdoor.contacts.models import Event
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

LABELS = f"SELECT label FROM contacts_event WHERE {OWN} AND label LIKE %(like)s"
BARE = "SELECT label FROM contacts_event WHERE label LIKE %(like)s"
OFTEN = 8
"""Times after which PostgreSQL has long made up its mind, and knows no values any more."""


@pytest.fixture
def labels(db: None) -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER):
            Event.objects.create(authority_id=council, label=str(council))


@pytest.mark.usefixtures("labels")
def test_a_kept_plan_finds_the_rows_of_the_council_acted_for_now_even_when_it_names_none() -> None:
    for _ in range(2):
        for council in (PETERBOROUGH, CAMBRIDGESHIRE):
            with acting_for(council, by=SEEDER) as by:
                for _ in range(OFTEN):
                    assert kept_within(by, LABELS, like="87%") == [(str(council),)]
                    assert planned_once(BARE, {"like": "87%"}) == [(str(council),)]
    assert planned_once(BARE, {"like": "87%"}) == []


@pytest.mark.usefixtures("labels")
def test_a_kept_plan_does_not_outlive_the_role_that_it_was_made_for() -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        for _ in range(OFTEN):
            planned_once(BARE, {"like": "87%"})
    with (
        acting_for(PETERBOROUGH, by=PUBLIC),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        planned_once(BARE, {"like": "87%"})
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert planned_once(BARE, {"like": "87%"}) == [(str(PETERBOROUGH),)]


@pytest.mark.usefixtures("labels")
def test_a_kept_statement_is_planned_no_more() -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        for _ in range(OFTEN):
            kept_within(by, LABELS, like="87%")
        with connection.cursor() as cursor:
            cursor.execute("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT label %'")
            ((times,),) = cursor.fetchall()
    assert times > 0


def test_it_asks_for_no_council_no_more_than_any_other() -> None:
    with pytest.raises(NoActor):
        kept_within(SEEDER, LABELS, like="")
