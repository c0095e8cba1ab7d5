"""Lists of the service itself: what arrives, from whom, by which way, with what agreement, and what becomes of it.

The subjects follow the scrutiny report of July 2023 and usual practice; a council's own numbers are settings.
"""

from dataclasses import dataclass

from frontdoor.codes.rules.lists import Code, Plain, read
from frontdoor.codes.rules.national import SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSource(Code):
    """Who made a contact, finer than the census.

    :param source: the census code it is exported as
    :param kind: the kind of referrer it makes
    """

    source: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerKind(Plain):
    """In what part somebody speaks to us.

    :param may_withhold: may ask that their name is not passed on; professionals may not
    :param shown_to_others: how the source is named to those without the permission to see the referrer
    :param default_source: the census code where nothing finer is known; empty for professionals
    """

    may_withhold: bool
    shown_to_others: str
    default_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Plain):
    """By which way something came; receipts are numbered by council and channel.

    :param mark: the letter in a receipt number
    :param typed_by_us: one of our own people wrote it down
    """

    mark: str
    typed_by_us: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactKind(Plain):
    """A sub-type of what arrives.

    :param category: request_for_information or request_for_service
    :param safeguarding: harm or the risk of harm is in the word itself
    :param restricted: goes to a restricted inbox
    :param route: the specialist route it usually takes, or empty
    :param outcome: the usual way on for a child of it; empty for what the information desk answers
    """

    category: str
    safeguarding: bool
    restricted: bool
    route: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Plain):
    """What becomes of a contact for one child.

    :param safeguarding: a safeguarding outcome: it is decided on the whole record
    :param agreement: needed (never without), expected (without it a manager says why) or not_needed
    :param destination: where the work goes, or empty where nothing is handed over
    :param final: ends the contact's own work once accepted; a MASH enquiry does not
    :param may_close: may end the matter with nobody taking it on
    :param whole_record: risk seen, direction, and each action with owner and time are demanded
    :param act_first: may be started in one action before the record is complete
    :param needs: what else must be said: reason, manager, advice, service, question, rating, power, council, route
    :param never_with: red_flag or safeguarding: not allowed while that stands; or empty
    :param ssd_flag: the flag of the standard safeguarding dataset
    """

    safeguarding: bool
    agreement: str
    destination: str
    final: bool
    may_close: bool
    whole_record: bool
    act_first: bool
    needs: tuple[str, ...]
    never_with: str
    ssd_flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Plain):
    """A specialist route; `restricted` ones have an inbox of their own."""

    safeguarding: bool
    restricted: bool
    ssd_flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Plain):
    """Where a handover may go."""

    restricted: bool
    another_council: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStatus(Plain):
    """Whether the family knows and agrees; not the lawful basis, which is recorded apart.

    :param sought: somebody was asked
    :param allows_agreed_services: early help and other services by agreement may go ahead
    :param needs_reason: it must be said why nobody was asked
    """

    sought: bool
    allows_agreed_services: bool
    needs_reason: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRoute(Plain):
    """How a referrer wants to be answered; `automatic` says whether the system may answer without a person."""

    automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultConcern(Plain):
    """What is worrying about an adult; `blocks_address` holds letters back from where this adult lives."""

    blocks_address: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Code):
    """What one person is to a child; kept with dates and a source by those who record it.

    :param other_way: what the child is to that person
    :param family: a relative or a partner of one
    :param parent: usually holds parental responsibility; that itself is always recorded apart
    :param carer: may have the day-to-day care
    :param risk: says that this person may do harm
    :param words: other words that people use for it
    """

    other_way: str
    family: bool
    parent: bool
    carer: bool
    risk: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Plain):
    """A level of need; the council's own threshold document says what belongs to it."""

    statutory: bool
    safeguarding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Code):
    """How urgent a MASH enquiry is; the hours are each council's setting."""

    rank: int
    agencies_asked: bool


LOCAL_SOURCES = read("kinds of sender", "local_sources", LocalSource)
REFERRER_KINDS = read("kinds of referrer", "referrer_kinds", ReferrerKind)
CHANNELS = read("channels", "channels", Channel)
CONTACT_KINDS = read("kinds of contact", "contact_kinds", ContactKind)
OUTCOMES = read("outcomes", "outcomes", Outcome)
ROUTES = read("specialist routes", "specialist_routes", Route)
DESTINATIONS = read("destinations", "destinations", Destination)
AGREEMENTS = read("agreement statuses", "agreement_statuses", AgreementStatus)
REASONS_NOT_SOUGHT = read("reasons for not seeking agreement", "reasons_not_sought", Plain)
FEEDBACK_ROUTES = read("ways to answer", "feedback_routes", FeedbackRoute)
ADULT_CONCERNS = read("concerns about an adult", "adult_concerns", AdultConcern)
RELATIONSHIPS = read("relationships", "relationships", Relationship)
LEVELS = read("levels of need", "threshold_levels", Level)
RATINGS = read("ratings", "ratings", Rating)

CATEGORIES = (
    ("request_for_information", "Request for information"),
    ("request_for_service", "Request for service or safeguarding concern"),
)


def contact_kinds(category: str) -> list[ContactKind]:
    """The sub-types of one category, in the order of the list."""
    return [kind for kind in CONTACT_KINDS if kind.category == category]


def census_source(kind: str, local: str = "") -> str:
    """The census source code for a referrer of this kind: the finer source's if one is known, else the kind's own.

    A professional of whom nothing finer is known is 10, unknown, until somebody says more (census rule 8866).

    :raises NotInList: the kind or the finer source is unknown
    """
    if local:
        return LOCAL_SOURCES[local].source
    return REFERRER_KINDS[kind].default_source or "10"


def source_as_shown(kind: str, source: str) -> str:
    """How a source is named to those who may not see who the referrer is.

    Professionals by their sort, everybody else only by the part they speak in.
    """
    row = REFERRER_KINDS[kind]
    return row.shown_to_others or SOURCES[source].label


def relationship(words: str) -> Relationship:
    """The relationship that somebody's own words mean; `unknown` where they say none of ours.

    “father of Callum and Erin” is father; “grandmother, special guardian” is special guardian: words that say who
    holds the care come before words that say who is kin.
    """
    said = " ".join(words.lower().replace("’", "'").replace(",", " ").split())
    for word, row in _WORDS:
        if said == word:
            return row
    for word, row in _WORDS:
        if f" {word} " in f" {said} ":
            return row
    return RELATIONSHIPS["unknown"]


def _words() -> list[tuple[str, Relationship]]:
    """Every known word with its row, the longest words first."""
    pairs = [
        (word, row) for row in RELATIONSHIPS for word in (row.label.lower(), row.code.replace("_", " "), *row.words)
    ]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


_WORDS = _words()
