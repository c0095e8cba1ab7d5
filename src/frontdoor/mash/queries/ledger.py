"""What enquiries have for the ledger: what agencies were asked and told, which were left out or not told."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.letters.rules.ledger import Line, Scope, Went
from frontdoor.mash.models import Asked, Grounds, LeftOut, Reply, Request, Subject
from frontdoor.mash.rules.asking import grounds as rules
from frontdoor.mash.rules.asking import replies


def of_enquiries(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Requests with their grounds, replies that other agencies may read or may not, agencies left out with a reason."""
    about: dict[int, list[str]] = {}
    rows = Subject.objects.filter(Q(named__key__in=scope.named) | Q(enquiry__contact__key__in=scope.contacts))
    for row in within(by, rows.select_related("named").order_by("position")):
        if row.named is not None and row.named.key in scope.named:
            about.setdefault(row.enquiry_id, []).append(scope.named[row.named.key])
    if not about:
        return
    enquiries = list(about)
    whom = {number: ", ".join(dict.fromkeys(names)) for number, names in about.items()}
    stands = _grounds(enquiries, by=by)
    asked = within(by, Request.objects.select_related("desk").filter(enquiry__in=enquiries)).order_by("id")
    requests = list(asked)
    for request in requests:
        yield _asked(request, whom, stands)
    yield from _shared(requests, scope, by=by)
    for left in within(by, LeftOut.objects.select_related("desk").filter(enquiry__in=enquiries)).order_by("id"):
        yield Line(
            at=left.at, went=Went.NOT_GIVEN, what="A request that agencies are usually sent",
            about=whom[left.enquiry_id], agency=left.desk.name, why=left.why, by=left.by_user,
        )  # fmt: skip


Standing = dict[tuple[int, int | None], list[Grounds]]


def _grounds(enquiries: list[int], *, by: Actor) -> Standing:
    found: Standing = {}
    for row in within(by, Grounds.objects.filter(enquiry__in=enquiries)).order_by("at", "id"):
        found.setdefault((row.enquiry_id, row.desk_id), []).append(row)
    return found


def _asked(request: Request, whom: dict[int, str], stands: Standing) -> Line:
    """A request leaves with names, dates of birth and the question: on the grounds that stood when it was sent."""
    enquiry = request.enquiry_id
    before = [
        [row for row in stands.get((enquiry, desk), ()) if row.at <= request.sent_at]
        for desk in (request.desk_id, None)
    ]
    held = next((rows[-1] for rows in before if rows), None)
    basis = "; ".join(filter(None, (_basis(held), "duty to share of 2026" if request.duty else "")))
    return Line(
        at=request.sent_at, went=Went.ASKED, what="Who the family are, and a question about them", about=whom[enquiry],
        agency=request.desk.name, why=held.purpose if held else request.why_asked, basis=basis,
        how="Portal" + (f", {request.desk.email}" if request.desk.email else ""), by=request.sent_by,
    )  # fmt: skip


def _basis(held: Grounds | None) -> str:
    if held is None:
        return ""
    agreement = f"{held.agreement}, version {held.agreement_version}" if held.agreement else ""
    return "; ".join(filter(None, (dict(rules.BASES).get(held.basis, held.basis), agreement)))


def _shared(requests: list[Request], scope: Scope, *, by: Actor) -> Iterator[Line]:
    """A reply about one of these that the other agencies may read, or that is kept apart, with its handling mark."""
    by_number = {request.pk: request for request in requests}
    people = {
        row.pk: scope.named[row.subject.named.key]
        for row in within(by, Asked.objects.select_related("subject__named").filter(request__in=by_number))
        if row.subject.named is not None and row.subject.named.key in scope.named
    }
    replied = within(by, Reply.objects.filter(asked__in=people, kind="information", withdrawn=False)).order_by("id")
    for reply in replied:
        request = by_number[reply.request_id]
        others = sorted({each.desk.name for each in requests if _reads(each, request, reply)})
        mark = dict(replies.MARKS).get(reply.mark, reply.mark)
        if others:
            yield Line(
                at=reply.at, went=Went.GIVEN if reply.partners_may_see else Went.NOT_GIVEN,
                what=f"What {request.desk.name} knows", about=people[reply.asked_id], agency=", ".join(others),
                why=f"{'Shared' if reply.partners_may_see else 'Kept'} by its handling mark: {mark}", how="Portal",
                by_name=f"{reply.said_by}, {request.desk.name}",
            )  # fmt: skip


def _reads(other: Request, request: Request, reply: Reply) -> bool:
    """Whether the agency of another request of the enquiry was there to read it: what was stopped before shows none."""
    there = other.stopped_at is None or other.stopped_at > reply.at
    return there and other.enquiry_id == request.enquiry_id and other.agency != request.agency
