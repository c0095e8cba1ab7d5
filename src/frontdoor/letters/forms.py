"""What is typed about a letter: a reason, a call, another way."""

from typing import Any

from django import forms

from frontdoor.letters.rules import ELECTRONIC, ROUTES, Route
from frontdoor.shell.forms import LineField, MomentField, PickField, ProseField


class SeenForm(forms.Form):
    """The version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WhyForm(SeenForm):
    """A reason."""

    why = LineField(label="Why?", most=300, missing="Say why")

    def __init__(self, *arguments: Any, label: str = "Why?", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["why"].label = label


class ToldForm(SeenForm):
    """Whom somebody spoke to, when, and what was said."""

    whom = LineField(
        label="Whom did you speak to?", help_text="The person who told us, or the one they trust.",
        missing="Say whom you spoke to",
    )  # fmt: skip
    said = ProseField(label="What was said?", most=4_000, missing="Say what was said")
    told_at = MomentField(label="When, if it was not just now", subject="The time of the call", required=False)


class AnotherWayForm(WhyForm):
    """Another way to tell somebody."""

    route = PickField(
        label="How are they told instead?",
        choices=[(code, words) for code, words in ROUTES if code in {*ELECTRONIC, Route.LETTER, Route.PHONE}],
        missing="Choose how they are told",
    )

    field_order = ("route", "why")
