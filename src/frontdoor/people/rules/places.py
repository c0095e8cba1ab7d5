"""How addresses are read: the house and its street out of a line, and the parts of a postcode."""

import re
from functools import lru_cache

from frontdoor.people.rules import names

_HOUSE = re.compile(r"(\d+)\s*[a-z]?\s*,?\s+([^\d\W]{2,}[^,\d]*)")
_SHORT = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive", "ln": "lane",
    "ct": "court", "cres": "crescent", "gdns": "gardens", "pl": "place", "sq": "square", "tce": "terrace",
}  # fmt: skip


@lru_cache(names.REMEMBERED)
def postcode(code: str) -> str:
    """A postcode in capitals without gaps; empty where there is none."""
    return re.sub(r"\W", "", code).upper()


@lru_cache(names.REMEMBERED)
def district(code: str) -> str:
    """The part of a British postcode before its last three signs; of a short one, all of it."""
    return code[:-3] if len(code) > 4 else code


@lru_cache(names.REMEMBERED)
def sector(code: str) -> str:
    """A British postcode without its last two signs; of a short one, all of it."""
    return code[:-2] if len(code) > 4 else code


@lru_cache(names.REMEMBERED)
def house(line: str) -> tuple[str, str]:
    """The house number and the street of an address line, folded; of "Flat 2, 15 Mill Rd" 15 and mill road.

    Without a number, the words of the line alone.
    """
    small = line.casefold()
    found = _HOUSE.findall(small)
    number, street = found[-1] if found else ("", small.partition(",")[0])
    words = [_SHORT.get(word, word) for word in names.fold(street).split()]
    return number, " ".join(words[:4])


@lru_cache(names.REMEMBERED)
def at(line: str) -> str:
    """A house as one word: its number and the sound of its street; empty without a number."""
    number, street = house(line)
    return f"{number} {names.sound(street.partition(' ')[0])}" if number and street else ""
