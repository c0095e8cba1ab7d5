"""How the record of a discussion stands: who is missing for a quorum, and what is missing before it is signed."""

from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.councils.queries import setting
from frontdoor.mash.models import Attending, Discussed, Discussion, Issue
from frontdoor.mash.queries.strategy.finding import name_of
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.minutes import OURS
from frontdoor.mash.rules.strategy import Came, Stands


def lacking(row: Discussion, *, by: Actor, at: datetime) -> list[str]:
    """Who was missing for a quorum, by this council's setting on the day it was held."""
    there = Attending.objects.filter(discussion=row, came=Came.CAME.value)
    present = set(within(by, there).values_list("line", flat=True))
    return rules.missing(present, education=asks_education(row, at=at))


def asks_education(row: Discussion, *, at: datetime) -> bool:
    """Whether education belonged to the quorum of this council then."""
    then = row.began_at or at
    return bool(setting(rules.EDUCATION.name, authority=row.authority_id, on=then).value)


def how_it_stands(row: Discussion, *, by: Actor) -> Stands:
    """What is decided, answered and known of a discussion so far."""
    there = list(within(by, Attending.objects.filter(discussion=row)).order_by("id"))
    rows = Discussed.objects.select_related("named", "matter__child").filter(discussion=row)
    children = list(within(by, rows).order_by("position", "id"))
    unanswered = Issue.objects.filter(discussion=row, answer="", open_why="")
    return Stands(
        held=bool(row.how and row.chair), any_child=bool(children),
        undecided=tuple(name_of(child) for child in children if not child.section47),
        anybody=any(each.came == Came.CAME for each in there),
        unknown=tuple(called(each) for each in there if each.came == Came.ASKED),
        silent=tuple(
            called(each)
            for each in there
            if each.came == Came.CAME and not each.contribution and each.line not in OURS
        ),
        open_issues=within(by, unanswered).count(),
    )  # fmt: skip


def called(each: Attending) -> str:
    """How somebody who was asked is named: by their own name if it is known, and whom they speak for."""
    return f"{each.who} ({each.agency_name})" if each.who else each.agency_name
