"""An invented arrival as a report, taken in through the real actions as the person who would have typed it."""

from collections.abc import Sequence
from datetime import datetime

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, PUBLIC_INTAKE, Actor
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH, email_of
from frontdoor.config.scenarios import Adult, Arrival, Child
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.models import Contact
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.councils import queries as councils

COUNCILS = (CAMBRIDGESHIRE, PETERBOROUGH)
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
    )


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
        routed = councils.route(child.postcode or "", on=arrival.arrives_at)
        if routed.council in COUNCILS:
            return int(routed.council)
    if arrival.expected.responsible_authority in COUNCILS:
        return arrival.expected.responsible_authority
    return CAMBRIDGESHIRE


def person(role: Role, *, at: datetime, authority: int = CAMBRIDGESHIRE, second: bool = False) -> Actor:
    """The account of that role, as its posts reach at this instant."""
    return actor_for(User.objects.get(email=email_of(role, authority=authority, second=second)), at=at)


def take_in(arrival: Arrival) -> Contact:
    """Take an arrival in at its own time, by the door it came to; the receipt counts from its arrival."""
    at = arrival.entered_at or arrival.arrives_at
    council = door(arrival)
    if arrival.channel == "web":
        with acting_for(council, by=PUBLIC) as by:
            given = contacts.submit(report(arrival), channel="web", idem=arrival.id, by=by, at=at)
        with acting_for(council, by=PUBLIC_INTAKE) as by:
            return contacts.take_in(str(given.submission), by=by, at=at)
    role = Role.DUTY_WORKER if arrival.channel == "duty_log" else Role.CONTACT_OFFICER
    with acting_for(council, by=person(role, at=at)) as by:
        _, contact = contacts.submit_and_take_in(
            report(arrival), channel=arrival.channel, idem=arrival.id, by=by, at=at, received_at=arrival.arrives_at
        )
    if contact is None:
        raise LookupError(arrival.id)
    return contact


def earliest(arrivals: Sequence[Arrival]) -> datetime:
    """The first instant of an arrival."""
    return min(arrival.arrives_at for arrival in arrivals)
