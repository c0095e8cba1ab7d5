"""What is typed by whoever reads a decision again, as clean values."""

from django import forms

from frontdoor.contacts.rules.samples import ANSWERS
from frontdoor.shell.forms import PickField, ProseField


class ReviewForm(forms.Form):
    """An answer, and words where it needs them; the action asks the same once more."""

    answer = PickField(
        label="Would you have decided the same?", choices=ANSWERS,
        missing="Say whether you would have decided the same",
    )  # fmt: skip
    words = ProseField(
        label="Why you do not agree, or what there is to learn", required=False, most=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Write to whoever decided: they read it. Not agreeing comes back to them and to the head of service.",
    )  # fmt: skip
