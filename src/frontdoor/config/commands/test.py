"""`./frontdoor test`: everything that CI runs."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from frontdoor.config.cluster import CLONE, Cluster

BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", ".", "frontdoor"],
    "lint": ["ruff", "check", ".", "frontdoor"],
    "types": ["mypy"],
    "import contracts": ["lint-imports"],
    "templates": ["djlint", "src", "--lint", "--quiet"],
}
NO_BROWSER = "There is no browser for the journeys: apt install chromium (or leave them out: --without-browser)"


def run(arguments: list[str]) -> int:
    """Check everything; stops after the static checks if one of them fails.

    `--without-browser` leaves the journeys out and says how many; other arguments are pytest's. A test that fails is
    run once more, and named when it passes then; three may, a fourth fails the run (`tests/selection.py`).
    """
    environment = dict(os.environ)
    if "--without-browser" not in arguments:
        environment |= _browser()
    if "FRONTDOOR_DATABASE_URL" in environment:
        return _all(arguments, environment)
    with Cluster("test").used() as cluster:
        return _all(arguments, environment | cluster.environment())


def _all(arguments: list[str], environment: dict[str, str]) -> int:
    environment["FRONTDOOR_TESTING"] = "1"
    # Packages come uncompiled; a hundred processes that kept nothing of what they compiled would each do it again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not _static(environment):
        return 1
    many = [] if any(argument.startswith("-n") for argument in arguments) else ["-n2", "--dist=worksteal"]
    command = [sys.executable, "-m", "pytest", "-q", "--reruns=1", *many, *arguments]
    return subprocess.run(command, env=environment, cwd=CLONE, check=False).returncode


def _static(environment: dict[str, str]) -> bool:
    """Run the checks that start nothing, two at a time; whether all of them passed."""

    def check(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
        began = time.monotonic()
        program, *rest = CHECKS[name]
        done = subprocess.run(
            [BIN / program, *rest], env=environment, cwd=CLONE, capture_output=True, text=True, check=False
        )
        return name, time.monotonic() - began, done

    passed = True
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, seconds, done in pool.map(check, CHECKS):
            print(f"{'passed' if done.returncode == 0 else 'FAILED'}: {name} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                passed = False
                print(done.stdout + done.stderr, flush=True)
    return passed


def _browser() -> dict[str, str]:
    """Find Chromium or fetch it: by apt as root on Debian, else by playwright; gives what pytest needs to find it.

    :raises SystemExit: it cannot be had; says the one line that installs it
    """
    if os.environ.get("CHROMIUM") or _on_path():
        return {}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _fetch("apt-get", "update", "-qq")
        _fetch("apt-get", "install", "-qq", "--no-install-recommends", "chromium", "fonts-liberation")
        if _on_path():
            return {}
    elif _fetch(sys.executable, "-m", "playwright", "install", "chromium"):
        return {}
    raise SystemExit(NO_BROWSER)


def _on_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _fetch(*command: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, stdout=sys.stderr, check=False).returncode == 0
