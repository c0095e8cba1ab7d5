"""How the communities of the invented population name their men, women and children."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random

COMPOSED = 0.4
"""Share of families whose name is made of a beginning and an ending: the long tail that every register has."""


@dataclass(frozen=True)
class Community:
    """One community: its share of people in thousandths, its way with family names, and its names, commonest first."""

    name: str
    share: int
    way: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    weights: dict[str, list[float]] = field(default_factory=dict, compare=False)

    def given(self, rng: Random, sex: str) -> str:
        """One given name, the common ones more often."""
        return self._pick(rng, "female" if sex == "F" else "male", self.female if sex == "F" else self.male, 8)

    def surname(self, rng: Random) -> str:
        """One family name in the form that a man has."""
        if self.begins and rng.random() < COMPOSED:
            return rng.choice(self.begins) + rng.choice(self.ends)
        return self._pick(rng, "family", self.family, 5)

    def _pick(self, rng: Random, kind: str, words: Sequence[str], flat: int) -> str:
        if kind not in self.weights:
            self.weights[kind] = list(accumulate(1 / (rank + flat) for rank in range(len(words))))
        return rng.choices(words, cum_weights=self.weights[kind])[0]


@lru_cache(1)
def communities() -> tuple[Community, ...]:
    """All communities of the file beside."""
    found: list[dict[str, str]] = []
    for line in (Path(__file__).parent / "communities.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found.append({"name": line.strip("[]")})
        elif line and not line.startswith("#"):
            key, _, value = line.partition(": ")
            found[-1][key] = value
    words = ("female", "male", "family", "begins", "ends")
    return tuple(_community({kind: tuple(each.get(kind, "").split()) for kind in words}, each) for each in found)


def _community(words: dict[str, tuple[str, ...]], told: dict[str, str]) -> Community:
    return Community(
        name=told["name"],
        share=int(told["share"]),
        way=told["way"],
        female=words["female"],
        male=words["male"],
        family=words["family"],
        begins=words["begins"],
        ends=words["ends"],
    )


def community(rng: Random) -> Community:
    """One community, by its share of people."""
    return rng.choices(communities(), weights=[each.share for each in communities()])[0]


_FEMININE = {
    "slavic": (("skyi", "ska"), ("dzki", "dzka"), ("ski", "ska"), ("cki", "cka")),
    "latvian": (("is", "e"), ("s", "a")),
    "czech": (("y", "a"), ("", "ova")),
}
_WIFE = (("ius", "iene"), ("as", "iene"), ("is", "iene"), ("ys", "iene"), ("us", "iene"))
_DAUGHTER = (("ius", "iute"), ("as", "aite"), ("is", "yte"), ("ys", "yte"), ("us", "ute"))


def of_woman(way: str, surname: str, *, married: bool) -> str:
    """The form of a family name that a wife or a daughter has."""
    endings = _FEMININE.get(way, ()) if way != "lithuanian" else _WIFE if married else _DAUGHTER
    for ending, instead in endings:
        if surname.endswith(ending):
            return surname[: len(surname) - len(ending)] + instead
    return surname


def full_given(rng: Random, of: Community, sex: str) -> str:
    """Given names as a register holds them: one or two, joined or not; with the middle names that a community gives."""
    first = of.given(rng, sex)
    if of.way == "vietnamese":
        return f"{'Thi' if sex == 'F' else 'Van'} {first}"
    if of.way == "chinese":
        return f"{first} {of.given(rng, sex)}" if rng.random() < 0.4 else first
    if of.name == "british" and rng.random() < 0.05:
        return (
            f"{first}-{rng.choice(('Mae', 'Rose', 'Grace', 'Lee') if sex == 'F' else ('James', 'Lee', 'Jay', 'Ray'))}"
        )
    second = of.given(rng, sex)
    return f"{first} {second}" if rng.random() < 0.3 and second != first else first


def of_child(rng: Random, of: Community, sex: str, *, father: tuple[str, str], mother: tuple[str, str]) -> str:
    """A child's family name from its parents' (given, family) names, as the community does it."""
    own = _own_way(rng, of, sex, father=father, mother=mother)
    return own or (of_woman(of.way, father[1], married=False) if sex == "F" else father[1])


def _own_way(rng: Random, of: Community, sex: str, *, father: tuple[str, str], mother: tuple[str, str]) -> str:
    """What a community does otherwise than to hand on the father's name; empty where it does that."""
    before, name = father[0].split()[0], ""
    if of.way == "patronymic":
        name = " ".join((before, *father[1].split()[:1])) if rng.random() < 0.5 else before
    elif of.way == "sikh" and rng.random() < 0.5:
        name = "Kaur" if sex == "F" else "Singh"
    elif of.way == "iberian":
        name = f"{mother[1].split()[-1]} {father[1].split()[-1]}" if rng.random() < 0.5 else father[1].split()[-1]
    elif of.way == "pakistani" and rng.random() < 0.25:
        name = rng.choice(("Bi", "Begum", "Akhtar", "Bibi")) if sex == "F" else father[0].split()[-1]
    elif of.way == "one_part" and rng.random() < 0.2:
        name = before
    elif of.name == "british" and rng.random() < 0.25:
        name = rng.choice((mother[1], f"{mother[1]}-{father[1]}"))
    return name
