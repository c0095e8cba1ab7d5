"""What was passed on and how it stands now: with another team, back with us, taken on, or taken back and open again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import beside, decisions
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.actions.passing_on import FORM
from frontdoor.contacts.models import Contact, Decision, Matter, Question
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.queries.passing_on import MATTER, on_their_way
from frontdoor.contacts.queries.screening import screeners
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules import passing_on as rules
from frontdoor.contacts.rules.states import ContactState, MatterState, Step, after, contact_state
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State
from frontdoor.trail import actions as trail

ENTRIES = {
    Step.COME_BACK: "contacts.come_back",
    Step.GO_AGAIN: "contacts.go_again",
    Step.CLOSE: "contacts.accepted",
    Step.VOID: "contacts.taken_back",
}


@transaction.atomic
def follow(key: UUID | str, *, by: Actor, at: datetime) -> MatterState:
    """Let a child's matter follow from the slips of its decision as they stand now; twice does it once.

    Refused, sent back or refused twice: it is back with us, and its giver's. Sent again: with another team. Accepted,
    and nothing else waits: closed. Taken back: the decision is void and kept, and the child is in the queue again.

    :returns: where the matter stands now
    :raises NotFound: the council has no such matter
    """
    matter = decisions.taken(key, by=by)
    require(by, Permission.HANDOVER_ANSWER, authority=matter.authority_id)
    decision = queries.standing_decision(matter, by=by)
    slips = _of_decision(matter, decision, by=by) if decision is not None else []
    step = rules.next_step(matter.state, _passed(decision, slips))
    if decision is None or step is None:
        return MatterState(matter.state)
    if step is Step.VOID:
        _open_again(matter, slips[0], by=by, at=at)
    else:
        matter.state, matter.version = after(matter.state, step), matter.version + 1
        matter.save(update_fields=["state", "version"])
        _restate(matter.contact, by=by, at=at)
    trail.record(ENTRIES[step], subject=matter, by=by, at=at, slips=[str(slip.key) for slip in slips])
    return MatterState(matter.state)


def _of_decision(matter: Matter, decision: Decision, *, by: Actor) -> list[Slip]:
    return _sent_by(decision, handover_queries.slips_of(MATTER, [matter.key], by=by).get(matter.key, []))


def _sent_by(decision: Decision, slips: Sequence[Slip]) -> list[Slip]:
    """The slips that a decision sent, in the order of their sending; those of decisions before it are left out."""
    return [slip for slip in slips if slip.first_sent_at >= decision.made_at]


def _passed(decision: Decision | None, slips: Sequence[Slip]) -> list[rules.Passed]:
    """The slips for the rule: the first carries the outcome itself, where that is handed over at all."""
    hands_over = decision is not None and codes.OUTCOMES[decision.outcome].destination not in {"", "referrer"}
    return [rules.Passed(slip.state, main=hands_over and place == 0) for place, slip in enumerate(slips)]


def _open_again(matter: Matter, slip: Slip, *, by: Actor, at: datetime) -> None:
    """The giver took it back: what was decided is not carried out, so it is void and kept, and screened again.

    It lies in the hands of whoever gave it, if they may screen here today; a second clock to decide starts.
    """
    reason = f"Taken back by the giver: {slip.said}"
    handovers.withdraw_all((MATTER, matter.key), reason=reason, by=by, at=at)
    decisions.void_decision(matter, why=reason, by=by, at=at)
    contact = matter.contact
    contact.holder = slip.from_user if slip.from_user in screeners(by=by, at=at) else None
    contact.held_at = contact.touched_at = at if contact.holder is not None else None
    contact.closed_by = None
    contact.save(update_fields=["holder", "held_at", "touched_at", "closed_by"])
    _restate(contact, by=by, at=at)
    decisions.begin_anew(contact, by=by, at=at)


def _restate(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Let a contact's state follow from its matters; who decided stays who closed it."""
    states = list(within(by, Matter.objects.filter(contact=contact)).values_list("state", flat=True))
    asked = within(by, Question.objects.filter(contact=contact, state="asked")).exists()
    contact.state = contact_state(states, looked=bool(contact.looked), held=contact.holder is not None, asked=asked)
    contact.closed_at = at if contact.state == ContactState.CLOSED else None
    contact.version += 1
    contact.save(update_fields=["state", "closed_at", "version"])


def follow_all(*, by: Actor, at: datetime) -> int:
    """Follow every matter that stands otherwise than its slips: the minute's net under the messages.

    :returns: how many moved
    """
    require(by, Permission.HANDOVER_ANSWER, authority=acting_council(by))
    moved = 0
    for matters in on_their_way(by=by):
        decided = queries.standing_decisions(matters, by=by)
        slips = handover_queries.slips_of(MATTER, [matter.key for matter in matters], by=by)
        for matter in matters:
            decision = decided.get(matter.pk)
            if decision is None:
                continue
            those = _sent_by(decision, slips.get(matter.key, []))
            if rules.next_step(matter.state, _passed(decision, those)) is not None:
                follow(matter.key, by=by, at=at)
                moved += 1
    return moved


@transaction.atomic
def keep(handover: UUID | str, *, by: Actor, at: datetime) -> Contact | None:
    """Take in here what was passed to another council and taken back again: its children stand in no contact of ours.

    It keeps the first receipt's time and gets clocks of its own. Twice does it once.

    :returns: the contact; None where the slip was not taken back, or held no report
    :raises NotFound: the council has no such slip
    """
    slip = handover_queries.slip(handover, by=by)
    require(by, Permission.CONTACT_TAKE, authority=slip.authority_id)
    payload = handover_queries.payload(slip.key, by=by)
    if slip.state is not State.WITHDRAWN or payload.get("form") != FORM:
        return None
    beside.withdrawn(slip, by=by, at=at)
    idem = f"taken-back:{slip.key}"
    made = within(by, Contact.objects.filter(submission__sender=by.name, submission__idem=idem)).first()
    if made is not None:
        return made
    report = intake.report(payload["report"])
    _, contact = submit_and_take_in(
        report, channel="other_authority", idem=idem, by=by, at=at, received_at=slip.received_at, noted=True
    )
    trail.record("contacts.keep", subject=contact, by=by, at=at, slip=slip.key)
    return contact
