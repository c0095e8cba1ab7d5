"""Pages over several councils: each reading is in the trail of each council whose rows it showed, once, with its own.

A merged address that is not in `LEAVES` fails the build.
"""

import json
import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from frontdoor.access.rules import Kind, Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, SERVICE
from tests.separation.planting import COUNCILS, Ground, token
from tests.separation.routes import ROUTES
from tests.separation.test_matrix import browser
from tests.separation.walking import Person, Walker, newest_entry
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

LEAVES = {
    "desk:home": "desk.my_work",
    "desk:figure": "desk.figure",
    "desk:queue": "desk.queue",
    "desk:enquiries": "mash.enquiries",
    "desk:agencies": "mash.read_board",
    "desk:referrals": "referrals.list",
    "desk:early-help": "earlyhelp.list",
    "desk:my-families": "familyhelp.list",
    "desk:family-help": "familyhelp.figures",
    "desk:board": "desk.board",
    "desk:notices": "desk.notices",
    "desk:search": "desk.search",
    "desk:typed": "desk.search",
    "desk:afterwards": "desk.afterwards",
    "desk:stay": "",
}
"""The entry that each council's part of a page leaves; the parts of "my work" leave others of their rooms beside."""

ASKED = ("desk:search", "desk:typed")
"""Pages that answer what was typed."""

LISTS = ("desk:figure", "desk:queue", *ASKED)
"""Pages whose rows are contacts or people: what they show and what their entries name is one and the same."""

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WHO = [
    Person(Role.HEAD_OF_SERVICE, CAMBRIDGESHIRE), Person(Role.TEAM_MANAGER, PETERBOROUGH),
    Person(Role.CONTACT_OFFICER, CAMBRIDGESHIRE), Person(Role.AUDITOR, PETERBOROUGH),
]  # fmt: skip


@pytest.fixture
def grounds(planted: dict[int, Ground], db: None) -> dict[int, Ground]:
    return planted


def test_every_merged_address_is_here() -> None:
    assert set(LEAVES) == {name for name, route in ROUTES.items() if route.kind is Kind.MERGED}


def left(before: dict[int, int], council: int) -> list[tuple[str, Any]]:
    """The entries of a council after a number: action and detail."""
    with acting_for(council, by=SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT action, detail::text FROM trail_entry WHERE id > %s ORDER BY id", [before[council]])
        return [(action, json.loads(detail)) for action, detail in cursor.fetchall()]


def keys(entries: list[tuple[str, Any]]) -> set[str]:
    return set(KEY.findall(json.dumps([detail for _, detail in entries])))


@pytest.mark.parametrize("person", WHO, ids=str)
@pytest.mark.parametrize("name", LEAVES)
def test_each_council_has_one_entry_with_what_was_shown_of_it(
    name: str, person: Person, grounds: dict[int, Ground]
) -> None:
    client = browser(World(), person)
    path = Walker(client, grounds).path(name, person.of)
    before = {council: newest_entry(council) for council in (SERVICE, *COUNCILS)}
    wanted = {"family_name": f"{token(person.of, 'case')}family", "given_name": f"{token(person.of, 'case')}1"}
    answer = client.post(path, wanted) if name in ASKED else client.get(path)
    found = {council: left(before, council) for council in before}
    may = {council for council in person.reach if ROUTES[name].permission in {None, *person.reach[council]}}
    if not may:
        assert [action for action, _ in found[SERVICE]] == ["access.refused"]
    for council in COUNCILS:
        counted = Counter(action for action, _ in found[council])
        assert all(times == 1 for times in counted.values()), counted
        if council not in may or not LEAVES[name]:
            assert not counted
            continue
        assert counted[LEAVES[name]] == 1
        if name in LISTS:
            shown = set(
                re.findall(rf"/{World.slugs[council]}/(?:contacts|people)/({KEY.pattern})/", answer.content.decode())
            )
            assert shown == keys(found[council])
            assert shown or (name in ASKED and council == PETERBOROUGH) or person.of == PETERBOROUGH
    assert not keys(found[CAMBRIDGESHIRE]) & keys(found[PETERBOROUGH])


def test_the_board_says_which_clocks_it_showed(grounds: dict[int, Ground]) -> None:
    client = browser(World(), WHO[0])
    before = {council: newest_entry(council) for council in COUNCILS}
    client.get("/desk/clocks/")
    for council in COUNCILS:
        ((_, detail),) = left(before, council)
        assert len(detail["clocks"]) > 5
        assert grounds[council].keys["missed-clock"] in detail["clocks"]
