"""What may not be genuine is marked, stays in the queue behind the rest, and people settle it; nothing is dropped."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import PUBLIC_INTAKE, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import doors, screening
from frontdoor.contacts.models import Contact, Doubt, FirstLook, Mistake
from frontdoor.contacts.queries import doors as queries
from frontdoor.contacts.rules import doors as rules
from frontdoor.contacts.rules.intake import PersonGiven, Report, danger_rank
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON
from tests.worlds import CAMBRIDGESHIRE, World

LIMITS = rules.Limits(per_hour=20, same_words=2, seconds=5)
LATER = NOON + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("came", "marked"),
    [
        (rules.Came(), ()),
        (rules.Came(in_the_hour=20, same=2, seconds=5), ()),
        (rules.Came(in_the_hour=21), (rules.Mark.MANY,)),
        (rules.Came(same=3), (rules.Mark.SAME,)),
        (rules.Came(seconds=4.9), (rules.Mark.FAST,)),
        (rules.Came(seconds=None), ()),
        (rules.Came(trap=True), (rules.Mark.TRAP,)),
    ],
)
def test_a_report_is_marked_for_a_printed_reason_and_no_other(came, marked):
    assert rules.marks(came, LIMITS) == marked
    assert rules.in_words(rules.kept(marked)) == tuple(rules.WORDS[each] for each in marked)


@given(st.sampled_from(["yes", "no", "unknown"]), st.sampled_from(["", "yes", "no", "unknown"]), st.booleans())
def test_danger_is_never_held_back_and_a_look_or_a_flag_weighs_more_than_any_mark(said, looked, flagged):
    marked = danger_rank(said=said, looked=looked, flagged=flagged, doubted=True)
    usual = danger_rank(said=said, looked=looked, flagged=flagged)
    if said == "yes" or looked or flagged:
        assert marked == usual
    else:
        assert marked > danger_rank(said="no", looked="", flagged=False)


def came(world: World, *marks: rules.Mark, idem: str = "one", **report: Any) -> Contact:
    told = {"story": "x", "people": (PersonGiven(kind="child", given_name="Mia"),), "danger": "no", **report}
    with world.system(PUBLIC_INTAKE) as by:
        given = contacts.submit(Report(**told), channel="web", idem=idem, marks=marks, by=by, at=NOON)
        return contacts.take_in(str(given.submission), by=by, at=NOON)


def doubt_of(world: World) -> Doubt:
    with world.system(PUBLIC_INTAKE):
        return Doubt.objects.get()


def test_what_is_marked_is_taken_in_with_number_and_clocks_like_all_else(world: World) -> None:
    usual, marked = came(world), came(world, rules.Mark.TRAP, idem="two")
    assert (usual.receipt, marked.receipt) == ("874-W-000001", "874-W-000002")
    with world.system(PUBLIC_INTAKE):
        running = [
            {clock.kind for clock in Clock.objects.filter(subject_key=str(each.submission_id), stopped_at=None)}
            for each in (usual, marked)
        ]
    assert running[0] == running[1] != set()


def test_in_a_flood_reports_without_a_mark_come_first_and_danger_before_them_all(world: World) -> None:
    flood = [came(world, rules.Mark.MANY, idem=f"flood {number}", story=f"x {number}") for number in range(5)]
    danger = came(world, rules.Mark.MANY, idem="danger", danger="yes")
    usual = came(world, idem="usual")
    with world.acting("social_worker") as by:
        taken = screening.take_next(by=by, at=LATER)
    assert danger.danger_rank < usual.danger_rank < min(each.danger_rank for each in flood)
    assert danger.pk in {each.pk for each in taken}


def test_genuine_puts_it_where_it_would_have_been_and_keeps_who_said_so(world: World) -> None:
    contact = came(world, rules.Mark.SAME, danger="unknown")
    assert contact.danger_rank == 3
    with world.acting("social_worker") as by:
        assert [row.receipt for row in queries.doubts(by=by, at=LATER)] == [contact.receipt]
        settled = doors.say_genuine(doubt_key(contact), seen=1, by=by, at=LATER)
        assert settled.danger_rank == 1
        assert not queries.doubts(by=by, at=LATER)
        doubt = Doubt.objects.get()
        assert (doubt.answer, doubt.answered_by) == ("genuine", by.user_id)
        assert Entry.objects.filter(action="contacts.say_genuine").count() == 1
        with pytest.raises(StepNotAllowed):
            doors.say_genuine(doubt.pk, seen=2, by=by, at=LATER)


def doubt_key(contact: Contact) -> Any:
    return Doubt.objects.values_list("pk", flat=True).get(submission=contact.submission_id)


def test_not_genuine_needs_a_second_person_who_is_a_manager_where_a_child_is_named(world: World) -> None:
    contact = came(world, rules.Mark.TRAP)
    with world.acting("social_worker") as by:
        doors.say_not_genuine(doubt_key(contact), seen=1, why="It advertises shoes", by=by, at=LATER)
        mistake = Mistake.objects.get()
        assert mistake.why == "Not genuine: It advertises shoes"
        contact.refresh_from_db()
        assert contact.closed_at is None  # nothing has changed yet
        assert Clock.objects.filter(subject_key=str(contact.submission_id), stopped_at=None).exists()
        (row,) = queries.doubts(by=by, at=LATER)
        assert row.asked == mistake.key
        with pytest.raises((StepNotAllowed, NotPermitted)):
            screening.agree_mistake(mistake.key, seen=1, by=by, at=LATER)
    with world.acting("social_worker", second=True) as by, pytest.raises(NotPermitted):
        screening.agree_mistake(mistake.key, seen=1, by=by, at=LATER)
    with world.acting("social_worker") as by:
        contact.refresh_from_db()
        screening.look(contact.key, seen=contact.version, danger="no", line="An advertisement.", by=by, at=LATER)
    with world.acting("team_manager") as by:
        screening.agree_mistake(mistake.key, seen=1, by=by, at=LATER)
        assert not queries.doubts(by=by, at=LATER)
        contact.refresh_from_db()
        assert contact.state == "voided"
        assert Doubt.objects.get().answer == "not_genuine"  # kept, as the contact is


def test_what_a_second_person_keeps_comes_back_to_be_settled(world: World) -> None:
    contact = came(world, rules.Mark.TRAP)
    with world.acting("social_worker") as by:
        doors.say_not_genuine(doubt_key(contact), seen=1, why="It advertises shoes", by=by, at=LATER)
        with pytest.raises(StepNotAllowed):
            doors.say_genuine(doubt_key(contact), seen=2, by=by, at=LATER)
        mistake = Mistake.objects.get()
    with world.acting("team_manager") as by:
        screening.keep_as_contact(mistake.key, seen=1, why="It names a school.", by=by, at=LATER)
        (row,) = queries.doubts(by=by, at=LATER)
        assert row.asked is None
        assert doors.say_genuine(row.key, seen=row.version, by=by, at=LATER).danger_rank == 2


def test_only_those_who_screen_settle_it_with_a_reason_and_as_they_saw_it(world: World) -> None:
    contact = came(world, rules.Mark.TRAP)
    with world.acting("contact_officer") as by:
        key = doubt_key(contact)
        for act in (
            lambda: queries.doubts(by=by, at=LATER),
            lambda: queries.open_doubt(key, by=by, at=LATER),
            lambda: doors.say_genuine(key, seen=1, by=by, at=LATER),
            lambda: doors.say_not_genuine(key, seen=1, why="x", by=by, at=LATER),
        ):
            with pytest.raises(NotPermitted):
                act()
    with world.acting("social_worker") as by:
        with pytest.raises(Conflict):
            doors.say_genuine(key, seen=7, by=by, at=LATER)
        for why in ("", " ", "two\nlines", "x" * 281):
            with pytest.raises(InvalidInput):
                doors.say_not_genuine(key, seen=1, why=why, by=by, at=LATER)
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        for act in (
            lambda: queries.open_doubt(key, by=by, at=LATER),
            lambda: doors.say_genuine(key, seen=1, by=by, at=LATER),
        ):
            with pytest.raises(NotFound):
                act()


def test_a_long_list_is_read_page_by_page_and_each_page_leaves_one_entry(world: World) -> None:
    came_in = [came(world, rules.Mark.MANY, idem=f"n {number}", story=f"x {number}").receipt for number in range(5)]
    with world.acting("social_worker") as by:
        first = queries.doubts(by=by, at=LATER, limit=3, count=True)
        second = queries.doubts(by=by, at=LATER, limit=3, after=first[-1].cursor)
        assert first.total == 5
        assert first.more
        assert not second.more
        assert sorted(row.receipt for row in [*first, *second]) == sorted(came_in)
        assert Entry.objects.filter(action="contacts.doubts").count() == 2


def test_the_record_says_so_to_those_who_settle_it(world: World, signed: Any) -> None:
    contact = came(world, rules.Mark.TRAP)
    page = signed("social_worker").get(f"/peterborough/contacts/{contact.key}/").text
    assert "A question was answered that no person can see" in page
    assert "Say whether it is genuine" in page
    assert (
        "Say whether it is genuine"
        not in signed("early_help_officer").get(f"/peterborough/contacts/{contact.key}/").text
    )


def test_it_is_settled_on_its_page(world: World, signed: Any) -> None:
    contact = came(world, rules.Mark.TRAP)
    client = signed("social_worker")
    key = doubt_of(world).pk
    assert contact.receipt in client.get("/peterborough/contacts/genuine/").text
    here = f"/peterborough/contacts/genuine/{key}/"
    assert client.post(here, {"seen": "1", "why": ""}).status_code == 422
    assert client.post(here, {"seen": "1", "do": "genuine"}).status_code == 302
    assert "Nothing waits" in client.get("/peterborough/contacts/genuine/").text


WORDS = {"words": "Buy shoes", "marks": "trap", "came_at": NOON}


@pytest.mark.parametrize(
    ("more", "alike"),
    [
        ({}, True),
        ({"words": "BUY, shoes!", "marks": "many", "came_at": NOON + timedelta(days=2)}, True),
        ({"words": "Sell hats"}, True),
        ({"words": "Sell hats", "came_at": NOON + timedelta(minutes=61)}, False),
        ({"words": "Sell hats", "marks": "many"}, False),
        ({"words": "Buy shoes, he hits her"}, False),
        ({"danger": "yes"}, False),
        ({"loud": True}, False),
    ],
)
def test_alike_are_the_same_words_or_the_same_marks_within_an_hour_and_never_danger(more, alike):
    one, other = rules.Report(**WORDS), rules.Report(**{**WORDS, **more})
    assert rules.alike(one, other) is alike
    assert rules.alike(other, one) is alike


@given(st.sampled_from((*rules.DANGER_STEMS[:1], "He KILLED it", "knives", "self harm", "she ran away")), st.text())
def test_words_of_danger_are_found_wherever_they_stand(word, text):
    assert rules.speaks_of_danger(f"{text} {word}")


def flood(world: World, number: int = 3, **more: Any) -> list[Contact]:
    """Marked reports of one network that advertise something, each in its own words."""
    return [
        came(world, rules.Mark.MANY, idem=f"flood {place}", story=f"Buy shoes {place}", **more)
        for place in range(number)
    ]


def seen_of(found: list[queries.Doubted]) -> dict[str, int]:
    return {str(each.key): each.version for each in found}


def test_several_alike_are_settled_in_one_act_agreed_to_in_one_and_each_is_opened_again_by_itself(world: World) -> None:
    made = flood(world)
    danger = came(world, rules.Mark.MANY, idem="danger", story="Buy shoes, he hits her")
    with world.acting("social_worker") as by:
        key = doubt_key(made[0])
        found = queries.alike(key, by=by, at=LATER)
        assert {each.contact for each in found} == {each.key for each in made}
        assert [each.contact for each in queries.dangerous(by=by, at=LATER)] == [danger.key]
        doors.say_alike_not_genuine(seen_of(found), why="They advertise shoes", by=by, at=LATER)
        assert Mistake.objects.count() == FirstLook.objects.count() == 3
        assert {each.why for each in Mistake.objects.all()} == {"Not genuine: They advertise shoes"}
        assert not Contact.objects.exclude(closed_at=None).exists()  # nothing has left a queue yet
        listed = queries.asked_together(key, by=by, at=LATER)
        agreed = {str(each.asked): each.mistake_version for each in listed}
        with pytest.raises((StepNotAllowed, NotPermitted)):
            doors.agree_alike(agreed, by=by, at=LATER)
    with world.acting("team_manager") as by:
        doors.agree_alike(agreed, by=by, at=LATER)
        assert set(Contact.objects.filter(state="voided").values_list("key", flat=True)) == {each.key for each in made}
        one = Mistake.objects.order_by("id")[0]
        screening.keep_as_contact(one.key, seen=one.version, why="It names a school.", by=by, at=LATER)
        assert Contact.objects.filter(state="voided").count() == 2
        assert Doubt.objects.count() == 4
    assert danger.pk in {each.pk for each in still_open(world)}


def still_open(world: World) -> list[Contact]:
    with world.acting("social_worker"):
        return list(Contact.objects.filter(closed_at=None))


def test_what_may_speak_of_danger_or_is_not_alike_is_never_settled_with_others(world: World) -> None:
    made = flood(world)
    danger = came(world, rules.Mark.MANY, idem="danger", danger="yes")
    other = came(world, rules.Mark.TRAP, idem="other", story="Sell hats")
    with world.acting("social_worker") as by:
        first = {str(doubt_key(made[0])): 1}
        assert [each.contact for each in queries.alike(doubt_key(danger), by=by, at=LATER)] == [danger.key]
        for wrong in ({}, {**first, str(doubt_key(danger)): 1}, {**first, str(doubt_key(other)): 1},
                      {str(doubt_key(danger)): 1}):  # fmt: skip
            with pytest.raises(InvalidInput):
                doors.say_alike_not_genuine(wrong, why="Shoes", by=by, at=LATER)
        with pytest.raises(InvalidInput):
            doors.say_alike_not_genuine(first, why=" ", by=by, at=LATER)
        stale = {**first, str(doubt_key(made[1])): 7}
        with pytest.raises(Conflict):
            doors.say_alike_not_genuine(stale, why="Shoes", by=by, at=LATER)
        with pytest.raises(InvalidInput):
            doors.agree_alike({}, by=by, at=LATER)
    with world.acting("contact_officer") as by:
        for act in (
            lambda: queries.alike(doubt_key(made[0]), by=by, at=LATER),
            lambda: queries.dangerous(by=by, at=LATER),
            lambda: queries.asked_together(doubt_key(made[0]), by=by, at=LATER),
            lambda: doors.say_alike_not_genuine(first, why="Shoes", by=by, at=LATER),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_several_are_settled_on_one_page_and_agreed_to_on_another(world: World, signed: Any) -> None:
    made = flood(world, people=())
    client, key = signed("social_worker"), doubt_of_first(world)
    here = f"/peterborough/contacts/genuine/{key}/"
    page = client.get(f"{here}alike/").text
    assert all(each.receipt in page for each in made)
    assert "Buy shoes 2" in page
    with world.acting("social_worker") as by:
        which = [f"{each.key}:{each.version}" for each in queries.alike(key, by=by, at=LATER)]
    assert client.post(f"{here}alike/", {"which": which, "why": "Shoes"}).status_code == 422
    assert client.post(f"{here}alike/", {"which": which, "why": "Shoes", "read": "on"}).status_code == 302
    with world.acting("social_worker") as by:
        asked = queries.asked_together(key, by=by, at=LATER)
    ticked = [f"{each.asked}:{each.mistake_version}" for each in asked]
    assert len(ticked) == 3
    second = signed("team_manager")
    assert "Said by" in second.get(f"{here}agree/").text
    assert second.post(f"{here}agree/", {"which": ticked, "read": "on"}).status_code == 302
    assert "Nothing waits" in second.get("/peterborough/contacts/genuine/").text


def doubt_of_first(world: World) -> Any:
    with world.system(PUBLIC_INTAKE):
        return Doubt.objects.order_by("marked_at", "pk")[0].pk
