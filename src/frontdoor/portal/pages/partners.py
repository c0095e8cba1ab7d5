"""What the pages of somebody show who answers for an agency: what is asked, one request, colleagues."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import SenderHeld
from frontdoor.codes import rules as codes
from frontdoor.mash.models import Capacity
from frontdoor.mash.queries.partners import InList, Opened, Person, ReplyShown, ToAgree
from frontdoor.mash.queries.strategy.sent import Sent
from frontdoor.mash.rules.asking.replies import HOW, KINDS, MARKS
from frontdoor.mash.rules.states import STATES
from frontdoor.shell.pages import Item, Row, clock, link, reference, tag, text, when
from frontdoor.shell.rules import words

WAITING = ["Request", "Rating", "Time left", "Where it stands", "Asked", "Council"]
AGREE = ["Analysis", "Our word", "Written", "Council"]
DONE = ["Request", "Rating", "Where it stands", "Asked", "Council"]
_RATED = {"red": "danger", "amber": "late", "green": "ok"}


def rating(code: str) -> tuple[str, str]:
    """A rating as a tag."""
    return (codes.RATINGS[code].label if code in codes.RATINGS else code, _RATED.get(code, "plain"))


def standing(each: InList) -> tuple[str, str]:
    """Where a request stands, for the agency."""
    if each.left == each.people and not each.to_confirm:
        return ("Opened, not answered" if each.opened else "New", "soon" if each.opened else "waiting")
    if each.left:
        return (f"{each.people - each.left} of {each.people} answered", "soon")
    return ("To confirm", "waiting") if each.to_confirm else ("Answered", "done")


def rows(found: Iterable[InList], councils: Mapping[int, str], *, at: datetime) -> list[Row]:
    """What an agency is asked, nothing of any family; the time left only where something waits."""
    return [
        Row(
            (
                reference(each.reference, reverse("partner:asked", args=[each.key])),
                tag(*rating(each.rating)),
                *([clock(each.due_at, at, soon=timedelta(hours=1))] if each.waits else []),
                tag(*standing(each)),
                when(each.sent_at),
                text(councils.get(each.authority, "")),
            ),
            tone="late" if each.waits and each.due_at < at else "",
        )
        for each in found
    ]


def agree_rows(found: Iterable[ToAgree], councils: Mapping[int, str]) -> list[Row]:
    """Analyses that wait for the agency's word, the oldest first; nothing of any family."""
    return [
        Row(
            (
                reference(f"{each.reference}, version {each.number}", reverse("partner:together", args=[each.key])),
                tag(
                    "Written down by the council" if each.noted else "Not said yet", "soon" if each.noted else "waiting"
                ),
                when(each.written_at),
                text(councils.get(each.authority, "")),
            )
        )
        for each in sorted(found, key=lambda one: (one.written_at, str(one.key)))
    ]


def minutes_rows(found: Iterable[Sent], councils: Mapping[int, str]) -> list[Row]:
    """Minutes that were sent to an agency, the newest first; nothing of any family."""
    return [
        Row(
            (
                reference(f"{each.reference}, version {each.number}", reverse("partner:minutes", args=[each.key])),
                when(each.sent_at),
                text(councils.get(each.authority, "")),
            )
        )
        for each in sorted(found, key=lambda one: (one.sent_at, str(one.key)), reverse=True)
    ]


def about(found: Opened, council: str) -> list[tuple[str, str]]:
    """One request as key and value."""
    rows = [
        ("Council", council),
        ("Rating", rating(found.rating)[0]),
        ("Asked", words.moment(found.sent_at)),
        ("Answer by", words.moment(found.due_at)),
        ("Looking back to", words.day(found.since) if found.since else "As far as it matters"),
    ]
    enquiry = dict(STATES).get(found.enquiry, "")
    return [*rows, ("The enquiry", enquiry)] if enquiry else rows


def who(person: Person) -> list[tuple[str, str]]:
    """A person as far as the agency needs to find them."""
    facts = [
        ("", "Child" if person.child else "Adult"),
        ("Born", words.day(person.born) if person.born else ""),
        ("Expected", words.day(person.expected) if person.expected else ""),
        ("", person.relationship),
        ("School or nursery", person.school),
        ("Home", person.home),
    ]
    return [(key, value) for key, value in facts if value]


def line(person: Person) -> str:
    """The same on one line."""
    return ", ".join(f"{key.lower()} {value}" if key == "Born" else value for key, value in who(person))


def reply(each: ReplyShown) -> list[tuple[str, str]]:
    """A reply as key and value."""
    rows = [
        ("What is known", dict(KINDS).get(each.kind, "") if each.kind != "information" else ""),
        ("Why", each.reason),
        ("Facts", each.facts),
        ("What we make of it", each.analysis),
        ("What protects the child", each.protective),
        ("How it may be used", dict(MARKS).get(each.mark, "") if each.kind == "information" else ""),
        ("Read by the other agencies", "Yes" if each.partners_may_see and not each.agency else ""),
        ("Said", f"{each.agency or each.said_by}, {words.moment(each.at)}"),
        ("How", dict(HOW).get(each.how, "") if each.how != "desk" else ""),
        ("Confirmed", "Yes" if each.confirmed else ""),
    ]
    return [(key, value) for key, value in rows if value]


def before(found: Opened) -> list[tuple[str, str]]:
    """What was corrected or withdrawn: what stood, and why it no longer does."""
    after = {each.supersedes: each for each in found.replies if each.supersedes}
    labels = {person.asked: person.label for person in found.people}
    return [
        (
            f"{labels.get(each.asked, '')}: {dict(KINDS).get(each.kind, '')}",
            "\n".join(
                part for part in (each.facts, each.analysis, each.protective, each.reason, _end(after, each)) if part
            ),
        )
        for each in found.replies
        if not each.stands and not each.withdrawn
    ]


def _end(after: Mapping[UUID, ReplyShown], each: ReplyShown) -> str:
    later = after.get(each.key)
    if later is None:
        return ""
    what = "Withdrawn" if later.withdrawn else "Corrected"
    return f"{what} by {later.said_by}, {words.moment(later.at)}: {later.why}"


CAPACITY = ["Council", "What we said", "By", "When"]


def capacity_rows(found: Iterable[tuple[str, Capacity | None]]) -> list[Row]:
    """What the agency said to each council that it can do today."""
    return [
        Row((text(council), text(said.line if said else "Nothing yet"), text(said.said_by if said else None),
             when(said.at) if said else text(None)))
        for council, said in found
    ]  # fmt: skip


PEOPLE = ["Who", "State", "Lead person", "Since", "Last sign-in", "End"]
_STATES = {"in force": ("Answers", "ok"), "to come": ("To come", "waiting"), "ended": ("Ended", "done")}


def people_rows(found: Iterable[SenderHeld], *, me: int | None) -> list[Row]:
    """The people who answer for the agency."""
    return [
        Row(
            (
                text(each.name, below=each.email),
                tag(*_STATES[each.state]),
                text("Yes" if each.lead else "No"),
                text(words.day(each.starts_on)),
                when(each.last_sign_in),
                link("End", reverse("partner:leaver", args=[each.key]), hidden=f": {each.name}")
                if each.state != "ended" and each.user_id != me
                else text(None),
            )
        )
        for each in found
    ]


_PAGES = (
    ("What we are asked", "partner:home", ""),
    ("What we can do today", "partner:today", ""),
    ("People", "partner:people", "lead"),
    ("What we sent", "sender:home", "sends"),
)


def navigation(here: str, *, lead: bool, sends: bool) -> tuple[Item, ...]:
    """The pages of a partner: those that keep colleagues for a lead person, the way to what they sent for a sender."""
    mine = {"", *(["lead"] if lead else []), *(["sends"] if sends else [])}
    return tuple(
        Item(said, reverse(name), current=reverse(name) == here) for said, name, whose in _PAGES if whose in mine
    )
