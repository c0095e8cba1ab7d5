"""What the pages of huddles show."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from frontdoor.mash.pages.asking import ShownReply, shown_replies
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.queries.huddles import Kept, OneChild, OpenedHuddle
from frontdoor.mash.rules import safety
from frontdoor.mash.rules.asking.replies import KEPT_APART
from frontdoor.mash.rules.asking.states import State as Asked
from frontdoor.mash.rules.huddles import Sits, leaves
from frontdoor.mash.rules.states import State
from frontdoor.shell.pages import Item, Row, link, tag, text, when
from frontdoor.shell.rules import moment

COLUMNS = ("Huddle", "Present", "Children taken", "Begun by", "Ended")
TAKEN = ("Child", "Safe, by the last answer then", "What was decided", "When")


def rows(found: Iterable[Kept], slug: str) -> list[Row]:
    """The last huddles as a table."""
    return [
        Row((
            link(moment(each.row.began_at), reverse("mash:huddle", args=[slug, each.row.key])),
            text(", ".join(dict.fromkeys(sat.desk.name for sat in each.present))), text(str(each.children)),
            text(each.began_by), when(each.row.ended_at) if each.row.ended_at else tag("Open", "waiting"),
        ))
        for each in found
    ]  # fmt: skip


def present(opened: OpenedHuddle) -> list[tuple[str, str]]:
    """Who sits in it, by agency."""
    found: dict[str, list[str]] = {}
    for each in opened.present:
        found.setdefault(each.desk.name, []).append(each.who)
    return [(agency, ", ".join(people)) for agency, people in found.items()]


def taken(opened: OpenedHuddle, slug: str) -> list[Row]:
    """Which children were taken, in their order."""
    return [
        Row((
            link(name_of(each.subject), reverse("mash:enquiry", args=[slug, each.subject.enquiry.key]),
                 below=each.subject.enquiry.reference),
            tag(_safe(each.safe), safety.tone(each.safe, late=False) if each.safe else "late"),
            text(each.line or None, below=opened.names.get(each.by_user, "")), when(each.at),
        ))
        for each in opened.taken
    ]  # fmt: skip


def _safe(answer: str) -> str:
    return dict(safety.ANSWERS).get(answer, "Nobody has said yet")


def out(opened: OpenedHuddle, child: OneChild) -> list[str]:
    """Who is asked to step out before this child is spoken of."""
    asked = [one.request for one in child.requests if one.request.state != Asked.STOPPED]
    sits = [Sits(each.desk.agency, each.desk.name, each.who) for each in opened.present]
    return leaves(sits, asked=[row.agency for row in asked], other_side=[row.agency for row in asked if row.other_side])


def safe_now(child: OneChild) -> list[tuple[str, str]]:
    """Whether the child is safe now, and how anybody knows."""
    check = child.check
    rows = [("Safe now?", _safe(child.subject.safe))]
    if check is None:
        return rows
    seen = f"{check.who}, {check.where}, {moment(check.seen_at)}" if check.seen_at else "Nobody knows"
    said = ("What that person said", check.said)
    return [row for row in [*rows, ("How we know", seen), said, ("The child’s own words", check.own_words)] if row[1]]


def knows(opened: OpenedHuddle, child: OneChild) -> list[ShownReply]:
    """What each agency said of this child; nothing kept apart while somebody sits there who must not read it."""
    open_to_all = not out(opened, child)
    return shown_replies(
        replace(one, replies=tuple(each for each in one.replies if open_to_all or each.mark not in KEPT_APART))
        for one in child.said()
    )


def silent(child: OneChild) -> list[tuple[str, str]]:
    """Agencies that were asked and have said nothing of this child, and where their request stands."""
    return [
        (one.request.desk.name, Asked(one.request.state).words) for one in child.said() if not one.replies
    ]  # fmt: skip


def steps(child: OneChild, slug: str) -> tuple[Item, ...]:
    """Where it goes on from this child."""
    key = child.enquiry.key
    return (
        Item("Answer: is the child safe now?", reverse("mash:enquiry-safety", args=[slug, key])),
        Item("Analysis and decision", reverse("mash:deciding", args=[slug, key])),
        Item("Agencies: ask, and what they said", reverse("mash:asking", args=[slug, key])),
        Item(f"Enquiry {child.enquiry.reference}", reverse("mash:enquiry", args=[slug, key])),
    )


def state(child: OneChild) -> str:
    """Where the enquiry stands."""
    return State(child.enquiry.state).words
