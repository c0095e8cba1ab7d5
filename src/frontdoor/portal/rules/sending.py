"""From what somebody of an agency typed to the one report that every door hands in."""

from collections.abc import Mapping, Sequence
from typing import Any

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.intake import AgreementGiven, CallBackGiven, PersonGiven, ReferrerGiven, Report

USUAL_SOURCE = {"school": "school", "police": "police", "health": "gp", "housing": "council_housing"}
"""Which service is chosen already for a kind of agency."""


def report(
    typed: Mapping[str, Any], children: Sequence[Mapping[str, Any]], *, name: str, email: str, agency: str, council: str
) -> Report:
    """What one page of an agency's person says, as a report.

    :param name: the person's, as their account has it; a professional is never anonymous (domain 1.10)
    :param council: code of the council that the postcode leads to, or "" where that is not certain
    """
    story, tried = str(typed.get("story", "")), str(typed.get("tried", ""))
    phone = str(typed.get("phone", ""))
    return Report(
        story=f"{story}\n\nWhat has been tried, and what helps: {tried}" if tried else story,
        source_code=codes.census_source("professional", str(typed.get("local", ""))),
        source_local=str(typed.get("local", "")),
        danger=str(typed.get("danger") or "unknown"),
        where_now=str(typed.get("where_now", "")),
        postcode="" if any(child.get("sealed") for child in children) else str(typed.get("postcode", "")),
        responsible_authority=council,
        people=tuple(_child(child) for child in children if any(child.values())),
        referrer=ReferrerGiven(
            kind="professional", identity="given", name=name, role=str(typed.get("role", "")), agency=agency,
            phone=phone, email=email, route="email", family_knows=str(typed.get("knows", "")),
        ),
        agreement=AgreementGiven(
            status=str(typed.get("agreement") or "not_sought"), reason_not_sought=str(typed.get("why_not", ""))
        ),
        call_back=CallBackGiven(phone=phone, name=name) if typed.get("call_back") and phone else None,
    )  # fmt: skip


def _child(typed: Mapping[str, Any]) -> PersonGiven:
    known = typed.get("given_name") or typed.get("family_name")
    return PersonGiven(
        kind="child" if known else "unknown",
        **{name: value for name, value in typed.items() if value and name in PersonGiven.__dataclass_fields__},
    )


def added(body: Mapping[str, Any], story: str, danger: str, *, name: str, email: str, agency: str) -> Report:
    """What is added to something sent earlier: about the same children, from the same service, by this person.

    :param body: what was sent, as it was kept
    """
    people = tuple(
        PersonGiven(kind=person["kind"], **{part: person.get(part, "") for part in _KEPT})
        for person in body.get("people", [])
        if person.get("kind") != "adult"
    )
    return Report(
        story=story, source_code=str(body.get("source_code", "10")), source_local=str(body.get("source_local", "")),
        danger=danger, postcode=str(body.get("postcode", "")), people=people,
        responsible_authority=str(body.get("responsible_authority", "")),
        referrer=ReferrerGiven(
            kind="professional", identity="given", name=name, agency=agency, email=email, route="email"
        ),
    )  # fmt: skip


_KEPT = ("given_name", "family_name", "known_as", "description", "school", "address", "postcode", "sealed")
