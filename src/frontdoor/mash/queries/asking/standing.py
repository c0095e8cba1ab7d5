"""What stands for an enquiry at present: whether the family agrees, whether a manager dispensed, the grounds."""

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.mash.models import Agreement, Dispensing, Enquiry, Grounds


def agreement_of(enquiry: Enquiry, *, by: Actor) -> Agreement | None:
    """What the family said last; None where nobody wrote it down."""
    return within(by, Agreement.objects.filter(enquiry=enquiry)).order_by("-at", "-id").first()


def dispensing_of(enquiry: Enquiry, *, by: Actor) -> Dispensing | None:
    """The newest decision to ask without agreement."""
    return within(by, Dispensing.objects.filter(enquiry=enquiry)).order_by("-at", "-id").first()


def grounds_of(enquiry: Enquiry, *, by: Actor) -> dict[int | None, Grounds]:
    """The newest grounds by desk; those of the enquiry as a whole under None."""
    rows = within(by, Grounds.objects.filter(enquiry=enquiry)).order_by("at", "id")
    return {row.desk_id: row for row in rows}
