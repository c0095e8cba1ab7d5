"""How a telephone call may end, what is kept of it while it is typed, and who goes to which council."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from frontdoor.contacts.rules.intake import LONGEST_STORY, Marked, PersonGiven, Report
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.contacts.rules.telephone.marks import Mark

FORM = "contacts.call"
"""The form of a draft that is a call."""

GOING_ON = {"phone": "Call going on", "walk_in": "Somebody at the desk"}
"""What the clock of a draft is called, by the door at which somebody tells us."""

WHAT = {"phone": "telephone call", "walk_in": "conversation at the desk"}

KEPT_FOR = timedelta(days=30)
"""How long a draft is good for after the last word; an open one is on somebody's list for as long as it is open."""

MOST_LETTERS = 200_000
"""Characters of one field that a draft keeps; what a form accepts in the end is less."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a call ends; all are counted and all have a receipt.

    :param category: of the contact that is made of it
    :param words: what the button says
    :param done: what the last page says
    :param closes: names no child, so it may end here unless its words speak of one
    """

    code: str
    category: str
    words: str
    done: str
    closes: bool = False


WAYS = {
    way.code: way
    for way in (
        Way("contact", "request_for_service", "Take in as a worry", "Taken in as a worry"),
        Way("information", "request_for_information", "They ask for information", "Request for information taken in"),
        Way("advice", "advice", "Advice given", "Advice given", closes=True),
        Way("wrong_number", "wrong_number", "Wrong number", "Wrong number", closes=True),
        Way("abandoned", "abandoned", "Call abandoned", "Call abandoned", closes=True),
    )
}


def kept(text: str) -> str:
    """What a draft keeps of typed text: all of it, with one kind of line end, but for what no database can hold."""
    lines = text[:MOST_LETTERS].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter != "\0" and unicodedata.category(letter) != "Cs")


def readable(story: str) -> str:
    """A story that can be taken in at once, whatever stands in it: nothing may hold up a red flag."""
    clean = (letter for letter in story if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return "".join(clean)[:LONGEST_STORY]


def reason_of_flag(typed: str, marks: Sequence[Mark], story: str) -> str:
    """Why a red flag is raised: what was typed, else the last marked worry, else the last words of the story."""
    worries = [mark.words for mark in marks if mark.kind == "worry"]
    said = typed.strip() or (worries[-1] if worries else story.strip().rpartition("\n")[2][-300:])
    return " ".join(said.split())[:300]


def tied(marks: Iterable[Mark], people: Sequence[PersonGiven]) -> tuple[Marked, ...]:
    """Marks as a report holds them; a child's own words belong to the child whom they name, or to the only one."""
    return tuple(Marked(mark.kind, mark.words, mark.starts, mark.ends, whose(mark, people)) for mark in marks)


def whose(mark: Mark, people: Sequence[PersonGiven]) -> int | None:
    """The place of the one person whom a marked sentence is about; None where it could be several."""
    if mark.kind == "address":
        return None
    named = [place for place, person in enumerate(people) if _names(mark.words, person)]
    if named or mark.kind != "own_words":
        return named[0] if len(named) == 1 else None
    children = [place for place, person in enumerate(people) if person.kind in CHILD_KINDS]
    return children[0] if len(children) == 1 else None


def _names(words: str, person: PersonGiven) -> bool:
    names = (person.given_name, person.known_as) if person.kind != "adult" else (person.given_name, person.relationship)
    return any(name and re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) for name in names)


@dataclass(frozen=True, slots=True)
class Told:
    """A call as clean values.

    :param councils: for each person of the report the council whose child it is; that of the call for adults
    :param rows: for each person of the report the row of the form in which they stand
    """

    report: Report
    councils: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of one call: a contact here, and one in each other council whose children it names.

    :param elsewhere: every child lives in the care of one other council: taken in here, and to be passed on as a whole
    """

    here: Report
    others: Mapping[int, Report]
    elsewhere: int | None = None


def split(told: Told, *, here: int) -> Split:
    """Part what was told by the councils of its children; adults, story and caller belong to each part.

    What was told is not cut: a sentence may speak of several children, and nobody here decides which of its words
    matter to whom. Sentences marked as one child's own stay with that child.
    """
    report, councils = told.report, told.councils
    children = [council for person, council in zip(report.people, councils, strict=True) if person.kind in CHILD_KINDS]
    away = sorted({council for council in children if council != here})
    if not away:
        return Split(report, {})
    if here not in children:
        return Split(report, {}, elsewhere=away[0] if len(away) == 1 else None)
    return Split(
        _part(report, councils, here), {council: _part(report, councils, council) for council in away}
    )  # fmt: skip


def _part(report: Report, councils: Sequence[int], council: int) -> Report:
    """The report with this council's children and the adults; marks follow the people to whom they belong."""
    stay = [
        place
        for place, (person, of) in enumerate(zip(report.people, councils, strict=True))
        if person.kind not in CHILD_KINDS or of == council
    ]
    moved = {place: number for number, place in enumerate(stay)}
    marks = tuple(
        replace(mark, person=None if mark.person is None else moved[mark.person])
        for mark in report.marks
        if mark.person is None or mark.person in moved
    )
    first = next(report.people[place] for place in stay if report.people[place].kind in CHILD_KINDS)
    return replace(
        report, people=tuple(report.people[place] for place in stay), marks=marks,
        postcode=first.postcode or report.postcode, responsible_authority=str(council),
    )  # fmt: skip
