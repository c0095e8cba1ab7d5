"""Asking for what a recommendation and a decision rest on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import (
    Agreement,
    Contact,
    Decision,
    FirstLook,
    LawfulBasis,
    Link,
    Matter,
    Named,
    Pattern,
    Question,
    Recommendation,
    Referrer,
    Snapshot,
    Statement,
)
from frontdoor.contacts.queries.people import of_family
from frontdoor.contacts.rules import decisions as rules
from frontdoor.contacts.rules.states import MatterState
from frontdoor.councils import queries as councils
from frontdoor.councils.rules import declared, london_day
from frontdoor.trail import actions as trail


def matter(key: UUID | str, *, by: Actor) -> Matter:
    """One child's matter with its contact and child.

    :raises NotFound: none of the council acted for has that key
    """
    found = within(by, Matter.objects.select_related("contact", "child").filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def open_matter(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Matter:
    """One child's matter for a page about it: the opening is an entry in the trail.

    :raises NotFound: none of the council acted for has that key
    :raises NotPermitted: `by` may not read contacts here
    """
    found = matter(key, by=by)
    require(by, Permission.CONTACT_READ, authority=found.authority_id)
    trail.record("contacts.open", subject=found.contact, by=by, at=at, why=why, matter=found.key)
    return found


def standing_recommendation(of: Matter, *, by: Actor) -> Recommendation | None:
    """The recommendation that waits for a manager or was decided on; none once withdrawn or sent back."""
    return within(by, Recommendation.objects.filter(matter=of, ended_at=None)).first()


def standing_decision(of: Matter, *, by: Actor) -> Decision | None:
    """The decision in force; none once voided."""
    return within(by, Decision.objects.filter(matter=of, voided_at=None)).first()


def standing_decisions(of: Sequence[Matter], *, by: Actor) -> dict[int, Decision]:
    """The decisions in force on several matters, by the matter's number."""
    found = within(by, Decision.objects.filter(matter__in=of, voided_at=None))
    return {decision.matter_id: decision for decision in found}


def earlier(contact: Contact, *, by: Actor) -> list[rules.Earlier]:
    """The family's earlier contacts, siblings counted, oldest first; duplicates and mistakes left out.

    They are those of the same people as somebody confirmed them, and those that are alike by exact matching alone.
    """
    family = of_family(contact, by=by)
    found = (
        within(by, Contact.objects.filter(pk__in=list(family), received_at__lt=contact.received_at))
        .exclude(state__in=("duplicate", "voided"))
        .order_by("received_at", "id")
    )
    rows = list(found.values("id", "key", "receipt", "received_at", "closed_by"))
    outcomes = _outcomes([row["id"] for row in rows], by=by)
    return [
        rules.Earlier(
            received_on=london_day(row["received_at"]),
            outcome=outcomes.get(row["id"], ""),
            closed_by=row["closed_by"],
            key=row["key"],
            label=row["receipt"],
            confirmed=family[row["id"]],
        )
        for row in rows
    ]


def _outcomes(contacts: Sequence[int], *, by: Actor) -> dict[int, str]:
    matters = within(by, Matter.objects.filter(contact_id__in=contacts).exclude(outcome="").order_by("id"))
    return dict(matters.values_list("contact_id", "outcome"))


def windows(*, by: Actor, at: datetime) -> rules.Windows:
    """The council's limits for repeat contacts on that day."""
    names = (declared.REPEAT_CONTACTS.name, declared.REPEAT_MONTHS.name, declared.RE_REFERRAL_MONTHS.name)
    found = councils.settings(names, authority=by.authority or 0, on=at)
    return rules.Windows(*(int(found[name].value) for name in names))


def repeat(contact: Contact, *, by: Actor, at: datetime) -> rules.Repeat | None:
    """Whether this contact makes a pattern that a manager must judge first, by the council's printed rule."""
    return rules.repeat(london_day(contact.received_at), earlier(contact, by=by), windows(by=by, at=at))


def pattern(contact: Contact, *, by: Actor) -> Pattern | None:
    """The latest reasoned decision on the pattern for this contact."""
    return within(by, Pattern.objects.filter(contact=contact).order_by("-id")).first()


def circumstances(of: Matter, *, by: Actor, at: datetime) -> rules.Circumstances:
    """What stands around a matter, as the rules ask it."""
    contact = of.contact
    agreement = within(by, Agreement.objects.filter(contact=contact).order_by("-id")).first()
    look = within(by, FirstLook.objects.filter(contact=contact).order_by("-id")).first()
    recommendation = standing_recommendation(of, by=by)
    status = agreement.status if agreement else "not_sought"
    return rules.Circumstances(
        agreement=status,
        red_flag=contact.flag_stands,
        safeguarding=_safeguarding(contact, look),
        late=at > contact.due_at,
        returned=within(by, Decision.objects.filter(matter=of, outcome="returned_to_referrer")).exists(),
        repeat=repeat(contact, by=by, at=at) is not None,
        rating=recommendation.rating if recommendation else "",
        basis_without_agreement=status != "given" and within(by, LawfulBasis.objects.filter(contact=contact)).exists(),
    )


def _safeguarding(contact: Contact, look: FirstLook | None) -> bool:
    kind = codes.CONTACT_KINDS.get(contact.sub_type)
    return bool(kind and kind.safeguarding) or (look.danger if look else contact.danger_said) == "yes"


MOST_WAITING = 200


def waiting(*, by: Actor) -> list[Matter]:
    """Matters that wait for a manager, danger first and then the nearest deadline; at most two hundred.

    :raises NotPermitted: `by` may not decide
    """
    require(by, Permission.CONTACT_DECIDE, authority=by.authority if by.authority is not None else -1)
    found = within(by, Matter.objects.select_related("contact", "child").filter(state=MatterState.RECOMMENDED))
    return list(found.order_by("contact__danger_rank", "contact__due_at", "id")[:MOST_WAITING])


def open_waiting(*, by: Actor, at: datetime) -> list[Matter]:
    """The list of what waits for a manager, as a page shows it: its opening is one entry with the ids shown.

    :raises NotPermitted: `by` may not decide
    """
    found = waiting(by=by)
    trail.record("contacts.waiting", by=by, at=at, shown=[str(matter.key) for matter in found])
    return found


_CONTACT = (
    "key", "receipt", "channel", "category", "sub_type", "source_code", "received_at", "happened_at", "entered_at",
    "out_of_hours", "story", "danger_said", "where_now", "with_whom", "until_when", "postcode",
    "responsible_authority", "due_at", "flagged_at", "flagged_why",
)  # fmt: skip
_PERSON = (
    "key", "kind", "given_name", "family_name", "known_as", "date_of_birth", "expected_on", "approximate_age",
    "description", "sex", "ethnicity", "language", "interpreter", "school", "relationship", "parental_responsibility",
    "lives_with", "concern",
)  # fmt: skip


def known(of: Matter, recommendation: Recommendation, *, by: Actor) -> dict[str, Any]:
    """Everything that the decision on this matter rests on, as plain values; the referrer as a key alone.

    Addresses and safe-contact notes stay out: a snapshot is replayed to more people than may see where somebody lives.
    """
    contact = of.contact
    rows: dict[str, tuple[Any, tuple[str, ...]]] = {
        "people": (Named, _PERSON),
        "statements": (Statement, ("key", "kind", "words", "named__key", "marked_at")),
        "looks": (FirstLook, ("key", "danger", "open_to", "line", "looked_by", "looked_at")),
        "questions": (Question, ("key", "asked_of", "text", "state", "answer", "seen_or_heard", "changed_today")),
        "links": (Link, ("kind", "other__key", "why")),
        "agreements": (Agreement, ("named__key", "purpose", "status", "given_by", "reason_not_sought")),
        "bases": (LawfulBasis, ("purpose", "basis", "necessity", "proportionality")),
    }
    content: dict[str, Any] = {
        name: list(within(by, model.objects.filter(contact=contact).order_by("id")).values(*columns))
        for name, (model, columns) in rows.items()
    }
    referrer = within(by, Referrer.objects.filter(contact=contact)).values_list("key", flat=True).first()
    history = [
        {"received_on": each.received_on, "outcome": each.outcome, "receipt": each.label}
        for each in earlier(contact, by=by)
    ]
    return {
        **content,
        "contact": {name: getattr(contact, name) for name in _CONTACT},
        "matter": of.key,
        "child": of.child.key if of.child else None,
        "referrer": referrer,
        "earlier": history,
        "recommendation": {name: getattr(recommendation, name) for name in _RECOMMENDATION},
    }


_RECOMMENDATION = (
    "key", "outcome", "secondary", "specialist_route", "known", "means", "decided", "change_mind", "voice",
    "voice_missing", "history", "threshold_level", "threshold_version", "rating", "detail", "made_by", "made_at",
)  # fmt: skip


def snapshot(of: Matter, *, by: Actor) -> Snapshot:
    """What was known when a matter was last decided.

    :raises NotFound: it never was
    """
    decision = within(by, Decision.objects.filter(matter=of).select_related("snapshot").order_by("-id")).first()
    if decision is None:
        raise NotFound
    return decision.snapshot
