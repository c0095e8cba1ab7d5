"""Fifty people of agencies and fifty of the hub at once against a running server; afterwards the database is asked."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.db import connection, connections

from frontdoor.config.bench import crowd
from frontdoor.config.bench.browser import session_of
from frontdoor.config.bench.checking import Checked, checked
from frontdoor.config.bench.timing import Line
from frontdoor.config.bench.visiting import Account, Browser, Partner, Staff, Visitor
from frontdoor.config.cluster import Cluster
from frontdoor.config.commands.demo import Children
from frontdoor.config.commands.serve import free_port
from frontdoor.config.demo.organisation import PETERBOROUGH, SLUGS
from frontdoor.organisations.models import Agency

PLACE = SLUGS[PETERBOROUGH]
ASKED, UNSENT = 30, 20
"""Enquiries whose agencies were asked, and those for which they will be."""
PAUSE = 1.0
"""Seconds that a visitor reads before the next thing, about."""
PATIENCE = 180


@dataclass(frozen=True, slots=True)
class Held:
    """What a run of the load was told, and what the database says."""

    seconds: float
    told: dict[str, list[float]]
    errors: Counter[str]
    accounts: Sequence[Account]
    found: Checked


def fill(count: int, *, partners: int, staff: int, say: Callable[[str], None]) -> tuple[Any, ...]:
    """People and work of their own in a database that has contacts; everybody signed in."""
    at = datetime.now(UTC)
    say(f"making {partners} partners, {staff} staff and {count} enquiries")
    found = crowd.work(count, UNSENT, at=at)
    people = crowd.staff(staff, at=at)
    agencies = list(Agency.objects.filter(key__in=found.requests).order_by("name"))
    answer = crowd.partners(partners, agencies, at=at)
    return found, [session_of(user) for user in people], [(session_of(user), agency) for user, agency in answer]


def run(cluster: Cluster, name: str, *, seconds: float, people: int, say: Callable[[str], None]) -> list[Line]:
    """The load on a server of its own, which is started and stopped.

    :param people: so many partners, and so many staff
    """
    work, staff, partners = fill(ASKED, partners=people, staff=people, say=say)
    connections.close_all()
    with _served(cluster, name) as port:
        say(f"{people} partners and {people} staff for {seconds:.0f} seconds")
        held = hold(port, work, staff, partners, seconds=seconds, pause=PAUSE)
    return lines(held, people)


@contextmanager
def _served(cluster: Cluster, name: str) -> Iterator[int]:
    """The site and the worker, as the demonstration runs them; gives the port."""
    port = free_port()
    environment = {**os.environ, **cluster.environment(name), "FRONTDOOR_DEMO": "1"}
    children = Children(environment, kept=Path(cluster.home) / "load-children")
    children.end_those_left()
    try:
        children.start("site", "frontdoor", "serve", f"--port={port}")
        children.start("worker", "frontdoor", "worker")
        _answering(port)
        yield port
    finally:
        children.stop()


def _answering(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while Browser("127.0.0.1", port, {}).get("the first page", "/")[0] != 200:
        if time.monotonic() > until:
            raise TimeoutError("the site did not answer")
        time.sleep(0.2)


def left_undone(patience: float) -> int:
    """Wait until the worker has done what was left to it; so many of its jobs still wait when patience ends."""
    until = time.monotonic() + patience
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mash.hear' AND status IN ('todo', 'doing')"
            )
            left: int = cursor.fetchone()[0]
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.5)


def hold(
    port: int, work: crowd.Work, staff: Sequence[str], partners: Sequence[tuple[str, Any]], *, seconds: float,
    pause: float,
) -> Held:  # fmt: skip
    """Let everybody work at once for so long, and then ask the database."""

    def browser(session: str) -> Browser:
        return Browser("127.0.0.1", port, {settings.SESSION_COOKIE_NAME: session})

    visitors: list[Visitor] = [
        Staff(browser(session), number, PLACE, list(work.enquiries), list(work.unsent))
        for number, session in enumerate(staff)
    ]
    visitors += [
        Partner(browser(session), number, work.requests[agency]) for number, (session, agency) in enumerate(partners)
    ]
    until = time.monotonic() + seconds
    broken: list[str] = []

    def one(visitor: Visitor) -> None:
        try:
            visitor.run(lambda: time.monotonic() > until, pause)
        except Exception as failure:  # noqa: BLE001 (counted as an error of the load)
            broken.append(f"a visitor stopped: {type(failure).__name__}: {failure}")

    began = time.monotonic()
    threads = [threading.Thread(target=one, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _held(visitors, work, time.monotonic() - began, broken)


def _held(visitors: Sequence[Visitor], work: crowd.Work, taken: float, broken: list[str]) -> Held:
    """What everybody was told, and what the database says once the worker is done too."""
    if left := left_undone(PATIENCE):
        broken.append(f"{left} answers of partners were not heard by the worker within {PATIENCE} s")
    told: dict[str, list[float]] = {}
    for visitor in visitors:
        for what, times in visitor.browser.told.items():
            told.setdefault(what, []).extend(times)
    errors = Counter(error for visitor in visitors for error in visitor.browser.errors) + Counter(broken)
    accounts = [visitor.account for visitor in visitors]
    return Held(taken, told, errors, accounts, checked(accounts, work))


def lines(held: Held, people: int) -> list[Line]:
    """The load as lines of the table."""
    whole = [time for times in held.told.values() for time in times]
    found = held.found
    acts = sum(len(marks) for account in held.accounts for marks in account.done.values())
    refused = sum(len(marks) for account in held.accounts for marks in account.refused.values())
    claims = sum(len(account.held) for account in held.accounts)
    what = f"load: {people} partners and {people} staff for {held.seconds:.0f} s"
    errors = "; ".join(f"{error} ({many})" for error, many in held.errors.most_common(8)) or "none"
    return [
        Line(
            what,
            "",
            _answers(whole, held.seconds),
        ),
        Line(f"{what}: errors", "", errors, "", "none", bool(whole) and not held.errors),
        Line(
            f"{what}: {acts:,} acts done, {refused:,} refused since somebody was first",
            "",
            found.words or "each done is there once, none refused is there",
            "",
            "no lost update",
            found.whole,
        ),
        Line(
            f"{what}: {claims} contacts claimed from the queue",
            "",
            f"{found.double} held twice",
            "",
            "none",
            not found.double,
        ),
    ]


def _answers(whole: Sequence[float], seconds: float) -> str:
    """How many answers there were, and the middle and the 95th percentile of their times."""
    if not whole:
        return "no answer at all"
    cuts = quantiles(whole, n=100, method="inclusive") if len(whole) > 1 else [whole[0]] * 99
    return f"{len(whole):,} answers, {len(whole) / seconds:.0f} a second; {cuts[49]:.0f} / {cuts[94]:.0f} ms"
