"""What the hub accepts becomes early help for a family, or joins what is open for it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.contacts.queries.alike import same_person
from frontdoor.contacts.rules.beyond import CHILDREN, COMES_FROM
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.earlyhelp.actions.rows import FAR, Key, changed, start, turn
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules import kinds
from frontdoor.earlyhelp.rules.states import Line
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.actions.slips import signature
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.trail import actions as trail

MATTER = "contacts.matter"


@transaction.atomic
def accept(slip_key: Key, *, seen: int, by: Actor, at: datetime) -> Episode | None:
    """Accept a slip and open early help at once: the family is nobody's for no moment.

    :returns: what was opened or joined; None where the slip is about no child
    :raises Conflict: the slip has changed since `by` saw it
    :raises NotFound: no such slip for `by`
    :raises NotPermitted: `by` is not of the receiving team
    :raises StepNotAllowed: it was accepted or withdrawn already
    """
    require(by, Permission.EARLY_HELP_KEEP, authority=acting_council(by))
    handovers.accept(UUID(str(slip_key)), seen=seen, by=by, at=at)
    return open_from_slip(slip_key, by=by, at=at)


@transaction.atomic
def open_from_slip(slip_key: Key, *, by: Actor, at: datetime) -> Episode | None:
    """Open early help for the family of an accepted slip, or let its child join what is open. Twice does it once.

    :returns: what was opened or joined; None where the slip is not accepted here, or is about no child
    :raises NotFound: no such slip for `by`
    :raises NotPermitted: `by` does not keep early help
    """
    slip = handover_queries.slip(slip_key, by=by)
    require(by, Permission.EARLY_HELP_KEEP, authority=slip.authority_id)
    if slip.destination != finding.HERE or slip.state is not SlipState.ACCEPTED:
        return None
    matter, named = _child(slip, by=by)
    contact = matter.contact if matter else _comes_from(slip, by=by)
    if contact is None:
        return None
    if (known := finding.of_slip(slip.key, by=by)) is not None:
        return known
    episode, new = _for_family(contact, slip, by=by, at=at)
    _join(episode, matter, named, slip, contact, new=new, by=by, at=at)
    trail.record("earlyhelp.begin", subject=episode, by=by, at=at, slip=slip.key, contact=contact.key, new=new)
    return episode


def open_accepted(*, by: Actor, at: datetime) -> int:
    """Open what was accepted and has nothing open yet: the minute's net under the messages.

    :returns: how many slips
    """
    require(by, Permission.EARLY_HELP_KEEP, authority=acting_council(by))
    keys = finding.accepted_without([MATTER, *CHILDREN], by=by, at=at)
    for key in keys:
        open_from_slip(key, by=by, at=at)
    return len(keys)


def _child(slip: Slip, *, by: Actor) -> tuple[Matter | None, Named | None]:
    """The child that a slip is about, locked where it is one of a contact, so that twice opens once."""
    if slip.subject_kind == MATTER:
        rows = Matter.objects.select_for_update(of=("self",), no_key=True).select_related("contact", "child")
        matter = within(by, rows.filter(key=slip.subject_key)).first()
        return matter, matter.child if matter else None
    gives = CHILDREN.get(slip.subject_kind)
    return None, gives(slip.subject_key, by=by) if gives else None


def _comes_from(slip: Slip, *, by: Actor) -> Contact | None:
    """The contact behind a child of a room above: a child whom nobody could name yet comes to the hub too."""
    gives = COMES_FROM.get(slip.subject_kind)
    found: Contact | None = gives(slip.subject_key, by=by) if gives else None
    return found


def _for_family(contact: Contact, slip: Slip, *, by: Actor, at: datetime) -> tuple[Episode, bool]:
    """What is open for the family, locked; or new. Of two slips that open at once the second joins."""
    standing = finding.open_of(contact.family, by=by)
    if standing is None:
        try:
            with transaction.atomic():
                return _made(contact, slip, by=by, at=at), True
        except IntegrityError:
            # A sibling's slip has opened it in this very moment; the constraint is one open a family.
            standing = finding.open_of(contact.family, by=by)
            if standing is None:
                raise
    rows = Episode.objects.select_for_update(of=("self",), no_key=True).filter(pk=standing.pk)
    return within(by, rows).get(), False


def _made(contact: Contact, slip: Slip, *, by: Actor, at: datetime) -> Episode:
    number = f"E-{contact.receipt or str(contact.key)[:8]}"
    earlier = within(by, Episode.objects.filter(reference__startswith=number)).count()
    made = Episode(
        authority_id=contact.authority_id, contact=contact, family=contact.family,
        reference=f"{number}/{earlier + 1}" if earlier else number, received_at=contact.received_at, opened_at=at,
        opened_by=slip.answered_by, team_id=slip.to_team_id or contact.team_id, due_at=at + FAR,
    )  # fmt: skip
    made.save(force_insert=True)
    start(made, kinds.REACH, kinds.TRIAGE, by=by, at=at)
    changed(made, by=by, at=at)
    turn(made, Line.OPENED, by=by, at=at, said_by=whose(slip, by=by))
    return made


def whose(slip: Slip, *, by: Actor) -> tuple[int | None, str]:
    """Who answered a slip, by number and name: a job writes it down, and somebody did it."""
    known = slip.answered_by if slip.answered_by != by.user_id else None
    name = names({known}, by=by).get(known, "") if known else ""
    return slip.answered_by, slip.answered_name or name or signature(by)


def _join(
    episode: Episode, matter: Matter | None, named: Named | None, slip: Slip, contact: Contact, *, new: bool,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Write down the child that the slip brought, and the adults of its contact who are not there yet."""
    there = finding.members(episode, by=by)
    place = len(there)
    children = {each.named.pk: each for each in there if each.is_child and each.named}
    known = same_person(named, [each.named for each in children.values() if each.named], by=by) if named else None
    twin = children[known.pk] if known else None
    again = twin is not None and named is not None and twin.named_id == named.pk
    Member.objects.create(
        authority_id=episode.authority_id, episode=episode, named=None if again else named, matter=matter,
        slip=slip.key, is_child=True, position=place, same_as=twin,
    )  # fmt: skip
    adults = [each.named for each in there if not each.is_child and each.named]
    rows = Named.objects.filter(contact=contact).exclude(kind__in=CHILD_KINDS).order_by("position")
    for adult in within(by, rows):
        if same_person(adult, adults, by=by) is None:
            place += 1
            adults.append(adult)
            Member.objects.create(
                authority_id=episode.authority_id, episode=episode, named=adult, is_child=False, position=place
            )
    if not new:
        words = f"From {contact.receipt}" + (": the same child again" if twin is not None else "")
        turn(episode, Line.CHILD_ADDED, words, by=by, at=at, said_by=whose(slip, by=by))
        changed(episode, by=by, at=at)
