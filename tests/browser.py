"""A real browser for journeys, with what every journey checks: accessibility, errors of the page, effort."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000
"""Milliseconds until a page that has not come counts as missing: long, since it is waited for only where it is."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A journey that failed leaves a picture of its page in test-results."""
    report: Any = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None and not page.is_closed():
        picture = Path("test-results") / f"{item.name[:80]}.png"
        page.screenshot(path=picture, full_page=True)
        report.sections.append(("picture", f"{page.url}\n{picture}"))
    return report


def chromium() -> str | None:
    """The browser's path: the one named by CHROMIUM, else the machine's; none means playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once a worker."""
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        expect.set_options(timeout=PATIENCE)
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page for another person, with cookies of their own; options are those of a playwright context.

    The journey fails if a script of ours failed or the browser refused something of ours.
    """
    wrong: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        # A page answered with 404 or 422 is told to the console too, and is no error of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            wrong.append(message.text)

    def opened(**options: Any) -> Page:
        usual = {"base_url": site, "locale": "en-GB", "timezone_id": "Europe/London"}
        context = browser.new_context(**(usual | options))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of the live site; addresses may be relative."""
    return new_page()


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page that is there to stay.

    A link that was just followed may exchange the document under axe's feet; then the new one is looked at instead.
    """
    while True:
        page.wait_for_load_state()
        document = page.evaluate("performance.timeOrigin")
        try:
            page.evaluate(_axe())
            found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", WCAG)
        except Error:
            page.wait_for_load_state()
            if page.evaluate("performance.timeOrigin") == document:
                raise
        else:
            return list(found["violations"])


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Asserts that the page as it now stands breaks no rule of WCAG 2.2 AA that a machine can check."""

    def check(page: Page) -> None:
        told = [
            f"{rule['id']}: {rule['help']}\n    {node['html']}\n    {node['failureSummary']}"
            for rule in _violations(page)
            for node in rule["nodes"]
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check


class Effort:
    """What a person did at a page since counting began: keys pressed, clicks, seconds."""

    def __init__(self, page: Page) -> None:
        self.keys = self.clicks = 0
        self._since = time.monotonic()
        self._page = page
        page.context.expose_binding("frontdoorEffort", self._count)
        script = """for (const kind of ["keydown", "pointerdown"])
            addEventListener(kind, event => event.isTrusted && frontdoorEffort(kind), true)"""
        page.context.add_init_script(script)

    def _count(self, _source: object, kind: str) -> None:
        if kind == "keydown":
            self.keys += 1
        else:
            self.clicks += 1

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._since

    def __str__(self) -> str:
        return f"{self.keys} keys, {self.clicks} clicks, {self.seconds:.1f} seconds"


@pytest.fixture
def effort(page: Page) -> Effort:
    """Counts real keystrokes and clicks from here on: `press` and `press_sequentially` make them, `fill` does not."""
    return Effort(page)
