"""Weights learnt from a council's own index, written as a new version beside those that are there and used by nobody.

A manager reads what would change on the page of the weights; whoever runs the service then chooses them by a setting.
"""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from frontdoor.config.starting import Misconfigured
from frontdoor.matching.rules import weights

FEWEST = 5_000
"""An index of fewer people holds too few doubles to learn from."""


def use(version: int, folder: Path) -> None:
    """Weigh by that version from now on.

    :raises Misconfigured: it is not there, or is no file of weights
    """
    try:
        weights.choose(version, learnt=folder)
    except ValueError:
        where = "this release" if version <= weights.LEARNT else str(folder)
        raise Misconfigured(f"FRONTDOOR_WEIGHTS: there are no weights of version {version} in {where}") from None


def missing(*extras: str) -> str:
    """What is to be installed, in words; empty where all of it is here."""
    packages = {"matching": ("splink", "duckdb", "pyarrow"), "measure": ("recordlinkage",)}
    absent = [each for each in extras if not all(find_spec(name) for name in packages[each])]
    return f"pip install 'frontdoor[{','.join(absent)}]'" if absent else ""


def train(council: int, folder: Path, *, words: str, at: datetime) -> int:
    """Learn weights from the whole index of a council, without anybody's word of who is whom; gives the new version.

    :param words: what the index is called in the file: it says how large it is, and names nobody
    :raises ImportError: the packages are not installed
    """
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import MATCHER
    from frontdoor.config.doubling import whole_index
    from frontdoor.config.measuring import training
    from frontdoor.matching.actions.learning import learnt

    told = training.learnt(whole_index(council), on=words, at=at.date())
    version = write(told, folder)
    with acting_for(council, by=MATCHER) as by:
        learnt(version, by=by, at=at)
    return version


def write(told: Mapping[str, Any], folder: Path) -> int:
    """Write a file of weights as the next version; a version that is there is never written over."""
    folder.mkdir(parents=True, exist_ok=True)
    version = weights.LEARNT
    while True:
        version = max([version, *(int(path.stem) for path in folder.glob("*.json") if path.stem.isdigit())]) + 1
        text = json.dumps({**told, "version": version}, indent=1, ensure_ascii=False)
        weights.read(text)
        part = folder / f".{version}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        try:
            os.link(part, folder / f"{version}.json")  # fails where somebody else took the number in between
        except FileExistsError:
            continue
        finally:
            part.unlink()
        return version
