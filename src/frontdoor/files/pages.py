"""What the pages of this room, and those that show files of their own, show of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from frontdoor.files import rules
from frontdoor.files.queries import FileRow
from frontdoor.files.rules import State
from frontdoor.files.rules.apart import MOST_PAGES
from frontdoor.shell.pages import Event, Item, Row, Sheets, link, tag, text, when

COLUMNS = ["File", "What it is", "Where it stands", "What to know", "Came", "From where"]
_TONES = {State.HELD: "waiting", State.CLEAN: "ok", State.REFUSED: "danger", State.RELEASED: "late"}
AS_IT_IS = "There is nothing in this kind of file to take out, so it is the file as it came."
WORDS_ALONE = (
    "The copy holds the words of the e-mail, and who wrote it to whom. What it carries is scanned and kept as files "
    "of their own. The original lies sealed by its hash."
)
CLEANED = (
    "The copy holds what is to be read. What was written beside it is left out: where a picture was taken, authors, "
    "comments, earlier versions, anything that runs. The original lies sealed by its hash."
)

RELEASING = (
    "Nobody could scan this file. What people open is a copy made anew, without anything that runs; still, what a "
    "scanner would find may be in it. It stays marked, and it is scanned as soon as a scanner answers."
)
TAKING = (
    "The original is the file as it came, with everything in it: where a picture was taken, comments, earlier "
    "versions. Take it only as evidence, or where no clean copy can be made. Your reason is kept."
)


OUT_OF = "Taken out of an e-mail"


def files_table(rows: Iterable[FileRow], slug: str, *, came: Mapping[str, str]) -> list[Row]:
    """The rows of a table of files, below `COLUMNS`: each leads to the page of the file.

    :param came: by the kind of what files belong to, how they came
    """
    return [
        Row(
            (
                link(each.name, _address("file", slug, each)), text(each.kind, below=each.size_words),
                tag(each.state_words, _TONES[each.state]), text(each.why), when(each.received_at),
                text(came[each.subject[0]], below=OUT_OF if each.part_of else each.added_by),
            ),
            key=str(each.key),
        )
        for each in rows
    ]  # fmt: skip


def sheets(rows: Iterable[FileRow], slug: str) -> tuple[Sheets, ...]:
    """Pictures of the pages of those files that may be opened, for the pages that show them beside something."""
    return tuple(
        Sheets(each.name, tuple(
            (reverse("files:page", args=[slug, each.key, number]), f"{each.name}, page {number}")
            for number in range(1, each.pages + 1)
        ), f"These are its first {MOST_PAGES} pages" if each.pages == MOST_PAGES else "")
        for each in rows
        if each.pages
    )  # fmt: skip


def _address(name: str, slug: str, file: FileRow) -> str:
    return reverse(f"files:{name}", args=[slug, file.key])


@dataclass(frozen=True, slots=True)
class Detail:
    """One file as its page shows it.

    :param download: where its clean copy is; empty while nobody may open it
    :param copy_words: what the copy is
    :param back: the page of what it belongs to
    """

    file: FileRow
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]
    download: str
    copy_words: str
    sheets: tuple[Sheets, ...]
    acts: tuple[Item, ...]
    events: tuple[Event, ...]
    back: str


def detail(file: FileRow, slug: str) -> Detail:
    """The page of one file."""
    address = rules.holder(file.subject[0]).address
    return Detail(
        file=file,
        facts=(file.kind, file.size_words),
        tags=((file.state_words, _TONES[file.state]),),
        known=tuple(_known(file)),
        download=_address("download", slug, file) if file.may_open else "",
        copy_words=_copy_words(file),
        sheets=sheets([file], slug),
        acts=tuple(_acts(file, slug)),
        events=tuple(reversed(list(_events(file)))),
        back=reverse(address, args=[slug, file.subject[1]]) if address else "",
    )


def _copy_words(file: FileRow) -> str:
    if file.as_it_is:
        return AS_IT_IS
    return WORDS_ALONE if file.copy_kind == dict(rules.KINDS)[rules.Kind.TEXT] else CLEANED


def _known(file: FileRow) -> Iterator[tuple[str, str]]:
    yield "Hash of the original (SHA-256)", file.digest
    if file.found:
        yield "What the scanner calls it", file.found
    if file.released_why:
        yield "Why it was released", file.released_why


def _acts(file: FileRow, slug: str) -> Iterator[Item]:
    if file.may_release:
        yield Item("Let it be opened without a scan", _address("release", slug, file), key="r")
    if file.may_take_original:
        yield Item("Take the original", _address("original", slug, file), key="g")


def _events(file: FileRow) -> Iterator[Event]:
    """What happened to a file, in order."""
    yield Event("Came", file.received_at, by=file.added_by)
    happened = []
    if file.released_at:
        happened.append(Event("Released", file.released_at, by=file.released_by, text=file.released_why, tone="late"))
    if file.scanned_at:
        tone, words = ("danger", "Refused by the scanner") if file.state is State.REFUSED else ("done", "Scanned")
        happened.append(Event(words, file.scanned_at, text=file.found, tone=tone))
    yield from sorted(happened, key=lambda event: event.at)
