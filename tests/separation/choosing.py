"""Who is asked which question of the matrix: each wall by everybody once, and each address by all that tell it apart.

Asking every address as every role asks the same line of code some dozen times over. What an address declares (its kind
and its permission, reviewed in `routes.py`) is enforced in one place, `access.middleware.Reach`, before any view runs;
so a role is turned away at the door of a permission, not at the door of a page. Behind the door a page asks what
somebody holds, not who they are. So these are asked, of each address in each council:

- everybody told apart by one thing: for each permission (and for what is restricted, a qualification, an employer) that
  some of those let in hold and others do not, somebody who holds it and somebody who does not; whoever holds most is
  among them. A page that forgets to look at any one of them answers somebody wrongly;
- for each permission that some of those let in hold without a right to what is restricted, or to who told us, somebody
  who holds it so: what opens with one and hides without the other is looked at by whom it is hidden from;
- one who lacks the permission, others at the next address; each permission is asked by everybody who lacks it;
- one to whom the council is out of reach, others at the next address; everybody is asked.

What this leaves out is a page that goes wrong only for whoever holds one permission and lacks another, where no such
person is among those asked: `./frontdoor test --thorough` asks every address of every class.
"""

from collections.abc import Iterator
from functools import cache

from frontdoor.access.rules import QUALIFIED_ROLES, Kind
from frontdoor.actors.rules import Permission
from tests.separation.planting import COUNCILS
from tests.separation.routes import ROUTES
from tests.separation.walking import RESTRICTED_TO, STAFF, Person, classes

HIDES = frozenset[str]({"restricted", Permission.REFERRER_READ})
"""Without these somebody who is let in does not see all that stands on a page."""

Questions = frozenset[tuple[str, int, Person]]
"""An address, a council, and who is asked."""


def _rest(person: Person, name: str, council: int) -> frozenset[str]:
    """What somebody is and holds at an address, as far as a page could look at it."""
    held = person.held(council, ROUTES[name].kind) or frozenset[Permission]()
    also = {"restricted": person.role in RESTRICTED_TO, "qualified": person.role in QUALIFIED_ROLES}
    return frozenset({*held, f"of {person.of}", *(word for word, true in also.items() if true)})


def _told_apart(holds: dict[Person, frozenset[str]]) -> list[Person]:
    """So few of these people that whatever some hold and others lack is held by one and lacked by another.

    And whatever some hold without one of `HIDES`, one of them holds so. Whoever holds most comes first; of equals,
    whoever comes first in what is given.
    """
    every = frozenset[str]().union(*holds.values())
    shows = {
        person: {(each, "held" if each in held else "lacking") for each in every}
        | {(each, hidden) for each in held if not each.startswith("of ") for hidden in (HIDES & every) - held}
        for person, held in holds.items()
    }
    wanted = set[tuple[str, str]]().union(*shows.values())
    chosen: list[Person] = []
    while wanted:
        best = max(holds, key=lambda each: len(shows[each] & wanted) if chosen else len(holds[each]))
        chosen.append(best)
        wanted -= shows[best]
    return chosen


def held_there(name: str, council: int, *, start: int = 0) -> dict[Person, frozenset[str]]:
    """Who is let in at an address, and what they are and hold there.

    :param start: with whom the list begins, so that of equals not always the same are chosen
    """
    people = let_in(name, council)
    turned = [people[(start + each) % len(people)] for each in range(len(people))]
    return {person: _rest(person, name, council) for person in turned}


def _pairs(some: list[str], others: list[Person]) -> Iterator[tuple[str, Person]]:
    """Each of both at least once, in turn."""
    for each in range(max(len(some), len(others)) if some and others else 0):
        yield some[each % len(some)], others[each % len(others)]


@cache
def let_in(name: str, council: int) -> tuple[Person, ...]:
    """Everybody who holds the permission of an address at a council."""
    return tuple(person for person in classes() if person.may_open(name, council))


@cache
def inside() -> Questions:
    """Who is asked what lies behind the door."""
    return frozenset(
        (name, council, person)
        for place, name in enumerate(_staff())
        for council in COUNCILS
        for person in _told_apart(held_there(name, council, start=place))
    )


@cache
def at_the_door() -> Questions:
    """Who is asked what they may not: each address once, each permission by everybody who lacks it."""
    found = set[tuple[str, int, Person]]()
    for kind in STAFF:
        for permission in Permission:
            names = [name for name in _staff() if (ROUTES[name].kind, ROUTES[name].permission) == (kind, permission)]
            for council in COUNCILS:
                reach = [each for each in classes() if each.held(council, kind) is not None]
                lack = [each for each in reach if names and each not in let_in(names[0], council)]
                found |= {(name, council, person) for name, person in _pairs(names, lack)}
    return frozenset(found)


@cache
def out_of_reach() -> Questions:
    """Who is asked for a council that they do not reach: each address once, and everybody."""
    found = set[tuple[str, int, Person]]()
    for kind in STAFF:
        names = [name for name in _staff() if ROUTES[name].kind is kind]
        for council in COUNCILS:
            outside = [person for person in classes() if person.held(council, kind) is None]
            found |= {(name, council, person) for name, person in _pairs(names, outside)}
    return frozenset(found)


@cache
def unfiltered() -> Questions:
    """Who is asked when Python filters nothing: all that somebody may open there is opened by one of them.

    Less opened shows no more, so that nobody is asked for what they lack (`Person.widest`); and whom a colleague of
    wider reach hides from the walls is not asked (`Person.alone_at`).
    """
    found = set[tuple[str, int, Person]]()
    for place, name in enumerate(_staff()):
        for council in COUNCILS:
            there = held_there(name, council, start=place).items()
            holds = {each: held - {f"of {each.of}"} for each, held in there if each.widest and each.alone_at(council)}
            wanted = frozenset[str]().union(*holds.values())
            while wanted:
                best = max(holds, key=lambda each: len(holds[each] & wanted))
                wanted -= holds[best]
                found.add((name, council, best))
    return frozenset(found)


@cache
def holds_most(name: str, council: int, person: Person) -> bool:
    """Whether nobody of the same employer who is asked behind the door comes further in: who asks for another's."""
    mine = [each for each in let_in(name, council) if each.of == person.of and (name, council, each) in inside()]
    return bool(mine) and person == max(mine, key=lambda each: len(_rest(each, name, council)))


@cache
def all_chosen() -> Questions:
    return inside() | at_the_door() | out_of_reach()


@cache
def _staff() -> tuple[str, ...]:
    return tuple(name for name, route in ROUTES.items() if route.kind in STAFF)


def of_agencies(person: Person) -> list[str]:
    """The pages of senders and partners at which one of the staff is turned away: each page once, and everybody."""
    return [name for name, each in _pairs(agencies(), classes()) if each == person]


def agencies() -> list[str]:
    """The pages of those who send, or answer, for an agency."""
    return [name for name, route in ROUTES.items() if route.kind in {Kind.PARTNER, Kind.AGENCY}]
