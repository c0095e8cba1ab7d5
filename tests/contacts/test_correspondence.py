"""Letters, other councils and people at the desk: true dates, a number at once, and the form filled in beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import MAILBOX, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clock_queries
from frontdoor.contacts.actions import correspondence as actions
from frontdoor.contacts.actions import telephone
from frontdoor.contacts.models import Contact, Correspondence, Link, Matter, Named, Referrer
from frontdoor.contacts.queries import correspondence as queries
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.files import queries as files
from frontdoor.handovers.models import Copy, Handover
from frontdoor.letters.models import Letter
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.contacts.calling import told
from tests.contacts.writing import mail, pdf, take_in
from tests.worlds import World

MONDAY = date(2026, 3, 23)
LETTER = actions.Paper(reached_on=MONDAY, reached_whom="Post room", written_on=date(2026, 3, 20), about="Alfie")
LINCOLNSHIRE = actions.Council("925", reference="LCC-17", name="Placements team", email="team@example.org")


def row(contact: Contact) -> Correspondence:
    return Correspondence.objects.get(contact=contact)


def test_a_letters_clocks_run_from_the_day_it_reached_any_part_of_the_council(world: World) -> None:
    with world.acting("contact_officer") as by:
        made = actions.take_in_letter(replace(LETTER, scan=(("scan.pdf", pdf()),)), by=by, at=NOON)
        contact = made.contact
        assert contact.receipt == "874-L-000001"
        assert contact.received_at == datetime(2026, 3, 23, 9, tzinfo=UTC)
        assert (contact.entered_at, made.written_on) == (NOON, date(2026, 3, 20))
        clocks = clock_queries.for_subject(("contacts.submission", contact.submission_id), by=by, at=NOON)
        assert {clock.started_at for clock in clocks} == {contact.received_at}
        assert [each.name for each in files.of_subject((rules.ORIGINALS, made.key), by=by)] == ["scan.pdf"]


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (date(2026, 3, 24), None, datetime(2026, 3, 24, 9, tzinfo=UTC)),
        (date(2026, 3, 24), time(11, 15), datetime(2026, 3, 24, 11, 15, tzinfo=UTC)),
        (date(2026, 7, 1), time(11, 15), datetime(2026, 7, 1, 10, 15, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_the_instant_from_which_a_letter_counts(day: date, clock: time | None, expected: datetime) -> None:
    assert rules.reached_at(day, clock, at=NOON) == expected


def test_a_letter_of_this_morning_before_nine_counts_from_now() -> None:
    early = datetime(2026, 3, 24, 7, 30, tzinfo=UTC)
    assert rules.reached_at(early.date(), None, at=early) == early


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reached_on": date(2026, 3, 25)}, "reached"),
        ({"reached_on": date(2020, 3, 20), "written_on": None}, "reached"),
        ({"written_on": date(2026, 3, 24)}, "written_on"),
        ({"written_on": date(2016, 3, 20)}, "written_on"),
        ({"about": "", "story": ""}, "story"),
    ],
)
def test_dates_that_cannot_be_are_refused_and_unusual_ones_asked_about(
    world: World, changed: dict[str, Any], field: str
) -> None:
    with world.acting("contact_officer") as by:
        with pytest.raises(InvalidInput) as refused:
            actions.take_in_letter(replace(LETTER, **changed), by=by, at=NOON)
        assert list(refused.value.problems) == [field]
        assert not Contact.objects.exists()
        sure = replace(LETTER, **changed, sure=True)
        if changed.get("reached_on") == date(2026, 3, 25) or field == "story":
            with pytest.raises(InvalidInput):
                actions.take_in_letter(sure, by=by, at=NOON)
        else:
            assert actions.take_in_letter(sure, by=by, at=NOON).contact.receipt


def test_the_same_page_sent_twice_is_one_letter(world: World) -> None:
    with world.acting("contact_officer") as by:
        first = actions.take_in_letter(replace(LETTER, token="a"), by=by, at=NOON)
        with pytest.raises(StepNotAllowed, match=first.contact.receipt):
            actions.take_in_letter(replace(LETTER, token="a"), by=by, at=NOON + timedelta(minutes=1))
        assert Contact.objects.count() == 1


def test_another_council_stays_responsible_only_by_its_word_in_writing(world: World) -> None:
    with world.acting("contact_officer") as by:
        made = actions.take_in_from_council(LETTER, LINCOLNSHIRE, by=by, at=NOON)
        assert made.contact.receipt == "874-A-000001"
        assert (made.contact.responsible_authority, made.contact.source_code) == ("", "5C")
        assert Referrer.objects.get(contact=made.contact).agency.startswith("Lincolnshire")
        key = str(made.contact.key)
        with pytest.raises(InvalidInput):
            actions.accepted_in_writing(key, seen=1, who=" ", on=MONDAY, by=by, at=NOON)
        with pytest.raises(InvalidInput):
            actions.accepted_in_writing(key, seen=1, who="Ann", on=date(2026, 3, 25), by=by, at=NOON)
        actions.accepted_in_writing(key, seen=1, who="Head of placements", on=MONDAY, by=by, at=NOON)
        assert Contact.objects.get().responsible_authority == "925"
        with pytest.raises(StepNotAllowed):
            actions.accepted_in_writing(key, seen=2, who="Again", on=MONDAY, by=by, at=NOON)


def test_another_council_is_another_one_and_names_who_gave_its_word(world: World) -> None:
    with world.acting("contact_officer") as by:
        for wrong in (
            replace(LINCOLNSHIRE, code="874"),
            replace(LINCOLNSHIRE, code="000"),
            replace(LINCOLNSHIRE, keeps="yes"),
        ):
            with pytest.raises(InvalidInput):
                actions.take_in_from_council(LETTER, wrong, by=by, at=NOON)
        kept = replace(LINCOLNSHIRE, keeps="yes", kept_by="Ann", kept_on=MONDAY)
        assert actions.take_in_from_council(LETTER, kept, by=by, at=NOON).contact.responsible_authority == "925"


def test_who_works_for_the_other_council_may_take_a_letter_in_and_see_no_more(world: World) -> None:
    with world.acting("early_help_officer") as by:
        made = actions.take_in_letter(LETTER, by=by, at=NOON)
        assert queries.taken_by_me(made.contact.key, by=by).contact.receipt == made.contact.receipt
        with pytest.raises(NotPermitted):
            queries.open_original(made.contact.key, by=by, at=NOON)
    with world.acting("contact_officer") as by, pytest.raises(NotFound):
        queries.taken_by_me(made.contact.key, by=by)


def arrived(world: World, **given: Any) -> Contact:
    with world.system(MAILBOX) as by:
        return take_in(mail(**given), by=by, at=NOON)


def test_putting_it_into_the_form_keeps_its_words_its_times_and_its_number(world: World) -> None:
    contact = arrived(world, text="Mia Brook said: he will hurt me.")
    story = rules.typed_story("The attached form says: bruise.", original=contact.story)
    mia, dan = (
        child(given_name="Mia", family_name="Brook"), child(kind="adult", given_name="Dan", date_of_birth=None)
    )  # fmt: skip
    teller = ReferrerGiven(kind="professional", identity="given", name="Nkechi", route="email", email="n@example.org")
    what = told(mia, dan, story=story, danger="yes", referrer=teller)
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=what, by=by, at=NOON)
        after = Contact.objects.get()
        assert (after.receipt, after.received_at, after.entered_at) == (
            contact.receipt, contact.received_at, contact.entered_at,
        )  # fmt: skip
        assert after.story.startswith(
            "Mia Brook said: he will hurt me.\n\n[Typed from what came with it]\nThe attached"
        )
        assert [person.label for person in Named.objects.order_by("position")] == ["Mia Brook", "Dan Example"]
        assert Matter.objects.get().called == "Mia Brook"
        assert after.danger_rank == 0
        assert Letter.objects.count() == 1
        assert row(after).state == "sorted"
        assert Entry.objects.filter(action="contacts.sort", subject_key=contact.key).count() == 1


def test_two_cannot_put_the_same_into_the_form(world: World) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        with pytest.raises(Conflict):
            actions.sort(contact.key, seen=7, told=told(), by=by, at=NOON)
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)
    with world.acting("contact_officer", second=True) as by, pytest.raises(StepNotAllowed):
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)


def test_whoever_may_not_see_who_told_us_puts_nothing_into_the_form(world: World) -> None:
    contact = arrived(world)
    with world.acting("early_help_officer") as by, pytest.raises(NotPermitted):
        actions.sort(contact.key, seen=1, told=told(), by=by, at=NOON)


def test_children_of_two_councils_in_one_email_become_one_contact_in_each(world: World) -> None:
    contact = arrived(world)
    both = told(child(given_name="Mia"), child(given_name="Noah"), councils=(874, 873))
    with world.acting("contact_officer") as by:
        made = actions.sort(contact.key, seen=1, told=both, by=by, at=NOON)
        assert made.passed == (873,)
        assert [person.given_name for person in Named.objects.all()] == ["Mia"]
        assert Handover.objects.get().summary == f"Part of one e-mail: {contact.receipt}"
    with world.acting("contact_officer", council=873):
        assert Copy.objects.count() == 1


def test_what_says_more_about_another_contact_is_laid_beside_it_by_whoever_reads_it(world: World) -> None:
    with world.acting("contact_officer") as by:
        first = arrive(by=by)
    contact = arrived(world, subject=f"Re: {first.receipt}")
    with world.acting("contact_officer") as by:
        said = queries.written(first, by=by)
        assert said is not None
        assert said.more == ((contact.key, contact.receipt, contact.received_at, True),)
        actions.sort(contact.key, seen=1, told=told(), more=True, by=by, at=NOON)
        link = Link.objects.get()
        assert (link.contact_id, link.other_id, link.kind) == (contact.pk, first.pk, "related")
        said = queries.written(first, by=by)
        assert said is not None
        assert said.more[0][3] is False


def test_what_is_about_something_else_is_laid_beside_nothing(world: World) -> None:
    with world.acting("contact_officer") as by:
        first = arrive(by=by)
    contact = arrived(world, subject=f"Re: {first.receipt}")
    with world.acting("contact_officer") as by:
        actions.sort(contact.key, seen=1, told=told(), more=False, by=by, at=NOON)
        assert not Link.objects.exists()
        assert queries.written(first, by=by) is None


def test_an_automatic_reply_is_closed_by_whoever_reads_it_and_keeps_its_number(world: World) -> None:
    contact = arrived(world, text="I am away until Monday.", auto_submitted="auto-replied")
    with world.acting("contact_officer") as by:
        with pytest.raises(InvalidInput):
            actions.nothing(contact.key, seen=1, why=" ", by=by, at=NOON)
        actions.nothing(contact.key, seen=1, why="Out of office", by=by, at=NOON)
        after = Contact.objects.get()
        assert (after.state, after.category, after.receipt) == ("closed", "nothing", contact.receipt)
        assert queries.unsorted(by=by, at=NOON) == ([], False)


def test_what_may_speak_of_a_child_is_closed_by_nobody_who_is_not_qualified(world: World) -> None:
    contact = arrived(world, text="I am away. The boy next door is alone.", auto_submitted="auto-replied")
    with world.acting("contact_officer") as by, pytest.raises(StepNotAllowed):
        actions.nothing(contact.key, seen=1, why="Out of office", by=by, at=NOON)
    with world.acting("contact_officer"):
        assert (Contact.objects.get().category, row(contact).state) == ("request_for_service", "waiting")
    with world.acting("social_worker") as by:
        actions.nothing(contact.key, seen=1, why="Read it: about a dog", by=by, at=NOON)
        assert Contact.objects.get().state == "closed"


def test_the_list_of_what_waits_is_read_in_pages_the_oldest_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    with world.system(MAILBOX) as by:
        keys = [take_in(mail(f"Worry {n}"), by=by, at=NOON + timedelta(minutes=n)).key for n in range(3)]
    with world.acting("contact_officer") as by:
        first, more = queries.unsorted(by=by, at=NOON)
        last, none = queries.unsorted(by=by, at=NOON, after=first[-1].place)
        assert [each.key for each in (*first, *last)] == keys
        assert (more, none) == (True, False)
        assert Entry.objects.filter(action="contacts.unsorted").count() == 2


def test_somebody_at_the_desk_is_a_contact_of_that_door(world: World) -> None:
    with world.acting("contact_officer") as by:
        draft = telephone.begin(door="walk_in", by=by, at=NOON)
        ended = telephone.end(draft.key, seen=draft.version, told=told(), way="contact", by=by, at=NOON)
        assert ended.receipt == "874-V-000001"
        assert Contact.objects.get().channel == "walk_in"
