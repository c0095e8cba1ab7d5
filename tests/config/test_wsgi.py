"""How the site's processes are set up."""

import subprocess
import sys

from tests.house.source import ROOT

ASKED = "import gc; from frontdoor.config import wsgi; print(gc.get_threshold()[0], gc.get_freeze_count() > 0)"


def test_what_was_loaded_is_not_looked_through_again_while_a_page_is_made(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["50000", "True"]
