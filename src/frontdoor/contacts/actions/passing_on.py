"""What follows from a decision: a handover, a question back, or a closing; and what another council passes to us."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_person, require
from frontdoor.clocks import actions as clocks
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import beside
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Question
from frontdoor.contacts.queries.beside import passed_to
from frontdoor.contacts.queries.travelling import travelling_page
from frontdoor.contacts.rules import decisions as rules
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules.kinds import QUESTION
from frontdoor.contacts.rules.states import Step, after
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.trail import actions as trail

SECTION_47 = frozenset({"strategy_discussion_s47", "immediate_protection"})
FORM = "contacts.report"
"""The form of what is passed to another council: a report as every door hands it in, without the referrer."""


def pass_on(
    matter: Matter, decision: Decision, *, actions: tuple[rules.Action, ...] = (), by: Actor, at: datetime
) -> None:
    """Carry out a decision that has all its signatures. Part of the act that decides; that act records it."""
    sent = [
        _hand_over(matter, decision, outcome, actions=actions, by=by, at=at)
        for outcome in (decision.outcome, *decision.secondary)
    ]
    if codes.OUTCOMES[decision.outcome].destination == "referrer":
        _ask_back(matter, decision, by=by, at=at)
    elif any(sent):
        _move(matter, Step.PASS_ON)
    else:
        _move(matter, Step.CLOSE)


def _move(matter: Matter, step: Step) -> None:
    matter.state = after(matter.state, step)
    matter.save(update_fields=["state"])


def _hand_over(
    matter: Matter, decision: Decision, outcome: str, *, actions: tuple[rules.Action, ...], by: Actor, at: datetime
) -> bool:
    """Send the slip of one outcome; whether it has one."""
    destination = codes.OUTCOMES[outcome].destination
    if destination in {"", "referrer"}:
        return False
    if destination == "other_council" and passed_to(matter.child_id, int(decision.other_council or 0), by=by):
        return False  # the child went there as one of this incident: the contact that stands there is theirs already
    page = travelling_page(matter, decision, actions=actions, by=by, at=at)
    summary = f"{codes.OUTCOMES[outcome].label}: {matter.contact.receipt}"
    why = decision.direction or decision.recommendation.decided
    if destination == "other_council":
        handovers.send_to_council(
            matter, council=int(decision.other_council or 0), outside=decision.detail, summary=summary, why=why,
            received_at=matter.contact.received_at, payload=report_passed(matter.contact, by=by),
            rating=decision.rating, by=by, at=at,
        )  # fmt: skip
        return True
    handovers.send(
        matter, to=destination, summary=summary, why=why, rating=decision.rating,
        section47=outcome in SECTION_47, received_at=matter.contact.received_at, payload=page,
        route=decision.specialist_route if destination == "specialist" else "", worker=decision.worker,
        manager=decision.manager, by=by, at=at,
    )  # fmt: skip
    return True


def report_passed(contact: Contact, *, by: Actor) -> dict[str, object]:
    """What is passed: the report as it came, without the person who told us, who stays in the compartment.

    Where an address is protected no address goes with it: the other council asks for it, and a person answers.
    """
    body = dict(contact.submission.body)
    referrer = body.pop("referrer", {})
    body["referrer"] = {"kind": referrer.get("kind", "professional"), "identity": "not_given"}
    body.pop("call_back", None)
    if within(by, Named.objects.filter(contact=contact, address_protected=True)).exists():
        where = ("address", "postcode", "sealed")
        body["people"] = [
            {name: told for name, told in person.items() if name not in where} for person in body.get("people", ())
        ]
        body.pop("postcode", None)
    return {"form": FORM, "schema": intake.SCHEMA, "report": body}


def _ask_back(matter: Matter, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Returned to the person who told us: a question with its clock; the risk stays ours until it is answered."""
    question = Question.objects.create(
        authority_id=matter.authority_id, contact=matter.contact, asked_of="The person who told us",
        text=decision.detail, asked_by=acting_person(by), asked_at=at, answer_due_at=at + timedelta(days=1),
        state="asked",
    )  # fmt: skip
    clock = clocks.start(
        QUESTION, subject=("contacts.question", question.key), team_id=matter.contact.team_id, owner_id=by.user_id,
        by=by, at=at,
    )[0]  # fmt: skip
    question.answer_due_at = clock.due_at
    question.save(update_fields=["answer_due_at"])
    _open_again(matter, decision, at=at)


def _open_again(matter: Matter, decision: Decision, *, at: datetime) -> None:
    """What was returned is decided again, on the answer or as if there will never be one; no clock has stopped."""
    why = "Returned to the person who told us: decided again on their answer, or without it"
    decision.voided_at, decision.voided_why = at, why
    decision.save(update_fields=["voided_at", "voided_why"])
    decision.recommendation.ended_at, decision.recommendation.ended_why = at, why
    decision.recommendation.save(update_fields=["ended_at", "ended_why"])
    matter.outcome = ""
    matter.state = after(matter.state, Step.VOID)
    matter.save(update_fields=["state", "outcome"])


@transaction.atomic
def receive_copy(key: UUID | str, *, by: Actor, at: datetime) -> Contact | None:
    """Make a contact of what another council passed: its own receipt and clocks, the first receipt's time. Once a slip.

    What is sent again after an answer stands in the inbox beside the contact that is here already.

    :returns: the contact, or None where what was passed is no report
    :raises NotFound: no such copy for the council acted for
    """
    copy = handover_queries.copy(str(key), by=by)
    require(by, Permission.CONTACT_TAKE, authority=copy.authority_id)
    if copy.payload.get("form") != FORM:
        return None
    idem = f"slip:{copy.slip}"
    made = within(by, Contact.objects.filter(submission__sender=by.name, submission__idem=idem)).first()
    if made is not None:
        return made
    report = intake.report(copy.payload["report"])
    _, contact = submit_and_take_in(
        report, channel="other_authority", idem=idem, by=by, at=at, received_at=copy.received_at, noted=True
    )
    if contact is not None and contact.mirror is not None:
        beside.tie(contact, council=copy.from_authority_id, slip=copy.slip, ours=False, by=by, at=at)
    trail.record("contacts.receive_copy", subject=contact, by=by, at=at, from_council=copy.from_authority_id)
    return contact
