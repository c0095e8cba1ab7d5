"""Lifting the seal of an address: whoever seals asks with a reason, a manager who is another person answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.people.actions.index import changed, prepared, taken
from frontdoor.people.models import Lifting, Person, Residence
from frontdoor.people.queries.lifting import asked_of
from frontdoor.people.rules import lifting as rules
from frontdoor.people.rules.beyond import RESIDENCE, vault
from frontdoor.people.rules.lifting import State, Step
from frontdoor.trail import actions as trail


@transaction.atomic
def ask(of: UUID | str, *, why: str, seen: int | None = None, by: Actor, at: datetime) -> Lifting:
    """Ask that a sealed address stands in clear again; until a manager says so nothing changes.

    :param of: key of the residence
    :param seen: the version of the person's record
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises NotFound: there is no such row
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is not sealed, or somebody has asked already
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    person, row = _taken(of, seen=seen, by=by)
    if not row.protected:
        raise StepNotAllowed("This address is not sealed")
    waiting = asked_of(row.pk, by=by)
    if waiting is not None:
        raise StepNotAllowed("Somebody has asked for this already", when=waiting.asked_at)
    made = Lifting.objects.create(
        authority_id=row.authority_id, residence=row, state=State.ASKED, why=_words(why, "Write why it is safe now"),
        asked_by=acting_person(by), asked_at=at,
    )  # fmt: skip
    clocks.start(rules.LIFT, subject=(rules.KIND, made.key), owner_id=by.user_id, by=by, at=at)
    trail.record("people.ask_lift", subject=person, by=by, at=at, why=made.why, lifting=made.key, row=row.key)
    return made


@transaction.atomic
def lift(key: UUID | str, *, why: str, seen: int, by: Actor, at: datetime) -> Lifting:
    """Agree as a manager: the address stands where it stood, and is found again; that it was sealed stays readable.

    :raises NotPermitted: `by` is no manager here, or asked for it
    :raises NotFound: there is none of that key
    :raises Conflict: somebody has answered since
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it does not wait, or nobody ever wrote down the words of that address
    """
    found, person, row = _answering(key, Step.LIFT, seen=seen, by=by)
    words = _words(why, "Write what you have checked")
    try:
        address = vault().lifts((RESIDENCE, row.key), why=words, by=by, at=at)
    except NotFound as unknown:
        raise StepNotAllowed("Its words are not known here. Correct the address instead") from unknown
    _answered(found, Step.LIFT, words, by=by, at=at)
    row.protected = False
    row.lines, row.postcode = rules.parted(address)
    prepared(row).save(update_fields=["protected", "lines", "postcode", "fold_lines"])
    changed(person, by=by)
    trail.record("people.lift", subject=person, by=by, at=at, why=words, lifting=found.key, row=row.key)
    return found


@transaction.atomic
def refuse(key: UUID | str, *, why: str, seen: int, by: Actor, at: datetime) -> Lifting:
    """Say as a manager that an address stays sealed. Raises what `lift` raises."""
    found, person, row = _answering(key, Step.REFUSE, seen=seen, by=by)
    _answered(found, Step.REFUSE, _words(why, "Write why it stays sealed"), by=by, at=at)
    trail.record(
        "people.refuse_lift", subject=person, by=by, at=at, why=found.answered_why, lifting=found.key, row=row.key
    )
    return found


@transaction.atomic
def drop(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Lifting:
    """Take one's own wish back.

    :raises NotPermitted: somebody else asked
    :raises StepNotAllowed: it was answered
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    found, person, row = _found(key, Step.DROP, seen=seen, by=by)
    if found.asked_by != by.user_id:
        raise NotPermitted(Permission.SAFE_CONTACT_KEEP)
    found.state, found.version = State.DROPPED, found.version + 1
    found.save(update_fields=["state", "version"])
    clocks.stop(rules.LIFT, subject=(rules.KIND, found.key), by=by, at=at)
    trail.record("people.drop_lift", subject=person, by=by, at=at, lifting=found.key, row=row.key)
    return found


def _answering(key: UUID | str, step: Step, *, seen: int, by: Actor) -> tuple[Lifting, Person, Residence]:
    require(by, Permission.LETTER_RELEASE, authority=acting_council(by))
    found, person, row = _found(key, step, seen=seen, by=by)
    if found.asked_by == acting_person(by):
        raise StepNotAllowed("You asked for it. A manager who is somebody else answers")
    return found, person, row


def _found(key: UUID | str, step: Step, *, seen: int, by: Actor) -> tuple[Lifting, Person, Residence]:
    """One wish with its address, the person locked first."""
    of = within(by, Lifting.objects.filter(key=key)).values_list("residence__key", flat=True).first()
    if of is None:
        raise NotFound
    person, row = _taken(of, seen=None, by=by)
    found = within(by, Lifting.objects.select_for_update(of=("self",)).filter(key=key)).get()
    if rules.after(found.state, step) is None:
        raise StepNotAllowed(f"This was answered: {found.get_state_display().lower()}", when=found.answered_at)
    unchanged(seen, found.version)
    return found, person, row


def _taken(of: UUID | str, *, seen: int | None, by: Actor) -> tuple[Person, Residence]:
    rows = Residence.objects.filter(key=of)
    whose = within(by, rows).values_list("person__key", flat=True).first()
    if whose is None:
        raise NotFound
    return taken(whose, seen=seen, by=by), within(by, rows).get()


def _answered(found: Lifting, step: Step, words: str, *, by: Actor, at: datetime) -> None:
    found.state = rules.STEPS[step][1]
    found.answered_by, found.answered_at, found.answered_why = acting_person(by), at, words
    found.version += 1
    found.save(update_fields=["state", "answered_by", "answered_at", "answered_why", "version"])
    clocks.stop(rules.LIFT, subject=(rules.KIND, found.key), by=by, at=at)


def _words(why: str, missing: str) -> str:
    if not why.strip():
        raise InvalidInput(why=missing)
    return why.strip()[:300]
