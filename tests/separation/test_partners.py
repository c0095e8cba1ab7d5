"""People who send for an agency, on every address of the site: their own agency's, and nothing else of anybody's.

Every page of theirs is asked with an object of their own, of another agency and of none; every page of the staff, of
systems and of several councils answers them as it answers nobody: one wall stands before all of the staff's, in which
a sender has no council in reach, so that each page is asked by one of them, the next by another. The second pass takes
Python's scoping away.
"""

from uuid import uuid4

import pytest
from django.test import Client

from frontdoor.access.rules import Kind
from tests.separation.planting import COUNCILS, Ground, token, tokens
from tests.separation.routes import ROUTES
from tests.separation.test_matrix import _WHOSE
from tests.separation.walking import STAFF, Walker
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

ALL = tokens(*COUNCILS)
SEES: dict[str, set[str]] = {
    "school": {token(council, "sent") for council in COUNCILS},
    "school-lead": {token(council, "sent") for council in COUNCILS},
    "police-desk": {token(council, "police") for council in COUNCILS},
    "health-trust": set(),
}
OF = {"school": "sent", "school-lead": "sent", "police-desk": "sent-by-police", "health-trust": ""}
LEADS = {"school-lead", "police-desk", "health-trust"}
POLICE = {"police-desk"}
FOR_LEADS = {"sender:people", "sender:colleague", "sender:leaver"}


@pytest.fixture
def grounds(planted: dict[int, Ground], db: None) -> dict[int, Ground]:
    return planted


def walker_of(code: str, grounds: dict[int, Ground]) -> Walker:
    world = World()
    return Walker(world.signed_in(Client(raise_request_exception=False), world.sender(code)), grounds)


def shown_too_much(walker: Walker, code: str, method: str, path: str, right: set[int]) -> None:
    answer = walker.ask(method, path)
    walker.expect(answer.status in right, f"{method} {path}: {answer.status}, not {sorted(right)}")
    refused = tuple(word for word in ALL if word not in SEES[code])
    walker.expect(not answer.shows(refused), f"{method} {path} shows {answer.shows(refused)}")


@pytest.mark.parametrize("code", SEES)
def test_a_sender_opens_their_own_agencys_and_nothing_else(code: str, grounds: dict[int, Ground]) -> None:
    walker, turn = walker_of(code, grounds), list(SEES).index(code)
    for place, (name, route) in enumerate(ROUTES.items()):
        if route.kind is Kind.PARTNER:
            _partner(walker, code, name, PETERBOROUGH)
        asked = [each for each in COUNCILS if (place + COUNCILS.index(each)) % len(SEES) == turn]
        for council in asked if route.kind in STAFF else [PETERBOROUGH] if route.kind in CLOSED else []:
            for method in ("get", "post"):
                shown_too_much(walker, code, method, walker.path(name, council), closed(name))
    assert not walker.faults, "\n".join(walker.faults)


CLOSED = {Kind.MERGED, Kind.AGENCY}


def closed(name: str) -> set[int]:
    """What a page answers that is not for senders: two of the desk lead them on."""
    if ROUTES[name].kind is not Kind.MERGED:
        return {404}
    return {200, 302, 405} if name in {"desk:home", "desk:stay"} else {403}


def _partner(walker: Walker, code: str, name: str, council: int) -> None:
    route = ROUTES[name]
    mine = OF[code] if route.key == "sent" else route.key if route.police and code in POLICE else ""
    key = walker.grounds[council].keys[mine] if mine else ""
    reaches = (name not in FOR_LEADS or code in LEADS) and (not route.police or code in POLICE)
    reaches = reaches and (not route.key or bool(key))
    for method, right in (("get", {route.get}), ("post", {200, 302, 405, 409, 422})):
        shown_too_much(walker, code, method, walker.path(name, council, key=key), right if reaches else {404})
    if route.key and not key:
        _told_nothing(walker, name, council, route.key)
    elif route.key == "sent":
        theirs = "sent-by-police" if code.startswith("school") else "sent"
        _told_nothing(walker, name, council, theirs)


def _told_nothing(walker: Walker, name: str, council: int, theirs: str) -> None:
    """Another agency's thing, in either council, answers as one that is not there."""
    for other in COUNCILS:
        for method in ("get", "post"):
            found = walker.grounds[other].keys[theirs]
            answer = walker.ask(method, walker.path(name, council, key=found))
            nothing = walker.ask(method, walker.path(name, council, key=str(uuid4())))
            walker.expect(answer.status == nothing.status == 404, f"{method} {name} of another agency")
            walker.expect(not answer.shows(ALL), f"{method} {name} shows {answer.shows(ALL)}")


@pytest.mark.parametrize("code", SEES)
def test_nothing_leaks_to_a_sender_when_python_filters_nothing(
    code: str, grounds: dict[int, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = walker_of(code, grounds)
    monkeypatch.setattr("frontdoor.actors.queries._filter", lambda by, queryset: queryset)
    monkeypatch.setattr("frontdoor.actors.queries._own", lambda text: _WHOSE.sub("true", text))
    for name in (name for name, route in ROUTES.items() if route.kind is Kind.PARTNER):
        planted = ("sent", "sent-by-police", "sender", "police-file")
        keys = [ground.keys[each] for ground in grounds.values() for each in planted]
        for key in keys if ROUTES[name].key else [""]:
            for method in ("get", "post"):
                path = walker.path(name, PETERBOROUGH, key=key)
                answer = walker.ask(method, path)
                refused = tuple(word for word in ALL if word not in SEES[code])
                walker.expect(answer.status < 500, f"{method} {path}: {answer.status}")
                walker.expect(not answer.shows(refused), f"{method} {path} shows {answer.shows(refused)}")
    assert not walker.faults, "\n".join(walker.faults)


def test_the_pages_show_what_was_planted_for_them(grounds: dict[int, Ground]) -> None:
    """So that the silence of the walks above means something."""

    for code, kind in (("school", "sent"), ("police-desk", "police")):
        walker = walker_of(code, grounds)
        for council in (CAMBRIDGESHIRE, PETERBOROUGH):
            path = walker.path("sender:sent", council, key=grounds[council].keys[OF[code]])
            assert walker.ask("get", path).shows((token(council, kind),))
