"""Exactly what the public pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.states import person_label
from frontdoor.councils import queries as councils
from frontdoor.councils.models import Council
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import journey, reading, reporting, returning
from frontdoor.shell.pages import Reading, SpeakTo, Telephone, Version


def reading_of(cookies: Mapping[str, str]) -> Reading:
    """How this visitor wants to read; every public page offers the switches."""
    wish = reading.wish(cookies.get(reading.COOKIE, ""))
    return Reading(wish.easy, wish.large, offered=True)


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer on the check page."""

    title: str
    lines: tuple[str, ...]
    href: str


def telephone_rows(served: Iterable[Council]) -> list[tuple[str, str]]:
    """The same as rows of a summary: what the number reaches, and the number with its hours."""
    return [(each.name, f"{each.number}\n{each.hours}".strip()) for each in telephones(served)]


def telephones(served: Iterable[Council]) -> tuple[Telephone, ...]:
    """Whom to ring, by day and by night, for each council."""
    return tuple(
        Telephone(f"{council.name}: {name}", number, hours)
        for council in served
        for name, number, hours in (
            ("speak to a social worker", council.social_worker_phone, council.social_worker_hours),
            ("at night and at weekends", council.phone_out_of_hours, ""),
        )
        if number
    )


def speak_to(served: Sequence[Council]) -> SpeakTo:
    """How to speak to a qualified social worker and ask for a call: of one council, or of each before one is known."""
    if len(served) == 1:
        return SpeakTo(telephones(served), reverse("portal:call-back", kwargs={"council": served[0].slug}))
    return SpeakTo(telephones(served), reverse("portal:which-council"))


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


def ends(draft: Draft, *, at: datetime) -> datetime | None:
    """When a saved report is forgotten, once that is near enough to be told on every page; None for all others."""
    return draft.until if "saved" in draft.data and draft.until - at <= returning.WARN else None


def written(draft: Draft) -> str:
    """What a report says in words: what is compared with others of the day."""
    return reporting.told(draft.data)


def step_of(draft: Draft) -> str:
    """The page on which a report was put aside, or the first one."""
    return str((draft.data.get("saved") or {}).get("step") or journey.first(draft.data))


def way_back(draft: Draft, *, on: datetime) -> str:
    """Where a code leads: to the page on which the report was put aside, or to its receipt."""
    known = draft.data.get("saved") or draft.data["sent"]
    place = {"council": councils.council(known["council"]).slug}
    if "sent" in draft.data:
        return reverse("portal:sent", kwargs=place)
    step = step_of(draft)
    return (
        reverse("portal:check", kwargs=place)
        if step == "check"
        else reverse("portal:step", kwargs=place | {"step": step})
    )


def versions(form: Form, now: Mapping[str, Any]) -> list[Version]:
    """What was typed beside what stands now, question by question; what is empty on both sides is left out."""
    rows = (
        Version(str(field.label), _words(now.get(field.name, "")), _words(form.cleaned_data.get(field.name) or ""))
        for field in form.visible_fields()
    )
    return [row for row in rows if row.now or row.typed]


def _lines(slug: str, given: Any) -> list[str]:
    if not given:
        return ["Nothing written"]
    if slug in {"children", "adults"}:
        return people(given)
    if slug == "danger":
        return [_DANGER.get(given.get("danger", ""), "")]
    if slug in _NAMED:
        # Side by side without their questions, who must not be told would read as who may be.
        said = {**given, "others": reporting.MAY_ASK.get(given.get("others", ""), "")}
        return [f"{words}: {_words(said[name])}" for name, words in _NAMED[slug] if said.get(name)]
    return [_words(value) for value in given.values() if value]


_NAMED = {
    "hoping": (("story", "What is hard"), ("wish", "What would help")),
    "own": (("agreement", "Look for help for us"), ("others", "Ask others"), ("limits", "Must not be told")),
}
"""Pages of several questions, of which each answer stands beside what was asked."""
_WORDS = {
    "given": "Yes", "withheld": "My name may be known to you, but not told to the family", "not_given": "No name given",
    "professional": "Someone who works with children or families", "family": "A family member or carer",
    "public": "A neighbour, friend or member of the public", "child": "A child or young person",
    "email": "By e-mail", "phone": "By telephone", "text": "By text message", "letter": "By letter",
    "none_possible": "Please do not contact me", "yes": "Yes", "no": "No", "unknown": "I do not know",
    "refused": "They were asked and said no", "no_reply": "They were asked and have not answered",
    "not_sought": "They were not asked", "talk_first": "Talk to me first",
    **{code: codes.CONTACT_KINDS[code].plain for code in reporting.PURPOSES},
}  # fmt: skip


def _words(value: Any) -> str:
    if value is True:
        return "Yes"
    return _WORDS.get(str(value), str(value))
