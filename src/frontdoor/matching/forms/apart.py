"""What is typed about records that are kept apart, as clean values; the actions ask the same once more."""

from django import forms

from frontdoor.matching.rules.apart import OFFERED
from frontdoor.shell.forms import Choice, LineField, PickField

_HINTS = {
    "adoption": "Nobody else is told of it, not even that the two were named together",
    "protected": "Nobody else is told of it, not even that the two were named together",
}
_CHOICES = [(code, Choice(words, hint=_HINTS.get(code, ""))) for code, words in OFFERED]
MISSING = "Paste the address of the other record"


class ApartForm(forms.Form):
    """Which other record is never to be offered as this one, and why."""

    other = LineField(
        label="Address or key of the other record", most=300, missing=MISSING,
        help_text="Open the other record and copy the address of its page.",
    )  # fmt: skip
    ground = PickField(
        label="Why are they never to be offered as one?", choices=_CHOICES,
        missing="Choose why they are not to be offered as one",
    )  # fmt: skip
    why = LineField(label="In your words", most=300, missing="Write why, in a few words")


class WhyForm(forms.Form):
    """Why it was wrong to keep two records apart."""

    why = LineField(label="Why was it wrong?", most=300, missing="Write why it was wrong, in a few words")


class AgreeForm(forms.Form):
    """Both records, as whoever keeps them apart named them to a colleague, and why they may be offered again."""

    one = LineField(label="Address or key of the one record", most=300, missing=MISSING)
    other = LineField(label="Address or key of the other record", most=300, missing=MISSING)
    why = LineField(label="Why may they be offered as one again?", most=300,
                    missing="Write why it was wrong, in a few words")  # fmt: skip
