"""What is typed about reaching people safely, and about protected addresses."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.letters.rules import WAYS
from frontdoor.shell.forms import DayField, LineField, ListField, PickField, PickManyField, offer


def _time(label: str, example: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, help_text=f"For example {example}",
        error_messages={"invalid": f"Enter a time, such as {example}"},
    )  # fmt: skip


class RuleForm(forms.Form):
    """One rule about reaching one person."""

    whom = ListField(label="Whom is it about?", missing="Choose whom it is about")
    way = PickField(label="Which way of reaching them?", choices=WAYS, missing="Choose a way of reaching them")
    never = PickField(
        label="Is it safe?",
        choices=[("yes", "Never"), ("no", "Only as set down here")],
        missing="Say whether it is ever safe",
    )
    begins = _time("Safe from", "9:30")
    ends = _time("Safe until", "14:45")
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


class ReviewForm(forms.Form):
    """A rule that somebody looks at again: it holds, another takes its place, or it holds no longer."""

    seen = forms.DateField(widget=forms.HiddenInput, required=False)
    do = PickField(
        label="Does it still hold?",
        choices=[
            ("keep", "Yes, as it is"),
            ("change", "Yes, but otherwise"),
            ("end", "No, it no longer holds"),
        ],
        missing="Say whether it still holds",
    )
    way = PickField(label="Which way of reaching them?", choices=WAYS, required=False)
    never = PickField(label="Is it safe?", choices=[("yes", "Never"), ("no", "Only as set down here")], required=False)
    begins = _time("Safe from", "9:30")
    ends = _time("Safe until", "14:45")
    code_word = LineField(label="A word that proves who rings", most=60, required=False)
    why = LineField(label="Why, in one line", most=300, missing="Write why")
    review_on = DayField(
        label="When does somebody look at this again?",
        subject="The day to look again",
        required=False,
        help_text="Needed, unless it no longer holds.",
    )

    def clean(self) -> dict[str, Any]:
        """What is needed beside the answer."""
        found = super().clean() or {}
        if found.get("do") == "change" and not found.get("way"):
            self.add_error("way", "Choose a way of reaching them")
        return found

    def rule(self) -> dict[str, Any]:
        """The rule that takes its place."""
        said = self.cleaned_data
        return {name: said[name] for name in ("way", "begins", "ends", "code_word")} | {"never": said["never"] == "yes"}


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
