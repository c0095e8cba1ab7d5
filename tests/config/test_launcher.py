"""The script that everything starts from, before anything is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT


def test_an_environment_behind_a_link_is_never_emptied(tmp_path: Path) -> None:
    """Several clones may share one: the one whose lock differs must not take the others' away."""
    clone, shared = tmp_path / "clone", tmp_path / "shared"
    (clone / "src").mkdir(parents=True)
    for name in ("frontdoor", "requirements.lock"):
        shutil.copy(ROOT / name, clone / name)
    (shared / "bin").mkdir(parents=True)
    (shared / "bin" / "python").write_text("somebody's")
    (shared / ".lock").write_text("made from another lock")
    (clone / ".venv").symlink_to(shared)
    said = subprocess.run(
        [sys.executable, clone / "frontdoor", "help"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ.copy(),
    )
    assert said.returncode == 1
    assert "is a link to an environment of other packages" in said.stderr
    assert (shared / "bin" / "python").read_text() == "somebody's"
