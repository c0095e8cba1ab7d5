"""A contact's matter follows what an enquiry of several agencies decided for its child."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.contacts.models import Matter
from frontdoor.trail import actions as trail

ENQUIRY = "mash_enquiry"
"""The outcome of a matter for which agencies are asked: not a final one (domain 1.9)."""


def become(key: UUID, outcome: str, *, by: Actor, at: datetime) -> None:
    """Say what became of a child after the enquiry to which a matter led. Part of the act that decides.

    :param outcome: a code of `codes.OUTCOMES`; empty where the decision was taken back
    :raises NotFound: the council acted for has no such matter
    """
    matter = within(by, Matter.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if matter is None:
        raise NotFound
    wanted = outcome or ENQUIRY
    if matter.outcome == wanted:
        return
    matter.outcome, matter.version = wanted, matter.version + 1
    matter.save(update_fields=["outcome", "version"])
    trail.record("contacts.after_enquiry", subject=matter, by=by, at=at, outcome=wanted)
