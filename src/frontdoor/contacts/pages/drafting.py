"""What the list of drafts shows: that something was begun, never what was typed."""

from collections.abc import Iterable

from django.urls import reverse

from frontdoor.contacts.queries.drafting import Left
from frontdoor.contacts.rules.drafting import FORM, STEPS, Kind
from frontdoor.shell.pages import Row, link, text, when

MINE_COLUMNS = ("What you began", "Contact", "Last saved")
LEFT_COLUMNS = ("What was begun", "Contact", "By", "Last saved")


def kind_of(form: str) -> Kind:
    """The page that a draft belongs to."""
    return STEPS[form.removeprefix(FORM)]


def _page(each: Left, slug: str) -> str:
    return reverse(STEPS[each.step].address, args=[slug, each.about])


def mine_rows(found: Iterable[Left], slug: str) -> list[Row]:
    """One's own."""
    return [
        Row((
            link(STEPS[each.step].words, _page(each, slug), hidden=each.receipt), text(each.receipt),
            when(each.saved_at),
        ))
        for each in found
    ]  # fmt: skip


def left_rows(found: Iterable[Left], slug: str) -> list[Row]:
    """Those of people who are no longer here; the page itself offers to go on with it."""
    return [
        Row((
            link(STEPS[each.step].words, _page(each, slug), hidden=each.receipt), text(each.receipt),
            text(each.owner), when(each.saved_at),
        ))
        for each in found
    ]  # fmt: skip
