"""A room above letters, as a test needs it: it keeps people to be told, and finds them when it is asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands, and this file is imported before
    from frontdoor.letters.models import Letter
    from frontdoor.letters.rules import Recipient
    from tests.letters.provider import Provider

AT = datetime(2026, 3, 24, 10, tzinfo=UTC)
"""A Tuesday morning; what is owed within one working day is due at the end of Wednesday."""
RECEIVED = AT - timedelta(minutes=20)
KIND = "tests.contact"
REFERENCE = "874-W-000042"


class Compartment:
    """Whom the tests' room knows, by key."""

    def __init__(self) -> None:
        self.people: dict[UUID, Recipient] = {}
        self.opened: list[UUID] = []

    def add(self, **said: Any) -> UUID:
        from frontdoor.letters.rules import Recipient, Route

        usual = {
            "kind": "professional", "identity": "given", "route": Route.EMAIL, "name": "Petra Lindqvist",
            "email": "petra.lindqvist@example.org", "phone": "07700 900123", "address": "1 School Lane, Ely",
        }  # fmt: skip
        key = uuid4()
        self.people[key] = Recipient(**(usual | said))
        return key

    def change(self, key: UUID, **said: Any) -> None:
        self.people[key] = replace(self.people[key], **said)

    def find(self, subject_key: UUID, recipient_key: UUID, *, by: Any, at: datetime) -> "Recipient":
        from frontdoor.actors.rules import NotFound

        self.opened.append(recipient_key)
        if recipient_key not in self.people:
            raise NotFound
        return self.people[recipient_key]


@pytest.fixture
def compartment() -> Iterator[Compartment]:
    from frontdoor.letters.rules import recipients

    kept = dict(recipients._RESOLVERS)
    room = Compartment()
    recipients.resolver(KIND, room.find)
    yield room
    recipients._RESOLVERS.clear()
    recipients._RESOLVERS.update(kept)


@pytest.fixture
def provider(settings: Any) -> "Provider":
    """A provider that can be asked, as ours can."""
    from tests.letters.provider import Asked, use

    return use(settings, Asked)


@pytest.fixture
def acknowledge(world: World, compartment: Compartment) -> Callable[..., "Letter"]:
    """Plans an acknowledgement to somebody described by keywords, as the job that takes a report in does."""
    from frontdoor.actors.rules import PUBLIC_INTAKE
    from frontdoor.letters import actions, rules

    def plan(*, at: datetime = AT, subject: UUID | None = None, recipient: UUID | None = None, **said: Any) -> "Letter":
        facts = rules.Facts(REFERENCE, RECEIVED)
        with world.system(PUBLIC_INTAKE) as by:
            return actions.plan_acknowledgement(
                (KIND, subject or uuid4()), recipient=recipient or compartment.add(**said), facts=facts, team_id=1,
                by=by, at=at,
            )  # fmt: skip

    return plan


@pytest.fixture
def tell_outcome(world: World, compartment: Compartment) -> Callable[..., "Letter"]:
    """Plans the telling of a decision for two children, as the manager's decision does."""
    from frontdoor.letters import actions, rules

    def plan(
        *,
        at: datetime = AT,
        subject: UUID | None = None,
        recipient: UUID | None = None,
        occasion: str = "",
        **said: Any,
    ) -> "Letter":
        told = (rules.Told("Noah Hallam", "early_help", reason="School and mother agree."), rules.Told("Ivy", "nfa"))
        facts = rules.Facts(REFERENCE, RECEIVED, decided_at=at, contact="the hub, 01632 960124", told=told)
        with world.acting("team_manager") as by:
            return actions.plan_outcome(
                (KIND, subject or uuid4()), recipient=recipient or compartment.add(**said), facts=facts, team_id=1,
                occasion=occasion, by=by, at=at,
            )  # fmt: skip

    return plan


@pytest.fixture
def send(world: World) -> Callable[..., str]:
    """Sends a letter as the job does, in its two transactions; gives its state."""
    from frontdoor.actors.rules import MAILER
    from frontdoor.letters import actions

    def go(letter: "Letter", at: datetime = AT) -> str:
        with world.system(MAILER) as by:
            taken = actions.take_up(letter.key, by=by, at=at)
        if taken:
            with world.system(MAILER) as by:
                actions.send_now(letter.key, by=by, at=at)
        return read(letter).state

    def read(letter: "Letter") -> "Letter":
        with world.system(MAILER):
            letter.refresh_from_db()
        return letter

    return go


@pytest.fixture
def now(world: World) -> Callable[["Letter"], "Letter"]:
    """A letter as it stands now."""
    from frontdoor.actors.rules import MAILER

    def read(letter: "Letter") -> "Letter":
        with world.system(MAILER):
            letter.refresh_from_db()
        return letter

    return read
