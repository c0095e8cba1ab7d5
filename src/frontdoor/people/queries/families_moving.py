"""Who lives in which household, what a change of that would do, and what one has written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names as names_of_users
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.people.models import Change, Household, Membership
from frontdoor.people.rules import families as rules
from frontdoor.people.rules.families import Living
from frontdoor.people.rules.index import CHANGE_STATES
from frontdoor.trail import actions as trail


def livings(homes: Mapping[str, Household], *, by: Actor) -> list[Living]:
    """Every part in some households that was not struck through, in the order in which people came. Part of a page."""
    rows = Membership.objects.filter(household__in=[home.pk for home in homes.values()], struck_at=None)
    found = within(by, rows.select_related("person", "household"))
    return [
        Living(str(row.person.key), str(row.household.key), row.pattern, row.since, row.until, str(row.key),
               row.person.label)
        for row in found.order_by("household__key", "since", "person__label", "key")
    ]  # fmt: skip


def name_of_state(state: str) -> str:
    """A state of a change, within a sentence."""
    return dict(CHANGE_STATES)[state].lower()


def parts_written(change: Change, *, lock: bool = False, by: Actor) -> tuple[dict[str, Membership], list[str]]:
    """Every row that a change wrote, by key, and who else has come into the household that it made."""
    written = {each["key"] for each in (*change.done["ended"], *change.done["made"])}
    rows = Membership.objects.select_related("person", "household")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = {str(row.key): row for row in within(by, rows.filter(key__in=written)).order_by("key")}
    if not change.done["household"]:
        return found, []
    others = Membership.objects.filter(household__key=change.done["household"], struck_at=None).exclude(key__in=written)
    labels = within(by, others.select_related("person")).order_by("person__label", "key")
    return found, [row.person.label for row in labels]


@dataclass(frozen=True, slots=True)
class OpenChange:
    """One change, with who lived where before it and after it, and names of who acted.

    :param homes: the households that it is about, by key; the one that it makes has the empty key
    """

    change: Change
    wanted: rules.Wanted
    homes: dict[str, str]
    before: tuple[Living, ...]
    after: tuple[Living, ...]
    users: dict[int, str]


def open_change(key: UUID | str, *, by: Actor, at: datetime) -> OpenChange:
    """One change of who lives where; opening it leaves an entry.

    :raises NotPermitted: `by` reads no records of people
    :raises NotFound: there is none of that key
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    change = within(by, Change.objects.filter(key=key)).first()
    if change is None:
        raise NotFound
    wanted = rules.wanted(change.wanted)
    homes = {str(home.key): home for home in within(by, Household.objects.filter(key__in=change.wanted["seen"]))}
    now = livings(homes, by=by)
    before, later = (now, rules.as_after(wanted, now)) if change.state != "made" else _around(change, now, by=by)
    users = names_of_users({number for number in (change.asked_by, change.made_by, change.undone_by) if number}, by=by)
    trail.record("people.open_change", subject=change, by=by, at=at, state=change.state,
                 people=sorted({each.person for each in now}))  # fmt: skip
    labels = {key: home.label for key, home in homes.items()} | ({} if wanted.to else {"": wanted.label})
    first, then = (tuple(rules.living_on(each, wanted.on)) for each in (before, later))
    return OpenChange(change, wanted, labels, first, then, users)


def _around(change: Change, now: list[Living], *, by: Actor) -> tuple[list[Living], list[Living]]:
    """Who lived where before a change that was made, and since: worked out back from the rows that it wrote."""
    rows, _ = parts_written(change, by=by)
    made = {each["key"] for each in change.done["made"]}
    ended = {each["key"] for each in change.done["ended"]}
    came = [
        Living(str(row.person.key), "" if change.done["household"] else str(row.household.key), row.pattern, row.since,
               row.until, key, row.person.label)
        for key, row in rows.items()
        if key in made and row.struck_at is None
    ]  # fmt: skip
    before = [
        Living(each.person, each.household, each.pattern, each.since, None, each.key, each.label)
        if each.key in ended
        else each
        for each in now
        if each.key not in made
    ]
    return before, [*(each for each in now if each.key not in made), *came]
