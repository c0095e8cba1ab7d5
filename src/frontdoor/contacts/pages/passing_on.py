"""What the page of a child shows to those to whom it was handed, and what a contact's page shows of its slips."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Agreement
from frontdoor.contacts.pages.screening import safety_rows
from frontdoor.contacts.queries.passing_on import Passed
from frontdoor.contacts.queries.travelling import who
from frontdoor.directions.queries import Directed
from frontdoor.handovers.pages import TONES, urgency
from frontdoor.handovers.queries import Given
from frontdoor.handovers.rules import Page
from frontdoor.shell.pages import Cell, Item, Row, clock, link, tag, text
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
DIRECTED = ("What must be done", "Who does it", "Time left")
SLIPS = ("To", "Where it stands", "Time to accept")


@dataclass(frozen=True, slots=True)
class Child:
    """One child as it was passed on.

    :param sent: when the page that travels was sent; what stands below it is known now
    :param links: where the reader may go from here, by role
    """

    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell | None
    page: Page | None
    sent: str
    why: str
    source: str
    safety: Pairs
    family: Pairs
    agreements: Pairs
    directed: tuple[Row, ...]
    slips: tuple[Row, ...]
    links: tuple[Item, ...]


def child(found: Passed, slug: str, *, by: Actor, at: datetime) -> Child:
    """The page of one child for whoever gives or receives a slip about it."""
    contact, latest = found.contact, found.latest
    return Child(
        heading=found.matter.called,
        facts=(contact.receipt, f"first told {moment(contact.received_at)}", f"handed to {latest.receiver}"),
        tags=((latest.state.words, TONES[latest.state]), urgency(latest.rating, section47=latest.section47)),
        clock=None if latest.state.settled else clock(latest.due_at, at),
        page=found.page,
        sent=moment(latest.sent_at),
        why=found.why,
        source=codes.source_as_shown(found.referrer_kind, contact.source_code),
        safety=safety_rows(contact),
        family=tuple((person.label, who(person, on=at.date())) for person in found.people),
        agreements=tuple(map(_agreement, found.agreements)),
        directed=tuple(_directed(each, slug, at=at) for each in found.directed),
        slips=tuple(slip_rows(found.slips, slug, at=at)),
        links=tuple(_links(found, slug, by=by)),
    )


def _agreement(each: Agreement) -> tuple[str, str]:
    whose = each.named.label if each.named else "The family"
    said = (
        each.get_status_display(), each.given_by, each.reason_not_sought, each.limits, moment(each.recorded_at),
    )  # fmt: skip
    return f"{whose}: {each.purpose}", "\n".join(filter(None, said))


def _directed(each: Directed, slug: str, *, at: datetime) -> Row:
    href = reverse("directions:detail", args=[slug, each.key])
    due = clock(each.due_at, at) if each.done_at is None and not each.state.settled else text(each.state.words)
    return Row((link(each.what, href), text(each.owner), due))


def slip_rows(slips: Iterable[Given], slug: str, *, at: datetime) -> list[Row]:
    """The slips of a child or a contact; a masked one leads nowhere and says only until when somebody waits."""
    return [
        Row(
            (
                link(slip.receiver, reverse("handovers:detail", args=[slug, slip.key]), below=slip.said)
                if slip.key
                else text(slip.receiver),
                tag(slip.state.words, TONES[slip.state]),
                clock(slip.due_at, at) if not slip.state.settled else text(moment(slip.settled_at or slip.sent_at)),
            ),
            tone="late" if slip.back else "",
        )
        for slip in slips
    ]


def _links(found: Passed, slug: str, *, by: Actor) -> Iterable[Item]:
    """Where the reader may go from here: their slip, and by their role the record or the decision."""
    yield Item("The slip, and what can be done with it", reverse("handovers:detail", args=[slug, found.latest.key]))
    yield Item("The page that travels, to print", reverse("handovers:print", args=[slug, found.latest.key]))
    if by.may(Permission.CONTACT_READ):
        yield Item("The whole contact", reverse("contacts:detail", args=[slug, found.contact.key]))
    if by.may(Permission.CONTACT_DECIDE):
        yield Item("The decision", reverse("contacts:decide", args=[slug, found.matter.key]))
