"""The documents name what there is: rooms, commands, permissions, roles, variables; and no link leads nowhere."""

import re

import pytest

from frontdoor.access.rules import ROLE_NAMES, ROLES, Kind, Role
from frontdoor.actors.rules import SYSTEM_ACTORS, Permission
from frontdoor.config.commands import VERBS
from tests.house.source import PACKAGE, ROOT, name, rooms, tracked

README = ROOT / "README.md"
REACH = ROOT / "docs" / "roles-and-reach.md"
PRODUCTION = ROOT / "docs" / "how-to" / "run-in-production.md"
PAGES = [path for path in tracked() if path.suffix == ".md"]


def _rows(path, heading):
    """The cells of the table below a heading, a tuple a line; the head of the table left out."""
    section = path.read_text(encoding="utf-8").split(f" {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def _listed(permissions):
    return ", ".join(f"`{permission}`" for permission in Permission if permission in permissions)


def test_the_readme_names_every_room_and_no_other():
    named = [cells[1].strip("`") for cells in _rows(README, "Map of the house")]
    assert sorted(named) == sorted([room.name for room in rooms()] + ["config"])


def test_the_readme_names_every_command_in_the_order_of_help():
    assert [cells[0].strip("`") for cells in _rows(README, "Commands")] == [verb.name for verb in VERBS]


def test_every_permission_is_explained():
    rows = _rows(REACH, "Permissions")
    assert [cells[0].strip("`") for cells in rows] == [permission.value for permission in Permission]
    assert all(cells[1] for cells in rows)


def test_the_page_of_roles_says_what_each_role_may():
    assert _rows(REACH, "Roles") == [(ROLE_NAMES[role], _listed(ROLES[role])) for role in Role]


def test_the_page_of_roles_says_what_the_service_may_by_itself():
    whole = frozenset(Permission)
    held = {f"{actor.label} (`{actor.name}`)": frozenset(actor.reach.get(1)) for actor in SYSTEM_ACTORS}
    written = {who: "all" if may == whole else _listed(may) for who, may in held.items()}
    assert dict(_rows(REACH, "Parts of the service that act by themselves")) == written


def test_every_kind_of_address_is_explained():
    assert {cells[0].strip("`") for cells in _rows(REACH, "Kinds of address")} == {kind.value for kind in Kind}


def test_every_variable_of_the_environment_is_explained():
    source = (PACKAGE / "config" / "environment.py").read_text(encoding="utf-8")
    read = {f"FRONTDOOR_{found}" for found in re.findall(r'_(?:text|secret)\("([A-Z_]+)"', source)}
    assert {cells[0].strip("`") for cells in _rows(PRODUCTION, "Environment")} == read


def _anchors(path):
    """The anchors of a page's headings, as the usual readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_every_link_within_the_documents_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    for target in targets:
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found in tracked() or found.is_dir(), target
        assert not anchor or anchor in _anchors(found), target


def test_the_pictures_are_small_and_each_is_shown():
    pictures = [path for path in tracked() if path.parent == ROOT / "docs" / "pictures"]
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert pictures
    assert [path.name for path in pictures if path.stat().st_size > 250_000 or path.name not in shown] == []
