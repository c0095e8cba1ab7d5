"""Joining two records: one person proposes it, another answers it, and every row is moved with a journal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.matching.actions.joining_moving import move_all
from frontdoor.matching.models import Join, NotSame, Suspicion
from frontdoor.matching.queries import joining_standing as standing
from frontdoor.matching.queries.joining_whole import whole
from frontdoor.matching.rules import doubles
from frontdoor.matching.rules import joining as rules
from frontdoor.matching.rules.doubles import Step as Suspected
from frontdoor.matching.rules.joining import State, Step
from frontdoor.people.actions import index
from frontdoor.people.models import Membership, Person, Probe, Relationship
from frontdoor.trail import actions as trail


def both(kept: UUID | str, gone: UUID | str, *, by: Actor) -> tuple[Person, Person]:
    """The two records, locked: everything that is written about either waits.

    :raises NotFound: one is another council's, or `by` may not open it
    """
    found = Person.objects.select_for_update(of=("self",)).filter(key__in=[kept, gone]).order_by("pk")
    people = {str(person.key): person for person in within(by, found)}
    if str(kept) not in people or str(gone) not in people:
        raise NotFound
    return people[str(kept)], people[str(gone)]


def take(key: UUID | str, *, by: Actor) -> Join:
    """The join, locked.

    :raises NotFound: absent or another council's
    """
    found = within(by, Join.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def propose(
    *, kept: UUID | str, gone: UUID | str, seen: tuple[int, int], choices: Mapping[str, str] | None = None,
    reasons: Sequence[str] = (), why: str, by: Actor, at: datetime,
) -> Join:  # fmt: skip
    """Propose that two records become one. Nothing changes until somebody else agrees.

    :param kept: the record that goes on
    :param seen: the versions of `kept` and `gone` on which the proposal rests
    :param choices: `kept` or `gone` by what cannot both stand (`rules.Clash`); `nhs_why` beside the NHS number
    :param reasons: what the comparison said, for whoever answers
    :raises NotPermitted: `by` proposes no joins
    :raises NotFound: one is another council's, shut, or an identity of which nobody is told
    :raises Conflict: one was changed since
    :raises InvalidInput: a choice or a reason is missing
    :raises StepNotAllowed: they are known not to be one, are twins, or one of them is in another join
    """
    council = acting_council(by)
    require(by, Permission.JOIN_PROPOSE, authority=council)
    into, other = both(kept, gone, by=by)
    standing.may_join(into, other, by=by)
    unchanged(seen[0], into.version)
    unchanged(seen[1], other.version)
    taken = rules.chosen(standing.differing(into, other, by=by), choices or {})
    join = Join.objects.create(
        authority_id=council, kept=into, gone=other, state=State.PROPOSED.value, choices=taken, reasons=list(reasons),
        why=rules.reason(why), proposed_by=acting_person(by), proposed_at=at,
    )  # fmt: skip
    suspected(join, Suspected.PROPOSE, why="", by=by, at=at)
    trail.record("matching.propose_join", subject=join, by=by, at=at, why=join.why, kept=into.key, gone=other.key)
    return join


@transaction.atomic
def approve(
    key: UUID | str, *, seen: int, seen_people: tuple[int, int], why: str = "", name: str = "", name_why: str = "",
    by: Actor, at: datetime,
) -> Join:  # fmt: skip
    """Agree that two records are one person: every row of the one is moved to the other, each with its journal.

    :param seen_people: the versions of the record that goes on and of the other, as they were looked at
    :param name: key of the name of either that leads from now on; empty for the one that would lead by itself
    :raises NotPermitted: `by` answers no proposals
    :raises NotFound: absent, another council's, or `by` may not open one of the two
    :raises Conflict: the proposal or one of the records was changed since
    :raises StepNotAllowed: `by` proposed it, it is answered already, or something hinders it now
    :raises InvalidInput: something was written since that cannot stand beside the other's: it is proposed anew; or
        the name is of neither, or nothing says why it leads
    """
    join = take(key, by=by)
    require(by, Permission.JOIN_APPROVE, authority=join.authority_id)
    kept, gone = _answered(join, Step.APPROVE, seen=seen, why=why, by=by, at=at)
    unchanged(seen_people[0], kept.version)
    unchanged(seen_people[1], gone.version)
    standing.may_join(kept, gone, by=by, but=join.key)
    join.choices = rules.chosen(standing.differing(kept, gone, by=by), join.choices) | rules.leading(
        [str(each.key) for each in standing.names_of(kept, gone, by=by)], name, name_why
    )
    join.save(update_fields=["state", "choices", "answered_by", "answered_at", "answered_why", "version"])
    with whole(by) as matcher:
        rows = move_all(join, kept, gone, struck_by=acting_person(by), by=matcher, at=at)
        changed(kept, gone, by=matcher)
        within(matcher, Probe.objects.filter(person_id=gone.pk)).delete()
    suspected(join, Suspected.PROPOSE, why=join.why, by=by, at=at)
    trail.record_each("matching.joined", subjects=[kept, gone], by=by, at=at, why=join.why, join=join.key)
    trail.record("matching.approve_join", subject=join, by=by, at=at, why=join.answered_why, rows=rows)
    return join


@transaction.atomic
def refuse(key: UUID | str, *, seen: int, why: str, not_same: bool = False, by: Actor, at: datetime) -> Join:
    """Say no to a proposal, and perhaps that the two are not one person: then nobody is offered them again.

    :raises NotPermitted: `by` answers no proposals
    :raises Conflict: it was changed since
    :raises StepNotAllowed: `by` proposed it, or it is answered already
    :raises InvalidInput: no reason
    """
    join = take(key, by=by)
    require(by, Permission.JOIN_APPROVE, authority=join.authority_id)
    kept, gone = _answered(join, Step.REFUSE, seen=seen, why=rules.reason(why), by=by, at=at)
    join.save(update_fields=["state", "answered_by", "answered_at", "answered_why", "version"])
    if not_same:
        say_not_same(kept, gone, ground="looked_at", why=join.answered_why, by=by, at=at)
    suspected(join, Suspected.REJECT if not_same else Suspected.RETURN, why=join.answered_why, by=by, at=at)
    trail.record("matching.refuse_join", subject=join, by=by, at=at, why=join.answered_why, not_same=not_same)
    return join


def _answered(join: Join, step: Step, *, seen: int, why: str, by: Actor, at: datetime) -> tuple[Person, Person]:
    """Write the answer of somebody else than the proposer onto the join; the two records, locked."""
    who = names({join.answered_by or 0}, by=by).get(join.answered_by or 0, "")
    state = rules.after(join.state, step, who=who, when=join.answered_at)
    rules.by_another(join.proposed_by, by.user_id)
    unchanged(seen, join.version)
    people = both(join.kept.key, join.gone.key, by=by)
    join.state, join.answered_by, join.answered_at, join.answered_why = state.value, by.user_id, at, why.strip()[:300]
    join.version += 1
    return people


def changed(*people: Person, by: Actor) -> None:
    """Say that records were changed, and work out again what lists show and what they are found by.

    The names of a family help to find each of it, so that what they are found by changes with them.
    """
    for person in people:
        person.version += 1
        person.save(update_fields=["version"])
    with_rows = [person.pk for person in people if person.joined_into_id is None]
    index.refresh(with_rows, by=by)
    index.refresh(_kin(with_rows, by=by), by=by)


def _kin(numbers: list[int], *, by: Actor) -> set[int]:
    """Everybody in the families and households of some people."""
    ties = within(by, Relationship.objects.filter(Q(person__in=numbers) | Q(other__in=numbers)))
    kin = {number for pair in ties.values_list("person_id", "other_id") for number in pair}
    shared = within(by, Membership.objects.filter(person__in=numbers)).values_list("household_id", flat=True)
    with_them = within(by, Membership.objects.filter(household__in=list(shared)))
    return kin | set(with_them.values_list("person_id", flat=True))


def say_not_same(one: Person, other: Person, *, ground: str, why: str, by: Actor, at: datetime) -> NotSame:
    """Remember that two records are not one person; once is enough.

    :raises StepNotAllowed: one was joined into another record
    """
    if one.joined_into_id is not None or other.joined_into_id is not None:
        raise StepNotAllowed("One of these records was joined into another. Open that one.")
    pair = standing.of_pair(one, other, "first_id", "second_id")
    found = within(by, NotSame.objects.filter(pair, ended_at=None)).order_by("pk").first()
    first, second = sorted((one, other), key=lambda person: person.pk)
    return found or NotSame.objects.create(
        authority_id=acting_council(by), first=first, second=second, ground=ground, why=why[:300], said_by=by.user_id,
        said_at=at,
    )  # fmt: skip


def suspected(join: Join, step: Suspected, *, why: str, by: Actor, at: datetime) -> None:
    """What became of the suspicion that the two are one, where a search had it."""
    pair = standing.of_pair(join.kept, join.gone, "person_id", "other_id")
    allowed, state = doubles.STEPS[step]
    answered = {} if step is Suspected.RETURN else {"answered_by": by.user_id, "answered_at": at}
    cleared = {"answered_by": None, "answered_at": None}
    within(by, Suspicion.objects.filter(pair, state__in=[each.value for each in allowed])).update(
        state=state.value, why=why, version=F("version") + 1, **(answered or cleared)
    )
