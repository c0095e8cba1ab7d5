"""The Assessment Framework as a family is asked about it: domains, prompting questions, scales (domain 4).

Three sides of a triangle: what a child needs (of each child), what those who care for it can give (of each adult), and
the family and where it lives (once). In every domain what goes well stands beside what is a worry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """A side of the triangle, and what is thought about all of it."""

    CHILD = "child"
    CARER = "carer"
    FAMILY = "family"
    THINKING = "thinking"


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain.

    :param code: of letters alone: the names of its fields begin with it
    :param words: its name in plain English
    :param asks: questions that help to talk about it
    """

    code: str
    words: str
    asks: tuple[str, ...]


CHILD = (
    Domain("health", "Health", (
        "How are sleep, food and growing?", "Are there appointments, medicines or pain?",
        "Which doctor, dentist and health visitor know this child?",
    )),
    Domain("education", "Learning", (
        "How are nursery, school or college?", "How often are they there, and on time?",
        "What are they curious about or proud of?",
    )),
    Domain("feelings", "Feelings and behaviour", (
        "How do they show that they are happy, sad, afraid or angry?", "What calms them?", "What has changed lately?",
    )),
    Domain("identity", "Who they are", (
        "How do they see themselves?", "What about language, faith, culture, disability, gender matters to them?",
        "Do they meet people who are like them?",
    )),
    Domain("relations", "Family and friends", (
        "Whom are they close to?", "Who do they go to when something is wrong?", "How do they get on with others?",
    )),
    Domain("presentation", "How they come across", (
        "Are clothes, hair and washing right for their age and the weather?", "How do other people react to them?",
    )),
    Domain("selfcare", "Looking after themselves", (
        "What do they do for themselves that others of their age do?", "Do they look after somebody else?",
    )),
)  # fmt: skip
"""A child's needs."""

CARER = (
    Domain("basic", "Everyday care", (
        "Who does food, warmth, washing, clothes and the doctor?", "What gets in the way on a bad day?",
    )),
    Domain("safety", "Keeping safe", (
        "What is done so that nobody is hurt, at home, outside and online?",
        "Is anybody afraid of somebody, or using alcohol or drugs near the children?",
    )),
    Domain("warmth", "Warmth", (
        "How do the children know that they are loved?", "When did you last laugh together?",
    )),
    Domain("stimulation", "Play and talk", (
        "What do you do together?", "Who reads, plays and talks with them?",
    )),
    Domain("guidance", "Rules and praise", (
        "Which rules are there, and what happens when one is broken?", "What are they praised for?",
    )),
    Domain("stability", "Steadiness", (
        "What happens in the same way every day?", "Who comes and goes in the children’s lives?",
    )),
)  # fmt: skip
"""What somebody who cares for the children can give them."""

FAMILY = (
    Domain("history", "Our family and what has happened", (
        "Who is in the family?", "What has happened that still matters?", "How is everybody’s health?",
    )),
    Domain("wider", "Relatives and close friends", (
        "Who helps when it is needed?", "Who would the children stay with?",
    )),
    Domain("housing", "Where we live", (
        "Is it warm, dry, safe and big enough?", "Can you stay there?",
    )),
    Domain("employment", "Work", (
        "Who works, when, and who is with the children then?", "What would help to find or keep work?",
    )),
    Domain("income", "Money", (
        "Does the money last?", "Are there debts, or help that nobody has asked for?",
    )),
    Domain("belonging", "Neighbours and belonging", (
        "Do you feel at home here?", "Is anybody unkind to you, or are you much alone?",
    )),
    Domain("resources", "What there is nearby", (
        "Which groups, shops, parks, doctors and buses can you get to?", "What is missing?",
    )),
)  # fmt: skip
"""The family and where it lives."""

DOMAINS = {Side.CHILD: CHILD, Side.CARER: CARER, Side.FAMILY: FAMILY}
HEADINGS = {
    Side.CHILD: "What this child needs",
    Side.CARER: "Being a parent or carer",
    Side.FAMILY: "Our family and where we live",
    Side.THINKING: "What we think",
}

SCALES = (
    ("home", "How are things at home?"),
    ("feeling", "How am I feeling?"),
    ("outside", "How are things at school, nursery or work?"),
    ("support", "How much help do I have around me?"),
)
LEAST, BEST = 0, 10
"""0 is as bad as it can be, 10 as good as it can be."""


class Sort(StrEnum):
    """What a field takes."""

    PROSE = "prose"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Field:
    """One unit of the assessment, written, kept and overtaken by itself.

    :param code: its name, unique within a side
    :param carried: whether a review starts from what stood there
    """

    code: str
    label: str
    hint: str = ""
    sort: Sort = Sort.PROSE
    carried: bool = True


WELL, WORRY = "well", "worry"
HEARD, HOW, WHO, UNHEARD = "voice_words", "voice_how", "voice_who", "voice_unheard"
WANTS = "wants"
GOING_ON, CHANGE = "going_on", "change"

VOICE = (
    Field(HEARD, "What this child says, in their own words", "For a baby or a child who does not speak: what was seen.",
          carried=False),
    Field(HOW, "How were they heard?", "For example: drawing, on a walk, with a sign language interpreter.",
          carried=False),
    Field(WHO, "Who heard them, and when?", carried=False),
    Field(UNHEARD, "If this child was not heard: why not, and when will they be?", carried=False),
)  # fmt: skip
WANTED = (Field(WANTS, "What do they want for their family?", "In their own words.", carried=False),)
THOUGHTS = (
    Field(GOING_ON, "What we think is going on", "What goes well, what is hard, and how the two belong together."),
    Field(CHANGE, "What needs to change", "What would be different, and how would everybody notice?"),
)
SCORES = tuple(
    Field(f"scale_{code}", words, f"{LEAST} is as bad as it can be, {BEST} is as good as it can be.", Sort.SCORE, False)
    for code, words in SCALES
)  # fmt: skip


def of_domain(domain: Domain) -> tuple[Field, Field]:
    """The two fields of a domain: what goes well, and what is a worry."""
    return (
        Field(f"{domain.code}_{WELL}", f"{domain.words}: what goes well"),
        Field(f"{domain.code}_{WORRY}", f"{domain.words}: what is hard or a worry"),
    )


def domains_of(side: Side, *, alone: bool = False) -> tuple[Domain, ...]:
    """The domains that are asked on a side.

    :param alone: no adult is named: the family's page asks about care too
    """
    return (*DOMAINS.get(side, ()), *(CARER if side is Side.FAMILY and alone else ()))


def besides(side: Side) -> tuple[Field, ...]:
    """What is asked on a side besides its domains."""
    return {
        Side.CHILD: (*VOICE, *SCORES), Side.CARER: (*WANTED, *SCORES), Side.FAMILY: (), Side.THINKING: THOUGHTS
    }[side]  # fmt: skip


def fields_of(side: Side, *, alone: bool = False) -> dict[str, Field]:
    """Every field of a side by its code, in the order of the page."""
    return {each.code: each for each in _fields(side, alone=alone)}


def _fields(side: Side, *, alone: bool) -> Iterator[Field]:
    for domain in domains_of(side, alone=alone):
        yield from of_domain(domain)
    yield from besides(side)


LABELS = {code: unit.label for side in Side for code, unit in fields_of(side, alone=True).items()}
"""What every field is called, by its code."""
LONGEST_CODE = 40
