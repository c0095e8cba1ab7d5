"""Between hands: what becomes of a child's matter while the slips of its decision are on their way."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdoor.contacts.rules.states import MatterState, Step
from frontdoor.handovers.rules import State

BACK = frozenset({State.REFUSED, State.CORRECTED, State.ESCALATED})
"""States of a slip that is with its giver: refused, sent back to be put right, or refused twice."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One slip of a decision.

    :param main: it carries the outcome itself; the others run beside it
    """

    state: State
    main: bool = True


def next_step(matter: str, slips: Sequence[Passed]) -> Step | None:
    """The step by which a matter that was passed on follows its slips as they stand now; None where it stands right.

    It asks only how the slips stand, never what happened last: news may come late, twice or in another order. A main
    slip that the giver took back leaves nothing of the decision to carry out, so it is void (domain 1.13: reopened).
    """
    if matter not in (MatterState.ACTIONED, MatterState.BACK) or not slips:
        return None
    if any(slip.main and slip.state is State.WITHDRAWN for slip in slips):
        return Step.VOID
    if any(slip.state in BACK for slip in slips):
        return Step.COME_BACK if matter == MatterState.ACTIONED else None
    if any(slip.state is State.SENT for slip in slips):
        return Step.GO_AGAIN if matter == MatterState.BACK else None
    return Step.CLOSE
