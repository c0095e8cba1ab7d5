"""What is to change for a family: headings, national and local, how each stands, and what may end as reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from frontdoor.codes import rules as codes
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.familyhelp.rules.checking import GROUP

LOCAL_HEADINGS = declare(
    Setting(
        "family_help.local_outcomes", "Headings of this council’s own framework of outcomes", GROUP, Kind.TEXT, "",
        "Local framework, beside the ten national headings", maximum=1_000,
        hint="Separated by semicolons: Young carers are seen; Friends and things to do. What was marked keeps "
        "the words of its day.",
    )
)  # fmt: skip

LOCAL = "local"
NATIONAL = {row.code: row.label for row in codes.HEADLINE_OUTCOMES}
MOST = 80
"""Characters of one heading."""


def headings(local: str) -> list[tuple[str, str]]:
    """What may be marked: the ten national headings, then those of the council, as pairs of value and words.

    :param local: the council's own, separated by semicolons
    """
    own = list(dict.fromkeys(part.strip()[:MOST] for part in local.split(";") if part.strip()))
    return [*NATIONAL.items(), *((f"{LOCAL}:{words}", words) for words in own)]


def heading_of(value: str, local: str) -> tuple[str, str] | None:
    """Code and words of a heading that may be marked; None where it may not."""
    words = dict(headings(local)).get(value)
    return None if words is None else (LOCAL if value.startswith(f"{LOCAL}:") else value, words)


class Phase(StrEnum):
    """When it was looked at."""

    START = "start"
    REVIEW = "review"
    END = "end"
    LATER = "later"

    @property
    def words(self) -> str:
        return dict(PHASES)[self.value]


PHASES = [
    (Phase.START.value, "At the start"),
    (Phase.REVIEW.value, "At a review"),
    (Phase.END.value, "At the end"),
    (Phase.LATER.value, "Six months after"),
]
OPEN_PHASES = [pair for pair in PHASES if pair[0] in (Phase.REVIEW, Phase.END)]
"""What may be written while the work goes on; what stands six months after is asked then."""

NOT, PARTLY, MET = "not", "partly", "met"
STANDS = [(NOT, "Not reached"), (PARTLY, "Part of the way"), (MET, "Reached")]
STEPS = {NOT: 1, PARTLY: 2, MET: 3}
"""How long the bar of each is drawn; the words stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How one outcome stands, and how we know.

    :param phase: a code of `OPEN_PHASES`
    :param evidence: what was seen, said or counted, and by whom
    """

    phase: str
    stands: str
    evidence: str


def wrong_with(given: Shown) -> dict[str, str]:
    """What evidence still has to say, by field."""
    wrong = {}
    if given.phase not in dict(OPEN_PHASES):
        wrong["phase"] = "Choose when this is"
    if given.stands not in dict(STANDS):
        wrong["stands"] = "Choose how it stands"
    if not given.evidence.strip():
        wrong["evidence"] = "Write how we know: what was seen, said or counted, and by whom"
    return wrong


def why_not_reached(marked: Iterable[tuple[str, str]]) -> str:
    """Why help may not end as "what the family wanted was reached"; empty where it may.

    :param marked: of each outcome its heading, and how it stands at the end; empty where nobody has said
    """
    found = list(marked)
    if open_still := [heading for heading, stands in found if not stands]:
        return f"Write first how we know, at the end, for: {'; '.join(open_still)}"
    if found and not any(stands == MET for _, stands in found):
        return "Of what was marked nothing was reached. Choose another ending, or write what has changed"
    return ""
