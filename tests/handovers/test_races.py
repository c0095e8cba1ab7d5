"""Two at once: one wins, and the other is told so."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from frontdoor.actors.actions import forget
from frontdoor.actors.rules import StepNotAllowed
from frontdoor.handovers import actions, rules
from frontdoor.handovers.models import Handover, Turn
from tests.handovers.conftest import AT, KIND, later
from tests.worlds import PETERBOROUGH, World


def _at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all in threads of their own that start together; their results or errors."""
    barrier, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            results.append(act())
        except Exception as failure:  # noqa: BLE001 (the test looks at whatever it was)
            results.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


def _committed(world: World, role: str, act: Callable[[Any], Any], **where: Any) -> Any:
    try:
        with transaction.atomic(), world.acting(role, **where) as by:
            return act(by)
    finally:
        forget()


def test_of_two_who_accept_at_once_one_wins_and_the_other_hears_who_it_was(own_database: str, world: World) -> None:
    slip = _committed(
        world, "social_worker",
        lambda by: actions.send(
            (KIND, uuid.uuid4()), to="assessment", summary="Assessment", why="It is met.", by=by, at=AT
        ),
    )  # fmt: skip

    def accept(role: str) -> Handover:
        return _committed(world, role, lambda by: actions.accept(slip.key, seen=1, by=by, at=later()), of=PETERBOROUGH)

    results = _at_once(lambda: accept("assessment_worker"), lambda: accept("assessment_manager"))
    lost = [result for result in results if isinstance(result, StepNotAllowed)]
    won = [result for result in results if isinstance(result, Handover)]
    assert (len(won), len(lost)) == (1, 1)
    with world.acting("social_worker") as by:
        kept = Handover.objects.get(key=slip.key)
        assert (kept.state, kept.version) == (rules.State.ACCEPTED, 2)
        (line,) = Turn.objects.filter(handover=kept, kind="accepted")
        assert (lost[0].who, by.authority) == (line.by_name, PETERBOROUGH)


def test_of_two_who_hand_over_the_same_at_once_one_slip_is_left(own_database: str, world: World) -> None:
    subject = (KIND, uuid.uuid4())

    def send(second: bool) -> Handover:
        return _committed(
            world, "social_worker",
            lambda by: actions.send(subject, to="mash", summary="Enquiry", why="Unclear.", by=by, at=AT),
            second=second,
        )  # fmt: skip

    results = _at_once(lambda: send(False), lambda: send(True))
    assert sorted(isinstance(result, Handover) for result in results) == [False, True]
    with world.acting("social_worker"):
        assert Handover.objects.count() == 1
