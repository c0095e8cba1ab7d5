"""The standard symbols of a genogram as paths, and the key that says what each means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdoor.shell.pages.genogram.values import COUPLES, PARENTAGE, TIES, Family, Relative

HALF = 22
"""From the middle of a symbol to its side."""

SHAPES = {
    "square": "male",
    "circle": "female",
    "diamond": "sex not known, or another gender",
    "triangle": "pregnancy: a child not yet born",
    "restricted": "restricted record",
}
_LIKE = {
    "square": Relative("", "", "M"),
    "circle": Relative("", "", "F"),
    "diamond": Relative("", ""),
    "triangle": Relative("", "", expected=date.max),
    "restricted": Relative("", "", restricted="call"),
}
"""Somebody who has each symbol."""

STROKES = {"couple-separated": 1, "couple-former": 1, "couple-divorced": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """One path: its form, the kind that decides how it is drawn, and the words of its tooltip."""

    d: str
    kind: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the key: a small picture of 64 by 36, and what it means."""

    marks: tuple[Mark, ...]
    said: str


def shape(person: Relative) -> str:
    """Which symbol somebody has; the gender decides, where it is another than the sex."""
    if person.restricted:
        return "restricted"
    if person.expected and not person.born:
        return "triangle"
    return {"M": "square", "F": "circle"}.get(person.gender or person.sex, "diamond")


def outline(form: str, x: float, y: float, half: float = HALF) -> str:
    """The path of a symbol round its middle."""
    if form == "square":
        return f"M{x - half:.1f} {y - half:.1f}h{2 * half:g}v{2 * half:g}h{-2 * half:g}z"
    if form == "circle":
        arc = f"a{half:g} {half:g} 0 1 0 "
        return f"M{x - half:.1f} {y:.1f}{arc}{2 * half:g} 0{arc}{-2 * half:g} 0z"
    if form == "triangle":
        return f"M{x:.1f} {y - half:.1f}l{half:g} {2 * half:g}h{-2 * half:g}z"
    return f"M{x:.1f} {y - half:.1f}l{half:g} {half:g}l{-half:g} {half:g}l{-half:g} {-half:g}z"


def symbol(person: Relative, x: float, y: float, half: float = HALF) -> tuple[Mark, ...]:
    """All paths of one person's symbol, the outermost first."""
    form = shape(person)
    marks = [Mark(outline(form, x, y, half), "restricted" if form == "restricted" else "person")]
    if person.about:
        marks.append(Mark(outline(form, x, y + (half * 0.1 if form == "triangle" else 0), half * 0.72), "within"))
    if person.gender and person.gender != person.sex and form != "restricted":
        sex = {"M": "square", "F": "circle"}.get(person.sex, "diamond")
        marks.append(Mark(outline(sex, x, y, half * 0.4), "within"))
    if form == "restricted":
        marks.append(Mark(f"M{x - half / 2:.1f} {y:.1f}h{half:g}", "barred"))
    if person.died or person.dead:
        marks.append(Mark(f"M{x - half:.1f} {y - half:.1f}l{2 * half:g} {2 * half:g}m0 {-2 * half:g}"
                          f"l{-2 * half:g} {2 * half:g}", "cross"))  # fmt: skip
    return tuple(marks)


def strokes(x: float, y: float, count: int, *, upright: bool = False) -> Mark:
    """One or two strokes through a line; `upright` where the line runs down."""
    one = "l12 -8" if upright else "l8 -16"
    starts = [(x - 6, y + 4 + 7 * n) if upright else (x - 4 + 7 * n, y + 8) for n in range(count)]
    return Mark("".join(f"M{left:.1f} {top:.1f}{one}" for left, top in starts), "stroke")


def key(family: Family, lines: Iterable[str]) -> tuple[Key, ...]:
    """What the picture's own symbols and lines mean, in a fixed order; nothing that it does not show."""
    used = set(lines)
    forms = {shape(person) for person in family.people}
    found = [Key(symbol(_LIKE[form], 32, 18, 14), said) for form, said in SHAPES.items() if form in forms]
    found += _of_people(family)
    for prefix, said in (("couple-", COUPLES), ("", PARENTAGE), ("tie-", TIES)):
        for kind, words in said.items():
            name = f"{prefix}{kind or 'parents'}"
            if name in used:
                line = Mark("M4 18h56", name) if prefix else Mark("M32 2v32", name)
                through = (strokes(32, 18, STROKES[name]),) if name in STROKES else ()
                found.append(Key((line, *through), words))
    return (*found, *_of_groups(family))


def _of_people(family: Family) -> list[Key]:
    people = family.people
    found = []
    if any(person.about for person in people):
        found.append(
            Key(symbol(Relative("", "", "F", about=True), 32, 18, 14), "double outline: the person of this page")
        )
    if any(person.died or person.dead for person in people):
        found.append(Key(symbol(Relative("", "", "M", dead=True), 32, 18, 14), "a cross: has died"))
    if any(person.gender and person.gender != person.sex for person in people):
        found.append(
            Key(
                symbol(Relative("", "", "F", "M"), 32, 18, 14),
                "a small form within: the sex as recorded; without, the gender",
            )
        )
    return found


def _of_groups(family: Family) -> list[Key]:
    found = []
    peak = Mark("M32 4L14 32M32 4L50 32", "birth")
    if any(not each.identical for each in family.births):
        found.append(Key((peak,), "twins, or more born together"))
    if any(each.identical for each in family.births):
        found.append(Key((peak, Mark("M23 18h18", "birth")), "identical twins"))
    if family.homes:
        found.append(Key((Mark("M4 4h56v28h-56z", "home"),), "a dashed boundary: they live together"))
    return found
