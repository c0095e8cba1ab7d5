"""Advice by a qualified social worker, with or without names, as a record with its own clock (domain 1.11)."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.intake import Given, submit_and_take_in
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Consultation, Contact
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.intake import Report
from frontdoor.contacts.rules.kinds import CONSULTATION, FIRST_LOOK
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail


@transaction.atomic
def consult(
    *, named: bool, question: str, asker: str = "", asker_agency: str = "", by: Actor, at: datetime
) -> Consultation:
    """Write down that somebody asks for a social worker's advice; its clock runs until the advice is given.

    Where the question names or describes a child, a first look runs beside it: somebody qualified sees it the same day,
    however late in the day the working hours of the advice begin.

    :param named: whether the child is named; advice can be asked without any names
    :raises NotPermitted: `by` may not take contacts here
    :raises InvalidInput: nothing is asked, or nobody asks a named question
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    rules.check_consultation(asker, question, named=named)

    made = Consultation.objects.create(
        authority_id=acting_council(by), key=uuid4(), named=named, asker=asker.strip(),
        asker_agency=asker_agency.strip(), question=question.strip(), asked_at=at,
    )  # fmt: skip
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    kinds = [CONSULTATION, FIRST_LOOK] if named or rules.words_of_a_child(question) else [CONSULTATION]
    clocks.start(*kinds, subject=("contacts.consultation", made.key), team_id=team.pk, by=by, at=at)

    trail.record("contacts.consult", subject=made, by=by, at=at, named=named)
    return made


def consult_in_call(
    contact: Contact, *, named: bool, question: str, asker: str, asker_agency: str, by: Actor, at: datetime
) -> Consultation:
    """Advice was asked in a telephone call that names or describes a child: a social worker gives it, with its clock.

    Part of the act that ends the call, which asks for the permission and writes the entry. The contact stands in the
    queue with its own first look; the advice counts from the first word of the call.
    """
    made = Consultation.objects.create(
        authority_id=contact.authority_id, key=uuid4(), contact=contact, named=named, asker=asker[:200],
        asker_agency=asker_agency[:200], question=question, asked_at=contact.received_at,
    )  # fmt: skip
    clocks.start(
        CONSULTATION, subject=("contacts.consultation", made.key), team_id=contact.team_id, label=contact.receipt,
        by=by, at=contact.received_at,
    )  # fmt: skip
    return made


def _taken(key: Key, *, by: Actor) -> Consultation:
    locked = Consultation.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def advise(key: Key, *, seen: int, advice: str, referral_advised: bool | None, by: Actor, at: datetime) -> Consultation:
    """Write down the advice that a registered social worker gave, and whether a referral was advised.

    :param key: the consultation's key
    :raises NotPermitted: `by` is not a social worker of this council
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: advice has been given
    """
    asked = _taken(key, by=by)
    require(by, Permission.CONTACT_ADVISE, authority=asked.authority_id)
    adviser = rows.qualified(by, Permission.CONTACT_ADVISE)
    unchanged(seen, asked.version)
    if asked.advised_at is not None:
        raise StepNotAllowed("Advice has been given already.", when=asked.advised_at)
    rules.check_advice(advice, referral_advised)

    asked.advice, asked.referral_advised = advice.strip(), referral_advised
    asked.advised_by, asked.advised_at, asked.version = adviser, at, asked.version + 1
    asked.save(update_fields=["advice", "referral_advised", "advised_by", "advised_at", "version"])
    clocks.stop(subject=("contacts.consultation", asked.key), by=by, at=at)

    trail.record("contacts.advise", subject=asked, by=by, at=at, referral_advised=referral_advised)
    return asked


@transaction.atomic
def convert(
    key: Key, *, seen: int, report: Report, channel: str = "phone", by: Actor, at: datetime
) -> tuple[Given, Contact | None]:
    """Make a contact of a consultation in which a risk was described; its journey began when the advice was asked.

    :param key: the consultation's key
    :param report: what was described, as any door hands it over
    :raises NotPermitted: `by` may not take contacts here
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it has become a contact already
    """
    asked = _taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=asked.authority_id)
    unchanged(seen, asked.version)
    if asked.contact_id is not None:
        raise StepNotAllowed("This has become a contact already.")

    given, contact = submit_and_take_in(
        report, channel=channel, idem=f"consultation:{asked.key}", by=by, at=at, received_at=asked.asked_at
    )
    asked.contact, asked.version = contact, asked.version + 1
    asked.save(update_fields=["contact", "version"])
    # The contact has a first look of its own, from the same instant.
    clocks.stop(FIRST_LOOK, subject=("contacts.consultation", asked.key), ended=Ended.REPLACED, by=by, at=at)

    trail.record("contacts.convert", subject=asked, by=by, at=at, receipt=given.number)
    return given, contact
