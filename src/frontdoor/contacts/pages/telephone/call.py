"""The one screen of a call: the story with its marks, what they filled, where the child is, what is known already."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.telephone import Form, PersonForm
from frontdoor.contacts.models import Named, SafetyCall
from frontdoor.contacts.pages.people import Shown
from frontdoor.contacts.queries.telephone import Call, Earlier
from frontdoor.contacts.queries.travelling import age_in_words
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.contacts.rules.telephone import WAYS, Mark, Way, plain
from frontdoor.councils.models import Council
from frontdoor.councils.rules import Confidence, Routed
from frontdoor.people.pages.feeding import Banner
from frontdoor.people.rules.restricting import WhomToCall
from frontdoor.shell.pages import Action, Cell, Item, Piece, Version, clock
from frontdoor.shell.rules import london, short_day, time_of_day

MARKS = (
    ("own_words", "Child's own words"), ("worry", "A worry"), ("strength", "A strength"), ("person", "A person"),
    ("address", "An address"),
)  # fmt: skip
"""The buttons that mark a sentence, in the order of their keys."""

PARTS = (
    ("Story", "#id_story", "alt+0"), ("Safety", "#id_danger", "alt+6"),
    ("People", "#id_people-0-given_name", "alt+7"), ("Caller", "#id_name", "alt+8"),
    ("Earlier contacts", "#earlier", "alt+h"), ("How it ends", "#id_worry_type", "alt+9"),
)  # fmt: skip
"""The parts of the screen, each reached by one key."""

KEYS = {"contact": "alt+enter"}


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark with the link to its place in the story."""

    number: int
    label: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Where:
    """To which council the call belongs, as far as a postcode tells.

    :param moves: the councils to which the call can be moved: name and the address that takes it
    """

    words: str
    moves: tuple[tuple[str, str], ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """One earlier contact: the whole family when one of them is found, with the age of each at that time."""

    receipt: str
    href: str
    when: str
    what: str
    people: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """Everything of the screen.

    :param earlier: None where `by` may not see the council's contacts: the call goes on without them
    :param known: those who are being typed of whom something is known, with whom they are open to
    :param banner: of what time that is; None where nobody is known
    :param calls: whom to call, where a record that few may open may be meant
    :param origin: a signed word of where the call is now, for the council to which it may be moved
    """

    call: Call
    form: Form
    at: datetime
    council: Council
    where: Where
    earlier: tuple[EarlierLine, ...] | None
    safety: SafetyCall | None
    origin: str
    speak_to: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...] = ()
    known: tuple[Shown, ...] = ()
    banner: Banner | None = None
    calls: Sequence[WhomToCall] = ()

    @property
    def heading(self) -> str:
        """What it is: somebody rings, or is here."""
        return "Somebody at the desk" if self.call.door == "walk_in" else "Telephone call"

    @property
    def facts(self) -> list[str]:
        """What stands in the bar."""
        began = f"Began at {time_of_day(self.call.made_at)}"
        if london(self.call.made_at).date() != london(self.at).date():
            began = f"{began}, {short_day(self.call.made_at)}"
        return [self.council.name, began]

    @property
    def tags(self) -> list[tuple[str, str]]:
        return [(f"Red flag raised: {self.call.receipt}", "danger")] if self.call.receipt else []

    @property
    def parts(self) -> list[Item]:
        return [Item(words, href, key=key) for words, href, key in PARTS]

    @property
    def mark_buttons(self) -> list[dict[str, object]]:
        """The five buttons, with their keys and where the caret goes on."""
        return [
            {"text": words, "style": "secondary", "name": "do", "value": f"mark:{kind}", "key": f"alt+{number}",
             "attributes": {"data-then": "id_story"}}
            for number, (kind, words) in enumerate(MARKS, 1)
        ]  # fmt: skip

    @property
    def actions(self) -> list[Action]:
        """The red flag, and the ways to end the call."""
        return [Action("Red flag", "alt+r", "do", "flag", style="warning"), *(_action(way) for way in WAYS.values())]

    @property
    def lines(self) -> list[MarkLine]:
        return mark_lines(self.call.story, self.call.marks)

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.call.story, self.call.marks)[0]

    @property
    def marks_json(self) -> str:
        """The marks, to go with the form when the call is moved."""
        return json.dumps(plain(self.call.marks))

    @property
    def numbered(self) -> list[tuple[int, PersonForm]]:
        """The rows of people with their numbers."""
        return list(enumerate(self.form.people))

    @property
    def sources(self) -> dict[str, MarkLine]:
        return sources(self.call)

    @property
    def safety_clock(self) -> Cell | None:
        return clock(self.safety.due_at, self.at) if self.safety else None

    @property
    def safety_words(self) -> str:
        """Who rings whom."""
        if self.safety is None:
            return ""
        return f"{self.safety.get_rings_display()}: {self.safety.whom or 'as agreed in the call'}"


def _action(way: Way) -> Action:
    return Action(
        way.words, KEYS.get(way.code, ""), "do", f"end:{way.code}", style="secondary" if way.closes else "primary"
    )


def kept_here(call: Call, typed: Mapping[str, str]) -> tuple[Version, ...]:
    """Both texts of a call that two windows have written on, field by field where they differ."""
    names = sorted({name for name in (*call.typed, *typed) if call.typed.get(name, "") != typed.get(name, "")})
    names.sort(key=lambda name: name != "story")
    return tuple(Version(_label(name), call.typed.get(name, ""), typed.get(name, "")) for name in names)


def _label(name: str) -> str:
    words = name.replace("people-", "person ").replace("-", " ").replace("_", " ")
    return words.capitalize()


def mark_lines(story: str, marks: Sequence[Mark]) -> list[MarkLine]:
    """The marks in the order of the story."""
    anchors = pieces(story, marks)[1]
    return [MarkLine(mark.number, mark.label, mark.words, f"#{anchors[mark.number]}") for mark in marks]


def sources(call: Call) -> dict[str, MarkLine]:
    """By what was filled the sentence that filled it."""
    lines = {line.number: line for line in mark_lines(call.story, call.marks)}
    return {name: lines[number] for name, number in call.sources.items() if number in lines}


def pieces(story: str, marks: Sequence[Mark]) -> tuple[list[Piece], dict[int, str]]:
    """A story cut where marks begin and end, and by number of a mark the id of the piece with which it begins."""
    cuts = sorted({0, len(story), *(mark.starts for mark in marks), *(mark.ends for mark in marks)})
    found: list[Piece] = []
    anchors: dict[int, str] = {}
    for starts, ends in pairwise(cuts):
        over = [mark for mark in marks if mark.starts <= starts and mark.ends >= ends]
        begin = [mark for mark in over if mark.starts == starts]
        name = f"sentence-{begin[0].number}" if begin else ""
        anchors |= {mark.number: name for mark in begin}
        found.append(Piece(story[starts:ends], ", ".join(dict.fromkeys(mark.label for mark in over)), name))
    return found, anchors


def where(routed: Routed | None, council: Council, others: Iterable[Council], *, movable: bool) -> Where:
    """What the family's postcode says of whose call this is; a border or an unknown one never stops it.

    :param movable: false once the call stands as a contact here
    """
    moves = tuple((other.name, reverse("contacts:telephone", args=[other.slug])) for other in others) if movable else ()
    if routed is None or routed.confidence is Confidence.UNKNOWN:
        said = "No postcode is known yet." if routed is None else "That postcode could not be read or is not known."
        return Where(f"{said} The call is with {council.name}.", moves)
    if routed.confidence is Confidence.BORDER:
        return Where(f"{routed.postcode} may lie in {routed.names}. The call is with {council.name}.", moves)
    if routed.council == council.pk:
        return Where(f"{routed.postcode} lies in {council.name}, which has this call.", moves)
    if not movable:
        return Where(
            f"{routed.postcode} lies in {routed.names}. This call stands here already; a social worker passes it on."
        )
    if routed.council is not None:
        return Where(f"{routed.postcode} lies in {routed.names}. Move the call there.", moves, urgent=True)
    names = routed.names or "another part of England"
    return Where(f"{routed.postcode} lies in {names}. Take it in here: a social worker passes it on.", moves)


def earlier_lines(found: Iterable[Earlier], slug: str) -> tuple[EarlierLine, ...]:
    """Earlier contacts in words."""
    return tuple(
        EarlierLine(
            row.receipt, reverse("contacts:detail", args=[slug, row.key]), short_day(row.received_at), _what(row),
            tuple(_who(person, london(row.received_at).date()) for person in row.people), row.reason,
        )
        for row in found
    )  # fmt: skip


def _what(row: Earlier) -> str:
    kind = codes.CONTACT_KINDS.get(row.sub_type)
    outcomes = [codes.OUTCOMES[code].label for code in row.outcomes if code in codes.OUTCOMES]
    return "; ".join(filter(None, (kind.label if kind else "", *dict.fromkeys(outcomes), row.state)))


def _who(person: Named, then: date) -> str:
    said = age_in_words(person, on=then) if person.kind in CHILD_KINDS else person.relationship or "adult"
    return f"{person.label}, {said}"
