"""Councils, settings and places in the database, as the application and the portal see them."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MIGRATION, PUBLIC, Actor, Conflict, InvalidInput, NotFound, NotPermitted, Permission
from frontdoor.councils import actions, queries
from frontdoor.councils.models import Council, Setting
from frontdoor.councils.rules import Confidence, declared
from frontdoor.trail.models import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 24)
ADMINISTRATOR = Actor(name="user:1", reach={874: frozenset({Permission.SETTING_READ, Permission.SETTING_CHANGE})})


def refused(statement):
    """The database itself refuses, whatever the code above it would allow."""
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def decide(
    value=30,
    *,
    starts_on=TODAY,
    ends_on=None,
    by=ADMINISTRATOR,
    name=declared.FIRST_LOOK.name,
    who="Head of service",
    why="Board of 3 March",
):
    with acting_for(874, by=by) as bound:
        return actions.decide_setting(
            name, value=value, starts_on=starts_on, ends_on=ends_on, decided_by=who, why=why, by=bound, at=AT
        )


def first_look(day=TODAY, authority=874):
    return queries.setting(declared.FIRST_LOOK.name, authority=authority, on=day)


def test_two_councils_and_the_service_are_there_from_the_start():
    assert {row.pk: row.slug for row in queries.councils(on=TODAY)} == {873: "cambridgeshire", 874: "peterborough"}
    assert queries.by_slug("peterborough", on=AT).legal_name == "Peterborough City Council"
    assert queries.council(0).name == "The service"
    with pytest.raises(NotFound):
        queries.council(875)


def test_a_council_that_has_ended_has_no_address_and_keeps_its_slug():
    with acting_for(0, by=MIGRATION):
        refused("UPDATE councils_council SET ends_on = '2026-03-31' WHERE id = 874")
    assert queries.by_slug("peterborough", on=date(1998, 3, 31)) is None
    assert queries.by_slug("peterborough", on=date(1998, 4, 1)).pk == 874


def test_every_number_of_a_seeded_council_is_from_the_drama_ranges():
    for council in queries.councils(on=TODAY):
        for field in ("phone_professionals", "phone_public", "phone_out_of_hours", "social_worker_phone"):
            assert getattr(council, field).startswith(("01632 960", "07700 900")), (council, field)
        assert council.dpo_email.endswith(".example.org")


def test_a_decided_value_holds_for_its_council_from_its_day():
    decided = decide(30, starts_on=date(2026, 4, 1))
    assert first_look(date(2026, 3, 31)).value == 60
    assert (first_look(date(2026, 4, 1)).value, first_look(date(2026, 4, 1)).version) == (30, decided.pk)
    assert first_look(date(2026, 4, 1), authority=873).value == 60


def test_an_instant_counts_by_londons_day():
    decide(30, starts_on=date(2026, 4, 1))
    assert first_look(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)).value == 60
    assert first_look(datetime(2026, 3, 31, 23, 0, tzinfo=UTC)).value == 30  # midnight of summer time


def test_all_settings_come_in_one_statement(django_assert_num_queries):
    decide(30)
    with django_assert_num_queries(1):
        values = queries.settings(authority=874, on=TODAY)
    assert values[declared.FIRST_LOOK.name].value == 30
    assert values[declared.THRESHOLD_DOCUMENT.name].value.startswith("Continuum of Help and Support, Peterborough")
    assert values[declared.ACKNOWLEDGE.name].value == 1


def test_history_keeps_every_version_with_who_and_why():
    decide(30)
    decide(20, starts_on=date(2026, 5, 1), why="Inspection")
    assert [(row.value, row.why) for row in queries.history(declared.FIRST_LOOK.name, authority=874)] == [
        (20, "Inspection"),
        (30, "Board of 3 March"),
    ]
    assert [row.value for row in queries.upcoming(authority=874, on=AT)] == [20]
    line = queries.timeline(declared.FIRST_LOOK.name, authority=874)
    assert [(day, found.value) for day, found in line] == [(date.min, 60), (TODAY, 30), (date(2026, 5, 1), 20)]


def test_a_decision_leaves_an_entry_in_the_councils_trail():
    decide(30)
    with acting_for(874, by=MIGRATION):
        entry = Entry.objects.filter(action="councils.decide_setting").latest("id")
    assert (entry.authority_id, entry.actor, entry.why) == (874, "user:1", "Board of 3 March")
    assert entry.detail["value"] == 30


def test_only_an_administrator_of_the_council_decides():
    with pytest.raises(NotPermitted):
        decide(by=Actor(name="user:2", reach={874: frozenset({Permission.SETTING_READ})}))
    with pytest.raises(NotPermitted):
        decide(by=Actor(name="user:3", reach={873: frozenset({Permission.SETTING_CHANGE})}))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": 2}, "value"),
        ({"value": "soon"}, "value"),
        ({"starts_on": date(2026, 3, 23)}, "starts_on"),
        ({"ends_on": date(2026, 3, 23)}, "starts_on"),
        ({"who": " "}, "decided_by"),
        ({"why": ""}, "why"),
        ({"name": "no.such"}, "name"),
        ({"name": declared.ACKNOWLEDGE.name, "value": 1}, "value"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_a_reason(change, field):
    with pytest.raises(InvalidInput) as refused:
        decide(**change)
    assert field in refused.value.problems


def test_no_version_can_be_rewritten_or_removed_even_by_the_application():
    decided = decide(30)
    with acting_for(874, by=ADMINISTRATOR):
        refused("UPDATE councils_setting SET value = '5'")
        refused("DELETE FROM councils_setting")
    assert Setting.objects.get(pk=decided.pk).value == 30


def test_nobody_writes_while_nobody_acts():
    with pytest.raises(DatabaseError, match="no actor is set"), transaction.atomic():
        Setting.objects.create(
            authority_id=874, name="x", value=1, starts_on=TODAY, decided_by="A", why="B", entered_by="", entered_at=AT
        )


def test_details_are_corrected_with_a_reason_and_once():
    with acting_for(874, by=ADMINISTRATOR) as by:
        new = {"phone_public": "01632 960111"}
        corrected = actions.correct_details(seen=1, details=new, why="New line", by=by, at=AT)
        assert (corrected.phone_public, corrected.version) == ("01632 960111", 2)
        with pytest.raises(Conflict):
            actions.correct_details(seen=1, details=new, why="New line", by=by, at=AT)
        with pytest.raises(InvalidInput):
            actions.correct_details(seen=2, details={"slug": "other"}, why="New name", by=by, at=AT)
        entry = Entry.objects.filter(action="councils.correct_details").latest("id")
    assert entry.detail["before"] == {"phone_public": "01632 960175"}
    assert Council.objects.get(pk=874).phone_public == "01632 960111"


def test_the_portal_may_read_them_and_change_nothing():
    with acting_for(874, by=PUBLIC):
        assert queries.by_slug("peterborough", on=AT).pk == 874
        assert first_look().value == 60
        assert queries.route("PE7 8LT", on=AT).council == 874
        refused("UPDATE councils_council SET address = ''")
        refused("DELETE FROM councils_place")


def test_a_postcode_leads_to_its_council_in_two_statements(django_assert_num_queries):
    with django_assert_num_queries(2):
        routed = queries.route("cb22 6ln", on=AT)
    assert (routed.confidence, routed.council, routed.postcode) == (Confidence.INSIDE, 873, "CB22 6LN")


def test_what_cannot_be_read_costs_no_look_at_the_table(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.route("a boat on the Nene", on=AT).confidence is Confidence.UNKNOWN
