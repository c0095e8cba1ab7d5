"""The demonstration, played to its end against the database: what a visitor finds at every place where work waits."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, Actor
from frontdoor.clocks.models import Clock
from frontdoor.complaints.models import Complaint
from frontdoor.config.demo import asking, knowing, organisation, signposting
from frontdoor.config.demo.courses import DONE, FORGOTTEN, WANTED, Course, courses
from frontdoor.config.demo.playing import at_the_desk, carried_out
from frontdoor.config.demo.practising import Practice, fill_rota
from frontdoor.config.demo.remembering import remembered
from frontdoor.config.scenarios import Child, KnownChild, arrivals, households, wishes
from frontdoor.config.scenarios import Link as Told
from frontdoor.contacts.models import CallBack, Contact, Decision, Matter, Mistake, Named, Pointer, Protection, Review
from frontdoor.contacts.queries import night, people, receipts, record
from frontdoor.directions.models import Direction
from frontdoor.disclosures.models import Copy as PersonsCopy
from frontdoor.disclosures.models import Disclosure, Request, Risk
from frontdoor.earlyhelp.models import Episode, Look, Signpost, StepUp, Uptake
from frontdoor.familyhelp.models import (
    Asking,
    Evidence,
    Meeting,
    Outcome,
    PlanEdition,
    Practitioner,
    Standing,
    StepDown,
)
from frontdoor.files.models import File
from frontdoor.handovers.models import Copy, Handover
from frontdoor.letters.models import Letter
from frontdoor.mash.models import Circulation, Disagreement, Discussion, Enquiry, Huddle, Issue, Reply
from frontdoor.mash.models import Request as AgencyRequest
from frontdoor.matching.models import Division, Join, Link, NotSame
from frontdoor.matching.models import Told as ToldOfWrong
from frontdoor.people.models import Involvement, Person
from frontdoor.referrals.models import Referral
from tests.worlds import MADE_AT, World

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 4, 9, 10, 30, tzinfo=LONDON)
"""A Thursday morning of the last week: the arrivals keep their true dates."""
COUNCILS = (873, 874)


@pytest.fixture
def played(own_database: str, world: World) -> Practice:
    """The whole play, as `./frontdoor demo` loads it; its letters are sent when they commit, so it has a database."""
    organisation.read_most_again(at=MADE_AT)
    asking.keep_desks(at=MADE_AT)
    signposting.begin(at=MADE_AT)
    practice = Practice(until=NOW)
    taken = practice.play(arrivals(), households(), wishes())
    fill_rota(NOW)
    knowing.make(now=NOW)
    assert taken == sum(arrival.arrives_at <= NOW for arrival in arrivals()) > 100
    return practice


def everywhere(played: Practice, count: Callable[[Actor], int]) -> int:
    """A count over both councils, one after the other, by a manager who reaches both."""
    total = 0
    for council in COUNCILS:
        with acting_for(council, by=played.staff.person(Role.TEAM_MANAGER, at=NOW)) as by:
            total += count(by)
    return total


def test_a_fresh_demonstration_shows_work_at_every_place_where_it_waits(played: Practice) -> None:
    """One play of half a minute for all of it: what is missing is said by name."""
    assert missing(played) == []
    assert len(played.agenda.skipped) <= 5, played.agenda.skipped
    assert list(carried_out(NOW)) == []  # nothing is left for the worker, which would do it at a time of its own
    for council in COUNCILS:
        with acting_for(council, by=SEALER) as by:
            assert list(receipts.broken(by=by)) == []
    assert list(separate_families()) == []
    assert list(histories(played)) == []


def likely(by: Actor) -> int:
    """How many children of the last days are likely known and wait for somebody to say so."""
    new = Contact.objects.filter(received_at__gt=NOW - timedelta(days=2))
    found = (people.of_contact(one, list(Named.objects.filter(contact=one)), by=by) for one in new)
    return sum(
        one.standing.confirmed is None and bool(one.standing.candidates) for each in found for one in each.people
    )


Counts = dict[str, tuple[int, Callable[[Actor], int]]]
"""What a visitor looks for by name: how many there are at least, and how they are counted."""


def missing(played: Practice) -> list[str]:
    """What a visitor would not find."""
    wanted = _contacts() | _asked() | _enquiries()
    return [name for name, (least, count) in wanted.items() if everywhere(played, count) < least]


def _contacts() -> Counts:
    """Contacts, who is in them, decisions, letters, files."""
    open_now = Contact.objects.filter(closed_at=None)
    day = NOW.replace(hour=0, minute=0), NOW.replace(hour=23, minute=59, second=59)
    return {
        "decided": (80, lambda by: Matter.objects.filter(state="closed").exclude(outcome="").count()),
        "people known to the index": (90, lambda by: Person.objects.exclude(label="").count()),
        "confirmed who they are": (150, lambda by: Link.objects.filter(state="confirmed", ended_at=None).count()),
        "likely, and not confirmed": (3, likely),
        "open to somebody, as the case system says": (6, lambda by: Involvement.objects.filter(until=None).count()),
        "kept apart": (2, lambda by: NotSame.objects.filter(ground="same_name", ended_at=None).count()),
        "joins to approve": (2, lambda by: Join.objects.filter(state="proposed").count()),
        "rows to divide": (2, lambda by: Division.objects.filter(said_at=None).count()),
        "told of a wrong record": (2, lambda by: ToldOfWrong.objects.filter(looked_at=None).count()),
        "waiting for a manager": (3, lambda by: Matter.objects.filter(state="recommended").count()),
        "waiting, in time": (2, lambda by: open_now.filter(state__in=_UNDECIDED, due_at__gt=NOW).count()),
        "late": (2, lambda by: open_now.filter(state__in=_UNDECIDED, due_at__lte=NOW).count()),
        "never looked at": (4, lambda by: open_now.filter(looked=0).count()),
        "not yet screened": (2, lambda by: open_now.filter(looked=1, state="looked").count()),
        "handed over, not accepted": (1, lambda by: Handover.objects.filter(state="sent").count()),
        "refused once": (1, lambda by: Handover.objects.filter(state="refused", refusals=1).count()),
        "in the night inbox": (2, lambda by: len(night.open_night(by=by, at=NOW).unopened)),
        "call-backs open": (1, lambda by: CallBack.objects.filter(done_at=None).count()),
        "call-backs made": (1, lambda by: CallBack.objects.exclude(done_at=None).count()),
        "directions due today": (2, lambda by: Direction.objects.filter(done_at=None, due_at__range=day).count()),
        "directions late": (1, lambda by: Direction.objects.filter(done_at=None, due_at__lt=NOW).count()),
        "held back by the guard": (2, lambda by: len(_held_for_safety())),
        "to be told by telephone": (1, lambda by: Letter.objects.filter(state="to_send", route="phone").count()),
        "told": (100, lambda by: Letter.objects.filter(state__in=("sent", "done_by_phone")).count()),
        "protected first": (3, lambda by: Protection.objects.count()),
        "clocks passed": (5, lambda by: Clock.objects.filter(stopped_at=None, due_at__lt=NOW).count()),
        "passed between our councils": (2, lambda by: Copy.objects.filter(state="accepted").count()),
        "agreed by one key": (20, lambda by: Decision.objects.filter(agreed=True, direction="").count()),
        "read again by another manager": (5, lambda by: Review.objects.count()),
        "waiting to be read again": (1, lambda by: Decision.objects.filter(sampled=True, reviews=None).count()),
        "perhaps a mistake": (1, lambda by: Mistake.objects.filter(agreed_at=None, ended_at=None).count()),
        "files held": (2, lambda by: File.objects.filter(state="held", hold="no_scanner").count()),
        "a file released": (1, lambda by: File.objects.filter(state="released").exclude(copy_digest=None).count()),
        "contacts that name another": (4, lambda by: Contact.objects.exclude(mirror=None).count()),
    }


def _asked() -> Counts:
    """Requests for information and complaints."""
    return {
        "requests that wait": (1, lambda by: Request.objects.filter(state="waiting").count()),
        "requests for a second person": (1, lambda by: Request.objects.filter(state="proposed").count()),
        "requests answered": (2, lambda by: Request.objects.filter(state="answered").count()),
        "requests passed on": (2, lambda by: Request.objects.filter(state="redirected").count()),
        "requests refused": (1, lambda by: Request.objects.filter(state="refused").count()),
        "requests that showed a risk": (1, lambda by: Risk.objects.count()),
        "disclosures": (4, lambda by: Disclosure.objects.count()),
        "“not known to us”": (1, lambda by: Disclosure.objects.filter(kind="not_known").count()),
        "copies that wait for a release": (1, lambda by: PersonsCopy.objects.filter(state="waiting").count()),
        "complaints answered": (1, lambda by: Complaint.objects.filter(state="replied").count()),
        "complaints and compliments open": (1, lambda by: Complaint.objects.filter(settled_at=None).count()),
    }


def _enquiries() -> Counts:
    """Enquiries, what agencies say and discuss there, and referrals."""
    return {
        "enquiries at work": (1, lambda by: Enquiry.objects.filter(settled_at=None).exclude(rating="").count()),
        "enquiries stood down": (4, lambda by: Enquiry.objects.filter(state="stood_down").count()),
        "enquiries decided and closed": (10, lambda by: Enquiry.objects.filter(state="closed").count()),
        "enquiries that wait for a manager": (1, lambda by: Enquiry.objects.filter(state="recommended").count()),
        "agencies that answered": (10, lambda by: Reply.objects.count()),
        "agencies that owe an answer": (1, lambda by: AgencyRequest.objects.filter(answered_at=None).count()),
        "disagreements open": (1, lambda by: Disagreement.objects.filter(state="open").count()),
        "disagreements resolved": (1, lambda by: Disagreement.objects.filter(state="resolved").count()),
        "raised by an agency at its desk": (1, lambda by: Disagreement.objects.exclude(objection=None).count()),
        "huddles that have ended": (2, lambda by: Huddle.objects.exclude(ended_at=None).count()),
        "families at the early help hub": (5, lambda by: Episode.objects.count()),
        "families taken on": (1, lambda by: Episode.objects.filter(state="allocated").count()),
        "families that somebody leads": (1, lambda by: Practitioner.objects.filter(leads=True, until=None).count()),
        "plans that families agreed": (1, lambda by: PlanEdition.objects.count()),
        "meetings of teams": (1, lambda by: Meeting.objects.count()),
        "families looked at for risk": (1, lambda by: Look.objects.count()),
        "families sent back to the front door": (1, lambda by: StepUp.objects.count()),
        "families that stepped down": (1, lambda by: StepDown.objects.filter(state="accepted").count()),
        "step-downs that the hub sent back": (1, lambda by: StepDown.objects.filter(state="back").count()),
        "outcomes with evidence at the end": (4, lambda by: Evidence.objects.filter(phase="end").count()),
        "families asked how it goes, six months after": (6, lambda by: Evidence.objects.filter(phase="later").count()),
        "outcomes under a council's own headings": (6, lambda by: Outcome.objects.filter(code="local").count()),
        "families told of a service": (40, lambda by: Signpost.objects.count()),
        "services that families went to, or not": (30, lambda by: Uptake.objects.count()),
        "services told of from a contact in screening": (8, lambda by: Pointer.objects.count()),
        "families in another status under one plan": (1, lambda by: Standing.objects.filter(referral=None).count()),
        "meetings still to come": (2, lambda by: Meeting.objects.filter(starts_at__gt=NOW).count()),
        "families that nobody has spoken with yet": (1, lambda by: Episode.objects.filter(state="requested").count()),
        "families asked how it goes": (1, lambda by: Asking.objects.filter(reached=True).count()),
        "referrals": (20, lambda by: Referral.objects.count()),
        "strategy discussions with minutes sent": (1, lambda by: Discussion.objects.filter(state="closed").count()),
        "strategy discussions not quorate": (1, lambda by: Discussion.objects.exclude(lacking="").count()),
        "an issue unanswered": (1, lambda by: Issue.objects.filter(answer="", open_why="").count()),
        "minutes at an agency's desk": (1, lambda by: Circulation.objects.exclude(agency=None).count()),
    }


_UNDECIDED = ("received", "looked", "recommended")


def _held_for_safety() -> list[Letter]:
    held = Letter.objects.filter(state="held")
    return [
        letter for letter in held if any(mark.startswith(("safe_note", "unsafe_address")) for mark in letter.findings)
    ]


def separate_families() -> Iterator[str]:
    """People who must not be joined: no contact about the one stands in the family of the other.

    Children of one household are one family, twins too; a contact that names children of two is in one of the two.
    """
    known = {child.person_id: (home, child) for home in households().households for child in home.children}
    for arrival in arrivals():
        own = {known[link.target][0].id for link in arrival.expected.links if link.target in known and _is_about(link)}
        for link in arrival.expected.links:
            if link.type != "must_not_match" or link.target not in known or known[link.target][0].id in own:
                continue
            child = known[link.target][1]
            for council in COUNCILS:
                with acting_for(council, by=SEALER):
                    here, there = _families(arrival.children), _families([child])
                if {family for family, story in here if story == arrival.narrative} & {
                    family for family, story in there - here
                }:
                    yield f"{arrival.id} stands with {link.target}"


def _is_about(link: Told) -> bool:
    return link.type in {"same_child_as", "sibling_of"}


def _families(children: Iterable[Child | KnownChild]) -> set[tuple[UUID, str]]:
    """Families of the contacts that name one of these children, each with the contact's story."""
    found: set[tuple[UUID, str]] = set()
    for child in children:
        named = Named.objects.filter(
            given_name=child.given_name or "", family_name=child.family_name or "", date_of_birth=child.date_of_birth
        )
        found |= set(named.values_list("contact__family", "contact__story"))
    return found


def histories(played: Practice) -> Iterator[str]:
    """The record of a family that was known says so: the Setchfields have three contacts before the first arrival."""
    first = next(a for a in arrivals() if a.children and a.children[0].family_name == "Setchfield")
    with acting_for(874, by=played.staff.person(Role.TEAM_MANAGER, at=NOW)) as by:
        opened = record.open_contact(Contact.objects.get(story=first.narrative).key, by=by, at=NOW)
    before = [each.outcomes[0] for each in reversed(opened.course.family) if each.received_at < first.arrives_at]
    if before != ["information_advice", "nfa", "information_advice"]:
        yield f"{first.id} shows {before}"


def moments() -> list[datetime]:
    """Every six hours of the last week, the one in which the demonstration always plays."""
    monday = datetime(2026, 4, 6, 9, tzinfo=LONDON)
    return [monday + timedelta(hours=6 * step) for step in range(28)]


@pytest.mark.parametrize("now", moments(), ids=str)
def test_at_whatever_hour_it_is_started_every_place_has_its_share(now: datetime) -> None:
    dealt = list(courses([arrival for arrival in arrivals() if arrival.arrives_at <= now]).values())
    short = [(course, count, dealt.count(course)) for course, count in _wanted().items() if dealt.count(course) < count]
    assert short == []
    assert dealt.count(DONE) > len(dealt) * 2 // 3  # the rest of the fortnight is done


def _wanted() -> dict[Course, int]:
    found: dict[Course, int] = {}
    for course, count, _ in [*WANTED, *((course, 1, fits) for course, fits in FORGOTTEN)]:
        found[course] = found.get(course, 0) + count
    return found


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-04-07T09:00", "2026-04-07T09:00"),
        ("2026-04-07T06:12", "2026-04-07T08:42"),
        ("2026-04-07T17:00", "2026-04-08T08:30"),
        ("2026-04-10T19:44", "2026-04-13T09:14"),
        ("2026-04-12T03:00", "2026-04-13T08:30"),
    ],
)
def test_people_sit_at_their_desks_by_day_and_in_the_week(at: str, then: str) -> None:
    local = [datetime.fromisoformat(each).replace(tzinfo=LONDON) for each in (at, then)]
    assert at_the_desk(local[0]) == local[1]


def test_what_is_remembered_came_before_the_first_arrival_and_none_of_it_is_restricted() -> None:
    past = remembered(households())
    assert len(past) > 25
    assert past[-1].at < arrivals()[0].arrives_at
    restricted = {home.id for home in households().households if home.restricted}
    assert restricted
    assert not restricted & {each.idem.partition(":")[0] for each in past}
