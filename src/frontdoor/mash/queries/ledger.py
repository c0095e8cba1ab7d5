"""What enquiries have for the ledger: what agencies were asked and told, which were left out or not told."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.letters.rules.ledger import Line, Scope, Went
from frontdoor.mash.models import Asked, Grounds, LeftOut, Reply, Request, Subject
from frontdoor.mash.queries.asking.proposing import places_of
from frontdoor.mash.rules.asking import grounds as rules
from frontdoor.mash.rules.asking import replies
from frontdoor.mash.rules.asking.other_side import tells_where

Whom = dict[int, str]
"""What is called whom, by number of a row."""


def of_enquiries(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Requests with their grounds, replies that other agencies may read or may not, agencies left out with a reason."""
    rows = Subject.objects.filter(Q(named__key__in=scope.named) | Q(enquiry__contact__key__in=scope.contacts))
    subjects: Whom = {}
    about: dict[int, list[str]] = {}
    for row in within(by, rows.select_related("named").order_by("position")):
        if row.named is not None and row.named.key in scope.named:
            name = scope.named[row.named.key]
            about.setdefault(row.enquiry_id, []).append(name)
            subjects.setdefault(row.same_as_id or row.pk, name)
    if not about:
        return
    enquiries = list(about)
    whom = {number: ", ".join(dict.fromkeys(names)) for number, names in about.items()}
    stands = _grounds(enquiries, by=by)
    asked = within(by, Request.objects.select_related("desk").filter(enquiry__in=enquiries)).order_by("id")
    requests = {request.pk: request for request in asked}
    people = list(within(by, Asked.objects.filter(request__in=requests, subject__in=subjects)).order_by("position"))
    of_request: dict[int, list[str]] = {}
    for one in people:
        of_request.setdefault(one.request_id, []).append(subjects[one.subject_id])
    for number, names in sorted(of_request.items()):
        yield _asked(requests[number], ", ".join(dict.fromkeys(names)), stands)
    yield from _shared(requests, people, subjects, by=by)
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


def _asked(request: Request, whom: str, stands: Standing) -> Line:
    """A request leaves with names, dates of birth and the question: on the grounds that stood when it was sent."""
    enquiry = request.enquiry_id
    before = [
        [row for row in stands.get((enquiry, desk), ()) if row.at <= request.sent_at]
        for desk in (request.desk_id, None)
    ]
    held = next((rows[-1] for rows in before if rows), None)
    basis = "; ".join(filter(None, (_basis(held), "duty to share of 2026" if request.duty else "")))
    return Line(
        at=request.sent_at, went=Went.ASKED, what="Who the family are, and a question about them", about=whom,
        agency=request.desk.name, why=held.purpose if held else request.why_asked, basis=basis,
        how="Portal" + (f", {request.desk.email}" if request.desk.email else ""), by=request.sent_by,
    )  # fmt: skip


def _basis(held: Grounds | None) -> str:
    if held is None:
        return ""
    agreement = f"{held.agreement}, version {held.agreement_version}" if held.agreement else ""
    return "; ".join(filter(None, (dict(rules.BASES).get(held.basis, held.basis), agreement)))


def _shared(requests: dict[int, Request], people: list[Asked], subjects: Whom, *, by: Actor) -> Iterator[Line]:
    """A reply about one of these that the other agencies may read, or that is kept apart, with its handling mark.

    Another agency is one that was asked about the same person. One on the other side reads nothing that tells where
    somebody is: what was kept from it stands as such.
    """
    asked = {one.pk: one for one in people}
    beside: dict[int, list[Request]] = {}
    for one in people:
        beside.setdefault(one.subject_id, []).append(requests[one.request_id])
    apart = {each.enquiry_id for each in requests.values() if each.other_side}
    places = {enquiry: places_of(enquiry, by=by) for enquiry in apart}
    replied = within(by, Reply.objects.filter(asked__in=asked, kind="information", withdrawn=False)).order_by("id")
    for reply in replied:
        request, subject = requests[reply.request_id], asked[reply.asked_id].subject_id
        there = [each for each in beside[subject] if _reads(each, request, reply)]
        tells = tells_where(f"{reply.facts} {reply.analysis} {reply.protective}", places.get(request.enquiry_id, ()))
        kept = {each.desk.name for each in there if reply.partners_may_see and each.other_side and tells}
        mark = dict(replies.MARKS).get(reply.mark, reply.mark)
        if others := {each.desk.name for each in there} - kept:
            yield _reply(
                reply, request, subjects[subject], others, given=reply.partners_may_see,
                why=f"{'Shared' if reply.partners_may_see else 'Kept'} by its handling mark: {mark}",
            )  # fmt: skip
        if kept:
            why = "They work with somebody who may pose the risk, and it tells where somebody is"
            yield _reply(reply, request, subjects[subject], kept, given=False, why=why)


def _reply(reply: Reply, request: Request, about: str, agencies: set[str], *, given: bool, why: str) -> Line:
    return Line(
        at=reply.at, went=Went.GIVEN if given else Went.NOT_GIVEN, what=f"What {request.desk.name} knows", about=about,
        agency=", ".join(sorted(agencies)), why=why, how="Portal", by_name=f"{reply.said_by}, {request.desk.name}",
    )  # fmt: skip


def _reads(other: Request, request: Request, reply: Reply) -> bool:
    """Whether the agency of another request was there to read it: what was stopped before shows none."""
    there = other.stopped_at is None or other.stopped_at > reply.at
    return there and other.agency != request.agency
