"""The portal's role inserts what people send, and reads neither cases nor people: by grant as well as by policy."""

import re

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, SEEDER
from frontdoor.background.actions import later
from frontdoor.contacts.models import CallBack, Receipt, Submission
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

GRANTS = """
SELECT c.relname, string_agg(DISTINCT privilege_type, ' ' ORDER BY privilege_type) FROM pg_class c
  CROSS JOIN LATERAL unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
    AS kinds (privilege_type)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
   AND CASE WHEN privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            THEN has_any_column_privilege('frontdoor_portal', c.oid, privilege_type)
            ELSE has_table_privilege('frontdoor_portal', c.oid, privilege_type) END
 GROUP BY c.relname
"""
FUNCTIONS = """
SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
   AND has_function_privilege('frontdoor_portal', oid, 'EXECUTE') ORDER BY proname
"""
MAY = {
    "clocks_clock": "INSERT",
    "clocks_event": "INSERT",
    "contacts_callback": "INSERT",
    "contacts_submission": "INSERT",
    "councils_council": "SELECT",
    "councils_place": "SELECT",
    "councils_setting": "SELECT",
    "organisations_agency": "SELECT",
    "organisations_delegation": "SELECT",
    "organisations_team": "SELECT",
    "portal_draft": "DELETE INSERT SELECT UPDATE",
    "trail_entry": "INSERT",
}
"""Every grant of the portal's role. A new line here is a decision: see the table of roles in docs/security.md."""


def rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.usefixtures("db")
def test_the_portals_grants_are_those_of_the_list_and_no_others() -> None:
    assert dict(rows(GRANTS)) == MAY


@pytest.mark.usefixtures("db")
def test_the_portal_runs_three_functions_of_the_owner() -> None:
    assert [name for (name,) in rows(FUNCTIONS)] == [
        "frontdoor_portal_later", "frontdoor_receipt_again", "frontdoor_take_receipt",
    ]  # fmt: skip


@pytest.mark.usefixtures("db")
def test_every_function_that_runs_as_its_owner_has_a_fixed_path_and_is_not_for_everybody() -> None:
    open_ones = rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND (proconfig IS NULL OR NOT 'search_path=pg_catalog, public, pg_temp' = ANY (proconfig)"
        " OR EXISTS (SELECT 1 FROM aclexplode(proacl) WHERE grantee = 0))"
    )
    assert not open_ones


def submission(council: int) -> Submission:
    return Submission(
        authority_id=council, channel="web", sender="public", idem="a", body={}, digest=b"0" * 32,
        received_at="2026-04-01T09:00Z", entered_at="2026-04-01T09:00Z",
    )  # fmt: skip


@pytest.mark.usefixtures("db")
def test_it_sends_for_the_council_of_the_address_and_for_no_other() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC):
        submission(PETERBOROUGH).save(force_insert=True)
    for acting, meant in ((PETERBOROUGH, CAMBRIDGESHIRE), (None, PETERBOROUGH)):
        with pytest.raises(ProgrammingError, match="row-level security"), acting_for(acting, by=PUBLIC):
            submission(meant).save(force_insert=True)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("model", [Submission, CallBack, Receipt])
def test_what_was_sent_is_not_read_back(model: type[Submission | CallBack | Receipt]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=PUBLIC):
        model.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("table", [
    "access_user", "access_post", "access_apiclient", "django_session", "account_emailaddress", "mfa_authenticator",
    "contacts_contact", "contacts_referrer", "contacts_receipt", "contacts_receiptcounter", "trail_entry",
    "procrastinate_jobs",
])  # fmt: skip
def test_it_reads_no_people_cases_receipts_sessions_or_jobs(table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=PUBLIC):
        rows(f"SELECT 1 FROM {table}")


@pytest.mark.usefixtures("db")
def test_it_leaves_the_jobs_of_a_closed_list_for_its_own_council() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC):
        later("contacts.intake", submission="x")
        assert _refused("""SELECT frontdoor_portal_later('trail.seal', '{"authority": 874}')""")
        assert _refused("""SELECT frontdoor_portal_later('contacts.intake', '{"authority": 873}')""")
        assert _refused("""SELECT frontdoor_portal_later('contacts.intake', '{}')""")
    with acting_for(PETERBOROUGH, by=SEEDER):
        left = rows("SELECT task_name, args ->> 'authority', args ->> 'submission' FROM procrastinate_jobs")
    assert left == [("contacts.intake", "874", "x")]


def _refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            rows(statement)
    except DatabaseError as error:
        return bool(re.search("may not leave|another council", str(error)))
    return False


@pytest.mark.usefixtures("db")
def test_it_takes_receipts_for_its_own_council_alone() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC), connection.cursor() as cursor:
        sent = submission(PETERBOROUGH)
        sent.save(force_insert=True)
        cursor.execute("SELECT frontdoor_take_receipt('web', %s, %s)", [sent.pk, sent.digest])
    with acting_for(CAMBRIDGESHIRE, by=SEEDER):
        assert not Receipt.objects.exists()
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert Receipt.objects.get().number == 1
