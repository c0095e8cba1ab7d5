"""What every act on analysis, recommendation and decision does alike: where the enquiry stands, and what ends."""

from collections.abc import Collection
from datetime import datetime

from frontdoor.actors.rules import Actor, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.actions.after_enquiry import become
from frontdoor.handovers import actions as handovers
from frontdoor.mash.actions.enquiries.rows import CHILD, KIND, children
from frontdoor.mash.models import Decision, Enquiry, Recommendation, Subject
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import State, Step, after


def moved(enquiry: Enquiry, step: Step, *, by: Actor, at: datetime) -> None:
    """Let the state of an enquiry follow from its children; the act saves it. Decided, its clocks have done."""
    those = children(enquiry, by=by)
    decided = queries.standing_decisions(those, by=by)
    waiting = queries.standing_recommendations(those, by=by).keys() - decided.keys()
    before = State(enquiry.state)
    wanted = rules.state_of(before, children=len(those), recommended=len(waiting), decided=len(decided))
    if wanted is before:
        return
    enquiry.state = after(before, step).value
    subject = (KIND, enquiry.key)
    if wanted is State.DECIDED:
        clocks.stop(*kinds.DECIDE.values(), subject=subject, by=by, at=at)
    elif before is State.DECIDED:
        (clock,) = clocks.start(
            kinds.DECIDE[enquiry.rating], subject=subject, team_id=enquiry.team_id, owner_id=enquiry.holder,
            label=enquiry.reference, by=by, at=at,
        )  # fmt: skip
        enquiry.due_at = clock.due_at


def end(row: Recommendation, why: str, *, by: Actor, at: datetime) -> None:
    """End a recommendation, and keep it."""
    row.ended_at, row.ended_why, row.ended_by = at, why, by.user_id
    row.save(update_fields=["ended_at", "ended_why", "ended_by"])


def void(child: Subject, decision: Decision, why: str, *, by: Actor, at: datetime) -> None:
    """Take a decision out of force and keep it; what it sent and nobody has accepted is taken back too."""
    decision.voided_at, decision.voided_why, decision.voided_by = at, why, by.user_id
    decision.save(update_fields=["voided_at", "voided_why", "voided_by"])
    if decision.recommendation.ended_at is None:
        end(decision.recommendation, why, by=by, at=at)
    handovers.withdraw_all((CHILD, child.key), reason=why, by=by, at=at)
    for matter in queries.matters_of(child, by=by):
        become(matter.key, "", by=by, at=at)


def begin_anew(
    enquiry: Enquiry, why: str, *, staying: Collection[int] = (), by: Actor, at: datetime
) -> tuple[int, int]:
    """Void every decision and end every recommendation of an enquiry whose grounds have changed; all are kept.

    :param staying: numbers of the children for whom nothing changes
    :returns: how many decisions, and how many recommendations that nobody had decided on
    """
    those = [child for child in children(enquiry, by=by) if child.pk not in staying]
    decided = queries.standing_decisions(those, by=by)
    for child in those:
        if child.pk in decided:
            void(child, decided[child.pk], why, by=by, at=at)
    waiting = queries.standing_recommendations(those, by=by)
    for row in waiting.values():
        end(row, why, by=by, at=at)
    return len(decided), len(waiting)


def may_take_back(decision: Decision, *, by: Actor) -> None:
    """Let only whoever decided take a decision out of force, or a head of service (domain 3.6).

    :raises StepNotAllowed: `by` is neither
    """
    if not queries.takes_back(decision, by=by):
        raise StepNotAllowed(
            "A child of this enquiry was decided by somebody else. They take it back themselves, or a head of service."
        )
