"""What is typed about records that few may open, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.people.rules.index import BARS, DECLARED, FINDINGS, GROUNDS
from frontdoor.shell.forms import (
    DayField,
    LineField,
    ListField,
    PickField,
    PickManyField,
    ProseField,
    TelephoneField,
    offer,
)
from frontdoor.shell.rules import LONDON

People = Iterable[tuple[int, str]]


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class _OfPeople(forms.Form):
    """A form that offers people of today."""

    people_field = "user"
    nobody = "Choose a person"

    def __init__(self, *args: Any, people: People, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, self.people_field, [("", self.nobody), *people])


class RestrictForm(_OfPeople):
    """Why few may open a record, and whom to call about it."""

    people_field = "owner"
    ground = PickField(label="Why may few open it?", choices=GROUNDS, missing="Choose why few may open it")
    why = LineField(label="In your words", most=300, missing="Write why few may open it")
    call_whom = LineField(
        label="Who is called when this record may be meant?", most=120, missing="Enter who is called about it",
        help_text="A person or a post. Screeners see this, and nothing else.",
    )  # fmt: skip
    call_number = TelephoneField(
        label="On which number?", missing="Enter the telephone number on which they are called"
    )
    owner = ListField(label="Who answers for it, and looks again?", missing="Choose who answers for it")

    def clean_owner(self) -> int:
        """The number of the person's account."""
        return int(self.cleaned_data["owner"])


class WhyForm(Seen):
    """A step that asks why."""

    why = LineField(label="Why?", most=300, missing="Write why")


class ReaderForm(_OfPeople):
    """Somebody who may open a record, from and until."""

    user = ListField(label="Who may open it?", missing="Choose who may open it")
    why = LineField(label="What for?", most=300, missing="Write why they may open it")
    first = DayField(label="From which day?", missing="Enter the first day")
    last = DayField(
        label="Until which day?", required=False, help_text="The last day. Leave it out where none is known."
    )

    def clean_user(self) -> int:
        """The number of the person's account."""
        return int(self.cleaned_data["user"])

    @property
    def times(self) -> dict[str, datetime | None]:
        """From the first moment of the first day in London until the last one of the last."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return {"since": _begins(first), "until": _begins(last + timedelta(days=1)) if last else None}


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


class BarForm(_OfPeople):
    """Somebody who may never open a record."""

    user = ListField(label="Who may never open it?", missing="Choose who may never open it")
    ground = PickField(label="Why?", choices=BARS, missing="Choose why they may never open it")
    why = LineField(label="In your words", most=300, missing="Write why they may never open it")

    def clean_user(self) -> int:
        """The number of the person's account."""
        return int(self.cleaned_data["user"])


class GlassForm(forms.Form):
    """Why a record must be opened now."""

    why = ProseField(
        label="Why must you open it now?", most=500, missing="Write why you must open it now",
        help_text="What you write is read today by whoever answers for the record, and by the data protection officer.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class FindingForm(Seen):
    """What another person finds of a breaking of the glass."""

    finding = PickField(label="What do you find?", choices=FINDINGS, missing="Choose what you find")
    words = ProseField(
        label="What is done about it?", most=500, required=False, help_text="Needed unless it had to be opened.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class DeclareForm(forms.Form):
    """Oneself, or a relative."""

    ground = PickField(
        label="Who is it?", choices=[(DECLARED[0][0], "Myself"), (DECLARED[1][0], "A relative of mine")],
        missing="Say whether it is you or a relative",
    )  # fmt: skip
    given_name = LineField(label="First name", most=110, missing="Enter the first name")
    family_name = LineField(label="Last name", most=110, missing="Enter the last name")
    born_on = DayField(label="Date of birth", latest=timezone.localdate, missing="Enter the date of birth")


class AnswerForm(Seen):
    """Which of the records that were found are right."""

    right = PickManyField(
        label="Which of these is the one?", required=False,
        help_text="Leave all open where none is: those that you do not choose open to your colleague again.",
    )  # fmt: skip

    def __init__(self, *args: Any, found: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "right", list(found))
