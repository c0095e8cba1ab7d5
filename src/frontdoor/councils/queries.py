"""Asking for councils, the value of a setting on a day, and where a postcode leads.

These are read before anybody acts for a council (an address is resolved, a report is routed), so they take no `by`:
what they give is public or concerns the rules of the house, never a person.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from frontdoor.actors.queries import planned_once
from frontdoor.actors.rules import SERVICE, NotFound
from frontdoor.councils import rules
from frontdoor.councils.models import Council, Place, Setting
from frontdoor.councils.rules import Candidate, Routed, Valued, Version


def by_slug(slug: str, *, on: date | datetime) -> Council | None:
    """The council of an address, if it is in being on that day."""
    return _in_being(on).filter(slug=slug).first()


def council(number: int) -> Council:
    """The council with this number, whether or not it is still in being.

    :raises NotFound: this service never took in for it
    """
    found = Council.objects.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def councils(*, on: date | datetime) -> list[Council]:
    """The councils that the service takes in for on that day, by name; the service itself is not one."""
    return list(_in_being(on).exclude(pk=SERVICE).order_by("name"))


def _in_being(on: date | datetime) -> QuerySet[Council]:
    day = rules.london_day(on)
    return Council.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


def setting(name: str, *, authority: int, on: date | datetime) -> Valued:
    """The value of one setting for a council on a day, with the version that a clock or decision keeps.

    :raises UnknownSetting: no room declared it
    """
    return settings([name], authority=authority, on=on)[name]


def settings(names: Iterable[str] | None = None, *, authority: int, on: date | datetime) -> dict[str, Valued]:
    """The values of some settings, or of all, in one statement.

    :raises UnknownSetting: no room declared one of them
    """
    wanted = rules.every_setting() if names is None else [rules.setting_named(name) for name in names]
    day = rules.london_day(on)
    versions = _versions(authority, [] if names is None else [declared.name for declared in wanted], upto=day)
    return {declared.name: rules.valued(declared, versions[declared.name], day) for declared in wanted}


def timeline(name: str, *, authority: int) -> list[tuple[date, Valued]]:
    """From which day on which value holds, past and future: what a calendar of opening hours is made of."""
    return timelines([name], authority=authority)[name]


def timelines(names: Iterable[str], *, authority: int) -> dict[str, list[tuple[date, Valued]]]:
    """The same for several settings, in one statement.

    :raises UnknownSetting: no room declared one of them
    """
    wanted = [rules.setting_named(name) for name in names]
    versions = _versions(authority, [declared.name for declared in wanted])
    return {declared.name: rules.timeline(declared, versions[declared.name]) for declared in wanted}


# Every page and nearly every act asks for some settings, so the question is written once.
_VERSIONS = """
SELECT id, name, value, starts_on, ends_on FROM councils_setting
 WHERE authority_id = %(authority)s AND (%(every)s OR name = ANY(%(names)s))
   AND starts_on <= coalesce(%(upto)s, starts_on) AND (ends_on IS NULL OR ends_on >= coalesce(%(upto)s, ends_on))
"""


_kept: ContextVar[dict[int, list[Any]] | None] = ContextVar("frontdoor_settings", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the settings of each council once inside the block: around a page that only reads."""
    mark = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(mark)


def _versions(authority: int, names: list[str], upto: date | None = None) -> dict[str, list[Version]]:
    kept = _kept.get()
    if kept is None:
        rows = _asked(authority, names, upto)
    else:
        if authority not in kept:
            kept[authority] = _asked(authority, [], None)
        rows = [row for row in kept[authority] if _wanted(row, names, upto)]
    found: dict[str, list[Version]] = defaultdict(list)
    for number, name, value, since, until in rows:
        found[name].append(Version(number, json.loads(value), since, until))
    return found


def _asked(authority: int, names: list[str], upto: date | None) -> list[Any]:
    values = {"authority": authority, "every": not names, "names": names, "upto": upto}
    return planned_once(_VERSIONS, values)


def _wanted(row: Any, names: list[str], upto: date | None) -> bool:
    """What the statement itself says of a row, of one that was read with all the others."""
    _, name, _, since, until = row
    return (not names or name in names) and (upto is None or (since <= upto and (until is None or until >= upto)))


def history(name: str, *, authority: int) -> list[Setting]:
    """Every version of one setting, the newest first, those of days to come included.

    :raises UnknownSetting: no room declared it
    """
    rules.setting_named(name)
    return list(Setting.objects.filter(authority_id=authority, name=name).order_by("-starts_on", "-pk"))


def upcoming(*, authority: int, on: date | datetime) -> list[Setting]:
    """The versions that begin after a day, the next first."""
    day = rules.london_day(on)
    return list(Setting.objects.filter(authority_id=authority, starts_on__gt=day).order_by("starts_on", "pk"))


def route(postcode: str, *, on: date | datetime) -> Routed:
    """Where a postcode leads, however it was typed; unknown and border are answers, never errors."""
    usual = rules.normalise(postcode)
    rows = Place.objects.filter(district=rules.districts(usual)).order_by("prefix", "rank") if usual else []
    known = [Candidate(row.prefix, row.authority_number, row.authority_name, row.rank) for row in rows]
    return rules.route(postcode, known, {found.pk for found in councils(on=on)})
