"""What two thousand police notices in one batch cost: to the last receipt, to the last contact, and for others."""

import json
import multiprocessing
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django
from django.urls import reverse
from django.utils import timezone

from frontdoor.config.bench.timing import Line, Times

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench

COUNCIL = 873
A_MINUTE = 2_000
MANY, FEW = 2_000, 100
SLOWER = 1.2
QUIET_SECONDS = 20


def rows(many: int) -> list[dict[str, Any]]:
    """Notices of one night: two children and two adults each, every third of an incident with two others."""
    night = uuid4().hex[:8]
    return [
        {
            "police_reference": f"{night}-{number:04d}", "force": "Cambridgeshire Constabulary",
            "desk": "Protection desk",
            "incident_reference": f"{night}-{number // 3}" if number % 3 == 0 else "", "email": "desk@example.org",
            "kind": "domestic_abuse", "risk_grade": "medium", "address": f"{number} Mill Lane", "postcode": "CB1 1ZZ",
            "narrative": "Officers were called to an argument. " * 12,
            "children": [
                {"given_name": name, "family_name": f"Fen{night}{number}", "age": "7", "present": "yes"}
                for name in ("Ida", "Otto")
            ],
            "adults": [
                {"given_name": name, "family_name": f"Fen{night}{number}", "lives_there": "yes"}
                for name in ("Cora", "Leo")
            ],
        }
        for number in range(many)
    ]  # fmt: skip


def taken_in(bench: "Bench") -> list[Line]:
    """One batch in a process of its own, and its contacts by one worker, while somebody else opens the queue page."""
    many = MANY if bench.rounds > FEW else FEW
    path = reverse("desk:queue")
    context = multiprocessing.get_context("spawn")
    answers, begin = context.Queue(), context.Event()
    sender = context.Process(target=_send, args=(bench.user.pk, many, begin, answers))
    sender.start()
    answers.get(timeout=300)  # it stands ready
    seconds = min(QUIET_SECONDS, bench.rounds / 4)
    quiet = _pages(bench, path, until=lambda since: time.perf_counter() - since > seconds)
    counter = context.Process(target=_count, daemon=True)
    counter.start()
    beside = _pages(bench, path, until=lambda since: time.perf_counter() - since > seconds)
    counter.terminate()
    begin.set()
    meanwhile = _pages(bench, path, until=lambda _: not answers.empty())
    receipted, made = answers.get(timeout=600)
    sender.join()
    ratio = meanwhile.p95 / quiet.p95
    return [
        _rate(f"{many:,} police notices in one batch, to the last receipt", many, receipted),
        _rate("the same, to the last contact, by one worker", many, receipted + made),
        Line(
            "the same: the queue page of somebody else meanwhile", str(quiet), str(meanwhile), f"{ratio:.2f}x",
            f"p95 at most {SLOWER:g}x", ratio <= SLOWER,
        ),
        Line(
            "the queue page while a process beside it only counts", str(quiet), str(beside),
            f"{beside.p95 / quiet.p95:.2f}x", "", None,
        ),
    ]  # fmt: skip


def _rate(what: str, many: int, seconds: float) -> Line:
    rate = 60 * many / seconds
    return Line(
        what, "", f"{seconds:.1f} s: {rate:,.0f} a minute", "", f"at least {A_MINUTE:,} a minute", rate >= A_MINUTE
    )


def _pages(bench: "Bench", path: str, *, until: Any) -> Times:
    """How long the page takes, opened again and again with a breath between, as people do."""
    bench.browser.get(path)
    taken: list[float] = []
    since = time.perf_counter()
    while not until(since) or len(taken) < 2:
        began = time.perf_counter()
        bench.browser.get(path)
        taken.append(1_000 * (time.perf_counter() - began))
        time.sleep(0.05)
    return Times(tuple(taken))


def _count() -> None:
    """Keep a processor busy with nothing: what any work at all costs a page on this machine."""
    while True:
        pass


def _send(user: int, many: int, begin: Any, answers: Any) -> None:
    """Take in the batch, and do its jobs as the worker does, one after the other."""
    django.setup()
    from frontdoor.access.models import User
    from frontdoor.access.queries import actor_for
    from frontdoor.actors.actions import acting_for
    from frontdoor.contacts.actions import notices

    at = timezone.now()
    actor, sent = actor_for(User.objects.get(pk=user), at=at), rows(many)
    answers.put("ready")
    begin.wait()
    began = time.perf_counter()
    with acting_for(COUNCIL, by=actor) as by:
        notices.take_batch(sent, idem=str(uuid4()), by=by, at=timezone.now())
    receipted = time.perf_counter() - began
    while _one_job():
        pass
    answers.put((receipted, time.perf_counter() - began - receipted))


def _one_job() -> bool:
    """Do the next job that makes contacts of notices; whether there was one."""
    from django.db import connection

    from frontdoor.background.actions import carry_out

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, args FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'contacts.notices'"
            " ORDER BY id LIMIT 1"
        )
        found = cursor.fetchone()
    if found is None:
        return False
    number, given = found
    ids = dict(json.loads(given) if isinstance(given, str) else given)
    carry_out("contacts.notices", authority=int(ids.pop("authority")), at=timezone.now(), **ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [number])
    return True
