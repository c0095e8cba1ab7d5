"""Whether the service is well: what a load balancer, an alarm and the demonstration ask."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from frontdoor.access.rules import Kind, address


@address(Kind.NONE)
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; anything else is a fault. Tells nothing else, since anybody may ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    answer = JsonResponse({"well": True})
    answer["Cache-Control"] = "no-store"
    return answer
