"""What is typed about police notices: a file, a first look by three keys, numbers of one incident, who works them."""

import re

from django import forms

from frontdoor.contacts.forms.screening import Seen
from frontdoor.contacts.rules import notices as rules
from frontdoor.shell.forms import Choice, LineField, PickField, ProseField

SAVE = "look-save"
"""The button of a first look: there the focus waits after a key, so that the next key is one too."""


class FileForm(forms.Form):
    """A file of notices."""

    file = forms.FileField(
        label="File of notices", allow_empty_file=True, error_messages={"required": "Choose a file"},
        help_text=f"CSV or JSON in UTF-8, at most {rules.MOST_NOTICES:,} notices. It is checked first.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.json,text/csv,application/json"}),
    )  # fmt: skip


class TakeForm(Seen):
    """Nothing but the version that was seen."""


class NoticeLookForm(Seen):
    """The first look at a notice: one key for danger, one for the line, one to save."""

    danger = PickField(
        label="Is there immediate danger?", missing="Answer yes, no or cannot tell",
        choices=[
            ("yes", Choice("Yes", key="y", then=SAVE)), ("no", Choice("No", key="n", then=SAVE)),
            ("unknown", Choice("Cannot tell", key="c", then=SAVE)),
        ],
    )  # fmt: skip
    because = PickField(
        label="Why, in one line", required=False,
        choices=[(key, Choice(words, key=key, then=SAVE)) for key, words in rules.LINES.items()],
    )  # fmt: skip
    line = LineField(label="Or in your own words", most=300, required=False)
    open_to = LineField(label="Open to whom? Leave empty if to nobody", required=False)

    def clean(self) -> dict[str, object]:
        """The line: the reader's own words, else those of the key."""
        typed: dict[str, object] = super().clean() or {}
        typed["line"] = rules.first_line(str(typed.pop("because", "")), str(typed.get("line", "")))
        if not typed["line"] and "line" not in self.errors:
            self.add_error("because", "Choose a line, or write one: why")
        return typed


class JoinForm(forms.Form):
    """The numbers of contacts that tell of one incident, and one reason."""

    receipts = ProseField(
        label="Receipt numbers of the contacts", most=12_000, missing="Enter the numbers of two contacts or more",
        help_text="One a line, or with commas between them.",
    )  # fmt: skip
    why = LineField(label="Why, in one line", most=300, missing="Write one line: why they belong together")

    def clean_receipts(self) -> list[str]:
        """The numbers, each once."""
        return list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["receipts"]))))


class StormForm(Seen):
    """Who works a storm of notices."""

    line = LineField(label="Who works them, in one line", most=300, missing="Write in one line who works them")
