"""What the pages of police notices show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Batch, Named
from frontdoor.contacts.pages.screening import DANGER, kind_words, person_row
from frontdoor.contacts.queries.notices import Earlier, Given, Group, Line, Near, NoticeLook
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.states import CHILD_KINDS, STATES
from frontdoor.shell.pages import Cell, Piece, Row, link, number, tag, text, when
from frontdoor.shell.rules import duration, moment

GRADES = {"high": "High", "medium": "Medium", "standard": "Standard", "": "Not graded"}
TONES = {"high": "danger", "medium": "soon", "standard": "plain", "": "plain"}
ANSWERS = {
    "accepted": ("Taken in", "done"), "already": ("Received before", "plain"), "refused": ("Refused", "late"),
}  # fmt: skip
FORESEEN = {**ANSWERS, "accepted": ("Will be taken in", "ok"), "refused": ("Will be refused", "late")}

ANSWER_COLUMNS = ("Line", "Police reference", "What became of it", "Receipt", "What is wrong")
FILE_COLUMNS = ("File", "Taken in", "By", "New", "Received before", "Refused")
LINE_COLUMNS = (
    "Contact", "Children", "Police grade", "Happened", "Sent", "Received", "First look", "Police reference",
)  # fmt: skip


def grade(found: str) -> tuple[str, str]:
    """The police's own grade in words, and its tone."""
    return GRADES[found], TONES[found]


def answer_rows(answers: Iterable[Mapping[str, Any]], *, taken: bool) -> list[Row]:
    """What became of each row of a file, or would; what is wrong stands first."""
    words = ANSWERS if taken else FORESEEN
    numbered = sorted(enumerate(answers, start=1), key=lambda pair: (pair[1]["state"] != "refused", pair[0]))
    return [
        Row(
            (
                number(line), text(answer["reference"] or "No reference"), tag(*words[answer["state"]]),
                text(answer["receipt"]), text("; ".join(problem_words(answer["problems"]))),
            ),
            tone="late" if answer["state"] == "refused" else "",
        )
        for line, answer in numbered
    ]  # fmt: skip


def problem_words(problems: Mapping[str, str] | None) -> list[str]:
    """What is wrong, by field, in plain words."""
    return [f"{name.replace('_', ' ')}: {words}" for name, words in (problems or {}).items()]


def refused_file(batch: Batch) -> str:
    """The rows of a file that were refused, each with what is wrong, to be mended and sent again."""
    said = [each for each in batch.answers if each["state"] == "refused"]
    rows = batch.rows
    if batch.state == "checked":  # all of its rows stand here still
        rows = [row for row, each in zip(batch.rows, batch.answers, strict=True) if each["state"] == "refused"]
    return rules.as_csv(rows, ["; ".join(problem_words(each["problems"])) for each in said])


def receipts_file(batch: Batch) -> str:
    """What became of each row of a file, with its receipt."""
    rows = [{**each, "problems": "; ".join(problem_words(each["problems"]))} for each in batch.answers]
    return rules.written_csv(("reference", "state", "receipt", "problems"), rows)


def file_rows(found: Iterable[Given], slug: str) -> list[Row]:
    """The last files that were taken in."""
    return [
        Row(
            (
                link(each.name or "By the interface", reverse("contacts:notice-file", args=[slug, each.key])),
                when(each.given_at), text(each.given_by), *map(number, each.counts),
            ),
            tone="late" if each.counts[2] else "",
        )
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One incident or family with its notices.

    :param join: where those of it are joined as one incident; empty where they are one
    """

    heading: str
    facts: str
    tag: tuple[str, str]
    rows: list[Row]
    href: str = ""
    join: str = ""


def groups(found: Iterable[Group], slug: str, *, how: str) -> list[ShownGroup]:
    """The groups of a weekend."""
    made = []
    for group in found:
        event = group.lines[0].event if how == "incident" else None
        href = reverse("contacts:incident", args=[slug, event]) if event else ""
        words, tone = grade(group.grade)
        made.append(
            ShownGroup(
                group.heading, _facts(group), (f"Police grade: {words}", tone), line_rows(group.lines, slug), href
            )
        )
    return made


def _facts(group: Group) -> str:
    many = len(group.lines)
    parts = [
        f"{many} notice{'s' * (many != 1)}", f"{group.children} child{'ren' * (group.children != 1)} named",
        f"{group.unseen} not looked at" if group.unseen else "all looked at",
        f"{group.earlier} earlier contact{'s' * (group.earlier != 1)} of the family within a year"
        if group.earlier else "no earlier contact of the family within a year",
    ]  # fmt: skip
    return ", ".join(parts)


def nears(found: Iterable[Near], slug: str) -> list[ShownGroup]:
    """What may be one incident by address and time: a person decides."""
    made = []
    for near in found:
        numbers = "&".join(f"receipt={line.receipt}" for line in near.lines)
        href = f"{reverse('contacts:notice-join', args=[slug])}?{numbers}"
        words = f"{len(near.lines)} notices of one address"
        made.append(ShownGroup(words, "", ("Not joined", "soon"), line_rows(near.lines, slug), join=href))
    return made


def line_rows(lines: Sequence[Line], slug: str) -> list[Row]:
    """Notices as a table: what the police said, and three times that are not the same."""
    return [
        Row(
            (
                _contact(line, slug),
                text(", ".join(line.children) or "No child named"),
                tag(*grade(line.grade)), when(line.happened_at), when(line.sent_at), when(line.received_at),
                tag("Looked at", "done") if line.looked else tag("Nobody yet", "soon"), text(line.reference),
            ),
            tone="danger" if line.danger_rank == 0 else "",
        )
        for line in lines
    ]  # fmt: skip


def _contact(line: Line, slug: str) -> Cell:
    if line.contact is None:
        return text("Is being made")
    return link(line.receipt, reverse("contacts:detail", args=[slug, line.contact]), below=kind_words(line.sub_type))


@dataclass(frozen=True, slots=True)
class ShownLook:
    """One notice as it is first looked at."""

    receipt: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    police: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    children: tuple[tuple[str, str], ...]
    adults: tuple[tuple[str, str], ...]
    others: list[Row]
    earlier: list[Row]
    year: int
    left: int
    version: int


AROUND_COLUMNS = ("Contact", "Children", "What it was", "Received", "Police grade", "What became of it")


def look(found: NoticeLook, slug: str, *, at: datetime) -> ShownLook:
    """Everything that a first look at a notice needs on one page."""
    contact, notice, on = found.contact, found.notice, at.date()
    words, tone = grade(notice.grade if notice else "")
    happened = notice.happened_at if notice else contact.happened_at
    police = (
        ("Police grade", f"{words} (the police's own)"),
        ("Happened", moment(happened) if happened else "Not said"),
        ("Sent by the police", moment(notice.sent_at) if notice and notice.sent_at else "Not said"),
        ("Received here", moment(contact.received_at)),
        ("Danger, as the police said", contact.get_danger_said_display()),
        ("Desk and officer", ", ".join(filter(None, (notice.desk, notice.officer))) if notice else ""),
        ("Police reference", notice.reference if notice else ""),
        ("Incident", notice.incident if notice else ""),
    )
    return ShownLook(
        contact.receipt,
        facts=(f"Here for {duration(at - contact.received_at)}", kind_words(contact.sub_type)),
        tags=(DANGER[contact.danger_rank], (f"Police grade: {words}", tone)),
        police=tuple((name, value) for name, value in police if value),
        pieces=(Piece(contact.story),),
        children=tuple(_child(person, found.words, on=on) for person in found.people if person.kind in CHILD_KINDS),
        adults=tuple(_adult(person, on=on) for person in found.people if person.kind not in CHILD_KINDS),
        others=around_rows(found.others, slug), earlier=around_rows(found.earlier, slug), year=found.year,
        left=found.left, version=contact.version,
    )  # fmt: skip


_PRESENT = {True: "was there", False: "was not there", None: "not said whether they were there"}


def _child(person: Named, words: Mapping[int, Sequence[str]], *, on: date) -> tuple[str, str]:
    name, told = person_row(person, on=on)
    said = [f"“{each}”" for each in words.get(person.pk, ())]
    return name, "\n".join([_PRESENT[person.present].capitalize(), *said, told])


def _adult(person: Named, *, on: date) -> tuple[str, str]:
    name, told = person_row(person, on=on)
    concern = codes.ADULT_CONCERNS.get(person.concern)
    return name, "\n".join(filter(None, [concern.label if concern else "", told]))


def around_rows(found: Iterable[Earlier], slug: str) -> list[Row]:
    """Other contacts of the incident, or earlier ones of the family."""
    return [
        Row(
            (
                link(each.contact.receipt, reverse("contacts:detail", args=[slug, each.contact.key])),
                text(", ".join(child.label for child in each.children) or "No child named"),
                text(kind_words(each.contact.sub_type)), when(each.contact.received_at),
                tag(*grade(each.grade)) if each.grade else text(""), text(_became(each)),
            )
        )
        for each in found
    ]  # fmt: skip


def _became(each: Earlier) -> str:
    labels = [codes.OUTCOMES[outcome].label for outcome in dict.fromkeys(each.outcomes)]
    return "; ".join(labels) or dict(STATES)[each.contact.state]
