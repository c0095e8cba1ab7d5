"""What the ledger of a child shows."""

from frontdoor.disclosures.queries.children import Ledger
from frontdoor.letters.rules.ledger import Line, Went
from frontdoor.shell.pages import Row, tag, text, when

CHILD_COLUMNS = ("When", "Went", "What, and about whom", "To or of whom", "Why, and on which basis", "How, and by whom")
_TAGS = {Went.GIVEN: ("Given", "done"), Went.ASKED: ("Asked", "waiting"), Went.NOT_GIVEN: ("Not given", "late")}


def child_rows(found: Ledger) -> list[Row]:
    """Lines of every room as one table, the newest first; what was not given stands out by its word and tone."""
    return [_row(line, found) for line in found.lines]


def _row(line: Line, found: Ledger) -> Row:
    words, tone = _TAGS[line.went]
    who = line.by_name or (found.names.get(line.by, "") if line.by is not None else "the system")
    return Row(
        (
            when(line.at), tag(words, tone), text(line.what, below=line.about),
            text(line.recipient or None), text(line.why or None, below=line.basis), text(line.how or None, below=who),
        ),
        tone="late" if line.went is Went.NOT_GIVEN else "",
    )  # fmt: skip
