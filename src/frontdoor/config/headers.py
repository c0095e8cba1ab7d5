"""Headers that every answer carries, also those that are given before anybody is known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ALWAYS = {
    # No page and no file of ours is put into another site's page.
    "Cross-Origin-Resource-Policy": "same-origin",
    # What no page of ours asks a browser for, no page of ours may be made to ask for; passkeys stay.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class Headers:
    """Stands first in the list, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
