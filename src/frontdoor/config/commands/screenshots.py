"""`./frontdoor screenshots`: takes the pictures of README and docs from the demonstration that runs here."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from frontdoor.config.cluster import CLONE, Cluster

if TYPE_CHECKING:  # a package of the tests; the service itself runs without it
    from playwright.sync_api import Browser, Page

PICTURES = CLONE / "docs" / "pictures"
LARGEST = 250_000
"""Bytes of one picture at most: they are read on the page of the project, over anybody's line."""
WIDTH, HEIGHT = 1280, 900
NEEDED = 'The pictures need a browser: apt install chromium, or ".venv/bin/playwright install chromium"'
MANAGER = "team-manager"
PATIENCE = 120_000
"""Milliseconds: on a busy machine a first page takes its time."""


@dataclass(frozen=True)
class Picture:
    """One picture.

    :param name: of the file, without its ending
    :param address: of the page; of a page that lists, where `follow` is given
    :param follow: what an address in that list looks like; the first one is opened
    :param role: who looks, as `./frontdoor code` names them; empty for somebody without an account
    """

    name: str
    address: str
    follow: str = ""
    role: str = MANAGER


WANTED = (
    Picture("public", "/", role=""),
    Picture("queue", "/desk/queue/"),
    Picture("record", "/desk/queue/", follow=r"/[a-z]+/contacts/[0-9a-f-]{36}/"),
    Picture("decision", "/cambridgeshire/contacts/waiting/", follow=r"/[a-z]+/children/[0-9a-f-]{36}/decide/"),
    Picture("clocks", "/desk/clocks/"),
    Picture("night", "/cambridgeshire/night/"),
)


def run(arguments: list[str]) -> int:
    """Take every picture; gives 1 where the demonstration does not run or one could not be taken."""
    cluster = Cluster("demo")
    running, accounts = cluster.home / "site", cluster.state / "accounts.json"
    address = running.read_text().strip() if running.exists() else ""
    if not address or not accounts.exists():
        print("Front Door: start the demonstration first: ./frontdoor demo", file=sys.stderr)
        return 1
    people = {row["code"]: row for row in json.loads(accounts.read_text())}
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        print(f"Front Door: {NEEDED}", file=sys.stderr)
        return 1
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    PICTURES.mkdir(exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            missed = _all(browser, address, people)
            browser.close()
    except Error as error:
        print(f"Front Door: {error.message.splitlines()[0]}. {NEEDED}", file=sys.stderr)
        return 1
    return 1 if missed else 0


def _all(browser: "Browser", address: str, people: dict[str, dict[str, str]]) -> int:
    """Take the pictures, role by role; gives how many could not be taken."""
    pages: dict[str, Page] = {}
    missed = 0
    for picture in WANTED:
        if picture.role not in pages:
            context = browser.new_context(
                base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB",
                timezone_id="Europe/London",
            )  # fmt: skip
            context.set_default_timeout(PATIENCE)
            pages[picture.role] = context.new_page()
            if picture.role:
                _sign_in(pages[picture.role], people[picture.role])
        said = _take(pages[picture.role], picture)
        missed += bool(said)
        print(f"{picture.name}: {said or 'taken'}", flush=True)
    return missed


def _sign_in(page: "Page", person: dict[str, str]) -> None:
    page.goto("/desk/")
    page.fill("input[type=email]", person["email"])
    page.fill("input[type=password]", person["password"])
    page.press("input[type=password]", "Enter")
    page.wait_for_selector("input[name=code]")
    command = [str(CLONE / "frontdoor"), "code", person["code"]]
    code = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/desk/")


def _take(page: "Page", picture: Picture) -> str:
    """Take one picture of what fits on a screen; gives what was in the way, or nothing."""
    page.goto(picture.address)
    if picture.follow:
        links = page.locator("main a").evaluate_all("found => found.map(each => each.getAttribute('href'))")
        wanted = next((link for link in links if link and re.fullmatch(picture.follow, link)), None)
        if wanted is None:
            return f"nothing to open on {picture.address}"
        page.goto(wanted)
    file: Path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    return f"{size} bytes are too many" if size > LARGEST else ""
