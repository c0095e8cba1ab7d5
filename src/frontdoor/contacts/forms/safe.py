"""What is typed about reaching people safely, and about protected addresses."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.letters.rules import WAYS
from frontdoor.shell.forms import DayField, LineField, ListField, PickField, PickManyField, offer


class RuleForm(forms.Form):
    """One rule about reaching one person."""

    whom = ListField(label="Whom is it about?", missing="Choose whom it is about")
    way = PickField(label="Which way of reaching them?", choices=WAYS, missing="Choose a way of reaching them")
    never = PickField(
        label="Is it safe?",
        choices=[("yes", "Never"), ("no", "Only as set down here")],
        missing="Say whether it is ever safe",
    )
    begins = forms.TimeField(
        label="Safe from",
        required=False,
        help_text="For example 9:30",
        error_messages={"invalid": "Enter a time, such as 9:30"},
    )
    ends = forms.TimeField(
        label="Safe until",
        required=False,
        help_text="For example 14:45",
        error_messages={"invalid": "Enter a time, such as 14:45"},
    )
    code_word = LineField(label="A word that proves who rings", most=60, required=False)
    why = LineField(label="Why, in one line", most=300, missing="Write why")
    review_on = DayField(
        label="When does somebody look at this again?",
        subject="The day to look again",
        required=False,
        help_text="It holds until somebody takes it back.",
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "whom", [("", "Choose"), *people])


class ProtectForm(forms.Form):
    """An address that nobody must find, and whose it is."""

    whose = PickManyField(label="Whose address is it?", missing="Choose whose address it is")
    address = LineField(
        label="The address, if it is not the one that stands here",
        most=600,
        required=False,
        help_text="It is sealed at once and shown on no page. Do not write it anywhere else.",
    )
    why = LineField(label="Why is it protected?", most=300, missing="Write why it is protected")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "whose", people)


class ReasonForm(forms.Form):
    """Why somebody needs a protected address, or takes something back."""

    why = LineField(label="Why?", most=300, missing="Write why")
