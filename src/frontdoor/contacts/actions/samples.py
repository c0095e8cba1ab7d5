"""Reading a plain decision again, and what comes of not agreeing with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_person, require
from frontdoor.contacts.models import Contact, Decision, Review
from frontdoor.contacts.rules import samples as rules
from frontdoor.directions import actions as directions
from frontdoor.directions.rules import Assignee
from frontdoor.trail import actions as trail


@transaction.atomic
def review(key: UUID | str, *, answer: str, words: str = "", by: Actor, at: datetime) -> Review:
    """Say of a decision that was drawn whether one would have decided the same. It is said once.

    Not agreeing changes nothing by itself: it comes back to whoever decided and to the head of service as something
    to do, and they take the decision back or say why it stands.

    :param key: the decision's key
    :raises NotFound: the council acted for has no such decision, or it was not drawn
    :raises NotPermitted: `by` decides nothing here
    :raises StepNotAllowed: `by` signed it, or somebody has read it again
    :raises InvalidInput: no answer, or no words where it needs them
    """
    locked = Decision.objects.select_for_update(of=("self",), no_key=True).select_related("recommendation", "matter")
    decision = within(by, locked.filter(key=key, sampled=True)).first()
    if decision is None:
        raise NotFound
    require(by, Permission.CONTACT_DECIDE, authority=decision.authority_id)
    reader = acting_person(by)
    rules.check_reader(reader, decision.made_by, decision.recommendation.made_by, decision.confirmed_by)
    rules.check_answer(answer, words)
    if (said := within(by, Review.objects.filter(decision=decision)).first()) is not None:
        raise StepNotAllowed("Somebody has read this again already.", when=said.reviewed_at)

    made = Review.objects.create(
        authority_id=decision.authority_id, decision=decision, answer=answer, words=words.strip(),
        reviewed_by=reader, reviewed_at=at,
    )  # fmt: skip
    if answer == rules.Answer.DISAGREE:
        _come_back(decision, words.strip(), by=by, at=at)

    contact = within(by, Contact.objects.filter(pk=decision.matter.contact_id)).get()
    trail.record("contacts.review", subject=contact, by=by, at=at, decision=decision.key, answer=answer)
    return made


def _come_back(decision: Decision, words: str, *, by: Actor, at: datetime) -> None:
    """Give it to whoever decided and to every head of service; to the contact's team where none of them is here."""
    contact = within(by, Contact.objects.filter(pk=decision.matter.contact_id)).get()
    here = colleagues(by=by, at=at)
    owners = [Assignee(user=each.id) for each in here if each.id == decision.made_by]
    heads = [each.id for each in here if each.may(Permission.HANDOVER_OVERRULE)]
    owners += [Assignee(user=head) for head in heads if head not in {by.user_id, decision.made_by}]
    for owner in owners or [Assignee(team=contact.team_id)]:
        directions.give(
            subject=(rules.SUBJECT, decision.key), owner=owner, label=contact.receipt,
            what=f"A colleague who read the decision on {contact.receipt} again does not agree: {words}\n"
            "Take the decision back, or write why it stands.",
            by=by, at=at,
        )  # fmt: skip
