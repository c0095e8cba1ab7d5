"""Every room has the same few modules, so that who knows one room knows all."""

import ast

import pytest

from tests.house.source import PACKAGE, rooms, tracked, tree

FURNITURE = {
    "__init__", "rules", "models", "queries", "actions", "forms", "pages", "views", "jobs", "urls", "apps",
    "migrations", "management", "jinja2",
}  # fmt: skip
ALSO = {
    "actors": {"middleware", "operations", "checks"},
    "access": {"middleware", "checks"},
    "shell": {"static", "templates"},  # the pages' own style and scripts; allauth's elements are Django templates
    "codes": {"data"},  # the national lists as they were published
    "trail": {"checks"},
    "councils": {"checks"},
    "organisations": {"checks"},
}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_has_no_other_modules_than_the_others(room):
    names = {path.relative_to(room).parts[0].removesuffix(".py") for path in tracked() if path.is_relative_to(room)}
    assert names <= FURNITURE | ALSO.get(room.name, set())


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_says_in_one_line_what_it_is_for_and_starts_nothing(room):
    body = tree(room / "__init__.py").body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert len(ast.literal_eval(body[0].value).splitlines()) == 1


def test_every_folder_of_the_package_is_a_room_or_the_wiring():
    folders = {path.relative_to(PACKAGE).parts[0] for path in tracked() if path.is_relative_to(PACKAGE)}
    assert {folder for folder in folders if not folder.endswith(".py")} == {room.name for room in rooms()} | {"config"}
