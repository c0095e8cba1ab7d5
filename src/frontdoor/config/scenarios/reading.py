"""Reading the two files: every value typed, every code in its list, every reference found."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, TypeVar

from frontdoor.codes import rules as codes
from frontdoor.config.scenarios.shapes import (
    Adult,
    Agreement,
    Arrival,
    Child,
    Expected,
    Household,
    Households,
    Identity,
    KnownAdult,
    KnownChild,
    Link,
    NeverLink,
    PastEvent,
    PractitionerOutcome,
    Referrer,
    Wish,
)

Row = dict[str, Any]
T = TypeVar("T")


class BrokenScenario(ValueError):
    """A line of the files breaks its layout; the text names it."""


@cache
def arrivals() -> tuple[Arrival, ...]:
    """All arrivals with their true times, in the order of the instants.

    :raises BrokenScenario: a field is missing or too many, a value or code does not fit, or the order is wrong
    """
    found = tuple(_named(str(number), _arrival, line) for number, line in enumerate(_lines("arrivals.jsonl"), start=1))
    for earlier, later in pairwise(found):
        if later.arrives_at < earlier.arrives_at or later.id <= earlier.id:
            raise BrokenScenario(f"{later.id} stands after {earlier.id} and did not arrive after it")
    return found


@cache
def households() -> Households:
    """Who is known before the first arrival.

    :raises BrokenScenario: as for `arrivals`
    """
    whole = json.loads(_text("households.json"))
    return Households(
        households=tuple(_named(row["household_id"], _household, row) for row in whole["households"]),
        never_link=tuple(NeverLink(**row) for row in whole["pairs_never_to_link"]),
    )


@cache
def wishes() -> tuple[Wish, ...]:
    """Families that ask for help for themselves.

    :raises BrokenScenario: as for `arrivals`
    """
    return tuple(_named(row["name"], _wish, row) for row in json.loads(_text("wishes.json")))


def _text(name: str) -> str:
    return (files("frontdoor.config.scenarios") / name).read_text(encoding="utf-8")


def _lines(name: str) -> list[Row]:
    return [json.loads(line) for line in _text(name).splitlines()]


def _named(name: str, make: Callable[[Row], T], row: Row) -> T:
    try:
        return make(dict(row))
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenScenario(f"{row.get('id', name)}: {error}") from error


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} does not say its offset")
    return at


def _required(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("an instant is missing")
    return at


def _arrival(row: Row) -> Arrival:
    children = tuple(_child(child) for child in row.pop("children"))
    return Arrival(
        id=row.pop("id"),
        arrives_at=_required(_instant(row.pop("arrives_at"))),
        event_at=_instant(row.pop("event_at", None)),
        entered_at=_instant(row.pop("entered_at", None)),
        channel=codes.CHANNELS[row.pop("channel")].code,
        category=_one_of(dict(codes.CATEGORIES), row.pop("category")),
        referrer=_referrer(row.pop("referrer")),
        children=children,
        adults=tuple(_adult(adult) for adult in row.pop("adults")),
        agreement=_agreement(row.pop("agreement")),
        expected=_expected(row.pop("expected"), [child.ref for child in children]),
        **row,
    )


def _one_of(allowed: Mapping[str, Any], code: str) -> str:
    if code not in allowed:
        raise ValueError(f"“{code}” is not one of {', '.join(allowed)}")
    return code


def _referrer(row: Row) -> Referrer:
    referrer = Referrer(**row)
    codes.REFERRER_KINDS[referrer.kind], codes.SOURCES[referrer.source_code]
    codes.FEEDBACK_ROUTES[referrer.feedback_route]
    return referrer


def _child(row: Row) -> Child:
    child = Child(**_born(row))
    if (
        sum(value is not None for value in (child.date_of_birth, child.expected_date_of_birth, child.approximate_age))
        > 1
    ):
        raise ValueError(f"{child.ref} has more than one of date of birth, expected date and age")
    codes.SEXES[child.sex], codes.ETHNICITIES[child.ethnicity_code]
    _numbers(child.nhs_number, child.upn)
    return child


def _wish(row: Row) -> Wish:
    told = tuple((name, came, why[0] if why else "") for name, came, *why in row.pop("told", ()))
    children = tuple((name, age) for name, age in row.pop("children"))
    codes.FEEDBACK_ROUTES[row["route"]], codes.AUTHORITIES[str(row["council"])]
    return Wish(**{**row, "children": children, "told": told, "marked": tuple(row.pop("marked", ()))})


def _born(row: Row) -> Row:
    births = ("date_of_birth", "expected_date_of_birth")
    return {name: _date(value) if name in births else value for name, value in row.items()}


def _numbers(nhs: str | None, upn: str | None) -> None:
    if nhs is not None and (codes.nhs_number(nhs) != nhs or not nhs.startswith("999")):
        raise ValueError(f"{nhs} is not from the range kept for tests")
    if upn is not None:
        codes.pupil_number(upn)


def _adult(row: Row) -> Adult:
    adult = Adult(**{**row, "date_of_birth": _date(row["date_of_birth"])})
    codes.ADULT_CONCERNS[adult.concern]
    return adult


def _agreement(row: Row) -> Agreement:
    agreement = Agreement(**{**row, "given_by": tuple(row["given_by"])})
    codes.AGREEMENTS[agreement.status]
    return agreement


def _expected(row: Row, refs: list[str]) -> Expected:
    per_child = {ref: int(number) for ref, number in row.pop("responsible_authority_per_child", {}).items()}
    expected = Expected(
        responsible_authority=codes.AUTHORITIES[row.pop("responsible_authority")].number,
        responsible_authority_per_child=per_child,
        decision_due_at=_required(_instant(row.pop("decision_due_at"))),
        sub_type=codes.CONTACT_KINDS[row.pop("sub_type")].code,
        functions=tuple(row.pop("functions")),
        edge_cases=tuple(row.pop("edge_cases")),
        identities={ref: Identity(**identity) for ref, identity in row.pop("identities").items()},
        links=tuple(Link(**link) for link in row.pop("links")),
        outcomes={ref: _outcome(outcome) for ref, outcome in row.pop("practitioner_outcome").items()},
        concern_codes=tuple(factor.code for factor in codes.factors(row.pop("concern_codes"))),
        system_should=tuple(row.pop("system_should", ())),
        **row,
    )
    if set(expected.outcomes) != set(refs or ["arrival"]) or set(expected.identities) != set(refs):
        raise ValueError("outcomes and identities are not those of its children")
    if expected.suggested_rating is not None:
        codes.RATINGS[expected.suggested_rating]
    if expected.threshold_level is not None:
        codes.LEVELS[expected.threshold_level]
    return expected


def _outcome(row: Row) -> PractitionerOutcome:
    outcome = PractitionerOutcome(**{**row, "secondary": tuple(row["secondary"])})
    for code in (outcome.primary, *outcome.secondary):
        codes.OUTCOMES[code]
    if outcome.specialist_route is not None:
        codes.ROUTES[outcome.specialist_route]
    return outcome


def _household(row: Row) -> Household:
    people: dict[str, list[Row]] = {"child": [], "adult": []}
    for person in row.pop("people"):
        people[person["kind"]].append({name: value for name, value in person.items() if name != "kind"})
    return Household(
        id=row.pop("household_id"),
        authority=codes.AUTHORITIES[row.pop("authority")].number,
        children=tuple(_known_child(child) for child in people["child"]),
        adults=tuple(
            KnownAdult(**{**adult, "date_of_birth": _date(adult["date_of_birth"])}) for adult in people["adult"]
        ),
        history=tuple(_past(event) for event in row.pop("history")),
        **row,
    )


def _known_child(row: Row) -> KnownChild:
    child = KnownChild(**_born(row))
    _numbers(child.nhs_number, child.upn)
    return child


def _past(row: Row) -> PastEvent:
    if row["source_code"] is not None:
        codes.SOURCES[row["source_code"]]
    return PastEvent(**{**row, "date": date.fromisoformat(row["date"]), "children": tuple(row["children"])})
