"""What came about somebody before and what was decided for them: for a chronology, a rule, a look side by side."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Referrer

GONE = ("duplicate", "voided")
"""Contacts that are another one told twice, or were written down by mistake."""


@dataclass(frozen=True, slots=True)
class Past:
    """One contact about one person, as they were named in it, and what was decided for them then.

    :param named: key of the row that names them
    :param source: who told us, as far as anybody may see it: never a name
    :param outcome: code of what was decided for this child; empty while nothing is, and of an adult
    :param because: what it meant, in the words of whoever recommended it
    :param voice: what the child had said or shown, in the words kept then
    :param adult: they were named as an adult
    """

    named: UUID
    contact: UUID
    family: UUID
    receipt: str
    received_at: datetime
    happened_at: datetime | None
    sub_type: str
    state: str
    open: bool
    source: str
    adult: bool
    outcome: str = ""
    level: str = ""
    decided_at: datetime | None = None
    decided_by: int | None = None
    recommended_by: int | None = None
    because: str = ""
    direction: str = ""
    voice: str = ""


def past(named: Collection[UUID], *, by: Actor) -> list[Past]:
    """The contacts that name these rows, oldest first, duplicates and mistakes left out; four statements at any size.

    It leaves no entry: whoever shows it does.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    if not named:
        return []
    rows = list(
        within(by, Named.objects.filter(key__in=named).exclude(contact__state__in=GONE))
        .select_related("contact")
        .defer("contact__story")
        .order_by("contact__received_at", "contact__receipt", "position")
    )
    contacts = {row.contact_id for row in rows}
    kinds = _referrers(contacts, by=by)
    matters = _matters([row.pk for row in rows], by=by)
    decisions = _decisions([matter.pk for matter in matters.values()], by=by)
    return [_past(row, kinds.get(row.contact_id, ""), matters.get(row.pk), decisions) for row in rows]


def _referrers(contacts: Collection[int], *, by: Actor) -> dict[int, str]:
    found = within(by, Referrer.objects.filter(contact__in=contacts)).order_by("-id")
    return dict(found.values_list("contact_id", "kind"))


def _matters(children: Collection[int], *, by: Actor) -> dict[int, Matter]:
    rows = within(by, Matter.objects.filter(child__in=children)).order_by("id")
    return {row.child_id: row for row in rows if row.child_id is not None}


def _decisions(matters: Collection[int], *, by: Actor) -> dict[int, Decision]:
    rows = within(by, Decision.objects.filter(matter__in=matters, voided_at=None)).select_related("recommendation")
    return {row.matter_id: row for row in rows}


def _past(row: Named, kind: str, matter: Matter | None, decisions: dict[int, Decision]) -> Past:
    contact: Contact = row.contact
    decision = decisions.get(matter.pk) if matter else None
    past = Past(
        named=row.key, contact=contact.key, family=contact.family, receipt=contact.receipt,
        received_at=contact.received_at, happened_at=contact.happened_at, sub_type=contact.sub_type,
        state=contact.get_state_display(), open=contact.closed_at is None,
        source=codes.source_as_shown(kind, contact.source_code) if kind else "", adult=row.kind == "adult",
    )  # fmt: skip
    if decision is None:
        return past
    said = decision.recommendation
    return replace(
        past, outcome=decision.outcome, level=decision.threshold_level, decided_at=decision.made_at,
        decided_by=decision.made_by, recommended_by=said.made_by, because=said.means, direction=decision.direction,
        voice=said.voice,
    )  # fmt: skip
