"""A red flag in the middle of a call: on top and loud at once, while the story still goes on."""

import pytest

from frontdoor.actors.rules import InvalidInput
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.models import (
    Agreement,
    Contact,
    Matter,
    Named,
    Referrer,
    Statement,
    Submission,
)
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.queries.screening import flags
from frontdoor.contacts.rules.intake import CallBackGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.telephone import Told
from frontdoor.letters.models import Letter
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.contacts.calling import LATER, STORY, begun, contact_of, end, told

NOTHING = Told(Report(story=""))


def _flagged(by, *, what=None, why="", typed=None):
    call = begun(by=by, typed=typed or {"story": STORY})
    return actions.flag(call.key, seen=call.version, told=what or told(), why=why, by=by, at=LATER)


def test_a_red_flag_stands_on_top_and_loud_while_the_call_still_goes_on(world):
    with world.acting("contact_officer") as by:
        arrive(by=by, danger="unknown")
        call = _flagged(by, why="He is on his way to the school.")
        contact = Contact.objects.get(key=call.subject)
        assert (contact.received_at, contact.flagged_at) == (NOON, LATER)
        assert [each.receipt for each in flags(by=by, at=LATER)] == [contact.receipt]
        assert queries.going_on(contact, by=by) == NOON
        assert queries.open_call(call.key, by=by, at=LATER).receipt == contact.receipt
    with world.acting("social_worker", second=True) as by:
        from frontdoor.contacts.queries.screening import queue

        assert queue(by=by, at=LATER)[0].key == contact.key


def test_a_red_flag_needs_a_word_and_nothing_else(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": ""})
        with pytest.raises(InvalidInput):
            actions.flag(call.key, seen=call.version, told=NOTHING, why=" ", by=by, at=NOON)
        call = actions.flag(call.key, seen=call.version, told=NOTHING, why="A knife", by=by, at=NOON)
        assert Contact.objects.get(key=call.subject).story == "A knife"


def test_what_is_said_after_a_red_flag_joins_the_contact_under_its_one_number(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by, what=told(child(given_name="Mia", family_name="", date_of_birth=None)))
        first = Contact.objects.get(key=call.subject)
        more = f"{STORY} Her brother Tom is at home."
        people = (child(given_name="Mia", family_name="Brook"), child(given_name="Tom", family_name="Brook"))
        teller = ReferrerGiven(
            kind="professional", identity="given", name="Harriet Sedge", route="email", email="h@example.org"
        )
        report = Report(
            story=more, people=people, referrer=teller, where_now="School", sub_type="cp_concern", danger="yes",
            call_back=CallBackGiven("07700 900123"),
        )  # fmt: skip
        ended = end(call, by=by, what=Told(report, (874, 874), (0, 1)))
        contact = contact_of(ended)
        assert (contact.pk, ended.receipt) == (first.pk, first.receipt)
        assert (contact.story, contact.where_now, contact.danger_said) == (more, "School", "yes")
        assert contact.version > first.version
        assert list(Named.objects.order_by("position").values_list("given_name", "family_name")) == [
            ("Mia", "Brook"), ("Tom", "Brook"),
        ]  # fmt: skip
        assert Matter.objects.count() == 2
        assert Referrer.objects.get().name == "Harriet Sedge"
        assert Submission.objects.get().body["story"] == STORY
        assert queries.going_on(contact, by=by) is None
        assert contact.call_backs.count() == 1
        assert Agreement.objects.count() == 2


def test_nobody_recommends_on_words_that_came_after_they_read(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by)
        seen = Matter.objects.get().version
        end(call, by=by)
        assert Matter.objects.get().version == seen + 1


def test_a_nameless_child_of_a_red_flag_gets_the_name_that_is_told_later(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by, what=Told(Report(story="A girl is locked in.")))
        assert Matter.objects.get().child is None
        end(call, by=by)
        assert Matter.objects.get().child.given_name == "Mia"


def test_the_marks_of_a_red_flag_stand_where_the_story_has_them_in_the_end(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
        call = actions.mark(
            call.key, seen=call.version, kind="own_words", starts=len(STORY), ends=len(STORY), by=by, at=NOON
        ).call
        call = actions.mark(call.key, seen=call.version, kind="worry", starts=0, ends=0, by=by, at=NOON).call
        marks = queries.open_call(call.key, by=by, at=NOON).marks
        call = actions.flag(call.key, seen=call.version, told=_with(marks, STORY), why="", by=by, at=LATER)
        assert Contact.objects.get().flagged_why == "Mia Brook, 7, must not go home."
        after = f"The head rings. {STORY}"
        call = actions.save(call.key, seen=call.version, typed={"story": after}, by=by, at=LATER)
        call = actions.unmark(call.key, seen=call.version, number=2, by=by, at=LATER)
        call = actions.mark(call.key, seen=call.version, kind="strength", starts=0, ends=0, by=by, at=LATER).call
        end(call, by=by, what=_with(queries.open_call(call.key, by=by, at=LATER).marks, after))
        found = {row.kind: (row.starts, row.words) for row in Statement.objects.all()}
        assert found == {
            "own_words": (after.index("She"), "She said: “He will hurt me.”"),
            "worry": (None, "Mia Brook, 7, must not go home."),
            "strength": (0, "The head rings."),
        }


def _with(marks, story):
    from frontdoor.contacts.rules.telephone import tied

    people = (child(given_name="Mia", family_name="Brook"),)
    return Told(Report(story=story, people=people, marks=tied(marks, people)), (874,), (0,))


def test_whoever_rang_is_answered_once_and_only_when_they_have_said_how(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by)
        assert not Letter.objects.exists()
        teller = ReferrerGiven(kind="professional", identity="given", name="A", route="email", email="a@example.org")
        end(call, by=by, what=told(referrer=teller))
        assert Letter.objects.get().asked == "email"


def test_a_flagged_call_whose_contact_was_closed_meanwhile_loses_no_word(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by)
        Contact.objects.filter(key=call.subject).update(state="closed", closed_at=LATER)
        ended = end(call, by=by)
        assert ended.contact != call.subject
        assert Contact.objects.filter(story=STORY, received_at=NOON).count() == 2


def test_a_flagged_call_cannot_be_ended_as_a_wrong_number(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by)
        ended = end(call, by=by, way="wrong_number", what=told(category="wrong_number"))
        assert ended.open_why
        assert contact_of(ended).closed_at is None


def test_acts_of_a_call_leave_entries_without_a_name_or_a_word_of_it(world):
    with world.acting("contact_officer") as by:
        call = _flagged(by, typed={"story": STORY, "name": "Maureen Oldacre"})
        queries.open_call(call.key, by=by, at=LATER)
        actions.agree_safety_call(call.key, seen=call.version, rings="us", whom="Mrs Ahmed", minutes=5, by=by, at=LATER)
        end(call, by=by)
        entries = list(Entry.objects.all())
    said = {entry.action: f"{entry.why} {entry.detail}" for entry in entries}
    assert {
        "contacts.begin_call", "contacts.flag_in_call", "contacts.open_call", "contacts.agree_safety_call",
        "contacts.add", "contacts.end_of_call",
    } <= said.keys()  # fmt: skip
    assert not [text for text in said.values() if any(word in text for word in ("Mia", "Oldacre", "Ahmed", "home"))]
