"""Nothing in the repository tells of the machine it was written on, or where packages were fetched from."""

import re

import pytest

from tests.house.source import ROOT, name, tracked

# The names are put in later, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.])/(?:{})/".format("|".join(("root", "home", "Users", "work", "farm", "builds"))))
REGISTRY = re.compile("|".join((r"pypi\.(?:org|python)", r"pythonhosted\.", r"registry\.npm", r"index.url\s*[=:]")))
LOCKS = ("requirements.lock", "requirements-node.lock", "package-lock.json")


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked():
        if path.name in LOCKS or path == ROOT / "tests" / "house" / "test_addresses_of_machines.py":
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    return found


def test_no_file_holds_a_path_of_somebodys_machine():
    assert not _lines_with(MACHINE)


def test_no_file_holds_the_address_of_a_package_registry():
    assert not _lines_with(REGISTRY)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_holds_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"sha(256|512)[:-]", text)
