"""Taking the rows of the screening: locked, of the council acted for, and settled again when they have changed."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, StepNotAllowed
from frontdoor.contacts.models import Contact, Matter, Question
from frontdoor.contacts.rules import intake, states
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.contacts.rules.states import ENDED

Key = UUID | str
"""A row's key, as an address or a caller gives it."""


def contact_taken(key: Key, *, by: Actor) -> Contact:
    """The contact, locked; not against rows that point at it, so that nobody who acts now ever waits for us.

    :raises NotFound: none of the council acted for has that key
    """
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def family_taken(key: Key, *, by: Actor) -> tuple[Contact, list[Contact]]:
    """The contact with all of its family that are being screened, every row locked in the order of their numbers.

    Whoever locks more than one contact does so in this order, so that two never wait for each other in a ring.

    :raises NotFound: none of the council acted for has that key
    """
    family = within(by, Contact.objects.filter(key=key)).values_list("family", flat=True).first()
    if family is None:
        raise NotFound
    rows = all_taken(family, by=by)
    found = next((row for row in rows if str(row.key) == str(key)), None)
    return (found or contact_taken(key, by=by)), rows


def all_taken(family: UUID, *, by: Actor) -> list[Contact]:
    """Every contact of a family that is being screened, locked in the order of their numbers."""
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    return list(within(by, locked.filter(family=family, closed_at=None, state__in=WAITING)).order_by("id"))


def still_open(contact: Contact) -> None:
    """Go on only with a contact that is not closed.

    :raises StepNotAllowed: it is
    """
    if contact.state in ENDED:
        raise StepNotAllowed(f"{dict(states.STATES)[contact.state]}.", when=contact.closed_at)


def qualified(by: Actor, permission: Permission) -> int:
    """The number of a social worker's account: for what only a registered social worker may do.

    :raises NotPermitted: `by` is not one
    """
    if not by.qualified or by.user_id is None:
        raise NotPermitted(permission)
    return by.user_id


def person(by: Actor, permission: Permission) -> int:
    """The number of the account that acts: for what no system does.

    :raises NotPermitted: a system acts
    """
    if by.user_id is None:
        raise NotPermitted(permission)
    return by.user_id


def restate(contact: Contact, *, by: Actor) -> None:
    """Let state and danger follow again from what is known; what is closed stays so. The caller saves."""
    contact.danger_rank = intake.danger_rank(
        said=contact.danger_said, looked=_latest_look(contact, by), flagged=contact.flag_stands,
        doubted=contact.danger_rank == intake.DOUBTED,
    )  # fmt: skip
    if contact.state in ENDED:
        return
    matters = within(by, Matter.objects.filter(contact=contact)).values_list("state", flat=True)
    asked = within(by, Question.objects.filter(contact=contact, state="asked")).exists()
    contact.state = states.contact_state(
        list(matters), looked=bool(contact.looked), held=contact.holder is not None, asked=asked
    )


def _latest_look(contact: Contact, by: Actor) -> str:
    if not contact.looked:
        return ""
    return within(by, contact.looks.order_by("-id")).values_list("danger", flat=True).first() or ""


def touch(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Work by its holder keeps a contact in their hands. The caller saves."""
    if contact.holder is not None and contact.holder == by.user_id:
        contact.touched_at = at


CHANGED = ["state", "danger_rank", "touched_at", "version"]
"""The columns of a contact that nearly every step of the screening writes."""


def changed(contact: Contact, *also: str, by: Actor, at: datetime) -> None:
    """Save a contact whose grounds have changed: settled again, touched, one version on."""
    restate(contact, by=by)
    touch(contact, by=by, at=at)
    contact.version += 1
    contact.save(update_fields=[*CHANGED, *also])
