"""Contacts that belong together, suggestions by exact matching, and the two records of agreement and lawful basis."""

from datetime import date, timedelta

import pytest

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Agreement, Contact, LawfulBasis, Link, Matter
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.intake import ReferrerGiven
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import CAMBRIDGESHIRE

HOUR = timedelta(hours=1)


def _look(contact, *, by):
    screening.look(contact.key, seen=contact.version, danger="no", line="Read.", by=by, at=NOON)
    contact.refresh_from_db()
    return contact


def _link(contact, other, kind, *, by, at=NOON + HOUR, **given):
    usual = {"why": "They tell of the same."}
    return screening.link(contact.key, other.key, seen=contact.version, kind=kind, by=by, at=at, **(usual | given))


def test_a_duplicate_is_closed_into_the_first_and_keeps_its_own_time_source_and_referrer(world):
    with world.acting("social_worker") as by:
        lead = arrive(by=by, source_code="2A")
        officer = ReferrerGiven("professional", "given", "PC A. Hale", email="hale@example.org", route="email")
        later = NOON + timedelta(minutes=5)
        duplicate = _look(arrive(by=by, source_code="6", referrer=officer, at=later), by=by)
        _link(duplicate, lead, "duplicate", by=by)
        duplicate.refresh_from_db()
        assert (duplicate.state, duplicate.closed_by) == ("duplicate", by.user_id)
        assert (duplicate.received_at, duplicate.source_code) == (later, "6")
        assert duplicate.referrers.count() == 1
        assert [row.id for row in queries.queue(by=by, at=NOON)] == [lead.pk]
        running = Clock.objects.filter(subject_key=str(duplicate.submission_id), stopped_at=None)
        assert set(running.values_list("kind", flat=True)) == {"letters.acknowledge"}
        assert set(Matter.objects.filter(contact=duplicate).values_list("state", flat=True)) == {"closed"}


def test_undoing_a_duplicate_opens_it_with_its_first_clock(world):
    with world.acting("social_worker") as by:
        lead, duplicate = arrive(by=by), _look(arrive(by=by, at=NOON + timedelta(minutes=5)), by=by)
        due_at = duplicate.due_at
        made = _link(duplicate, lead, "duplicate", by=by)
        screening.unlink(made.key, why="Two boys of one name.", by=by, at=NOON + 2 * HOUR)
        duplicate.refresh_from_db()
        assert (duplicate.state, duplicate.closed_at, duplicate.due_at) == ("looked", None, due_at)
        clock = Clock.objects.get(subject_key=str(duplicate.submission_id), kind="contacts.decision", stopped_at=None)
        assert (clock.started_at, clock.due_at) == (duplicate.received_at, due_at)
        assert set(Matter.objects.filter(contact=duplicate).values_list("state", flat=True)) == {"open"}
        assert queries.links(duplicate, by=by) == []
        with pytest.raises(StepNotAllowed):
            screening.unlink(made.key, why="Again.", by=by, at=NOON)


def test_a_duplicate_that_came_first_was_not_read_or_is_decided_is_not_closed_so(world):
    with world.acting("social_worker") as by:
        early, late = _look(arrive(by=by), by=by), arrive(by=by, at=NOON + HOUR)
        with pytest.raises(StepNotAllowed, match="came first"):
            _link(early, late, "duplicate", by=by)
        with pytest.raises(StepNotAllowed, match="Nobody qualified"):
            _link(late, early, "duplicate", by=by)
        _look(late, by=by)
        Matter.objects.filter(contact=late).update(state="recommended")
        with pytest.raises(StepNotAllowed, match="recommended"):
            _link(late, early, "duplicate", by=by)
        Matter.objects.filter(contact=late).update(state="open")
        Contact.objects.filter(pk=early.pk).update(state="closed", closed_at=NOON)
        with pytest.raises(StepNotAllowed, match="closed"):
            _link(late, early, "duplicate", by=by)
        assert not Link.objects.exists()


def test_the_same_event_from_several_sources_is_one_event(world):
    with world.acting("social_worker") as by:
        police, school, neighbour = (arrive(by=by) for _ in range(3))
        first = _link(school, police, "same_event", by=by)
        _link(neighbour, police, "same_event", by=by)
        events = set(Contact.objects.values_list("event", flat=True))
        assert len(events) == 1
        assert None not in events
        screening.unlink(first.key, why="Another day.", by=by, at=NOON)
        for contact, left in ((school, True), (police, False), (neighbour, False)):
            contact.refresh_from_db()
            assert (contact.event is None) is left


@pytest.mark.parametrize("kind", ["sibling", "related"])
def test_other_links_show_both_ways_and_change_nothing_else(world, kind):
    with world.acting("social_worker") as by:
        one, two = arrive(by=by), arrive(by=by)
        _link(one, two, kind, by=by)
        for contact, other, leads in ((one, two, False), (two, one, True)):
            contact.refresh_from_db()
            (shown,) = queries.links(contact, by=by)
            assert (shown.receipt, shown.leads, shown.made_by) == (other.receipt, leads, by.label)
            assert contact.state == "received"
        with pytest.raises(StepNotAllowed):
            _link(two, one, kind, by=by)


def test_a_link_leads_to_no_other_council_and_not_to_itself(world):
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        foreign = arrive(by=by)
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(NotFound):
            _link(contact, foreign, "related", by=by)
        with pytest.raises(InvalidInput):
            _link(contact, contact, "related", by=by)
        with pytest.raises(InvalidInput):
            _link(contact, arrive(by=by), "cousin", by=by)
        with pytest.raises(Conflict):
            screening.link(contact.key, arrive(by=by).key, seen=9, kind="related", why="X", by=by, at=NOON)


def test_a_contact_officer_closes_nothing_into_another(world):
    with world.acting("contact_officer") as by:
        one, two = arrive(by=by), arrive(by=by)
        with pytest.raises(NotPermitted):
            _link(two, one, "duplicate", by=by)


def test_suggestions_are_exact_and_say_why(world):
    same_words = {"story": "He hit her in the playground.", "people": ()}
    ewa = {"given_name": "Ewa", "family_name": "Nowak", "date_of_birth": date(2018, 1, 2)}
    with world.acting("social_worker") as by:
        first = arrive(by=by, **same_words)
        again = arrive(by=by, at=NOON + timedelta(hours=23), **same_words)
        arrive(by=by, at=NOON + timedelta(days=3), **same_words)
        assert [(each.key, each.kind) for each in queries.suggestions(first, by=by)] == [(again.key, "duplicate")]
        known = arrive(by=by, people=(child(**ewa),))
        twin = arrive(by=by, people=(child(**{**ewa, "given_name": "Ewelina"}),))
        other = arrive(by=by, people=(child(**ewa),))
        (found,) = queries.suggestions(known, by=by)
        assert found.key == other.key
        assert found.reasons[0] == "a child of the same full name and birth date"
        assert queries.suggestions(twin, by=by) == []
        _link(known, other, "related", by=by)
        known.refresh_from_db()
        assert queries.suggestions(known, by=by) == []


def test_agreement_and_lawful_basis_are_two_records(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        mother = contact.people.get()
        screening.record_agreement(
            contact.key, seen=contact.version, purpose="an early help assessment", status="given",
            given_by="Her mother", person=mother.key, by=by, at=NOON,
        )  # fmt: skip
        contact.refresh_from_db()
        screening.record_basis(
            contact.key, seen=contact.version, purpose="Asking the school", basis="public_task",
            necessity="To know whether she is safe", proportionality="Only the school", by=by, at=NOON,
        )  # fmt: skip
        agreement = Agreement.objects.latest("id")
        assert (agreement.status, agreement.named, agreement.recorded_by) == ("given", mother, by.user_id)
        assert Agreement.objects.count() == 2, "the one that came with the report stands"
        assert LawfulBasis.objects.get().decided_by == by.user_id


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"status": "not_sought"}, "reason_not_sought"),
        ({"status": "perhaps"}, "status"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_agreement_says_to_what_and_why_it_was_not_sought(world, given, field):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        with pytest.raises(InvalidInput) as refused:
            screening.record_agreement(
                contact.key, seen=contact.version, **({"purpose": "checks", "status": "given"} | given), by=by, at=NOON
            )
        assert set(refused.value.problems) == {field}


def test_agreement_of_somebody_of_another_contact_is_not_recorded_here(world):
    with world.acting("social_worker") as by:
        contact, other = arrive(by=by), arrive(by=by)
        with pytest.raises(NotFound):
            screening.record_agreement(
                contact.key, seen=contact.version, purpose="checks", status="given", person=other.people.get().key,
                by=by, at=NOON,
            )  # fmt: skip
