"""Lists that the country sets: children in need census, DfE numbers of authorities, ISO 639-3.

Facts as in the census schema of 2026 (children in need, collection year 2025 to 2026) and the DfE's register of
local authorities. Where the source gives the first collection year, `since` is the first day of that year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdoor.codes.rules.lists import Code, Dated, NotInList, Plain, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Dated):
    """Who made a contact: one of the 22 codes of the census (ReferralSource)."""

    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ethnicity(Code):
    """Census ethnicity; `given` is no for declined and not yet obtained."""

    group: str
    given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor(Plain):
    """A concern code: the census assessment factors 1A to 24A.

    :param who: whose need it is: child, parent, household or none
    :param theme: what groups the codes of one subject
    :param safeguarding: harm or the risk of harm, rather than a need for help
    :param retired: still in the schema, no longer to be given (census rules 8945Q and 8950Q)
    """

    theme: str
    who: str
    safeguarding: bool
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryNeed(Plain):
    """The main need of a child; of two that fit, the one higher in the list is chosen (census guidance)."""

    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureReason(Code):
    """Why an episode of need ended."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Code):
    """An English authority for children's services; `code` is its three-digit DfE number."""

    ons: str
    region: str

    @property
    def number(self) -> int:
        """The number that council columns hold."""
        return int(self.code)


SOURCES = read("sources of contacts", "sources", Source)
ETHNICITIES = read("ethnicities", "ethnicities", Ethnicity)
SEXES = read("sexes", "sexes", Dated)
DISABILITIES = read("disabilities", "disabilities", Code)
FACTORS = read("assessment factors", "assessment_factors", Factor)
PRIMARY_NEEDS = read("primary needs", "primary_needs", PrimaryNeed)
CLOSURE_REASONS = read("reasons for closure", "closure_reasons", ClosureReason)
ABUSE_CATEGORIES = read("categories of abuse", "abuse_categories", Code)
UPN_UNKNOWN = read("reasons for an unknown UPN", "upn_unknown", Code)
AUTHORITIES = read("English authorities", "authorities", Authority)
LANGUAGES = read("languages", "languages", Code)
HEADLINE_OUTCOMES = read("headline outcomes", "headline_outcomes", Plain)
"""Ten headings of the national framework: Supporting Families programme guidance 2022 to 2025, chapter 5 (OGL v3)."""

NO_FACTOR = "21"
NO_DISABILITY = "NONE"


def authority(number: int) -> Authority | None:
    """The English authority with this number, or None."""
    return AUTHORITIES.get(f"{number:03d}")


def factors(codes: Iterable[str]) -> list[Factor]:
    """The concern codes of one child, in the order of the list.

    :raises NotInList: unknown, retired (18A, 19A), or 21 beside another (census rules 8945Q, 8950Q and 8869)
    """
    wanted = list(dict.fromkeys(codes))
    rows = [FACTORS[code] for code in wanted]
    for row in rows:
        if row.retired:
            stem = row.code[:-1]
            raise NotInList(FACTORS.name, row.code, f"it is retired; use {stem}B (by a child) or {stem}C (by an adult)")
    if NO_FACTOR in wanted and len(wanted) > 1:
        raise NotInList(FACTORS.name, NO_FACTOR, "it means that there is no factor, so it stands alone")
    order = list(FACTORS)
    return sorted(rows, key=order.index)


def current_factors() -> list[Factor]:
    """The factors that may be given, without the retired two."""
    return [row for row in FACTORS if not row.retired]


def disabilities(codes: Iterable[str]) -> list[Code]:
    """The disability codes of one child.

    :raises NotInList: unknown, or NONE beside another (census rule 8790)
    """
    wanted = list(dict.fromkeys(codes))
    rows = [DISABILITIES[code] for code in wanted]
    if NO_DISABILITY in wanted and len(wanted) > 1:
        raise NotInList(DISABILITIES.name, NO_DISABILITY, "it means no disability, so it stands alone")
    return rows


def higher_need(first: str, second: str) -> PrimaryNeed:
    """The primary need to record when two fit.

    :raises NotInList: either is unknown
    """
    return min(PRIMARY_NEEDS[first], PRIMARY_NEEDS[second], key=lambda need: need.rank)
