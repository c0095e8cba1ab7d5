"""What the pages about decisions that are read again show."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.pages.decisions import decided_rows, recommended_rows, replayed
from frontdoor.contacts.queries.samples import Checked, Counted, Opened, Sampled
from frontdoor.contacts.rules.samples import Draw
from frontdoor.shell.pages import Column, Row, link, number, since, tag, text, when
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
WAITING_COLUMNS = ("Child", "Contact", "Decided", "By", "Waiting", "Still stands")
SAID_COLUMNS = ("Child", "Contact", "Decided", "What was said", "By", "When")
COUNT_COLUMNS = [
    "Who decided", Column("Agreed by one key", numeric=True), Column("Drawn", numeric=True),
    Column("Nobody has read yet", numeric=True), Column("Decided the same", numeric=True),
    Column("Did not agree", numeric=True), Column("Something to learn", numeric=True),
]  # fmt: skip
DRAW_COLUMNS = [
    "Decision", Column("Number drawn", numeric=True), Column("Share then", numeric=True), "Read again",
    "Worked out again",
]  # fmt: skip
SHOWN_DRAWS = 200


def waiting_rows(found: Iterable[Sampled], slug: str, *, at: datetime) -> list[Row]:
    """Decisions that wait to be read again."""
    return [
        Row(
            (
                link(each.child, reverse("contacts:sampled", args=[slug, each.key])), text(each.receipt),
                text(codes.OUTCOMES[each.outcome].label), text(each.made_by), since(each.made_at, at),
                tag("Taken back since", "waiting") if each.voided else text("Yes"),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def said_rows(found: Iterable[Sampled], slug: str) -> list[Row]:
    """What was said of the reader's own decisions."""
    return [
        Row(
            (
                link(each.child, reverse("contacts:sampled", args=[slug, each.key])), text(each.receipt),
                text(codes.OUTCOMES[each.outcome].label), text(each.answer, below=each.words),
                text(each.reviewed_by), when(each.reviewed_at or each.made_at),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def count_rows(found: Iterable[Counted]) -> list[Row]:
    """The counts by decider."""
    return [
        Row((
            text(each.who), number(each.by_one_key), number(each.drawn), number(each.waiting), number(each.agree),
            number(each.disagree), number(each.learn),
        ))
        for each in found
    ]  # fmt: skip


def draw_rows(draws: Sequence[Draw]) -> list[Row]:
    """The latest draws with what they are worked out from."""
    return [
        Row((
            text(str(draw.key)), number(draw.number), text(f"{draw.share}%"), text("Yes" if draw.sampled else "No"),
            tag(draw.fault, "danger") if draw.fault else tag("Fits", "ok"),
        ))
        for draw in draws[:SHOWN_DRAWS]
    ]  # fmt: skip


def checked_words(checked: Checked) -> str:
    """Whether the draw fits, in one sentence."""
    if not checked.draws:
        return "No decision was agreed by one key in these days."
    fits = checked.draws - len(checked.faults)
    return (
        f"{checked.sampled} of {checked.draws} decisions by one key were drawn. "
        f"{fits} of {checked.draws} draws were worked out again and fit."
    )


def facts(opened: Opened) -> Pairs:
    """The decision, by whom and when."""
    decision, row = opened.decision, opened.row
    known = [*decided_rows(decision, opened.names), ("When", moment(decision.made_at))]
    if row.voided:
        known.append(("Taken back since", decision.voided_why))
    return tuple(known)


def recommended(opened: Opened) -> Pairs:
    """The recommendation that was agreed to."""
    given = opened.decision.recommendation
    return (*recommended_rows(given), ("Recommended by", opened.names.get(given.made_by, "")))


def known(opened: Opened) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was known, as it was frozen."""
    return replayed(opened.known)


def answer(opened: Opened) -> Pairs:
    """What was said of it; empty while nobody has."""
    row = opened.row
    if row.reviewed_at is None:
        return ()
    return (("Answer", row.answer), ("In words", row.words), ("By", f"{row.reviewed_by}, {moment(row.reviewed_at)}"))
