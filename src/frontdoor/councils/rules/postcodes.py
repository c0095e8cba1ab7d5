"""Which council a postcode belongs to. It helps to route and never stops anybody: unknown and border are answers too.

A postcode unit can straddle two councils, and our table knows districts and sectors only; so it says `inside` only
where the whole sector lies in one council, and names every candidate elsewhere.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

OUTWARD = r"[A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?"
_UNIT = re.compile(rf"({OUTWARD})([0-9])([ABD-HJLNP-UW-Z]{{2}})", re.ASCII)
_SPACED_SECTOR = re.compile(rf"({OUTWARD})\s+([0-9])[A-Z]?", re.ASCII)
_DISTRICT = re.compile(OUTWARD, re.ASCII)

# Postcode areas, by the country in which they lie; those that cross a border stand with England, where we may route.
_ENGLAND = re.compile(
    "AL|B[ABDHLNRS]?|C[ABHMORTVW]|D[AEHLNTY]|E[CNX]?|FY|G[LU]|H[ADGPRUX]|I[GP]|KT|L[AENSU]?|M[EK]?|N[EGNRW]?|OL|OX"
    "|P[ELOR]|R[GHM]|S[EGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO"
)
_ELSEWHERE = {
    "Scotland": re.compile("AB|D[DG]|EH|FK|G|HS|IV|K[AWY]|ML|P[AH]|ZE"),
    "Wales": re.compile("CF|L[DL]|NP|SA"),
    "Northern Ireland": re.compile("BT"),
    "Guernsey": re.compile("GY"),
    "Isle of Man": re.compile("IM"),
    "Jersey": re.compile("JE"),
}


class Confidence(StrEnum):
    """How sure the answer is."""

    INSIDE = "inside"
    BORDER = "border"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One council that a district or sector lies in, wholly or in part.

    :param prefix: the sector ("PE7 3") or the district ("PE7")
    :param authority: its DfE number, served by us or not
    :param rank: the likeliest first
    """

    prefix: str
    authority: int
    name: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a postcode leads.

    :param postcode: in the usual form, or empty if it could not be read
    :param council: the council that takes it in: ours if it is a candidate, else None and the sender chooses
    :param candidates: every council it may belong to, the likeliest first
    :param country: named where it lies outside England
    """

    confidence: Confidence
    postcode: str = ""
    council: int | None = None
    candidates: tuple[Candidate, ...] = ()
    country: str = ""

    @property
    def names(self) -> str:
        """The candidates by name: "Rutland", "Lincolnshire or Rutland"; the country outside England; else empty."""
        return " or ".join(candidate.name for candidate in self.candidates) or self.country


def normalise(text: str) -> str:
    """A postcode in its usual form, "PE7 3HG", from however it was typed; also a sector "PE7 3" or a district "PE7".

    Letter O and digit 0, letters I and L and digit 1 are told apart by their places. Empty if it is none of these.
    """
    upper = re.sub(r"[^0-9A-Z\s]", "", text.upper().strip(), flags=re.ASCII)
    whole = re.sub(r"\s", "", upper)
    for mended in (whole, _mended(whole)):
        if found := _UNIT.fullmatch(mended):
            return f"{found[1]} {found[2]}{found[3]}"
    if found := _SPACED_SECTOR.fullmatch(upper):
        return f"{found[1]} {found[2]}"
    return whole if _DISTRICT.fullmatch(whole) else ""


def _mended(whole: str) -> str:
    """The digits' places read as digits: the first of the inward part and all but the letters of the outward."""
    if not 5 <= len(whole) <= 7:
        return whole
    digits = str.maketrans("OIL", "011")
    outward, inward = whole[:-3], whole[-3:]
    letters = 2 if outward[:2].isalpha() and not (len(outward) == 2 and outward[1] in "OIL") else 1
    return outward[:letters] + outward[letters:].translate(digits) + inward[0].translate(digits) + inward[1:]


def districts(postcode: str) -> str:
    """The district of a postcode in its usual form: what the table is asked for."""
    return postcode.split(" ", maxsplit=1)[0]


def route(postcode: str, known: Sequence[Candidate], served: Collection[int]) -> Routed:
    """Where a postcode leads; never an error.

    :param postcode: as typed
    :param known: the rows of its district and that district's sectors
    :param served: the councils that this service takes in for
    """
    usual = normalise(postcode)
    if not usual:
        return Routed(Confidence.UNKNOWN)
    found = _candidates(usual, known)
    ours = [candidate.authority for candidate in found if candidate.authority in served]
    if ours:
        confidence = Confidence.INSIDE if len(found) == 1 else Confidence.BORDER
        return Routed(confidence, usual, ours[0], found)
    if found:
        return Routed(Confidence.ELSEWHERE, usual, None, found)
    return _without_rows(usual)


def _candidates(usual: str, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The rows of the sector; failing these, of the district; of a bare district, those of its sectors as well."""
    district, _, inward = usual.partition(" ")
    if inward and (rows := [row for row in known if row.prefix == f"{district} {inward[0]}"]):
        chosen = rows
    elif inward:
        chosen = [row for row in known if row.prefix == district]
    else:
        chosen = [row for row in known if row.prefix.split(" ")[0] == district]
    first: dict[int, Candidate] = {}
    for row in sorted(chosen, key=lambda row: (" " in row.prefix, row.rank)):
        first.setdefault(row.authority, row)
    return tuple(first.values())


_NEAR = frozenset({"CB", "PE"})
"""Areas in which our councils lie: a district of theirs that is not in the table is unknown, not elsewhere."""


def _without_rows(usual: str) -> Routed:
    area = usual[: 2 if usual[1].isalpha() else 1]
    for country, areas in _ELSEWHERE.items():
        if areas.fullmatch(area):
            return Routed(Confidence.ELSEWHERE, usual, country=country)
    if _ENGLAND.fullmatch(area) and area not in _NEAR:
        return Routed(Confidence.ELSEWHERE, usual)
    return Routed(Confidence.UNKNOWN, usual)
