"""Whether somebody known is the one asked for: what was typed must explain the hit, and every reason is a sentence.

Half a word counts here, as somebody types; that is what sets it apart from `scoring`, which compares whole records.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from frontdoor.matching.rules.searching import Question, Years
from frontdoor.people.rules import names
from frontdoor.people.rules.index import NAME_KINDS, RESIDENCE_KINDS
from frontdoor.shell.rules import short_day

WORD, DAY, AGE, PLACE, DISTRICT, STREET, SCHOOL, NUMBER, PHONE, SEX = 3.0, 7.0, 3.0, 4.0, 1.5, 3.0, 2.5, 14.0, 8.0, 0.5
"""What each part of a question weighs when it agrees in full."""
MISSED_WORD, MISSED_DAY, MISSED_AGE, MISSED_SEX = -2.0, -3.0, -2.5, -1.0

STRONG, LIKELY, POSSIBLE = "strong", "likely", "possible"
STRENGTHS = ((STRONG, 0.88, "Strong match"), (LIKELY, 0.65, "Likely match"), (POSSIBLE, 0.4, "Possible match"))
"""Of what could agree, the share that must, with the words that pages show."""
NAMESAKE = 0.85
"""How well each word must fit for somebody to be shown by a whole name although nothing else typed agrees."""

_KINDS = dict(NAME_KINDS)
_PLACES = dict(RESIDENCE_KINDS)


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name of somebody: its parts in plain letters, and as it is written."""

    kind: str
    now: bool
    written: str
    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One address of somebody, unless it is protected; `until` where they have left."""

    kind: str
    postcode: str
    fold_lines: str
    until: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a search compares of one person.

    :param births: (basis, day) of every statement that stands
    :param numbers: (kind, value)
    :param facts: a telephone, an e-mail address or a school: (kind, as compared, as written, whether so today)
    """

    names: tuple[NameLine, ...] = ()
    births: tuple[tuple[str, date], ...] = ()
    places: tuple[PlaceLine, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str, str, bool], ...] = ()
    sex: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well somebody fits what was typed; `reasons` for it and `against` it, as sentences, weightiest first."""

    score: float
    share: float
    strength: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def namesake(self) -> bool:
        """Whether the name alone speaks for them: shown only where nobody fits better."""
        return self.share < STRENGTHS[-1][1]

    @property
    def words(self) -> str:
        """The strength in words."""
        return next((words for code, _, words in STRENGTHS if code == self.strength), "")


class _Sum:
    """Weights for and against, what could have been had at most, and the sentences."""

    def __init__(self) -> None:
        self.score = self.most = 0.0
        self.told: list[tuple[float, str]] = []

    def add(self, weight: float, most: float, reason: str) -> None:
        self.score += weight
        self.most += most
        if reason:
            self.told.append((weight, reason))


def fits(question: Question, known: Known, *, on: date) -> Verdict | None:
    """How well somebody fits, or None where what was typed does not explain why they should be shown.

    :param on: the day of the question, for ages in the reasons
    """
    total = _Sum()
    words = _words(question, known, total)
    _numbers(question, known, total)
    _born(question, known, total, on)
    _place(question, known, total)
    _others(question, known, total)
    share = total.score / total.most if total.most else 0.0
    strength = next((code for code, least, _ in STRENGTHS if share >= least), "")
    if not strength and words >= NAMESAKE and question.born is not None:
        strength = POSSIBLE  # who rings may have the whole date wrong: better shown with what differs than nobody found
    if not strength or (question.all_words and not words and not total.score >= NUMBER / 2):
        return None
    told = sorted(total.told, key=lambda each: -abs(each[0]))
    reasons = tuple(dict.fromkeys(reason for weight, reason in told if weight >= 0))
    return Verdict(total.score, share, strength, reasons, tuple(reason for weight, reason in told if weight < 0))


_HOW = {
    "pet": "“{word}” is another form of {part}",
    "begins": "{part} begins with “{word}”",
    "sound": "“{word}” sounds like {part}",
    "ending": "“{word}” is {part} with another ending",
    "typing": "“{word}” is nearly {part}",
}

Match = tuple[float, str, str, str]
"""How well a word fits: between 0 and 1, how, the part that it fits, and whether that is given or family."""


@lru_cache(1 << 16)
def likeness(word: str, part: str) -> tuple[float, str]:
    """How well a typed word fits one part of a name, and how: exactly, as its beginning, by sound, or nearly."""
    if word == part:
        return 1.0, ""
    longest = max(len(word), len(part))
    apart = OSA.distance(word, part, score_cutoff=2)
    ways = (
        (0.88, "typing", apart == 1 and longest >= 4),
        (0.75 + 0.2 * len(word) / len(part), "begins", part.startswith(word)),
        (0.9, "pet", names.same_by_nickname(word, part)),
        (0.87, "ending", len(word) >= 3 and names.stem(word) == names.stem(part)),
        (0.86, "sound", len(word) >= 3 and names.family_sound(word) == names.family_sound(part)),
        (0.72, "typing", apart == 2 and longest >= 6),
        (0.6, "typing", apart == 1),
    )
    return next(((quality, how) for quality, how, so in ways if so), (0.0, ""))


def _best(word: str, line: NameLine, free: dict[str, list[str]]) -> Match:
    """The part of a name that a word fits best, of those that no other word has taken."""
    found: Match = (0.0, "", "", "")
    for place, parts in free.items():
        for part in parts:
            quality, how = likeness(word, part)
            if quality > found[0]:
                found = (quality, how, part, place)
    return found


def _parts(parts: tuple[str, ...]) -> list[str]:
    """The parts of a name, and two neighbours written as one: Anne Marie as Annemarie."""
    return [*parts, *("".join(pair) for pair in itertools.pairwise(parts))]


def _lined(words: Sequence[str], line: NameLine) -> list[Match]:
    """How each word fits one name; a part is given to one word only, the best pairs first."""
    free = {"given": _parts(line.given), "family": _parts(line.family)}
    found: list[Match] = [(0.0, "", "", "")] * len(words)
    left = list(range(len(words)))
    while left:
        quality, place = max((_best(words[each], line, free)[0], -each) for each in left)
        if not quality:
            break
        match = _best(words[-place], line, free)
        found[-place] = match
        free[match[3]].remove(match[2])
        left.remove(-place)
    return found


def _words(question: Question, known: Known, total: _Sum) -> float:
    """Names: the one name that explains most words, then what other names, a school or a street explain of the rest.

    Returns how well the worst word of a first and a last name fits; next to nothing where that is not the whole name.
    """
    words = question.all_words
    if not words or not known.names:
        total.add(MISSED_WORD * len(words), WORD * len(words), "")
        return 0.0
    lines = [(line, _lined(words, line)) for line in known.names]
    line, found = max(lines, key=lambda each: (round(sum(match[0] for match in each[1]), 3), each[0].now))
    for place, match in enumerate(found):
        if not match[0]:
            found[place], other = _elsewhere(lines, place)
            total.told += [(0.1, _written(other))] if other else []
    good = [match for match in found if match[0]]
    for word, match in zip(words, found, strict=True):
        total.add(*_told(word, match, known))
    if not good:
        return 0.0
    if all(match[0] == 1 for match in found):
        total.told += [(WORD, "Name as typed")] if line.now and line.kind == "legal" else []
    if line.kind != "legal" or not line.now:
        total.add(-0.05, 0.0, "")
        total.told.append((0.1, _written(line)))
    _swapped(question, words, found, total)
    whole = {match[3] for match in found} == {"given", "family"}
    return min(match[0] for match in found) if whole else 0.01


def _written(line: NameLine) -> str:
    return f"{_KINDS[line.kind]}: {line.written}" + ("" if line.now else ", no longer used")


def _told(word: str, match: Match, known: Known) -> tuple[float, float, str]:
    """What one word weighs, at most, and why."""
    if match[0]:
        return WORD * match[0], WORD, _HOW[match[1]].format(word=word, part=match[2].title()) if match[1] else ""
    if _explained(word, known):
        return WORD / 2, WORD, ""
    return MISSED_WORD, WORD, f"“{word}” is no name of theirs that we know"


def _elsewhere(lines: list[tuple[NameLine, list[Match]]], place: int) -> tuple[Match, NameLine | None]:
    """How a word fits any other name of the person, and which: a maiden name beside the present one."""
    line, matches = max(lines, key=lambda each: each[1][place][0])
    best = matches[place]
    return ((best[0] * 0.95, best[1], best[2], best[3]), line) if best[0] else (best, None)


def _explained(word: str, known: Known) -> bool:
    """Whether a word stands in the name of their school or street."""
    texts = [compared for _, compared, _, _ in known.facts] + [place.fold_lines for place in known.places]
    return any(word in text.split() for text in texts)


def _swapped(question: Question, words: Sequence[str], found: Sequence[Match], total: _Sum) -> None:
    """Say so where somebody's first name was given as their last one."""
    wrong = [
        word for word, match in zip(words, found, strict=True)
        if (word in question.given and match[3] == "family") or (word in question.family and match[3] == "given")
    ]  # fmt: skip
    if wrong:
        total.add(-0.3, 0.0, "")
        total.told.append((0.2, "First and last name the other way round"))


def _numbers(question: Question, known: Known, total: _Sum) -> None:
    if question.identifiers:
        same = {kind for kind, value in question.identifiers if (kind, value.casefold()) in known.numbers}
        total.add(NUMBER if same else -NUMBER / 2, NUMBER, "The same number" if same else "Another number")
    for kind, wanted, words in (
        ("phone", question.phone, "telephone number"),
        ("email", question.email, "e-mail address"),
    ):
        if wanted:
            lines = [now for each, value, _, now in known.facts if each == kind and value.endswith(wanted)]
            before = "" if any(lines) else " before"
            total.add(PHONE if lines else -1.0, PHONE, f"The same {words}{before}" if lines else "")


def _born(question: Question, known: Known, total: _Sum, on: date) -> None:
    days = [(basis, day) for basis, day in known.births if basis != "expected"]
    if question.unborn or question.baby:
        _unborn(question, known, total, on)
    if question.born is not None:
        if not days:
            due = any(basis == "expected" and abs((day - question.born).days) <= 60 for basis, day in known.births)
            total.add(DAY / 2 if due else 0.0, DAY / 2, "Expected about that day" if due else "No date of birth known")
            return
        weight, reason = max((_apart(question.born, day, basis) for basis, day in days), key=lambda each: each[0])
        total.add(weight, DAY, reason)
    elif question.years is not None:
        if not days:
            total.add(0.0, AGE / 2, "No date of birth known")
            return
        weight, reason = max((_aged(question.years, day, on) for _, day in days), key=lambda each: each[0])
        total.add(weight, AGE, reason)


def _unborn(question: Question, known: Known, total: _Sum, on: date) -> None:
    expected = any(basis == "expected" for basis, _ in known.births)
    youngest = max((day for basis, day in known.births if basis != "expected"), default=None)
    small = youngest is not None and (on - youngest).days < 500
    if expected:
        total.add(AGE, AGE, "Not born yet")
    else:
        weight = (AGE if question.baby and not question.unborn else AGE / 2) if small else MISSED_AGE
        total.add(weight, AGE, "A baby" if small else "")


def _apart(asked: date, day: date, basis: str) -> tuple[float, str]:
    """What two dates of birth weigh that may be one, with how they differ."""
    said = f"born {short_day(day)}"
    if asked == day:
        return DAY, "Born on that day"
    if asked.year == day.year and (asked.day, asked.month) == (day.month, day.day):
        return 5.8, f"Day and month the other way round: {said}"
    digits = OSA.distance(f"{asked:%d%m%Y}", f"{day:%d%m%Y}", score_cutoff=1)
    same = (asked.day == day.day) + (asked.month == day.month) + (asked.year == day.year)
    if digits == 1 and same == 2:
        return 4.8, f"One figure of the date differs: {said}"
    if same == 2:
        return 3.0, f"Part of the date differs: {said}"
    if abs((asked - day).days) <= 366 or asked.year == day.year:
        return 0.5, f"Near that date: {said}"
    return (-1.0 if basis == "estimated" else MISSED_DAY), f"Another date of birth: {said}"


def _aged(years: Years, day: date, on: date) -> tuple[float, str]:
    """What an age weighs; of adults it is guessed, and children grow while somebody writes it down."""
    if years.first <= day <= years.last:
        return AGE, f"Of that age: born {short_day(day)}"
    slack = 400 if (on - years.first).days < 6_570 else 1_200
    nearest = min(abs((day - years.first).days), abs((day - years.last).days))
    if nearest <= slack:
        return AGE * 0.5, f"About that age: born {short_day(day)}"
    return MISSED_AGE, f"Of another age: born {short_day(day)}"


def _place(question: Question, known: Known, total: _Sum) -> None:
    if question.postcode:
        total.add(*_by_code(question.postcode, known.places))
    elif question.district:
        place = next((each for each in known.places if each.postcode.partition(" ")[0] == question.district), None)
        here = place is not None or known.postcode.partition(" ")[0] == question.district
        then = place is not None and not place.now
        words = f"{'Lived' if then else 'Lives'} in {question.district}"
        total.add(DISTRICT * (0.8 if then else 1.0) if here else -0.3, DISTRICT, words if here else "")
    if question.street:
        found = [(_near(question.street, each.fold_lines), each) for each in known.places if each.fold_lines]
        quality, best = max(found, key=lambda each: (each[0], each[1].now), default=(0.0, None))
        told = f"{'Lives' if best.now else 'Lived'} at that address" if best and quality else ""
        total.add(STREET * quality if quality else -0.3, STREET, told)


def _by_code(code: str, places: Iterable[PlaceLine]) -> tuple[float, float, str]:
    """What a postcode weighs: today's, one of before, or one close by."""
    same = [each for each in places if each.postcode == code]
    if now := next((each for each in same if each.now), None):
        return PLACE, PLACE, f"{_PLACES[now.kind]} in {code}" if now.kind != "home" else f"Lives in {code}"
    if same:
        until = f" until {short_day(same[0].until)}" if same[0].until else " before"
        return PLACE * 0.85, PLACE, f"Lived in {code}{until}"
    if any(each.postcode[:-2] == code[:-2] for each in places if each.postcode):
        return PLACE * 0.5, PLACE, f"Lives or lived close to {code}"
    return -0.3, PLACE, ""


def _near(street: str, lines: str) -> float:
    """How well a house and its street fit an address, whose other lines count for nothing."""
    wanted, there = street.split(), lines.split()
    fits = sum(max((likeness(word, each)[0] for each in there), default=0.0) > 0.8 for word in wanted)
    share = fits / len(wanted)
    return share if share >= 0.6 else 0.0


def _others(question: Question, known: Known, total: _Sum) -> None:
    if question.school:
        schools = [(compared, written, now) for kind, compared, written, now in known.facts if kind == "school"]
        best = max(
            ((_near(question.school, each[0]), each) for each in schools), key=lambda each: each[0], default=None
        )
        if best and best[0]:
            total.add(SCHOOL * best[0], SCHOOL, f"{'Goes' if best[1][2] else 'Went'} to {best[1][1]}")
        else:
            total.add(-0.3, SCHOOL, "")
    if question.sex and known.sex in ("M", "F"):
        same = question.sex == known.sex
        total.add(SEX if same else MISSED_SEX, SEX, "" if same else "Of the other sex, as the record says")
