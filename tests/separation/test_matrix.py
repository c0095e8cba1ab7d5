"""The matrix: who x council x address x object. Another council's record answers exactly as one that does not exist.

Each test walks the table of `routes.py` as one class of roles employed by one council, in one rolled-back
transaction, with words planted (`planting.py`) that must not come out where they do not belong: not in a page, a
header, a log line, a job's arguments or an entry's detail. The second pass takes Python's scoping away, and the walls
of the database alone still let nothing through.

Each wall is asked by everybody once and each page by all whom it could tell apart: `choosing.py` says who they are and
why no more are needed. Every address is asked by nobody signed in, by a system, by senders and by partners besides
(below, `test_partners.py`, `test_agencies.py`). `--thorough` asks every address of everybody.
"""

import logging
import re
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from frontdoor.access.actions import end_account
from frontdoor.access.checks import LIBRARY_MODULES, routes
from frontdoor.access.models import Post
from frontdoor.access.rules import Kind
from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import OWN
from frontdoor.actors.rules import SEEDER, SERVICE
from frontdoor.config.logs import Fields
from tests.separation import choosing
from tests.separation.planting import COUNCILS, Ground, tokens
from tests.separation.routes import ROUTES
from tests.separation.routing import Route
from tests.separation.walking import STAFF, Answer, Person, Pseudo, Walker, classes
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

ALL = tokens(*COUNCILS)
REFUSALS = {302, 404, 405, 409, 422}
"""What a POST may answer of an object that is not there: where the form itself is wrong, that may be said first."""

CHOSEN = [pytest.param(False, id="chosen"), pytest.param(True, id="whole", marks=pytest.mark.thorough)]
"""Whether everybody asks everything."""


def test_every_address_is_in_the_reviewed_table_as_it_was_reviewed() -> None:
    found = {}
    for _, name, view in routes():
        address = getattr(view, "address", None)
        assert address or view.__module__.startswith(LIBRARY_MODULES), f"{name} declares no address"
        found[name] = (address.kind, address.permission) if address else (Kind.NONE, None)
    reviewed = {name: (route.kind, route.permission) for name, route in ROUTES.items()}
    assert found == reviewed, "add the address to tests/separation/routes.py, or mend what was changed"


@pytest.fixture
def grounds(planted: dict[int, Ground], world: World) -> dict[int, Ground]:
    return planted


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every log line, as production writes it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(Fields().format(record))

    handler = Kept()
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def browser(world: World, person: Person) -> Client:
    """Somebody who has opened a page already: the first one writes into the session, and would be the first forever."""
    client = world.signed_in(Client(raise_request_exception=False), world.user(person.role, council=person.of))
    client.get("/stay/")
    return client


@pytest.mark.parametrize("whole", CHOSEN)
@pytest.mark.parametrize("person", classes(), ids=str)
def test_nobody_gets_past_their_reach(
    person: Person, whole: bool, world: World, grounds: dict[int, Ground], logged: list[str]
) -> None:
    walker = Walker(browser(world, person), grounds)
    asked = choosing.everything() if whole else choosing.all_chosen()
    for name, route in ROUTES.items():
        for council in COUNCILS if route.kind in STAFF else ():
            if (name, council, person) in asked:
                _staff(walker, name, council, person, whole=whole)
        if route.kind is Kind.MERGED:
            _merged(walker, name, route, person)
    for name in choosing.of_agencies(person):
        _refused(walker, name, PETERBOROUGH, 404)
    _nothing_left_behind(walker, logged)
    assert not walker.faults, "\n".join(walker.faults)


def _staff(walker: Walker, name: str, council: int, person: Person, *, whole: bool) -> None:
    """One address of one council: out of reach, refused at the door, or let in."""
    route, permissions = ROUTES[name], person.held(council, ROUTES[name].kind)
    if permissions is None:
        _refused(walker, name, council, 404)
    elif route.permission and route.permission not in permissions:
        _refused(walker, name, council, 403)
    else:
        allowed = person.may_see(permissions, route, council)
        _permitted(walker, name, council, allowed, in_reach=council in person.reach)
        if route.key and (whole or choosing.holds_most(name, council, person)):
            _same_as_absent(walker, name, council)


def _refused(walker: Walker, name: str, council: int, status: int) -> None:
    path = walker.path(name, council)
    for method in ("get", "post"):
        answer = walker.ask(method, path)
        walker.expect(answer.status == status, f"{method} {path}: {answer.status}, not {status}")
        walker.expect(not answer.shows(ALL), f"{method} {path} shows {answer.shows(ALL)}")


def _permitted(walker: Walker, name: str, council: int, allowed: set[str], *, in_reach: bool) -> None:
    """One's own council's object: the answer that was reviewed, the entry that was reviewed, nobody else's words."""
    route, path = ROUTES[name], walker.path(name, council)
    refused = tuple(word for word in ALL if word not in allowed)
    also = {403, 404, 409} if route.some else set()
    for method, right in (("get", {route.get}), ("post", {200, 201, 302, 405, 409, 422})):
        answer = walker.ask(method, path, trail_of=(council,) if method == "get" else ())
        walker.expect(answer.status in right | also, f"{method} {path}: {answer.status}, not {sorted(right | also)}")
        walker.expect(not answer.shows(refused), f"{method} {path} shows {answer.shows(refused)}")
        if method == "get":
            wanted = route.leaves(answer.status)
            fine = answer.left in wanted or (not answer.left and (route.some or not in_reach))
            walker.expect(fine, f"get {path} leaves {answer.left}, not one of {wanted}")


def _same_as_absent(walker: Walker, name: str, council: int) -> None:
    """Another council's object is answered as one that there is not: same status, bytes and headers, and untouched."""
    route, other = ROUTES[name], next(each for each in COUNCILS if each != council)
    theirs, absent = walker.grounds[other].keys[route.key], str(uuid4())
    for method, right in (("get", {route.absent, 405}), ("post", REFUSALS | {route.absent})):
        where = f"{method} {name} of {council} with another's object"
        answer = walker.ask(method, walker.path(name, council, key=theirs), trail_of=(other,))
        nothing = walker.ask(method, walker.path(name, council, key=absent))
        usual = right | ({route.get} if route.get == 302 else set()) | ({403} if route.some else set())
        walker.expect(answer.status in usual, f"{where}: {answer.status}")
        walker.expect(answer.plain(theirs) == nothing.plain(absent), f"{where} is told from none")
        walker.expect(not answer.shows(tokens(other)), f"{where} shows {answer.shows(tokens(other))}")
        walker.expect(not answer.left, f"{where} does {answer.left} there")


def _merged(walker: Walker, name: str, route: Route, person: Person) -> None:
    """A page over several councils: refused without the permission anywhere, silent about councils out of reach."""
    permitted = route.permission is None or any(route.permission in each for each in person.reach.values())
    allowed = {word for council, each in person.reach.items() for word in person.may_see(each, route, council)}
    refused = tuple(word for word in ALL if not permitted or word not in allowed)
    path = walker.path(name, person.of)
    for method in ("get", "post"):
        answer = walker.ask(method, path)
        right = {200, 204, 302, 405, 422} if permitted else {403}
        walker.expect(answer.status in right, f"{method} {path}: {answer.status}, not {sorted(right)}")
        walker.expect(not answer.shows(refused), f"{method} {path} shows {answer.shows(refused)}")


def _nothing_left_behind(walker: Walker, logged: list[str]) -> None:
    """No planted word stands in a log line, a job's arguments, or what an entry keeps beside a reason."""
    for line in logged:
        walker.expect(not any(word in line for word in ALL), f"a log line shows {line[:200]}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs")
        for task, arguments in cursor.fetchall():
            walker.expect(not any(word in arguments for word in ALL), f"job {task} carries {arguments[:200]}")
    for council in (SERVICE, *COUNCILS):
        with acting_for(council, by=SEEDER), connection.cursor() as cursor:
            cursor.execute("SELECT action, detail::text || post || actor FROM trail_entry")
            for action, kept in cursor.fetchall():
                walker.expect(not any(word in kept for word in ALL), f"{action} keeps {kept[:200]}")


_WHOSE = re.compile(rf"(?:\w+\.)?{re.escape(OWN)}")


@pytest.mark.parametrize("whole", CHOSEN)
@pytest.mark.parametrize("person", [each for each in classes() if each.widest], ids=str)
def test_nothing_leaks_when_python_filters_nothing(
    person: Person, whole: bool, world: World, grounds: dict[int, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = Walker(browser(world, person), grounds)
    monkeypatch.setattr("frontdoor.actors.queries._filter", lambda by, queryset: queryset)
    monkeypatch.setattr("frontdoor.actors.queries._own", lambda text: _WHOSE.sub("true", text))
    for name, route in ROUTES.items():
        if route.kind is Kind.MERGED:
            _merged(walker, name, route, person)
        for council in COUNCILS if route.kind in STAFF else ():
            if person not in choosing.let_in(name, council) or not person.alone_at(council):
                continue
            if not whole and (name, council, person) not in choosing.unfiltered():
                continue
            other = next(each for each in COUNCILS if each != council)
            keys = [walker.grounds[each].keys[route.key] for each in COUNCILS] if route.key else [""]
            for method, key in ((method, key) for method in ("get", "post") for key in keys):
                answer = walker.ask(method, walker.path(name, council, key=key), trail_of=(other,))
                shown = answer.shows(tokens(other))
                walker.expect(not shown, f"{method} {name} of {council} shows {shown}")
                walker.expect(not answer.left, f"{method} {name} of {council} does {answer.left} in {other}")
    assert not walker.faults, "\n".join(walker.faults)


def anonymous(world: World, grounds: dict[int, Ground]) -> Client:
    return Client(raise_request_exception=False)


def without_second_factor(world: World, grounds: dict[int, Ground]) -> Client:
    return world.signed_in(anonymous(world, grounds), world.user("head_of_service"), factor="")


def whose_account_has_ended(world: World, grounds: dict[int, Ground]) -> Client:
    user = world.user("head_of_service")
    client = world.signed_in(anonymous(world, grounds), user)
    with world.system(SEEDER, council=CAMBRIDGESHIRE) as by:
        end_account(user.key, why="left", by=by, at=grounds[CAMBRIDGESHIRE].at)
    return client


def whose_posts_have_ended(world: World, grounds: dict[int, Ground]) -> Client:
    user = world.user("head_of_service")
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        Post.objects.filter(user=user).update(ends_on=date(2026, 1, 1))
    return world.signed_in(anonymous(world, grounds), user)


def no_fault(name: str, answer: Answer) -> bool:
    """No answer of ours is a fault; that of the health page says that no clock was swept in the planted ground."""
    return answer.status == 503 if name == "health" else answer.status < 500


@pytest.mark.parametrize(
    ("who", "status"),
    [(anonymous, 302), (without_second_factor, 302), (whose_account_has_ended, 302), (whose_posts_have_ended, 404)],
)
def test_who_has_no_business_here_sees_nothing(
    who: Pseudo, status: int, world: World, grounds: dict[int, Ground]
) -> None:
    walker = Walker(who(world, grounds), grounds)
    for place, (name, route) in enumerate(ROUTES.items()):
        # Whoever is not let in yet is sent away before the council is looked up: one of them a page, each in turn.
        council = COUNCILS[place % 2] if route.kind in STAFF else PETERBOROUGH
        path = walker.path(name, council)
        for method in ("get", "post"):
            answer = walker.ask(method, path)
            right = answer.status == status if route.kind in STAFF else no_fault(name, answer)
            walker.expect(right, f"{method} {path}: {answer.status}")
            walker.expect(not answer.shows(ALL), f"{method} {path} shows {answer.shows(ALL)}")
    assert not walker.faults, "\n".join(walker.faults)


def test_a_system_sends_to_its_one_council_and_reads_no_case(world: World, grounds: dict[int, Ground]) -> None:
    walker = Walker(Client(raise_request_exception=False), grounds)
    for council in COUNCILS:
        bearer = {"authorization": f"Bearer {grounds[council].secret}"}
        for name, route in ROUTES.items():
            path = walker.path(name, council)
            for method in ("get", "post"):
                answer = walker.ask(method, path, headers=bearer)
                walker.expect(no_fault(name, answer), f"{method} {path}: {answer.status}")
                walker.expect(not answer.shows(ALL), f"{method} {path} shows {answer.shows(ALL)}")
                if route.kind is Kind.CLIENT:
                    nobody = walker.ask(method, path, headers={"authorization": "Bearer made-up"})
                    walker.expect(nobody.status in {401, 405}, f"{method} {path} without a secret: {nobody.status}")
    assert not walker.faults, "\n".join(walker.faults)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_page_answers_another_method(method: str, world: World, grounds: dict[int, Ground]) -> None:
    client = world.signed_in(Client(raise_request_exception=False), world.user("head_of_service"))
    walker = Walker(client, grounds)
    for name, route in ROUTES.items():
        path = walker.path(name, PETERBOROUGH)
        answer = walker.ask(method, path)
        right = {401, 405} if route.kind is Kind.CLIENT else {405}
        walker.expect(answer.status in right, f"{method} {path}: {answer.status}")
    assert not walker.faults, "\n".join(walker.faults)
