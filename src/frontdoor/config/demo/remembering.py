"""What was known before the first arrival: each household's history, taken in as the contact that it once was.

Households that are restricted wait for restricted records: until those are built, nobody may see them. What happened to
a family and was no arrival at a front door (an order, a case closed) has no contact either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from frontdoor.codes import rules as codes
from frontdoor.config.demo.recognising import numbers_of
from frontdoor.config.demo.thinking import Thoughts
from frontdoor.config.scenarios import Household, Households, KnownAdult, KnownChild, PastEvent, PractitionerOutcome
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report

LONDON = ZoneInfo("Europe/London")
AT = time(10, 15)
"""The hour of the day at which what is remembered arrived: the files know the day alone."""

SUB_TYPES = {
    "contact": "cp_concern", "referral": "cp_concern", "early_help": "early_help_request",
    "missing": "missing_notification", "exploitation": "exploitation_concern", "placement_notice": "other_la_placed",
}  # fmt: skip
"""Kinds of history that arrived at a front door, each with the sub-type of the contact that it was."""

POLICE, ANONYMOUS, RELATIVE, COUNCIL = "6", "9", "1A", "5C"


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was told long ago.

    :param idem: once a household and place in its history
    :param numbers: in the files of those whom it names, in its order
    """

    idem: str
    at: datetime
    authority: int
    postcode: str
    channel: str
    report: Report
    thoughts: Thoughts
    numbers: tuple[str, ...] = ()


def remembered(known: Households) -> list[Past]:
    """Every contact of the histories, in the order of their days."""
    found = [past for household in known.households if not household.restricted for past in _of(household)]
    return sorted(found, key=lambda past: (past.at, past.idem))


def _of(household: Household) -> Iterator[Past]:
    for number, event in enumerate(household.history):
        if event.type not in SUB_TYPES:
            continue
        children = [child for child in household.children if child.person_id in event.children]
        yield Past(
            idem=f"{household.id}:{number}",
            at=datetime.combine(event.date, AT, LONDON).astimezone(UTC),
            authority=household.authority,
            postcode=household.postcode,
            channel=_channel(event),
            report=_report(household, event, children),
            thoughts=_thoughts(event, household.authority),
            numbers=numbers_of(household, event.children),
        )


def _channel(event: PastEvent) -> str:
    return {POLICE: "police_notification", COUNCIL: "other_authority", ANONYMOUS: "letter"}.get(
        event.source_code or "", "phone"
    )


def _report(household: Household, event: PastEvent, children: list[KnownChild]) -> Report:
    kind = {ANONYMOUS: "anonymous", RELATIVE: "family"}.get(event.source_code or "", "professional")
    agreed = codes.OUTCOMES[event.outcome].agreement == "needed"
    return Report(
        story=event.summary, sub_type=SUB_TYPES[event.type], source_code=event.source_code or POLICE,
        postcode=household.postcode,
        people=(*(_child(child, household) for child in children), *(_adult(adult) for adult in household.adults)),
        referrer=ReferrerGiven(kind=kind),
        agreement=AgreementGiven("given", "a parent") if agreed else AgreementGiven(),
    )  # fmt: skip


def _child(child: KnownChild, household: Household) -> PersonGiven:
    return PersonGiven(
        kind="unborn" if child.expected_date_of_birth else "child", given_name=child.given_name or "",
        family_name=child.family_name, known_as=child.known_as or "", date_of_birth=child.date_of_birth,
        expected_on=child.expected_date_of_birth, sex=child.sex, ethnicity=child.ethnicity_code,
        address=household.address, postcode=household.postcode, school=child.school_or_nursery or "",
        nhs_number=child.nhs_number or "", upn=child.upn or "",
    )  # fmt: skip


def _adult(adult: KnownAdult) -> PersonGiven:
    given, _, family = adult.name.rpartition(" ")
    return PersonGiven(
        kind="adult", given_name=given, family_name=family, date_of_birth=adult.date_of_birth,
        relationship=adult.relationship, concern=adult.concern,
        parental_responsibility=adult.parental_responsibility, lives_with=adult.lives_with_children,
        safe_contact=adult.safe_contact_note or "",
    )  # fmt: skip


def _thoughts(event: PastEvent, authority: int) -> Thoughts:
    outcome = PractitionerOutcome(primary=event.outcome, secondary=(), specialist_route=None)
    row = codes.OUTCOMES[event.outcome]
    return Thoughts(
        known=event.summary, means="As it was understood at the time.", rating="amber" if row.safeguarding else "green",
        level="3" if row.safeguarding else "2", outcomes=(outcome,), council=authority,
    )  # fmt: skip
