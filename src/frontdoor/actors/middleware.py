"""The outer of the two middlewares: one transaction for session, view, rendering and a refusal's entry."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from frontdoor.actors.actions import forget


class Transaction:
    """Stands after security and static files; `Reach`, last in the list, is its inner half.

    ATOMIC_REQUESTS is not used: with it a TemplateResponse would render after the transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # the one instant of this request
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            return response
        finally:
            forget()
