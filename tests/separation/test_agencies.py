"""People who answer for an agency, on every address of the site: what their own agency is asked, and nothing else.

The matrix's third dimension. Every page of theirs is asked with a request of their own agency, of another, of none, in
either council; every page of the staff, of systems and of senders answers them as it answers nobody. The second pass
takes Python's scoping away, and the third shows that the policies of requests hold when somebody only sends.
"""

from uuid import uuid4

import pytest
from django.test import Client

from frontdoor.access.rules import Kind
from tests.separation.planting import COUNCILS, Ground, token, tokens
from tests.separation.routes import ROUTES
from tests.separation.test_matrix import _WHOSE
from tests.separation.walking import STAFF, Walker
from tests.worlds import PETERBOROUGH, World

ALL = tokens(*COUNCILS)
OF = {"police-mash": "asked", "police-mash-2": "asked", "health-mash": "hub", "idva": ""}
SEES = {code: {token(council, kind) for council in COUNCILS if kind} for code, kind in OF.items()}
LEADS = {"police-mash", "health-mash", "idva"}
FOR_LEADS = {"partner:people", "partner:colleague", "partner:leaver"}
KEYS = {"asked": "{}", "asked-said": "{}-said", "asked-objected": "{}-objected", "asked-minuted": "{}-minuted"}
"""What the key of an address is, for the agency whose kind of word it is."""


@pytest.fixture
def grounds(planted: dict[int, Ground], db: None) -> dict[int, Ground]:
    return planted


def walker_of(code: str, grounds: dict[int, Ground]) -> Walker:
    world = World()
    return Walker(world.signed_in(Client(raise_request_exception=False), world.partner(code)), grounds)


def path(walker: Walker, name: str, council: int, kind: str, *, key: str = "") -> str:
    """An address for what is asked of an agency, or under another key."""
    keys = walker.grounds[council].keys
    route = ROUTES[name]
    mine = keys[KEYS[route.key].format(kind)] if route.key in KEYS else keys.get(route.key, "")
    walker.grounds[council].keys["person-asked-about"] = keys[f"{kind}-person"]
    return walker.path(name, council, key=key or mine)


def shown_too_much(walker: Walker, code: str, method: str, where: str, right: set[int]) -> None:
    answer = walker.ask(method, where)
    walker.expect(answer.status in right, f"{method} {where}: {answer.status}, not {sorted(right)}")
    refused = tuple(word for word in ALL if word not in SEES[code])
    walker.expect(not answer.shows(refused), f"{method} {where} shows {answer.shows(refused)}")


def test_nothing_of_the_staff_or_of_senders_opens_to_a_partner(grounds: dict[int, Ground]) -> None:
    walker = walker_of("police-mash", grounds)
    for name, route in ROUTES.items():
        if route.kind in STAFF or route.kind is Kind.PARTNER:
            right = {404}
        elif route.kind is Kind.MERGED:
            right = {200, 302, 405} if name in {"desk:home", "desk:stay"} else {403}
        else:
            continue
        for method in ("get", "post"):
            shown_too_much(walker, "police-mash", method, walker.path(name, PETERBOROUGH), right)
    assert not walker.faults, "\n".join(walker.faults)


@pytest.mark.parametrize("code", OF)
def test_a_partner_opens_what_their_own_agency_is_asked_and_nothing_else(code: str, grounds: dict[int, Ground]) -> None:
    walker = walker_of(code, grounds)
    for name in (name for name, route in ROUTES.items() if route.kind is Kind.AGENCY):
        for council in COUNCILS:
            _agency(walker, code, name, council)
    assert not walker.faults, "\n".join(walker.faults)


def _agency(walker: Walker, code: str, name: str, council: int) -> None:
    route, kind = ROUTES[name], OF[code]
    reaches = (name not in FOR_LEADS or code in LEADS) and (bool(kind) or route.key not in KEYS)
    if name == "partner:leaver" and code != "police-mash":
        reaches = False  # it is the police's colleague
    for method, right in (("get", {route.get}), ("post", {200, 302, 409, 422})):
        refused = {405} if method == "get" and route.get == 405 else {404}
        where = path(walker, name, council, kind or "asked")
        shown_too_much(walker, code, method, where, right if reaches else refused)
    if route.key in KEYS:
        _told_nothing(walker, name, council, "hub" if kind == "asked" else "asked")


def _told_nothing(walker: Walker, name: str, council: int, theirs: str) -> None:
    """Another agency's request or reply, in either council, answers in the same bytes as one that is not there."""
    nowhere = str(uuid4())
    for other in COUNCILS:
        found = walker.grounds[other].keys[KEYS[ROUTES[name].key].format(theirs)]
        for method in ("get", "post"):
            answer = walker.ask(method, path(walker, name, council, theirs, key=found))
            nothing = walker.ask(method, path(walker, name, council, theirs, key=nowhere))
            walker.expect(answer.plain(found) == nothing.plain(nowhere), f"{method} {name} of another agency")
            right = {404, 405}
            walker.expect(answer.status in right, f"{method} {name} of another agency: {answer.status}")
            walker.expect(not answer.shows(ALL), f"{method} {name} shows {answer.shows(ALL)}")


@pytest.mark.parametrize("code", [code for code in OF if code in LEADS])
def test_nothing_leaks_to_a_partner_when_python_filters_nothing(
    code: str, grounds: dict[int, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = walker_of(code, grounds)
    monkeypatch.setattr("frontdoor.actors.queries._filter", lambda by, queryset: queryset)
    monkeypatch.setattr("frontdoor.actors.queries._own", lambda text: _WHOSE.sub("true", text))
    for name in (name for name, route in ROUTES.items() if route.kind is Kind.AGENCY):
        planted = (
            "asked",
            "hub",
            "asked-said",
            "hub-said",
            "asked-objected",
            "hub-objected",
            "asked-minuted",
            "hub-minuted",
            "partner",
            "police-colleague",
        )
        keys = [ground.keys[each] for ground in grounds.values() for each in planted]
        for key in keys if ROUTES[name].key else [""]:
            for method in ("get", "post"):
                where = path(walker, name, PETERBOROUGH, "asked", key=key)
                answer = walker.ask(method, where)
                refused = tuple(word for word in ALL if word not in SEES[code])
                walker.expect(answer.status < 500, f"{method} {where}: {answer.status}")
                walker.expect(not answer.shows(refused), f"{method} {where} shows {answer.shows(refused)}")
    assert not walker.faults, "\n".join(walker.faults)


def test_the_pages_show_what_was_planted_for_them(grounds: dict[int, Ground]) -> None:
    """So that the silence of the walks above means something; and each opening stands in that council's trail."""
    for code, kind in (("police-mash", "asked"), ("health-mash", "hub")):
        walker = walker_of(code, grounds)
        for council in COUNCILS:
            where = path(walker, "partner:asked", council, kind)
            answer = walker.ask("get", where, trail_of=COUNCILS)
            assert answer.shows((token(council, kind),))
            assert "mash.open_asked" in answer.left
            assert "mash.list_asked" in walker.ask("get", "/partner/", trail_of=(council,)).left
