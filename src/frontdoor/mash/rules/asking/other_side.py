"""What never goes to an agency that works with whoever may pose the risk: where the others are, and their safety.

Domain 3.2: a victim's address and safety are never visible to the perpetrator's side. The database holds the same
(migrations 0013, 0019 and 0021), since these words are read in the portal's role.
"""

import re
from collections.abc import Iterable, Iterator

POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}\b", re.IGNORECASE)
TELEPHONE = re.compile(r"(\+44|\b0)[\s()-]*[0-9]([\s()-]*[0-9]){8,9}")
SHORTEST = 6
"""Letters of a line of an address below which it is too plain a word to look for."""

SAYS = (
    "This agency works with somebody who may pose the risk, and what you ask holds a postcode, a telephone number, or "
    "the home or school of somebody in this enquiry. Take it out"
)
SEALED = "What you ask holds an address that is kept secret. Take it out"


def tells_where(said: str, homes: Iterable[str] = ()) -> bool:
    """Whether words tell where somebody is or how they are reached: a postcode, a number, a line of a home, a school.

    :param homes: addresses and schools of the people of the enquiry
    """
    lines = (line for home in homes for line in _lines(home))
    return bool(
        POSTCODE.search(said)
        or TELEPHONE.search(said)
        or any(line in said.casefold() for line in lines if len(line) >= SHORTEST)
    )


def _lines(home: str) -> Iterator[str]:
    """The lines of an address that lead there: the first, and each with a number ("14 Mill Lane" after "Flat 2")."""
    for place, line in enumerate(re.split(r"[,\n]", home)):
        if place == 0 or re.search("[0-9]", line):
            yield line.strip().casefold()
