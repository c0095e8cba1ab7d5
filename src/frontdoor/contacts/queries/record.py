"""Opening the record of one contact: everything its page shows, and the one entry that says who opened it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.models import (
    Agreement,
    Consultation,
    Contact,
    FirstLook,
    LawfulBasis,
    Matter,
    Named,
    Protection,
    Receipt,
    Referrer,
    Statement,
)
from frontdoor.contacts.queries import screening
from frontdoor.contacts.queries.course import Course, course
from frontdoor.contacts.queries.people import Known, of_contact
from frontdoor.contacts.rules.screening import receipt_given
from frontdoor.organisations.queries import teams
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opened:
    """One contact as its page shows it; the referrer's compartment is not in it.

    :param referrer_kind: which sort of person told us, for the words that others see
    :param holder: whose hands it is in at this instant; None is nobody
    :param known: who its people are, as far as the reader may see people
    :param course: what became of it since it was told
    :param clocks: every clock of the contact and its parts, in the order in which they started
    :param names: of every account that the page names
    :param teams: the council's teams, by number
    """

    contact: Contact
    people: tuple[Named, ...]
    statements: tuple[Statement, ...]
    matters: tuple[Matter, ...]
    looks: tuple[FirstLook, ...]
    agreements: tuple[Agreement, ...]
    bases: tuple[LawfulBasis, ...]
    protections: tuple[Protection, ...]
    consultations: tuple[Consultation, ...]
    questions: tuple[screening.Asked, ...]
    tries: tuple[screening.Tried, ...]
    links: tuple[screening.Linked, ...]
    suggestions: tuple[screening.Suggestion, ...]
    known: Known
    course: Course
    clocks: tuple[clocks.Shown, ...]
    referrer_kind: str
    holder: int | None
    held_until: datetime | None
    names: dict[int, str]
    teams: dict[int, str]


def open_contact(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one contact; it leaves one entry, whatever the page shows of it.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    contact = within(by, Contact.objects.select_related("submission", "event").filter(key=key)).first()
    if contact is None:
        raise NotFound
    opened = _gathered(contact, by=by, at=at)
    family = [str(before.key) for before in opened.course.family]
    trail.record("contacts.open", subject=contact, by=by, at=at, why=why, family=family, known=opened.known.shown)
    return opened


def _gathered(contact: Contact, *, by: Actor, at: datetime) -> Opened:
    looks = tuple(within(by, FirstLook.objects.filter(contact=contact)).order_by("id"))
    agreements = within(by, Agreement.objects.filter(contact=contact)).select_related("named")
    bases = tuple(within(by, LawfulBasis.objects.filter(contact=contact)).order_by("id"))
    protections = tuple(within(by, Protection.objects.filter(contact=contact)).order_by("id"))
    matters = within(by, Matter.objects.filter(contact=contact)).select_related("child")
    agreed, children = tuple(agreements.order_by("id")), tuple(matters.order_by("id"))
    statements = within(by, Statement.objects.filter(contact=contact)).select_related("named")
    consultations = within(by, Consultation.objects.filter(contact=contact))
    questions = tuple(screening.questions(contact.pk, by=by, at=at))
    those = screening.hands(by=by, at=at)
    holder, held_until = screening.holder_of(contact, those, by=by)
    since = course(contact, children, by=by, at=at)
    named = tuple(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    running = _clocks(contact, children, questions, protections, since, by=by, at=at)
    people = _people(
        contact,
        (look.looked_by for look in looks),
        (agreement.recorded_by for agreement in agreed),
        (basis.decided_by for basis in bases),
        (number for each in protections for number in (each.started_by, each.overseen_by)),
        (number for clock in running for number in (clock.owner_id, clock.explainer)),
        since.people,
    )
    return Opened(
        contact=contact,
        people=named,
        statements=tuple(statements.order_by("starts", "id")),
        matters=children,
        looks=looks,
        agreements=agreed,
        bases=bases,
        protections=protections,
        consultations=tuple(consultations.order_by("id")),
        questions=questions,
        tries=tuple(screening.tries(contact.pk, by=by)),
        links=tuple(screening.links(contact, by=by)),
        suggestions=tuple(screening.suggestions(contact, by=by)),
        known=of_contact(contact, named, by=by, at=at),
        course=since,
        clocks=running,
        referrer_kind=_referrer_kind(contact, by=by),
        holder=holder,
        held_until=held_until,
        names=names(people, by=by) | dict(those.names),
        teams={team.pk: team.name for team in teams(by=by, at=at)},
    )


def _clocks(
    contact: Contact,
    matters: Iterable[Matter],
    questions: Iterable[screening.Asked],
    protections: Iterable[Protection],
    since: Course,
    *,
    by: Actor,
    at: datetime,
) -> tuple[clocks.Shown, ...]:
    subjects = {
        "contacts.submission": [contact.submission_id],
        "contacts.contact": [contact.key],
        "contacts.matter": [matter.key for matter in matters],
        "contacts.question": [question.key for question in questions],
        "contacts.protection": [protection.key for protection in protections],
        "contacts.callback": [call.id for call in since.call_backs],
        "letters.letter": [letter.key for letter in since.letters],
    }
    shown = [
        clock
        for kind, keys in subjects.items()
        if keys
        for found in clocks.for_subjects(kind, keys, by=by, at=at, running=False).values()
        for clock in found
    ]
    return tuple(sorted(shown, key=lambda clock: (clock.started_at, clock.kind.name)))


def _people(contact: Contact, *numbers: Iterable[int | None]) -> set[int]:
    """Every account that the page names."""
    found = {contact.flag_taken_by, contact.closed_by}.union(*numbers)
    return {number for number in found if number is not None}


def _referrer_kind(contact: Contact, *, by: Actor) -> str:
    kinds = within(by, Referrer.objects.filter(contact=contact)).order_by("id").values_list("kind", flat=True)
    return kinds.first() or "anonymous"


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told us: the compartment, opened by an explicit click and with an entry of its own."""

    kind: str
    identity: str
    name: str
    role: str
    agency: str
    phone: str
    email: str
    address: str
    relationship: str
    route: str
    route_note: str
    family_knows: str


def open_referrer(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Teller:
    """Open the referrer's compartment of one contact; it leaves an entry of its own.

    :param key: the contact's key
    :raises NotPermitted: `by` may not see who told us
    :raises NotFound: the council acted for has no such contact
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    found = within(by, Referrer.objects.filter(contact__key=key)).order_by("id").first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_referrer", subject=found, by=by, at=at, why=why, contact=key)
    return Teller(
        found.get_kind_display(), found.get_identity_display(), found.name, found.role, found.agency, found.phone,
        found.email, found.address, found.relationship, found.get_route_display(), found.route_note,
        found.get_family_knows_display(),
    )  # fmt: skip


def by_receipt(receipt: str, *, by: Actor) -> UUID:
    """The key of the contact with a receipt number as people read it.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none with that number
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    number = receipt_given(receipt)
    if number is None or number.authority != by.authority:
        raise NotFound
    given = within(by, Receipt.objects.filter(channel=number.channel, number=number.number))
    found = within(by, Contact.objects.filter(submission_id__in=given.values("submission_id"))).first()
    if found is None:
        raise NotFound
    return found.key
