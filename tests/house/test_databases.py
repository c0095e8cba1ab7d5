"""A run of tests begins with a kept database only while nothing that made it has changed."""

from pathlib import Path

import pytest

from tests.databases import KEPT, migrations_print

FILES = (
    "src/frontdoor/people/migrations/0001_initial.py", "src/frontdoor/people/migrations/0002_wall.py",
    "src/frontdoor/actors/operations.py", "requirements.lock", "src/frontdoor/people/models.py",
)  # fmt: skip


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n")
    return tmp_path


@pytest.mark.parametrize("name", FILES[:-1])
def test_a_changed_migration_operation_or_release_of_django_is_migrated_anew(clone: Path, name: str) -> None:
    before = migrations_print(clone)
    (clone / name).write_text("changed\n")
    assert migrations_print(clone) != before


def test_a_migration_that_comes_goes_or_moves_is_migrated_anew(clone: Path) -> None:
    first = clone / FILES[0]
    prints = [migrations_print(clone)]
    (first.parent / "0003_more.py").write_text("more\n")
    prints.append(migrations_print(clone))
    first.rename(first.with_name("0001_begin.py"))
    prints.append(migrations_print(clone))
    assert len(set(prints)) == len(prints)


def test_what_no_migration_reads_changes_nothing(clone: Path) -> None:
    before = migrations_print(clone)
    (clone / FILES[-1]).write_text("changed\n")
    assert migrations_print(clone) == before


def test_this_run_has_a_print_of_its_own_migrations() -> None:
    assert migrations_print().startswith(f"{KEPT}_")
    assert migrations_print() != migrations_print(Path(__file__).parent)
