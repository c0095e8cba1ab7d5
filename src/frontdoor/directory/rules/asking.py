"""What somebody looks for, and how a list is cut into pages: as people ask here, and as systems ask. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from frontdoor.councils.rules.postcodes import normalise
from frontdoor.directory.rules.facets import minutes
from frontdoor.directory.rules.profile import DAY_NAMES, DAYS

T = TypeVar("T")

PAGE: Final = 20
MOST_PER_PAGE: Final = 100
USUAL_PER_PAGE: Final = 50
NEAR: Final = 15.0
"""Kilometres around a postcode within which a service is near, unless somebody says otherwise."""

KM_OF_DEGREE: Final = 111.2


class NotAsked(ValueError):
    """What a system asked cannot be understood.

    :param problems: words by parameter
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; whatever is not asked is empty.

    :param terms: any of these terms, or a term below one of them
    :param day: as bits, Monday is 1
    :param place: a postcode in its usual form, or part of one, or the name of a town, ward or area in small letters
    :param opens: with `closes`, a time of the day in minutes within which it is there
    :param everything: also what the public is not shown
    """

    words: str = ""
    terms: tuple[UUID, ...] = ()
    taxonomy: UUID | None = None
    youngest: int | None = None
    oldest: int | None = None
    day: int = 0
    opens: int | None = None
    closes: int | None = None
    free: bool | None = None
    accessible: bool = False
    language: str = ""
    place: str = ""
    km: float = NEAR
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Which page of a list, and how many entries a page has."""

    page: int = 1
    size: int = PAGE

    @property
    def skip(self) -> int:
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list as the profile lays it down."""

    total: int
    cut: Cut
    contents: Sequence[Mapping[str, Any]] = field(default=())

    def said(self) -> dict[str, Any]:
        """The page with the fields of the profile."""
        pages = max(1, -(-self.total // self.cut.size))
        return {
            "total_items": self.total, "total_pages": pages, "page_number": self.cut.page, "size": len(self.contents),
            "first_page": self.cut.page == 1, "last_page": self.cut.page >= pages, "empty": not self.contents,
            "contents": list(self.contents),
        }  # fmt: skip


def place_of(text: str) -> str:
    """A place as it was typed: a postcode or part of one in its usual form, else a name in small letters."""
    return normalise(text) or " ".join(text.casefold().split())[:80]


def day_bits(text: str) -> int:
    """A day of the week as bits, from MO, Mon or Monday; several with commas; 0 of anything else."""
    found = 0
    for part in text.split(","):
        short = part.strip().upper()
        for place, (code, name) in enumerate(zip(DAYS, DAY_NAMES, strict=True)):
            if short and (short == code or (len(short) > 2 and name.upper().startswith(short))):
                found |= 1 << place
    return found


def box(latitude: float, longitude: float, km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a square around a place, at the breadth of England."""
    high, wide = km / KM_OF_DEGREE, km / (KM_OF_DEGREE * 0.58)
    return latitude - high, latitude + high, longitude - wide, longitude + wide


_WHOLE = re.compile(r"[0-9]{1,6}")


class _Given:
    """Parameters as they came, read one by one; what cannot be understood is kept in `problems`."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.problems: dict[str, str] = {}

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number, or None where nothing was asked."""
        text = self.given.get(name, "")
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            self.problems[name] = f"a whole number from {least} to {most}"
            return None
        return int(text)

    def key(self, name: str) -> UUID | None:
        """An identifier."""
        try:
            return UUID(self.given[name]) if self.given.get(name) else None
        except ValueError:
            self.problems[name] = "a UUID"
            return None

    def time(self, name: str) -> int | None:
        """A time of the day in minutes."""
        return self._read(name, minutes, None, "a time of the form HH:MM")

    def day(self) -> int:
        """Days of the week as bits."""
        return self._read("day", day_bits, 0, "a day: MO, TU, WE, TH, FR, SA or SU")

    def postcode(self) -> str:
        """A postcode, or the first part of one."""
        return self._read("postcode", normalise, "", "a postcode")

    def _read(self, name: str, how: Callable[[str], T], nothing: T, wanted: str) -> T:
        text = self.given.get(name, "")
        found = how(text)
        if text and found == nothing:
            self.problems[name] = wanted
        return found


def asked_by_system(given: Mapping[str, str]) -> tuple[Wanted, Cut]:
    """The filters and the page that the profile's parameters ask for.

    :raises NotAsked: a parameter cannot be understood; one that the profile does not have is passed over
    """
    said = _Given(given)
    cut = Cut(said.number("page", 1, 999_999) or 1, said.number("per_page", 1, MOST_PER_PAGE) or USUAL_PER_PAGE)
    term, metres = said.key("taxonomy_term_id"), said.number("proximity", 1, 200_000)
    wanted = Wanted(
        words=given.get("search", "").replace("\x00", "")[:200], terms=(term,) if term else (),
        taxonomy=said.key("taxonomy_id"), youngest=said.number("minimum_age", 0, 130),
        oldest=said.number("maximum_age", 0, 130), day=said.day(), opens=said.time("start_time"),
        closes=said.time("end_time"), place=said.postcode(), km=metres / 1000 if metres else NEAR,
    )  # fmt: skip
    if said.problems:
        raise NotAsked(said.problems)
    return wanted, cut
