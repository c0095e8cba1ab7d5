"""What a system sends and gets, with limits on every text: the schemas of the OpenAPI document."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from frontdoor.codes import rules as codes
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

NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def _clean(text: str) -> str:
    try:
        return typed.prose(text, most=LONGEST_STORY)
    except typed.Refused as refused:
        raise ValueError(str(refused)) from refused


Short = Annotated[str, Field(max_length=100, pattern=NO_CONTROL), AfterValidator(_clean)]
Line = Annotated[str, Field(max_length=200, pattern=NO_CONTROL), AfterValidator(_clean)]
Long = Annotated[str, Field(max_length=500, pattern=NO_CONTROL), AfterValidator(_clean)]
Story = Annotated[str, Field(max_length=LONGEST_STORY, pattern=NO_CONTROL), AfterValidator(_clean)]


def _known(text: str, known: Any, what: str) -> str:
    if text and text not in known:
        raise ValueError(f"is not a known {what}")
    return text


class PersonIn(Schema, extra="forbid"):
    """A child or adult; every part may be missing."""

    kind: Literal["child", "unborn", "unknown", "adult"]
    given_name: Short = ""
    family_name: Short = ""
    known_as: Short = ""
    date_of_birth: date | None = None
    expected_on: date | None = None
    approximate_age: Annotated[int, Field(ge=0, le=120)] | None = None
    description: Long = ""
    sex: Literal["M", "F", "U", ""] = ""
    ethnicity: Annotated[
        str, Field(max_length=4), AfterValidator(lambda text: _known(text, codes.ETHNICITIES, "ethnicity"))
    ] = ""
    language: Annotated[str, Field(max_length=60, pattern=NO_CONTROL)] = ""
    address: Annotated[str, Field(max_length=300, pattern=NO_CONTROL)] = ""
    postcode: Annotated[str, Field(max_length=10, pattern=NO_CONTROL)] = ""
    school: Line = ""
    relationship: Short = ""
    parental_responsibility: bool | None = None
    lives_with: bool | None = None
    safe_contact: Long = ""
    said_words: Story = ""

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
    phone: Annotated[str, Field(max_length=40, pattern=NO_CONTROL)] = ""
    email: Annotated[str, Field(max_length=254, pattern=NO_CONTROL)] = ""
    route: Literal["email", "phone", "text", "letter", "via_named_person", "none_possible"] = "email"


class AgreementIn(Schema, extra="forbid"):
    """Whether the family knows and agrees."""

    status: Literal["given", "refused", "withdrawn", "no_reply", "not_sought", "not_applicable"] = "not_sought"
    given_by: Line = ""
    reason_not_sought: Annotated[str, Field(max_length=300, pattern=NO_CONTROL)] = ""


class CallBackIn(Schema, extra="forbid"):
    """A wish to speak to a qualified social worker."""

    phone: Annotated[str, Field(min_length=3, max_length=40, pattern=NO_CONTROL)]
    name: Line = ""
    when: Line = ""


class ReportIn(Schema, extra="forbid"):
    """One report about one or several children. Only what happened and who tells us is asked for."""

    story: Story
    source: Annotated[
        str, Field(max_length=40), AfterValidator(lambda text: _known(text, codes.LOCAL_SOURCES, "source"))
    ]
    referrer: ReferrerIn
    danger: Literal["yes", "no", "unknown"] = "unknown"
    where_now: Annotated[str, Field(max_length=300, pattern=NO_CONTROL)] = ""
    with_whom: Annotated[str, Field(max_length=300, pattern=NO_CONTROL)] = ""
    until_when: Annotated[str, Field(max_length=300, pattern=NO_CONTROL)] = ""
    postcode: Annotated[str, Field(max_length=10, pattern=NO_CONTROL)] = ""
    happened_at: AwareDatetime | None = None
    people: Annotated[list[PersonIn], Field(max_length=MOST_PEOPLE)] = []
    agreement: AgreementIn = AgreementIn()
    call_back: CallBackIn | None = None

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
        )  # fmt: skip


class ReceiptOut(Schema):
    """A receipt: given only after what was sent is kept."""

    number: str
    council: str
    again: bool


class ReceivedOut(Schema):
    """One number of a day, for a sender who reconciles."""

    number: str
    idempotency_key: str
    received_at: datetime


class DayOut(Schema):
    """A day's receipts of one sender."""

    day: date
    count: int
    receipts: list[ReceivedOut]


class Problem(Schema):
    """What is wrong, by field where a field is at fault."""

    title: str
    status: int
    problems: dict[str, str] = {}
