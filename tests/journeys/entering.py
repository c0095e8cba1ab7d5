"""Signed-in browsers for journeys, one a person, each with cookies of their own."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.worlds import CAMBRIDGESHIRE, World


def entered(
    new_page: Callable[..., Page], site: str, world: World, role: str, *, council: int = CAMBRIDGESHIRE,
    second: bool = False, **options: Any,
) -> Page:  # fmt: skip
    """A page in which the person of a role has signed in; options are those of a playwright context."""
    page, client = new_page(**options), world.signed_in(Client(), world.user(role, council=council, second=second))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page
