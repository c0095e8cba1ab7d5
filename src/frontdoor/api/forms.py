"""What a system sends and gets, with limits on every text: the schemas of the OpenAPI document."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    model_validator,
)

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules import notices
from frontdoor.contacts.rules.intake import (
    LONGEST_STORY,
    MOST_PEOPLE,
    AgreementGiven,
    CallBackGiven,
    PersonGiven,
    ReferrerGiven,
    Report,
)
from frontdoor.shell.rules import typed

_NO_CONTROL = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
_SEEN = r"[^\s\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
"""What is seen: a text of spaces and of marks without width holds nothing."""

ANY = f"^{_NO_CONTROL}*$"
SOMETHING = f"^{_NO_CONTROL}*{_SEEN}{_NO_CONTROL}*$"
NUMBER = f"^({_NO_CONTROL}*[0-9]){{3}}{_NO_CONTROL}*$"


def _line(text: str) -> str:
    return _clean(typed.line, text)


def _prose(text: str) -> str:
    return _clean(typed.prose, text)


def _clean(rule: Callable[..., str], text: str) -> str:
    try:
        return rule(text, most=LONGEST_STORY)
    except typed.Refused as refused:
        raise ValueError(str(refused)) from refused


def _written(sent: Any) -> Any:
    """A day as the interface writes it: of a number, the library would make the seconds since 1970."""
    if sent is not None and not (isinstance(sent, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", sent)):
        raise ValueError("Write a day as 2026-04-02")
    return sent


def _moment(sent: Any) -> Any:
    if sent is not None and not (isinstance(sent, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", sent)):
        raise ValueError("Write an instant as 2026-04-02T15:05:00+01:00")
    return sent


def _whole(sent: Any) -> Any:
    """55.0 is a whole number in JSON; "55" and true are none."""
    return int(sent) if isinstance(sent, float) and sent.is_integer() else sent


def _enum(known: Any, *more: str) -> dict[str, Any]:
    return {"enum": [*more, *(row.code for row in known)]}


def _known(known: Any, what: str, *more: str) -> AfterValidator:
    def listed(text: str) -> str:
        if text not in more and text not in known:
            raise ValueError(f"is not a known {what}")
        return text

    return AfterValidator(listed)


def _utc(sent: datetime) -> datetime:
    """The same instant in UTC: a database knows fewer offsets than may be written.

    :raises ValueError: it lies outside the years that can be told
    """
    try:
        return sent.astimezone(UTC)
    except OverflowError as outside:
        raise ValueError("lies outside the years that can be kept") from outside


def _of(most: int, pattern: str = ANY) -> Any:
    return Field(max_length=most, pattern=pattern)


_ONE, _SEVERAL = AfterValidator(_line), AfterValidator(_prose)
Short = Annotated[str, _of(100), _ONE]
Line = Annotated[str, _of(200), _ONE]
Place = Annotated[str, _of(300), _ONE]
Language = Annotated[str, _of(60), _ONE]
Postcode = Annotated[str, _of(10), _ONE]
Phone = Annotated[str, _of(40), _ONE]
CallBackPhone = Annotated[str, _of(40, NUMBER), _ONE]
Email = Annotated[str, _of(254), _ONE]
Long = Annotated[str, _of(500), _SEVERAL]
Story = Annotated[str, _of(LONGEST_STORY, SOMETHING), _SEVERAL]
Said = Annotated[str, _of(LONGEST_STORY), _SEVERAL]
Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_utc)]
Age = Annotated[StrictInt, Field(ge=0, le=120), BeforeValidator(_whole)]
Source = Annotated[str, Field(json_schema_extra=_enum(codes.LOCAL_SOURCES)), _known(codes.LOCAL_SOURCES, "source")]
Ethnicity = Annotated[
    str, Field(json_schema_extra=_enum(codes.ETHNICITIES, "")), _known(codes.ETHNICITIES, "ethnicity", "")
]

_NOT_BOTH = {
    "not": {
        "required": ["date_of_birth", "expected_on"],
        "properties": {"date_of_birth": {"type": "string"}, "expected_on": {"type": "string"}},
    }
}


_NOTICES = {
    "items": {
        "type": "object",
        "description": (
            "Needed: police_reference, the notice's own key, taken in once; force; narrative; kind: "
            + ", ".join(notices.KINDS)
            + ". risk_grade: standard, medium or high, the police's own. Times as 2026-04-02T23:05 in London or with an"
            " offset. children: given_name, family_name, date_of_birth, age, sex, school, address, postcode, present"
            " (yes, no, unknown), words. adults: given_name, family_name, date_of_birth, relationship, concern,"
            " lives_there."
        ),
    }
}


class PersonIn(Schema, extra="forbid", json_schema_extra=_NOT_BOTH):
    """A child or adult; every part may be missing."""

    kind: Literal["child", "unborn", "unknown", "adult"]
    given_name: Short = ""
    family_name: Short = ""
    known_as: Short = ""
    date_of_birth: Day | None = None
    expected_on: Day | None = None
    approximate_age: Age | None = None
    description: Long = ""
    sex: Literal["M", "F", "U", ""] = ""
    ethnicity: Ethnicity = ""
    language: Language = ""
    address: Place = ""
    postcode: Postcode = ""
    school: Line = ""
    relationship: Short = ""
    parental_responsibility: StrictBool | None = None
    lives_with: StrictBool | None = None
    safe_contact: Long = ""
    said_words: Said = ""

    @model_validator(mode="after")
    def one_date(self) -> "PersonIn":
        """Born or expected, not both (CIN census)."""
        if self.date_of_birth and self.expected_on:
            raise ValueError("Give either date_of_birth or expected_on, not both")
        return self


class ReferrerIn(Schema, extra="forbid"):
    """Who tells us; a professional cannot be anonymous."""

    name: Line
    role: Line = ""
    agency: Line
    phone: Phone = ""
    email: Email = ""
    route: Literal["email", "phone", "text", "letter", "via_named_person", "none_possible"] = "email"


class AgreementIn(Schema, extra="forbid"):
    """Whether the family knows and agrees."""

    status: Literal["given", "refused", "withdrawn", "no_reply", "not_sought", "not_applicable"] = "not_sought"
    given_by: Line = ""
    reason_not_sought: Place = ""


class CallBackIn(Schema, extra="forbid"):
    """A wish to speak to a qualified social worker."""

    phone: CallBackPhone
    name: Line = ""
    when: Line = ""


class ReportIn(Schema, extra="forbid"):
    """One report about one or several children. Only what happened and who tells us is asked for."""

    story: Story
    source: Source
    referrer: ReferrerIn
    danger: Literal["yes", "no", "unknown"] = "unknown"
    where_now: Place = ""
    with_whom: Place = ""
    until_when: Place = ""
    postcode: Postcode = ""
    happened_at: Moment | None = None
    people: Annotated[list[PersonIn], Field(max_length=MOST_PEOPLE)] = []
    agreement: AgreementIn = AgreementIn()
    call_back: CallBackIn | None = None
    test: StrictBool = False

    def report(self) -> Report:
        """The report that every door hands in."""
        referrer = self.referrer.model_dump()
        return Report(
            story=self.story, source_code=codes.census_source("professional", self.source), source_local=self.source,
            danger=self.danger, where_now=self.where_now, with_whom=self.with_whom, until_when=self.until_when,
            postcode=self.postcode, happened_at=self.happened_at,
            people=tuple(PersonGiven(**person.model_dump()) for person in self.people),
            referrer=ReferrerGiven(kind="professional", identity="given", **referrer),
            agreement=AgreementGiven(**self.agreement.model_dump()),
            call_back=CallBackGiven(**self.call_back.model_dump()) if self.call_back else None,
            trial="system" if self.test else "",
        )  # fmt: skip


class NoticesIn(Schema, extra="forbid"):
    """Many police notices at once; each is read by itself, so that a wrong one never holds back the others.

    The fields of a notice are those of a file of notices, with lists of `children` and `adults`.
    """

    notices: Annotated[
        list[dict[str, Any]], Field(min_length=1, max_length=notices.MOST_NOTICES, json_schema_extra=_NOTICES)
    ]


class NoticeOut(Schema):
    """What became of one notice: accepted, received already (the first receipt), or refused with reasons by field."""

    reference: str
    state: Literal["accepted", "already", "refused"]
    receipt: str = ""
    problems: dict[str, str] | None = None


class NoticesOut(Schema):
    """What became of each notice, in the order in which they were sent."""

    council: str
    again: bool
    accepted: int
    already: int
    refused: int
    notices: list[NoticeOut]


class ReceiptOut(Schema):
    """A receipt: given only after what was sent is kept."""

    number: str
    council: str
    again: bool


class ReceivedOut(Schema):
    """One number of a day, for a sender who reconciles."""

    number: str
    idempotency_key: str
    channel: str
    received_at: datetime
    digest: str


class TallyOut(Schema):
    """The numbers of one channel on a day; `digest` is made of all of them, as docs/api.md says."""

    channel: str
    count: int
    first: str
    last: str
    digest: str


class DayOut(Schema):
    """A day's receipts of one agency in one council: those of its systems and of its people with an account."""

    day: date
    count: int
    channels: list[TallyOut]
    receipts: list[ReceivedOut]


class Problem(Schema):
    """What is wrong, by field where a field is at fault."""

    title: str
    status: int
    problems: dict[str, str] = {}
