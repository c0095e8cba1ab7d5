"""What ten thousand reports by a machine cost a person who reports a real worry meanwhile."""

import multiprocessing
import re
import time
from typing import TYPE_CHECKING, Any

import django

from frontdoor.config.bench.timing import Line, Times

if TYPE_CHECKING:
    from django.test import Client

    from frontdoor.config.bench.measuring import Bench

MANY, FEW = 10_000, 30
A_FULL_RUN = 100
"""So many rounds at least, and the machine sends all of its reports."""
SLOWER = 1.2
QUIET_SECONDS = 20
REPORT = "/peterborough/report/"


def reported(bench: "Bench") -> list[Line]:
    """A machine reports as fast as it is answered; a person reports meanwhile, page after page, from elsewhere."""
    many = MANY if bench.rounds > A_FULL_RUN else FEW
    context = multiprocessing.get_context("spawn")
    answers, begin = context.Queue(), context.Event()
    machine = context.Process(target=_machine, args=(many, begin, answers))
    machine.start()
    answers.get(timeout=300)  # it stands ready
    before = _kept(bench)
    seconds = min(QUIET_SECONDS, bench.rounds / 4)
    quiet = _person(lambda since: time.perf_counter() - since > seconds)
    begin.set()
    meanwhile = _person(lambda _: not answers.empty())
    taken = answers.get(timeout=60)
    machine.join()
    kept = _kept(bench) - before - len(quiet.taken) - len(meanwhile.taken) - 2  # the person's first ones, untimed
    ratio = meanwhile.p95 / quiet.p95
    return [
        Line(
            f"{many:,} reports by a machine from one address", "", f"{kept:,} kept; {many / taken:,.0f} a second", "",
            "each kept", kept == many,
        ),
        Line(
            "the same: a report of somebody else meanwhile, from the first page to the receipt", str(quiet),
            str(meanwhile), f"{ratio:.2f}x", f"p95 at most {SLOWER:g}x", ratio <= SLOWER,
        ),
    ]  # fmt: skip


def _kept(bench: "Bench") -> int:
    ((count,),) = bench.rows("SELECT count(*) FROM contacts_submission WHERE channel = 'web'")
    return int(count)


def _client(address: str) -> "Client":
    from django.test import Client

    return Client(REMOTE_ADDR=address, HTTP_HOST="localhost")


def _report(client: "Client", story: str) -> None:
    """One report as a browser sends it: the first page, the worry, what was typed looked at, the receipt.

    :raises Refused: it had no receipt
    """
    from frontdoor.config.bench.browser import Refused

    client.cookies.clear()
    client.post("/", {"way": "worry"})
    client.get(f"{REPORT}worry/start/")
    for step, typed in (("worry", {"story": story}), ("check", {})):
        page = client.get(f"{REPORT}{step}/").content.decode()
        seen = re.search(r'name="version" value="(\d+)"', page)
        answer = client.post(f"{REPORT}{step}/", {"version": seen[1] if seen else "", **typed})
    if answer.status_code != 302:
        raise Refused(f"{answer.status_code} instead of a receipt")


def _person(until: Any) -> Times:
    """How long a report takes, again and again with a breath between."""
    taken: list[float] = []
    person, number = _client("192.0.2.7"), 0
    _report(person, "A first report")
    since = time.perf_counter()
    while not until(since) or len(taken) < 2:
        began, number = time.perf_counter(), number + 1
        _report(person, f"A child is alone every evening, told for the {number}. time")
        taken.append(1_000 * (time.perf_counter() - began))
        time.sleep(0.05)
    return Times(tuple(taken))


def _machine(many: int, begin: Any, answers: Any) -> None:
    django.setup()
    machine = _client("198.51.100.66")
    answers.put("ready")
    begin.wait()
    began = time.perf_counter()
    for number in range(many):
        _report(machine, f"Cheap shoes {number % 7}")
    answers.put(time.perf_counter() - began)
