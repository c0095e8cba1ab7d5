"""What a service is searched by, worked out from what its feed says: age, days, cost, places, words. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from frontdoor.councils.rules.postcodes import districts, normalise
from frontdoor.directory.rules.profile import DAY_NAMES, DAYS

Said = Mapping[str, Any]

_DAY = re.compile(r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)")
ALL_DAYS: Final = 127


@dataclass(frozen=True, slots=True)
class Opening:
    """When a service is there: days as bits (Monday is 1), minutes since midnight."""

    days: int
    opens: int | None
    closes: int | None


@dataclass(frozen=True, slots=True)
class Facets:
    """What a service is searched by.

    :param about: words beside name and description: who runs it, its terms, where it is
    :param free: None where the feed does not say
    :param places: sectors, districts, towns and areas in small letters
    """

    name: str
    description: str
    about: str
    status: str
    minimum_age: int | None
    maximum_age: int | None
    days: int
    openings: tuple[Opening, ...]
    free: bool | None
    accessible: bool
    languages: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]
    assured_on: date | None = field(default=None)


def facets(said: Said) -> Facets:
    """All of it, from a service as it is shown: the feed's words with the corrections laid over them."""
    spans = tuple(openings(said))
    found = list(_places(said))
    terms = list(terms_of(said))
    organisation = said.get("organization", {}).get("name", "")
    days = 0
    for each in spans:
        days |= each.days
    return Facets(
        name=said["name"][:300], description=said.get("description", ""), status=said["status"],
        about=" ".join([organisation, *(term["name"] for term in terms), *found])[:5_000],
        minimum_age=_age(said.get("minimum_age")), maximum_age=_age(said.get("maximum_age")), days=days,
        openings=spans, free=_free(said), accessible=_accessible(said),
        languages=tuple(sorted({each["name"].casefold()[:60] for each in _languages(said) if each.get("name")})),
        places=tuple(dict.fromkeys(each.casefold()[:80] for each in found)),
        terms=tuple(dict.fromkeys(term["id"] for term in terms)), assured_on=assured(said),
    )  # fmt: skip


def terms_of(said: Said) -> Iterable[dict[str, Any]]:
    """The terms of taxonomies that a service carries."""
    for each in said.get("attributes", ()):
        if "taxonomy_term" in each:
            yield each["taxonomy_term"]


def locations(said: Said) -> Iterable[dict[str, Any]]:
    """The places at which a service is."""
    for each in said.get("service_at_locations", ()):
        if "location" in each:
            yield each["location"]


def postcodes(location: Said) -> list[str]:
    """The postcodes of a place in their usual form; what is none is left out."""
    found = (normalise(each.get("postal_code", "")) for each in location.get("addresses", ()))
    return [each for each in found if " " in each]


def _age(value: float | None) -> int | None:
    return None if value is None else int(value)


def openings(said: Said) -> Iterable[Opening]:
    """When a service is there, one for each of its schedules."""
    for each in said.get("schedules", ()):
        days = 0
        for found in _DAY.findall(each.get("byday", "")):
            days |= 1 << DAYS.index(found)
        yield Opening(days, minutes(each.get("opens_at", "")), minutes(each.get("closes_at", "")))


def minutes(text: str) -> int | None:
    """Minutes since midnight of a time as the profile writes it; None of anything else."""
    found = re.match(r"([01]\d|2[0-3]):([0-5]\d)", text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _free(said: Said) -> bool | None:
    amounts = [each["amount"] for each in said.get("cost_options", ()) if "amount" in each]
    if amounts:
        return bool(min(amounts) == 0)
    words = " ".join([said.get("fees", ""), *(each.get("option", "") for each in said.get("cost_options", ()))])
    return True if re.search(r"\bfree\b|\bno (charge|cost)\b", words, re.IGNORECASE) else None


def _accessible(said: Said) -> bool:
    return any(
        each.get("description") or each.get("details") or each.get("accessibility")
        for location in locations(said)
        for each in location.get("accessibility", ())
    )


def _languages(said: Said) -> Iterable[dict[str, Any]]:
    yield from said.get("languages", ())
    for contact in said.get("contacts", ()):
        for phone in contact.get("phones", ()):
            yield from phone.get("languages", ())


def _places(said: Said) -> Iterable[str]:
    for location in locations(said):
        for postcode in postcodes(location):
            yield postcode[:-2]
            yield districts(postcode)
        for address in location.get("addresses", ()):
            if address.get("city"):
                yield address["city"]
    for area in said.get("service_areas", ()):
        yield from filter(None, (area.get("name"), area.get("service_area")))


def assured(said: Said) -> date | None:
    """The day on which somebody last looked at it: checked, or changed."""
    days = [said[name][:10] for name in ("assured_date", "last_modified") if said.get(name)]
    return max(map(date.fromisoformat, days), default=None)


def phone_of(said: Said) -> str:
    """The first number on which a service answers."""
    return next((one["number"] for each in said.get("contacts", ()) for one in each.get("phones", ())), "")


def days_in_words(days: int) -> str:
    """Which days, in words: Monday and Thursday."""
    if days == ALL_DAYS:
        return "Every day"
    names = [name for place, name in enumerate(DAY_NAMES) if days & (1 << place)]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def clock(minute: int) -> str:
    """A time of day as people say it: 9:30am."""
    hour, rest = divmod(minute, 60)
    return f"{(hour - 1) % 12 + 1}{f':{rest:02d}' if rest else ''}{'am' if hour < 12 else 'pm'}"


def ages_in_words(least: int | None, most: int | None) -> str:
    """For which ages, in words."""
    if least is None and most is None:
        return "Any age"
    if most is None:
        return f"{least} and over"
    return f"Up to {most}" if not least else f"{least} to {most}"
