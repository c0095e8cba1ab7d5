"""Numbers without gaps, one receipt a key, and a chain that shows tampering."""

import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, SEALER, InvalidInput, NotPermitted, SameKeyOtherBody
from frontdoor.contacts import actions
from frontdoor.contacts.models import Receipt, Submission
from frontdoor.contacts.queries import receipts
from frontdoor.contacts.rules.intake import PersonGiven, Report
from tests.worlds import World

AT = timezone.now()
REPORT = Report(story="A boy of nine asked for bread.", people=(PersonGiven(kind="child", given_name="Alfie"),))


def test_the_public_gets_numbers_in_order_without_reading_anything(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by:
        numbers = [actions.submit(REPORT, channel="web", idem=f"k{n}", by=by, at=AT).number for n in range(3)]
    assert numbers == ["874-W-000001", "874-W-000002", "874-W-000003"]


def test_each_council_and_channel_counts_for_itself(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by:
        actions.submit(REPORT, channel="web", idem="k", by=by, at=AT)
    with acting_for(873, by=PUBLIC) as by:
        assert actions.submit(REPORT, channel="web", idem="k", by=by, at=AT).number == "873-W-000001"


def test_the_same_key_gives_the_first_receipt_and_another_body_is_refused(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by:
        first = actions.submit(REPORT, channel="web", idem="k", by=by, at=AT)
        again = actions.submit(REPORT, channel="web", idem="k", by=by, at=AT)
        with pytest.raises(SameKeyOtherBody):
            actions.submit(Report(story="Another story"), channel="web", idem="k", by=by, at=AT)
    assert again.again
    assert again.number == first.number


def test_nothing_to_read_is_refused_and_uses_no_number(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by:
        with pytest.raises(InvalidInput):
            actions.submit(Report(story="  "), channel="web", idem="empty", by=by, at=AT)
        assert actions.submit(REPORT, channel="web", idem="k", by=by, at=AT).number == "874-W-000001"


def test_an_earlier_receipt_time_needs_the_permission_of_late_entry(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by, pytest.raises(NotPermitted):
        actions.submit(REPORT, channel="web", idem="k", by=by, at=AT, received_at=AT - timedelta(days=1))


def test_a_contact_is_made_at_once_for_staff_with_its_number(world: World) -> None:
    with world.acting("contact_officer") as by:
        given, contact = actions.submit_and_take_in(REPORT, channel="phone", idem="call", by=by, at=AT)
        assert contact is not None
        assert contact.receipt == given.number == "874-T-000001"
        again, same = actions.submit_and_take_in(REPORT, channel="phone", idem="call", by=by, at=AT)
        assert same == contact
        assert again.again


@pytest.mark.usefixtures("own_database")
def test_in_a_race_there_is_one_receipt_a_key_and_no_gap(world: World) -> None:
    keys = [str(uuid.uuid4()) for _ in range(10)]
    given: list[tuple[str, str]] = []

    def send() -> None:
        try:
            for key in keys:
                with acting_for(874, by=PUBLIC) as by:
                    number = actions.submit(REPORT, channel="web", idem=key, by=by, at=AT).number
                given.append((key, number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 40
    assert len(set(given)) == 10
    with acting_for(874, by=SEALER) as by:
        assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 11))
        assert list(receipts.broken(by=by)) == []


@pytest.fixture
def three(world: World, own_database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Three receipts, and a connection that may change anything: somebody with the superuser's password."""
    from frontdoor.config.cluster import Cluster

    with acting_for(874, by=PUBLIC) as by:
        for number in range(3):
            actions.submit(REPORT, channel="web", idem=f"k{number}", by=by, at=AT)
    connection.close()
    with Cluster("test").connect(database=own_database) as admin:
        admin.execute("SET session_replication_role = replica")
        yield admin


@pytest.mark.parametrize(
    "tamper",
    [
        "DELETE FROM contacts_receipt WHERE number = 2",
        "UPDATE contacts_receipt SET digest = sha256('x') WHERE number = 2",
        "UPDATE contacts_receiptcounter SET last = 9",
        "UPDATE contacts_submission SET body = jsonb_set(body, '{story}', '\"nothing\"') WHERE idem = 'k1'",
        "DELETE FROM contacts_submission WHERE idem = 'k1'",
        "DELETE FROM contacts_receipt WHERE number = 3",
    ],
)
def test_tampering_shows(three: psycopg.Connection[tuple[object, ...]], tamper: str) -> None:
    three.execute(tamper)
    three.commit()
    with acting_for(874, by=SEALER) as by:
        assert list(receipts.broken(by=by))


def test_a_council_does_not_see_the_submissions_of_another(world: World) -> None:
    with acting_for(874, by=PUBLIC) as by:
        actions.submit(REPORT, channel="web", idem="k", by=by, at=AT)
    with acting_for(873, by=SEALER):
        assert not Submission.objects.exists()
