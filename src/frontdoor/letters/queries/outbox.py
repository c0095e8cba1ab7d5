"""What waits for another try, and whether the provider rests."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import State


def due_again(*, by: Actor, at: datetime, most: int) -> list[UUID]:
    """The letters whose next try has come, or whose sender died, those tried least first."""
    waiting = Q(state=State.TO_SEND, next_at__lte=at) | Q(state=State.SENDING, tried_at__lte=at - rules.STALE)
    found: QuerySet[Letter] = within(by, Letter.objects.filter(waiting, route__in=rules.ELECTRONIC))
    return list(found.order_by("attempts", "id").values_list("key", flat=True)[:most])


def provider_rests(*, by: Actor, at: datetime) -> bool:
    """Whether a try failed so lately that no other is made now: one letter asks for all if the provider is back."""
    resting = Letter.objects.filter(state=State.TO_SEND, attempts__gt=0, next_at__gt=at, route__in=rules.ELECTRONIC)
    return within(by, resting).exists()
