"""What the house tests read: the project's own files, and the functions in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "frontdoor"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep if it were added now."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def ours(*suffixes: str) -> list[Path]:
    """Tracked files with one of the suffixes, under src and tests; migrations apart, which Django writes."""
    folders = (ROOT / "src", ROOT / "tests")
    return [
        path
        for path in tracked()
        if path.suffix in suffixes
        and any(path.is_relative_to(folder) for folder in folders)
        and "migrations" not in path.parts
    ]


def name(path: Path) -> str:
    """A file as people say it: from the root of the clone."""
    return str(path.relative_to(ROOT))


def rooms() -> list[Path]:
    """The folders of rooms: every Django app but the wiring."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py") if path.parent.name != "config")


@cache
def tree(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, also those inside others."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
