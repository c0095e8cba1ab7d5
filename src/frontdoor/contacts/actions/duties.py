"""What a kind of contact asks for: begun with the contact, and settled by what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_person, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Contact, Settled
from frontdoor.contacts.rules import duties as rules
from frontdoor.trail import actions as trail

KIND = "contacts.contact"


def follow(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Let what is owed follow from the kind of a contact: its clocks start, another kind's end. Part of an act."""
    wanted = {duty.clock.name: duty for duty in rules.duties_of(contact.sub_type)}
    known = {duty.clock.name: duty.clock for duty in rules.DUTIES.values()}
    found = clock_queries.for_subject((KIND, contact.key), by=by, at=at)
    running = {each.kind.name for each in found if each.stopped_at is None} & set(known)
    if gone := [known[name] for name in sorted(running - set(wanted))]:
        clocks.stop(*gone, subject=(KIND, contact.key), ended=Ended.NOT_NEEDED, by=by, at=at)
    done = set(within(by, Settled.objects.filter(contact=contact)).values_list("duty", flat=True)) if wanted else set()
    start(contact, *(each for name, each in wanted.items() if name not in running and each.code not in done), by=by)


def start(contact: Contact, *duties: rules.Duty, by: Actor) -> None:
    """Start the clocks of what is owed for a contact. Part of the act that takes it in."""
    for duty in duties:
        since = duty.starts(received_at=contact.received_at, happened_at=contact.happened_at)
        clocks.start(
            duty.clock, subject=(KIND, contact.key), team_id=contact.team_id, label=contact.receipt, by=by, at=since
        )


def call_off(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Stop the clocks of what was owed for a contact that is a mistake. Part of the act that agrees to it."""
    if wanted := [duty.clock for duty in rules.duties_of(contact.sub_type)]:
        clocks.stop(*wanted, subject=(KIND, contact.key), ended=Ended.MISTAKE, by=by, at=at)


@transaction.atomic
def settle(
    key: UUID | str, *, duty: str, answer: str, on: datetime | None, words: str, by: Actor, at: datetime
) -> Settled:
    """Write down what came of something owed: done, declined, or a manager's reason why it is not. Its clock stops.

    :param key: the contact's; it may be decided and closed already
    :param on: when it was done
    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` takes no contacts here; or it is not owed, and `by` is no manager
    :raises InvalidInput: nothing of that kind is owed, or a part is missing
    :raises StepNotAllowed: it was settled before
    """
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    contact = within(by, locked.filter(key=key)).first()
    if contact is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=contact.authority_id)
    wanted = {each.code: each for each in rules.duties_of(contact.sub_type)}
    if duty not in wanted:
        raise InvalidInput(duty="Choose what this is about")
    owed = wanted[duty]
    since = owed.starts(received_at=contact.received_at, happened_at=contact.happened_at)
    rules.check_done(owed, answer=answer, on=on, words=words, since=since, at=at)
    if answer == rules.NOT_REQUIRED:
        require(by, Permission.CONTACT_DECIDE, authority=contact.authority_id)
    if within(by, Settled.objects.filter(contact=contact, duty=duty)).exists():
        raise StepNotAllowed("Somebody has written down already what came of this.")
    made = Settled.objects.create(
        authority_id=contact.authority_id, contact=contact, duty=duty, answer=answer, settled_on=on or at,
        words=words.strip(), by_user=acting_person(by), at=at,
    )  # fmt: skip
    ended = Ended.NOT_NEEDED if answer == rules.NOT_REQUIRED else Ended.DONE
    clocks.stop(owed.clock, subject=(KIND, contact.key), ended=ended, by=by, at=on or at)
    trail.record("contacts.settle_duty", subject=contact, by=by, at=at, duty=duty, answer=answer)
    return made
