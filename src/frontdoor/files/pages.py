"""What the pages of this room, and those that show files of their own, show of them."""

from collections.abc import Iterable

from django.urls import reverse

from frontdoor.files.queries import FileRow
from frontdoor.files.rules import State
from frontdoor.shell.pages import Row, link, tag, text, when

COLUMNS = ["File", "What it is", "Where it stands", "What to know", "Came"]
_TONES = {State.HELD: "waiting", State.CLEAN: "ok", State.REFUSED: "danger", State.RELEASED: "late"}


def files_table(rows: Iterable[FileRow], slug: str) -> list[Row]:
    """The rows of a table of files, below `COLUMNS`: what may be opened is a link."""
    return [_row(each, slug) for each in rows]


def _row(file: FileRow, slug: str) -> Row:
    href = reverse("files:download", args=[slug, file.key])
    return Row(
        (
            link(file.name, href, hidden=", download") if file.may_open else text(file.name),
            text(file.kind, below=file.size_words + (f", added by {file.added_by}" if file.added_by else "")),
            tag(file.state_words, _TONES[file.state]),
            text(file.why),
            when(file.received_at),
        ),
        key=str(file.key),
    )
