"""The world that tests stand on: two councils under one agreement, with an account for each role in both.

It is the demonstration's own (`frontdoor.config.demo.organisation`), made once a run in the template database, so that
it costs a test nothing and stands alike in rolled-back tests, in `own_database` and behind the live `site`.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from time_machine import escape_hatch

from frontdoor.config.commands.make_seal_key import make_key

if TYPE_CHECKING:  # the models can be imported only when Django stands, and plugins are imported before
    from django.test import Client

    from frontdoor.access.models import ApiClient, User
    from frontdoor.actors.rules import Actor
    from frontdoor.organisations.models import Agency, Team

PASSWORD = "correct horse battery stable"
MADE_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When somebody of the world acts unless a test says otherwise; the agreement is in force then."""
CAMBRIDGESHIRE, PETERBOROUGH = 873, 874


def furnish() -> None:
    """Make the world, as the application would."""
    from frontdoor.config.demo import answering, organisation, sending
    from frontdoor.config.sealing import seal_everything

    # The true time: the test that comes first may have moved its own clock, and all the others stand on this world.
    moved = escape_hatch.is_travelling()
    today = escape_hatch.datetime.datetime.now(UTC) if moved else datetime.now(UTC)
    organisation.make(at=today, password=PASSWORD)
    sending.make(at=today, password=PASSWORD)
    answering.make(at=today, password=PASSWORD)
    seal_everything(today)


KEYS = "frontdoor-seal-"
"""How the directory of a run's keys is named; the number of its process follows."""


def sweep_what_the_killed_left(place: Path) -> None:
    """Take away the keys of runs that were killed before they could; those that still run keep theirs."""
    for folder in place.glob(f"{KEYS}*-*"):
        number = folder.name.removeprefix(KEYS).partition("-")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists() and folder.stat().st_uid == os.getuid():
            shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give the run a key for the seals of the trail, before the settings are read."""
    if hasattr(config, "workerinput"):
        return
    sweep_what_the_killed_left(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{KEYS}{os.getpid()}-"))
    config.add_cleanup(lambda: shutil.rmtree(folder))
    make_key(folder / "seal.key")
    os.environ["FRONTDOOR_SEAL_KEY_FILE"] = str(folder / "seal.key")
    os.environ["FRONTDOOR_SEAL_DIRECTORY"] = str(folder / "given-out")
    (folder / "field.key").write_text(f"{secrets.token_hex(32)}\n")
    os.environ["FRONTDOOR_FIELD_KEY_FILE"] = str(folder / "field.key")
    os.environ["FRONTDOOR_DOWN_DIRECTORY"] = str(folder / "down")


class World:
    """Finds people, teams and councils of the world, and lets them act."""

    slugs: ClassVar[Mapping[int, str]] = MappingProxyType(
        {CAMBRIDGESHIRE: "cambridgeshire", PETERBOROUGH: "peterborough"}
    )

    @cached_property
    def agencies(self) -> dict[str, "Agency"]:
        """Agencies by name."""
        from frontdoor.organisations.models import Agency

        return {agency.name: agency for agency in Agency.objects.all()}

    def user(self, role: str, *, council: int = CAMBRIDGESHIRE, second: bool = False) -> "User":
        """The account of a role whose own post is in a council's team."""
        from frontdoor.access.models import User
        from frontdoor.access.rules import Role
        from frontdoor.config.demo import organisation

        return User.objects.get(email=organisation.email_of(Role(role), authority=council, second=second))

    def sender(self, code: str) -> "User":
        """The account of somebody who sends for an agency: `school-lead`, `school`, `police-desk`, `health-trust`."""
        from frontdoor.access.models import User
        from frontdoor.config.demo import sending

        return User.objects.get(email=next(each.email for each in sending.SENDERS if each.code == code))

    def sending(self, code: str, *, council: int = PETERBOROUGH) -> AbstractContextManager["Actor"]:
        """`with world.sending("school") as by:` lets somebody act as their agency's sender, in the portal's role."""
        from frontdoor.access.queries import sending
        from frontdoor.actors.actions import acting_for

        found = sending(self.sender(code), at=datetime.now(UTC))
        assert found is not None
        return acting_for(council, by=found.actor)

    def partner(self, code: str) -> "User":
        """The account of somebody who answers for an agency: `police-mash`, `health-mash`, `school-mash`, `idva`."""
        from frontdoor.access.models import User
        from frontdoor.config.demo import answering

        return User.objects.get(email=next(each.email for each in answering.PARTNERS if each.code == code))

    def answering(self, code: str, *, council: int = PETERBOROUGH) -> AbstractContextManager["Actor"]:
        """`with world.answering("idva") as by:` lets somebody act as their agency's partner, in the portal's role."""
        from frontdoor.access.queries import answering
        from frontdoor.actors.actions import acting_for

        found = answering(self.partner(code), at=datetime.now(UTC))
        assert found is not None
        return acting_for(council, by=found.actor)

    def actor(
        self,
        role: str,
        *,
        council: int = PETERBOROUGH,
        of: int = CAMBRIDGESHIRE,
        second: bool = False,
        at: datetime | None = None,
    ) -> "Actor":
        """An actor as a request would make it: the person of `role` employed by council `of`, acting for `council`.

        Only a value: use it inside `acting_for(council, by=actor)`, or `world.acting(...)`.

        :param at: the instant at which reach is worked out
        """
        from frontdoor.access.queries import actor_for

        return actor_for(self.user(role, council=of, second=second), at=at or MADE_AT).at(council)

    def acting(self, role: str, **where: Any) -> AbstractContextManager["Actor"]:
        """`with world.acting("team_manager") as by:` lets the person act for the council inside the block."""
        from frontdoor.actors.actions import acting_for

        by = self.actor(role, **where)
        return acting_for(by.authority, by=by)

    def system(self, actor: "Actor", *, council: int = PETERBOROUGH) -> AbstractContextManager["Actor"]:
        """`with world.system(SEEDER) as by:` lets a system actor act."""
        from frontdoor.actors.actions import acting_for

        return acting_for(council, by=actor)

    def team(self, function: str, *, council: int = PETERBOROUGH) -> "Team":
        """A council's team for a function."""
        from frontdoor.organisations.models import Team

        return Team.objects.get(authority_id=council, function=function)

    def agree_until(self, day: date | None, *, council: int = PETERBOROUGH) -> None:
        """Let every agreement of the council end with that day, as if it had been agreed so."""
        from frontdoor.actors.rules import SEEDER
        from frontdoor.organisations.models import Delegation

        with self.system(SEEDER, council=council):
            Delegation.objects.filter(authority_id=council).update(ends_on=day)

    def api_client(
        self, *, council: int = PETERBOROUGH, agency: str = "Whittle Brook Primary School"
    ) -> tuple["ApiClient", str]:
        """A new API client of a council, and its secret."""
        from frontdoor.access.actions import make_client
        from frontdoor.actors.rules import SEEDER

        with self.system(SEEDER, council=council) as by:
            return make_client(
                f"Client {secrets.token_hex(4)}", agency=self.agencies[agency], purpose="Sends reports",
                by=by, at=datetime.now(UTC) - timedelta(minutes=1),
            )  # fmt: skip

    def code(self, user: "User") -> str:
        """The present second factor of an account; it works once in thirty seconds."""
        from allauth.mfa.models import Authenticator
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
        from allauth.mfa.utils import decrypt

        kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        counter = int(datetime.now(UTC).timestamp()) // 30
        return format_hotp_value(hotp_value(decrypt(kept.data["secret"]), counter))

    def signed_in(self, client: "Client", user: "User", *, factor: str = "mfa", at: datetime | None = None) -> "Client":
        """Give Django's test client a session as sign-in leaves it: password, second factor, and since when.

        :param factor: "" for a session that stopped before the second factor
        :returns: the client
        """
        from allauth.account.internal.userkit import user_id_to_str

        from frontdoor.actors.actions import acting_for
        from frontdoor.actors.rules import SERVICE, SIGN_IN

        with acting_for(SERVICE, by=SIGN_IN):
            client.force_login(user)
        now = (at or datetime.now(UTC)).timestamp()
        session = client.session
        session["signed_in_at"] = session["seen_at"] = now
        session["account_authentication_methods_user"] = user_id_to_str(user)
        session["account_authentication_methods"] = [{"method": "password", "at": now, "email": user.email}]
        if factor:
            session["account_authentication_methods"] += [{"method": factor, "at": now, "type": "totp"}]
        session.save()
        return client


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """The world, in whichever database the test uses: a rolled-back transaction unless it asks for its own."""
    if not {"own_database", "site"} & set(request.fixturenames):
        request.getfixturevalue("db")
    return World()


@pytest.fixture
def signed(world: World, client: "Client") -> "Callable[..., Client]":
    """Signs somebody in on the test's client, by role and what `World.user` takes, and gives the client."""

    def signed_in(role: str, **which: Any) -> "Client":
        return world.signed_in(client, world.user(role, **which))

    return signed_in
