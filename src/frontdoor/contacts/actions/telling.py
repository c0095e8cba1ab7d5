"""The answer owed to the person who told us: that it arrived, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Named, Referrer
from frontdoor.contacts.queries.telling import as_recipient, referrer_key
from frontdoor.councils import queries as councils
from frontdoor.letters import actions as letters
from frontdoor.letters.rules import Facts, Told
from frontdoor.organisations.queries import teams

OWED = frozenset({"request_for_service", "request_for_information"})
"""Categories whose sender is owed an answer; a wrong number is not."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the act that takes a contact in has just written, so that nobody asks for it again.

    :param people: everybody whom the contact names
    :param tell_by: when the clock of the acknowledgement is due
    """

    referrer: Referrer
    people: Sequence[Named]
    tell_by: datetime


def acknowledge(contact: Contact, *, written: Written | None = None, by: Actor, at: datetime) -> None:
    """Plan to say that it arrived: within one working day of receipt. Part of the act that takes in."""
    if contact.category not in OWED:
        return
    key = written.referrer.key if written else referrer_key(contact, by=by)
    if key is not None:
        letters.plan_acknowledgement(
            ("contacts.contact", contact.key), recipient=key,
            facts=Facts(contact.receipt, contact.received_at, decide_by=contact.due_at), team_id=contact.team_id,
            clock=("contacts.submission", contact.submission_id), due_at=written.tell_by if written else None,
            written=as_recipient(written.referrer, written.people) if written else None, by=by, at=at,
        )  # fmt: skip


def tell_outcome(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Plan to say what was decided for every child, as far as the person may know it. Part of the act that decides."""
    key = referrer_key(contact, by=by)
    decided = within(by, Decision.objects.select_related("matter__child").filter(matter__contact=contact))
    standing = list(decided.filter(voided_at=None).order_by("id"))
    if contact.category not in OWED or key is None or not standing:
        return
    told = tuple(_told(each) for each in standing)
    letters.plan_outcome(
        ("contacts.contact", contact.key), recipient=key,
        facts=Facts(
            contact.receipt, contact.received_at, decided_at=at, contact=_whom_to_call(contact, by=by, at=at), told=told
        ),
        team_id=contact.team_id, occasion=str(standing[-1].key), by=by, at=at,
    )  # fmt: skip


def _told(decision: Decision) -> Told:
    """One child's decision for the letter, with what was typed for the person who told us: a reason, or what to do."""
    child, needs = decision.matter.child, codes.OUTCOMES[decision.outcome].needs
    typed = decision.detail.strip()
    return Told(
        child.label if child else "", decision.outcome,
        reason=typed if "reason" in needs else "", next_step=typed if {"advice", "service"} & set(needs) else "",
    )  # fmt: skip


def _whom_to_call(contact: Contact, *, by: Actor, at: datetime) -> str:
    """The team that decided and the number at which professionals reach it; empty where the council has given none."""
    team = next((team for team in teams(by=by, at=at) if team.pk == contact.team_id), None)
    phone = councils.council(contact.authority_id).phone_professionals
    return f"the {team.name} on {phone}" if team and phone else ""
