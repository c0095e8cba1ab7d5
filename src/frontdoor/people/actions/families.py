"""What people do about families: who is what to whom, who lives with whom; what was wrong is struck through."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.people.actions.index import changed, filled, taken
from frontdoor.people.models import Household, Membership, Person, Recorded, Relationship
from frontdoor.people.rules import families as rules
from frontdoor.people.rules.index_rows import Source, span_problems
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

Row = TypeVar("Row", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of two people: the first is the `kind` of the second.

    :param responsibility: parental responsibility of the first for the second: of RESPONSIBILITIES, or empty
    :param evidence: what shows it
    :param state: of a couple, of PARTNERSHIPS
    :param twin: of brothers and sisters, of TWINS
    """

    kind: str
    responsibility: str = ""
    evidence: str = ""
    state: str = ""
    twin: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def relate(
    person: UUID | str, other: UUID | str, said: Said, *, source: Source, seen: int | None = None,
    whose: UUID | str = "", by: Actor, at: datetime,
) -> Relationship:  # fmt: skip
    """Record what one person is to another.

    :param person: who is it, `other` to whom
    :param seen: the version of the person whose page was read
    :param whose: which of the two that was; `person` where nothing is said
    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: the council acted for does not know one of them
    :raises Conflict: that record was changed since
    :raises InvalidInput: what is said is wrong, by field; or it stands already
    """
    one, two = _both(person, other, seen=seen, whose=whose or person, by=by)
    row = _written(one, two, said, source=source, by=by, at=at)
    for each in {one.pk: one, two.pk: two}.values():
        changed(each, by=by)
    trail.record("people.relate", subject=one, by=by, at=at, other=two.key, kind=said.kind, row=row.key)
    return row


@transaction.atomic
def correct_relationship(
    of: UUID | str, said: Said, *, why: str, source: Source, seen: int | None = None, whose: UUID | str = "",
    by: Actor, at: datetime,
) -> Relationship:  # fmt: skip
    """Say that a relationship was written wrongly, and what is right; the wrong one stays readable, struck through.

    :raises NotFound: there is no such row
    :raises InvalidInput: no reason, or what is right is wrong by field
    :raises StepNotAllowed: it was struck through before
    """
    wrong, one, two = _relationship(of, seen=seen, whose=whose, by=by)
    _strike(wrong, why=why, by=by, at=at)
    row = _written(one, two, said, source=source, by=by, at=at)
    for each in (one, two):
        changed(each, by=by)
    trail.record("people.relate_correct", subject=one, by=by, at=at, why=why.strip(), other=two.key, row=wrong.key,
                 now=row.key, kind=said.kind)  # fmt: skip
    return row


@transaction.atomic
def strike_relationship(
    of: UUID | str, *, why: str, seen: int | None = None, whose: UUID | str = "", by: Actor, at: datetime
) -> None:
    """Say that a relationship was never so; it stays readable, struck through.

    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was struck through before
    """
    wrong, one, two = _relationship(of, seen=seen, whose=whose, by=by)
    _strike(wrong, why=why, by=by, at=at)
    for each in (one, two):
        changed(each, by=by)
    trail.record("people.relate_strike", subject=one, by=by, at=at, why=why.strip(), other=two.key, row=wrong.key)


@transaction.atomic
def end_relationship(
    of: UUID | str, *, until: date, seen: int | None = None, whose: UUID | str = "", by: Actor, at: datetime
) -> None:
    """Say until when somebody was this to another; it was right, and stays as what was so before.

    :raises InvalidInput: the day lies ahead, or before the first
    :raises StepNotAllowed: it has an end, or was struck through
    """
    row, one, two = _relationship(of, seen=seen, whose=whose, by=by)
    ended(row, until=until, at=at)
    for each in (one, two):
        changed(each, by=by)
    trail.record("people.relate_end", subject=one, by=by, at=at, other=two.key, row=row.key, until=until)


@transaction.atomic
def make_household(
    label: str, person: UUID | str, *, since: date | None = None, pattern: str = "", source: Source,
    seen: int | None = None, by: Actor, at: datetime,
) -> Household:  # fmt: skip
    """Record a household, and the first who lives in it.

    :param pattern: their days in it, where they live in another too
    :raises InvalidInput: it has no name
    """
    whose = taken(person, seen=seen, by=by)
    home = founded(label, by=by, at=at)
    _member(home, whose, since=since, pattern=pattern, source=source, by=by, at=at)
    changed(whose, by=by)
    trail.record("people.household", subject=whose, by=by, at=at, household=home.key)
    return home


@transaction.atomic
def rename_household(household: UUID | str, *, label: str, seen: int, by: Actor, at: datetime) -> Household:
    """Call a household something else.

    :raises InvalidInput: it has no name
    :raises Conflict: somebody changed it since
    """
    home = taken_household(household, seen=seen, by=by)
    home.label = _named(label)
    _moved_on(home)
    home.save(update_fields=["label"])
    trail.record("people.household_rename", subject=home, by=by, at=at)
    return home


@transaction.atomic
def join_household(
    household: UUID | str, person: UUID | str, *, since: date | None, until: date | None = None, pattern: str = "",
    source: Source, seen: int, by: Actor, at: datetime,
) -> Membership:  # fmt: skip
    """Record that somebody lives in a household.

    :param seen: the version of the household
    :raises InvalidInput: the days are wrong, or they live in it already
    :raises StepNotAllowed: the household has ended
    """
    home = taken_household(household, seen=seen, by=by)
    whose = taken(person, by=by)
    row = _member(home, whose, since=since, until=until, pattern=pattern, source=source, by=by, at=at)
    _moved_on(home)
    changed(whose, by=by)
    trail.record("people.member", subject=whose, by=by, at=at, household=home.key, row=row.key)
    return row


@transaction.atomic
def leave_household(membership: UUID | str, *, until: date, seen: int, by: Actor, at: datetime) -> Membership:
    """Say until when somebody lived in a household.

    :param seen: the version of the household
    :raises InvalidInput: the day lies ahead, or before the first
    :raises StepNotAllowed: it has an end, or was struck through
    """
    row, home, whose = _membership(membership, seen=seen, by=by)
    ended(row, until=until, at=at)
    _moved_on(home)
    changed(whose, by=by)
    trail.record("people.member_end", subject=whose, by=by, at=at, household=home.key, row=row.key, until=until)
    return row


@transaction.atomic
def strike_member(membership: UUID | str, *, why: str, seen: int, by: Actor, at: datetime) -> Membership:
    """Say that somebody never lived in a household; it stays readable, struck through.

    :param seen: the version of the household
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was struck through before
    """
    row, home, whose = _membership(membership, seen=seen, by=by)
    _strike(row, why=why, by=by, at=at)
    _moved_on(home)
    changed(whose, by=by)
    trail.record("people.member_strike", subject=whose, by=by, at=at, why=why.strip(), household=home.key, row=row.key)
    return row


def founded(label: str, *, by: Actor, at: datetime) -> Household:
    """A new household, saved; part of what records who lives in it."""
    return Household.objects.create(
        authority_id=acting_council(by), label=_named(label), made_by=by.user_id, made_at=at
    )


def taken_household(key: UUID | str, *, seen: int | None, by: Actor) -> Household:
    """One household, locked, for whoever changes who lives in it.

    :raises NotPermitted: `by` keeps no records of people
    :raises NotFound: there is none of that key
    :raises Conflict: it was changed since
    :raises StepNotAllowed: it has ended
    """
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    found = within(by, Household.objects.select_for_update(of=("self",)).filter(key=key)).first()
    if found is None:
        raise NotFound
    if found.ended_at is not None:
        raise StepNotAllowed("This household has ended", when=found.ended_at)
    if seen is not None:
        unchanged(seen, found.version)
    return found


def ended(row: Recorded, *, until: date, at: datetime) -> None:
    """Write the last day of a row that has none; it is locked with its person."""
    if row.until is not None:
        raise StepNotAllowed("It has an end already. Correct it where that is wrong")
    problems = span_problems(row.since, until)
    if until > london(at).date():
        problems = {"until": "The last day cannot lie ahead"}
    if problems:
        raise InvalidInput(**problems)
    row.until = until
    row.save(update_fields=["until"])


def _moved_on(home: Household) -> None:
    home.version += 1
    home.save(update_fields=["version"])


def _named(label: str) -> str:
    said = " ".join(label.split())
    if not said:
        raise InvalidInput(label="Give the household a name that people know it by")
    return said[:120]


def _both(
    person: UUID | str, other: UUID | str, *, seen: int | None, whose: UUID | str, by: Actor
) -> tuple[Person, Person]:
    """Both, locked in the order of their keys, so that two who write about the same two wait for each other."""
    found = {
        key: taken(key, seen=seen if key == str(whose) else None, by=by) for key in sorted({str(person), str(other)})
    }
    return found[str(person)], found[str(other)]


def _written(one: Person, two: Person, said: Said, *, source: Source, by: Actor, at: datetime) -> Relationship:
    problems = rules.relationship_problems(
        said.kind, said.responsibility, said.evidence, said.state, said.twin, same=one.pk == two.pk
    )
    problems |= span_problems(said.since, said.until)
    if not problems and _stands(one, two, said, by=by):
        problems["kind"] = "This is recorded already. Correct that where it is wrong"
    if problems:
        raise InvalidInput(**problems)
    row = Relationship(
        other=two, kind=said.kind, responsibility=said.responsibility, evidence=" ".join(said.evidence.split())[:300],
        state=said.state, twin=said.twin, since=said.since, until=said.until,
    )  # fmt: skip
    filled(row, person=one, source=source, by=by, at=at).save(force_insert=True)
    return row


def _stands(one: Person, two: Person, said: Said, *, by: Actor) -> bool:
    pairs = [(one.pk, two.pk), (two.pk, one.pk)] if said.kind in rules.BOTH_WAYS else [(one.pk, two.pk)]
    for first, second in pairs:
        same = Relationship.objects.filter(person=first, other=second, kind=said.kind, struck_at=None)
        spans = within(by, same).values_list("since", "until")
        if any(rules.overlap(since, until, said.since, said.until) for since, until in spans):
            return True
    return False


def _relationship(
    of: UUID | str, *, seen: int | None, whose: UUID | str, by: Actor
) -> tuple[Relationship, Person, Person]:
    """A relationship that stands, with both its people locked first."""
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    ends = within(by, Relationship.objects.filter(key=of)).values_list("person__key", "other__key").first()
    if ends is None:
        raise NotFound
    one, two = _both(*ends, seen=seen, whose=whose or ends[0], by=by)
    row = within(by, Relationship.objects.select_for_update(of=("self",)).filter(key=of)).get()
    return _unstruck(row), one, two


def _membership(of: UUID | str, *, seen: int, by: Actor) -> tuple[Membership, Household, Person]:
    require(by, Permission.PERSON_KEEP, authority=acting_council(by))
    ends = within(by, Membership.objects.filter(key=of)).values_list("household__key", "person__key").first()
    if ends is None:
        raise NotFound
    home = taken_household(ends[0], seen=seen, by=by)
    whose = taken(ends[1], by=by)
    return _unstruck(within(by, Membership.objects.select_for_update(of=("self",)).filter(key=of)).get()), home, whose


def _unstruck(row: Row) -> Row:
    if row.struck_at is not None:
        raise StepNotAllowed("This was corrected before", when=row.struck_at)
    return row


def _strike(row: Recorded, *, why: str, by: Actor, at: datetime) -> None:
    if not why.strip():
        raise InvalidInput(why="Write what was wrong, and how you know")
    row.struck_by, row.struck_at, row.struck_why = by.user_id, at, why.strip()[:300]
    row.save(update_fields=["struck_by", "struck_at", "struck_why"])


def _member(
    home: Household, whose: Person, *, since: date | None, until: date | None = None, pattern: str, source: Source,
    by: Actor, at: datetime,
) -> Membership:  # fmt: skip
    problems = span_problems(since, until)
    lives = within(by, Membership.objects.filter(household=home, person=whose, struck_at=None))
    if any(rules.overlap(since, until, *span) for span in lives.values_list("since", "until")):
        problems["person"] = "They live in this household already at that time"
    if problems:
        raise InvalidInput(**problems)
    row = Membership(household=home, pattern=" ".join(pattern.split())[:120], since=since, until=until)
    filled(row, person=whose, source=source, by=by, at=at).save(force_insert=True)
    return row
