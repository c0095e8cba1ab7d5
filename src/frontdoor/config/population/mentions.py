"""How somebody of the invented population is written down by somebody else: with the errors that people make."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from frontdoor.config.population.people import TODAY, Someone
from frontdoor.people.rules import names
from frontdoor.people.rules.records import Called, Record

_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SPELLINGS = (
    ("ph", "f"), ("ck", "k"), ("y", "i"), ("ie", "y"), ("ee", "i"), ("oo", "u"), ("c", "k"), ("z", "s"), ("w", "v"),
    ("v", "w"), ("sz", "sh"), ("cz", "ch"), ("ll", "l"), ("ss", "s"), ("nn", "n"), ("mm", "m"), ("tt", "t"),
    ("ei", "ie"), ("ou", "u"), ("kh", "k"), ("q", "k"), ("dh", "d"), ("ae", "e"), ("ah", "a"), ("sh", "s"), ("ch", "c"),
    ("j", "y"), ("x", "ks"), ("o", "u"), ("e", "a"), ("i", "e"),
)  # fmt: skip
_CYRILLIC = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"),
    ("iu", "ю"), ("ia", "я"), *zip("abvhdezyiklmnoprstufgj", "абвгдезиіклмнопрстуфгй", strict=True),
)  # fmt: skip


@dataclass(frozen=True)
class Slips:
    """How often each slip is made, from 0 to 1."""

    typing: float = 0.08
    spelling: float = 0.07
    nickname: float = 0.12
    shortened: float = 0.6
    swapped: float = 0.03
    other_family: float = 0.03
    ending: float = 0.15
    script: float = 0.15
    day_month: float = 0.03
    digit: float = 0.04
    year: float = 0.015
    moved: float = 0.12
    missing: float = 0.12


USUAL = Slips()
"""What a front door sees from professionals and the public together."""


def mention(who: Someone, rng: Random, slips: Slips = USUAL) -> Record:
    """One further mention of somebody, as a caller, a form or another register gives it."""
    true = who.record
    name = _name(rng, true, who, slips)
    born = _born(rng, true.born, slips) if true.born and rng.random() > (0.1 if who.role == "child" else 0.4) else None
    age, age_on = _age(rng, true, born)
    place = rng.randrange(len(true.postcodes)) if true.postcodes and rng.random() < 0.1 else 0
    moved = rng.random() < slips.moved
    postcode = _postcode(rng, true.postcodes[place], moved=moved) if true.postcodes and rng.random() < 0.75 else ""
    line = true.addresses[place] if true.addresses and not moved and rng.random() < 0.6 else ""
    return Record(
        names=(name,),
        born=born,
        expected=true.expected + timedelta(days=rng.randint(-14, 14)) if true.expected else None,
        age=age,
        age_on=age_on,
        sex=true.sex if rng.random() < 0.85 else "",
        postcodes=(postcode,) if postcode else (),
        addresses=(_typed(rng, line) if rng.random() < slips.typing else line,) if line else (),
        identifiers=tuple(one for one in true.identifiers if one[0] == "nhs" and rng.random() < 0.2),
        phones=true.phones if rng.random() < 0.3 else (),
        schools=true.schools if rng.random() < 0.4 else (),
        relatives=_relatives(rng, true, slips),
    )


def _name(rng: Random, true: Record, who: Someone, slips: Slips) -> Called:
    name = true.names[0] if rng.random() < 0.93 else rng.choice(true.names)
    newborn = true.born is not None and (TODAY - true.born).days < 40
    given = _given(rng, name.given, slips) if not newborn else rng.choice(("Baby", "Infant", "", name.given))
    family = _family(rng, name.family, true, slips)
    if rng.random() < slips.missing * 0.25:
        given = ""
    elif rng.random() < slips.missing * 0.15:
        family = ""
    if rng.random() < slips.swapped * (1 if who.community == "british" else 2) and given:
        given, family = family, given
    if who.community == "ukrainian" and rng.random() < slips.script:
        given, family = cyrillic(given), cyrillic(family)
    return Called(given, family)


def _given(rng: Random, given: str, slips: Slips) -> str:
    words = given.split()
    if not words:
        return ""
    if len(words) > 1 and rng.random() < slips.shortened:
        words = words[:1] if rng.random() < 0.95 else words[1:]
    if "-" in words[0] and rng.random() < 0.5:
        words[0] = words[0].partition("-")[0] if rng.random() < 0.5 else words[0].replace("-", " ")
    if rng.random() < slips.nickname:
        words[0] = pet_name(rng, words[0])
    return _spelt(rng, " ".join(words), slips)


def _family(rng: Random, family: str, true: Record, slips: Slips) -> str:
    if "-" in family or " " in family:
        parts = family.replace("-", " ").split()
        drawn = rng.random()
        family = rng.choice(parts) if drawn < 0.4 else " ".join(parts) if drawn < 0.6 else family
    if rng.random() < slips.ending:
        family = _other_ending(rng, family)
    if rng.random() < slips.other_family and true.relatives:
        family = rng.choice(true.relatives).family or family
    return _spelt(rng, family, slips)


_ENDINGS = (
    ("ski", "ska"), ("ska", "ski"), ("aite", "as"), ("iene", "as"), ("as", "iene"), ("yte", "is"), ("skyi", "sky"),
    ("ina", "ins"), ("ova", ""),
)  # fmt: skip


def _other_ending(rng: Random, family: str) -> str:
    """The ending of the other sex, or none: as English forms give brothers and sisters one family name."""
    fitting = [(ending, instead) for ending, instead in _ENDINGS if family.endswith(ending) and len(family) > 6]
    if not fitting:
        return family
    ending, instead = rng.choice(fitting)
    return family[: len(family) - len(ending)] + instead


def pet_name(rng: Random, given: str) -> str:
    """Another form of a given name out of the file of nicknames; itself, where it has none."""
    own = names.fold(given)
    groups = names.nickname_groups(own)
    others = [other for group in groups for other in names.in_group(group) if other != own]
    return rng.choice(others).title() if others else given


def _spelt(rng: Random, word: str, slips: Slips) -> str:
    if word and rng.random() < slips.spelling:
        word = _by_ear(rng, word)
    if word and rng.random() < slips.typing:
        word = _typed(rng, word)
        if rng.random() < 0.1:
            word = _typed(rng, word)
    return word


def _by_ear(rng: Random, word: str) -> str:
    """The word as somebody writes it who heard it."""
    small = word.casefold()
    fitting = [pair for pair in _SPELLINGS if pair[0] in small[1:] or small.startswith(pair[0])]
    if not fitting:
        return word
    heard, written = rng.choice(fitting)
    return small.replace(heard, written, 1).title()


def _typed(rng: Random, word: str) -> str:
    """One slip of the fingers: a letter left out, doubled, exchanged with the next, or its neighbour among the keys."""
    if len(word) < 3:
        return word
    at = rng.randrange(1, len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    slips: tuple[Callable[[], str], ...] = (
        lambda: before + after,
        lambda: before + letter + letter + after,
        lambda: before + after[:1] + letter + after[1:],
        lambda: before + rng.choice(_BESIDE.get(letter.casefold(), letter)) + after,
    )
    return rng.choice(slips)()


def cyrillic(word: str) -> str:
    """A name in Cyrillic letters, roughly as Ukrainian writes it."""
    small = word.casefold()
    for latin, letter in _CYRILLIC:
        small = small.replace(latin, letter)
    return small.title()


def _born(rng: Random, born: date, slips: Slips) -> date:
    drawn = rng.random()
    if drawn < slips.day_month and born.day <= 12:
        return born.replace(day=born.month, month=born.day)
    drawn = rng.random()
    if drawn < slips.digit:
        return _one_digit(rng, born)
    if drawn < slips.digit + slips.year:
        return _shifted(born, rng.choice((-1, 1, 1, -10, 10)))
    return born


def _shifted(born: date, years: int) -> date:
    return born.replace(year=born.year + years, day=min(born.day, 28))


def _one_digit(rng: Random, born: date) -> date:
    """The date with one digit typed wrong, still a date."""
    for _ in range(20):
        digits = list(f"{born:%d%m%Y}")
        digits[rng.choice((0, 1, 2, 3, 7))] = str(rng.randrange(10))
        try:
            return date(int("".join(digits[4:])), int("".join(digits[2:4])), int("".join(digits[:2])))
        except ValueError:
            continue
    return born


def _age(rng: Random, true: Record, born: date | None) -> tuple[int | None, date | None]:
    if born is not None or true.born is None or rng.random() < 0.25:
        return None, None
    years = (TODAY - true.born).days // 365
    return max(0, years + (0 if years < 8 else rng.choice((-1, 0, 0, 1)) if years < 18 else rng.randint(-4, 4))), TODAY


def _postcode(rng: Random, code: str, *, moved: bool) -> str:
    if moved and rng.random() < 0.5:  # not far
        return f"{code.partition(' ')[0]} {rng.randint(1, 4)}{rng.choice('ABDEFGHJ')}{rng.choice('ABDEFGHJ')}"
    if moved:
        return f"PE{rng.randint(1, 38)} {rng.randint(1, 9)}{rng.choice('ABDEFGHJLNPQRSTUWXYZ')}{rng.choice('ABDEFGHJ')}"
    if rng.random() < 0.03:  # the street is known, the postcode is not
        return f"{code[:-2]}{rng.choice('ABDEFGHJ')}{rng.choice('ABDEFGHJ')}"
    if rng.random() < 0.05:
        at = rng.choice((-1, -2, -3))
        return code[:at] + (rng.choice("ABDEFGHJ") if at > -3 else str(rng.randrange(10))) + code[len(code) + at + 1 :]
    return code


def _relatives(rng: Random, true: Record, slips: Slips) -> tuple[Called, ...]:
    if not true.relatives or rng.random() < 0.4:
        return ()
    some = rng.sample(true.relatives, k=min(len(true.relatives), rng.randint(1, 3)))
    return tuple(
        replace(
            kin, given=_given(rng, kin.given, slips) if kin.given else "", family=_family(rng, kin.family, true, slips)
        )
        for kin in some
    )
