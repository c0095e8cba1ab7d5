"""Asking about records that few may open: the one neutral question, and what their keepers see."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from frontdoor.access.queries import Colleague, colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import MATCHER, Actor, NotFound, Permission, acting_council, require
from frontdoor.councils.queries import council
from frontdoor.people.models import Barred, Glass, NamedAccess, Person, Restriction, Review
from frontdoor.people.rules import restricting as rules
from frontdoor.people.rules.restricting import WhomToCall
from frontdoor.trail import actions as trail

PAGE = 50


class Judge(Protocol):
    """Says which of some people are truly meant; it sees their records and gives back nothing but numbers."""

    def __call__(self, people: frozenset[int], /, *, by: Actor) -> Collection[int]: ...


@contextmanager
def _behind_the_wall(by: Actor) -> Iterator[Actor]:
    """See what is shut, as the matcher does and with its eyes alone, for the length of one question.

    The one place outside `actors` that says who acts; a test reads the source and holds it to that. An error gives
    back what was set with the savepoint.
    """
    with transaction.atomic():
        _see_as(MATCHER.name)
        yield MATCHER.at(by.authority)
        _see_as(by.name)


def _see_as(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('frontdoor.actor', %s, true)", [name])


def neutral(person_ids: Collection[int], *, by: Actor, at: datetime, judge: Judge | None = None) -> list[WhomToCall]:
    """Whom to call where a record that few may open may be meant; nothing of the record, nor how many there are.

    For those whom it would meet while they screen; everybody else is told nothing at all. What was before an adoption
    is never told of. That somebody was told is an entry in the trail.

    :param person_ids: people whom an ordinary reading did not find, though the indexed keys led to them
    :param judge: says which of them are truly meant; without one all are
    """
    if not person_ids or not by.may(Permission.RESTRICTED_ASK):
        return []
    with _behind_the_wall(by) as matcher:
        hidden = _hidden(frozenset(person_ids), by, matcher)
        meant = [each for each in judge(hidden, by=matcher) if each in hidden] if judge and hidden else sorted(hidden)
        restrictions = within(matcher, Restriction.objects.filter(person_id__in=meant, ended_at=None))
        found = sorted(restrictions.order_by("id"), key=lambda each: meant.index(each.person_id))
        barred = within(matcher, Barred.objects.filter(person_id__in=meant, user_id=by.user_id or 0, ended_at=None))
        never = set(barred.values_list("person_id", flat=True))
    lines = _lines(found, never, bool(never - {each.person_id for each in found}), by)
    if lines:
        trail.record(
            "people.told_whom_to_call", by=by, at=at, restrictions=[str(each.key) for each in lines if each.key]
        )
    return lines


def _hidden(asked: frozenset[int], by: Actor, matcher: Actor) -> frozenset[int]:
    """Those of them that `by` may not see: shut and not open to them, or barred."""
    people = within(matcher, Person.objects.filter(pk__in=asked)).values_list("pk", "shut")
    with connection.cursor() as cursor:
        _see_as(by.name)
        cursor.execute("SELECT frontdoor_opened(), frontdoor_barred()")
        opened, barred = cursor.fetchone() or ([], [])
        _see_as(MATCHER.name)
    return frozenset(number for number, shut in people if number in barred or (shut and number not in opened))


def _lines(found: list[Restriction], never: set[int], plain: bool, by: Actor) -> list[WhomToCall]:
    """One line for each person to be called, however many records they are called about."""
    lines: dict[tuple[str, str], WhomToCall] = {}
    for each in found:
        if each.ground not in rules.UNASKED:
            key = None if each.person_id in never else each.key
            said = lines.setdefault(
                (each.call_whom, each.call_number), WhomToCall(key, each.call_whom, each.call_number)
            )
            if said.key is None and key is not None:
                lines[each.call_whom, each.call_number] = WhomToCall(key, each.call_whom, each.call_number)
    if plain:
        here = council(acting_council(by))
        lines.setdefault(
            ("the contact centre", here.phone_professionals),
            WhomToCall(None, "the contact centre", here.phone_professionals),
        )
    return list(lines.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """Glass that is broken: until when, and how to close it."""

    key: UUID
    until: datetime


def open_now(*, by: Actor, at: datetime) -> list[Opened]:
    """Every glass that `by` has broken and that is still open: every page of such a record says so."""
    running = Glass.objects.filter(user_id=by.user_id or 0, ended_at=None, until__gt=at)
    return [Opened(each.key, each.until) for each in within(by, running).order_by("until", "id")]


def own_glass(key: UUID, *, by: Actor) -> Opened:
    """Glass of one's own, to be closed.

    :raises NotFound: there is none such of `by`
    """
    found = within(by, Glass.objects.filter(key=key, user_id=by.user_id or 0)).first()
    if found is None:
        raise NotFound
    return Opened(found.key, found.until)


def asked_for(key: UUID, *, by: Actor, at: datetime) -> WhomToCall:
    """Whom to call about a restricted record, on the page that asks for a reason to open it.

    :raises NotFound: there is no such restriction for `by`, or nobody may break its glass
    :raises NotPermitted: `by` may not break the glass
    """
    require(by, Permission.RESTRICTED_ASK, authority=acting_council(by))
    found = within(by, Restriction.objects.filter(key=key, ended_at=None)).first()
    if found is None or found.ground in rules.UNASKED:
        raise NotFound
    trail.record("people.ask_for_restricted", subject=found, by=by, at=at)
    return WhomToCall(found.key, found.call_whom, found.call_number)


def person_of_glass(glass: Glass, *, by: Actor) -> UUID:
    """The key of the record that a glass opened, for whom it is open."""
    found = within(by, Person.objects.filter(pk=glass.person_id)).values_list("key", flat=True).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """One restricted record as its keepers list it: without a name, unless they may open it."""

    restriction: Restriction
    label: str
    owner: str


def restrictions(*, by: Actor, at: datetime) -> list[Listed]:
    """The restrictions in force, those due for a look first; an entry in the trail.

    :raises NotPermitted: `by` keeps no restricted records
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = list(within(by, Restriction.objects.filter(ended_at=None)).order_by("review_on", "set_at", "id")[:PAGE])
    labels, owners = _labels(found, by), names({each.owner for each in found}, by=by)
    trail.record("people.restrictions", by=by, at=at, restrictions=[str(each.key) for each in found])
    return [Listed(each, labels.get(each.person_id, ""), owners.get(each.owner, "")) for each in found]


def _labels(found: Collection[Restriction], by: Actor) -> dict[int, str]:
    people = Person.objects.filter(pk__in={each.person_id for each in found})
    return dict(within(by, people).values_list("pk", "label"))


@dataclass(frozen=True, slots=True)
class OpenedRestriction:
    """One restriction as its page shows it."""

    restriction: Restriction
    label: str
    readers: list[NamedAccess]
    barred: list[Barred]
    reviews: list[Review]
    glass: list[Glass]
    names: dict[int, str]


def open_restriction(key: UUID, *, by: Actor, at: datetime) -> OpenedRestriction:
    """One restriction whole: who may open the record, who never may, every look and every breaking; an entry.

    :raises NotFound: there is no such restriction, or `by` is barred from the record
    :raises NotPermitted: `by` keeps no restricted records
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = within(by, Restriction.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    person = found.person_id
    readers = list(within(by, NamedAccess.objects.filter(person_id=person)).order_by("since", "id"))
    barred = list(within(by, Barred.objects.filter(person_id=person)).order_by("set_at", "id"))
    reviews = list(within(by, Review.objects.filter(restriction=found)).order_by("at", "id"))
    glass = list(within(by, Glass.objects.filter(person_id=person)).order_by("at", "id"))
    users = {found.owner, found.set_by or 0, found.ended_by or 0} | {each.by_user for each in reviews}
    users |= {each.user_id for each in readers} | {each.user_id for each in barred} | {each.user_id for each in glass}
    trail.record("people.open_restriction", subject=found, by=by, at=at)
    labels = _labels([found], by)
    return OpenedRestriction(found, labels.get(person, ""), readers, barred, reviews, glass, names(users, by=by))


def reader_of(key: UUID, *, by: Actor, at: datetime) -> str:
    """Whose access by name is about to end; an entry.

    :raises NotFound: there is none such, or `by` is barred from the record
    :raises NotPermitted: `by` keeps no restricted records
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = within(by, NamedAccess.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("people.open_reader", subject=found, by=by, at=at)
    return names({found.user_id}, by=by).get(found.user_id, "")


def barred_of(key: UUID, *, by: Actor, at: datetime) -> str:
    """Who is barred by a bar that is about to end; an entry.

    :raises NotFound: there is none such, or it is about `by`
    :raises NotPermitted: `by` keeps no restricted records
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = within(by, Barred.objects.filter(key=key).exclude(user_id=by.user_id or 0)).first()
    if found is None:
        raise NotFound
    trail.record("people.open_bar", subject=found, by=by, at=at)
    return names({found.user_id}, by=by).get(found.user_id, "")


def keepers(*, by: Actor, at: datetime) -> list[Colleague]:
    """Who keeps restricted records here today, by name."""
    return [each for each in colleagues(by=by, at=at) if each.may(Permission.RESTRICTION_KEEP)]


def label_of(key: UUID, *, by: Actor, at: datetime) -> str:
    """The name of a record that is about to be restricted.

    :raises NotFound: there is none here for `by`
    :raises NotPermitted: `by` keeps no restricted records
    """
    require(by, Permission.RESTRICTION_KEEP, authority=acting_council(by))
    found = within(by, Person.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("people.before_restricting", subject=found, by=by, at=at)
    return found.label


@dataclass(frozen=True, slots=True)
class Broken:
    """One breaking of the glass as those who look at it see it: who, when, why; not whose record."""

    glass: Glass
    who: str
    looked_by: str
    own: bool


def broken(*, by: Actor, at: datetime) -> list[Broken]:
    """Every breaking of the glass, those first at which nobody has looked; an entry in the trail.

    :raises NotPermitted: `by` does not look at these
    """
    require(by, Permission.GLASS_REVIEW, authority=acting_council(by))
    waiting = list(within(by, Glass.objects.filter(reviewed_at=None)).order_by("at", "id")[:PAGE])
    looked = list(within(by, Glass.objects.exclude(reviewed_at=None)).order_by("-reviewed_at", "-id")[:PAGE])
    found = [*waiting, *looked]
    who = names({each.user_id for each in found} | {each.reviewed_by or 0 for each in found}, by=by)
    trail.record("people.broken", by=by, at=at, glass=[str(each.key) for each in found])
    return [_broken(each, who, by) for each in found]


def open_broken(key: UUID, *, by: Actor, at: datetime) -> Broken:
    """One breaking of the glass, to be looked at; an entry.

    :raises NotFound: there is none such, or `by` is barred from the record
    :raises NotPermitted: `by` does not look at these
    """
    require(by, Permission.GLASS_REVIEW, authority=acting_council(by))
    found = within(by, Glass.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("people.open_broken", subject=found, by=by, at=at)
    return _broken(found, names({found.user_id, found.reviewed_by or 0}, by=by), by)


def _broken(glass: Glass, who: dict[int, str], by: Actor) -> Broken:
    return Broken(glass, who.get(glass.user_id, ""), who.get(glass.reviewed_by or 0, ""), glass.user_id == by.user_id)
