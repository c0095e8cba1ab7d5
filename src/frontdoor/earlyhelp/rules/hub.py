"""What is decided at the hub: which help fits, whether risk has changed, what a look for risk before the end finds."""

from dataclasses import dataclass

from frontdoor.codes import rules as codes

TARGETED, UNIVERSAL, BELOW = "targeted", "universal", "not_at_threshold"
TRIAGES = [
    (TARGETED, "Targeted help: an early help worker or several agencies together"),
    (UNIVERSAL, "Services that everyone can use"),
    (BELOW, "Below what early help is for"),
]
LEVELS = [(row.code, row.label) for row in codes.LEVELS if not row.statutory]
"""What early help may decide itself; what needs a social worker goes back to the front door."""

REACHED_BY = [
    ("phone", "Telephone"), ("visit", "Visit"), ("letter", "Letter or text"), ("school", "Through school or nursery"),
    ("other", "Another way"),
]  # fmt: skip

CHANGES = [
    ("same", "As it was"),
    ("better", "It has become easier"),
    ("worse", "It has become harder, and is still for early help"),
]
"""What a look at a waiting family finds. More than that goes back to the front door."""

WENT, WAITS, NOT = "went", "waits", "not"
UPTAKES = [
    (WENT, "They went"),
    (WAITS, "They want to, or wait for a place"),
    (NOT, "They did not go"),
]
"""What a family says came of a service that it was told of."""

REASONS = [
    ("far", "Too far, or no way to get there"), ("cost", "It costs too much"),
    ("times", "The days or times do not fit"), ("full", "No place, or too long to wait"),
    ("no_answer", "Nobody there answered"), ("not_right", "It was not right for them"),
    ("language", "Language or access"), ("not_wanted", "They did not want it, or not now"),
    ("other", "Something else"),
]  # fmt: skip
"""Why a family did not go, as it is counted; its own words stand beside it and are never counted."""

DECLINED, DISENGAGED = "declined", "disengaged"
STOPS = [
    (DECLINED, "They do not want it"),
    (DISENGAGED, "They do not answer any more"),
]

NO_WORRY, WORRY, AGAIN = "no_worry", "worry", "again"
FINDINGS = [
    (NO_WORRY, "Nothing says that a child may be at risk: it may end"),
    (AGAIN, "Try again to reach them, or to agree"),
    (WORRY, "A child may be at risk: it goes back to the front door now"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """What is decided about which help fits.

    :param heard: what the children say they want, word for word
    :param unheard: why no child was asked
    :param alternatives: what else may help, where early help does not: names, telephone numbers, days
    """

    outcome: str
    level: str = ""
    needs: str = ""
    why: str = ""
    heard: str = ""
    unheard: str = ""
    alternatives: str = ""


def wrong_with_triage(given: Triaged) -> dict[str, str]:
    """What a triage still has to say, by field."""
    wrong = {}
    if given.outcome not in dict(TRIAGES):
        return {"outcome": "Choose which help fits"}
    if given.level not in dict(LEVELS):
        wrong["level"] = "Choose the level of need"
    if not given.needs.strip():
        wrong["needs"] = "Write what this family needs, in their own words where you can"
    if not given.why.strip():
        wrong["why"] = "Write why this help, and not more or less"
    if not given.heard.strip() and not given.unheard.strip():
        wrong["heard"] = "Write what the children say, or below why no child was asked"
    if given.outcome != TARGETED and not given.alternatives.strip():
        wrong["alternatives"] = "Name what else may help this family, and how they get there"
    return wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A look for risk before it ends.

    :param known: what is known of the children now: who has seen them, what school and health say
    :param tried: what was done to reach or to persuade the family
    """

    finding: str
    known: str = ""
    tried: str = ""
    why: str = ""


def wrong_with_look(given: Looked) -> dict[str, str]:
    """What a look for risk still has to say, by field."""
    wrong = {}
    if given.finding not in dict(FINDINGS):
        wrong["finding"] = "Choose what you found"
    if not given.known.strip():
        wrong["known"] = "Write what is known of the children now, and who has seen them"
    if not given.tried.strip():
        wrong["tried"] = "Write what was tried with the family"
    if not given.why.strip():
        wrong["why"] = "Write why this is safe, or what worries you"
    return wrong
