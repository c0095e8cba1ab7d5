"""An e-mail becomes a contact with its number and clocks, whatever is in it, once, and nobody is answered unsafely."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from frontdoor.actors.rules import MAILBOX
from frontdoor.clocks import queries as clock_queries
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.models import Contact, Correspondence, Receipt, Referrer, Submission
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules.intake import Report
from frontdoor.files.models import File, Piece
from frontdoor.files.rules.markup import without_markup
from frontdoor.letters.models import Letter
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive
from tests.contacts.writing import REACHED, mail, pdf, take_in
from tests.worlds import World


def bytes_of(key: UUID | None) -> bytes:
    pieces = Piece.objects.filter(file_id=key or UUID(int=0), of=Piece.ORIGINAL).order_by("number")
    return b"".join(bytes(each.content) for each in pieces)


def test_a_message_gets_number_clocks_three_dates_and_is_kept_byte_by_byte(world: World) -> None:
    raw = mail(attached=(("notes.pdf", pdf().read()),))
    with world.system(MAILBOX) as by:
        contact = take_in(raw, by=by, at=NOON)
        row = Correspondence.objects.get(contact=contact)
        assert contact.receipt == "874-E-000001"
        assert (row.sent_at, contact.received_at, contact.entered_at) == (
            REACHED.replace(hour=10, minute=5), REACHED, NOON,
        )  # fmt: skip
        assert contact.story.startswith("Alfie came to school")
        assert bytes_of(row.original) == raw
        assert set(File.objects.filter(subject_key=row.key).values_list("name", flat=True)) == {
            "message.eml", "notes.pdf",
        }  # fmt: skip
        clocks = clock_queries.for_subject(("contacts.submission", contact.submission_id), by=by, at=NOON)
        assert {clock.started_at for clock in clocks} == {REACHED}
        assert Referrer.objects.get(contact=contact).email == "nkechi.barrow@whittle-brook.example.org"
        assert Entry.objects.filter(action="contacts.take_in_message", subject_key=contact.key).count() == 1


def test_the_same_message_in_any_number_of_copies_is_one_contact(world: World) -> None:
    raw = mail(message_id="<once@example.org>")
    delivered_again = b"Received: from elsewhere.example.org; Tue, 24 Mar 2026 11:00:00 +0000\r\n" + raw
    with world.system(MAILBOX) as by:
        first = actions.take_in_message(raw, reached_at=REACHED, by=by, at=NOON)
        for copy in (raw, delivered_again):
            again = actions.take_in_message(copy, reached_at=REACHED, by=by, at=NOON + timedelta(minutes=5))
            assert (again.number, again.contact, again.again) == (first.number, first.contact, True)
        assert (Submission.objects.count(), Contact.objects.count(), Receipt.objects.count()) == (1, 1, 1)


def test_a_message_that_a_later_release_reads_otherwise_is_still_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail("Alfie is alone.")
    with world.system(MAILBOX) as by:
        first = actions.take_in_message(raw, reached_at=REACHED, by=by, at=NOON)
        monkeypatch.setattr(rules, "report_of", lambda message: Report(story="Read in another way."))
        again = actions.take_in_message(raw, reached_at=REACHED, by=by, at=NOON)
        assert (again.number, again.again) == (first.number, True)
        assert Contact.objects.count() == 1


def test_one_message_id_on_two_different_messages_loses_neither(world: World) -> None:
    same = "<same@example.org>"
    with world.system(MAILBOX) as by:
        for raw in (
            mail("The first.", message_id=same),
            mail("The second.", message_id=same),
            mail("The first.", message_id=same, attached=(("more.pdf", pdf().read()),)),
            mail("Without an id.", message_id=""),
        ):
            assert not actions.take_in_message(raw, reached_at=REACHED, by=by, at=NOON).again
        assert Contact.objects.count() == 4


BROKEN = {
    "nothing": b"",
    "no message": b"\x00\x01\x02 not a message \xff" * 50,
    "a thousand parts deep": b"From: a@example.org\r\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500)),
    "unknown letters": b"From: a@example.org\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe\r\n",
    "no end": b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
    "a date of nowhere": b"From: a@example.org\r\nDate: the day before yesterday\r\n\r\nAlfie is alone.\r\n",
    "only from": b"From: =?utf-8?b?broken\r\n\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_a_contact_with_a_number_all_the_same(world: World, raw: bytes) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(raw, by=by, at=NOON)
        assert contact.receipt
        assert contact.story.strip()
        row = Correspondence.objects.get(contact=contact)
        if "Alfie" not in contact.story and raw:
            assert "The original is kept" in contact.story or row.unread == ""
        if raw:
            kept = bytes_of(row.original)
            assert kept in (raw, rules.enveloped(raw))


def test_a_message_too_large_to_keep_says_so_and_has_its_number(world: World) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(mail("Mia is not safe tonight.")[:400], whole=False, by=by, at=NOON)
        row = Correspondence.objects.get(contact=contact)
        assert row.original is None
        assert row.unread == rules.TOO_LARGE_WORDS
        assert "Mia is not safe" in contact.story


def test_an_attachment_that_is_not_taken_is_named_and_stays_in_the_original(world: World) -> None:
    raw = mail(attached=(("run.exe", b"MZ\x90\x00" + bytes(200)), ("notes.pdf", pdf().read())))
    with world.system(MAILBOX) as by:
        row = Correspondence.objects.get(contact=take_in(raw, by=by, at=NOON))
        assert row.left_out.startswith("run.exe: ")
        assert bytes_of(row.original) == raw
        assert File.objects.filter(subject_key=row.key).count() == 2


def test_markup_becomes_words_and_what_was_quoted_stays() -> None:
    html = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body><p>Dear all</p><p hidden>He hits her</p>"
        "<img src='https://example.org/x.png' onerror='alert(1)'><script>alert(1)</script>"
        "<blockquote>On Monday you wrote:<br>What happened?</blockquote></body></html>"
    )
    words = without_markup(html)
    assert words == "Dear all\n\nHe hits her\n\nOn Monday you wrote:\nWhat happened?"


MACHINES: dict[str, dict[str, Any]] = {
    "auto_reply": {"Auto_Submitted": "auto-replied"},
    "automatic": {"Auto_Submitted": "auto-generated (rejected)"},
    "loop": {"X_Reference": "6f1c"},
    "bounce": {"Return_Path": "<>"},
    "list": {"List_Id": "<staff.example.org>"},
}


@pytest.mark.parametrize("machine", MACHINES)
def test_what_a_machine_wrote_is_known_kept_visible_and_never_answered(world: World, machine: str) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(mail(sender="out@nhs.net", **MACHINES[machine]), by=by, at=NOON)
        assert Correspondence.objects.get(contact=contact).machine == machine
        assert Referrer.objects.get(contact=contact).route == "none_possible"
        assert not Letter.objects.exists()
        assert contact.closed_at is None


def test_our_own_address_is_known_as_a_loop() -> None:
    own = "front.door@peterborough.example.org"
    assert rules.read(mail(sender=own.upper()), own_address=own).machine == "loop"
    assert rules.read(mail(), own_address=own).machine == ""


def test_a_professional_is_acknowledged_at_once_and_everybody_else_when_somebody_has_read_it(world: World) -> None:
    with world.system(MAILBOX) as by:
        take_in(mail(sender="mum@example.org"), by=by, at=NOON)
        assert not Letter.objects.exists()
        take_in(mail(sender="notnhs.net@evilnhs.net"), by=by, at=NOON)
        assert not Letter.objects.exists()
        take_in(mail(sender="dr.treece@ivel.nhs.net"), by=by, at=NOON)
        assert Letter.objects.count() == 1


def test_two_machines_do_not_talk_for_ever(world: World) -> None:
    with world.system(MAILBOX) as by:
        for minute in range(12):
            take_in(mail(f"Ticket {minute}", sender="desk@nhs.net"), by=by, at=NOON + timedelta(minutes=minute))
        assert Contact.objects.count() == 12
        assert Letter.objects.count() == 5


def test_a_number_in_the_subject_by_the_same_sender_is_certain_and_any_other_is_proposed(world: World) -> None:
    with world.system(MAILBOX) as by:
        first = take_in(mail(sender="dr.treece@ivel.nhs.net"), by=by, at=NOON)

        def about(**given: Any) -> tuple[object, str]:
            row = Correspondence.objects.get(contact=take_in(mail(**given), by=by, at=NOON))
            return row.about_id, row.about_how

        number = first.receipt
        assert about(sender="Dr <Dr.Treece@ivel.nhs.net>", subject=f"Re: {number.lower()}") == (first.pk, "certain")
        assert about(sender="dr.treece@ivel.nhs.net", text=f"More.\n> Your number is {number}") == (
            first.pk,
            "proposed",
        )
        assert about(sender="else@example.org", subject=f"Re: {number}") == (first.pk, "proposed")
        assert about(subject="Re: 874-E-999999") == (None, "")
        assert about(subject="Re: 873-E-000001") == (None, "")


def test_another_councils_number_is_never_found(world: World) -> None:
    with world.acting("contact_officer", council=873) as by:
        other = arrive(by=by)
    with world.system(MAILBOX) as by:
        row = Correspondence.objects.get(contact=take_in(mail(subject=f"Re: {other.receipt}"), by=by, at=NOON))
        assert row.about_id is None


def test_the_clocks_never_run_from_a_time_that_lies_ahead(world: World) -> None:
    with world.system(MAILBOX) as by:
        contact = take_in(mail(), by=by, at=NOON, reached_at=NOON + timedelta(days=400))
        assert contact.received_at == NOON
