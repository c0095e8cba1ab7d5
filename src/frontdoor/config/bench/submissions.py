"""What it costs to take a contact in: the action against the rows that it writes, by one client and by four."""

import multiprocessing
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django
from django.utils import timezone
from psycopg import ClientCursor, connect

from frontdoor.config.bench.timing import Line, Times, compared, side_by_side
from frontdoor.config.cluster import Cluster

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.config.bench.measuring import Bench
    from frontdoor.config.bench.recording import Rows
    from frontdoor.contacts.rules.intake import Report

CLIENTS = 4
MOST = 3
COUNCIL = 873


def report() -> "Report":
    """What is sent: one child and one adult, by a professional who wants to be told by e-mail."""
    from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report

    child = PersonGiven(
        "child", "Ida", "Fenbourne", date_of_birth=date(2017, 3, 9), sex="F", address="12 Mill Lane",
        postcode="CB1 1ZZ", school="Whittle Brook Primary School",
    )  # fmt: skip
    adult = PersonGiven(
        "adult", "Cora", "Fenbourne", date_of_birth=date(1990, 8, 2), sex="F", address="12 Mill Lane",
        postcode="CB1 1ZZ", relationship="mother",
    )  # fmt: skip
    sender = ReferrerGiven(
        "professional", "given", name="Leo Brookbeck", role="Teacher", agency="Whittle Brook Primary School",
        email="office@example.org", route="email",
    )  # fmt: skip
    return Report(
        story="Ida said that home is loud at night and that she does not sleep.", danger="no", source_code="2A",
        people=(child, adult), referrer=sender,
    )  # fmt: skip


def by_the_public(given: "Report") -> Any:
    """The public sends it, in a transaction as the portal's role: submission, clocks, job, receipt, entry."""
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import PUBLIC
    from frontdoor.contacts import actions

    with acting_for(COUNCIL, by=PUBLIC) as by:
        return actions.submit(given, channel="web", idem=str(uuid4()), by=by, at=timezone.now())


def sent_and_taken_in(given: "Report") -> Any:
    """The same, and what its job does at once after, in a transaction of its own: the contact and all its rows."""
    from frontdoor.actors.actions import acting_for
    from frontdoor.actors.rules import PUBLIC_INTAKE
    from frontdoor.contacts import actions

    receipt = by_the_public(given)
    with acting_for(COUNCIL, by=PUBLIC_INTAKE) as by:
        return actions.take_in(str(receipt.submission), by=by, at=timezone.now())


def by_staff(given: "Report", actor: "Actor") -> Any:
    """Staff take it in: everything in one transaction."""
    from frontdoor.actors.actions import acting_for
    from frontdoor.contacts import actions

    with acting_for(COUNCIL, by=actor) as by:
        _, contact = actions.submit_and_take_in(given, channel="phone", idem=str(uuid4()), by=by, at=timezone.now())
        return contact


def submitted(bench: "Bench") -> list[Line]:
    """The three ways in, each against its own rows."""
    from frontdoor.access.queries import actor_for

    given, staff = report(), actor_for(bench.user, at=timezone.now())
    return [
        _against_rows(bench, "contact submitted: the action, in one transaction", lambda: by_staff(given, staff)),
        _against_rows(
            bench, "contact submitted: by the public, then taken in by its job", lambda: sent_and_taken_in(given)
        ),
        _against_rows(bench, "contact submitted: the public's part, up to the receipt", lambda: by_the_public(given)),
    ]  # fmt: skip


def _against_rows(bench: "Bench", what: str, act: Callable[[], Any]) -> Line:
    rows = rows_of(bench, act)
    with bench.session() as session:
        fresh = iter([rows.fresh() for _ in range(bench.rounds + max(3, bench.rounds // 10))])
        below, whole = side_by_side(bench.rounds, lambda: rows.write(session, next(fresh)), act)
    return compared(what, below, whole, MOST)


def rows_of(bench: "Bench", act: Callable[[], Any]) -> "Rows":
    """The rows that an act writes, as they can be written again."""
    from frontdoor.config.bench.recording import Rows, recorded

    for _ in range(3):
        act()
    with recorded() as said:
        made = act()
    contact = getattr(made, "pk", None)
    numbers = {}
    if contact is not None:
        named = bench.rows("SELECT id FROM contacts_named WHERE contact_id = %s ORDER BY id", [contact])
        numbers = {"contacts_contact": [contact], "contacts_named": [number for (number,) in named]}
    return Rows(said, numbers)


def several(bench: "Bench") -> list[Line]:
    """Four clients at once, as many as they can: the public's part, and its rows as plain INSERTs."""
    rows = rows_of(bench, lambda: by_the_public(report()))
    url = bench.cluster.url("frontdoor_app", bench.name)
    floor = _at_once(_write_rows, url, bench.seconds, rows)
    whole = _at_once(_submit, url, bench.seconds, None)
    each = Times(tuple(whole[1]))
    return [
        Line(
            f"contact submitted: the public's part, {CLIENTS} clients", f"{floor[0]:.0f} a second",
            f"{whole[0]:.0f} a second; each {each}", f"{floor[0] / whole[0]:.2f}x",
        )
    ]  # fmt: skip


def _at_once(work: Callable[..., None], url: str, seconds: float, given: Any) -> tuple[float, list[float]]:
    """How many a second all clients did together, and how long each one took."""
    context = multiprocessing.get_context("spawn")
    answers, ready = context.Queue(), context.Barrier(CLIENTS)
    clients = [context.Process(target=work, args=(url, seconds, given, ready, answers)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    taken = [answers.get(timeout=120 + 2 * seconds) for _ in clients]
    for client in clients:
        client.join()
    every = [each for many in taken for each in many]
    return len(every) / seconds, every


def _until(seconds: float, act: Callable[[], object]) -> list[float]:
    taken, ends = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < ends:
        act()
        taken.append(1_000 * (time.perf_counter() - began))
    return taken


def _submit(url: str, seconds: float, given: Any, ready: Any, answers: Any) -> None:
    django.setup()
    given = report()
    by_the_public(given)
    ready.wait()
    answers.put(_until(seconds, lambda: by_the_public(given)))


def _write_rows(url: str, seconds: float, rows: "Rows", ready: Any, answers: Any) -> None:
    django.setup()
    from django.db import connection

    connection.ensure_connection()
    with connect(url, cursor_factory=ClientCursor, context=connection.connection, prepare_threshold=None) as session:

        def write() -> None:
            rows.write(session, rows.fresh())

        write()
        ready.wait()
        answers.put(_until(seconds, write))


def flush(cluster: Cluster, name: str, rounds: int) -> float:
    """How long one commit waits for the disk, in milliseconds."""

    def commit(waits: str) -> Callable[[], None]:
        def once() -> None:
            with superuser.transaction():
                superuser.execute("SELECT set_config('synchronous_commit', %s, true)", [waits])
                superuser.execute("SELECT pg_logical_emit_message(true, 'bench', 'x')")

        return once

    with cluster.connect("postgres", name) as superuser:
        without, waiting = side_by_side(rounds, commit("off"), commit("on"))
    return max(0.0, waiting.p50 - without.p50)
