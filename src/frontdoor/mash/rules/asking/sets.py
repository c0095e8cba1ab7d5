"""Who is asked: by the rating, then by what the index says; leaving one out asks why (domain 3.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from frontdoor.actors.rules import InvalidInput
from frontdoor.codes import rules as codes
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Requests to agencies"

LINES = [
    ("police", "Police"),
    ("health", "Health"),
    ("education", "Education"),
    ("youth_justice", "Youth justice"),
    ("adult_services", "Adult social care"),
    ("substance_misuse", "Drug and alcohol service"),
    ("camhs", "Child and adolescent mental health (CAMHS)"),
    ("probation", "Probation"),
    ("housing", "Housing"),
    ("idva", "Domestic abuse service (IDVA)"),
    ("early_help", "Early help"),
    ("fire", "Fire and rescue"),
    ("voluntary", "Voluntary organisation"),
    ("other", "Another service"),
]
"""What an agency looks into (domain 3.2)."""

CORE = frozenset({"police", "health", "education"})
"""Always asked at the higher ratings, as a strategy discussion needs them (Working Together; domain 3.5)."""

RATINGS = [(rating.code, rating.label) for rating in codes.RATINGS]

ALWAYS = declare(
    Setting(
        "mash.always_asked", "Police, health and education are always asked at", GROUP, Kind.CHOICE, "red_amber",
        "Domain practice: the higher ratings; inspection letter of 9 May 2023: enquiries finished without health",
        choices=(
            ("red", "The highest rating (red)"),
            ("red_amber", "The two highest ratings (red and amber)"),
            ("red_amber_green", "Every rating at which agencies are asked"),
        ),
        hint="An agency may be left out of the set for a reason, which is kept.",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asks:
    """An agency that a council asks.

    :param ratings: ratings at which it is asked, whatever is known of the family
    :param covers: names of the schools or services for which it answers, itself among them
    :param starts_on: from which day, until which (inclusive), it is asked at all
    """

    key: UUID
    name: str
    line: str
    ratings: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    covers: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether it is asked on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Known:
    """What the index says that bears on whom to ask: never who it is about.

    :param lines: by line the words why, such as {"youth_justice": "Somebody is open to youth justice"}
    :param schools: names of the schools or colleges on the record
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    schools: tuple[str, ...] = ()


WORDS_OF_TEAMS = {
    "youth_justice": ("youth justice", "youth offending"),
    "camhs": ("camhs", "child and adolescent mental health"),
    "substance_misuse": ("drug", "alcohol", "substance"),
    "probation": ("probation",),
    "housing": ("housing", "homeless"),
    "adult_services": ("adult social care", "adult services"),
    "early_help": ("early help", "family support"),
}
"""By which words in the name of a team that somebody is open to, the index tells that a line knows the family."""
IDVA_KINDS = frozenset({"da_police_notification", "marac_research"})
"""Kinds of contact that are about domestic abuse as such."""


def lines_known(teams: Iterable[str], *, contact_kind: str = "") -> dict[str, str]:
    """The lines that the index names, each with the words why.

    :param teams: names of the teams and services to which somebody of the enquiry is open
    :param contact_kind: the kind of the contact with which it began
    """
    found: dict[str, str] = {}
    for team in teams:
        said = team.casefold()
        for line, words in WORDS_OF_TEAMS.items():
            if any(word in said for word in words):
                found.setdefault(line, f"Somebody is open to {team}")
    if contact_kind in IDVA_KINDS:
        found.setdefault("idva", "It began with domestic abuse")
    return found


@dataclass(frozen=True, slots=True)
class Proposed:
    """One agency of the proposed set, and why it stands there."""

    agency: Asks
    why: str


def always(setting: str, rating: str) -> bool:
    """Whether police, health and education are asked at a rating by the council's setting."""
    return rating in setting.split("_")


def proposed(agencies: Iterable[Asks], *, rating: str, setting: str, known: Known, on: date) -> list[Proposed]:
    """The set for an enquiry: by the rating, then by what the index says; each with its reason, in the order of lines.

    :param setting: the value of `ALWAYS` on the day
    """
    order = {line: place for place, (line, _) in enumerate(LINES)}
    found = [
        Proposed(agency, why)
        for agency in agencies
        if agency.in_force(on) and (why := _why(agency, rating=rating, setting=setting, known=known))
    ]
    return sorted(found, key=lambda each: (order.get(each.agency.line, len(order)), each.agency.name))


def _why(agency: Asks, *, rating: str, setting: str, known: Known) -> str:
    if agency.line in CORE and always(setting, rating):
        return "Always asked at this rating"
    if rating in agency.ratings:
        return "This council asks it at this rating"
    if agency.line in known.lines:
        return known.lines[agency.line]
    if any(_same_school(name, known.schools) for name in (agency.name, *agency.covers)):
        return "A child of the enquiry goes there"
    return ""


def _plain(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def _same_school(agency: str, schools: Iterable[str]) -> bool:
    """Whether the school on the record belongs to the agency: its name stands within the agency's, or the reverse."""
    ours = _plain(agency)
    return any(
        theirs and (f" {theirs} " in f" {ours} " or f" {ours} " in f" {theirs} ") for theirs in map(_plain, schools)
    )


WHY_NOT = "Say why this agency is not asked"


def leave_out(why: str) -> str:
    """The reason for which an agency of the set is not asked.

    :raises InvalidInput: there is none
    """
    if not why.strip():
        raise InvalidInput(why=WHY_NOT)
    return why.strip()


def check_desk(*, line: str, ratings: Iterable[str], agreement: str, version: str, email: str, telephone: str) -> None:
    """An agency that is asked has a line, an agreement under which it shares, and a desk that can be reached.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if line not in dict(LINES):
        problems["line"] = "Choose what the agency looks into"
    if set(ratings) - set(dict(RATINGS)):
        problems["ratings"] = "Choose ratings of the list"
    if not agreement.strip():
        problems["agreement"] = "Enter the information sharing agreement"
    if not version.strip():
        problems["agreement_version"] = "Enter the version of the agreement"
    if not email.strip() and not telephone.strip():
        problems["telephone"] = "Enter how its desk is reached: an e-mail address or a telephone number"
    if problems:
        raise InvalidInput(**problems)
