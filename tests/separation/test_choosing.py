"""The choice of who is asked (`choosing.py`) leaves nobody's wall and no page out."""

import pytest

from frontdoor.actors.rules import Permission
from tests.separation import choosing
from tests.separation.planting import COUNCILS
from tests.separation.routes import ROUTES
from tests.separation.walking import STAFF, Person, classes

PAGES = [(name, council) for name, route in ROUTES.items() if route.kind in STAFF for council in COUNCILS]


def asked(questions: choosing.Questions, name: str, council: int) -> set[Person]:
    return {person for person in classes() if (name, council, person) in questions}


def test_each_page_is_asked_by_all_whom_one_thing_tells_apart() -> None:
    for name, council in PAGES:
        held = choosing.held_there(name, council)
        those = asked(choosing.inside(), name, council)
        assert those <= held.keys()
        for thing in frozenset[str]().union(*held.values()):
            assert {thing in held[each] for each in those} == {thing in each for each in held.values()}, (name, thing)
        for hidden in choosing.HIDES & frozenset[str]().union(*held.values()):
            without = {each for each, things in held.items() if hidden not in things}
            seen = frozenset[str]().union(*(held[each] for each in those & without))
            holds = {thing for each in without for thing in held[each] if not thing.startswith("of ")}
            assert holds <= seen, (name, hidden)
        assert any(choosing.holds_most(name, council, each) for each in those) == bool(held)


def test_each_page_turns_somebody_away_at_the_door_and_somebody_whose_council_it_is_not() -> None:
    for name, council in PAGES:
        held = {each: each.held(council, ROUTES[name].kind) for each in classes()}
        outside = {each for each, permissions in held.items() if permissions is None}
        lack = held.keys() - outside - set(choosing.let_in(name, council))
        assert bool(lack & asked(choosing.at_the_door(), name, council)) == bool(lack), name
        assert bool(outside & asked(choosing.out_of_reach(), name, council)) == bool(outside), name


@pytest.mark.parametrize("council", COUNCILS)
def test_each_wall_is_asked_by_everybody_who_stands_before_it(council: int) -> None:
    for kind in STAFF:
        names = [name for name, route in ROUTES.items() if route.kind is kind]
        for permission in {ROUTES[name].permission for name in names} - {None}:
            assert isinstance(permission, Permission)
            held = {each: each.held(council, kind) for each in classes()}
            lack = {each for each, holds in held.items() if holds is not None and permission not in holds}
            of = [name for name in names if ROUTES[name].permission is permission]
            met = {each for name in of for each in asked(choosing.at_the_door(), name, council)}
            assert met == lack, permission
        outside = {each for each in classes() if each.held(council, kind) is None}
        assert {each for name in names for each in asked(choosing.out_of_reach(), name, council)} == outside


def test_without_pythons_scoping_all_that_can_be_opened_is_opened_by_somebody() -> None:
    for name, council in PAGES:
        held = choosing.held_there(name, council)
        able = {each: held[each] - {f"of {each.of}"} for each in held if each.widest and each.alone_at(council)}
        those = asked(choosing.unfiltered(), name, council)
        every = frozenset[str]().union(*able.values())
        assert those <= able.keys()
        assert frozenset[str]().union(*(able[each] for each in those)) == every, name


def test_everybody_of_the_staff_is_turned_away_from_the_pages_of_agencies() -> None:
    each = {person: choosing.of_agencies(person) for person in classes()}
    assert all(each.values())
    assert {name for names in each.values() for name in names} == set(choosing.agencies())
