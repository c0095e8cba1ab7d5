"""What a search found: a table for each family with who is who and why, and one of contacts."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.desk.queries.searching import Answer, Found, InCouncil
from frontdoor.matching.queries.searching_families import Family, Member
from frontdoor.people.pages import feeding
from frontdoor.people.pages.feeding import Banner
from frontdoor.people.rules import births
from frontdoor.shell.pages import Cell, Row, link, reference, text, when
from frontdoor.shell.rules import london, short_day

FOUND = ["Number", "People", "Came", "What became of it", "Council"]
_CHILD = frozenset(row.other_way for row in codes.RELATIONSHIPS if row.parent and row.other_way.startswith("child of "))
_RISK = frozenset(words for row in codes.RELATIONSHIPS if row.risk for words in (row.label, row.other_way))
FAMILY = ["Name", "Age", "Who they are", "Why they are shown", "Open to", "Earlier contacts"]


def found_rows(rows: Iterable[Found]) -> list[Row]:
    """The contacts that a search found."""
    return [
        Row(
            (
                reference(
                    row.hit.receipt or "Open",
                    reverse("contacts:detail", kwargs={"council": row.place.slug, "key": row.hit.key}),
                    hidden="; ".join(row.hit.people),
                ),
                text("; ".join(row.hit.people)),
                when(row.hit.received_at),
                text(", ".join(codes.OUTCOMES[outcome].label for outcome in row.hit.outcomes) or row.hit.state),
                text(row.place.name),
            )
        )
        for row in rows
    ]  # fmt: skip


def family_tables(answer: Answer, *, at: datetime) -> list[tuple[str, list[Row]]]:
    """Families of all councils, the best first, each with its caption; no two councils in one of them."""
    found = [(family, here) for here in answer.people for family in here.families]
    found.sort(key=lambda each: (-round(each[0].best, 3), each[1].place.name, each[0].members[0].line.order))
    on = london(at).date()
    return [(_caption(family, here), [_row(member, here, on) for member in family.members]) for family, here in found]


def banners(answer: Answer) -> list[Banner]:
    """Of what time it is to whom people are open: one for each council that has somebody to show."""
    return [feeding.banner(here.feed, where=here.place.name) for here in answer.people if here.feed]


def said(answer: Answer) -> str:
    """How many were found, for those who cannot see it."""
    people = sum(member.hit is not None for here in answer.people for each in here.families for member in each.members)
    families = sum(len(here.families) for here in answer.people)
    if not people:
        return "Nobody found"
    more = any(here.more for here in answer.people)
    return (
        f"{'More than ' if more else ''}{people} {'person' if people == 1 else 'people'} found, in {families} "
        f"{'family' if families == 1 else 'families'}"
    )


def _caption(family: Family, here: InCouncil) -> str:
    names = [member.line.family_name or member.line.label for member in family.members if member.hit]
    more = f", and {family.more} more" if family.more else ""
    best = max((member.hit for member in family.members if member.hit), key=lambda hit: hit.verdict.score)
    return f"{' and '.join(dict.fromkeys(names))}, {here.place.name}: {best.verdict.words.lower()}{more}"


def _row(member: Member, here: InCouncil, on: date) -> Row:
    line = member.line
    href = reverse("people:person", kwargs={"council": here.place.slug, "key": line.key})
    return Row((
        link(line.label, href), text(_age(member, on)), text(_ties(member)), _why(member),
        feeding.cell(here.feed, line.id) if here.feed else text(None), _past(member, here),
    ))  # fmt: skip


def _age(member: Member, on: date) -> str:
    line = member.line
    if line.died_on:
        return f"Died {short_day(line.died_on)}"
    day = line.born_on or line.expected_on
    return births.words(births.of_rows([(line.born_basis or "known", day)] if day else []), on)


def _ties(member: Member) -> str:
    told = [_tie(words, whom) + ("" if now else ", before") for words, whom, now in member.ties]
    return "; ".join(dict.fromkeys(told))


def _tie(words: str, whom: str) -> str:
    """One tie with the name of whom: "mother of Jamie", "person who may be a risk: Jamie"."""
    if words in _RISK:
        return f"{words}: {whom}"  # "said to have harmed the child of Jamie" would be another child
    return f"{words} as {whom}" if words == "same household" else f"{'child' if words in _CHILD else words} of {whom}"


def _why(member: Member) -> Cell:
    if member.hit is None:
        return text("In the family")
    verdict = member.hit.verdict
    return text("; ".join(verdict.reasons) or verdict.words, below="; ".join(verdict.against))


def _past(member: Member, here: InCouncil) -> Cell:
    """The newest contact, and how many came before it."""
    past = here.past.get(member.line.id, ())
    if not past:
        return text(None)
    newest = past[0]
    became = codes.OUTCOMES[newest.outcome].label if newest.outcome else newest.state
    earlier = f"{len(past) - 1} before it" if len(past) > 1 else ""
    href = reverse("contacts:detail", kwargs={"council": here.place.slug, "key": newest.contact})
    return link(f"{short_day(london(newest.received_at).date())}: {became}", href, below=earlier)
