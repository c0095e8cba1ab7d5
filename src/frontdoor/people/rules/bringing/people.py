"""What the checked rows of one person say, in the words of the index: names, births, residences, numbers, facts."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdoor.codes.rules import NotANumber
from frontdoor.people.rules import identifiers
from frontdoor.people.rules.bringing import layouts
from frontdoor.people.rules.identifiers import Kind, Known

Values = dict[str, Any]

ADOPTED = frozenset({"E11", "E12"})
"""Reasons why a period of care ended: adopted, the application unopposed or not (SSDA903)."""

_SECRET = re.compile(
    r"refuge|confidential|protected|undisclosed|withheld|not to be disclosed|do not disclose", re.IGNORECASE
)
_TYPES = (
    (re.compile(r"placement|foster|children'?s home|residential", re.IGNORECASE), "placement"),
    (re.compile(r"no fixed|nfa|homeless", re.IGNORECASE), "no_fixed_abode"),
    (re.compile(r"temporary|hostel|b ?& ?b|hotel", re.IGNORECASE), "temporary"),
    (re.compile(r"hospital|ward", re.IGNORECASE), "hospital"),
    (re.compile(r"boarding|school", re.IGNORECASE), "school"),
    (re.compile(r"care of|c/o", re.IGNORECASE), "care_of"),
    (re.compile(r"second|other parent", re.IGNORECASE), "second_home"),
)
_NO_FIXED_ABODE = "ZZ99"
_UNBORN = re.compile(r"(?:un-?born|baby|bump|foetus|fetus)\b.*", re.IGNORECASE)
_FACTS_OF_PERSON = (
    ("pers_gender", "gender"),
    ("pers_ethnicity", "ethnicity"),
    ("pers_nationality", "nationality"),
    ("pers_upn_unknown", "upn_unknown"),
)
_PARTS_OF_HOUSE = ("ROOM", "FLOOR", "FLAT", "BUILDING")
_LONGEST_NAME = 110


@dataclass(frozen=True, slots=True)
class Lived:
    """One address; of a protected one only that it is there."""

    kind: str
    lines: str = ""
    postcode: str = ""
    uprn: str = ""
    protected: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One other fact, as the index keeps it."""

    kind: str
    value: str
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class Brought:
    """One person as the tables know them.

    :param number: theirs in the case system
    :param listed: whether the table of persons names them; else rows of other tables alone do
    :param mothers: numbers of their mothers in the case system
    :param families: family numbers
    :param doubtful: tables in which something of theirs could not be taken: what they do not say there, nobody knows
    :param adopted: why the record seems to be one from before an adoption; empty where it does not
    """

    number: str
    listed: bool = False
    given: str = ""
    middle: str = ""
    family: str = ""
    unborn: bool = False
    birth: tuple[str, date] | None = None
    died: date | None = None
    sex: str = ""
    lived: list[Lived] = field(default_factory=list)
    numbers: list[Known] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    mothers: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    doubtful: frozenset[str] = frozenset()
    adopted: str = ""

    @property
    def label(self) -> str:
        """How lists name them."""
        if self.unborn:
            return f"Unborn {self.family}".strip() if self.family else "Unborn child"
        return " ".join(part for part in (self.given, self.middle, self.family) if part) or "Name not known"


def gathered(number: str, rows: list[tuple[str, Values]], *, system: str, on: date) -> Brought:
    """Everything that the rows of one person say.

    :param rows: pairs of table and checked values
    :param system: what the case system is called
    :param on: the day of the reading
    """
    found = Brought(number, numbers=[Known(Kind.LOCAL, number, system)])
    for table, values in rows:
        if reader := _TABLES.get(table):
            reader(found, values, system)
    _dates_of_asylum(found)
    found.lived.sort(key=lambda lived: (lived.until is None, lived.since or date.min, lived.postcode, lived.lines))
    return found


def _person(found: Brought, values: Values, system: str) -> None:
    found.listed = True
    _names_of_person(found, values)
    found.sex = values.get("pers_sex", "U" if found.unborn else "")
    if (born := values.get("pers_dob")) is not None:
        found.birth = ("known", born)
    elif (due := values.get("pers_expected_dob")) is not None:
        found.birth = ("expected", due)
    if (died := values.get("pers_death_date")) is not None:
        found.died = died
        found.said.append(Said("died", died.isoformat()))
    _numbers_of_person(found, values, system)
    for column, kind in _FACTS_OF_PERSON:
        if value := values.get(column):
            found.said.append(Said(kind, value))
    if found.sex:
        found.said.append(Said("sex", found.sex))


def _names_of_person(found: Brought, values: Values) -> None:
    """An unborn child has no given name, whatever a case system writes in its place."""
    given = values.get("pers_forename", "")
    found.unborn = "pers_dob" not in values and "pers_expected_dob" in values
    if not (found.unborn and (not given or _UNBORN.fullmatch(given))):
        first, _, rest = given.partition(" ")
        found.given, found.middle = first[:_LONGEST_NAME], rest[:_LONGEST_NAME]
    found.family = values.get("pers_surname", "")[:_LONGEST_NAME]


def _numbers_of_person(found: Brought, values: Values, system: str) -> None:
    if value := values.get("pers_common_child_id"):
        found.numbers.append(Known(Kind.NHS, value, trace=identifiers.Trace.NOT_TRACED))
    if value := values.get("pers_upn"):
        found.numbers.append(Known(Kind.UPN, value))
    if (value := values.get("pers_legacy_id")) and value != found.number:
        found.numbers.append(Known(Kind.SYSTEM, value, f"{system}, earlier"[:60]))


def _address(found: Brought, values: Values, _system: str) -> None:
    kind_words = values.get("addr_address_type", "")
    since, until = values.get("addr_address_start_date"), values.get("addr_address_end_date")
    postcode = values.get("addr_address_postcode", "")
    kind = next((code for pattern, code in _TYPES if pattern.search(kind_words)), "home")
    if _SECRET.search(kind_words):
        is_refuge = "refuge" in kind_words.casefold()
        found.lived.append(Lived("refuge" if is_refuge else kind, protected=True, since=since, until=until))
        return
    if postcode.startswith(_NO_FIXED_ABODE):
        kind, postcode = "no_fixed_abode", ""
    parts = values.get("addr_address_json", {})
    lines = lines_of(parts)
    if lines or postcode or kind == "no_fixed_abode":
        uprn = re.sub(r"\D", "", parts.get("UPRN", ""))[:12]
        found.lived.append(Lived(kind, lines, postcode, uprn, since=since, until=until))


def lines_of(parts: dict[str, str]) -> str:
    """An address in the usual order, a line each: the flat, the house, the street with its number, the town."""
    inside = [parts[part] for part in _PARTS_OF_HOUSE if parts.get(part)]
    if parts.get("FLAT", "").isdigit():
        inside = [f"Flat {part}" if part == parts["FLAT"] else part for part in inside]
    street = " ".join(parts[part] for part in ("HOUSE", "STREET") if parts.get(part))
    town = parts.get("TOWN", "")
    return "\n".join(part for part in (*inside, street, town) if part)[:300]


def _disability(found: Brought, values: Values, _system: str) -> None:
    found.said.append(Said("disability", values["disa_disability_code"]))


def _immigration(found: Brought, values: Values, _system: str) -> None:
    if status := values.get("immi_immigration_status"):
        since, until = values.get("immi_immigration_status_start_date"), values.get("immi_immigration_status_end_date")
        found.said.append(Said("immigration", status, since, until))


def _linked(found: Brought, values: Values, system: str) -> None:
    try:
        known = identifiers.read_linked(values["link_identifier_type"], values["link_identifier_value"], system=system)
    except NotANumber:
        return
    if known not in found.numbers:
        found.numbers.append(known)


def _mother(found: Brought, values: Values, _system: str) -> None:
    if values["moth_person_id"] not in found.mothers:
        found.mothers.append(values["moth_person_id"])


def _family(found: Brought, values: Values, _system: str) -> None:
    if values["fami_family_id"] not in found.families:
        found.families.append(values["fami_family_id"])


def _care(found: Brought, values: Values, _system: str) -> None:
    if values.get("clae_cla_episode_ceased_reason", "").upper()[:3] in ADOPTED:
        found.adopted = "Care ended by adoption"


def _need(found: Brought, values: Values, _system: str) -> None:
    if values.get("cine_close_reason") == "RC1":
        found.adopted = found.adopted or "The case was closed by adoption"


def _permanence(found: Brought, values: Values, _system: str) -> None:
    if "adopt" in values.get("perm_permanence_order_type", "").casefold():
        found.adopted = found.adopted or "An adoption order was made"
    elif "perm_placed_for_adoption_date" in values and "perm_decision_reversed_date" not in values:
        found.adopted = found.adopted or "Placed for adoption"


def _dates_of_asylum(found: Brought) -> None:
    """A first of a month of somebody who came alone stands as estimated: nobody knows whether anybody knew the day."""
    alone = any(said.kind == "immigration" and "unaccompanied" in said.value.casefold() for said in found.said)
    if alone and found.birth is not None and found.birth[0] == "known" and found.birth[1].day in (1, 15):
        found.birth = ("estimated", found.birth[1])


_TABLES = {
    layouts.PERSON: _person, layouts.ADDRESS: _address, layouts.DISABILITY: _disability,
    layouts.IMMIGRATION: _immigration, layouts.LINKED: _linked, layouts.MOTHER: _mother, layouts.FAMILY: _family,
    layouts.CLA: _care, layouts.CIN: _need, layouts.PERMANENCE: _permanence,
}  # fmt: skip
