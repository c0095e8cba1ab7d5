"""People who sit at the telephone, each in a browser of their own."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.worlds import World


@pytest.fixture
def sits(new_page: Callable[..., Page], site: str, world: World) -> Callable[..., Page]:
    """Opens a browser in which somebody of a role has signed in, or signs them in at one that is open.

    Options are those of a playwright context.
    """

    def opened(
        role: str = "contact_officer", *, at: Page | None = None, second: bool = False, **options: object
    ) -> Page:
        page = at or new_page(**options)
        client = world.signed_in(Client(), world.user(role, second=second))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return opened
