"""What the page of one's own decisions shows: the child, what was decided, and what became of it."""

from collections.abc import Sequence

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.history import Became
from frontdoor.desk.queries.afterwards import Afterwards
from frontdoor.shell.pages import Row, link, reference, text
from frontdoor.shell.rules import short_day

COLUMNS = ["Decided", "Contact", "What was decided", "After a month", "After three", "After six", "For supervision"]


def rows(found: Sequence[Afterwards]) -> list[Row]:
    """One row a decision, the newest first."""
    return [_row(one) for one in found]


def _row(one: Afterwards) -> Row:
    slug, own = one.place.slug, one.mine
    outcome = codes.OUTCOMES[own.outcome].label
    part = "you decided" if own.decided else "you recommended it"
    href = reverse("child:supervision", args=[slug, own.decision])
    return Row(
        (
            text(short_day(one.decided_on)),
            reference(own.receipt, reverse("contacts:detail", args=[slug, own.contact]), below=own.child),
            text(outcome, below=part),
            *(text(_words(each, known=one.known)) for each in one.became),
            link("Change" if one.kept else "Keep", href, hidden=f"{own.receipt}, {own.child}", below=one.kept),
        )
    )


def _words(one: Became, *, known: bool) -> str:
    if not one.words:
        return "Not yet"
    return " ".join(one.words) if known else "It has not been said who this child is."
