"""What is typed about a letter: a reason, a call, another way."""

from typing import Any

from django import forms

from frontdoor.letters.rules import ELECTRONIC, ROUTES, Route
from frontdoor.letters.rules.typed import is_sealed
from frontdoor.shell.forms import LineField, MomentField, PickField, ProseField, TickField


class KeepField(TickField):
    """The mark beside an address that nobody else may find; it stands before the address, which is then never kept."""

    def __init__(self) -> None:
        super().__init__(
            label="Keep this address from others",
            help_text="For a refuge, or where somebody must not find them. It is sealed before it is kept.",
            required=False,
        )


class SealedField(forms.CharField):
    """What stands in place of an address that was kept from others: a word that nobody reads."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=2_000)

    def to_python(self, value: Any) -> str:
        """The word; nothing where it is none."""
        text = str(super().to_python(value))
        return text if is_sealed(text) else ""


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
