"""What was asked for one enquiry and what came back, as its page shows it; and who has not answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.mash.models import (
    Agreement,
    Asked,
    Confirmation,
    Desk,
    Dispensing,
    Enquiry,
    Grounds,
    LeftOut,
    Reply,
    Request,
)
from frontdoor.mash.queries.asking.desks import desks
from frontdoor.mash.queries.asking.proposing import proposal
from frontdoor.mash.queries.asking.standing import agreement_of, dispensing_of, grounds_of
from frontdoor.mash.rules.asking import sets
from frontdoor.mash.rules.asking.grounds import may_ask
from frontdoor.mash.rules.asking.replies import Said
from frontdoor.mash.rules.states import State, Step, why_not
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class OneRequest:
    """One request with its people and everything that was said, the oldest first; what was replaced stays in it.

    :param confirmed: by number of a reply written down by us, what the agency said of it last
    """

    request: Request
    people: tuple[Asked, ...]
    replies: tuple[Reply, ...]
    confirmed: dict[int, Confirmation]

    @property
    def said(self) -> list[Said]:
        """The replies as the rules see them."""
        return [as_said(each) for each in self.replies]


def as_said(row: Reply) -> Said:
    """A reply as the rules see it."""
    return Said(row.pk, row.asked_id, row.kind, row.mark, row.agency, row.supersedes_id, row.withdrawn, row.at, row.how)


def requests_with(rows: Sequence[Request], *, by: Actor) -> list[OneRequest]:
    """Requests with their people, replies and confirmations, in three statements however many they are."""
    asked = Asked.objects.filter(request__in=rows).select_related("subject__named")
    return joined(
        rows,
        list(within(by, asked).order_by("-is_child", "position", "id")),
        list(within(by, Reply.objects.filter(request__in=rows)).order_by("at", "id")),
        list(within(by, Confirmation.objects.filter(reply__request__in=rows)).order_by("at", "id")),
    )


def joined(
    rows: Sequence[Request], asked: Sequence[Asked], replies: Sequence[Reply], about: Sequence[Confirmation]
) -> list[OneRequest]:
    """The same of rows that `by` has read already, each kind in its order."""
    people: dict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        people[one.request_id].append(one)
    said: dict[int, list[Reply]] = defaultdict(list)
    for reply in replies:
        said[reply.request_id].append(reply)
    confirmed = {each.reply_id: each for each in about}
    return [
        OneRequest(
            row, tuple(people[row.pk]), tuple(said[row.pk]),
            {each.pk: confirmed[each.pk] for each in said[row.pk] if each.pk in confirmed},
        )
        for row in rows
    ]  # fmt: skip


def of_enquiry(enquiry: Enquiry, *, by: Actor) -> list[OneRequest]:
    """Every request of an enquiry, the first sent first: a part of its page, whose opening is the entry.

    :raises NotPermitted: `by` reads no enquiries
    """
    require(by, Permission.MASH_READ, authority=enquiry.authority_id)
    rows = within(by, Request.objects.filter(enquiry=enquiry).select_related("desk")).order_by("sent_at", "id")
    return requests_with(list(rows), by=by)


def one_request(key: UUID | str, *, by: Actor, at: datetime) -> OneRequest:
    """One request with its people and replies, to act on it; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council has no such request
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    row = within(by, Request.objects.filter(key=key).select_related("desk", "enquiry")).first()
    if row is None:
        raise NotFound
    (found,) = requests_with([row], by=by)
    trail.record("mash.open_request", subject=row, by=by, at=at)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything about asking agencies for one enquiry.

    :param grounds: by number of the desk; those of the whole enquiry under None
    :param proposed: who stands to be asked, and why; `others` may be added
    :param names: of every account that the page names
    """

    enquiry: Enquiry
    agreement: Agreement | None
    dispensing: Dispensing | None
    grounds: dict[int | None, Grounds]
    proposed: list[sets.Proposed]
    others: list[Desk]
    desks: list[Desk]
    left_out: list[LeftOut]
    requests: list[OneRequest]
    names: dict[int, str]


def not_yet(found: Asking) -> str:
    """What has to be done before any agency may be asked, in words; empty where a request may leave."""
    enquiry, said, decided = found.enquiry, found.agreement, found.dispensing
    if State(enquiry.state).settled or State(enquiry.state).unrated:
        return why_not(enquiry.state, Step.ANALYSE)
    try:
        may_ask(
            position=said.position if said else "", said_at=said.at if said else None,
            dispensed_at=decided.at if decided else None,
        )  # fmt: skip
    except StepNotAllowed as refusal:
        return str(refusal)
    return "" if None in found.grounds else "Write first on which grounds agencies are asked."


def open_asking(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Asking:
    """Open what was asked for one enquiry; it leaves one entry.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    enquiry = within(by, Enquiry.objects.select_related("contact").filter(key=key)).first()
    if enquiry is None:
        raise NotFound
    agreement, dispensing = agreement_of(enquiry, by=by), dispensing_of(enquiry, by=by)
    grounds = grounds_of(enquiry, by=by)
    left = list(within(by, LeftOut.objects.filter(enquiry=enquiry).select_related("desk")).order_by("at", "id"))
    requests = of_enquiry(enquiry, by=by)
    rows = desks(by=by, at=at)
    proposed, others = proposal(enquiry, rows=rows, by=by, at=at)
    users = {each.by_user for each in (agreement, *grounds.values(), *left) if each}
    users |= {dispensing.decided_by} if dispensing else set()
    trail.record("mash.open_asking", subject=enquiry, by=by, at=at, why=why)
    return Asking(
        enquiry,
        agreement,
        dispensing,
        grounds,
        proposed,
        others,
        rows,
        left,
        requests,
        names(users, by=by) if users else {},
    )
