"""What is known of a child when work about them arrives: who it is, what is open, when they were referred before."""

from collections.abc import Collection
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, acting_council
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.councils.queries import setting
from frontdoor.councils.rules import declared
from frontdoor.matching.queries.linked import people_of, subjects_of
from frontdoor.people.queries.feeding import open_to
from frontdoor.people.rules.feeding import PLANS
from frontdoor.referrals.models import Referral
from frontdoor.referrals.rules import judging
from frontdoor.referrals.rules.states import State

_NOT_A_CASE = frozenset(PLANS[plan] for plan in judging.NOT_A_CASE)
_NEVER = (State.WITHDRAWN.value, State.JOINED.value)
"""What was taken back is no referral, and what was joined is counted in the other."""


def people(keys: Collection[UUID], *, by: Actor) -> dict[UUID, int]:
    """Of some children those of whom it is confirmed who they are."""
    return people_of(keys, by=by)


def person_of(named: Named | None, *, by: Actor) -> int | None:
    """The number of the person that a child of a contact is confirmed to be."""
    return people_of([named.key], by=by).get(named.key) if named else None


def _same(named: Named | None, person: int | None, *, by: Actor) -> Q | None:
    """Which referrals are this child's: by the person, by what is confirmed since, by the child of the contact."""
    wanted = [Q(person=person)] if person else []
    wanted += [Q(named__key__in=subjects_of([person], kind=NAMED, by=by))] if person else []
    wanted += [Q(named=named)] if named else []
    return reduce(or_, wanted) if wanted else None


def open_referral(named: Named | None, person: int | None, *, by: Actor) -> Referral | None:
    """The open referral of this child, locked; None where there is none, or it is not known who the child is."""
    same = _same(named, person, by=by)
    if same is None:
        return None
    rows = Referral.objects.select_for_update(of=("self",), no_key=True).filter(same, settled_at=None)
    return within(by, rows).order_by("began_at", "id").first()


def open_case(person: int | None, *, before: date, by: Actor, at: datetime) -> str:
    """With whom the child's case was open in the case system when work arrived; empty where none is known.

    :param before: the day of sending: a case that began with this referral is not one that was open
    """
    if person is None:
        return ""
    for each in open_to([person], by=by, at=at).of.get(person, []):
        if each.plan not in _NOT_A_CASE and (each.since is None or each.since < before):
            return ", ".join(filter(None, (each.owner.name, each.team)))[:300]
    return ""


def earlier(
    named: Named | None, person: int | None, *, on: date, by: Actor, at: datetime, but: int | None = None
) -> date | None:
    """The latest earlier referral of the child that makes one on this day a re-referral.

    :param but: the referral that is judged
    """
    same = _same(named, person, by=by)
    if same is None:
        return None
    rows = Referral.objects.filter(same, began_on__lte=on).exclude(state__in=_NEVER).exclude(counts="open_case")
    days = list(within(by, rows.exclude(pk=but or 0)).values_list("began_on", flat=True))
    months = setting(declared.RE_REFERRAL_MONTHS.name, authority=acting_council(by), on=at).value
    return judging.referred_before(on, days, months=months)
