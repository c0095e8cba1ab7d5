"""What a child writes on the page of their own, as a report: their own words, and how to reach them safely."""

from collections.abc import Mapping
from typing import Any

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.intake import CallBackGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.portal.rules.returning import PUBLIC_PAGES

CHILD_LINES = declare(
    Setting(
        "portal.child_lines",
        "Helplines that a child is shown",
        PUBLIC_PAGES,
        Kind.TEXT,
        "",
        "Local practice; a national helpline and any of the council's own",
        hint="Name and number, with semicolons between them, for example: A helpline for children: 01632 960111",
    )
)

SAFE = (("yes", "Yes"), ("no", "No"), ("unknown", "I am not sure"))
"""Answers to "Do you feel safe now?"."""

ROUTES = (
    ("text", "Send me a text"),
    ("phone", "Ring me"),
    ("via_named_person", "Speak to somebody I trust"),
    ("none_possible", "Do not contact me"),
)
"""How a child may be spoken to; each is a way to answer of the code list."""

_DANGER = {"yes": "no", "no": "yes"}


def lines(text: str) -> tuple[tuple[str, str], ...]:
    """The helplines of the setting: name and number; what has no number is left out."""
    pairs = (each.rpartition(":") for each in text.split(";"))
    return tuple((name.strip(), number.strip()) for name, _, number in pairs if name.strip() and number.strip())


def said_nothing(answers: Mapping[str, Any]) -> bool:
    """Whether there is nothing at all to read: then the child is asked once more, in kind words."""
    return not any(answers.get(name) for name in ("story", "safe", "route", "place", "phone", "trusted", "name"))


def report(answers: Mapping[str, Any]) -> Report:
    """What a child wrote, as a report of their own (source 1C); nothing in it was needed."""
    story, name = answers.get("story", ""), answers.get("name", "")
    child = PersonGiven(
        kind="child", given_name=name, approximate_age=answers.get("age"), safe_contact=way(answers)[:500],
        said_words=story, description="" if name else "The child who wrote this",
    )  # fmt: skip
    return Report(
        story=story or f"Nothing was written. {told_safe(answers)}",
        source_code=codes.census_source("child"),
        danger=_DANGER.get(answers.get("safe", ""), "unknown"),
        where_now=answers.get("place", ""),
        people=(child,),
        referrer=ReferrerGiven(
            kind="child", identity="given" if name else "not_given", name=name, phone=answers.get("phone", ""),
            route=answers.get("route") or "none_possible", route_note=way(answers)[:300], relationship="Themselves",
        ),
        call_back=_call_back(answers),
    )  # fmt: skip


def told_safe(answers: Mapping[str, Any]) -> str:
    """The answer to the one question that changes the order of the queue, in words."""
    said = dict(SAFE).get(answers.get("safe", ""), "not answered")
    return f"“Do you feel safe now?”: {said}."


def way(answers: Mapping[str, Any]) -> str:
    """How to reach this child safely. Always a note, so that a person reads it before anything goes to a child."""
    parts = (
        ("They chose", dict(ROUTES).get(answers.get("route", ""), "nothing: ask before you contact them")),
        ("Safe times", answers.get("times", "")),
        ("Safe word", answers.get("word", "")),
        ("Somebody they trust", answers.get("trusted", "")),
    )
    return ". ".join(f"{words}: {said}" for words, said in parts if said)


def _call_back(answers: Mapping[str, Any]) -> CallBackGiven | None:
    """A child who asks to be rung is on the list of calls, with what must be known before the number is dialled."""
    if answers.get("route") != "phone" or not answers.get("phone"):
        return None
    return CallBackGiven(phone=answers["phone"], name=answers.get("name", ""), when=way(answers)[:200])
