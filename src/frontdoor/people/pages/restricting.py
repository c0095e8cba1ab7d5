"""Records that few may open, as their keepers see them: rows and facts in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Permission
from frontdoor.people.models import Barred, NamedAccess
from frontdoor.people.pages.index_around import add_part
from frontdoor.people.queries.restricting import Broken, Listed, OpenedRestriction
from frontdoor.people.queries.restricting_declared import Waiting
from frontdoor.shell.pages import Cell, Column, Item, Row, link, tag, text, when
from frontdoor.shell.rules import london, moment, short_day

add_part("Restrict", "people:restrict", Permission.RESTRICTION_KEEP)


COLUMNS = ("Record", "Why few may open it", "Whom to call", "Answers for it", "Look again by")
BROKEN_COLUMNS = ("Opened", "By", "Until", "Looked at", "Finding")
DECLARED_COLUMNS = ("Declared by", "Who", "Found", "Stands")


def rows(found: Iterable[Listed], slug: str, *, at: datetime) -> list[Row]:
    """Restrictions in force as a table; a name only where the reader may open the record."""
    today, made = london(at).date(), []
    for each in found:
        row, due = each.restriction, each.restriction.review_on < london(at).date()
        made.append(
            Row(
                (
                    link(each.label or f"Restricted since {short_day(row.set_at)}", _at("restriction", slug, row.key)),
                    text(row.get_ground_display()), text(f"{row.call_whom}, {row.call_number}"), text(each.owner),
                    tag(f"Was due {short_day(row.review_on)}", "late") if due else text(short_day(row.review_on)),
                ),
                tone="late" if row.review_on < today else "",
            )
        )  # fmt: skip
    return made


def _at(name: str, slug: str, key: UUID) -> str:
    return reverse(f"people:{name}", args=[slug, key])


def broken_rows(found: Iterable[Broken], slug: str) -> list[Row]:
    """Every breaking of the glass as a table."""
    return [
        Row(
            (
                link(moment(each.glass.at), _at("glass-look", slug, each.glass.key)), text(each.who),
                when(each.glass.ended_at or each.glass.until),
                text(each.looked_by) if each.glass.reviewed_at else tag("Nobody yet", "late"),
                text(each.glass.get_finding_display() or None),
            )
        )
        for each in found
    ]  # fmt: skip


def broken_facts(found: Broken) -> list[tuple[str, str]]:
    """One breaking of the glass: who, when, until when."""
    glass = found.glass
    facts = [
        ("Who", found.who), ("Opened", moment(glass.at)), ("Until", moment(glass.ended_at or glass.until)),
    ]  # fmt: skip
    if glass.reviewed_at:
        facts += [
            ("Looked at", f"{moment(glass.reviewed_at)} by {found.looked_by}"),
            ("Finding", glass.get_finding_display()), ("What is done about it", glass.review_words or "Nothing"),
        ]  # fmt: skip
    return facts


@dataclass(frozen=True, slots=True)
class Detail:
    """The page of one restriction."""

    key: UUID
    heading: str
    facts: list[tuple[str, str]]
    ended: bool
    steps: list[Item]
    readers: list[Row]
    barred: list[Row]
    history: list[Row]


_CHANGE = Column("Change", hidden=True)
READER_COLUMNS = ("Who", "What for", "From", "Until", _CHANGE)
BARRED_COLUMNS = ("Who", "Why", "Since", _CHANGE)
HISTORY_COLUMNS = ("When", "What", "Who", "Why")


def detail(opened: OpenedRestriction, slug: str, *, by: int | None, at: datetime) -> Detail:
    """One restriction: why, whom to call, who may open it and who never, and what was done."""
    row, name = opened.restriction, opened.names.get
    steps = [
        ("Look again whether it must stay restricted", "restriction-review"),
        ("Let somebody open it", "restriction-name"),
        ("Say who may never open it", "restriction-bar"), ("End the restriction", "restriction-end"),
    ]  # fmt: skip
    return Detail(
        key=row.key, heading=opened.label or "A restricted record", ended=row.ended_at is not None,
        facts=[
            ("Why few may open it", row.get_ground_display()), ("In words", row.why),
            ("Whom to call", f"{row.call_whom}, {row.call_number}"), ("Answers for it", name(row.owner, "")),
            ("Restricted", f"{moment(row.set_at)} by {name(row.set_by or 0, 'the service')}"),
            ("Look again by", short_day(row.review_on)),
            *([("Ended", f"{moment(row.ended_at)} by {name(row.ended_by or 0, '')}: {row.ended_why}")]
              if row.ended_at else []),
        ],
        steps=[] if row.ended_at else [Item(words, _at(address, slug, row.key)) for words, address in steps],
        readers=[
            Row((
                text(name(each.user_id, "")), text(each.why), when(each.since), when(each.ended_at or each.until),
                _end(each, "reader-end", slug, name(each.user_id, "")),
            ))
            for each in opened.readers
        ],
        barred=[
            Row((
                text(name(each.user_id, "")), text(each.get_ground_display()), when(each.set_at),
                _end(each, "bar-end", slug, name(each.user_id, "")),
            ))
            for each in opened.barred
            if each.user_id != by
        ],
        history=_history(opened),
    )  # fmt: skip


def _end(row: NamedAccess | Barred, address: str, slug: str, who: str) -> Cell:
    """The way to end one, or that it has ended."""
    return text("Ended") if row.ended_at else link("End", _at(address, slug, row.key), hidden=f": {who}")


def _history(opened: OpenedRestriction) -> list[Row]:
    """The looks and the breakings of the glass, the newest first."""
    name = opened.names.get
    happened = [
        (each.at, "Looked at again: stays restricted", name(each.by_user, ""), each.why) for each in opened.reviews
    ]
    happened += [(each.at, "Opened with a reason", name(each.user_id, ""), each.why) for each in opened.glass]
    return [
        Row((when(at), text(what), text(who), text(why)))
        for at, what, who, why in sorted(happened, key=lambda each: each[0], reverse=True)
    ]


def declared_rows(found: Iterable[Waiting], slug: str) -> list[Row]:
    """What our own people declared as a table."""
    return [
        Row(
            (
                link(
                    each.who, _at("declared-answer", slug, each.declared.key),
                    hidden=f" of {short_day(each.declared.made_at)}",
                ),
                text(f"{each.declared.get_ground_display()}: {each.declared.given_name} {each.declared.family_name}"),
                text(", ".join(_found(one.label, one.born_on) for one in each.found) or "No record"),
                text("Answered") if each.declared.answered_at else tag("To be answered", "waiting"),
            )
        )
        for each in found
    ]  # fmt: skip


def _found(label: str, born_on: date | None) -> str:
    return f"{label}, born {short_day(born_on)}" if born_on else label


def choices(found: Waiting) -> list[tuple[str, str]]:
    """The records that a declaration led to, to choose from."""
    return [(str(each.key), _found(each.label, each.born_on)) for each in found.found]
