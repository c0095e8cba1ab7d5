"""From a draft's answers to the one report that every door hands in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.intake import AgreementGiven, CallBackGiven, PersonGiven, ReferrerGiven, Report

Answers = Mapping[str, Any]

PURPOSES = (
    "early_help_request", "cin_request", "young_carer", "disabled_child", "unborn", "cp_concern", "child_on_child",
    "exploitation_concern", "prevent", "homeless_16_17", "private_fostering", "uasc", "age_dispute", "moving_in",
    "other_la_placed", "lado", "additional_information",
)  # fmt: skip
"""What a request that is planned at work may be about, of domain 1.2; each has its own way on and its own times."""


def report(answers: Answers, *, responsible: str) -> Report:
    """What a draft says, as a report.

    :param responsible: the code of the council that the postcode leads to, or "" where it is not certain
    """
    you, where = answers.get("you") or {}, answers.get("where") or {}
    local = you.get("local") or (answers.get("organisation") or {}).get("local", "")
    return Report(
        story="\n\n".join([told(answers), *_more(answers)]).strip(),
        sub_type=purpose(answers),
        source_code=codes.census_source(you.get("kind", "public"), local),
        source_local=local,
        danger="yes" if answers.get("urgent") else (answers.get("danger") or {}).get("danger", "unknown"),
        where_now=where.get("place", ""),
        with_whom=where.get("with_whom", ""),
        until_when=where.get("until_when", ""),
        postcode=""
        if any(each.get("sealed") for each in answers.get("children") or [])
        else answers.get("postcode", ""),
        responsible_authority=responsible,
        people=(*_people(answers, "children"), *_people(answers, "adults")),
        referrer=_referrer(answers),
        agreement=_agreement(answers),
        call_back=_call_back(answers.get("answer") or {}),
        trial=str(answers.get("trial", "")),
    )


def told(answers: Answers) -> str:
    """What somebody tells in words of their own: a worry, or what is hard in their family."""
    return str((answers.get("worry") or answers.get("hoping") or {}).get("story", ""))


def purpose(answers: Answers) -> str:
    """The kind of contact: what a planned request says that it is; a worry about a child where anything speaks of harm.

    A kind that does not speak of harm itself is kept only where the sender says that no child is in danger. A family
    that asks for itself asks for early help.
    """
    if answers.get("own_family"):
        return "early_help_request" if (answers.get("danger") or {}).get("danger") == "no" else "cp_concern"
    said = (answers.get("wanted") or {}).get("purpose", "") if answers.get("planned") else ""
    if said not in PURPOSES:
        return "cp_concern"
    safe = (answers.get("danger") or {}).get("danger") == "no"
    return said if safe or codes.CONTACT_KINDS[said].safeguarding else "cp_concern"


OTHERS = {
    "yes": "Yes, the children's school, their doctor and services that may help",
    "first": "Only after asking the family each time",
    "no": "No",
}
"""What a family says to others being asked, in whole words, as those read it who work with the family."""
MAY_ASK = {**OTHERS, "first": "Only after you have asked me each time"}
"""The same as the family reads it."""

_MORE = (
    ("helping", "story", "What helps, and what has been tried"),
    ("tried", "story", "What helps, and what has been tried"),
    ("wanted", "story", "What the sender wants to happen"),
    ("agreement", "child_knows", "What the child knows of this, and says to it"),
    ("hoping", "wish", "What the family says would help"),
    ("own", "others", "May others be asked, says the family"),
    ("own", "limits", "Who must not be told, says the family"),
)


def _more(answers: Answers) -> list[str]:
    """What was asked for beside the worry, each under what it is."""
    asked = ((words, (answers.get(step) or {}).get(name, "")) for step, name, words in _MORE)
    return [f"{words}: {OTHERS.get(text, text)}" for words, text in asked if text]


def _people(answers: Answers, which: str) -> Sequence[PersonGiven]:
    words = (answers.get("words") or {}).get("said", "")
    people = []
    for place, given in enumerate(answers.get(which) or []):
        kept = {name: value for name, value in given.items() if name in PersonGiven.__dataclass_fields__}
        for name in ("date_of_birth", "expected_on"):
            if kept.get(name):
                kept[name] = date.fromisoformat(kept[name])
        kept.setdefault("kind", "adult" if which == "adults" else "child")
        if which == "children" and place == 0 and words:
            kept["said_words"] = words
        people.append(PersonGiven(**kept))
    return people


def _referrer(answers: Answers) -> ReferrerGiven:
    you, answer = (answers.get(name) or {} for name in ("you", "answer"))
    details = answers.get("organisation") or answers.get("details") or {}
    kind = you.get("kind", "public")
    identity = details.get("identity") or ("given" if details.get("name") else "not_given")
    route = answer.get("route") or "none_possible"
    return ReferrerGiven(
        kind="anonymous" if identity == "not_given" and kind == "public" else kind,
        identity=identity,
        name=details.get("name", ""),
        role=you.get("role") or details.get("role", ""),
        agency=you.get("agency") or details.get("agency", ""),
        phone=answer.get("phone") or details.get("phone", ""),
        email=answer.get("email") or details.get("email", ""),
        address=answer.get("address", ""),
        relationship=details.get("relationship", ""),
        route=route,
        route_note=answer.get("note", ""),
        family_knows=(answers.get("family") or {}).get("knows", ""),
    )


_ASKED = {"first": "Others are asked only after asking the family each time", "no": "Nobody else is to be asked"}


def limits(own: Answers) -> str:
    """Whom a family does not want told, and how far others may be asked, for whoever works with it later."""
    must_not = own.get("limits", "").strip()
    said = (f"Must not be told: {must_not}" if must_not else "", _ASKED.get(own.get("others", ""), ""))
    return ". ".join(each for each in said if each)


def _agreement(answers: Answers) -> AgreementGiven:
    own = answers.get("own") or {}
    if own.get("agreement") == "talk_first":
        why = "The family asks to be spoken to first"
        return AgreementGiven(status="not_sought", reason_not_sought=why, limits=limits(own))
    if own:
        name = (answers.get("details") or {}).get("name", "")
        return AgreementGiven(status=own.get("agreement") or "not_sought", given_by=name, limits=limits(own))
    family = answers.get("agreement") or answers.get("family") or {}
    return AgreementGiven(
        status=family.get("agreement") or "not_sought",
        given_by=family.get("given_by", ""),
        reason_not_sought=family.get("why_not", ""),
    )


def _call_back(answer: Answers) -> CallBackGiven | None:
    if answer.get("call_back") and answer.get("phone"):
        return CallBackGiven(phone=answer["phone"], when=answer.get("when", ""))
    return None
