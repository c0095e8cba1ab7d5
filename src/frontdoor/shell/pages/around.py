"""The frame for allauth's pages, which are Django templates: head, header, footer and scripts as everywhere."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


class Around:
    """The pieces of the base layout, each drawn when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def _piece(self, name: str) -> SafeString:
        # Escaped by the environment that drew it.
        return mark_safe(get_template(f"shell/{name}.html", using="jinja2").render({}, self._request))  # noqa: S308

    def head(self) -> SafeString:
        """Style sheets and what else stands in the head."""
        return self._piece("head")

    def header(self) -> SafeString:
        """The council, the person, the navigation."""
        return self._piece("header")

    def account(self) -> SafeString:
        """What stands among the pages of an account beside those of sign-in."""
        return self._piece("account")

    def notices(self) -> SafeString:
        """The banners of every page."""
        return self._piece("notices")

    def footer(self) -> SafeString:
        """The foot of the page."""
        return self._piece("footer")

    def scripts(self) -> SafeString:
        """The scripts of every page."""
        return self._piece("scripts")


def around(request: HttpRequest) -> dict[str, Any]:
    """Give Django templates the frame as `shell` (a context processor of settings TEMPLATES)."""
    return {"shell": Around(request)}
