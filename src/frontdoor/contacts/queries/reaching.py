"""How a family that asked for help for itself asked to be reached: the one thing of who told us that the hub reads."""

from dataclasses import dataclass

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Referrer

OWN_REQUEST = {"channel": "web", "sub_type": "early_help_request"}
"""Only a family's own request comes so by the public form from somebody of a family; whoever plans one is at work."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How whoever asked is to be answered.

    :param route: in words
    :param place: the number or address for it, as they gave it
    :param note: when or how it is not safe
    """

    name: str
    relationship: str
    route: str
    place: str
    note: str


def asked_itself(contact: int, *, by: Actor) -> Reached | None:
    """How the family of a contact asked to be reached when it asked for help for itself; None for every other contact.

    Somebody else of the family who told us of a worry stays in their compartment, whoever reads. Part of a page whose
    opening is recorded.

    :raises NotPermitted: `by` does not keep early help
    """
    found = within(by, Contact.objects.filter(pk=contact, **OWN_REQUEST)).values_list("pk", "authority_id").first()
    if found is None:
        return None
    require(by, Permission.EARLY_HELP_KEEP, authority=found[1])
    rows = Referrer.objects.filter(contact_id=found[0], kind="family", identity="given")
    row = within(by, rows).order_by("id").first()
    if row is None:
        return None
    place = {"email": row.email, "phone": row.phone, "text": row.phone, "letter": row.address}.get(row.route, "")
    return Reached(row.name, row.relationship, codes.FEEDBACK_ROUTES[row.route].label, place, row.route_note)
