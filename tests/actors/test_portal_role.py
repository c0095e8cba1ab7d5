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


def rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


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
def test_what_was_sent_is_not_read_back_but_by_the_agency_that_sent_it() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC):
        submission(PETERBOROUGH).save(force_insert=True)
        assert not Submission.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("model", [CallBack, Receipt])
def test_call_backs_and_receipts_are_not_read_back(model: type[CallBack | Receipt]) -> None:
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
