"""What a report holds, whoever sends it and by whichever door; nothing is mandatory for a child at risk."""

import hashlib
import json
import types
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from frontdoor.actors.rules import InvalidInput

SCHEMA = 1
"""The version of the body that a submission keeps; a change of meaning raises it."""

LONGEST_STORY = 40_000
MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True)
class PersonGiven:
    """A child or adult as the sender named them: any part may be missing, misspelt or wrong.

    :param kind: child, unborn, unknown (a child not yet identified) or adult
    :param said_words: the child's own words, verbatim
    :param present: whether they were there when it happened
    :param sealed: stands in place of an address that is to be kept from others (`letters.rules.typed`)
    """

    kind: str
    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    date_of_birth: date | None = None
    expected_on: date | None = None
    approximate_age: int | None = None
    description: str = ""
    sex: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: bool | None = None
    address: str = ""
    postcode: str = ""
    sealed: str = ""
    school: str = ""
    nhs_number: str = ""
    upn: str = ""
    relationship: str = ""
    parental_responsibility: bool | None = None
    lives_with: bool | None = None
    present: bool | None = None
    concern: str = ""
    safe_contact: str = ""
    said_words: str = ""


@dataclass(frozen=True, slots=True)
class ReferrerGiven:
    """Who tells us, and how they may be answered. `identity`: given, withheld or not_given: two different silences."""

    kind: str = "public"
    identity: str = "not_given"
    name: str = ""
    role: str = ""
    agency: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    relationship: str = ""
    route: str = "none_possible"
    route_note: str = ""
    family_knows: str = ""


@dataclass(frozen=True, slots=True)
class AgreementGiven:
    """Whether the family knows and agrees; the lawful basis is another record.

    :param limits: whom or what it does not want told, and whether others may be asked, in its own words
    """

    status: str = "not_sought"
    given_by: str = ""
    reason_not_sought: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked sentence. `starts` and `ends` count characters of the story; `person` is a place in `people`."""

    kind: str
    words: str
    starts: int | None = None
    ends: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class CallBackGiven:
    """Somebody asks to speak to a qualified social worker."""

    phone: str
    name: str = ""
    when: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One communication about one or several children, as every door hands it over.

    :param advice: what the sender was told, where advice was given
    :param event_reference: the sender's own number of the incident, with whose it is: it makes one event of several
    :param mirror: shared with the contact that another council has of the same communication
    :param earlier: the submission that its sender adds to or corrects
    :param trial: which test message this is; empty for everything that is meant
    """

    story: str = ""
    category: str = "request_for_service"
    sub_type: str = "cp_concern"
    source_code: str = "10"
    source_local: str = ""
    danger: str = "unknown"
    where_now: str = ""
    with_whom: str = ""
    until_when: str = ""
    postcode: str = ""
    responsible_authority: str = ""
    happened_at: datetime | None = None
    people: tuple[PersonGiven, ...] = ()
    referrer: ReferrerGiven = field(default_factory=ReferrerGiven)
    agreement: AgreementGiven = field(default_factory=AgreementGiven)
    marks: tuple[Marked, ...] = ()
    call_back: CallBackGiven | None = None
    advice: str = ""
    event_label: str = ""
    event_reference: str = ""
    mirror: str = ""
    earlier: str = ""
    trial: str = ""

    @property
    def children(self) -> tuple[PersonGiven, ...]:
        return tuple(person for person in self.people if person.kind != "adult")


def body(report: Report) -> dict[str, Any]:
    """A report as the JSON object that is kept: empty values are left out, so that a later field changes no digest."""
    return {"schema": SCHEMA, **_plain(report)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, _plain(getattr(value, each.name))) for each in fields(value))
        return {name: plain for name, plain in pairs if plain not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def report(kept: Mapping[str, Any]) -> Report:
    """The report that a kept body tells.

    :raises ValueError: the body is of a schema that this release does not know
    """
    if kept.get("schema") != SCHEMA:
        raise ValueError("unknown schema of a submission")
    found: Report = _typed(Report, {name: value for name, value in kept.items() if name != "schema"})
    return found


def _typed(wanted: Any, value: Any) -> Any:
    if get_origin(wanted) in (Union, types.UnionType):
        wanted = next(each for each in get_args(wanted) if each is not type(None))
    if value is None:
        return None
    if is_dataclass(wanted):
        hints = get_type_hints(wanted)
        return wanted(**{name: _typed(hints[name], each) for name, each in value.items() if name in hints})  # type: ignore[operator]  # a dataclass type
    if get_origin(wanted) is tuple:
        return tuple(_typed(get_args(wanted)[0], each) for each in value)
    if wanted in (date, datetime) and isinstance(value, str):
        return wanted.fromisoformat(value)
    return value


def digest(kept: Mapping[str, Any]) -> bytes:
    """SHA-256 over the canonical JSON of a body: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).digest()


def check(given: Report) -> None:
    """Refuse only what cannot be kept at all: nothing to read, or far too much.

    No field beyond one is ever demanded for a child at risk (domain 1.3).

    :raises InvalidInput: with a message by field
    """
    problems = {}
    told = (given.story, given.where_now, given.with_whom, *(person.description for person in given.people))
    named = any(person.given_name or person.family_name for person in given.people)
    if not named and not any(text.strip() for text in told) and given.category.startswith("request"):
        problems["story"] = "Write what you are worried about"
    if len(given.story) > LONGEST_STORY:
        problems["story"] = f"The story must be {LONGEST_STORY:,} characters or fewer"
    if len(given.people) > MOST_PEOPLE:
        problems["people"] = f"Name {MOST_PEOPLE} people or fewer; tell us about the others in the story"
    for person in given.people:
        if person.date_of_birth and person.expected_on:
            problems["people"] = "Give either a date of birth or the date the baby is expected, not both"
    if problems:
        raise InvalidInput(**problems)


DOUBTED = 3
"""The first key of the queue for what may not be genuine and says of no child that they are in danger now."""


def danger_rank(*, said: str, looked: str, flagged: bool, doubted: bool = False) -> int:
    """The first key of the queue: 0 danger, 1 cannot tell, 2 no danger known, 3 perhaps not genuine.

    A worker's look weighs more than what the sender ticked; a red flag that nobody has taken weighs more than both.

    :param looked: the latest first look's answer, or "" when nobody has looked
    :param doubted: marked as perhaps not genuine (`rules.doors`): only where nobody has looked, and never before danger
    """
    if flagged:
        return 0
    if doubted and not looked and said != "yes":
        return DOUBTED
    return {"yes": 0, "unknown": 1}.get(looked or said, 2)


def folded(text: str) -> str:
    """A name or address without case, accents, punctuation and spaces: equal keys are equal names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def match_name(person: PersonGiven) -> str:
    """The stored key for exact matching by full name; empty unless both names are given."""
    if not (person.given_name.strip() and person.family_name.strip()):
        return ""
    return f"{folded(person.given_name)}|{folded(person.family_name)}"[:220]


def match_place(person: PersonGiven) -> str:
    """The stored key for exact matching by family name and address; two families in one street do not share it."""
    if not (person.family_name.strip() and person.address.strip() and person.postcode.strip()):
        return ""
    return f"{folded(person.postcode)}|{folded(person.address)}|{folded(person.family_name)}"[:120]


def names_a_child(people: Iterable[PersonGiven], story: str) -> bool:
    """Whether a call names or describes a child: if so, a contact officer may not end it (domain 1.7)."""
    return any(person.kind != "adult" for person in people) or bool(story.strip())
