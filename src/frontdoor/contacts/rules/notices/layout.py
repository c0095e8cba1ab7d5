"""One police notice: the fields that a desk sends, and the report that every door hands in.

A notice is refused only for what makes it unusable: no reference, no words, a time or a date that is none, a word that
is not in its list. Everything else may be missing (domain 1.3, 2.3).
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report, folded
from frontdoor.contacts.rules.trials import Door
from frontdoor.shell.rules import typed

LONDON = ZoneInfo("Europe/London")
CHANNEL = "police_notification"
MOST_CHILDREN = 8
MOST_ADULTS = 4
LONGEST_NARRATIVE = 20_000
AHEAD = timedelta(minutes=10)
"""How far the clock of a sender may run before ours."""

GRADES = [("standard", "Standard"), ("medium", "Medium"), ("high", "High"), ("", "Not graded")]
"""The police's own grade of risk (DASH), kept as theirs."""

KINDS = {
    "domestic_abuse": "da_police_notification",
    "missing": "missing_notification",
    "found": "found_notification",
    "exploitation": "exploitation_concern",
    "child_on_child": "child_on_child",
    "other_concern": "cp_concern",
    "adult_concern": "adult_concern",
    "correction": "additional_information",
    "marac_research": "marac_research",
    "mappa_research": "mappa_research",
    "police_enquiry": "police_enquiry",
}
"""What the police send, and the kind of contact that it is (domain 1.2)."""

TEST = "test"
"""The kind of a notice that tells of nobody: it goes the way of one and never becomes a contact."""

NOTICE_COLUMNS = (
    "police_reference", "incident_reference", "force", "desk", "officer", "email", "phone", "incident_time",
    "sent_time", "risk_grade", "kind", "danger_now", "address", "postcode", "narrative",
)  # fmt: skip
CHILD_COLUMNS = (
    "given_name", "family_name", "date_of_birth", "age", "sex", "school", "address", "postcode", "present", "words",
)  # fmt: skip
ADULT_COLUMNS = ("given_name", "family_name", "date_of_birth", "relationship", "concern", "lives_there")
COLUMNS = (
    *NOTICE_COLUMNS,
    *(f"child_{number}_{column}" for number in range(1, MOST_CHILDREN + 1) for column in CHILD_COLUMNS),
    *(f"adult_{number}_{column}" for number in range(1, MOST_ADULTS + 1) for column in ADULT_COLUMNS),
)
"""The columns of a CSV file, one line a notice; in JSON, children and adults are lists of objects."""

Row = Mapping[str, Any]


class Wrong(ValueError):
    """A notice that cannot be taken in as it is.

    :ivar problems: why, in plain words, by field
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {words}" for name, words in problems.items()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice as it is taken in.

    :param reference: the police's own; it is the key under which the notice is taken in once
    :param incident: the police's number of the incident; empty where none was given
    :param grade: the police's own grade of risk, never ours
    """

    reference: str
    report: Report
    force: str
    incident: str = ""
    sent_at: datetime | None = None
    desk: str = ""
    officer: str = ""
    grade: str = ""


def force_key(force: str) -> str:
    """The stored key of a force: one force, however it is written."""
    return folded(force)[:50]


def key_of(reference: str, force: str) -> str:
    """The sender's key of a notice: under it the submission stands once."""
    return f"notice {reference} {force}"[:120]


def reference_in(key: str) -> str:
    """The police's own reference out of such a key: what a desk has in its own list; any other key as it is."""
    return key.removeprefix("notice ").rpartition(" ")[0] if key.startswith("notice ") else key


def of_force(row: Row, force: str) -> dict[str, Any]:
    """The row as a desk sends it that sends for one force alone: the name may be left out, and no other may stand.

    :raises Wrong: it names another
    """
    named = row.get("force")
    if named not in (None, "") and force_key(str(named)) != force_key(force):
        raise Wrong({"force": f"This account sends for {force}. Leave this empty, or write that name"})
    return {**row, "force": force[:120]}


def event_reference(force: str, incident: str) -> str:
    """The stored key of an incident: one force's number, however it is spaced; empty where there is none."""
    number = folded(incident)
    return f"{force_key(force)}|{number}"[:140] if number else ""


def event_label(force: str, incident: str) -> str:
    """How pages name an incident."""
    return f"Incident {incident}, {force}"[:200]


class _Fields:
    """The fields of one row, cleaned one by one; what is wrong is gathered under the field's name."""

    def __init__(self, row: Row, problems: dict[str, str], before: str = "") -> None:
        self.row, self.problems, self.before = row, problems, before

    def _clean(self, name: str, rule: Callable[[str], Any], otherwise: Any) -> Any:
        value = self.row.get(name)
        if value is None or value == "":
            return otherwise
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, list | dict | float):
            self.problems[self.before + name] = "Write this as text"
            return otherwise
        try:
            return rule(str(value))
        except ValueError as wrong:
            words = str(wrong)
            self.problems[self.before + name] = words[:1].upper() + words[1:]
            return otherwise

    def line(self, name: str, most: int) -> str:
        return str(self._clean(name, lambda text: typed.line(text, most=most), ""))

    def prose(self, name: str, most: int) -> str:
        return str(self._clean(name, lambda text: typed.prose(text, most=most), ""))

    def word(self, name: str, allowed: Mapping[str, Any], otherwise: Any) -> Any:
        def listed(text: str) -> Any:
            key = text.strip().casefold().replace(" ", "_")
            if key not in allowed:
                raise ValueError(f"Write one of: {', '.join(word for word in allowed if word)}")
            return allowed[key]

        return self._clean(name, listed, otherwise)

    def moment(self, name: str) -> datetime | None:
        found: datetime | None = self._clean(name, _moment, None)
        return found

    def day(self, name: str) -> date | None:
        found: date | None = self._clean(name, _day, None)
        return found

    def age(self, name: str) -> int | None:
        def whole(text: str) -> int:
            if not re.fullmatch(r"\s*[0-9]{1,2}\s*", text):
                raise ValueError("Write the age in whole years, such as 7")
            return int(text)

        found: int | None = self._clean(name, whole, None)
        return found


_DAY = re.compile(
    r"\s*(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<D>\d{1,2})/(?P<M>\d{1,2})/(?P<Y>\d{4}))\s*", re.ASCII
)
_MOMENT = re.compile(
    r"\s*(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?\s*",
    re.ASCII,
)


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        parts = found.groupdict()
        return date(int(parts["y"] or parts["Y"]), int(parts["m"] or parts["M"]), int(parts["d"] or parts["D"]))
    except ValueError as none:
        raise ValueError("Write the day as 2026-04-02 or 02/04/2026") from none


def _moment(text: str) -> datetime:
    """An instant; without an offset it is London's wall time, which must have been, and only once."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError("Write the time as 2026-04-02 23:05 or 02/04/2026 23:05")
    day = _day(found["day"])
    try:
        wall = datetime.fromisoformat(f"{day.isoformat()}T{found['time'].zfill(5)}")
        if found["zone"]:
            return datetime.fromisoformat(f"{wall.isoformat()}{found['zone'].replace('Z', '+00:00')}").astimezone(UTC)
    except ValueError as none:
        raise ValueError("This is not a time of day. Write it as 23:05") from none
    local = wall.replace(tzinfo=LONDON)
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        raise ValueError("There was no such time: the clocks went forward that night")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValueError("This time came twice that night. Write it with its offset, such as +01:00 or +00:00")
    return local.astimezone(UTC)


_YES_NO = {"yes": True, "no": False, "unknown": None, "y": True, "n": False}
_DANGER = {"yes": "yes", "no": "no", "unknown": "unknown"}
_SEXES = {"m": "M", "f": "F", "u": "U", "male": "M", "female": "F", "boy": "M", "girl": "F", "unknown": "U"}
_CONCERNS = {row.code: row.code for row in codes.ADULT_CONCERNS}


def given(row: Row, *, at: datetime) -> NoticeGiven:
    """The notice that a row tells.

    :param row: the fields of `NOTICE_COLUMNS`, with lists of `children` and `adults`
    :param at: when it is taken in; nothing has happened after that
    :raises Wrong: with the reasons by field
    """
    problems: dict[str, str] = {}
    fields = _Fields(row, problems)
    reference = fields.line("police_reference", 60)
    narrative = fields.prose("narrative", LONGEST_NARRATIVE)
    happened_at, sent_at = fields.moment("incident_time"), fields.moment("sent_time")
    force, incident = fields.line("force", 120), fields.line("incident_reference", 60)
    people = (
        *_people(row, "children", MOST_CHILDREN, _child, problems),
        *_people(row, "adults", MOST_ADULTS, _adult, problems),
    )
    kind = fields.word("kind", KINDS | {TEST: TEST}, "")
    about = "" if kind == TEST else kind
    address, postcode = fields.line("address", 300), fields.line("postcode", 10)
    referrer = _referrer(fields, force)
    made = NoticeGiven(
        reference=reference,
        report=Report(
            story=narrative, category=codes.CONTACT_KINDS[about].category if about else "request_for_service",
            sub_type=about or "cp_concern", source_code="6", source_local="police",
            trial=_trial(reference) if kind == TEST else "",
            danger=fields.word("danger_now", _DANGER, "unknown"), where_now="", postcode=postcode,
            happened_at=happened_at, people=tuple(_at_home(person, address, postcode) for person in people),
            referrer=referrer, agreement=AgreementGiven("not_sought", reason_not_sought="Sent by the police"),
            event_label=event_label(force, incident) if event_reference(force, incident) else "",
            event_reference=event_reference(force, incident),
        ),
        force=force, incident=incident, sent_at=sent_at,
        desk=fields.line("desk", 120), officer=fields.line("officer", 120),
        grade=fields.word("risk_grade", {code: code for code, _ in GRADES if code}, ""),
    )  # fmt: skip
    _needed(made, kind, row, problems)
    _in_order(happened_at, sent_at, at, problems)
    if kind == TEST and (people or made.report.danger == "yes"):
        problems.setdefault("kind", "A test tells of nobody. Send this as the kind of notice that it is")
    if problems:
        raise Wrong(problems)
    return made


def _trial(reference: str) -> str:
    """Which test message it is: the one that was asked for under this key, or a desk's own."""
    try:
        return str(uuid.UUID(reference))
    except ValueError:
        return Door.NOTICES


def _needed(made: NoticeGiven, kind: str, row: Row, problems: dict[str, str]) -> None:
    missing = {
        "police_reference": (made.reference, "Give the police's own reference: under it the notice is taken in once"),
        "force": (made.force, "Say which police force sends this"),
        "kind": (kind, f"Say what kind of notice it is: {', '.join(KINDS)}"),
        "narrative": (made.report.story.strip(), "Write what happened"),
    }  # fmt: skip
    for name, (value, words) in missing.items():
        if not value:
            problems.setdefault(name, words)
    unknown = [name for name in row if name not in (*NOTICE_COLUMNS, "children", "adults")]
    if unknown:
        problems.setdefault(str(unknown[0])[:60], "There is no such field in a notice")


def _in_order(happened_at: datetime | None, sent_at: datetime | None, at: datetime, problems: dict[str, str]) -> None:
    if happened_at and happened_at > at + AHEAD:
        problems.setdefault("incident_time", "This time has not come yet")
    if sent_at and sent_at > at + AHEAD:
        problems.setdefault("sent_time", "This time has not come yet")
    if happened_at and sent_at and sent_at < happened_at:
        problems.setdefault("sent_time", "The notice cannot have been sent before it happened")


def _people(
    row: Row, name: str, most: int, make: Callable[[_Fields], PersonGiven], problems: dict[str, str]
) -> list[PersonGiven]:
    rows = row.get(name) or []
    singular = "child" if name == "children" else "adult"
    if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
        problems[name] = f"Write {name} as a list of objects"
        return []
    if len(rows) > most:
        problems[name] = f"Name {most} {name} or fewer; send another notice of the incident for the others"
        return []
    allowed = CHILD_COLUMNS if name == "children" else ADULT_COLUMNS
    found = []
    for number, each in enumerate(rows, start=1):
        before = f"{singular}_{number}_"
        if unknown := [str(field)[:40] for field in each if field not in allowed]:
            problems[before + unknown[0]] = "There is no such field in a notice"
        if any(value not in (None, "") for value in each.values()):
            found.append(make(_Fields(each, problems, before)))
    return found


def _child(fields: _Fields) -> PersonGiven:
    given_name, family_name = fields.line("given_name", 100), fields.line("family_name", 100)
    return PersonGiven(
        kind="child" if given_name or family_name else "unknown", given_name=given_name, family_name=family_name,
        date_of_birth=fields.day("date_of_birth"), approximate_age=fields.age("age"),
        sex=fields.word("sex", _SEXES, ""), school=fields.line("school", 200), address=fields.line("address", 300),
        postcode=fields.line("postcode", 10), present=fields.word("present", _YES_NO, None),
        said_words=fields.prose("words", 4_000),
    )  # fmt: skip


def _adult(fields: _Fields) -> PersonGiven:
    return PersonGiven(
        kind="adult", given_name=fields.line("given_name", 100), family_name=fields.line("family_name", 100),
        date_of_birth=fields.day("date_of_birth"), relationship=fields.line("relationship", 100),
        concern=fields.word("concern", _CONCERNS, ""), lives_with=fields.word("lives_there", _YES_NO, None),
    )  # fmt: skip


def _at_home(person: PersonGiven, address: str, postcode: str) -> PersonGiven:
    """A child without an address of their own was met at that of the notice; so was an adult who lives there."""
    if person.address or person.postcode or (person.kind == "adult" and not person.lives_with):
        return person
    return replace(person, address=address, postcode=postcode)


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _referrer(fields: _Fields, force: str) -> ReferrerGiven:
    email, phone = fields.line("email", 254), fields.line("phone", 40)
    if email and not _EMAIL.fullmatch(email):
        fields.problems["email"] = "Write an e-mail address, such as desk@example.org"
    return ReferrerGiven(
        kind="professional", identity="given", name=fields.line("officer", 120) or fields.line("desk", 120) or force,
        role=fields.line("desk", 120), agency=force, phone=phone, email=email,
        route="email" if email else "phone" if phone else "none_possible",
    )  # fmt: skip
