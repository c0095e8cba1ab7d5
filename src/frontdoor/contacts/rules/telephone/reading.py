"""What a marked sentence proposes for the form: simple, visible, and never more than it says.

Nothing here is right for every sentence. What is read stands in a field beside its sentence, and the person who types
puts it right; a name, an age or a relationship that is not plainly said is left empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.telephone.words import NO_NAMES, NUMBERS, PLACES, TITLES
from frontdoor.councils.rules import normalise
from frontdoor.shell.rules.times import NotADay, typed_day


@dataclass(frozen=True, slots=True)
class Proposed:
    """A person as one sentence tells of them.

    :param kind: child, unborn, unknown or adult
    :param relationship: in the caller's own words
    """

    kind: str
    given_name: str = ""
    family_name: str = ""
    age: int | None = None
    born: date | None = None
    expected: date | None = None
    relationship: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as one sentence tells of it."""

    address: str = ""
    postcode: str = ""


ADULT = 18

_NUMBER = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
_UNIT = r"(?P<unit>years?|yrs?|months?|weeks?|days?)"
_OLD = re.compile(
    rf"\b(?P<number>{_NUMBER})[- ]{_UNIT}(?:[- ]old|[- ]of[- ]age)|\b(?P<short>\d{{1,2}}) ?yo\b", re.IGNORECASE
)
_AGED = re.compile(rf"\b(?:aged?|age of) (?:about |around |nearly )?(?P<number>{_NUMBER})\b", re.IGNORECASE)
_BARE = re.compile(
    rf"^\W*(?:(?:who|he|she|is|was|turned|just|about|around|nearly|only)\W+){{0,4}}(?P<number>{_NUMBER})"
    rf"(?: {_UNIT})?(?=\W|$)(?!\s*(?:of|times|days? ago|o'clock|am\b|pm\b))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"^\W*(?:both |aged |who are |are |all )*(?P<ages>(?:{_NUMBER})(?:, (?:{_NUMBER}))*,? and (?:{_NUMBER}))\b",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"\bis (?:about |around |nearly )?(?P<number>{_NUMBER})\b(?! {_UNIT}| (?:times|o'clock))", re.IGNORECASE
)
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|date of birth)\W*(?:on |is )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[./ -]+"
    r"(?P<month>\d{1,2}|[a-z]{3,9})[./ -]+(?P<year>\d{4}|\d{2})\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})\b")
_DUE = re.compile(
    r"\b(?:due|expected)\W+(?:on |about |around )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[./ -]+"
    r"(?P<month>\d{1,2}|[a-z]{3,9})(?:[./ -]+(?P<year>\d{4}|\d{2}))?\b",
    re.IGNORECASE,
)
_UNBORN = re.compile(r"\b(?:unborn|pregnant|expecting)\b", re.IGNORECASE)
_CHILD = re.compile(
    r"\b(?:child|kid|baby|infant|toddler|newborn|boy|girl|son|daughter|pupil|teenager|lad|lass|niece|nephew|grandson"
    r"|granddaughter|stepson|stepdaughter|schoolboy|schoolgirl|brother|sister|twin|twins|sibling)\b",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_KIN = {
    word: row
    for row in codes.RELATIONSHIPS
    if row.code not in {"unknown", "alleged_perpetrator", "person_posing_risk", "cousin"}
    for word in (row.label.lower(), *row.words)
}
_KIN_WORDS = "|".join(re.escape(word) for word in sorted(_KIN, key=len, reverse=True))
_KIN_ENDS = re.compile(rf"\b(?P<kin>{_KIN_WORDS})(?: is)?(?: called| named|,)?\W*$", re.IGNORECASE)
_KIN_FOLLOWS = re.compile(
    rf"^\W*(?:(?:is|who is|who's|the|her|his|their|'s|’s|a)\W+){{0,3}}(?P<kin>{_KIN_WORDS})\b", re.IGNORECASE
)
_CHILDREN_OF = frozenset({"sibling", "half_sibling", "step_sibling"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a sentence, with its place."""

    given: str
    family: str
    titled: bool
    starts: int
    ends: int


def people_in(sentence: str, *, on: date) -> tuple[Proposed, ...]:
    """The people whom one sentence names, in its order; where it names none, the one whom it describes.

    :param on: the day of the call, by which two figures of a year are read
    """
    names = list(_names(sentence))
    pieces = _pieces(sentence, names)
    found = [_person(name, before, after, on) for name, (before, after) in zip(names, pieces, strict=True)]
    found = _listed(found, pieces)
    if _UNBORN.search(sentence):
        found = [_expecting(each) for each in found]
        family = next((each.family_name for each in found), "")
        found.append(Proposed("unborn", family_name=family, expected=_day(_DUE.search(sentence), on, ahead=True)))
    return tuple(found) or (_nameless(sentence, on),)


def _listed(found: list[Proposed], pieces: list[tuple[str, str]]) -> list[Proposed]:
    """Names followed by as many ages, “Alfie and Mia Brook, 4 and 6”: to each its own; where they differ, to none."""
    listed = _LISTED.search(pieces[-1][1]) if pieces else None
    if listed is None:
        return found
    ages = [_number(each) for each in re.findall(_NUMBER, listed["ages"], re.IGNORECASE)]
    if len(ages) != len(found):
        return [*found[:-1], replace(found[-1], age=None)]
    return [replace(each, age=age, kind=_kind(age, None, "")) for each, age in zip(found, ages, strict=True)]


def _expecting(each: Proposed) -> Proposed:
    """Whoever expects a child is the mother; of whom no age is told is taken for an adult."""
    if each.age is not None or each.born is not None:
        return each
    return replace(each, kind="adult", relationship=each.relationship or "mother")


def _names(sentence: str) -> Iterator[_Name]:
    """Words with a capital that stand together; words that only begin a sentence, and places, are none."""
    run: list[re.Match[str]] = []
    words = list(_WORD.finditer(sentence))
    for place, word in enumerate(words):
        if _may_name(word.group()) and (not run or sentence[run[-1].end() : word.start()] in (" ", "\u00a0", ". ")):
            run.append(word)
        elif run:
            yield from _name(run)
            run = [word] if _may_name(word.group()) else []
        if run and place + 1 == len(words):
            yield from _name(run)


def _may_name(word: str) -> bool:
    low = word.lower()
    return word[0].isupper() and low not in NO_NAMES and (low not in _KIN or low in TITLES)


def _name(run: list[re.Match[str]]) -> Iterator[_Name]:
    said = [word.group() for word in run]
    if any(word.lower() in PLACES for word in said):
        return
    titled = said[0].lower() in TITLES
    said = said[1:] if titled else said
    if not said:
        return
    said = [_without_owner(word) for word in said]
    given, family = ("", " ".join(said)) if titled and len(said) == 1 else (" ".join(said[:-1]) or said[0], "")
    if len(said) > 1:
        family = said[-1]
    yield _Name(given, family, titled, run[0].start(), run[-1].end())


def _without_owner(word: str) -> str:
    """“Mia’s” names Mia."""
    return re.sub(r"['’]s$", "", word)


def _pieces(sentence: str, names: list[_Name]) -> list[tuple[str, str]]:
    """For each name what stands before and after it, up to its neighbours; kin before a name belongs to that name."""
    before = []
    for place, name in enumerate(names):
        since = names[place - 1].ends if place else 0
        before.append(sentence[since : name.starts])
    made = []
    for place, name in enumerate(names):
        last = place + 1 == len(names)
        after = sentence[name.ends :] if last else before[place + 1]
        if not last and (kin := _KIN_ENDS.search(after)):
            after = after[: kin.start()]
        made.append((before[place], after))
    return made


def _person(name: _Name, before: str, after: str, on: date) -> Proposed:
    born = _day(_BORN.search(after) or _DATE.search(after), on)
    age = None if born else _age(after, before)
    kin = _kin(before, after)
    row = _KIN.get(kin)
    years = age if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    kind = "adult" if name.titled and years is None else _kind(years, row, f"{before[-40:]} {after[:40]}")
    said = "" if row is None or row.code in _CHILDREN_OF else kin
    return Proposed(kind, name.given, name.family, age=age, born=born, relationship=said)


def _kind(years: int | None, kin: codes.Relationship | None, around: str) -> str:
    """A child unless the sentence says otherwise: what may be a child is seen by a qualified worker."""
    if years is not None:
        return "child" if years < ADULT else "adult"
    if kin is not None and kin.code not in _CHILDREN_OF | {"peer", "partner_of_child"}:
        return "adult"
    return "child" if kin is not None or _CHILD.search(around) or not re.search(r"\badult|\bman\b|\bwoman\b", around) \
        else "adult"  # fmt: skip


def _kin(before: str, after: str) -> str:
    found = _KIN_ENDS.search(before) or _KIN_FOLLOWS.search(after)
    return found["kin"].lower() if found else ""


def _age(after: str, before: str) -> int | None:
    """Years; months, weeks and days count as nought. What stands after a name counts before what leads to it."""
    for found in (_OLD.search(after[:60]), _AGED.search(after[:60]), _BARE.search(after)):
        if found:
            return _years(found)
    found = _OLD.search(before[-30:]) or _AGED.search(before[-30:]) or _IS.search(before[-30:])
    return _years(found) if found else None


def _years(found: re.Match[str]) -> int:
    groups = found.groupdict()
    said = (groups.get("number") or groups.get("short") or "0").lower()
    return _number(said) if (groups.get("unit") or "year").lower().startswith("y") else 0


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS.index(said.lower())


def _day(found: re.Match[str] | None, on: date, *, ahead: bool = False) -> date | None:
    if found is None:
        return None
    year = found.groupdict().get("year")
    if year is None:
        years: tuple[int, ...] = (on.year, on.year + 1)
    else:
        short = int(year) if len(year) == 4 else 2000 + int(year)
        years = (short if ahead or short <= on.year else short - 100,)
    for each in years:
        try:
            day = typed_day(found["day"], found["month"], str(each))
        except NotADay:
            continue
        if day >= on or not ahead or len(years) == 1:
            return day
    return None


def _nameless(sentence: str, on: date) -> Proposed:
    """A person without a name: by kin an adult, else a child who is described in the caller's words."""
    kin = re.search(rf"\b(?:{_KIN_WORDS})\b", sentence, re.IGNORECASE)
    said = kin.group().lower() if kin else ""
    row = _KIN.get(said)
    found = _OLD.search(sentence) or _AGED.search(sentence)
    age = _years(found) if found else _about(sentence)
    if age is not None and age >= ADULT:
        return Proposed("adult", age=age, relationship=said, description=sentence[:500])
    if row is not None and row.code not in _CHILDREN_OF | {"peer", "partner_of_child"} and age is None:
        return Proposed("adult", relationship=said)
    return Proposed("unknown", age=age, description=sentence[:500])


def _about(sentence: str) -> int | None:
    found = re.search(rf"\b(?:of )?(?:about|around|nearly|roughly) (?P<number>{_NUMBER})\b", sentence, re.IGNORECASE)
    return _years(found) if found else None


_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9OIL][A-Z]{2}\b", re.IGNORECASE)
_LEADS = (
    re.compile(
        r"^.*?\b(?:liv(?:es?|ing)|address|stay(?:s|ing)?|home|moved)\b\W*(?:is |now )*(?:at |in |on |to )?",
        re.IGNORECASE,
    ),
    re.compile(r"^.*?\b(?:is|are)\b\W*(?:now )?(?:at |in |on )?", re.IGNORECASE),
)
_HOUSE = re.compile(r"\b(?:flat|unit|apartment|room|plot|caravan|\d{1,4}[a-z]?\b)", re.IGNORECASE)


def place_in(sentence: str) -> Place:
    """The address and the postcode that one sentence tells; what leads up to them is left out."""
    found = next((one for one in _POSTCODE.finditer(sentence) if normalise(one.group())), None)
    postcode = normalise(found.group()) if found else ""
    rest = sentence[: found.start()] if found else sentence
    house, lead = _HOUSE.search(rest), next(filter(None, (lead.match(rest) for lead in _LEADS)), None)
    if house:
        rest = rest[house.start() :]
    elif lead:
        rest = rest[lead.end() :]
    elif found:
        rest = ""
    return Place(rest.strip(" ,.;:\n\t")[:300], postcode)
