"""The words of a genogram: names broken so that they never leave their place, ages, and who is what to whom."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from frontdoor.shell.pages.genogram.values import COUPLES, PARENTAGE, Family, Relative
from frontdoor.shell.rules import words

SIZE = 13
MOST_LINES = 6
NARROW = frozenset("ijlftrI.,:;'’!|()[]/- ")
WIDE = frozenset("mwMW@%—")


def width(text: str) -> float:
    """How wide a text is at most, in the size of the words below a symbol; rather too much than too little."""
    return sum(map(_advance, text)) * SIZE


def _advance(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or letter in WIDE or not letter.isprintable():
        return 1.05
    if letter in NARROW:
        return 0.4
    return 0.76 if letter.isupper() or ord(letter) > 0x2FF else 0.59


def broken(text: str, room: float, most: int = MOST_LINES) -> tuple[str, ...]:
    """A text in lines that are no wider than the room; a word longer than that is cut; what is too long ends in "…"."""
    lines: list[str] = []
    for piece, before in _pieces(text, room):
        if lines and width(joined := f"{lines[-1]}{before}{piece}") <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(f"{last}…") > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last}…"]
    return tuple(lines)


def _pieces(text: str, room: float) -> Iterator[tuple[str, str]]:
    """The parts between which a line may end, each with what stands before it if it does not."""
    for word in text.split():
        before = " "
        for part in re.findall(r"[^-]*-|[^-]+", word):
            for cut in _cut(part, room):
                yield cut, before
                before = ""


def _cut(word: str, room: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def lines_of(person: Relative, on: date, homes: Sequence[str], room: float) -> tuple[str, ...]:
    """What stands below a symbol: the name, the age, a note, the letters of the homes."""
    if person.restricted:
        return (*broken(person.label, room, 2), *broken(person.restricted, room, 4))
    home = f"Home {', '.join(homes)}" if len(homes) == 1 else f"Homes {', '.join(homes)}" if homes else ""
    return (
        *broken(person.label or "Name not known", room),
        *broken(age(person, on), room, 3),
        *broken(person.note, room, 4),
        *broken(home, room, 2),
    )


def age(person: Relative, on: date) -> str:
    """How old somebody was on a day, or how old when they died; of an unborn child when it is expected."""
    if person.died or person.dead:
        died = f"died {words.short_day(person.died)}" if person.died else "has died"
        return f"{died}, {words.age(person.born, person.died)}" if person.born and person.died else died
    if person.born:
        return words.age(person.born, on) if person.born <= on else f"born {words.short_day(person.born)}"
    if person.expected:
        return f"expected {words.short_day(person.expected)}"
    return person.age


def letters(count: int) -> list[str]:
    """A to Z, then AA, AB …: the marks of homes."""
    alphabet = [chr(ord("A") + n) for n in range(26)]
    return [*alphabet, *(one + other for one in alphabet for other in alphabet)][:count]


def relations(family: Family) -> dict[str, str]:
    """What each is to the person of the page: directly, or by way of who stands between, the fewest steps."""
    label = {person.key: person.label for person in family.people}
    about = next((person.key for person in family.people if person.about), None)
    if about is None:
        return {}
    said = {about: "the person of this page"}
    waiting = [about]
    steps = _said(family)
    for here in waiting:
        for other, what in steps.get(here, ()):
            if other not in said:
                said[other] = what if here == about else f"{what} of {label[here]}"
                waiting.append(other)
    return said


def _said(family: Family) -> Mapping[str, list[tuple[str, str]]]:
    """Of each person those who stand next to them, and what these are to them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in family.parents:
        found.setdefault(each.child, []).append((each.parent, each.words or PARENTAGE[each.kind]))
        found.setdefault(each.parent, []).append((each.child, each.back or "child"))
    for couple in family.couples:
        what = couple.words or COUPLES[couple.kind]
        found.setdefault(couple.one, []).append((couple.other, f"partner ({what})"))
        found.setdefault(couple.other, []).append((couple.one, f"partner ({what})"))
    for tie in family.ties:
        found.setdefault(tie.other, []).append((tie.one, tie.words))
        found.setdefault(tie.one, []).append((tie.other, tie.back or f"{tie.words} (the other way)"))
    return found
