"""Reading the one draft that this browser holds the key of."""

from datetime import datetime

from frontdoor.actors.rules import Actor
from frontdoor.portal.models import Draft


def draft(*, by: Actor, at: datetime) -> Draft | None:
    """The report that this browser is writing; none once it has ended or run out."""
    if not by.draft:
        return None
    return Draft.objects.filter(holder=by.draft, until__gt=at).first()
