"""Families: what is written stays readable; a change of who lives where is shown, made in one act, undone exactly."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import Conflict, InvalidInput, NotFound, NotPermitted, Permission, StepNotAllowed
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, World

TODAY = MADE_AT.date()
MOVED = date(2025, 9, 1)


def source() -> Any:
    from frontdoor.people.rules.index_rows import Source

    return Source("worker", "A visit")


def person(given: str, *, by: Any, born: date | None = None, **more: Any) -> Any:
    from frontdoor.people.actions import index

    return index.make(given_name=given, family_name="Nowak", born=born, source=source(), by=by, at=MADE_AT, **more)


def related(one: Any, other: Any, kind: str, *, by: Any, **said: Any) -> Any:
    from frontdoor.people.actions.families import Said, relate

    return relate(one.key, other.key, Said(kind, **said), source=source(), by=by, at=MADE_AT)


class Home:
    """A mother with two children in one household, and the father in another."""

    def __init__(self, by: Any) -> None:
        from frontdoor.people.actions import families

        self.by = by
        self.mother, self.father = person("Ewa", by=by), person("Jan", by=by)
        self.child, self.other = (
            person("Ola", by=by, born=date(2016, 1, 2)),
            person("Kit", by=by, born=date(2018, 1, 2)),
        )
        said = {"source": source(), "by": by, "at": MADE_AT}
        self.home = families.make_household("12 Fen Row", self.mother.key, since=date(2020, 1, 1), **said)
        self.away = families.make_household("Jan's flat", self.father.key, **said)
        for each in (self.child, self.other):
            self.home.refresh_from_db()
            families.join_household(self.home.key, each.key, since=date(2020, 1, 1), seen=self.home.version, **said)
        self.fresh()

    def fresh(self) -> None:
        for each in (self.home, self.away):
            each.refresh_from_db()

    def lives(self, on: date = TODAY) -> set[tuple[str, str]]:
        """Who lives where on a day, by given name and household."""
        from frontdoor.people.models import Membership
        from frontdoor.people.rules.families import overlap

        rows = Membership.objects.filter(struck_at=None).select_related("person", "household")
        return {(row.person.given_name, row.household.label) for row in rows if overlap(row.since, row.until, on, on)}

    def rows(self) -> set[Any]:
        """Every part that stands, with all that it says."""
        from frontdoor.people.models import Membership

        rows = Membership.objects.filter(struck_at=None)
        return set(rows.values_list("key", "person_id", "household_id", "since", "until", "pattern", "source_kind"))

    def ask(self, kind: str = "split", *people: Any, seen: int | None = None, **more: Any) -> Any:
        from frontdoor.people.actions.families_moving import ask
        from frontdoor.people.rules.families import Wanted

        said: dict[str, Any] = {"on": MOVED, "label": "Gran's house" if kind == "split" else ""} | more
        wanted = Wanted(kind, str(self.home.key), tuple(str(each.key) for each in people), **said)
        seen = self.home.version if seen is None else seen
        return ask(wanted, why="Said on the visit", seen=seen, by=self.by, at=MADE_AT)

    def make(self, change: Any) -> Any:
        from frontdoor.people.actions.families_moving import make

        return make(change.key, seen=change.version, by=self.by, at=MADE_AT)

    def undo(self, change: Any) -> Any:
        from frontdoor.people.actions.families_moving import undo

        return undo(change.key, why="Wrong day", seen=change.version, by=self.by, at=MADE_AT)


@pytest.mark.django_db
def test_a_relationship_is_corrected_and_ended_and_nothing_of_it_is_lost(world: World) -> None:
    from frontdoor.people.actions import families
    from frontdoor.people.models import Relationship

    with world.acting("social_worker") as by:
        mother, child = person("Ewa", by=by), person("Ola", by=by)
        wrong = related(mother, child, "step_parent", by=by)
        said = families.Said("mother", "yes", "Birth certificate seen", since=date(2016, 1, 2))
        right = families.correct_relationship(
            wrong.key, said, why="She is the mother", source=source(), by=by, at=MADE_AT
        )
        families.end_relationship(right.key, until=date(2025, 1, 1), by=by, at=MADE_AT)
        kept = {row.kind: (row.struck_why, row.until, row.responsibility) for row in Relationship.objects.all()}
        assert kept == {"step_parent": ("She is the mother", None, ""), "mother": ("", date(2025, 1, 1), "yes")}
        with pytest.raises(StepNotAllowed, match="corrected before"):
            families.strike_relationship(wrong.key, why="Again", by=by, at=MADE_AT)
        with pytest.raises(StepNotAllowed, match="an end already"):
            families.end_relationship(right.key, until=date(2025, 2, 1), by=by, at=MADE_AT)


@pytest.mark.django_db
def test_what_cannot_be_of_two_people_is_refused_by_its_field(world: World) -> None:
    with world.acting("social_worker") as by:
        mother, child = person("Ewa", by=by), person("Ola", by=by)
        related(mother, child, "mother", by=by)
        related(mother, child, "cousin", by=by)
        for one, other, kind, said, field in (
            (mother, mother, "mother", {}, "other"),
            (mother, child, "nonsense", {}, "kind"),
            (mother, child, "mother", {}, "kind"),
            (child, mother, "cousin", {}, "kind"),
            (mother, child, "father", {"responsibility": "yes"}, "evidence"),
            (mother, child, "father", {"state": "married"}, "state"),
            (mother, child, "father", {"twin": "twin"}, "twin"),
            (mother, child, "father", {"since": date(2020, 1, 2), "until": date(2020, 1, 1)}, "until"),
        ):
            with pytest.raises(InvalidInput) as refused:
                related(one, other, kind, by=by, **said)
            assert set(refused.value.problems) == {field}


@pytest.mark.django_db
def test_only_who_keeps_records_writes_of_families_and_only_in_the_council_acted_for(world: World) -> None:
    from frontdoor.people.actions import families
    from frontdoor.people.actions.families_moving import drop

    with world.acting("social_worker") as by:
        home = Home(by)
        change = home.ask("split", home.child)
        row = related(home.mother, home.child, "mother", by=by)
    reads = {"by": world.actor("auditor"), "at": MADE_AT}
    with world.acting("auditor") as reader:
        assert not reader.may(Permission.PERSON_KEEP)
        reads = {"by": reader, "at": MADE_AT}
        for act in (
            lambda: related(home.mother, home.other, "mother", by=reader),
            lambda: families.strike_relationship(row.key, why="x", **reads),
            lambda: families.rename_household(home.home.key, label="x", seen=1, **reads),
            lambda: drop(change.key, seen=1, **reads),
        ):
            with pytest.raises(NotPermitted):
                act()
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as there:
        with pytest.raises(NotFound):
            families.strike_relationship(row.key, why="x", by=there, at=MADE_AT)
        with pytest.raises(NotFound):
            drop(change.key, seen=1, by=there, at=MADE_AT)


@pytest.mark.django_db
def test_a_household_is_divided_in_one_act_and_put_back_exactly(world: World) -> None:
    from frontdoor.people.models import Household

    with world.acting("social_worker") as by:
        home = Home(by)
        before, rows = home.lives(), home.rows()
        change = home.ask("split", home.child, pattern="All week")
        assert home.rows() == rows
        change = home.make(change)
        assert home.lives() == (before - {("Ola", "12 Fen Row")}) | {("Ola", "Gran's house")}
        assert home.lives(MOVED - timedelta(days=1)) == before
        change = home.undo(change)
        assert (home.lives(), home.rows(), change.state) == (before, rows, "undone")
        assert Household.objects.get(label="Gran's house").ended_at is not None


@pytest.mark.django_db
def test_a_child_may_live_in_two_homes_and_two_households_may_come_together(world: World) -> None:
    with world.acting("social_worker") as by:
        home = Home(by)
        before, rows = home.lives(), home.rows()
        shared = home.make(home.ask("move", home.child, to=str(home.away.key), stay=True, pattern="Fridays"))
        assert home.lives() == before | {("Ola", "Jan's flat")}
        home.fresh()
        joined = home.make(home.ask("together", to=str(home.away.key)))
        assert {where for _, where in home.lives()} == {"Jan's flat"}
        assert home.lives(MOVED - timedelta(days=1)) == before
        home.undo(joined)
        assert home.lives() == before | {("Ola", "Jan's flat")}
        home.undo(shared)
        assert home.rows() == rows


@pytest.mark.django_db
def test_a_change_is_not_undone_once_somebody_built_on_it_and_the_words_name_what(world: World) -> None:
    from frontdoor.people.actions import families
    from frontdoor.people.models import Household, Membership

    with world.acting("social_worker") as by:
        home = Home(by)
        change = home.make(home.ask("split", home.child))
        made = Household.objects.get(label="Gran's house")
        said = {"by": by, "at": MADE_AT}
        families.join_household(made.key, home.father.key, since=None, seen=made.version, source=source(), **said)
        with pytest.raises(StepNotAllowed, match="Jan Nowak was added to the new household"):
            home.undo(change)
        made.refresh_from_db()
        families.strike_member(
            Membership.objects.get(household=made, person=home.father).key, why="No", seen=made.version, **said
        )
        made.refresh_from_db()
        part = Membership.objects.get(household=made, person=home.child)
        families.leave_household(part.key, until=TODAY, seen=made.version, **said)
        with pytest.raises(StepNotAllowed, match="Ola Nowak’s part in a household has another last day"):
            home.undo(change)


@pytest.mark.django_db
def test_what_was_shown_is_what_is_made_or_nothing(world: World) -> None:
    from frontdoor.people.actions import families
    from frontdoor.people.actions.families_moving import drop

    with world.acting("social_worker") as by:
        home = Home(by)
        change = home.ask("split", home.child)
        with pytest.raises(Conflict):
            home.ask("split", home.other, seen=home.home.version - 1)
        families.rename_household(home.home.key, label="12a Fen Row", seen=home.home.version, by=by, at=MADE_AT)
        with pytest.raises(StepNotAllowed, match="changed after this was shown"):
            home.make(change)
        dropped = drop(change.key, seen=change.version, by=by, at=MADE_AT)
        for act in (home.make, home.undo):
            with pytest.raises(StepNotAllowed, match="is dropped"):
                act(dropped)


@pytest.mark.django_db
def test_what_cannot_be_asked_is_refused_by_its_field(world: World) -> None:
    with world.acting("social_worker") as by:
        home = Home(by)
        everybody = (home.mother, home.child, home.other)
        for kind, people, more, field in (
            ("split", (), {}, "people"),
            ("split", (home.father,), {}, "people"),
            ("split", everybody, {}, "people"),
            ("split", (home.child,), {"label": " "}, "label"),
            ("split", (home.child,), {"on": date(2020, 1, 1)}, "on"),
            ("split", (home.child,), {"on": TODAY + timedelta(days=1)}, "on"),
            ("move", (home.child,), {}, "to"),
            ("move", (home.child,), {"to": str(home.home.key)}, "to"),
            ("together", (), {"to": str(home.away.key), "on": date(2019, 1, 1)}, "on"),
        ):
            with pytest.raises(InvalidInput) as refused:
                home.ask(kind, *people, **more)
            assert set(refused.value.problems) == {field}, (kind, more)


@pytest.mark.django_db
def test_every_act_leaves_an_entry_without_a_name(world: World) -> None:
    from frontdoor.people.queries.families import open_family
    from frontdoor.trail.models import Entry

    with world.acting("social_worker") as by:
        home = Home(by)
        related(home.mother, home.child, "mother", by=by)
        home.undo(home.make(home.ask("split", home.child)))
        open_family(home.child.key, on=TODAY, by=by, at=MADE_AT)
        entries = list(Entry.objects.order_by("id").values_list("action", "detail"))
    actions = [action for action, _ in entries]
    assert actions[-5:] == [
        "people.relate", "people.change_ask", "people.change_make", "people.change_undo", "people.family"
    ]  # fmt: skip
    assert "Nowak" not in str(entries)


@pytest.mark.django_db
def test_a_family_is_whoever_is_reached_by_kin_and_homes_and_a_friend_leads_no_further(world: World) -> None:
    from frontdoor.people.queries.families import open_family

    with world.acting("social_worker") as by:
        home = Home(by)
        gran, friend, beyond, stranger = (person(name, by=by) for name in ("Zofia", "Robin", "Max", "Vera"))
        related(home.mother, home.child, "mother", by=by)
        related(gran, home.mother, "mother", by=by)
        related(friend, home.child, "peer", by=by)
        related(beyond, friend, "father", by=by)
        opened = open_family(home.child.key, on=TODAY, by=by, at=MADE_AT)
        assert {each.given_name for each in opened.people} == {"Ola", "Ewa", "Kit", "Zofia", "Robin"}
        assert stranger.pk not in {each.pk for each in opened.people}


@pytest.mark.django_db
def test_a_family_is_opened_in_as_many_statements_however_large_it_is(
    world: World, django_assert_max_num_queries: Any
) -> None:
    from frontdoor.people.queries.families import open_family

    with world.acting("social_worker") as by:
        home = Home(by)
        for number in range(12):
            related(home.mother, person(f"Child{number}", by=by), "mother", by=by)
        with django_assert_max_num_queries(20):
            opened = open_family(home.child.key, on=TODAY, by=by, at=MADE_AT)
        assert len(opened.people) == 15


@given(st.data())
def test_a_change_moves_whom_it_says_and_nobody_else_on_any_day(data: st.DataObject) -> None:
    from frontdoor.people.rules.families import Living, Wanted, as_after, living_on, problems

    days = st.none() | st.dates(date(2025, 8, 1), date(2025, 10, 1))
    livings = []
    for number in range(data.draw(st.integers(1, 5))):
        since, until = data.draw(days), data.draw(days)
        if not (since and until and until < since):
            home = data.draw(st.sampled_from(["here", "there"]))
            livings.append(Living(f"p{number}", home, "", since, until, str(uuid4()), f"P{number}"))
    people = tuple(data.draw(st.lists(st.sampled_from([f"p{n}" for n in range(5)]), unique=True)))
    kind = data.draw(st.sampled_from(["split", "move", "together"]))
    asked = Wanted(kind, "here", people, MOVED, "" if kind == "split" else "there", "New", data.draw(st.booleans()))
    if problems(asked, livings):
        return
    after = as_after(asked, livings)
    on = data.draw(st.dates(date(2025, 8, 1), date(2025, 10, 1)))
    was, now = ({(each.person, each.household) for each in living_on(each, on)} for each in (livings, after))
    lived = {each.person for each in living_on(livings, MOVED) if each.household == "here"}
    about = lived if kind == "together" else set(people)
    if on < MOVED:
        assert now == was
    elif asked.stay:
        assert now == was | {(each, asked.to) for each in about}
    else:
        assert now == {(each, asked.to if each in about else home) for each, home in was}


@pytest.mark.parametrize(("kind", "to"), [("split", ""), ("move", "there"), ("together", "there")])
def test_a_last_day_goes_along_with_who_moves_and_binds_only_the_first_of_two_homes(kind: str, to: str) -> None:
    from frontdoor.people.rules.families import Living, Wanted, as_after, living_on, problems

    livings = [
        Living("parent", "here", key="1"),
        Living("child", "here", until=MOVED, key="2"),
        Living("father", "there", key="3"),
    ]
    about = ("parent", "child") if kind == "together" else ("child",)
    for stay, on_the_day, a_day_later in ((True, {"here", to}, {to}), (False, {to}, set())):
        asked = Wanted(kind, "here", about, MOVED, to, "New", stay)
        assert not problems(asked, livings)
        after = as_after(asked, livings)
        for day, homes in ((MOVED, on_the_day), (MOVED + timedelta(days=1), a_day_later)):
            assert {each.household for each in living_on(after, day) if each.person == "child"} == homes


@pytest.mark.parametrize(("stay", "until", "refused"), [(False, 14, True), (True, 14, False), (False, None, False)])
def test_nobody_moves_to_where_they_live_for_a_shorter_time_than_here(
    stay: bool, until: int | None, refused: bool
) -> None:
    from frontdoor.people.rules.families import Living, Wanted, problems

    ends = MOVED + timedelta(days=until) if until else None
    livings = [
        Living("parent", "here", key="1"),
        Living("child", "here", key="2", label="Tess"),
        Living("child", "there", until=ends, key="3", label="Tess"),
    ]
    asked = Wanted("move", "here", ("child",), MOVED, "there", "", stay)
    assert ("to" in problems(asked, livings)) is refused
