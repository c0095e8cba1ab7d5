"""Reading the one draft that this browser holds the key of."""

from dataclasses import replace
from datetime import datetime

from frontdoor.actors.actions import tell
from frontdoor.actors.rules import Actor
from frontdoor.portal.actions import holder_of
from frontdoor.portal.models import Draft


def draft(*, by: Actor, at: datetime) -> Draft | None:
    """The report that this browser is writing; none once it has ended or run out."""
    if not by.draft:
        return None
    return Draft.objects.filter(holder=by.draft, until__gt=at).first()


def draft_of(code: str, *, by: Actor, at: datetime) -> Draft | None:
    """The saved report that a code opens; none if there is no such code, it has run out, or the report was not saved.

    The database shows a draft only to whoever names its key, so the key is told for this one question.
    """
    tell(replace(by, draft=holder_of(code)))
    try:
        found = Draft.objects.filter(holder=holder_of(code), until__gt=at).first()
    finally:
        tell(by)
    return found if found is not None and ("saved" in found.data or "sent" in found.data) else None
