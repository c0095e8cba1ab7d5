"""Whether the service is well: what a load balancer, an alarm and the demonstration ask."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from frontdoor.access.rules import Kind, address
from frontdoor.actors.actions import acting_for, forget
from frontdoor.actors.rules import CLOCK_SWEEP
from frontdoor.clocks import queries as clocks
from frontdoor.councils.queries import councils


@address(Kind.NONE)
def health(request: HttpRequest) -> HttpResponse:
    """200 while the service is well; 503 while the clocks of a council are not swept, or what was swept is not told.

    It says which of the two parts is unwell and nothing else, since anybody may ask: no council, no number.
    """
    at = timezone.now()
    silent = False
    forget()  # a page of no council acts as the sign-in; here each council is asked in turn
    for council in councils(on=at):
        with acting_for(council.pk, by=CLOCK_SWEEP) as by:
            silent = silent or clocks.sweep_silent(by=by, at=at) or clocks.untold(by=by, at=at) > 0
    return _answer({"well": not silent, "database": True, "clocks": not silent}, 503 if silent else 200)


@address(Kind.NONE)
def alive(request: HttpRequest) -> HttpResponse:
    """200 while this process answers and reaches the database: what a load balancer asks before it sends people here.

    Pages work while no clock is swept, so that a worker that stands still takes no page away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return _answer({"alive": True}, 200)


def _answer(said: dict[str, bool], status: int) -> HttpResponse:
    answer = JsonResponse(said, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
