"""What a machine need not have: whatever runs here brings it along."""

import os
import subprocess
import sys

ASKED = (
    "from datetime import datetime; from zoneinfo import ZoneInfo;"
    "print(datetime(2026, 7, 1, tzinfo=ZoneInfo('Europe/London')).utcoffset())"
)


def test_london_is_known_on_a_machine_without_zone_files() -> None:
    without = {**os.environ, "PYTHONTZPATH": ""}
    said = subprocess.run([sys.executable, "-c", ASKED], env=without, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1:00:00"
