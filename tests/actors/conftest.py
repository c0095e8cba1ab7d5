"""What the tests of the spine share: addresses of every kind, and an eye on the connection between requests."""

from typing import Any

import pytest
from django.test import Client

from tests.worlds import World


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    """The addresses of `tests/actors/pages.py` in place of the product's."""
    settings.ROOT_URLCONF = "tests.actors.pages"


@pytest.fixture
def worker(world: World) -> Client:
    """The browser of a social worker whose reach holds both councils."""
    return world.signed_in(Client(raise_request_exception=False), world.user("social_worker"))


@pytest.fixture
def public(world: World) -> Client:
    """The browser of somebody without an account."""
    return Client(raise_request_exception=False)
