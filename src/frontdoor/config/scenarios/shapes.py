"""What an arrival and a known household hold; names are those of the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrer:
    """Who told us.

    :param kind: code of `codes.rules.REFERRER_KINDS`
    :param source_code: one of the 22 census codes
    :param feedback_route: code of `codes.rules.FEEDBACK_ROUTES`
    """

    kind: str
    source_code: str
    name: str | None
    role: str | None
    agency: str | None
    phone: str | None
    email: str | None
    wants_identity_withheld: bool
    feedback_route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child as the referrer gave them: perhaps misspelt, partial or wrong.

    At most one of date of birth, expected date of birth and approximate age (in years) is given.
    """

    ref: str
    given_name: str | None
    family_name: str | None
    known_as: str | None
    sex: str
    ethnicity_code: str
    address: str | None
    postcode: str | None
    school_or_nursery: str | None
    nhs_number: str | None
    upn: str | None
    said_words: str | None
    date_of_birth: date | None = None
    expected_date_of_birth: date | None = None
    approximate_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """An adult named in an arrival; None of a yes or no means unknown.

    :param relationship: to the children, in the referrer's words
    :param concern: code of `codes.rules.ADULT_CONCERNS`
    """

    name: str
    date_of_birth: date | None
    relationship: str
    parental_responsibility: bool | None
    lives_with_children: bool | None
    concern: str
    safe_contact_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Whether the family knows and agrees; `status` is a code of `codes.rules.AGREEMENTS`."""

    status: str
    sought: bool
    given_by: tuple[str, ...]
    reason_not_sought: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a child of an arrival truly is, and whether that person was known before the first arrival."""

    person: str
    known_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How this arrival, or the child `source` of it, belongs to an earlier arrival, child or person."""

    type: str
    target: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerOutcome:
    """What a careful practitioner would decide for one child; codes of `codes.rules.OUTCOMES` and `ROUTES`."""

    primary: str
    secondary: tuple[str, ...]
    specialist_route: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a careful practitioner would want; never shown to the product.

    Due time, identities, links and codes are hard facts; outcomes, rating and level are one reasoned judgement. All
    times are those of the true dates: they do not move when an arrival is shifted.

    :param outcomes: by child reference, or "arrival" where there is no child
    """

    responsible_authority: int
    decision_due_at: datetime
    out_of_hours: bool
    sub_type: str
    functions: tuple[str, ...]
    edge_cases: tuple[int, ...]
    identities: Mapping[str, Identity]
    links: tuple[Link, ...]
    outcomes: Mapping[str, PractitionerOutcome]
    suggested_rating: str | None
    threshold_level: str | None
    concern_codes: tuple[str, ...]
    why: str
    system_should: tuple[str, ...]
    responsible_authority_per_child: Mapping[str, int]

    def authority_of(self, ref: str) -> int:
        """The responsible authority of one child."""
        return self.responsible_authority_per_child.get(ref, self.responsible_authority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One arrival; `arrives_at` is the first receipt by any part of the service.

    :param event_at: when the thing happened, where that is earlier than receipt
    :param entered_at: when it was typed, where that is later
    """

    id: str
    arrives_at: datetime
    channel: str
    category: str
    referrer: Referrer
    narrative: str
    children: tuple[Child, ...]
    adults: tuple[Adult, ...]
    agreement: Agreement
    expected: Expected
    event_at: datetime | None = None
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChild:
    """A child known before the first arrival."""

    person_id: str
    given_name: str | None
    family_name: str
    known_as: str | None
    sex: str
    ethnicity_code: str
    nhs_number: str | None
    upn: str | None
    school_or_nursery: str | None
    status_before_period: str
    date_of_birth: date | None = None
    expected_date_of_birth: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAdult:
    """An adult known before the first arrival."""

    person_id: str
    name: str
    date_of_birth: date | None
    relationship: str
    parental_responsibility: bool | None
    lives_with_children: bool | None
    concern: str
    safe_contact_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """Something in a household's history; `type` is contact, referral, early_help, missing, order and so on."""

    date: date
    type: str
    source_code: str | None
    children: tuple[str, ...]
    outcome: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People at one address, with their history; `authority` is the council whose record it is."""

    id: str
    authority: int
    address: str
    postcode: str
    children: tuple[KnownChild, ...]
    adults: tuple[KnownAdult, ...]
    history: tuple[PastEvent, ...]
    restricted: bool
    restriction_reason: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverLink:
    """Two identities that must never be joined, with the reason."""

    a: str
    b: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """Everybody known before the first arrival."""

    households: tuple[Household, ...]
    never_link: tuple[NeverLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A family that asks for help for itself, and what becomes of it.

    :param name: of whoever asks
    :param days: how long ago it asked
    :param children: first name and age of each
    :param goes: how far: kept (asked six months after), ended, partly, open, status, below, new, told, said
    :param marked: headings of what is to change; `local:1` is the first of the council's own
    :param told: services that it was told of: name, what came of it ("" where nobody knows), why it did not go
    :param number: varies what its team does
    """

    name: str
    relation: str
    days: int
    council: int
    postcode: str
    children: tuple[tuple[str, int], ...]
    hard: str
    wish: str
    route: str
    goes: str
    marked: tuple[str, ...] = ()
    told: tuple[tuple[str, str, str], ...] = ()
    agreement: str = "given"
    others: str = "yes"
    limits: str = ""
    number: int = 0
