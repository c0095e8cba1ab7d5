"""What is put into the other council's hands: rows that the giver may insert and never read back.

Keys are made in Python and no row has a value of the database's making, so that Django sends no RETURNING: that would
need the right to read.
"""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.rules import Actor, acting_council
from frontdoor.background.actions import later
from frontdoor.handovers import rules
from frontdoor.handovers.actions.slips import signature
from frontdoor.handovers.models import Copy, Handover, Notice


def travels(slip: Handover) -> bool:
    """Whether the receiver is another council that works here, so that it has a copy of its own."""
    return slip.to_authority_id != slip.authority_id and not slip.to_outside


def pass_copy(slip: Handover, *, by: Actor, changed: str = "") -> None:
    """Insert the receiver's copy: what is passed, the first receipt, and nothing else of the giver's record."""
    if not travels(slip):
        return
    copy = Copy.objects.create(
        authority_id=slip.to_authority_id, from_authority_id=slip.authority_id, slip=slip.key, leg=slip.leg,
        subject_kind=slip.subject_kind, function=slip.to_function, summary=slip.summary,
        why="\n\n".join(filter(None, (slip.why, changed))), rating=slip.rating, section47=slip.section47,
        urgent=slip.urgent, payload=slip.payload, sent_by=signature(by), received_at=slip.received_at,
        sent_at=slip.sent_at, due_at=slip.due_at,
    )  # fmt: skip
    later("handovers.arrived", council=slip.to_authority_id, copy=str(copy.pk))


def pass_withdrawal(slip: Handover, *, reason: str, by: Actor, at: datetime) -> None:
    """Tell the other council that the slip is withdrawn."""
    if not travels(slip):
        return
    notice = Notice.objects.create(
        authority_id=slip.to_authority_id, from_authority_id=slip.authority_id, slip=slip.key, leg=slip.leg,
        kind=rules.State.WITHDRAWN.value, text=reason, said_by=signature(by), said_at=at,
    )  # fmt: skip
    later("handovers.recalled", council=slip.to_authority_id, notice=str(notice.pk))


def pass_answer(
    copy: Copy, *, text: str, wrong: str, manager: str, talked_at: datetime | None, by: Actor, at: datetime
) -> UUID:
    """Send the answer back to the council that gave the slip; a job there closes it as of this instant.

    :returns: the notice's key
    """
    notice = Notice.objects.create(
        authority_id=copy.from_authority_id, from_authority_id=acting_council(by), slip=copy.slip, leg=copy.leg,
        kind=copy.state, text=text, wrong=wrong, manager=manager, talked_at=talked_at, said_by=signature(by),
        said_at=at,
    )  # fmt: skip
    later("handovers.answered", council=copy.from_authority_id, notice=str(notice.pk))
    return notice.pk
