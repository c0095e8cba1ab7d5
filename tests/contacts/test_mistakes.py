"""Entered by mistake: two people say so, nothing is deleted, the number stays, and it can always be undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening, telephone
from frontdoor.contacts.models import Contact, Draft, Matter, Mistake, Receipt
from frontdoor.contacts.queries import figures, searching
from frontdoor.contacts.queries import record as records
from frontdoor.contacts.queries import screening as queries
from frontdoor.contacts.rules.intake import CallBackGiven, PersonGiven, ReferrerGiven
from frontdoor.letters.models import Letter
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

LATER = NOON + timedelta(minutes=20)
WHY = "Practice entry."
EMPTY: dict[str, Any] = {"story": "Is the office open on Friday?", "people": (), "danger": "no"}


def looked_at(world: World, contact: Contact) -> None:
    with world.acting("social_worker") as by:
        contact.refresh_from_db()
        screening.look(contact.key, seen=contact.version, danger="no", line="Practice.", by=by, at=NOON)


def said(world: World, contact: Contact, *, role: str = "contact_officer") -> Mistake:
    with world.acting(role) as by:
        contact.refresh_from_db()
        return screening.call_a_mistake(contact.key, seen=contact.version, why=WHY, by=by, at=NOON)


def agreed(world: World, mistake: Mistake, *, role: str = "team_manager", second: bool = False) -> Contact:
    with world.acting(role, second=second) as by:
        return screening.agree_mistake(mistake.key, seen=mistake.version, by=by, at=LATER)


def arrived(world: World, **report: Any) -> Contact:
    with world.acting("contact_officer") as by:
        return arrive(by=by, **report)


@pytest.fixture
def voided(world: World) -> Contact:
    contact = arrived(world, people=(child(given_name="Ewa", family_name="Nowak"),))
    looked_at(world, contact)
    return agreed(world, said(world, contact))


def test_saying_so_changes_nothing_until_another_person_agrees(world: World) -> None:
    contact = arrived(world)
    said(world, contact)
    with world.acting("team_manager") as by:
        contact.refresh_from_db()
        assert contact.state == "received"
        running = Clock.objects.filter(subject_key=str(contact.submission_id), stopped_at=None)
        assert {"contacts.first_look", "contacts.decision"} <= set(running.values_list("kind", flat=True))
        assert [row.key for row in queries.queue(by=by, at=LATER)] == [contact.key]


@pytest.mark.parametrize(
    "report",
    [{}, EMPTY | {"people": (PersonGiven("unborn", family_name="Nowak"),)}, EMPTY | {"danger": "yes"},
     EMPTY | {"story": "A boy of about ten at the bus stop."}],
)  # fmt: skip
@pytest.mark.parametrize("role", ["contact_officer", "social_worker", "duty_worker"])
def test_what_names_or_describes_a_child_takes_a_manager(world: World, report: dict[str, Any], role: str) -> None:
    contact = arrived(world, **report)
    looked_at(world, contact)
    mistake = said(world, contact, role="team_manager")
    with pytest.raises(NotPermitted):
        agreed(world, mistake, role=role)
    assert agreed(world, mistake, second=True).state == "voided"


def test_two_contact_officers_void_nothing_not_even_what_names_no_child(world: World) -> None:
    mistake = said(world, arrived(world, **EMPTY))
    with pytest.raises(NotPermitted):
        agreed(world, mistake, role="contact_officer", second=True)
    assert agreed(world, mistake, role="social_worker").state == "voided"


def test_a_registered_worker_who_does_not_screen_agrees_to_nothing(world: World) -> None:
    mistake = said(world, arrived(world, **EMPTY))
    with world.acting("assessment_worker", of=874) as by, pytest.raises(NotPermitted):
        screening.agree_mistake(mistake.key, seen=1, by=by, at=LATER)


def test_nobody_agrees_with_themselves(world: World) -> None:
    contact = arrived(world)
    looked_at(world, contact)
    mistake = said(world, contact, role="team_manager")
    with pytest.raises(StepNotAllowed, match="You said this yourself"):
        agreed(world, mistake)


def test_nobody_agrees_to_a_childs_contact_that_nobody_qualified_has_read(world: World) -> None:
    contact = arrived(world)
    with pytest.raises(StepNotAllowed, match="nobody qualified has looked"):
        agreed(world, said(world, contact))


def protected(world: World, contact: Contact) -> None:
    with world.acting("social_worker") as by:
        screening.protect(
            contact.key, kind="immediate_protection", reason="Marks.", with_whom="DS Hale", by=by, at=NOON
        )


def flagged(world: World, contact: Contact) -> None:
    with world.acting("contact_officer") as by:
        screening.flag(contact.key, why="He is back.", by=by, at=NOON)


def asked(world: World, contact: Contact) -> None:
    with world.acting("social_worker") as by:
        contact.refresh_from_db()
        screening.ask(contact.key, seen=contact.version, asked_of="The school", text="When?", by=by, at=NOON)


def led_to(world: World, contact: Contact) -> None:
    with world.acting("social_worker") as by:
        other = arrive(by=by, at=LATER)
        screening.look(other.key, seen=other.version, danger="no", line="The same.", by=by, at=LATER)
        other.refresh_from_db()
        screening.link(other.key, contact.key, seen=other.version, kind="duplicate", why="The same.", by=by, at=LATER)


def recommended(world: World, contact: Contact) -> None:
    with world.acting("social_worker"):
        Matter.objects.filter(contact=contact).update(state="recommended")


def rung(world: World, contact: Contact) -> None:
    with world.acting("contact_officer") as by:
        call = telephone.begin(by=by, at=NOON)
        made = telephone.agree_safety_call(call.key, seen=1, rings="us", whom="School", minutes=9, by=by, at=NOON)
        made.contact = contact
        made.save(update_fields=["contact"])


def calling(world: World, contact: Contact) -> None:
    with world.acting("contact_officer") as by:
        call = telephone.begin(by=by, at=NOON)
        Draft.objects.filter(key=call.key).update(subject=str(contact.key))


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (protected, "Protection was started"), (flagged, "red flag"), (asked, "question is still open"),
        (led_to, "closed into this one"), (recommended, "recommended or decided"), (rung, "rung back"),
        (calling, "still going on"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [True, False], ids=["before-it-is-said", "between-the-two"])
def test_what_stands_on_a_contact_keeps_it(
    world: World, happens: Callable[..., None], words: str, before: bool
) -> None:
    contact = arrived(world)
    looked_at(world, contact)
    if before:
        happens(world, contact)
        with pytest.raises(StepNotAllowed, match=words):
            said(world, contact)
        return
    mistake = said(world, contact)
    happens(world, contact)
    with pytest.raises(StepNotAllowed, match=words):
        agreed(world, mistake)


def test_nothing_is_deleted_and_the_receipt_stays_in_the_chain(world: World, voided: Contact) -> None:
    with world.acting("contact_officer") as by:
        voided.refresh_from_db()
        assert (voided.state, voided.holder, voided.closed_at) == ("voided", None, LATER)
        assert Receipt.objects.filter(submission_id=voided.submission_id).count() == 1
        assert records.by_receipt(voided.receipt, by=by) == voided.key
        opened = records.open_contact(voided.key, by=by, at=LATER)
        assert [person.label for person in opened.people] == ["Ewa Nowak"]
        found = searching.search(searching.Wanted(given_name="Ewa", family_name="Nowak"), by=by)
        assert [row.key for row in found] == [voided.key]
    call_command("verify_receipts")


def test_it_leaves_the_queue_and_is_counted(world: World, voided: Contact) -> None:
    with world.acting("team_manager") as by:
        assert queries.queue(by=by, at=LATER) == []
        counted = figures.figures(since=NOON - timedelta(hours=1), by=by, at=LATER)
        assert (counted.came_today, counted.mistaken, counted.unseen) == (1, 1, 0)
        assert queries.counted_mistakes(since=NOON, by=by) == queries.Counted(1, 1, 0)
        waiting, settled = queries.mistakes(by=by, at=LATER)
        assert (waiting, [each.contact for each in settled]) == ([], [voided.key])


def test_its_clocks_stop_with_the_reason_and_a_missed_one_stays_missed(world: World) -> None:
    contact = arrived(world, **EMPTY)
    agreed_at = NOON + timedelta(minutes=90)
    mistake = said(world, contact)
    with world.acting("social_worker") as by:
        screening.agree_mistake(mistake.key, seen=1, by=by, at=agreed_at)
        clocks = Clock.objects.filter(subject_key=str(contact.submission_id))
        ended = {clock.kind: (clock.stopped_at, clock.ended, clock.outcome) for clock in clocks}
        assert ended["contacts.first_look"] == (agreed_at, "mistake", "late")
        assert ended["contacts.decision"] == (agreed_at, "mistake", "in_time")


def test_whoever_asked_to_be_rung_back_is_still_rung_back_and_nobody_is_written_to(world: World) -> None:
    contact = arrived(
        world, referrer=ReferrerGiven("professional", "given", "Harriet Sedge", route="phone", phone="01632 960222"),
        call_back=CallBackGiven(phone="01632 960222"),
    )  # fmt: skip
    looked_at(world, contact)
    agreed(world, said(world, contact))
    with world.acting("social_worker") as by:
        assert len(queries.call_backs(by=by, at=LATER)) == 1
        assert Clock.objects.get(kind="contacts.call_back").stopped_at is None
        assert Letter.objects.get().state == "cancelled"


def test_one_qualified_person_opens_it_again_with_its_first_time(world: World, voided: Contact) -> None:
    after = LATER + timedelta(hours=1)
    with world.acting("social_worker") as by:
        mistake = Mistake.objects.get()
        screening.keep_as_contact(mistake.key, seen=2, why="A real child after all.", by=by, at=after)
        voided.refresh_from_db()
        assert (voided.state, voided.closed_at, voided.received_at) == ("looked", None, NOON)
        assert set(Matter.objects.values_list("state", flat=True)) == {"open"}
        again = Clock.objects.get(kind="contacts.decision", stopped_at=None)
        first = Clock.objects.get(kind="contacts.decision", ended="mistake")
        assert (again.started_at, again.due_at) == (first.started_at, first.due_at)
        assert [row.key for row in queries.queue(by=by, at=after)] == [voided.key]
        assert queries.counted_mistakes(since=NOON, by=by) == queries.Counted(1, 0, 1)
        with pytest.raises(StepNotAllowed, match="no mistake"):
            screening.keep_as_contact(mistake.key, seen=3, why="Again.", by=by, at=after)


def test_what_nobody_had_looked_at_is_to_be_looked_at_again(world: World) -> None:
    contact = arrived(world, **EMPTY)
    mistake = said(world, contact)
    agreed(world, mistake)
    with world.acting("social_worker") as by:
        screening.keep_as_contact(mistake.key, seen=2, why="It was real.", by=by, at=LATER)
        assert Clock.objects.get(kind="contacts.first_look", stopped_at=None).started_at == NOON
        contact.refresh_from_db()
        assert contact.state == "received"


def test_a_contact_officer_takes_back_what_they_said_and_undoes_nothing_else(world: World) -> None:
    contact = arrived(world)
    mistake = said(world, contact)
    with world.acting("contact_officer", second=True) as by, pytest.raises(NotPermitted):
        screening.keep_as_contact(mistake.key, seen=1, why="No.", by=by, at=LATER)
    with world.acting("contact_officer") as by:
        screening.keep_as_contact(mistake.key, seen=1, why="I was wrong.", by=by, at=LATER)
    looked_at(world, contact)
    other = said(world, contact)
    agreed(world, other)
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        screening.keep_as_contact(other.key, seen=2, why="No.", by=by, at=LATER)


def test_it_is_said_once_with_a_reason_on_what_was_seen(world: World) -> None:
    contact = arrived(world)
    with world.acting("contact_officer") as by:
        for why in ("", "  ", "x" * 301, "two\nlines"):
            with pytest.raises(InvalidInput):
                screening.call_a_mistake(contact.key, seen=contact.version, why=why, by=by, at=NOON)
        with pytest.raises(Conflict):
            screening.call_a_mistake(contact.key, seen=contact.version + 1, why=WHY, by=by, at=NOON)
        mistake = screening.call_a_mistake(contact.key, seen=contact.version, why=WHY, by=by, at=NOON)
        contact.refresh_from_db()
        with pytest.raises(StepNotAllowed, match="said so already"):
            screening.call_a_mistake(contact.key, seen=contact.version, why=WHY, by=by, at=NOON)
    looked_at(world, contact)
    with world.acting("team_manager") as by, pytest.raises(Conflict):
        screening.agree_mistake(mistake.key, seen=2, by=by, at=LATER)


def test_a_closed_contact_is_no_mistake_and_a_voided_one_is_not_voided_twice(world: World, voided: Contact) -> None:
    with pytest.raises(StepNotAllowed, match="Entered by mistake"):
        said(world, voided)
    with world.acting("team_manager", second=True) as by, pytest.raises(StepNotAllowed):
        screening.agree_mistake(Mistake.objects.get().key, seen=2, by=by, at=LATER)


def test_another_councils_mistake_is_not_found(world: World) -> None:
    mistake = said(world, arrived(world))
    for act in (screening.agree_mistake, screening.keep_as_contact):
        with world.acting("team_manager", council=873) as by, pytest.raises(NotFound):
            act(mistake.key, seen=1, by=by, at=LATER, **({"why": "No."} if act is screening.keep_as_contact else {}))


def test_each_act_leaves_its_entry_with_the_reason(world: World, voided: Contact) -> None:
    with world.acting("social_worker") as by:
        screening.keep_as_contact(Mistake.objects.get().key, seen=2, why="Real.", by=by, at=LATER)
        acts = ("contacts.call_a_mistake", "contacts.agree_mistake", "contacts.keep_as_contact")
        left = {action: list(Entry.objects.filter(action=action).values_list("why", flat=True)) for action in acts}
        assert left == dict(zip(acts, ([WHY], [WHY], ["Real."]), strict=True))
