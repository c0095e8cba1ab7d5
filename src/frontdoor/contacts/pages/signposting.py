"""Services that somebody was told of, on the contact's page; and services to choose from, wherever they are told."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.contacts.models import Contact, Pointer
from frontdoor.contacts.queries.signposting import pointers, ways_sent
from frontdoor.directory.queries.searching import Hit
from frontdoor.directory.rules.facets import ages_in_words, days_in_words
from frontdoor.shell.forms import Choice
from frontdoor.shell.pages import Row, link, text
from frontdoor.shell.rules import moment

COLUMNS = ("Services told of", "How they were told", "When")


def part(contact: Contact, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The part of the contact's page; nothing where nobody was told of any."""
    told = pointers(contact, by=by)
    ways = ways_sent(told, by=by)
    rows = [
        Row(
            (
                link(each.name, reverse("directory:service", args=[slug, each.service]), below=each.how),
                text("Sent to whoever told us" if each.letter else "Said", below=_how(each, ways)),
                text(moment(each.at), below=each.by_name),
            )
        )
        for each in told
    ]
    return ("contacts/pointers.html", (COLUMNS, rows)) if rows else None


def _how(row: Pointer, ways: dict[UUID, str]) -> str:
    return ways.get(row.letter, "") if row.letter else row.whom


def choices(hits: Iterable[Hit]) -> Iterator[tuple[str, Choice]]:
    """Services as choices: whose, for which ages, on which days, what it costs, where."""
    for hit in hits:
        row = hit.service
        parts = [
            row.organization.name if row.organization else "", ages_in_words(row.minimum_age, row.maximum_age),
            days_in_words(row.days), "Free" if row.free else "", hit.town,
        ]  # fmt: skip
        yield str(row.key), Choice(row.name, hint=". ".join(part for part in parts if part))


def ages(born: Iterable[date], today: date) -> tuple[int | None, int | None]:
    """The youngest and the oldest of children in whole years; None where no birth date is known."""
    years = [today.year - day.year - ((today.month, today.day) < (day.month, day.day)) for day in born]
    return min(years, default=None), max(years, default=None)
