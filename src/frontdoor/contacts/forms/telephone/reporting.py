"""What was typed in a call, as the one report that every door hands in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.telephone.call import CallForm, Form
from frontdoor.contacts.rules.intake import (
    AgreementGiven,
    CallBackGiven,
    PersonGiven,
    ReferrerGiven,
    Report,
)
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.contacts.rules.telephone import Mark, Told, Way, moved, readable, tied
from frontdoor.councils.rules import Confidence, Routed

Routes = Mapping[str, Routed]


def postcodes(form: Form) -> set[str]:
    """Every postcode that was typed."""
    found = {str(each["postcode"].value() or "").strip() for each in form.all}
    return found - {""}


def read(form: Form, *, marks: Sequence[Mark], story: str, way: Way, routes: Routes, here: int) -> Told:
    """The report of a form that was asked whether it is valid; what could not be read is left out.

    :param story: the story as the draft keeps it, on which the marks stand
    :param routes: where each typed postcode leads
    :param here: the council of the call
    """
    said = form.call.cleaned_data
    shared = (said.get("address", ""), said.get("postcode", ""), said.get("sealed", ""))
    given = [(row, each.given(shared)) for row, each in enumerate(form.people)]
    people = [(row, person) for row, person in given if person is not None]
    told = said["story"] if "story" in said else readable(story)
    persons = tuple(person for _, person in people)
    report = Report(
        story=told,
        category=way.category,
        sub_type=_sub_type(way, said, told),
        source_code=_source(said),
        source_local=said.get("local", ""),
        danger=said.get("danger") or "unknown",
        where_now=said.get("where_now", ""),
        with_whom=said.get("with_whom", ""),
        until_when=said.get("until_when", ""),
        postcode=shared[1],
        responsible_authority=_responsible(routes.get(shared[1].strip())),
        happened_at=said.get("happened"),
        people=persons,
        referrer=_referrer(said),
        agreement=_agreement(said),
        marks=tied(moved(marks, story, told), persons),
        call_back=_call_back(said),
        advice=said.get("advice", ""),
    )
    councils = councils_of(form, [row for row, _ in people], persons, routes=routes, here=here)
    return Told(report, councils, tuple(row for row, _ in people))


def councils_of(
    form: Form, rows: Iterable[int], people: Iterable[PersonGiven], *, routes: Routes, here: int
) -> tuple[int, ...]:
    """For each person the council whose child it is: as chosen, else by the child's own postcode, else this one."""
    found = []
    for row, person in zip(rows, people, strict=True):
        said = form.people[row].cleaned_data
        routed = routes.get(str(said.get("postcode", "")).strip())
        away = routed.council if routed is not None and routed.confidence is Confidence.INSIDE else None
        chosen = int(said["council"]) if said.get("council") else away
        found.append(here if person.kind not in CHILD_KINDS or chosen is None else chosen)
    return tuple(found)


def _sub_type(way: Way, said: Mapping[str, Any], story: str) -> str:
    if way.code == "information":
        return str(said.get("information_type", ""))
    if way.code == "wrong_number" or (way.code == "abandoned" and not story):
        return ""
    return str(said.get("worry_type") or "cp_concern")


def _responsible(routed: Routed | None) -> str:
    """The one council in which a postcode lies, ours or not; empty where it could be several."""
    if routed is None or len(routed.candidates) != 1:
        return ""
    return str(routed.candidates[0].authority)


def _source(said: Mapping[str, Any]) -> str:
    if said.get("identity") == "not_given" and said.get("kind", "") in ("", "public") and not said.get("local"):
        return codes.census_source("anonymous")
    if not said.get("kind") and not said.get("local"):
        return "10"
    return codes.census_source(CallForm.speaks_as(said), said.get("local", ""))


def _referrer(said: Mapping[str, Any]) -> ReferrerGiven:
    identity = said.get("identity") or ("given" if said.get("name") else "not_given")
    kind = CallForm.speaks_as(said)
    return ReferrerGiven(
        kind="anonymous" if said.get("identity") == "not_given" and kind == "public" else kind,
        identity=identity,
        name=said.get("name", ""),
        role=said.get("role", ""),
        agency=said.get("agency", ""),
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        address=said.get("letter_address", ""),
        relationship=said.get("relationship", ""),
        route=said.get("route") or "none_possible",
        route_note=said.get("route_note", ""),
        family_knows=said.get("family_knows", ""),
    )


def _agreement(said: Mapping[str, Any]) -> AgreementGiven:
    reason = codes.REASONS_NOT_SOUGHT.get(said.get("why_not", ""))
    return AgreementGiven(
        status=said.get("agreement") or "not_sought",
        given_by=said.get("given_by", ""),
        reason_not_sought=reason.label if reason else "",
    )


def _call_back(said: Mapping[str, Any]) -> CallBackGiven | None:
    if not said.get("social_worker") or not said.get("phone"):
        return None
    return CallBackGiven(phone=said["phone"], name=said.get("name", ""), when=said.get("call_when", ""))
