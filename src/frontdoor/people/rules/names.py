"""How names are read: folded to plain letters, carried over from other scripts, taken apart, by sound and by nickname.

No language is the standard: what a rule does for Smith and Smyth another does for Petrauskas and Petrauskienė.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

REMEMBERED = 1 << 17
"""Names whose reading is kept: one arrival reads the same name against every candidate."""

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ə": "a", "'": "", "’": "", "‘": "", "ʼ": "", "`": "", "´": "", "ʻ": "", "ʿ": "", "ʾ": "",
        "ь": "", "ъ": "", "\u200c": "", "\u200d": "", "\u0640": "",
    }
)  # fmt: skip


def told(file: str) -> dict[str, list[str]]:
    """The words of a file beside this one, by the kind that stands before each line's colon."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
        kind, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            found.setdefault(kind, []).extend(words.split())
    return found


_WORDS = told("words.txt")
_PARTICLES = frozenset(_WORDS["particles"])
_PLACEHOLDERS = frozenset(_WORDS["placeholders"])
_ENDINGS = sorted(_WORDS["endings"], key=lambda ending: (-len(ending), ending))


def _fallen(sign: str) -> bool:
    """Whether a mark is an accent or a written short vowel; the vowel signs of Indian scripts are letters and stay."""
    place = unicodedata.combining(sign)
    return place >= 200 or 27 <= place <= 36


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """A name in small letters without accents, apostrophes and hyphens; its script is left; folding twice is once."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    bare = unicodedata.normalize("NFKC", "".join(sign for sign in small if not _fallen(sign)))
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LM" else " " for sign in bare).split())


@lru_cache(REMEMBERED)
def transliterated(text: str) -> str:
    """A name of any script in Latin letters, folded."""
    folded = fold(text)
    return folded if folded.isascii() else fold(anyascii(text))


@lru_cache(REMEMBERED)
def parts(text: str) -> tuple[str, ...]:
    """The parts of a name that tell people apart, in their order: no particles, titles and stand-ins for a name."""
    words = transliterated(text).split()
    kept = tuple(word for word in words if word not in _PLACEHOLDERS and word not in _PARTICLES and len(word) > 1)
    return kept or tuple(word for word in words if word not in _PLACEHOLDERS)


@lru_cache(REMEMBERED)
def is_placeholder(text: str) -> bool:
    """Whether a given name is none: empty, or Baby, Infant, Twin 2, Unborn as wards and forms write them."""
    return not any(word not in _PLACEHOLDERS for word in transliterated(text).split())


_DIGRAPHS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"^kn", "n"), (r"^wr", "r"), (r"^(ps|pf)", "s"), (r"^mac(?=[^aeiouhkc])", "mk"), (r"^mc", "mk"),
        (r"tsch|tch|tsh", "s"), (r"sch|shch|szcz|sz|sh|zh|cz|rz(?=[^aeiouy]|$)", "s"), (r"ch(?=[rlnm])", "k"),
        (r"ch", "s"), (r"ph", "f"),
        (r"gh(?=t)", ""), (r"ck", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"[cq]", "k"), (r"^g(?=[eiy])", "j"),
        (r"dj|dzh|dz", "s"), (r"t[sz]", "s"),
    ]
]  # fmt: skip
_SAME = str.maketrans("zwvdgy", "sfftkj")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(REMEMBERED)
def sound(word: str) -> str:
    """What a word's consonants sound like in any of the languages here: Kowalski and Kovalsky, Mohammed and Muhamad.

    The first vowel stays as `a`, others, h and inner j fall away; voiced and unvoiced are one.
    """
    said = "".join(transliterated(word).split())
    for pattern, instead in _DIGRAPHS:
        said = pattern.sub(instead, said)
    said = _TWICE.sub(r"\1", said).translate(_SAME)
    first = said[:1]
    rest = "".join(sign for sign in said[1:] if sign not in "aeiouhj")
    return ("a" if first in "aeiouh" and first else first) + rest


@lru_cache(REMEMBERED)
def family_sound(word: str) -> str:
    """The sound of a family name without the ending that tells man from woman."""
    return sound(stem(word))


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """A family name without the ending that tells man from woman, wife from daughter: Petrausk, Kowal, Berz, Ivan."""
    plain = transliterated(word)
    if len(plain) < 6:
        return plain
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            return plain[: -len(ending)]
    return plain


def _groups() -> dict[str, tuple[str, ...]]:
    """The nicknames of the file beside, each with every group that it stands in."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        names = [fold(name) for name in line.partition("#")[0].split()]
        for name in names:
            found.setdefault(name, []).append(names[0])
    return {name: tuple(dict.fromkeys(heads)) for name, heads in found.items()}


_NICKNAMES = _groups()


@lru_cache(REMEMBERED)
def in_group(head: str) -> tuple[str, ...]:
    """The names that stand in the group of a full name, itself among them; none, where it heads no group."""
    return tuple(name for name, heads in _NICKNAMES.items() if head in heads)


def nickname_groups(word: str) -> tuple[str, ...]:
    """The full names that a given name may stand for; itself, where the file of nicknames has it not."""
    return _NICKNAMES.get(word, (word,))


@lru_cache(REMEMBERED)
def same_by_nickname(one: str, other: str) -> bool:
    """Whether two given names stand in one group of the file of nicknames."""
    return not set(nickname_groups(one)).isdisjoint(nickname_groups(other))
