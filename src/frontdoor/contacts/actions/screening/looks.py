"""The first look by a qualified worker, and the red flag that anybody may raise."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.hands import take_if_free
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import FirstLook
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.kinds import FIRST_LOOK, FIRST_LOOK_DANGER, NIGHT, RED_FLAG
from frontdoor.contacts.rules.states import ENDED
from frontdoor.trail import actions as trail


@transaction.atomic
def look(key: Key, *, seen: int, danger: str, line: str, open_to: str = "", by: Actor, at: datetime) -> FirstLook:
    """Look at what has arrived: is there immediate danger, who has the family open already, and one line why.

    Works for any council at a receiving address too. A later look weighs more than an earlier one.

    :param danger: yes, no or unknown ("cannot tell")
    :raises NotPermitted: `by` is not a registered social worker
    :raises Conflict: it has changed since `by` saw it, perhaps because somebody else has looked
    :raises InvalidInput: no answer, or no line
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_LOOK, authority=contact.authority_id)
    looked_by = rows.qualified(by, Permission.CONTACT_LOOK)
    unchanged(seen, contact.version, {"state": contact.get_state_display()})
    rows.still_open(contact)
    rules.check_look(danger, open_to, line)

    found = FirstLook.objects.create(
        authority_id=contact.authority_id, contact=contact, danger=danger, open_to=open_to.strip(), line=line.strip(),
        looked_by=looked_by, looked_at=at,
    )  # fmt: skip
    contact.looked = 1
    rows.changed(contact, "looked", by=by, at=at)
    clocks.stop(
        FIRST_LOOK, FIRST_LOOK_DANGER, NIGHT, subject=("contacts.submission", contact.submission_id), by=by, at=at
    )

    trail.record("contacts.look", subject=contact, by=by, at=at, danger=danger)
    return found


@transaction.atomic
def flag(key: Key, *, why: str, by: Actor, at: datetime) -> None:
    """Raise a red flag: the contact goes to the top and stays loud until a qualified worker takes it.

    Anybody may who may see or take contacts. It asks for no version, since nothing may stop it; a second flag adds its
    reason to one that nobody has taken.

    :raises NotPermitted: `by` may neither see nor take contacts here
    :raises InvalidInput: no reason
    """
    contact = rows.contact_taken(key, by=by)
    may = Permission.CONTACT_READ if by.may(Permission.CONTACT_READ) else Permission.CONTACT_TAKE
    require(by, may, authority=contact.authority_id)
    if contact.state in ENDED:
        raise StepNotAllowed("This contact is closed. Take in what you know as a new contact, which is seen at once.")
    rules.check_flag(why)

    standing = contact.flag_stands
    contact.flagged_why = rules.both_reasons(contact.flagged_why if standing else "", why.strip())
    if not standing:
        contact.flagged_at, contact.flagged_by = at, by.label[:120]
        contact.flag_taken_at = contact.flag_taken_by = None
        subject = ("contacts.contact", contact.key)
        clocks.start(RED_FLAG, subject=subject, team_id=contact.team_id, label=contact.receipt, by=by, at=at)
    rows.changed(contact, *_FLAG, by=by, at=at)

    trail.record("contacts.flag", subject=contact, by=by, at=at)


_FLAG = ("flagged_at", "flagged_by", "flagged_why", "flag_taken_at", "flag_taken_by")


@transaction.atomic
def take_flag(key: Key, *, by: Actor, at: datetime) -> None:
    """Take a red flag: a qualified worker answers for it from here on, and it is no longer loud.

    What nobody holds goes into the hands of whoever takes the flag.

    :raises NotPermitted: `by` is not a social worker of this council
    :raises StepNotAllowed: there is no flag, or somebody has taken it
    """
    contact, family = rows.family_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    taken_by = rows.qualified(by, Permission.CONTACT_SCREEN)
    if contact.flagged_at is None:
        raise StepNotAllowed("There is no red flag on this contact.")
    if contact.flag_taken_at is not None:
        raise StepNotAllowed("Somebody has taken this red flag already.", when=contact.flag_taken_at)

    contact.flag_taken_at, contact.flag_taken_by = at, taken_by
    rows.changed(contact, "flag_taken_at", "flag_taken_by", by=by, at=at)
    take_if_free(taken_by, family, by=by, at=at)
    clocks.stop(RED_FLAG, subject=("contacts.contact", contact.key), by=by, at=at)

    trail.record("contacts.take_flag", subject=contact, by=by, at=at)
