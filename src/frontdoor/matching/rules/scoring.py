"""Whether somebody named is somebody known: bits added up (Fellegi and Sunter), and the rules that stand above them.

Nothing is ever joined by what this says: it orders what a person is shown, and tells them why.
"""

import math
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

_CLEARLY = 2.0
"""Bits by which one candidate must fit better than another, for the other to be held lower: four times as likely."""

_NUMBERS = frozenset({"nhs", "upn", "number", "mail"})
_OWN = frozenset({"given", "born", "sex", "order"}) | _NUMBERS
"""Fields that tell people of one household apart; the others speak of the household."""

_NOBODY_ELSE, _A_FAMILY = 0.3, 4.0
"""How many others live with somebody of whom no relative is known, and how many the weights are made for."""

_SAME_NAME = ("exact", "first")
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
    :param strength: of STRENGTHS, or empty: not to be proposed. A rule may hold it lower than the probability would
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
    spoken = sorted(zip(findings, steps[1:], strict=True), key=lambda pair: (-pair[1].bits, pair[0].field))
    ruling = _ruled(mention, known, {one.field: one.level for one in findings})
    steps.append(_household(steps, table, max(len(mention.relatives), len(known.relatives))))
    total = sum(step.bits for step in steps)
    return Verdict(
        bits=total,
        probability=_probability(total),
        strength=_strength(_probability(total), ruling),
        reasons=tuple(one.says for one, step in spoken if one.speaks_for),
        against=(*ruling.says, *(one.says for one, _ in reversed(spoken) if not one.speaks_for)),
        steps=tuple(steps),
        twin=ruling.twin,
        version=table.version,
    )


def _household(steps: Sequence[Step], table: Weights, relatives: int) -> Step:
    """What is taken off because somebody else of the same household would agree as well.

    Brothers and sisters share family name, address, telephone and relatives, and twins the birth: so two stories stand
    against "one person", a stranger who happens to agree and a relative who must. The worse one counts; the second is
    the likelier, the more relatives there are.
    """
    stranger = sum(step.bits for step in steps)
    relative = table.of("household", "odds") - math.log2((relatives + _NOBODY_ELSE) / _A_FAMILY)
    for step in steps:
        if step.field in _OWN:
            relative += step.bits if step.field in _NUMBERS else table.of(f"{step.field}_home", step.level)
    worse = -math.log2(2.0 ** -max(-200.0, stranger) + 2.0 ** -max(-200.0, relative))
    return Step("household", "relative" if relative < stranger else "stranger", worse - stranger)


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What stands above the sum of the weights: never one, or at most possibly; and why, in a sentence."""

    never: bool = False
    at_most: str = ""
    says: tuple[str, ...] = ()
    twin: bool = False


def _probability(bits: float) -> float:
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, bits)))


def _strength(probability: float, ruling: _Ruling) -> str:
    reached = "" if ruling.never else next((name for name, least in LEVELS if probability >= least), "")
    order = [name for name, _ in STRENGTHS]
    return max(reached, ruling.at_most, key=order.index) if reached and ruling.at_most else reached


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
    most: tuple[float, list[str]] = (float("-inf"), [])
    for one, other in product(mine, theirs):
        for found in (comparing.of_names(one, other), *comparing.swapped(one, other)):
            worth = round(sum(_bits(each, table) for each in found), 6), [each.level for each in found]
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


def _ruled(mention: Record, known: Record, levels: dict[str, str]) -> _Ruling:
    """What no sum of weights may pass (domain 11, cases 4 and 11)."""
    together = _born_together(levels)
    if levels.get("nhs") == "different":
        return _Ruling(never=True, says=("Each has an NHS number of their own",), twin=together)
    if "same" in (levels.get("nhs"), levels.get("upn")):
        return _Ruling()
    given = levels.get("given", "")
    if given not in _SAME_NAME and _other_of_the_house(mention, known, levels):
        said = "May be a twin or a brother or sister: somebody else there has this given name"
        return _Ruling(never=True, says=(said,), twin=together)
    if given == "different" and together:
        return _Ruling(never=True, says=("May be a twin: same family and birth, other given name",), twin=True)
    return _unsettled(given, levels.get("family", ""), levels.get("born", ""))


def _unsettled(given: str, family: str, born: str) -> _Ruling:
    """Rules for a pair that no number settles: surname, birth and address alone, and a name alone, are not enough."""
    if given in ("", "different", "initial"):
        said = "The given names differ" if given == "different" else "There is no whole given name to compare"
        return _Ruling(at_most=POSSIBLE, says=(f"{said}: family name, birth and address alone are not enough",))
    if born in ("year", "near", "age_off", "different"):
        said = "May be somebody else of the same name: the dates of birth do not go together"
        return _Ruling(at_most=POSSIBLE, says=(said,))
    if not born:
        said = "There is no date of birth or age to compare"
        return _Ruling(at_most=LIKELY if family else POSSIBLE, says=(said,))
    return _Ruling()


def _born_together(levels: dict[str, str]) -> bool:
    """Same family, birth and home: all that twins share."""
    home = levels.get("place", "") in _NEAR or levels.get("kin", "") in ("one", "several")
    return levels.get("family", "") in _FAMILY and levels.get("born", "") in _BORN and home


def _other_of_the_house(mention: Record, known: Record, levels: dict[str, str]) -> bool:
    """Whether one is called what another of the other's household is called: so it is the brother, not this one."""
    if levels.get("family", "") not in _FAMILY or levels.get("given", "") in ("", *_SAME_NAME):
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
    shown = sorted(((place, one) for place, one in verdicts if one.proposed), key=_order)
    if not shown:
        return []
    first = shown[0][0]
    stands = shown[0][1], known[first]
    rest = [(place, _beside(stands, one, known[place], table)) for place, one in shown[1:]]
    return [shown[0], *sorted(rest, key=_order)]


def _order(pair: tuple[int, Verdict]) -> tuple[int, float, int]:
    """Strongest first; within a strength the most bits."""
    return [name for name, _ in STRENGTHS].index(pair[1].strength), -pair[1].bits, pair[0]


def _beside(stands: tuple[Verdict, Record], verdict: Verdict, other: Record, table: Weights) -> Verdict:
    """A weaker verdict beside the strongest: at most possible, where the two known are two people and one fits better.

    Where the two known may themselves be one person recorded twice, both stand.
    """
    best, known = stands
    findings = compare(known, other, table)
    levels = {one.field: one.level for one in findings}
    if _born_together(levels) and levels.get("given") not in _SAME_NAME:
        said = "May be the twin: another of this family and birth fits the given name better"
        return replace(verdict, strength=POSSIBLE, against=(said, *verdict.against), twin=True)
    if best.bits - verdict.bits >= _CLEARLY and weigh(known, other, by=table).strength not in (ALMOST_CERTAIN, LIKELY):
        return replace(verdict, strength=POSSIBLE, against=("Somebody else who is known fits better", *verdict.against))
    return verdict
