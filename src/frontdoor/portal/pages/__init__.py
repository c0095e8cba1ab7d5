"""Exactly what the public pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from frontdoor.contacts.rules.states import person_label
from frontdoor.councils.models import Council
from frontdoor.portal.rules import journey
from frontdoor.shell.pages import SpeakTo, Telephone


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer on the check page."""

    title: str
    lines: tuple[str, ...]
    href: str


def telephone_rows(councils: Iterable[Council]) -> list[tuple[str, str]]:
    """The same as rows of a summary: what the number reaches, and the number with its hours."""
    return [(each.name, f"{each.number}\n{each.hours}".strip()) for each in telephones(councils)]


def telephones(councils: Iterable[Council]) -> tuple[Telephone, ...]:
    """Whom to ring, by day and by night, for each council."""
    return tuple(
        Telephone(f"{council.name}: {name}", number, hours)
        for council in councils
        for name, number, hours in (
            ("speak to a social worker", council.social_worker_phone, council.social_worker_hours),
            ("at night and at weekends", council.phone_out_of_hours, ""),
        )
        if number
    )


def speak_to(councils: Sequence[Council]) -> SpeakTo:
    """How to speak to a qualified social worker and ask for a call: of one council, or of each before one is known."""
    if len(councils) == 1:
        return SpeakTo(telephones(councils), reverse("portal:call-back", kwargs={"council": councils[0].slug}))
    return SpeakTo(telephones(councils), reverse("portal:which-council"))


def people(given: Sequence[Mapping[str, Any]]) -> list[str]:
    """How the people of a list are named."""
    return [_label(person) for person in given]


def _label(person: Mapping[str, Any]) -> str:
    text = {name: str(person.get(name, "")) for name in ("given_name", "family_name", "known_as", "description")}
    kind = person.get("kind") or ("adult" if "relationship" in person else "child")
    label = person_label(kind, text["given_name"], text["family_name"], text["known_as"], text["description"])
    return f"{label}, {person['relationship']}" if person.get("relationship") else label


_DANGER = {"yes": "Yes", "no": "No", "unknown": "I cannot tell"}


def sections(answers: Mapping[str, Any], slug: str) -> list[Section]:
    """The check page: every page that this sender met, with what was written and a way back to it."""
    found = []
    for step in journey.steps(answers):
        if step.slug == "check":
            continue
        given = answers.get(step.slug)
        href = reverse("portal:step", kwargs={"council": slug, "step": step.slug}) + "?back=check"
        found.append(Section(step.title, tuple(_lines(step.slug, given)), href))
    return found


def _lines(slug: str, given: Any) -> list[str]:
    if not given:
        return ["Nothing written"]
    if slug in {"children", "adults"}:
        return people(given)
    if slug == "danger":
        return [_DANGER.get(given.get("danger", ""), "")]
    return [_words(value) for value in given.values() if value]


_WORDS = {
    "given": "Yes", "withheld": "My name may be known to you, but not told to the family", "not_given": "No name given",
    "professional": "Someone who works with children or families", "family": "A family member or carer",
    "public": "A neighbour, friend or member of the public", "child": "A child or young person",
    "email": "By e-mail", "phone": "By telephone", "text": "By text message", "letter": "By letter",
    "none_possible": "Please do not contact me", "yes": "Yes", "no": "No", "unknown": "I do not know",
    "refused": "They were asked and said no", "no_reply": "They were asked and have not answered",
    "not_sought": "They were not asked",
}  # fmt: skip


def _words(value: Any) -> str:
    if value is True:
        return "Yes"
    return _WORDS.get(str(value), str(value))
