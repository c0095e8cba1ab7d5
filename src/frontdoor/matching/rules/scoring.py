"""Whether somebody named is somebody known: bits added up (Fellegi and Sunter), and the rules that stand above them.

Nothing is ever joined by what this says: it orders what a person is shown, and tells them why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from frontdoor.matching.rules import comparing
from frontdoor.matching.rules.comparing import Finding
from frontdoor.matching.rules.weights import LEAST, MOST, Weights, weights
from frontdoor.people.rules import names
from frontdoor.people.rules.records import Called, Record

ALMOST_CERTAIN, LIKELY, POSSIBLE = "almost_certain", "likely", "possible"
STRENGTHS = [
    (ALMOST_CERTAIN, "Almost certainly the same person"),
    (LIKELY, "Likely the same person"),
    (POSSIBLE, "Possibly the same person"),
]
"""Strongest first. A verdict without one is not shown: the two are most likely different people."""

LEVELS = ((ALMOST_CERTAIN, 0.99), (LIKELY, 0.85), (POSSIBLE, 0.05))
"""From which probability each holds; 0.85 as DfE's matcher of NHS numbers sets it for a potential match."""

_CAPPED = -1.0
"""Bits at most where a rule says that what agrees is not enough: shown as possible, below even odds."""

_AGREE = frozenset({"exact", "first", "nickname", "close", "another", "initial"})
_FAMILY = frozenset({"exact", "part", "ending", "close"})
_BORN = frozenset({"exact", "new_year", "swapped", "digit"})
_NEAR = frozenset({"home", "unit", "street", "close"})


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall: what was compared, how it came out, and what that weighs."""

    field: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a pair.

    :param bits: all weights together with the odds before; `probability` the same between 0 and 1
    :param strength: of STRENGTHS, or empty: not to be proposed
    :param reasons: sentences for, strongest first; `against` sentences against, and what a rule says
    :param steps: the waterfall in the order of comparing, the odds before first
    :param twin: somebody else of the same family and birth: never one, and worth saying
    """

    bits: float
    probability: float
    strength: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    steps: tuple[Step, ...]
    twin: bool = False
    version: int = 0

    @property
    def proposed(self) -> bool:
        """Whether it is shown to somebody at all."""
        return bool(self.strength)

    @property
    def words(self) -> str:
        """The strength in words."""
        return dict(STRENGTHS).get(self.strength, "Most likely somebody else")


def weigh(mention: Record, known: Record, *, by: Weights | None = None) -> Verdict:
    """How likely it is that two records are one person, with the reasons in words; symmetric."""
    table = by or weights()
    findings = compare(mention, known, table)
    steps = [Step("before", "odds", table.prior), *(Step(one.field, one.level, _bits(one, table)) for one in findings)]
    levels = {one.field: one.level for one in findings}
    total = sum(step.bits for step in steps)
    cap, said, twin = _ruled(mention, known, levels)
    if said and total > cap:
        steps.append(Step("rule", "twin" if twin else "cap", cap - total))
        total = cap
    probability = 1 / (1 + 2 ** -max(-60.0, min(60.0, total)))
    spoken = sorted(zip(findings, steps[1:], strict=False), key=lambda pair: (-pair[1].bits, pair[0].field))
    return Verdict(
        bits=total,
        probability=probability,
        strength="" if cap <= LEAST else next((name for name, least in LEVELS if probability >= least), ""),
        reasons=tuple(one.says for one, step in spoken if one.speaks_for),
        against=(*said, *(one.says for one, _ in reversed(spoken) if not one.speaks_for)),
        steps=tuple(steps),
        twin=twin,
        version=table.version,
    )


def compare(mention: Record, known: Record, table: Weights) -> list[Finding]:
    """Every field that both hold, each on its level."""
    found = _names(mention.names, known.names, table)
    for one in (
        comparing.of_birth(mention, known),
        comparing.of_sex(mention, known),
        comparing.of_place(mention, known),
        comparing.of_kin(mention, known),
    ):
        if one is not None:
            found.append(one)
    return [*found, *comparing.of_numbers(mention, known), *comparing.of_reach(mention, known)]


def _names(mine: Sequence[Called], theirs: Sequence[Called], table: Weights) -> list[Finding]:
    """The pair of names, of all that both have, that agrees best; as written, or swapped."""
    best: list[Finding] = []
    most = float("-inf")
    for one, other in product(mine, theirs):
        for found in (comparing.of_names(one, other), comparing.swapped(one, other)):
            worth = sum(_bits(each, table) for each in found)
            if found and worth > most:
                best, most = found, worth
    return best


def _bits(found: Finding, table: Weights) -> float:
    """What one finding weighs: for a name, more or less by how many bear it."""
    bits = table.of(found.field, found.level)
    if found.rarity:
        share = table.rarity(found.field, *found.rarity)
        bits += share if found.level in ("exact", "first") else share / 2
    return max(LEAST, min(MOST, bits))


def _ruled(mention: Record, known: Record, levels: dict[str, str]) -> tuple[float, tuple[str, ...], bool]:
    """What no sum of weights may pass: the most bits, why, and whether it may be a twin (domain 11, cases 4 and 11)."""
    if levels.get("nhs") == "different":
        return LEAST, ("Each has an NHS number of their own",), _born_together(levels)
    settled = "same" in (levels.get("nhs"), levels.get("upn"))
    given = levels.get("given", "")
    if not settled and given != "exact" and _other_of_the_house(mention, known, levels):
        return LEAST, ("May be a twin or a brother or sister: somebody else there has this given name",), True
    if not settled and given == "different" and _born_together(levels):
        return LEAST, ("May be a twin: same family and birth, other given name",), True
    if settled:
        return MOST * 9, (), False
    return _unsettled(levels)


def _unsettled(levels: dict[str, str]) -> tuple[float, tuple[str, ...], bool]:
    """Rules for a pair that no number settles."""
    given, born = levels.get("given", ""), levels.get("born", "")
    if given in ("", "different", "initial"):
        said = "The given names differ" if given == "different" else "There is no whole given name to compare"
        return _CAPPED, (f"{said}: family name, birth and address alone are not enough",), False
    if born == "different":
        return LEAST, ("Too far apart in age, though the name may be the same",), False
    if born in ("year", "near", "age_off"):
        return _CAPPED, ("May be somebody else of the same name: the dates of birth do not go together",), False
    return MOST * 9, (), False


def _born_together(levels: dict[str, str]) -> bool:
    """Same family, birth and home: all that twins share."""
    home = levels.get("place", "") in _NEAR or levels.get("kin", "") in ("one", "several")
    return levels.get("family", "") in _FAMILY and levels.get("born", "") in _BORN and home


def _other_of_the_house(mention: Record, known: Record, levels: dict[str, str]) -> bool:
    """Whether one is called what another of the other's household is called: so it is the brother, not this one."""
    if levels.get("family", "") not in _FAMILY or levels.get("given", "") in ("", "exact"):
        return False
    return _among(mention.names, known.relatives) or _among(known.names, mention.relatives)


def _among(called: Iterable[Called], relatives: Iterable[Called]) -> bool:
    own = {names.parts(name.given)[:1] for name in called} - {()}
    return any(names.parts(kin.given)[:1] in own for kin in relatives)


def ranked(mention: Record, known: Sequence[Record], *, by: Weights | None = None) -> list[tuple[int, Verdict]]:
    """The places of the candidates that are worth showing, strongest first, each with its verdict.

    Of two who were born together, one fits the given name better: the other is said to be perhaps a twin, and is last.
    """
    table = by or weights()
    verdicts = [(place, weigh(mention, other, by=table)) for place, other in enumerate(known)]
    shown = sorted(((place, one) for place, one in verdicts if one.proposed), key=lambda pair: (-pair[1].bits, pair[0]))
    if not shown:
        return []
    first, best = shown[0]
    rest = [(place, _beside(one, known[first], known[place], table)) for place, one in shown[1:]]
    kept = [(place, one) for place, one in rest if one.proposed]
    return [(first, best), *sorted(kept, key=lambda pair: (-pair[1].bits, pair[0]))]


def _beside(verdict: Verdict, best: Record, other: Record, table: Weights) -> Verdict:
    """A weaker verdict where a stronger stands: capped, if the two known were born together under two names."""
    levels = {one.field: one.level for one in compare(best, other, table)}
    if levels.get("given") == "exact" or not _born_together(levels) or verdict.bits <= _CAPPED:
        return verdict
    return replace(
        verdict,
        bits=_CAPPED,
        probability=1 / 3,
        strength=POSSIBLE,
        against=("May be the twin: another of this family and birth fits the given name better", *verdict.against),
        steps=(*verdict.steps, Step("rule", "twin", _CAPPED - verdict.bits)),
        twin=True,
    )
