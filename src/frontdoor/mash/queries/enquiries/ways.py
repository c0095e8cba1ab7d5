"""Whether a step of an enquiry leads on from where it stands, asked before anybody types: else why not, in words."""

from collections.abc import Sequence

from frontdoor.actors.rules import Actor
from frontdoor.mash.models import Subject
from frontdoor.mash.queries.deciding import standing_decisions
from frontdoor.mash.queries.enquiries.finding import open_of
from frontdoor.mash.queries.enquiries.opening import Opened
from frontdoor.mash.rules import endings
from frontdoor.mash.rules.states import Step, why_not


def decided(those: Sequence[Subject], *, by: Actor) -> str:
    """Why an enquiry of these children does not end undecided; empty where none of them is decided."""
    return endings.DECIDED if standing_decisions(those, by=by) else ""


def barred(opened: Opened, step: Step | None, *, by: Actor) -> str:
    """Why a step cannot be taken now; empty where it can. The action asks the same once more.

    :param step: None for what is done with any open enquiry
    """
    row = opened.enquiry
    if words := why_not(row.state, step):
        return words
    if step in (Step.STAND_DOWN, Step.JOIN) and (words := decided(opened.children, by=by)):
        return words
    if step is Step.REOPEN and (standing := open_of(row.family, by=by)) is not None:
        return f"This family has an open enquiry: {standing.reference}. Go on there."
    return ""
