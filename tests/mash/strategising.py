"""A strategy discussion as it stands in tests, from what starts it on a contact to where a test wants it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.mash.rules.strategy import ForChild, Record
from tests.contacts.deciding import AT, arrived, minutes
from tests.mash.asking import desks
from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.contacts.models import Contact
    from frontdoor.mash.models import Attending, Discussed, Discussion, Issue

__all__ = [
    "AT",
    "CORE",
    "RECORD",
    "answered",
    "begun",
    "came",
    "children",
    "decided",
    "enquired",
    "issues",
    "kept",
    "minutes",
]

WHY = "The baby has a bruise and does not move on their own."
RECORD = Record(
    shared="The health visitor saw the bruise on Tuesday.", others="Both sisters live in the same home.",
    parents="told", contingency="If the mother lets him in, the police are called and the children go to their aunt.",
    dissent="Nobody disagreed.", legal="Threshold for an order was talked about.",
)  # fmt: skip
CORE = ("care_worker", "care_manager", "police", "health")
NAMES = {"police": "Cambridgeshire Constabulary", "health": "Nene Community Health"}


def enquired(by: Any, **more: Any) -> ForChild:
    """A section 47 enquiry that begins, seen by whoever writes it."""
    given: dict[str, Any] = {
        "threshold": "yes", "section47": "start", "reason": "A bruise on a baby.", "enquiry": "joint",
        "sees": f"user:{by.user_id}", "sees_at": AT + timedelta(hours=6), "sees_with": "with the police, and alone",
        "medical": "Tonight at the hospital.", "safety": "The baby stays on the ward.",
    } | more  # fmt: skip
    return ForChild(**given)


def begun(
    world: World, *, now: bool = True, at: datetime = AT, role: str = "social_worker", contact: Any = None, **more: Any
) -> "Discussion":
    """One that was asked for from a contact without any enquiry, held now unless said otherwise."""
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.queries.strategy.finding import children_of

    contact = contact or arrived(world, at=at, **more)
    with world.acting(role, at=at) as by:
        those = [str(child.key) for child in children_of(contact, by=by)]
        return actions.begin(
            contact.key, why=WHY, with_whom="DS Carter, police", those=those, now=now, by=by, at=at
        )  # fmt: skip


def kept(row: "Discussion") -> "Discussion":
    """As it stands now; inside `acting`."""
    from frontdoor.mash.models import Discussion

    return Discussion.objects.select_related("contact").get(pk=row.pk)


def children(row: "Discussion") -> "list[Discussed]":
    """Its children; inside `acting`."""
    from frontdoor.mash.models import Discussed

    return list(Discussed.objects.filter(discussion=row).order_by("position"))


def issues(row: "Discussion") -> "list[Issue]":
    """Its issues; inside `acting`."""
    from frontdoor.mash.models import Issue

    return list(Issue.objects.filter(discussion=row).order_by("id"))


def came(world: World, row: "Discussion", lines: tuple[str, ...] = CORE, *, at: datetime = AT, **more: Any) -> None:
    """These took part, each with what they brought."""
    from frontdoor.mash.actions import strategy as actions
    from frontdoor.mash.models import Desk

    with world.acting("social_worker", at=at):
        known = Desk.objects.exists()
    if not known:
        desks(world, at=at)
    for line in lines:
        with world.acting("social_worker", at=at) as by:
            desk = Desk.objects.filter(name=NAMES.get(line, "")).first()
            given: dict[str, Any] = {
                "who": f"Somebody of {line}", "role": "", "line": line, "agency": str(desk.agency) if desk else "",
                "name": NAMES.get(line, line), "came": "came", "way": "room", "contribution": f"What {line} knows.",
                "mark": "professionals",
            } | more  # fmt: skip
            actions.attend(row.key, seen=kept(row).version, **given, by=by, at=at)


def decided(world: World, row: "Discussion", *, at: datetime = AT, **more: Any) -> None:
    """Every child is decided, with a section 47 enquiry unless said otherwise."""
    from frontdoor.mash.actions import strategy as actions

    with world.acting("social_worker", at=at) as by:
        for child in children(row):
            given = enquired(by, **more)
            actions.decide_child(row.key, child.key, seen=kept(row).version, given=given, by=by, at=at)


def answered(world: World, row: "Discussion", *, at: datetime = AT) -> None:
    """Its issues are answered, its record and its times are written."""
    from frontdoor.mash.actions import strategy as actions

    with world.acting("social_worker", at=at) as by:
        for issue in issues(row):
            actions.answer_issue(
                row.key, issue.key, seen=kept(row).version, answer="The baby stays on the ward.", open_why="",
                action="", owner="", until=None, by=by, at=at,
            )  # fmt: skip
        actions.write(row.key, seen=kept(row).version, record=RECORD, by=by, at=at)
        actions.hold(
            row.key, seen=kept(row).version, began=kept(row).began_at or at, ended=at, how="call",
            chair="Tariq Malik, team manager", by=by, at=at,
        )  # fmt: skip


def attending(row: "Discussion") -> "list[Attending]":
    """Who was asked; inside `acting`."""
    from frontdoor.mash.models import Attending

    return list(Attending.objects.filter(discussion=row).order_by("id"))


def contact_of(row: "Discussion") -> "Contact":
    """The contact that it began from; inside `acting`."""
    return kept(row).contact
