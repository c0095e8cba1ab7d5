"""What stands for an enquiry at present: whether the family agrees, whether a manager dispensed, the grounds."""

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Agreement as Told
from frontdoor.mash.models import Agreement, Dispensing, Enquiry, Grounds
from frontdoor.mash.rules.asking.grounds import AS_TOLD
from frontdoor.shell.rules import moment


def agreement_of(enquiry: Enquiry, *, by: Actor) -> Agreement | None:
    """What the family said last; None where nobody wrote it down."""
    return within(by, Agreement.objects.filter(enquiry=enquiry)).order_by("-at", "-id").first()


def told_with_contact(enquiry: Enquiry, *, by: Actor) -> tuple[str, str] | None:
    """What the contact recorded last about agreement, to begin with: a position and the words; None where nothing was.

    It was asked about a referral, not about these checks: whoever asks agencies says it anew, or says it is the same.
    """
    rows = Told.objects.select_related("contact").filter(contact=enquiry.contact, status__in=AS_TOLD)
    told = within(by, rows).order_by("-recorded_at", "-id").first()
    if told is None:
        return None
    reason = codes.REASONS_NOT_SOUGHT.get(told.reason_not_sought) if told.reason_not_sought else None
    why = reason.label if reason else told.reason_not_sought
    said = ", ".join(part for part in (told.get_status_display().lower(), told.given_by, why) if part)
    words = f"Written down with contact {told.contact.receipt}, {moment(told.recorded_at)}: {said}"
    return AS_TOLD[told.status], words[:500]


def dispensing_of(enquiry: Enquiry, *, by: Actor) -> Dispensing | None:
    """The newest decision to ask without agreement."""
    return within(by, Dispensing.objects.filter(enquiry=enquiry)).order_by("-at", "-id").first()


def grounds_of(enquiry: Enquiry, *, by: Actor) -> dict[int | None, Grounds]:
    """The newest grounds by desk; those of the enquiry as a whole under None."""
    rows = within(by, Grounds.objects.filter(enquiry=enquiry)).order_by("at", "id")
    return {row.desk_id: row for row in rows}
