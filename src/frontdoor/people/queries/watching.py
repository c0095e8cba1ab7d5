"""What the trail tells of records that somebody opened: whether something in hand explains it, what is near it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require
from frontdoor.people.models import Barred, Membership, Person, Relationship, Residence, Watched
from frontdoor.people.rules import watching as rules
from frontdoor.people.rules.watching import Opening
from frontdoor.trail import actions as trail
from frontdoor.trail.models import Entry

OPENS = ("people.open", "people.family", "desk.chronology")
"""What somebody does who looks into a record."""
WORKS = (
    "people.add", "people.correct", "people.strike", "people.end", "people.say_all", "people.born", "people.make",
    "people.protect", "people.open_row", "matching.confirm", "matching.reject", "matching.create", "matching.take_back",
    "matching.joins_of", "matching.joined", "matching.parted", "people.break_glass",
)  # fmt: skip
"""What somebody does about a record who works with it: it stands in the trail under their own name."""
AT_ONCE = 5_000

InHand = Callable[..., set[int]]
"""`(user, people, since=, until=, by=)`: which of these people were in somebody's hands, as a room above knows it."""
IN_HAND: dict[str, InHand] = {}


def declare_in_hand(name: str, find: InHand) -> None:
    """Make known, once, a room that can tell what somebody had in hand.

    :raises ValueError: another one has that name
    """
    if IN_HAND.setdefault(name, find) is not find:
        raise ValueError(f"two tell what is in hand as {name}")


def openings(*, since: datetime, by: Actor) -> list[Opening]:
    """Every opening since then, with whether it is known why and what is near about it. Read as the matcher.

    :raises NotPermitted: `by` explains no matches: people do not ask this
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    entries = _entries(Entry.objects.filter(action__in=OPENS, subject_kind="people.person"), since, by=by)
    keys = {entry.subject_key for entry in entries}
    people = {str(each.key): each for each in within(by, Person.objects.filter(key__in=keys))}
    of_user: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.actor.startswith("user:") and entry.subject_key in people:
            of_user[int(entry.actor.removeprefix("user:"))].append(entry)
    return [each for user, mine in of_user.items() for each in _of_one(user, mine, people, since=since, by=by)]


def _entries(found: QuerySet[Entry], since: datetime, *, by: Actor) -> list[Entry]:
    """Entries from now back to an instant, by their number: the trail is not read further than that."""
    made: list[Entry] = []
    rows = within(by, found.order_by("-id"))
    before: int | None = None
    while True:
        page = list((rows if before is None else rows.filter(id__lt=before))[:AT_ONCE])
        made += [entry for entry in page if entry.at >= since]
        if len(page) < AT_ONCE or page[-1].at < since:
            return made
        before = page[-1].id


def _of_one(
    user: int, mine: list[Entry], people: Mapping[str, Person], *, since: datetime, by: Actor
) -> Iterable[Opening]:
    numbers = {people[entry.subject_key].pk for entry in mine}
    known = _in_hand(user, numbers, people, since=since, by=by)
    name = names({user}, by=by).get(user, "")
    others = {each.name for each in colleagues(by=by, at=max(entry.at for entry in mine))} | {name}
    whole = {rules.whole_key(" ".join(each.split()[:1]), " ".join(each.split()[-1:])) for each in others} - {""}
    near = _near(user, numbers, by=by)
    for entry in mine:
        person = people[entry.subject_key]
        plain = Opening(user, entry.subject_key, entry.at, post=entry.post, known=bool(entry.why) or person.pk in known)
        yield replace(
            plain, own_name=rules.family_key(name) == rules.family_key(person.family_name) != "",
            colleague=rules.whole_key(person.given_name, person.family_name) in whole, near=person.pk in near,
            few=person.shut,
        )  # fmt: skip


def _in_hand(user: int, numbers: set[int], people: Mapping[str, Person], *, since: datetime, by: Actor) -> set[int]:
    """Those whom somebody had in hand: whom they worked with, whom a room above tells, and their families."""
    worked = Entry.objects.filter(actor=f"user:{user}", action__in=WORKS, subject_kind="people.person")
    keys = {entry.subject_key for entry in _entries(worked, since - rules.BEFORE, by=by)}
    known = {people[key].pk for key in keys if key in people}
    wide = numbers | set(_family(numbers, by=by))
    for find in IN_HAND.values():
        known |= find(user, wide, since=since - rules.BEFORE, by=by)
    return known | set(_family(known, by=by))


def _family(numbers: Iterable[int], *, by: Actor) -> set[int]:
    """Everybody who stands in a relationship to these people, or lives or lived in a household with one of them."""
    whose = set(numbers)
    ties = within(by, Relationship.objects.filter(Q(person__in=whose) | Q(other__in=whose), struck_at=None))
    homes = within(by, Membership.objects.filter(person__in=whose, struck_at=None))
    shared = list(homes.values_list("household_id", flat=True))
    living = within(by, Membership.objects.filter(household__in=shared, struck_at=None))
    pairs = {number for pair in ties.values_list("person_id", "other_id") for number in pair}
    return pairs | set(living.values_list("person_id", flat=True))


def _near(user: int, numbers: set[int], *, by: Actor) -> set[int]:
    """Those of the address or the family of a record that is barred to somebody."""
    barred = set(within(by, Barred.objects.filter(user_id=user, ended_at=None)).values_list("person_id", flat=True))
    if not barred:
        return set()
    places = within(by, Residence.objects.filter(person__in=barred, struck_at=None, protected=False))
    near = _family(barred, by=by) | barred
    for postcode, line in set(places.exclude(postcode="").values_list("postcode", "fold_lines")):
        there = Residence.objects.filter(postcode=postcode, fold_lines=line, person__in=numbers, struck_at=None)
        near |= set(within(by, there).values_list("person_id", flat=True))
    return near & numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, whose it is, and which of the records the reader may see: key and what it is called."""

    row: Watched
    names: dict[int, str]
    people: list[tuple[UUID, str]]


def watched(*, by: Actor, at: datetime) -> tuple[list[Watched], dict[int, str]]:
    """Every question about others, what waits first; an entry.

    :raises NotPermitted: `by` does not watch over access
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    rows = list(within(by, Watched.objects.exclude(user_id=by.user_id or 0)).order_by("-found_at", "id")[:500])
    rows.sort(key=lambda row: row.answered_at is not None)
    trail.record("people.watched", by=by, at=at, rows=len(rows))
    return rows, names({row.user_id for row in rows}, by=by)


def open_watched(key: UUID | str, *, by: Actor, at: datetime) -> Asked:
    """One question about somebody else; an entry.

    :raises NotFound: there is none, or it is about oneself
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    others = Watched.objects.exclude(user_id=by.user_id or 0)
    return _opened(others.filter(key=key), "people.open_watched", by=by, at=at)


def asked(*, by: Actor, at: datetime) -> list[Watched]:
    """What one is asked oneself, what waits first; an entry."""
    acting_council(by)
    mine = Watched.objects.filter(user_id=acting_person(by)).order_by(F("said_at").desc(nulls_first=True), "-day")
    rows = list(within(by, mine)[:100])
    trail.record("people.asked", by=by, at=at, rows=len(rows))
    return rows


def open_asked(key: UUID | str, *, by: Actor, at: datetime) -> Asked:
    """One question about oneself; an entry.

    :raises NotFound: there is none of that key about oneself
    """
    acting_council(by)
    return _opened(Watched.objects.filter(key=key, user_id=acting_person(by)), "people.open_asked", by=by, at=at)


def _opened(found: QuerySet[Watched], action: str, *, by: Actor, at: datetime) -> Asked:
    row = within(by, found).first()
    if row is None:
        raise NotFound
    trail.record(action, subject=row, by=by, at=at)
    people = within(by, Person.objects.filter(key__in=row.people)).order_by("label", "id").values_list("key", "label")
    who = {number for number in (row.user_id, row.looked_by, row.answered_by) if number is not None}
    return Asked(row, names(who, by=by), list(people) if by.may(Permission.PERSON_READ) else [])
