"""What somebody of an agency types who sends with an account. A child in danger never waits for a field."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.notices import FileForm
from frontdoor.letters.forms import KeepField, SealedField
from frontdoor.shell.forms import (
    Choice,
    DayField,
    EmailField,
    LineField,
    ListField,
    PickField,
    ProseField,
    TelephoneField,
    TickField,
)

MOST_CHILDREN = 10
MOST_LISTED = 1_000_000
"""Bytes of a list of numbers that is compared: some fifty thousand of them."""

_DANGER = [
    ("yes", Choice("Yes", hint="Ring 999 first. Then go on here")),
    ("no", Choice("No")),
    ("unknown", Choice("We cannot tell")),
]


class SendForm(forms.Form):
    """A planned report: everything on one page; agreement is asked for unless a child is in danger."""

    idem = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    children = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=1, max_value=MOST_CHILDREN)
    danger = PickField(
        label="Is a child in danger right now?", missing="Choose one, also if you cannot tell", choices=_DANGER
    )
    story = ProseField(
        label="What are you worried about?",
        help_text="What happened, what was seen or heard, when, and what is different today?",
        missing="Write what you are worried about, even in a few words",
    )
    tried = ProseField(label="What has been tried, and what is going well?", required=False)
    where_now = LineField(label="Where is the child now?", required=False, most=300)
    postcode = LineField(
        label="Postcode where the child lives",
        help_text="It leads to the right council. If you do not know it, leave this empty.",
        required=False,
        most=10,
    )
    council = ListField(label="Council, if you know it", required=False, empty="By the postcode", choices=[])
    knows = PickField(
        label="Does the family know that you are telling us?",
        required=False,
        choices=[("yes", Choice("Yes")), ("no", Choice("No")), ("unknown", Choice("We do not know"))],
    )
    agreement = PickField(
        label="Do they agree?",
        help_text="Do not ask them if it could put a child or an adult in danger.",
        required=False,
        missing="Choose whether they agree, or that they were not asked",
        choices=[
            ("given", Choice("Yes, they agree")),
            ("refused", Choice("They were asked and said no")),
            ("no_reply", Choice("They were asked and have not answered")),
            ("not_sought", Choice("They were not asked")),
        ],
    )
    why_not = LineField(label="If they were not asked, why not?", required=False, most=300)
    local = ListField(
        label="Your service",
        missing="Choose your service",
        choices=[(row.code, row.label) for row in codes.LOCAL_SOURCES if row.kind == "professional"],
    )
    role = LineField(label="Your job", required=False)
    phone = TelephoneField(label="Telephone number at which we reach you", required=False)
    call_back = TickField(label="Please let a social worker ring me back", required=False)

    def __init__(self, *args: Any, councils: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["council"]
        field.choices = [("", "By the postcode"), *councils]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("danger") == "no" and not found.get("agreement") and "agreement" not in self.errors:
            self.add_error("agreement", "Choose whether they agree, or that they were not asked")
        if found.get("call_back") and not found.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter a telephone number so that a social worker can ring you")
        return found


class SendChildForm(forms.Form):
    """One child of the report; a name is not needed."""

    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    date_of_birth = DayField(label="Date of birth", required=False, latest=timezone.localdate)
    description = LineField(label="If you do not know the name, describe the child", required=False, most=500)
    keep = KeepField()
    sealed = SealedField()
    address = LineField(label="Where the child lives", required=False, most=300)
    school = LineField(label="School or nursery", required=False)
    said_words = ProseField(label="What has the child said, in their own words?", required=False)


class AddForm(forms.Form):
    """Something to add to what was sent, or to put right."""

    idem = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    danger = PickField(
        label="Is a child in danger right now?", missing="Choose one, also if you cannot tell", choices=_DANGER
    )
    story = ProseField(label="What do you want to add or put right?", missing="Write what you want to add or put right")


class ListedForm(forms.Form):
    """A sender's own list of numbers or keys, pasted or as a file."""

    theirs = ProseField(
        label="Your own list",
        help_text="Receipt numbers or your own keys, one a line.",
        required=False,
        most=MOST_LISTED,
    )
    file = forms.FileField(label="Or a file", required=False, help_text="Text or CSV; the first column is read.")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (file := found.get("file")) is not None:
            if file.size > MOST_LISTED:
                self.add_error("file", "The file must be smaller than 1 MB")
            else:
                found["theirs"] = file.read().decode("utf-8", "replace")
        if not found.get("theirs") and not self.errors:
            self.add_error("theirs", "Paste your list, or choose a file")
        return found


class DayForm(forms.Form):
    """Which day."""

    day = DayField(label="Day", missing="Enter the day", latest=timezone.localdate)


class NoticesForm(FileForm):
    """A file of police notices, and for which council it is meant."""

    council = ListField(label="Council where the children live", missing="Choose the council", choices=[])

    def __init__(self, *args: Any, councils: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["council"]
        field.choices = [("", "Choose"), *councils]


class ColleagueForm(forms.Form):
    """A colleague who is to send too."""

    email = EmailField(
        label="E-mail address at work",
        help_text="A link to choose a password goes to it.",
        missing="Enter an e-mail address",
    )
    name = LineField(label="Full name", missing="Enter the name", most=120)
    ends_on = DayField(label="Last day, if it is known", required=False, earliest=timezone.localdate)


class LeaverForm(forms.Form):
    """Why somebody no longer sends."""

    why = ProseField(label="Why", missing="Say why, for example: has left the school", most=500)
