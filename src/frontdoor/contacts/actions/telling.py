"""The answer owed to the person who told us: that it arrived, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Named, Notice, Referrer
from frontdoor.contacts.queries.telling import as_recipient, referrer_key
from frontdoor.contacts.rules.states import ENDED, ContactState
from frontdoor.councils import queries as councils
from frontdoor.letters import actions as letters
from frontdoor.letters.rules import ACKNOWLEDGE, Facts, Told
from frontdoor.organisations.queries import teams

OWED = frozenset({"request_for_service", "request_for_information"})
"""Categories whose sender is owed an answer; a wrong number is not."""

POLICE = "police_notification"
"""The channel of the police's notices."""


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
            written=as_recipient(written.referrer, written.people, by=by) if written else None, by=by, at=at,
        )  # fmt: skip


def told_with_others(contact: Contact, *, by: Actor, at: datetime) -> bool:
    """Whether the sender of a police notice hears of it without a letter of its own; its clock is stopped then.

    A system is told by the answer that holds the receipt. Of what one desk sent in one file, the first has the letter.
    Part of the act that takes in.
    """
    notice = Notice.objects.filter(submission_id=contact.submission_id)
    told = within(by, notice).values_list("told", flat=True).first() if contact.channel == POLICE else None
    if told in (None, "letter"):
        return False
    answered = told == "answer"
    clocks.stop(
        ACKNOWLEDGE, subject=("contacts.submission", contact.submission_id), by=by,
        at=contact.received_at if answered else at, ended=Ended.DONE if answered else Ended.NOT_NEEDED,
    )  # fmt: skip
    return True


def tell_outcome(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Plan to say what was decided for every child, as far as the person may know it. Part of the act that decides.

    Whoever sent several contacts of one event is told once, when the last of them is decided.
    """
    together = answered_together(contact, by=by)
    decided = Decision.objects.select_related("matter__child").filter(matter__contact__in=together)
    standing = list(within(by, decided).filter(voided_at=None).order_by("id"))
    waits = any(each.state not in _ANSWERABLE for each in together if each.pk != contact.pk)
    if standing and not waits:
        plan_told(together[0], [_told(each) for each in standing], occasion=str(standing[-1].key), by=by, at=at)


def plan_told(contact: Contact, told: Sequence[Told], *, occasion: str, by: Actor, at: datetime) -> None:
    """Plan the letter that says what was decided, where whoever told us is owed one. Part of the act that decides.

    :param occasion: the key of the decision, which tells one answer from the next
    """
    key = referrer_key(contact, by=by)
    if contact.category not in OWED or key is None:
        return
    letters.plan_outcome(
        ("contacts.contact", contact.key), recipient=key,
        facts=Facts(
            contact.receipt, contact.received_at, decided_at=at, contact=_whom_to_call(contact, by=by, at=at),
            told=tuple(told),
        ),
        team_id=contact.team_id, occasion=occasion, by=by, at=at,
    )  # fmt: skip


_ANSWERABLE = frozenset({ContactState.DECIDED, ContactState.BACK, *ENDED})
"""States in which nothing is waited for before the sender is told."""


def answered_together(contact: Contact, *, by: Actor) -> list[Contact]:
    """The contacts of one event whose sender is told once, the one whose letter it is first; else the contact alone."""
    lead = contact.answered_with or contact.key
    others = within(by, Contact.objects.filter(Q(key=lead) | Q(answered_with=lead)).exclude(pk=contact.pk))
    return sorted([contact, *others], key=lambda each: (each.key != lead, each.pk))


def _told(decision: Decision) -> Told:
    child = decision.matter.child
    return told_of(child.label if child else "", decision.outcome, decision.detail)


def told_of(child: str, outcome: str, detail: str) -> Told:
    """One child's decision for the letter, with what was typed for the person who told us: a reason, or what to do."""
    needs, typed = codes.OUTCOMES[outcome].needs, detail.strip()
    return Told(
        child, outcome, reason=typed if "reason" in needs else "",
        next_step=typed if {"advice", "service"} & set(needs) else "",
    )  # fmt: skip


def _whom_to_call(contact: Contact, *, by: Actor, at: datetime) -> str:
    """The team that decided and the number at which professionals reach it; empty where the council has given none."""
    team = next((team for team in teams(by=by, at=at) if team.pk == contact.team_id), None)
    phone = councils.council(contact.authority_id).phone_professionals
    return f"the {team.name} on {phone}" if team and phone else ""
