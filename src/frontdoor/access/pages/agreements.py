"""Rows of the agreements under which councils operate for each other."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from frontdoor.organisations.models import Delegation, Function
from frontdoor.organisations.rules import in_force
from frontdoor.shell.pages import Row, link, tag, text
from frontdoor.shell.rules import words


def agreement_rows(delegations: Iterable[Delegation], slug: str, *, today: date, may_end: bool) -> list[Row]:
    """What others operate for this council, with the link that ends it early."""
    rows = []
    for each in delegations:
        over = each.ends_on is not None and each.ends_on < today
        state = tag("In force", "ok") if in_force(each.starts_on, each.ends_on, today) else tag("To come", "waiting")
        name = Function(each.function).label
        rows.append(
            Row(
                (
                    text(name, below=each.clause),
                    text(each.operator.name),
                    text(words.day(each.starts_on)),
                    text(words.day(each.ends_on) if each.ends_on else "Open"),
                    tag("Ended", "done") if over else state,
                    link("End it early", reverse("access:end-agreement", args=[slug, each.key]), hidden=f": {name}")
                    if may_end and not over
                    else text(None),
                )
            )
        )
    return rows


def operated_rows(delegations: Iterable[Delegation], councils: Mapping[int, str]) -> list[Row]:
    """What this council's teams operate for others."""
    return [
        Row(
            (
                text(Function(each.function).label, below=each.clause),
                text(councils.get(each.authority_id, str(each.authority_id))),
                text(words.day(each.starts_on)),
                text(words.day(each.ends_on) if each.ends_on else "Open"),
            )
        )
        for each in delegations
    ]
