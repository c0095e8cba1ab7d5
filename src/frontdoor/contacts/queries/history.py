"""What came about somebody before and what was decided for them: for a chronology, a rule, a look side by side."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
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


def past(named: Collection[UUID], *, by: Actor, but: Contact | None = None, words: bool = True) -> list[Past]:
    """The contacts that name these rows, oldest first, duplicates and mistakes left out; four statements at any size.

    It leaves no entry: whoever shows it does.

    :param but: a contact that is no earlier one
    :param words: with who told us, and by whom and in which words it was decided; without, two statements fewer
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    if not named:
        return []
    rows = list(
        within(by, Named.objects.filter(key__in=named).exclude(contact__state__in=GONE))
        .exclude(contact=but)
        .select_related("contact")
        .defer("contact__story")
        .order_by("contact__received_at", "contact__receipt", "position")
    )
    matters = _matters([row.pk for row in rows], by=by)
    if not words:
        return [_past(row, "", matters.get(row.pk), {}) for row in rows]
    kinds = _referrers({row.contact_id for row in rows}, by=by)
    decisions = _decisions([matter.pk for matter in matters.values()], by=by)
    return [_past(row, kinds.get(row.contact_id, ""), matters.get(row.pk), decisions) for row in rows]


def _referrers(contacts: Collection[int], *, by: Actor) -> dict[int, str]:
    found = within(by, Referrer.objects.filter(contact__in=contacts)).order_by("-id")
    return dict(found.values_list("contact_id", "kind"))


def _matters(children: Collection[int], *, by: Actor) -> dict[int, Matter]:
    rows = within(by, Matter.objects.filter(child__in=children)).order_by("id") if children else ()
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
        outcome=matter.outcome if matter else "",
    )  # fmt: skip
    if decision is None:
        return past
    said = decision.recommendation
    return replace(
        past, level=decision.threshold_level, decided_at=decision.made_at,
        decided_by=decision.made_by, recommended_by=said.made_by, because=said.means, direction=decision.direction,
        voice=said.voice,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """Something that somebody decided, or screened and recommended, for one child.

    :param decided: whether they decided it; else they recommended it and somebody else decided
    """

    decision: UUID
    named: UUID
    contact: UUID
    receipt: str
    child: str
    outcome: str
    made_at: datetime
    decided: bool


def mine(*, since: datetime, until: datetime, most: int, by: Actor) -> list[Mine]:
    """What the asker decided or recommended between two instants and what stands, the newest first.

    It leaves no entry: whoever shows it does.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    user = by.user_id or 0
    own = Q(made_by=user) | Q(recommendation__made_by=user)
    rows = within(by, Decision.objects.filter(own, voided_at=None, made_at__gte=since, made_at__lt=until))
    rows = (
        rows.exclude(matter__child=None).select_related("matter__child", "matter__contact").order_by("-made_at", "-id")
    )
    return [_mine(row, user) for row in rows[:most]]


def own_decision(key: UUID | str, *, by: Actor) -> Mine:
    """One decision that stands and that the asker made or recommended. Part of an action, which records it.

    :raises NotFound: there is none, or it is nobody's but others'
    """
    user = by.user_id or 0
    own = Q(made_by=user) | Q(recommendation__made_by=user)
    rows = within(by, Decision.objects.filter(own, key=key, voided_at=None))
    row = rows.select_related("matter__child", "matter__contact").first()
    if row is None or row.matter.child is None:
        raise NotFound
    return _mine(row, user)


def _mine(row: Decision, user: int) -> Mine:
    matter = row.matter
    return Mine(
        row.key, matter.child.key if matter.child else row.key, matter.contact.key, matter.contact.receipt,
        matter.called, row.outcome, row.made_at, row.made_by == user,
    )  # fmt: skip
