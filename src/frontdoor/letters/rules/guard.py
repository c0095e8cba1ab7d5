"""The safe-contact guard: what must be true before anything goes out, asked at planning and again at sending.

Domain 1.10 and 11 (8, 13); a finding holds the letter back and makes it a task for a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from frontdoor.letters.rules.kinds import ELECTRONIC, Kind, Route
from frontdoor.letters.rules.knowing import may_know
from frontdoor.letters.rules.passages import mark
from frontdoor.letters.rules.recipients import Recipient


class Found(StrEnum):
    """Why something does not go out by itself."""

    NONE_POSSIBLE = "none_possible"
    NO_NAME = "no_name"
    GONE = "gone"
    VIA_NAMED_PERSON = "via_named_person"
    ROUTE_CHANGED = "route_changed"
    NO_WAY = "no_way"
    NAME_IN_WORDS = "name_in_words"
    UNSAFE_ADDRESS = "unsafe_address"
    SAFE_NOTE = "safe_note"
    ROUTE_NOTE = "route_note"
    WITHHELD_LETTER = "withheld_letter"
    AS_AGREED = "as_agreed"
    UNSAFE_ROUTE = "unsafe_route"
    OUTSIDE_SAFE_TIMES = "outside_safe_times"
    PROTECTED_ADDRESS = "protected_address"
    PROTECTED_IN_WORDS = "protected_in_words"
    BY_HAND = "by_hand"


class Release(StrEnum):
    """Who may let a finding pass after looking."""

    NOBODY = "nobody"
    SECOND_PERSON = "second_person"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to hold back.

    :param why: one plain sentence for the task; never a name, number, address or note
    :param mark: changes with what the finding rests on, so that a release covers only what was looked at
    """

    code: Found
    why: str
    release: Release
    mark: str


_WHY: dict[Found, tuple[str, Release]] = {
    Found.NONE_POSSIBLE: ("They asked us not to contact them, or there is no safe way to.", Release.NOBODY),
    Found.NO_NAME: ("They gave no name and no way to reach them.", Release.NOBODY),
    Found.GONE: ("It can no longer be seen who told us.", Release.NOBODY),
    Found.VIA_NAMED_PERSON: (
        "They are reached only through a person they trust. Speak to that person, and record what was said.",
        Release.NOBODY,
    ),
    Found.ROUTE_CHANGED: ("They have asked to be told by another route since.", Release.NOBODY),
    Found.NO_WAY: ("There is no address or number for this route, or it cannot be right.", Release.NOBODY),
    Found.NAME_IN_WORDS: (
        "A name from the matter stands in the words. Names never go by e-mail or text.",
        Release.NOBODY,
    ),
    Found.UNSAFE_ADDRESS: (
        "Somebody who may be harming a person in this matter lives at this address or uses this number.",
        Release.MANAGER,
    ),
    Found.SAFE_NOTE: ("There is a safe-contact note about somebody in this matter. Read it first.", Release.MANAGER),
    Found.ROUTE_NOTE: ("They said how they may be reached safely. Read it first.", Release.SECOND_PERSON),
    Found.WITHHELD_LETTER: (
        "They asked that nobody learns who they are. A letter may be opened by others in their home.",
        Release.SECOND_PERSON,
    ),
    Found.AS_AGREED: (
        "The police and the courts are told what was agreed with them. See that this is it.",
        Release.SECOND_PERSON,
    ),
    Found.UNSAFE_ROUTE: ("Somebody has set down that this way of reaching them is not safe.", Release.MANAGER),
    Found.OUTSIDE_SAFE_TIMES: ("It is not safe to reach them at this time of day.", Release.SECOND_PERSON),
    Found.PROTECTED_ADDRESS: (
        "Their address is protected. It is printed on the letter itself only when a manager has said so.",
        Release.MANAGER,
    ),
    Found.PROTECTED_IN_WORDS: (
        "Something that is kept from others stands in the words: a protected address, a telephone number, a school or"
        " a name. The passage is marked below. Change what was typed, or a manager lets it pass.",
        Release.MANAGER,
    ),
    Found.BY_HAND: ("A colleague held it back.", Release.SECOND_PERSON),
}


def why(code: Found) -> str:
    """The reason in words, for a task."""
    return _WHY[code][0]


EMAIL = re.compile(r"[^@\s,;<>\"\x00-\x1f\x7f]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_DIGITS = re.compile(r"\D")


def finding(code: Found, *resting_on: str) -> Finding:
    """A finding, marked by what it rests on; the mark is a digest, so that nothing of it can be read from a row."""
    why, release = _WHY[code]
    mark = sha256("\x1f".join((code, *sorted(resting_on))).encode()).hexdigest()[:16]
    return Finding(code, why, release, f"{code}:{mark}")


def findings(
    route: Route, kind: Kind, recipient: Recipient, *, asked: Route, said: str = "", own: str = "", now: datetime
) -> tuple[Finding, ...]:
    """Every reason why this must not go out by itself to this person by this route; empty when it may.

    :param asked: the route that they asked for when this one was chosen
    :param said: the words that would go out
    :param own: the same words as they would be for anybody: only what is said beyond them can be a name
    :param now: the moment of the look, for the times at which somebody may be reached
    """
    if never := _never(route, recipient):
        return (never,)
    found = [*_ways(route, recipient, asked), *_unsafe_ways(route, recipient, now)]
    found += _in_words(route, recipient, said, own)
    if recipient.notes:
        found.append(finding(Found.SAFE_NOTE, *recipient.notes))
    if recipient.route_note:
        found.append(finding(Found.ROUTE_NOTE, recipient.route_note))
    if route is Route.LETTER and recipient.identity == "withheld":
        found.append(finding(Found.WITHHELD_LETTER, recipient.address))
    if kind is Kind.OUTCOME_PROFESSIONAL and may_know(recipient.kind, source=recipient.source).as_agreed:
        found.append(finding(Found.AS_AGREED, recipient.source))
    return tuple(found)


def _never(route: Route, recipient: Recipient) -> Finding | None:
    """What settles it whatever else is found, and what nobody may let pass."""
    if may_know(recipient.kind).audience is None or (recipient.identity == "not_given" and not _way(route, recipient)):
        return finding(Found.NO_NAME)
    if Route.NONE_POSSIBLE in (route, recipient.route):
        return finding(Found.NONE_POSSIBLE)
    if Route.VIA_NAMED_PERSON in (route, recipient.route):
        return finding(Found.VIA_NAMED_PERSON)
    return None


def _ways(route: Route, recipient: Recipient, asked: Route) -> Iterable[Finding]:
    if asked is not recipient.route:
        yield finding(Found.ROUTE_CHANGED, asked, recipient.route)
    way = _way(route, recipient)
    if route is Route.LETTER and recipient.protected:
        yield finding(Found.PROTECTED_ADDRESS, *recipient.protected)
    elif not way:
        yield finding(Found.NO_WAY, route)
    elif any(alike(way, unsafe) for unsafe in recipient.unsafe):
        yield finding(Found.UNSAFE_ADDRESS, way)


def _in_words(route: Route, recipient: Recipient, said: str, own: str) -> Iterable[Finding]:
    """What may not stand in the words themselves."""
    if route in ELECTRONIC and names_in(said, recipient.names, own=own):
        yield finding(Found.NAME_IN_WORDS, said)
    if recipient.in_words:
        yield finding(Found.PROTECTED_IN_WORDS, mark(recipient.in_words, said))


def _unsafe_ways(route: Route, recipient: Recipient, now: datetime) -> Iterable[Finding]:
    """What somebody set down about reaching this person: each rule by itself, so that a release covers only it."""
    for rule in recipient.safe:
        if rule.forbids(route):
            yield finding(Found.UNSAFE_ROUTE, rule.mark)
        elif route is Route.TEXT and not rule.safe_at(route, now):
            yield finding(Found.OUTSIDE_SAFE_TIMES, rule.mark)


def _way(route: Route, recipient: Recipient) -> str:
    """The address or number for a route if it can be right, else nothing."""
    if route is Route.EMAIL:
        return recipient.email if EMAIL.fullmatch(recipient.email) else ""
    if route is Route.TEXT:
        return recipient.phone if mobile(recipient.phone) else ""
    if route is Route.LETTER:
        return recipient.address
    return recipient.phone if route is Route.PHONE else ""


def mobile(number: str) -> str:
    """A mobile number in the United Kingdom as +447…, or nothing: a text goes to nothing else."""
    digits = _DIGITS.sub("", number.strip())
    for prefix in ("0044", "44", "0"):
        if digits.startswith(prefix):
            digits = digits.removeprefix(prefix).removeprefix("0")
            return f"+44{digits}" if re.fullmatch(r"7[1-9]\d{8}", digits) else ""
    return ""


def alike(one: str, other: str) -> bool:
    """Whether two addresses, numbers or e-mail addresses are the same, however they were typed.

    Addresses are alike when one holds all the words of the other: "3 Cooper's Row" and "3 Coopers Row, Ely, CB6 1RT".
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    numbers = [_DIGITS.sub("", each) for each in (one, other)]
    if "@" in one or "@" in other:
        return one.strip().casefold() == other.strip().casefold()
    if all(len(number) >= 10 for number in numbers):
        return numbers[0][-10:] == numbers[1][-10:]
    return first <= second or second <= first


def _words(text: str) -> frozenset[str]:
    return frozenset(
        re.findall(r"\w+", text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    )


def names_in(said: str, names: Iterable[str], *, own: str = "") -> bool:
    """Whether any part of a name stands in the words more often than in the words as they are for anybody.

    So a child called Will or May does not hold back every text that says "we will" or is dated in May.
    """
    spoken, usual = _counted(said), _counted(own)
    parts = {part for name in names for part in re.findall(r"\w+", name.casefold()) if len(part) > 1}
    return any(spoken.get(part, 0) > usual.get(part, 0) for part in parts)


def _counted(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", text.casefold()):
        counts[word] = counts.get(word, 0) + 1
    return counts


def standing(found: Iterable[Finding], released: Iterable[str]) -> tuple[Finding, ...]:
    """The findings that nobody has let pass; what may never pass stands whatever was released.

    :param released: marks that somebody let pass
    """
    passed = set(released)
    return tuple(each for each in found if each.release is Release.NOBODY or each.mark not in passed)


def who_may_release(found: Iterable[Finding]) -> Release:
    """Who may let all of these pass: the strictest."""
    asked = {each.release for each in found}
    return next((each for each in (Release.NOBODY, Release.MANAGER) if each in asked), Release.SECOND_PERSON)
