"""The walls stand, and whatever is taken out of one is told by `./frontdoor verify separation`."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from frontdoor.access import checks
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.config.cluster import Cluster
from tests.worlds import CAMBRIDGESHIRE


@pytest.mark.usefixtures("db")
def test_the_walls_stand() -> None:
    assert list(checks.faults()) == []


@pytest.fixture
def superuser(own_database: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who can break a wall."""
    with psycopg.connect(Cluster("test").url("postgres", own_database), autocommit=True) as made:
        yield made


COUNCIL = "authority_id = nullif(current_setting('frontdoor.authority', true), '')::smallint"
BROKEN = {
    "ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY": "table contacts_contact has no wall",
    "ALTER TABLE contacts_contact NO FORCE ROW LEVEL SECURITY": "table contacts_contact has no wall",
    "DROP POLICY council ON contacts_contact": "table contacts_contact has no wall",
    "CREATE TABLE contacts_new (id bigint)": "table contacts_new has no wall",
    "ALTER POLICY council ON contacts_contact USING (true)": (
        "policy council of contacts_contact is not one equality on the council"
    ),
    f"ALTER POLICY council ON contacts_contact USING ({COUNCIL} OR channel = 'web')": (
        "policy council of contacts_contact is not one equality on the council"
    ),
    f"CREATE POLICY more ON contacts_contact FOR SELECT TO frontdoor_app USING ({COUNCIL})": (
        "table contacts_contact has two policies for frontdoor_app and SELECT"
    ),
    "ALTER TABLE contacts_contact OWNER TO frontdoor_app": "table contacts_contact belongs to frontdoor_app",
    "GRANT SELECT ON contacts_contact TO frontdoor_portal": "the portal may SELECT on contacts_contact, not nothing",
    "GRANT SELECT (id) ON contacts_referrer TO frontdoor_portal": (
        "the portal may SELECT on contacts_referrer, not nothing"
    ),
    "REVOKE INSERT ON contacts_submission FROM frontdoor_portal": (
        "the portal may SELECT on contacts_submission, not INSERT SELECT"
    ),
    "GRANT UPDATE ON trail_entry TO frontdoor_app": "the application may INSERT SELECT UPDATE on trail_entry",
    "GRANT SELECT ON contacts_contact TO PUBLIC": "everybody may use contacts_contact",
    "GRANT EXECUTE ON FUNCTION frontdoor_take_receipt(text, uuid, bytea) TO PUBLIC": (
        "function frontdoor_take_receipt runs as its owner for everybody, or without a fixed path"
    ),
    "ALTER FUNCTION frontdoor_take_receipt(text, uuid, bytea) RESET search_path": (
        "function frontdoor_take_receipt runs as its owner for everybody, or without a fixed path"
    ),
    "CREATE VIEW everything AS SELECT * FROM contacts_contact": "view everything does not ask as its reader",
    "CREATE MATERIALIZED VIEW kept AS SELECT 1": "materialised view kept",
    "DROP TRIGGER guard ON contacts_contact": "table contacts_contact can be written while nobody acts",
    "ALTER TABLE contacts_contact DISABLE TRIGGER guard": "table contacts_contact can be written while nobody acts",
    "DROP TRIGGER fixed ON trail_entry": "table trail_entry can be changed",
    "DROP POLICY shut ON people_name": "table people_name shows what is shut",
    "ALTER POLICY shut ON people_fact USING (true)": "table people_fact shows what is shut",
    "DROP POLICY barred ON matching_link": "table matching_link shows what is barred",
    "ALTER TABLE people_birth DISABLE TRIGGER shut": "rows of people_birth are not kept shut",
    "ALTER TABLE contacts_matter DROP CONSTRAINT contacts_matter_contact_id_council": (
        "contacts_matter.contact_id may point at another council's contacts_contact"
    ),
    "ALTER TABLE contacts_contact ADD CONSTRAINT told UNIQUE (receipt)": (
        "unique constraint told of contacts_contact does not begin with the council"
    ),
}


@pytest.mark.parametrize("statement", BROKEN)
def test_a_wall_that_is_broken_is_told(superuser: psycopg.Connection[Any], statement: str) -> None:
    superuser.execute(statement)
    assert BROKEN[statement] in set(checks.faults())


def test_the_start_stops_where_a_table_has_no_wall(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute("ALTER TABLE contacts_contact NO FORCE ROW LEVEL SECURITY")
    (error,) = checks.every_case_table_has_its_wall(None, databases=["default"])
    assert "contacts_contact" in error.msg


def test_the_command_fails_where_a_row_points_at_another_councils(superuser: psycopg.Connection[Any]) -> None:
    told = StringIO()
    call_command("verify_separation", stdout=told)
    assert "The walls stand." in told.getvalue()
    superuser.execute("SET session_replication_role = replica")  # as a restore does that leaves keys out
    superuser.execute(
        'INSERT INTO contacts_callback (id, authority_id, submission_id, name, phone, "when", about, asked_at, outcome)'
        " VALUES (gen_random_uuid(), 873, gen_random_uuid(), '', '', '', '', now(), '')"
    )
    with acting_for(CAMBRIDGESHIRE, by=SEEDER) as by:
        assert list(checks.orphans(by=by)) == [
            "1 rows of contacts_callback point by contacts_callback_submission_id_council at nothing of this council"
        ]
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("verify_separation", stdout=StringIO(), stderr=StringIO())
