"""What the tests of reach share: the spine's own addresses, and a clock that stands where a test puts it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.worlds import World

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def spine(settings: Any) -> None:
    """The addresses of `tests/actors/pages.py` in place of the product's."""
    settings.ROOT_URLCONF = "tests.actors.pages"


@pytest.fixture
def status_at(spine: None, world: World) -> Callable[..., int]:
    """What somebody who signed in a minute before is answered at an address, at a London time."""

    def asked(user: Any, path: str, at: str) -> int:
        moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
        with time_machine.travel(moment, tick=False):
            client = world.signed_in(Client(), user)
            return client.get(path).status_code

    return asked
