"""Notices of the police, many at once: each with its receipt, clocks and trail, once a reference; the bad beside."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.actors.rules import (
    PUBLIC_INTAKE,
    SEALER,
    InvalidInput,
    NotFound,
    NotPermitted,
    SameKeyOtherBody,
    StepNotAllowed,
)
from frontdoor.clocks.models import Clock
from frontdoor.config.demo.playing import carried_out
from frontdoor.contacts.actions import notices
from frontdoor.contacts.models import Batch, Contact, Matter, Named, Notice, Receipt, Statement, Submission
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.queries import receipts
from frontdoor.contacts.rules import notices as rules
from frontdoor.letters.models import Letter
from tests.contacts.noticing import NIGHT, given, received, row


def states(answers):
    return [(each.reference, each.state, each.receipt) for each in answers]


def test_each_notice_has_a_receipt_its_clocks_an_entry_and_three_times_apart(world):
    with world.acting("contact_officer") as by:
        answers = notices.receive(given(row("A-1"), row("A-2", danger_now="yes")), by=by, at=NIGHT)
        assert states(answers) == [("A-1", "accepted", "874-P-000001"), ("A-2", "accepted", "874-P-000002")]
        calm, danger = Notice.objects.order_by("reference")
        assert (calm.happened_at, calm.sent_at, calm.received_at) == (
            datetime(2026, 4, 4, 22, 10, tzinfo=UTC), datetime(2026, 4, 5, 1, tzinfo=UTC), NIGHT,
        )  # fmt: skip
        running = Clock.objects.filter(subject_key=str(calm.submission_id)).values_list("kind", "started_at")
        kinds = {"contacts.first_look", "contacts.decision", "letters.acknowledge", "contacts.night"}
        assert {kind for kind, _ in running} == kinds
        assert {at for _, at in running} == {NIGHT}
        assert Clock.objects.filter(subject_key=str(danger.submission_id), kind="contacts.first_look_danger").exists()
    with world.system(SEALER) as by:
        assert list(receipts.broken(by=by)) == []


def test_jobs_make_the_contacts_some_at_a_time_each_child_a_matter(world, monkeypatch):
    from frontdoor.contacts.actions.notices import receiving

    monkeypatch.setattr(receiving, "AT_ONCE", 2)
    rows = [row(f"B-{number}") for number in range(5)]
    rows[0]["children"] = [
        {"given_name": "Ada", "family_name": "Sample", "age": "4", "present": "no"},
        {"given_name": "Ben", "family_name": "Sample", "present": "yes", "words": "I hid.\nThen it was quiet."},
    ]
    with world.acting("contact_officer") as by:
        notices.take_batch(rows, idem="batch-0001", by=by, at=NIGHT)
    done = [each.name for each in carried_out(NIGHT)]
    assert done.count("contacts.notices") == 3
    with world.acting("contact_officer"):
        contacts = list(Contact.objects.order_by("receipt"))
        assert [each.receipt for each in contacts] == [f"874-P-{number:06d}" for number in range(1, 6)]
        assert {(each.received_at, each.out_of_hours) for each in contacts} == {(NIGHT, True)}
        first = contacts[0]
        assert first.happened_at < first.received_at
        assert (first.sub_type, first.source_code, first.danger_rank) == ("da_police_notification", "6", 1)
        assert Matter.objects.filter(contact=first).count() == 2
        assert list(Named.objects.filter(contact=first).values_list("given_name", "present")) == [
            ("Ada", False), ("Ben", True),
        ]  # fmt: skip
        assert Statement.objects.get(contact=first).words == "I hid.\nThen it was quiet."


def test_a_bad_row_never_loses_the_good_ones_and_is_mended_and_sent_again(world):
    bad = row("C-2", incident_time="yesterday", children=[{"given_name": "Kit", "sex": "x"}])
    with world.acting("contact_officer") as by:
        batch = notices.check_file(
            rules.as_csv([row("C-1"), bad, row("C-3")], ["", "", ""]).encode(), name="night.csv", by=by, at=NIGHT
        )
        assert [each["state"] for each in batch.answers] == ["accepted", "refused", "accepted"]
        assert Submission.objects.count() == 0  # a dry run takes nothing in
        taken = notices.take(batch.key, seen=batch.version, by=by, at=NIGHT)
        assert [(each["state"], each["receipt"]) for each in taken.answers] == [
            ("accepted", "874-P-000001"), ("refused", ""), ("accepted", "874-P-000002"),
        ]  # fmt: skip
        assert set(taken.answers[1]["problems"]) == {"incident_time", "child_1_sex"}
        mended = rules.read(rules.as_csv(taken.rows, ["why"]).encode())
        mended[0] |= {"incident_time": "2026-04-04 22:00", "children": [{"given_name": "Kit", "sex": "m"}]}
        again = notices.check_file(rules.as_csv([row("C-1"), *mended], ["", ""]).encode(), name="", by=by, at=NIGHT)
        taken = notices.take(again.key, seen=again.version, by=by, at=NIGHT)
        assert [(each["state"], each["receipt"]) for each in taken.answers] == [
            ("already", "874-P-000001"), ("accepted", "874-P-000003"),
        ]  # fmt: skip
        assert taken.rows == []  # nothing is kept that is not needed


def test_a_reference_is_taken_in_once_whoever_sends_it_and_by_whichever_door(world):
    with world.acting("contact_officer") as by:
        notices.receive(given(row("D-1")), by=by, at=NIGHT)
    with world.acting("team_manager") as by:
        answers = notices.receive(
            given(row("D-1"), row("D-1", narrative="Other words."), row("D-2"), row("D-2"), row("D-2", kind="found")),
            by=by, at=NIGHT,
        )  # fmt: skip
        assert states(answers) == [
            ("D-1", "already", "874-P-000001"), ("D-1", "refused", "874-P-000001"),
            ("D-2", "accepted", "874-P-000002"), ("D-2", "already", "874-P-000002"),
            ("D-2", "refused", "874-P-000002"),
        ]  # fmt: skip
        assert Receipt.objects.count() == Submission.objects.count() == 2
        other = notices.receive(given(row("D-1", force="Norfolk Constabulary")), by=by, at=NIGHT)
        assert [each.state for each in other] == ["accepted"]


def test_the_same_key_gives_the_same_answer_and_is_refused_for_another_batch(world):
    with world.acting("contact_officer") as by:
        first, before = notices.take_batch([row("E-1")], idem="batch-0002", by=by, at=NIGHT)
        second, again = notices.take_batch([row("E-1")], idem="batch-0002", by=by, at=NIGHT + timedelta(hours=1))
        assert (before, again, first.answers) == (False, True, second.answers)
        with pytest.raises(SameKeyOtherBody):
            notices.take_batch([row("E-2")], idem="batch-0002", by=by, at=NIGHT)
        assert Notice.objects.count() == 1


def test_a_file_is_its_senders_until_it_is_taken_in_and_then_once(world):
    content = rules.sample_csv().encode()
    with world.acting("contact_officer") as by:
        batch = notices.check_file(content, name="a.csv", by=by, at=NIGHT)
    with world.acting("team_manager") as by:
        with pytest.raises(NotFound):
            queries.open_batch(batch.key, by=by, at=NIGHT)
        with pytest.raises(NotFound):
            notices.take(batch.key, seen=1, by=by, at=NIGHT)
    with world.acting("contact_officer") as by:
        newer = notices.check_file(content, name="b.csv", by=by, at=NIGHT)
        assert Batch.objects.get(pk=batch.pk).rows == []  # the earlier one is thrown away
        notices.take(newer.key, seen=newer.version, by=by, at=NIGHT)
        with pytest.raises(StepNotAllowed):
            notices.take(newer.key, seen=newer.version, by=by, at=NIGHT)
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed):
        notices.take(newer.key, seen=newer.version, by=by, at=NIGHT)  # who may open it hears that it was taken in
    with world.acting("auditor", of=874) as by, pytest.raises(NotPermitted):
        notices.check_file(content, name="", by=by, at=NIGHT)
    with world.acting("contact_officer") as by, pytest.raises(InvalidInput):
        notices.check_file(b"\xff\xfe", name="", by=by, at=NIGHT)


def test_one_letter_for_what_one_desk_sent_in_one_file_and_none_to_a_system_that_was_answered(world):
    with world.acting("contact_officer") as by:
        batch = notices.check_file(
            rules.as_csv([row("F-1"), row("F-2"), row("F-3", email="other@example.org")], ["", "", ""]).encode(),
            name="", by=by, at=NIGHT,
        )  # fmt: skip
        notices.take(batch.key, seen=batch.version, by=by, at=NIGHT)
        notices.take_batch([row("F-4")], idem="batch-0003", by=by, at=NIGHT)
    list(carried_out(NIGHT))
    with world.acting("contact_officer"):
        assert sorted(Letter.objects.values_list("reference", flat=True)) == ["874-P-000001", "874-P-000003"]
        for reference, ended in (("F-2", "not_needed"), ("F-4", "done")):
            key = Notice.objects.get(reference=reference).submission_id
            assert Clock.objects.get(subject_key=str(key), kind="letters.acknowledge").ended == ended


def test_one_that_cannot_be_made_holds_up_no_other_and_is_tried_again(world, monkeypatch):
    from frontdoor.contacts.actions import intake

    real, broken = intake.take_in, []

    def take_in(key, **options):
        if not broken:
            broken.append(key)
            raise RuntimeError("broken for once")
        return real(key, **options)

    with world.acting("contact_officer") as by:
        batch, _ = notices.take_batch([row("G-1"), row("G-2")], idem="batch-0004", by=by, at=NIGHT)
    monkeypatch.setattr(intake, "take_in", take_in)
    with world.system(PUBLIC_INTAKE) as by:
        assert notices.take_in_some(batch.key, after=0, by=by, at=NIGHT) == 1
    list(carried_out(NIGHT))
    with world.acting("contact_officer"):
        assert Contact.objects.count() == 2


KINDS = [(word, code) for word, code in rules.KINDS.items()]


@pytest.mark.parametrize(("word", "code"), KINDS)
def test_every_kind_that_the_police_send_is_a_kind_of_contact_with_its_category_and_its_decision_clock(
    world, word, code
):
    from frontdoor.codes import rules as codes

    with world.acting("contact_officer") as by:
        (contact,) = received(row(f"K-{word}", kind=word), by=by)
        assert (contact.sub_type, contact.category) == (code, codes.CONTACT_KINDS[code].category)
        due = Clock.objects.get(subject_key=str(contact.submission_id), kind="contacts.decision").due_at
        assert due.isoformat() == "2026-04-07T22:59:59+00:00"  # Easter Monday is no working day
