"""Families: what one person may be to another, who lives with whom, and how a change of that is made and undone.

Parental responsibility is held by law or by an order, never by living together (Children Act 1989 sections 2 to 4), so
it is recorded apart from what somebody is to a child, with what shows it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from frontdoor.codes import rules as codes

PARTNER = "partner"
"""Two adults who are or were a couple; the national lists name only what somebody is to a child."""

PARENTAGE = {
    "mother": "birth", "father": "birth", "parent": "birth", "adoptive_parent": "adopted", "step_parent": "step",
    "partner_of_parent": "step", "special_guardian": "guardian", "foster_carer": "foster",
    "private_foster_carer": "foster", "residential_carer": "carer", "informal_carer": "carer",
}  # fmt: skip
"""The form in which a genogram draws each kind that stands above a child."""

GENERATIONS = {"grandparent": 2, "aunt_uncle": 1, "ex_partner_of_parent": 1}
KIN = frozenset({
    "grandparent", "aunt_uncle", "ex_partner_of_parent", "cousin", "sibling", "half_sibling", "step_sibling",
    "other_relative",
})  # fmt: skip
SIBLINGS = frozenset({"sibling", "half_sibling"})
BOTH_WAYS = frozenset(
    {PARTNER, "cousin", "sibling", "half_sibling", "step_sibling", "other_relative", "peer", "unknown"}
)
"""Kinds that say the same from either side."""

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """What one is to another.

    :param back: what the other is to the one
    """

    code: str
    label: str
    back: str

    @property
    def form(self) -> str:
        """How a genogram draws it: ``couple``, ``parent``, ``kin``, ``risk`` or ``other``."""
        if self.code == PARTNER:
            return "couple"
        if self.code in PARENTAGE:
            return "parent"
        if self.code in KIN:
            return "kin"
        return "risk" if codes.RELATIONSHIPS[self.code].risk else "other"


def kinds() -> list[Kind]:
    """Everything that one person may be to another, in the order of the list; couples first."""
    found = [Kind(row.code, row.label, row.other_way) for row in codes.RELATIONSHIPS]
    return [Kind(PARTNER, "partner, wife or husband, now or before", "partner"), *found]


def kind(code: str) -> Kind:
    """One of them; a code that nobody knows any more is "relationship not known"."""
    return _BY_CODE.get(code) or _BY_CODE["unknown"]


_BY_CODE = {each.code: each for each in kinds()}


def relationship_problems(
    code: str, responsibility: str, evidence: str, state: str, twin: str, *, same: bool
) -> dict[str, str]:
    """What is wrong with a relationship, by field.

    :param same: whether both are one person
    """
    problems = {}
    if same:
        problems["other"] = "Choose somebody else: nobody is this to themselves"
    if code not in _BY_CODE:
        problems["kind"] = "Choose what they are to each other"
    if responsibility in ("yes", "disputed") and not evidence.strip():
        problems["evidence"] = "Say what shows it, for example a birth certificate or an order and its date"
    if state and code != PARTNER:
        problems["state"] = "Only of a couple is said whether they are together"
    if twin and code not in SIBLINGS:
        problems["twin"] = "Only brothers and sisters are twins"
    return problems


def overlap(since: date | None, until: date | None, other_since: date | None, other_until: date | None) -> bool:
    """Whether two spans share a day; both ends belong to a span."""
    return (since or date.min) <= (other_until or date.max) and (other_since or date.min) <= (until or date.max)


class State(StrEnum):
    """How a change of who lives where stands."""

    ASKED = "asked"
    MADE = "made"
    UNDONE = "undone"
    DROPPED = "dropped"


class Step(StrEnum):
    """What moves it on."""

    MAKE = "make"
    UNDO = "undo"
    DROP = "drop"


STEPS: Mapping[Step, tuple[tuple[State, ...], State]] = {
    Step.MAKE: ((State.ASKED,), State.MADE),
    Step.DROP: ((State.ASKED,), State.DROPPED),
    Step.UNDO: ((State.MADE,), State.UNDONE),
}


def after(state: str, step: Step) -> State | None:
    """The state that a step leads to; None where it does not lead on from this one."""
    starts, end = STEPS[step]
    return end if state in starts else None


@dataclass(frozen=True, slots=True)
class Living:
    """One person's part in a household.

    :param key: of the row, empty of one that is not written yet
    :param label: the person's, for words
    """

    person: str
    household: str
    pattern: str = ""
    since: date | None = None
    until: date | None = None
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: these people of a household live in another from a day on.

    :param kind: of CHANGE_KINDS
    :param home: the household that they are in
    :param to: the household that they come to; empty for a new one, whose name is `label`
    :param stay: whether they go on living in the first one too, as a child between two homes does
    :param pattern: their days in the other household
    """

    kind: str
    home: str
    people: tuple[str, ...]
    on: date
    to: str = ""
    label: str = ""
    stay: bool = False
    pattern: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "schema": SCHEMA, "kind": self.kind, "home": self.home, "people": list(self.people), "to": self.to,
            "on": self.on.isoformat(), "label": self.label, "stay": self.stay, "pattern": self.pattern,
        }  # fmt: skip


def wanted(kept: Mapping[str, Any]) -> Wanted:
    """What was asked for, as it was kept."""
    return Wanted(
        kept["kind"], kept["home"], tuple(kept["people"]), date.fromisoformat(kept["on"]), kept["to"], kept["label"],
        kept["stay"], kept["pattern"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moves:
    """What a change writes: the rows that end, on the day before, and the rows that begin."""

    ends: tuple[Living, ...]
    begins: tuple[Living, ...]


def living_on(livings: Iterable[Living], day: date) -> list[Living]:
    """Those that hold on a day."""
    return [each for each in livings if overlap(each.since, each.until, day, day)]


def problems(asked: Wanted, livings: Sequence[Living]) -> dict[str, str]:
    """What is wrong with what is asked, by field.

    :param livings: every part in the two households that was not struck through
    """
    here = {each.person: each for each in living_on(livings, asked.on) if each.household == asked.home}
    found = _asked_wrongly(asked, set(here))
    about = _about(asked, here)
    begun = [here[person].label for person in about if not asked.stay and _begun_on(here[person], asked.on)]
    if begun:
        found.setdefault("on", f"{begun[0]} lives here only since that day. Correct that, or choose a later day")
    next_day = asked.on + timedelta(days=1)
    later = [each.label for each in livings if each.household == asked.to and each.person in about
             and _begun_on(each, next_day)]  # fmt: skip
    if later:
        found["to"] = f"{later[0]} is written there from a later day on. Correct that first"
    if ends := [] if asked.stay else _ends_sooner(asked, livings, here, about):
        found["to"] = f"{ends[0]} lives there only until an earlier day. Correct that first: else they live nowhere"
    return found


def _ends_sooner(
    asked: Wanted, livings: Sequence[Living], here: Mapping[str, Living], about: Sequence[str]
) -> list[str]:
    """Who of those who move lives there already, but for a shorter time than here: names."""
    there = [each for each in living_on(livings, asked.on) if each.household == asked.to and each.person in about]
    ends = [(each, each.until, here[each.person].until) for each in there]
    return [each.label for each, until, stays in ends if until is not None and (stays is None or until < stays)]


def _asked_wrongly(asked: Wanted, here: set[str]) -> dict[str, str]:
    found = {}
    if asked.kind == "together":
        if not here:
            found["on"] = "Nobody lived in this household on that day"
    elif not asked.people or not set(asked.people) <= here:
        found["people"] = "Choose who of this household it is about; on that day they have to live in it"
    elif asked.kind == "split" and not asked.stay and set(asked.people) == here:
        found["people"] = "Somebody has to stay. Where all move, rename the household instead"
    if asked.kind != "split" and (not asked.to or asked.to == asked.home):
        found["to"] = "Choose the other household"
    if asked.kind == "split" and not asked.label.strip():
        found["label"] = "Give the new household a name that people know it by"
    return found


def _about(asked: Wanted, here: Mapping[str, Living]) -> list[str]:
    return list(here) if asked.kind == "together" else [person for person in asked.people if person in here]


def _begun_on(living: Living, day: date) -> bool:
    return living.since is not None and living.since >= day


def moves(asked: Wanted, livings: Sequence[Living]) -> Moves:
    """What a change writes. Nobody comes twice to where they live already.

    :param livings: every part in the two households that was not struck through
    """
    standing = living_on(livings, asked.on)
    here = [each for each in standing if each.household == asked.home]
    about = {each.person for each in here} if asked.kind == "together" else set(asked.people)
    there = {each.person for each in standing if asked.to and each.household == asked.to}
    ends = () if asked.stay else tuple(each for each in here if each.person in about)
    begins = tuple(
        Living(each.person, asked.to, asked.pattern or ("" if asked.kind != "together" else each.pattern), asked.on,
               None if asked.stay else each.until, label=each.label)
        for each in here
        if each.person in about and each.person not in there
    )  # fmt: skip
    return Moves(ends, begins)


def as_after(asked: Wanted, livings: Sequence[Living]) -> list[Living]:
    """Who lives where after a change: for the preview. A new household has the empty key."""
    made = moves(asked, livings)
    ended = {each.key for each in made.ends}
    before = asked.on - timedelta(days=1)
    kept = [
        Living(each.person, each.household, each.pattern, each.since, before, each.key, each.label)
        if each.key in ended
        else each
        for each in livings
    ]
    return [*kept, *made.begins]


def touched_since(
    done: Mapping[str, Any], rows: Mapping[str, Living | None], labels: Mapping[str, str], members: Collection[str]
) -> list[str]:
    """What was edited after a change was made, in words; while there is any of it the change is not undone.

    :param done: what the change wrote, as it kept it
    :param rows: each row that it wrote, by key, as it stands; None where it was struck through
    :param labels: what the person of each row is called
    :param members: labels of those who came into its new household by another way
    """
    found = []
    for written in (*done["ended"], *done["made"]):
        row, label = rows[written["key"]], labels[written["key"]]
        if row is None:
            found.append(f"{label}’s part in a household was corrected")
        elif (row.until.isoformat() if row.until else None) != written["until"] or row.pattern != written["pattern"]:
            found.append(f"{label}’s part in a household has another last day or other days")
    return [*found, *(f"{label} was added to the new household" for label in members)]
