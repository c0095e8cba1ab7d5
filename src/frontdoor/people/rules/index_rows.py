"""One row of the index, before it is written: where it is from, what is wrong with it, and the keys it is found by."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from frontdoor.codes import rules as codes
from frontdoor.people.rules import births, identifiers, names
from frontdoor.people.rules.index import BIRTH_BASES, CAUTION_KINDS, FACT_KINDS, NAME_KINDS, RESIDENCE_KINDS


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is from.

    :param kind: code of `SOURCE_KINDS`
    :param words: in words, as pages show it ("Larkspur Fen Primary School"); no name of who told us
    :param key: of the row that it came with, a contact say
    """

    kind: str
    words: str = ""
    key: UUID | None = None


YES, NO = "yes", "no"
NO_DISABILITY = "NONE"
NEEDED = ((YES, "An interpreter is needed"), (NO, "No interpreter is needed"))

LISTS: dict[str, dict[str, str]] = {
    "sex": {row.code: row.label for row in codes.SEXES},
    "ethnicity": {row.code: row.label for row in codes.ETHNICITIES},
    "language": {row.code: row.label for row in codes.LANGUAGES},
    "disability": {row.code: row.label for row in codes.DISABILITIES},
    "upn_unknown": {row.code: row.label for row in codes.UPN_UNKNOWN},
    "interpreter": dict(NEEDED),
}
"""Kinds of fact of which the value is a code, with its words."""

DAYS = frozenset({"died", "identify"})
"""Kinds of fact of which the value is a day, as 2026-04-02."""

FOUND_BY = frozenset({"phone", "email", "school", "gp"})
"""Kinds of fact by which somebody is looked for."""


def fact_in_words(kind: str, value: str) -> str:
    """A fact's value as pages show it; a code that its list no longer has is shown as it stands."""
    return LISTS.get(kind, {}).get(value, value)


def folded_line(text: str) -> str:
    """Letters and digits of an address or of the name of a school in small letters, as they are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "").replace("’", "")
    return " ".join(re.findall(r"\w+", bare))[:120].rstrip()


def folded_value(kind: str, value: str) -> str:
    """What a fact is looked for by: the digits of a telephone number, else its letters; of most kinds nothing."""
    if kind not in FOUND_BY:
        return ""
    if kind == "phone":
        digits = re.sub(r"\D", "", value)
        return re.sub(r"^(?:00)?44", "0", digits)[:120]
    return value.strip().casefold()[:120] if kind == "email" else folded_line(value)


_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def postcode(text: str) -> str:
    """A postcode in its usual form; what is no British one stays as it was typed, in capitals."""
    said = " ".join(text.upper().split())[:10]
    found = _POSTCODE.fullmatch(said)
    return f"{found[1]} {found[2]}" if found else said


def is_postcode(text: str) -> bool:
    """Whether a line is a British postcode and nothing else."""
    return _POSTCODE.fullmatch(" ".join(text.upper().split())) is not None


_SCRIPTS = {
    "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek", "CJK": "Hani", "HANGUL": "Hang",
    "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "DEVANAGARI": "Deva", "GURMUKHI": "Guru", "BENGALI": "Beng",
    "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor", "ARMENIAN": "Armn", "THAI": "Thai", "MYANMAR": "Mymr", "KHMER": "Khmr",
}  # fmt: skip


def script_of(text: str) -> str:
    """The script of a name by its first letter that is not Latin, as four letters (ISO 15924); empty of Latin ones."""
    for sign in text:
        said = unicodedata.name(sign, "").split(" ")[0] if sign.isalpha() else ""
        if said and said != "LATIN":
            return _SCRIPTS.get(said, "Zyyy")
    return ""


def latin_of(given: str, family: str, latin: str, *, between: str = "") -> tuple[str, str]:
    """Given and family part of a name in Latin letters: as somebody carried them over, else letter by letter.

    :param latin: the whole name as carried over; empty where nobody did, or where the name is in Latin letters
    :param between: what stands between the two
    """
    words = latin.split()
    if not words:
        return names.transliterated(given).title(), names.transliterated(family).title()
    if not given or not family:
        return (latin, "") if given else ("", latin)
    last = len(family.split()) if len(words) == len(f"{given} {between} {family}".split()) else 1
    first = len(given.split()) if between else len(words) - last
    return " ".join(words[:first]) or latin, " ".join(words[-last:])


def name_problems(kind: str, parts: tuple[str, ...]) -> dict[str, str]:
    """What is wrong with a name: one part is enough, none is not."""
    if kind not in dict(NAME_KINDS):
        return {"kind": "Choose what sort of name it is"}
    return {} if any(part.strip() for part in parts) else {"given_name": "Enter at least one part of the name"}


def birth_problems(basis: str, day: date | None, *, on: date) -> dict[str, str]:
    """What is wrong with a statement of when somebody was born or is expected, by field."""
    if basis not in dict(BIRTH_BASES):
        return {"basis": "Say how the date is known"}
    if day is None:
        return {"day": "Enter a date"}
    expected = basis == births.Basis.EXPECTED
    found = births.problems(births.expected(day) if expected else births.known(day), on=on)
    return {"day": next(iter(found.values()))} if found else {}


def residence_problems(kind: str, lines: str, *, protected: bool) -> dict[str, str]:
    """What is wrong with an address; of a protected one, and where there is none, no line is needed."""
    if kind not in dict(RESIDENCE_KINDS):
        return {"kind": "Say what sort of address it is"}
    if not lines.strip() and not protected and kind != "no_fixed_abode":
        return {"lines": "Enter the address, or say that there is no fixed abode"}
    return {}


def identifier_read(kind: str, value: str, system: str, trace: str) -> identifiers.Known | dict[str, str]:
    """A number as it was typed: clean, or what is wrong with it, beside its field."""
    try:
        return identifiers.read(identifiers.Kind(kind), value, system=system, trace=trace)
    except codes.NotANumber as wrong:
        return {
            "system" if "which system" in str(wrong) else "trace" if "tracing" in str(wrong) else "value": str(wrong)
        }
    except ValueError:
        return {"kind": "Say what sort of number it is"}


def fact_problems(kind: str, value: str) -> dict[str, str]:
    """What is wrong with any other fact."""
    if kind not in dict(FACT_KINDS):
        return {"kind": "Say what it is about"}
    if not value.strip():
        return {"value": "Write what is known"}
    if kind in LISTS and value not in LISTS[kind]:
        return {"value": "Choose one of the list"}
    if kind in DAYS and not _day(value):
        return {"value": "Enter a date"}
    return {}


def caution_problems(kind: str, words: str) -> dict[str, str]:
    """What is wrong with a caution."""
    if kind not in dict(CAUTION_KINDS):
        return {"kind": "Say what the danger is"}
    return {} if words.strip() else {"words": "Write what somebody must know before they visit or call"}


def span_problems(since: date | None, until: date | None) -> dict[str, str]:
    """What is wrong with the days between which a fact holds."""
    return {"until": "The last day is before the first"} if since and until and until < since else {}


def no_disability_beside(values: Any) -> bool:
    """Whether no disability is said together with one (census rule 8790)."""
    said = set(values)
    return NO_DISABILITY in said and len(said) > 1


def _day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
