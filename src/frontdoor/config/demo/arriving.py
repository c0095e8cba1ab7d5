"""An invented arrival as a report, taken in through the real actions as the person who would have typed it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, PUBLIC_INTAKE, Actor
from frontdoor.clocks.rules import london_date
from frontdoor.config.demo import policing, writing
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH, email_of
from frontdoor.config.demo.sending import who_sends
from frontdoor.config.scenarios import Adult, Arrival, Child
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions import telephone
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.intake import AgreementGiven, CallBackGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.telephone import Told
from frontdoor.councils import queries as councils

COUNCILS = (CAMBRIDGESHIRE, PETERBOROUGH)
A_CALL = timedelta(minutes=6)
"""How long a telephone call lasts; what it tells of counts from its beginning."""
NEEDS_ADDRESS = {"email": "email", "phone": "phone", "text": "phone"}


def report(arrival: Arrival) -> Report:
    """What the referrer gave, as every door hands it in; nothing of what was expected of it."""
    first = arrival.children[0] if arrival.children else None
    return Report(
        story=arrival.narrative,
        category=arrival.category,
        sub_type=arrival.expected.sub_type if arrival.category == "request_for_information" else "cp_concern",
        source_code=arrival.referrer.source_code,
        danger="unknown",
        postcode=(first.postcode or "") if first else "",
        happened_at=arrival.event_at,
        people=(*map(_child, arrival.children), *map(_adult, arrival.adults)),
        referrer=_referrer(arrival),
        agreement=AgreementGiven(
            arrival.agreement.status, ", ".join(arrival.agreement.given_by), arrival.agreement.reason_not_sought or ""
        ),
        call_back=_call_back(arrival),
    )


def _call_back(arrival: Arrival) -> CallBackGiven | None:
    """Whoever writes or rings and is to be answered by telephone asks to speak to a social worker."""
    told = arrival.referrer
    if arrival.channel not in {"web", "email", "walk_in", "phone"} or told.feedback_route != "phone" or not told.phone:
        return None
    return CallBackGiven(told.phone, name=told.name or "", about="What happens now")


def _child(child: Child) -> PersonGiven:
    kind = "unborn" if child.expected_date_of_birth else "child" if child.given_name or child.family_name else "unknown"
    return PersonGiven(
        kind=kind, given_name=child.given_name or "", family_name=child.family_name or "",
        known_as=child.known_as or "", date_of_birth=child.date_of_birth, expected_on=child.expected_date_of_birth,
        approximate_age=child.approximate_age, sex=child.sex, ethnicity=child.ethnicity_code,
        address=child.address or "", postcode=child.postcode or "", school=child.school_or_nursery or "",
        nhs_number=child.nhs_number or "", upn=child.upn or "", said_words=child.said_words or "",
    )  # fmt: skip


def _adult(adult: Adult) -> PersonGiven:
    given, _, family = adult.name.rpartition(" ") if not adult.name.endswith(")") else (adult.name, "", "")
    return PersonGiven(
        kind="adult", given_name=given or family, family_name=family if given else "",
        date_of_birth=adult.date_of_birth, relationship=adult.relationship, concern=adult.concern,
        parental_responsibility=adult.parental_responsibility, lives_with=adult.lives_with_children,
        safe_contact=adult.safe_contact_note or "",
    )  # fmt: skip


def _referrer(arrival: Arrival) -> ReferrerGiven:
    told = arrival.referrer
    identity = "withheld" if told.wants_identity_withheld else "given" if told.name else "not_given"
    needed = NEEDS_ADDRESS.get(told.feedback_route)
    route = told.feedback_route if not needed or getattr(told, needed) else "none_possible"
    return ReferrerGiven(
        kind=told.kind, identity=identity, name=told.name or "", role=told.role or "", agency=told.agency or "",
        phone=told.phone or "", email=told.email or "", route=route,
    )  # fmt: skip


def door(arrival: Arrival) -> int:
    """The council at whose door it arrives: that of the child's postcode, else the first."""
    for child in arrival.children:
        if found := _council_of(child.postcode, on=arrival.arrives_at):
            return found
    if arrival.expected.responsible_authority in COUNCILS:
        return arrival.expected.responsible_authority
    return CAMBRIDGESHIRE


def _council_of(postcode: str | None, *, on: datetime) -> int | None:
    """Which of our councils a postcode leads to, if to one."""
    routed = councils.route(postcode or "", on=on).council
    return routed if routed in COUNCILS else None


def written_at(arrival: Arrival) -> datetime:
    """When somebody has written it down: a call about children of two councils ends some minutes after it began, as
    does what somebody says at the desk."""
    typed = arrival.entered_at or arrival.arrives_at
    calls = arrival.channel == "walk_in" or len(_theirs(arrival, door(arrival))) > 1
    return typed + A_CALL if calls else typed


def _theirs(arrival: Arrival, here: int) -> tuple[int, ...]:
    """The council of each child, where a call is about children of both; else nothing."""
    found = tuple(_council_of(child.postcode, on=arrival.arrives_at) or here for child in arrival.children)
    return found if arrival.channel == "phone" and len(set(found)) > 1 else ()


class Staff:
    """The people of the demonstration, as their posts reach on a day; each is asked for once a day."""

    def __init__(self) -> None:
        self._known: dict[tuple[Role, int, bool, date], Actor] = {}

    def person(self, role: Role, *, at: datetime, authority: int = CAMBRIDGESHIRE, second: bool = False) -> Actor:
        """The account of that role."""
        which = (role, authority, second, london_date(at))
        if which not in self._known:
            user = User.objects.get(email=email_of(role, authority=authority, second=second))
            self._known[which] = actor_for(user, at=at)
        return self._known[which]


def take_in(arrival: Arrival, staff: Staff | None = None, *, sort: bool = True) -> Contact:
    """Take an arrival in at its own time, by the door it came to; the receipt counts from its arrival.

    A call about children of two councils becomes a contact here, and one there when its slip arrives.

    :param sort: whether what came in writing has been put into the form by somebody
    """
    at = arrival.entered_at or arrival.arrives_at
    council = door(arrival)
    if arrival.channel == "web":
        with acting_for(council, by=who_sends(arrival.referrer.agency or "", at=at) or PUBLIC) as by:
            given = contacts.submit(report(arrival), channel="web", idem=arrival.id, by=by, at=at)
        with acting_for(council, by=PUBLIC_INTAKE) as by:
            return contacts.take_in(str(given.submission), by=by, at=at)
    role = Role.DUTY_WORKER if arrival.channel == "duty_log" else Role.CONTACT_OFFICER
    person = (staff or Staff()).person(role, at=at)
    if arrival.channel in writing.WRITTEN:
        return writing.take_in(arrival, report(arrival), council=council, officer=person, sort=sort)
    with acting_for(council, by=person) as by:
        if theirs := _theirs(arrival, council):
            return _call(arrival, theirs, by=by)
        if arrival.channel == policing.CHANNEL:
            return policing.take_in(arrival, report(arrival), by=by, at=at)
        if arrival.channel == "walk_in":
            return _call(arrival, tuple(council for _ in arrival.children), door="walk_in", by=by)
        return take_down(
            report(arrival), channel=arrival.channel, idem=arrival.id, received_at=arrival.arrives_at, by=by, at=at
        )


def take_down(given: Report, *, channel: str, idem: str, received_at: datetime, by: Actor, at: datetime) -> Contact:
    """What somebody of the service writes down; it is in nobody's draft."""
    _, contact = contacts.submit_and_take_in(given, channel=channel, idem=idem, by=by, at=at, received_at=received_at)
    if contact is None:
        raise LookupError(idem)
    return contact


def _call(arrival: Arrival, theirs: Sequence[int], *, door: str = "phone", by: Actor) -> Contact:
    """A call, or somebody at the desk, as the contact officer takes and ends it: parted by the children's councils."""
    given = report(arrival)
    adults = [by.authority or 0] * (len(given.people) - len(theirs))
    call = telephone.begin(door=door, by=by, at=arrival.arrives_at)
    told = Told(given, (*theirs, *adults), tuple(range(len(given.people))))
    ended = telephone.end(call.key, seen=call.version, told=told, way="contact", by=by, at=arrival.arrives_at + A_CALL)
    return Contact.objects.get(key=ended.contact)
