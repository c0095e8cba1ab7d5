"""What the pages of letters and e-mails show: the doors, what waits, and the original beside its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.telephone import Form, PersonForm
from frontdoor.contacts.models import Sorting
from frontdoor.contacts.queries.correspondence import Original, Unsorted, Written
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.files.pages import sheets
from frontdoor.shell.pages import Action, Cell, Item, Row, Sheets, link, since, tag, text, when
from frontdoor.shell.rules import day, moment

WAITING_COLUMNS = ("Number", "What came", "Reached us", "Waiting", "First look", "More about")
_DOORS, _MACHINES, _KEEPS = dict(rules.DOORS), dict(rules.MACHINE_WORDS), dict(rules.KEEPS)
_STATES = dict(rules.STATES)
_MAYBE = ", to be confirmed"
PARTS = (
    ("The original", "#original", "alt+0"), ("Safety", "#id_danger", "alt+6"),
    ("People", "#id_people-0-given_name", "alt+7"), ("Who writes", "#id_name", "alt+8"),
    ("What it is", "#id_worry_type", "alt+9"),
)  # fmt: skip
"""The parts of the page, each reached by one key, as on the page of a call."""

Pairs = tuple[tuple[str, str], ...]


def waiting_rows(found: Iterable[Unsorted], slug: str, *, at: datetime, opens: bool) -> list[Row]:
    """What nobody has put into the form; clocks run for it as for everything.

    :param opens: the reader may see who wrote it, so that the number leads to the original
    """
    return [
        Row(
            (
                link(each.receipt, reverse("contacts:sort" if opens else "contacts:detail", args=[slug, each.key])),
                text(each.subject or _DOORS[each.door], below=_below(each)),
                when(each.received_at), since(each.received_at, at),
                _look(each),
                text(each.about),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def _look(each: Unsorted) -> Cell:
    if each.looked:
        return tag("Looked at", "ok")
    return tag("Danger now", "danger") if each.danger_rank == 0 else tag("Nobody yet", "waiting")


def _below(each: Unsorted) -> str:
    said = _MACHINES[each.machine] or ("Could not be read" if each.unread else "")
    return ". ".join(filter(None, (_DOORS[each.door] if each.subject else "", said)))


@dataclass(frozen=True, slots=True)
class SortPage:
    """The original with the form beside it.

    :param wrong: whether the form was sent and something in it is wrong
    """

    original: Original
    form: Form | None
    facts: Pairs
    council: Pairs
    files: tuple[tuple[str, str, str, str], ...]
    sheets: tuple[Sheets, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    about: tuple[str, str] | None
    questions: tuple[tuple[str, str], ...]
    history: Pairs
    reopen: str

    @property
    def all(self) -> list[object] | None:
        """The forms whose errors are told on top."""
        bound = [each for each in self.form.all if each.is_bound] if self.form else []
        return list(bound) or None

    @property
    def parts(self) -> list[Item]:
        """The parts of the page, each reached by one key."""
        return [Item(words, href, key=key) for words, href, key in PARTS]

    @property
    def numbered(self) -> list[tuple[int, PersonForm]]:
        return list(enumerate(self.form.people)) if self.form else []

    @property
    def actions(self) -> list[Action]:
        """What may be made of it."""
        return [
            Action(rules.WAYS["contact"].words, "alt+enter", "do", "sort:contact", style="primary"),
            Action(rules.WAYS["information"].words, "", "do", "sort:information"),
            Action("Save, and go on later", "alt+s", "do", "save"),
            Action("Nothing in it is about a child", "", "do", "nothing"),
        ]


def sort_page(original: Original, form: Form | None, slug: str, *, reopens: bool = False) -> SortPage:
    """The page, for whoever may see who wrote it.

    :param reopens: the reader may open it again
    """
    row = original.row
    about = original.about
    return SortPage(
        original, form, facts(original), council_facts(original), _files(original, slug), sheets(original.files, slug),
        tuple(filter(None, row.left_out.split("\n"))), _warnings(original),
        (about.receipt, reverse("contacts:detail", args=[slug, about.key])) if about else None,
        tuple((words, reverse("contacts:answer", args=[slug, key])) for key, words in original.questions),
        history(original.sortings, original.names),
        reverse("contacts:reopen-original", args=[slug, original.contact.key]) if reopens else "",
    )  # fmt: skip


def _files(original: Original, slug: str) -> tuple[tuple[str, str, str, str], ...]:
    """Each file with where it stands and what to know of it, and the way to its own page."""
    return tuple(
        (each.name, f"{each.kind}, {each.size_words}\n{each.state_words}" + (f"\n{each.why}" if each.why else ""),
         reverse("files:file", args=[slug, each.key]), "Open")
        for each in original.files
    )  # fmt: skip


def history(sortings: Iterable[Sorting], names: Mapping[int, str]) -> Pairs:
    """What was made of it, by whom and when, and that it was opened again, in the order in which it happened."""
    lines: list[tuple[str, str]] = []
    for each in sortings:
        done = f"{names.get(each.done_by, '')}, {moment(each.done_at)}".removeprefix(", ")
        lines.append((_STATES[each.made], ". ".join(filter(None, (done, each.why)))))
        if each.reopened_at:
            lines.append((
                "Opened again",
                f"{names.get(each.reopened_by or 0, '')}, {moment(each.reopened_at)}. {each.reopened_why}",
            ))  # fmt: skip
    return tuple(lines)


def facts(original: Original) -> Pairs:
    """What stands on the paper, and its three dates: its own, when it reached us, when it was taken in here."""
    row, contact, teller = original.row, original.contact, original.teller
    own = moment(row.sent_at) if row.sent_at else day(row.written_on) if row.written_on else ""
    sender = " ".join(filter(None, (teller.name, f"({teller.email})" if teller.email else ""))) if teller else ""
    said = (
        ("Number", contact.receipt),
        ("From", sender or (teller.agency if teller else "")),
        ("Subject", row.subject),
        ("Its own date", own or "None that could be read"),
        ("Reached us", moment(contact.received_at) + (f", {row.reached_whom}" if row.reached_whom else "")),
        ("Taken in here", moment(contact.entered_at)),
    )
    return tuple((name, words) for name, words in said if words)


def council_facts(original: Original) -> Pairs:
    """The other council, and who is responsible until somebody else accepts in writing."""
    row = original.row
    if row.door != rules.Door.OTHER_AUTHORITY:
        return ()
    theirs = codes.AUTHORITIES.get(row.council_code)
    placed = {True: "Yes", False: "No", None: "Not known"}[row.placed_here]
    kept = f": {row.kept_by}, {day(row.kept_on)}" if row.keeps == "yes" and row.kept_on else ""
    said = (
        ("Council", theirs.label if theirs else ""),
        ("Their reference", row.their_reference),
        ("Child placed here by them", placed),
        ("They stay responsible, in writing", f"{_KEEPS[row.keeps or 'unknown']}{kept}"),
    )
    return tuple((name, words) for name, words in said if words)


def _warnings(original: Original) -> tuple[str, ...]:
    row = original.row
    found = []
    if original.waiting and original.sortings:
        found.append("It was opened again. What was put into the form before stays: type what is missing or different.")
    if row.machine:
        found.append(f"{_MACHINES[row.machine]}. Nothing is sent to whoever wrote it before you have said how.")
    if row.unread:
        found.append(row.unread)
    if row.door == rules.Door.OTHER_AUTHORITY and row.keeps != "yes":
        found.append("This council acts first where a child is found here, until the other one accepts in writing.")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the record says of its paper.

    :param sort: the address of the original, for whoever may see who wrote it
    :param word: that of the page where the other council's word is written down
    """

    lines: Pairs
    sort: str
    sort_words: str
    word: str
    more: tuple[tuple[str, str, str], ...]
    about: tuple[str, str] | None


def panel(written: Written, slug: str, *, opens: bool, takes: bool) -> Panel:
    """The paper of a contact, and what came later about it."""
    row = written.row
    waits = row is not None and row.state == rules.State.WAITING
    lines: Pairs = ()
    word = ""
    if row is not None:
        own = moment(row.sent_at) if row.sent_at else day(row.written_on) if row.written_on else ""
        taken = f"Reached us {moment(row.contact.received_at)}, taken in {moment(row.contact.entered_at)}"
        lines = (
            ("What came", ". ".join(filter(None, (_DOORS[row.door], _MACHINES[row.machine], row.unread)))),
            ("Its own date", own), ("Dates", taken), ("Form", _STATES[row.state]),
            ("Files", "With the original, for those who may see who told us" if row.original else ""),
        )  # fmt: skip
        if row.door == rules.Door.OTHER_AUTHORITY:
            theirs = codes.AUTHORITIES.get(row.council_code)
            kept = f", {row.kept_by}, {day(row.kept_on)}" if row.keeps == "yes" and row.kept_on else ""
            lines += (
                ("Other council", " ".join(filter(None, (theirs.label if theirs else "", row.their_reference)))),
                ("Responsible in writing", f"{_KEEPS[row.keeps or 'unknown']}{kept}"),
            )
            word = reverse("contacts:council-word", args=[slug, row.contact.key]) if row.keeps != "yes" else ""
        lines += history(written.sortings, written.names)
    sort = reverse("contacts:sort", args=[slug, row.contact.key]) if row is not None and opens else ""
    return Panel(
        tuple((name, words) for name, words in lines if words), sort,
        "Put it into the form" if waits and takes else "Open the original", word if takes else "",
        tuple(
            (number, reverse("contacts:detail", args=[slug, key]), moment(came) + (_MAYBE if maybe else ""))
            for key, number, came, maybe in written.more
        ),
        (written.about[1], reverse("contacts:detail", args=[slug, written.about[0]])) if written.about else None,
    )  # fmt: skip
