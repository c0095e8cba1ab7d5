"""Telling a family: who should hear, two people for the words, letters through the guard, reasons for not telling."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from frontdoor.actors.rules import MAILER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.actions import decisions, safe
from frontdoor.contacts.actions import family as actions
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Telling
from frontdoor.contacts.queries import family as queries
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.decisions import Decided
from frontdoor.contacts.rules.family import Chosen, Person, State, Step
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.letters import actions as letters
from frontdoor.letters.models import Letter
from tests.contacts.deciding import ADVICE, AT, arrived, decided, minutes, recommended
from tests.worlds import World

AGREED = Decided(outcome="information_advice", detail="Advice about bedtimes.")
MOTHER = PersonGiven(
    "adult", given_name="Lena", family_name="Setchfield", relationship="mother", parental_responsibility=True,
    address="4 Fen Row, Ely", postcode="CB6 1RT",
)  # fmt: skip
FATHER = PersonGiven("adult", given_name="Rob", family_name="Attwell", relationship="father")
AUNT = PersonGiven("adult", given_name="Ivy", family_name="Setchfield", relationship="aunt")
YOUNG = PersonGiven("child", given_name="Tess", family_name="Setchfield", date_of_birth=date(2019, 6, 17))
TEEN = PersonGiven("child", given_name="Noah", family_name="Setchfield", date_of_birth=date(2011, 6, 17))


def told_of(world: World, *people: PersonGiven, idem: str = "family-1", children: int = 1, **more: Any) -> Contact:
    """A contact that names these people, decided for each child."""
    contact = arrived(world, idem=idem, people=people, **more)
    for place in range(children):
        decided(world, recommended(world, contact, ADVICE, place=place), AGREED)
    return contact


def listed(world: World, contact: Contact) -> list[Telling]:
    found = Telling.objects.filter(matter__contact=contact).select_related("person", "matter__child", "matter__contact")
    with world.acting("social_worker", at=AT):
        return list(found.order_by("id"))


def letter_of(world: World) -> Letter:
    with world.acting("social_worker", at=AT):
        return Letter.objects.get(kind="family_decided")


def again(world: World, row: Any) -> Any:
    """A row as it stands now."""
    with world.acting("social_worker", at=AT):
        return type(row).objects.get(pk=row.pk)


def choice(world: World, **more: Any) -> Chosen:
    usual = {
        "how": "letter", "teller": world.user("social_worker").pk, "tell_at": AT + timedelta(hours=2),
        "worry": "wellbeing", "reason": "advice_enough", "responsibility": "yes", "known_from": "Birth certificate",
    }  # fmt: skip
    return Chosen(**(usual | more))


def chosen(world: World, telling: Telling, **more: Any) -> Telling:
    with world.acting("social_worker", at=AT) as by:
        return actions.choose(telling.key, seen=telling.version, given=choice(world, **more), by=by, at=minutes(5))


def released(world: World, telling: Telling) -> Telling:
    with world.acting("team_manager", at=AT) as by:
        return actions.release(telling.key, seen=telling.version, by=by, at=minutes(10))


@pytest.mark.parametrize(
    ("person", "hears"),
    [
        (Person(True, "mother", None), True),
        (Person(True, "step-father", None), True),
        (Person(True, "aunt", None), False),
        (Person(True, "aunt", True), True),
        (Person(True, "special guardian", None), True),
        (Person(True, "neighbour", None), False),
        (Person(True, "alleged perpetrator", None), False),
    ],
)
def test_whoever_has_responsibility_or_care_should_hear(person, hears):
    assert rules.should_hear(person, is_the_child=False, child_from=12) is hears


def test_a_child_hears_from_the_councils_age_on_and_only_of_their_own_matter():
    assert rules.should_hear(Person(False, "", None, age=12), is_the_child=True, child_from=12)
    assert not rules.should_hear(Person(False, "", None, age=11), is_the_child=True, child_from=12)
    assert not rules.should_hear(Person(False, "", None, age=None), is_the_child=True, child_from=12)
    assert not rules.should_hear(Person(False, "", None, age=15), is_the_child=False, child_from=12)


def test_whole_years_are_those_of_the_birthday():
    assert rules.whole_years(date(2014, 4, 3), None, on=date(2026, 4, 2)) == 11
    assert rules.whole_years(date(2014, 4, 2), None, on=date(2026, 4, 2)) == 12
    assert rules.whole_years(None, 9, on=date(2026, 4, 2)) == 9


def test_every_open_state_may_be_ended_by_a_managers_reason_and_no_other():
    for state in State:
        assert rules.may(state, Step.NOT_TELL) is (state in {*rules.OPEN, State.NOT_TOLD})


def test_a_decision_lists_every_parent_and_the_child_by_age_each_for_their_own_child(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, FATHER, AUNT, children=2)
    found = [(each.matter.called, each.person.label, each.part) for each in listed(world, contact)]
    assert found == [
        ("Noah Setchfield", "Noah Setchfield", "child"),
        ("Noah Setchfield", "Lena Setchfield", "parent"),
        ("Noah Setchfield", "Rob Attwell", "parent"),
        ("Tess Setchfield", "Lena Setchfield", "parent"),
        ("Tess Setchfield", "Rob Attwell", "parent"),
    ]


def test_each_has_a_clock_of_the_councils_days_and_stands_in_the_list(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    with world.acting("social_worker", at=AT) as by:
        (clock,) = clocks.for_subject((rules.SUBJECT, telling.key), by=by, at=minutes(1))
        lines = queries.families(by=by, at=minutes(1))
    assert clock.kind.name == "letters.family"
    assert telling.due_at == clock.reading.due_at > AT + timedelta(days=2)
    assert [line.telling.key for line in lines] == [telling.key]


def test_what_is_asked_for_is_answered_to_whoever_asked_and_no_family_is_listed(world):
    contact = arrived(world, people=(YOUNG, MOTHER), category="request_for_information", sub_type="court_cafcass_check")
    with world.acting("team_manager", at=AT) as by:
        matter = Matter.objects.select_related("contact").get(contact=contact)
        actions.expect(matter, Decision(), by=by, at=AT)
    assert listed(world, contact) == []


def test_whoever_chose_the_words_does_not_release_them(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("team_manager", at=AT) as by:
        one = actions.choose(telling.key, seen=telling.version, given=choice(world), by=by, at=minutes(5))
        with pytest.raises(StepNotAllowed, match="Another person"):
            actions.release(one.key, seen=one.version, by=by, at=minutes(6))
        assert not Letter.objects.filter(kind="family_decided").exists()


def test_the_letters_room_asks_for_the_second_person_by_itself(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("team_manager", at=AT) as by, pytest.raises(InvalidInput):
        letters.plan_family(
            (rules.SUBJECT, telling.key), recipient=telling.person.key, decided=True, audience="parent",
            facts=queries.facts(Telling.objects.select_related("matter__contact", "matter__child").get(), by=by),
            team_id=1, chosen_by=by.user_id, by=by, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("how", ["letter", "phone"])
def test_a_social_worker_releases_nothing(world, how):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    one = chosen(world, telling, how=how)
    with world.acting("social_worker", second=True, at=AT) as by, pytest.raises(NotPermitted):
        actions.release(one.key, seen=one.version, by=by, at=minutes(6))


def test_released_words_go_by_letter_and_the_posting_tells_them_and_stops_the_clock(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    released(world, chosen(world, telling))
    letter = letter_of(world)
    assert (letter.state, letter.route, letter.audience) == ("to_send", "letter", "parent")
    with world.acting("social_worker", at=AT) as by:
        assert letters.print_letter(letter.key, by=by, at=minutes(20))
        letter.refresh_from_db()
        letters.record_posted(letter.key, seen=letter.version, by=by, at=minutes(30))
        telling.refresh_from_db()
        assert (telling.state, telling.told_at) == (State.TOLD, minutes(30))
        (clock,) = clocks.for_subject((rules.SUBJECT, telling.key), by=by, at=minutes(31))
        assert clock.stopped_at == minutes(30)
        assert queries.families(by=by, at=minutes(31)) == []


def test_a_letter_that_is_cancelled_leaves_somebody_to_be_told_with_a_clock(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    released(world, chosen(world, telling))
    letter = letter_of(world)
    with world.acting("social_worker", at=AT) as by:
        letters.cancel(letter.key, seen=letter.version, why="She has moved", by=by, at=minutes(20))
        telling.refresh_from_db()
        assert telling.state == State.TO_TELL
        running = clocks.for_subject((rules.SUBJECT, telling.key), by=by, at=minutes(21))
        assert any(each.stopped_at is None for each in running)


def test_a_family_is_never_told_by_email_or_text(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    released(world, chosen(world, telling))
    letter = letter_of(world)
    with world.acting("social_worker", at=AT) as by, pytest.raises(InvalidInput):
        letters.change_route(letter.key, seen=letter.version, route="email", why="Quicker", by=by, at=minutes(20))


def test_what_is_said_in_person_is_written_down_and_ends_it(world):
    (telling,) = listed(world, told_of(world, YOUNG, FATHER))
    one = released(world, chosen(world, telling, how="in_person", responsibility="care"))
    with world.acting("social_worker", at=AT) as by:
        done = actions.tell(one.key, seen=one.version, answer="He thanked us.", by=by, at=minutes(60))
    assert (done.state, done.answer) == (State.TOLD, "He thanked us.")


def test_nobody_is_told_before_the_words_are_released(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("social_worker", at=AT) as by, pytest.raises(StepNotAllowed):
        actions.tell(telling.key, seen=telling.version, answer="", by=by, at=minutes(5))
    one = chosen(world, telling, how="phone")
    with world.acting("social_worker", at=AT) as by, pytest.raises(StepNotAllowed):
        actions.tell(one.key, seen=one.version, answer="", by=by, at=minutes(6))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"responsibility": "unknown"}, "how"), ({"responsibility": "care"}, "how"),
        ({"responsibility": "no"}, "responsibility"), ({"known_from": " "}, "known_from"), ({"how": "email"}, "how"),
        ({"teller": 0}, "teller"), ({"reason": "typed words"}, "reason"), ({"worry": "the school told us"}, "worry"),
    ],
)  # fmt: skip
def test_a_letter_goes_only_to_whoever_has_parental_responsibility_and_words_only_from_the_lists(world, more, field):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with pytest.raises(InvalidInput) as refused:
        chosen(world, telling, **more)
    assert field in refused.value.problems


def test_no_word_to_a_family_says_who_told_us_or_anything_that_was_typed(world):
    from frontdoor.contacts.rules.intake import ReferrerGiven

    canary = "zzcanary"
    contact = told_of(
        world, replace(TEEN, school=f"{canary} School"), MOTHER, story=f"{canary} says so.",
        referrer=ReferrerGiven(kind="professional", identity="given", name=f"{canary} Obi", agency=canary),
    )  # fmt: skip
    for telling in listed(world, contact):
        for how in ("letter", "phone"):
            telling.how, telling.responsibility = how, "yes"
            with world.acting("social_worker", at=AT) as by:
                said = queries.words(telling, by=by, at=AT)
            assert canary not in said.plain.casefold()
            assert "complain" in said.plain
            assert telling.matter.contact.receipt in said.plain


def test_siblings_in_two_homes_each_parent_hears_of_their_child_alone(world):
    contact = told_of(world, TEEN, YOUNG, MOTHER, children=2)
    for telling in listed(world, contact):
        with world.acting("social_worker", at=AT) as by:
            said = queries.words(telling, by=by, at=AT).plain
        other = "Tess" if telling.matter.called.startswith("Noah") else "Noah"
        assert other not in said


def test_a_managers_reason_with_a_day_stops_the_clock_and_comes_back_to_that_manager(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    again = date(2026, 4, 13)
    with world.acting("team_manager", at=AT) as by:
        one = actions.not_tell(
            telling.key, seen=telling.version, why="raises_risk", words="He has threatened her.", again_on=again, by=by,
            at=minutes(5),
        )  # fmt: skip
        running = [c for c in clocks.for_subject((rules.SUBJECT, one.key), by=by, at=minutes(6)) if not c.stopped_at]
        assert [(clock.kind.name, clock.owner_id) for clock in running] == [("contacts.family_again", by.user_id)]
        assert running[0].reading.due_at.date() == again
        assert queries.families(by=by, at=minutes(6)) == []
        assert [line.telling.key for line in queries.not_told(by=by, at=minutes(6))] == [one.key]
        then = datetime(2026, 4, 13, 9, 0, tzinfo=UTC)
        assert [line.telling.key for line in queries.families(by=by, at=then)] == [one.key]
        after = actions.reconsider(one.key, seen=one.version, by=by, at=then)
        running = [c for c in clocks.for_subject((rules.SUBJECT, one.key), by=by, at=then) if not c.stopped_at]
    assert after.state == State.TO_TELL
    assert [clock.kind.name for clock in running] == ["letters.family"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"why": "", "words": "x", "again_on": date(2026, 5, 1)}, "why"),
        ({"why": "evidence", "words": " ", "again_on": date(2026, 5, 1)}, "words"),
        ({"why": "evidence", "words": "x", "again_on": None}, "again_on"),
        ({"why": "evidence", "words": "x", "again_on": date(2026, 4, 2)}, "again_on"),
    ],
)
def test_not_telling_asks_for_a_reason_words_and_a_day(world, said, field):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("team_manager", at=AT) as by, pytest.raises(InvalidInput) as refused:
        actions.not_tell(telling.key, seen=telling.version, **said, by=by, at=minutes(5))
    assert set(refused.value.problems) == {field}


def test_a_manager_alone_decides_that_somebody_is_not_told(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.not_tell(
            telling.key, seen=telling.version, why="other", words="x", again_on=date(2026, 5, 1), by=by, at=minutes(5)
        )


def test_somebody_whose_it_never_was_is_left_out_for_good(world):
    (telling,) = listed(world, told_of(world, YOUNG, FATHER))
    with world.acting("team_manager", at=AT) as by:
        actions.not_tell(
            telling.key, seen=telling.version, why="not_theirs", words="Of another child.", again_on=None, by=by,
            at=minutes(5),
        )  # fmt: skip
        assert queries.not_told(by=by, at=minutes(6)) == []
        assert all(each.stopped_at for each in clocks.for_subject((rules.SUBJECT, telling.key), by=by, at=minutes(6)))


def test_a_decision_that_is_taken_back_is_told_to_nobody_and_its_letter_does_not_go(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    released(world, chosen(world, telling))
    with world.acting("team_manager", at=AT) as by:
        matter = Matter.objects.get(contact=contact)
        decisions.void(matter.key, seen=matter.version, why="New facts", by=by, at=minutes(30))
    assert again(world, telling).state == State.CALLED_OFF
    assert letter_of(world).state == "cancelled"


def test_a_letter_to_where_somebody_who_may_be_harming_lives_is_held_at_planning(world):
    harming = PersonGiven(
        "adult", given_name="Al", family_name="Rowe", concern="possible_perpetrator", relationship="mum's boyfriend",
        address="4 Fen Row, Ely", postcode="CB6 1RT",
    )  # fmt: skip
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER, harming))
    released(world, chosen(world, telling))
    letter = letter_of(world)
    assert letter.state == "held"
    assert letter.findings[0].startswith("unsafe_address")


def test_a_rule_set_down_after_planning_holds_the_letter_at_the_moment_of_sending(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    released(world, chosen(world, telling))
    letter = letter_of(world)
    assert letter.state == "to_send"
    with world.acting("contact_officer", at=AT) as by:
        safe.set_rule(
            contact.key, whom=str(telling.person.key), way="post", never=True, why="He opens her letters", by=by,
            at=minutes(15),
        )  # fmt: skip
    with world.acting("social_worker", at=AT) as by:
        assert letters.print_letter(letter.key, by=by, at=minutes(20)) is None
    letter = again(world, letter)
    assert letter.state == "held"
    with world.acting("social_worker", second=True, at=AT) as by, pytest.raises(NotPermitted):
        letters.release(letter.key, seen=letter.version, why="Sure", by=by, at=minutes(25))
    with world.acting("team_manager", at=AT) as by:
        letters.release(letter.key, seen=letter.version, why="She has a new lock", by=by, at=minutes(26))
        assert letters.print_letter(letter.key, by=by, at=minutes(27))


def test_a_rule_holds_for_the_same_person_in_every_contact_of_the_family(world):
    from frontdoor.contacts.rules.intake import ReferrerGiven

    contact = arrived(world, people=(YOUNG, MOTHER))
    with world.acting("contact_officer", at=AT) as by:
        mother = Named.objects.get(contact=contact, given_name="Lena")
        safe.set_rule(contact.key, whom=str(mother.key), way="email", never=True, why="Shared mailbox", by=by, at=AT)
    later = arrived(
        world, idem="second", at=minutes(60), people=(YOUNG, MOTHER),
        referrer=ReferrerGiven(kind="family", identity="given", name="lena SETCHFIELD", email="l@example.org",
                               route="email"),
    )  # fmt: skip
    assert later.family == contact.family
    with world.acting("social_worker", at=AT):
        letter = Letter.objects.get(subject_key=later.key)
    assert letter.state == "held"
    assert letter.findings[0].startswith("unsafe_route")
    with world.system(MAILER, council=874) as by:
        from frontdoor.letters.queries import look

        assert look(letter, by=by, at=minutes(61)).standing(letter)


def test_two_people_at_one_telling_the_second_is_told(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    one = chosen(world, telling)
    with world.acting("team_manager", at=AT) as by, pytest.raises(Conflict):
        actions.release(one.key, seen=one.version - 1, by=by, at=minutes(6))


def test_somebody_else_who_should_hear_is_added_once_and_no_child_hears_of_another(world):
    contact = arrived(world, people=(TEEN, YOUNG, AUNT))
    with world.acting("contact_officer", at=AT) as by:
        aunt = Named.objects.get(contact=contact, given_name="Ivy")
        matter = Matter.objects.filter(contact=contact).order_by("id")[0]
        added = actions.add(matter.key, person=aunt.key, told="arrived", by=by, at=minutes(5))
        assert (added.part, added.decision, added.state) == ("parent", None, State.TO_TELL)
        with pytest.raises(StepNotAllowed, match="listed already"):
            actions.add(matter.key, person=aunt.key, told="arrived", by=by, at=minutes(6))
        with pytest.raises(StepNotAllowed, match="Nothing has been decided"):
            actions.add(matter.key, person=aunt.key, told="decided", by=by, at=minutes(6))
        other = Named.objects.get(contact=contact, given_name="Tess")
        with pytest.raises(StepNotAllowed, match="their own matter"):
            actions.add(matter.key, person=other.key, told="arrived", by=by, at=minutes(6))


def test_another_councils_telling_is_not_there(world):
    (telling,) = listed(world, told_of(world, YOUNG, MOTHER))
    with world.acting("team_manager", council=873, at=AT) as by, pytest.raises(NotFound):
        queries.open_telling(telling.key, by=by, at=AT)
