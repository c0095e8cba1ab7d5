"""What the pages of a sender with an account show: what was sent and where it stands, a day's numbers, colleagues."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from frontdoor.access.queries import SenderHeld
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Batch
from frontdoor.contacts.queries.notices.batches import counted
from frontdoor.contacts.queries.senders import Receipted, Sent
from frontdoor.contacts.rules import senders as rules
from frontdoor.contacts.rules.states import person_label
from frontdoor.shell.pages import Column, Event, Item, Row, link, number, reference, tag, text, when
from frontdoor.shell.rules import words

COLUMNS = ["Number", "Sent", "By whom", "Council", "Where it stands", "Who has it, and what was decided"]
_TONES = {"Received": "waiting", **dict(zip([label for _, label in rules.STEPS], ["soon", "ok", "done"], strict=True))}


def rows(found: Iterable[Sent], councils: Mapping[int, str]) -> list[Row]:
    """What the agency sent: nothing of any family."""
    return [
        Row(
            (
                reference(each.number or "Sent", reverse("sender:sent", args=[each.id])),
                when(each.received_at),
                text(each.by_whom, below="Adds to what was sent earlier" if each.earlier else ""),
                text(councils.get(each.authority, "")),
                tag(each.standing, _TONES[each.standing]),
                text(_said(each)),
            )
        )
        for each in found
    ]


def additions(found: Iterable[Sent]) -> list[Event]:
    """What was added later, with its words, each leading to its own page."""
    return [
        Event(
            each.number, each.received_at, by=each.by_whom, text=f"{each.standing}. {each.body.get('story', '')}",
            href=reverse("sender:sent", args=[each.id]), link="Where it stands",
        )
        for each in found
    ]  # fmt: skip


def _said(each: Sent) -> str:
    """The teams that have it and what was decided, each once."""
    return "; ".join(dict.fromkeys(said for _, said, _ in each.steps if said))


def course(each: Sent) -> list[tuple[str, str]]:
    """One submission's course as key and value: receipt first, then each step with its time."""
    found = [
        ("Receipt number", each.number),
        ("Received", words.moment(each.received_at)),
        ("Sent by", each.by_whom),
    ]
    for step, said, at in each.steps:
        found.append((dict(rules.STEPS)[step], f"{said}\n{words.moment(at)}".strip()))
    return found


_DANGER = {"yes": "Yes", "no": "No", "unknown": "We could not tell"}


def what_was_sent(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The agency's own words, as they were kept."""
    local = codes.LOCAL_SOURCES.get(str(body.get("source_local", "")))
    agreement = codes.AGREEMENTS.get(str((body.get("agreement") or {}).get("status", "")))
    found = [
        ("What you wrote", str(body.get("story", ""))),
        ("Danger now", _DANGER.get(str(body.get("danger", "")), "")),
        ("Children and adults", "\n".join(_named(person) for person in body.get("people", []))),
        ("What a child said", "\n".join(str(each.get("said_words", "")) for each in body.get("people", [])).strip()),
        ("Where the child was", str(body.get("where_now", ""))),
        ("Postcode", str(body.get("postcode", ""))),
        ("Your service", local.label if local else ""),
        ("Agreement of the family", agreement.label if agreement else ""),
    ]  # fmt: skip
    return [(key, value) for key, value in found if value]


def _named(person: Mapping[str, Any]) -> str:
    given = {name: str(person.get(name, "")) for name in ("given_name", "family_name", "known_as", "description")}
    label = person_label(
        str(person.get("kind", "child")), given["given_name"], given["family_name"], given["known_as"],
        given["description"],
    )  # fmt: skip
    return f"{label}, {person['relationship']}" if person.get("relationship") else label


TALLY = ["Council", "Channel", "How many", "First", "Last", "Digest"]
RECEIPTS = ["Number", "Your key", "Received", "By whom"]


def tally_rows(found: Iterable[tuple[str, rules.Tallied]]) -> list[Row]:
    """A day's numbers by council and channel, with the digest that a sender can work out too."""
    return [
        Row(
            (
                text(council),
                text(codes.CHANNELS[each.channel].label),
                text(str(each.count)),
                text(each.first),
                text(each.last),
                text(each.digest),
            )
        )
        for council, each in found
    ]


def receipt_rows(found: Iterable[Receipted]) -> list[Row]:
    """Each number of a day."""
    return [Row((text(each.number), text(each.idem), when(each.received_at), text(each.by_whom))) for each in found]


PEOPLE = ["Who", "State", "Lead person", "Since", "Last sign-in", "End"]
_STATES = {"in force": ("Sends", "ok"), "to come": ("To come", "waiting"), "ended": ("Ended", "done")}


def people_rows(found: Iterable[SenderHeld], *, me: int | None) -> list[Row]:
    """The people who send for the agency."""
    return [
        Row(
            (
                text(each.name, below=each.email),
                tag(*_STATES[each.state]),
                text("Yes" if each.lead else "No"),
                text(words.day(each.starts_on)),
                when(each.last_sign_in),
                link("End", reverse("sender:leaver", args=[each.key]), hidden=f": {each.name}")
                if each.state != "ended" and each.user_id != me
                else text(None),
            )
        )
        for each in found
    ]


NOTICE_FILES = [
    "File", "Council", "Sent", "By whom",
    *(Column(words, numeric=True) for words in ("Taken in", "Received before", "Refused")),
]  # fmt: skip


def notice_file_rows(found: Iterable[Batch], councils: Mapping[int, str], *, me: int | None) -> list[Row]:
    """The files of notices that the agency sent; who of it is told no further than needed to ask the right person."""
    return [
        Row(
            (
                link(each.name or "By your system", reverse("sender:notice-file", args=[each.key])),
                text(councils.get(each.authority_id, "")),
                when(each.given_at),
                text("Your system" if each.given_by is None else "You" if each.given_by == me else "A colleague"),
                *map(number, counted(each.answers)),
            ),
            tone="late" if counted(each.answers)[2] else "",
        )
        for each in found
    ]


_PAGES = (
    ("What we sent", "sender:home", ""),
    ("Send a report", "sender:new", ""),
    ("Police notices", "sender:notices", "notices"),
    ("Compare a day", "sender:day", ""),
    ("Test messages", "sender:test", ""),
    ("People", "sender:people", "lead"),
)


def navigation(here: str, *, lead: bool, notices: bool) -> tuple[Item, ...]:
    """The pages of a sender: files of notices for the police, those that keep colleagues for a lead person alone."""
    mine = {"", *(["lead"] if lead else []), *(["notices"] if notices else [])}
    return tuple(
        Item(said, reverse(name), current=reverse(name) == here) for said, name, whose in _PAGES if whose in mine
    )
