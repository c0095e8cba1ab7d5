"""What a council asks an agency, for that agency's own people: read in the portal's role, one council at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.states import person_label
from frontdoor.mash.models import Asked, Capacity, Confirmation, Opening, Reply, Request
from frontdoor.mash.queries.shared import Shared, shared_with
from frontdoor.mash.rules.asking import replies as rules
from frontdoor.mash.rules.asking.states import State
from frontdoor.mash.rules.deciding import BY_US
from frontdoor.mash.rules.states import State as Enquiry
from frontdoor.organisations.rules import LONDON
from frontdoor.trail import actions as trail

SHOWN_FOR = timedelta(days=14)
"""How long an answered request stays in the list of the agency; its own page opens as long as it stands."""

TO_AGREE_IN = frozenset({Enquiry.ANALYSIS.value, Enquiry.RECOMMENDED.value})
"""Where an enquiry stands while a word to its analysis is wanted."""

MOST = 300
"""Requests of one council in the list: more than an agency has at once."""


@dataclass(frozen=True, slots=True)
class InList:
    """One request as the agency's list shows it: nothing of the family.

    :param left: how many of the people nobody has answered for yet
    :param to_confirm: how many replies were written down by the council and wait for a yes or no
    """

    key: UUID
    authority: int
    reference: str
    rating: str
    sent_at: datetime
    due_at: datetime
    people: int
    left: int
    to_confirm: int
    opened: bool
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether something is still to be done by the agency."""
        return bool(self.left or self.to_confirm)

    @property
    def where(self) -> tuple[int, int, float, int, str]:
        """Its place in the list: what waits before what is done, the most urgent first, then by the time left."""
        rank = codes.RATINGS[self.rating].rank if self.rating in codes.RATINGS else len(list(codes.RATINGS))
        when = self.due_at.timestamp() if self.waits else -self.sent_at.timestamp()
        return (not self.waits, rank if self.waits else 0, when, self.authority, str(self.key))


@dataclass(frozen=True, slots=True)
class Person:
    """One person about whom is asked, named by the owner's function for the agency that is asked."""

    asked: UUID
    child: bool
    label: str
    given_name: str
    born: date | None
    expected: date | None
    relationship: str
    home: str
    school: str


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """One reply of the agency itself, or of another that lets the others read it.

    :param agency: the other's name; empty for one's own
    :param stands: whether it was neither corrected nor withdrawn
    :param confirmed: None where nothing is to be confirmed or nobody has yet
    """

    key: UUID
    asked: UUID
    kind: str
    reason: str
    facts: str
    analysis: str
    protective: str
    mark: str
    partners_may_see: bool
    how: str
    said_by: str
    at: datetime
    withdrawn: bool
    why: str
    supersedes: UUID | None
    stands: bool
    confirmed: bool | None = None
    agency: str = ""

    @property
    def to_confirm(self) -> bool:
        """Whether the council wrote it down and nobody of the agency has said that it is right."""
        return self.stands and self.how in rules.BY_US and self.confirmed is None


@dataclass(frozen=True, slots=True)
class Opened:
    """One request with its people, the agency's own replies, and what the enquiry shares with those who take part.

    :param shared: what other agencies said and let the others read
    :param enquiry: where the enquiry stands, in words
    """

    key: UUID
    id: int
    authority: int
    reference: str
    rating: str
    question: str
    since: date | None
    duty: bool
    sent_at: datetime
    due_at: datetime
    stopped: bool
    people: tuple[Person, ...]
    replies: tuple[ReplyShown, ...]
    shared: tuple[ReplyShown, ...]
    enquiry: str
    beside: Shared

    def of(self, asked: UUID) -> list[ReplyShown]:
        """The agency's own replies about one person that stand, the oldest first."""
        return [each for each in self.replies if each.asked == asked and each.stands]

    @property
    def to_confirm(self) -> list[ReplyShown]:
        """What the council wrote down of the agency's words and nobody of it has said is right."""
        return [each for each in self.replies if each.to_confirm]

    @property
    def left(self) -> list[Person]:
        """Those for whom nobody has answered."""
        return [person for person in self.people if not self.of(person.asked)]


def required(by: Actor) -> None:
    """Only somebody who answers for an agency asks, and in the portal's role alone.

    :raises NotPermitted: `by` answers for none
    """
    require(by, Permission.REQUEST_ANSWER, authority=acting_council(by))
    if not by.agency or by.db_role != "frontdoor_portal":
        raise NotFound


def asked(*, by: Actor, at: datetime) -> list[InList]:
    """What the council acted for asks the agency: what waits for it, and what it answered lately.

    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    rows = list(
        within(by, Request.objects.filter(agency=by.agency, stopped_at=None, sent_at__gt=at - timedelta(days=90)))
        .exclude(answered_at__lt=at - SHOWN_FOR)
        .order_by("due_at", "id")[:MOST]
    )
    numbers = [row.pk for row in rows]
    people: dict[int, set[int]] = defaultdict(set)
    for request, person in within(by, Asked.objects.filter(request_id__in=numbers)).values_list("request_id", "pk"):
        people[request].add(person)
    said: dict[int, list[Reply]] = defaultdict(list)
    for reply in within(by, Reply.objects.filter(request_id__in=numbers)).order_by("at", "id"):
        said[reply.request_id].append(reply)
    opened = set(within(by, Opening.objects.filter(request_id__in=numbers)).values_list("request_id", flat=True))
    confirmed = _confirmed([reply.pk for found in said.values() for reply in found], by)
    found = [_in_list(row, people[row.pk], said[row.pk], confirmed, opened=row.pk in opened) for row in rows]
    trail.record("mash.list_asked", by=by, at=at, shown=[str(each.key) for each in found])
    return sorted(found, key=lambda each: each.where)


@dataclass(frozen=True, slots=True)
class ToAgree:
    """A shared analysis to which the agency has not said its word itself; nothing of the family.

    :param noted: the council wrote down what the agency says, and the agency has not said it at its own desk
    """

    key: UUID
    authority: int
    reference: str
    number: int
    written_at: datetime
    noted: bool


def to_agree(*, by: Actor, at: datetime) -> list[ToAgree]:
    """The analyses of the council acted for that wait for the agency's word, the oldest first; one entry.

    Once a manager has decided nothing waits for a word any more: what the agency sees otherwise it raises.

    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.key, r.authority_id, r.reference, a.number, a.at, own.how IS NOT NULL FROM mash_request r"
            " CROSS JOIN LATERAL frontdoor_shared_analysis(r.key) a"
            " LEFT JOIN LATERAL (SELECT v.how FROM frontdoor_shared_views(r.key) v WHERE v.own AND v.number = a.number"
            " ORDER BY v.at DESC, v.key LIMIT 1) own ON true"
            " WHERE r.authority_id = %s AND r.agency = %s AND r.stopped_at IS NULL AND r.sent_at > %s"
            " AND frontdoor_shared_state(r.key) = ANY(%s) AND coalesce(own.how = ANY(%s), true) ORDER BY a.at, r.key",
            [acting_council(by), by.agency, at - timedelta(days=90), sorted(TO_AGREE_IN), sorted(BY_US)],
        )
        found = {number: ToAgree(*rest) for number, *rest in cursor.fetchall()[:MOST]}
    # What the other side is kept from is asked in its page once more, and so it is here.
    other = within(by, Request.objects.filter(pk__in=found, other_side=True))
    kept = {row.pk for row in other if shared_with(row).analysis is None}
    shown = [each for number, each in found.items() if number not in kept]
    if shown:
        trail.record("mash.list_to_agree", by=by, at=at, shown=[str(each.key) for each in shown])
    return shown


def _in_list(row: Request, people: set[int], said: list[Reply], confirmed: dict[int, bool], *, opened: bool) -> InList:
    stand = _stand(said)
    left = people - {reply.asked_id for reply in said if reply.pk in stand}
    open_words = [
        reply.pk for reply in said if reply.pk in stand and reply.how in rules.BY_US and reply.pk not in confirmed
    ]
    return InList(
        key=row.key, authority=row.authority_id, reference=row.reference, rating=row.rating, sent_at=row.sent_at,
        due_at=row.due_at, people=len(people), left=len(left), to_confirm=len(open_words),
        opened=opened or row.state != State.SENT, answered_at=row.answered_at,
    )  # fmt: skip


def _stand(said: Iterable[Reply]) -> set[int]:
    return {
        each.id
        for each in rules.standing(
            rules.Said(row.pk, row.asked_id, row.kind, row.mark, row.agency, row.supersedes_id, row.withdrawn, row.at)
            for row in said
        )
    }


def _confirmed(numbers: list[int], by: Actor) -> dict[int, bool]:
    """What the agency said to each reply that the council wrote down; the first word holds."""
    rows = within(by, Confirmation.objects.filter(reply_id__in=numbers)).order_by("-at", "-id")
    return dict(rows.values_list("reply_id", "agrees"))


def taken(key: UUID, *, by: Actor) -> Request:
    """The request of a key, for an act of the agency upon it.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    found = within(by, Request.objects.filter(key=key, agency=by.agency)).first()
    if found is None:
        raise NotFound
    return found


def open_asked(key: UUID, *, why: str = "", by: Actor, at: datetime) -> Opened:
    """One request with everything that the agency may see of its enquiry; the opening stands in the trail.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    row = taken(key, by=by)
    asked = {person.pk: person.key for person in within(by, Asked.objects.filter(request=row))}
    said = list(within(by, Reply.objects.filter(request=row)).order_by("at", "id"))
    stand, keys = _stand(said), {reply.pk: reply.key for reply in said}
    confirmed = _confirmed(list(keys), by)
    shared = shared_with(row)
    found = Opened(
        key=row.key, id=row.pk, authority=row.authority_id, reference=row.reference, rating=row.rating,
        question=row.question, since=row.since, duty=row.duty, sent_at=row.sent_at, due_at=row.due_at,
        stopped=row.stopped_at is not None, people=() if row.stopped_at else tuple(_people(key)),
        replies=tuple(
            _shown(reply, asked[reply.asked_id], keys, stands=reply.pk in stand, confirmed=confirmed.get(reply.pk))
            for reply in said
        ),
        shared=_from_others(shared), enquiry=shared.state, beside=shared,
    )  # fmt: skip
    trail.record("mash.open_asked", subject=row, by=by, at=at, why=why)
    return found


def reply_of(key: UUID, *, by: Actor) -> Reply:
    """One reply of the agency itself, for a correction, a withdrawal or a confirmation.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    found = within(by, Reply.objects.select_related("request", "asked").filter(key=key, agency=by.agency)).first()
    if found is None:
        raise NotFound
    return found


def to_confirm(request: Request, *, by: Actor) -> list[Reply]:
    """What the council wrote down of the agency's words and nobody of it has said is right, the oldest first."""
    said = list(within(by, Reply.objects.filter(request=request)).order_by("at", "id"))
    stand, confirmed = _stand(said), _confirmed([row.pk for row in said], by)
    return [row for row in said if row.pk in stand and row.how in rules.BY_US and row.pk not in confirmed]


def people_of(key: UUID, *, by: Actor) -> list[Person]:
    """Those about whom a request asks or asked, for whoever tells something of them although nothing is asked now.

    :raises NotFound: another agency's or council's, or none
    :raises NotPermitted: `by` answers for no agency
    """
    taken(key, by=by)
    return _people(key)


def capacity_today(*, by: Actor, at: datetime) -> Capacity | None:
    """What the agency said last that it can do today for the council acted for.

    :raises NotPermitted: `by` answers for no agency
    """
    required(by)
    today = at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    said = within(by, Capacity.objects.filter(agency=by.agency, at__gte=today))
    return said.order_by("-at", "-id").first()


def _shown(reply: Reply, asked: UUID, keys: dict[int, UUID], *, stands: bool, confirmed: bool | None) -> ReplyShown:
    return ReplyShown(
        key=reply.key, asked=asked, kind=reply.kind, reason=reply.reason, facts=reply.facts, analysis=reply.analysis,
        protective=reply.protective, mark=reply.mark, partners_may_see=reply.partners_may_see, how=reply.how,
        said_by=reply.said_by, at=reply.at, withdrawn=reply.withdrawn, why=reply.why,
        supersedes=keys.get(reply.supersedes_id) if reply.supersedes_id else None, stands=stands, confirmed=confirmed,
    )  # fmt: skip


def _people(key: UUID) -> list[Person]:
    """Who is asked about, named by the owner's function: a request keeps no name; a protected home is never told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, child, given_name, family_name, known_as, born, expected_on, relationship, home, school"
            " FROM frontdoor_asked_about(%s) ORDER BY place, asked",
            [key],
        )
        rows = cursor.fetchall()
    return [
        Person(
            asked, child, person_label("child" if child else "adult", given or "", family or "", known or "", ""),
            given or "", born, expected, relationship or "", home or "", school or "",
        )
        for asked, child, given, family, known, born, expected, relationship, home, school in rows
    ]  # fmt: skip


def _from_others(shared: Shared) -> tuple[ReplyShown, ...]:
    """What the other agencies of the enquiry said and let the rest read, as the agency's own replies are shown."""
    return tuple(
        ReplyShown(
            each.key, each.asked, each.kind, "", each.facts, each.analysis, each.protective, each.mark, True, "desk",
            each.said_by, each.at, False, "", None, True, agency=each.agency,
        )
        for each in shared.replies
    )  # fmt: skip
