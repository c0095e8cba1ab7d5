"""What was passed on: the children on their way to another team, and the page that whoever received one may read."""

from collections.abc import Iterator

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Matter
from frontdoor.contacts.rules.states import ContactState, MatterState

MATTER = "contacts.matter"
"""What slips call a child's matter."""
CHUNK = 500


def on_their_way(*, by: Actor) -> Iterator[list[Matter]]:
    """Every matter that is with another team or has come back, in chunks, the oldest first."""
    those = Matter.objects.filter(
        state__in=(MatterState.ACTIONED, MatterState.BACK), contact__closed_at=None,
    ).exclude(contact__state__in=_ENDED)  # fmt: skip
    after = 0
    while rows := list(within(by, those.filter(pk__gt=after)).order_by("pk")[:CHUNK]):
        yield rows
        after = rows[-1].pk


_ENDED = (ContactState.CLOSED, ContactState.DUPLICATE, ContactState.VOIDED)
