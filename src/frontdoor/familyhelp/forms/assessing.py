"""What is typed in a family's assessment, as clean values; the actions ask the same once more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frontdoor.familyhelp.rules import assessing as rules
from frontdoor.familyhelp.rules.assessing import Written
from frontdoor.familyhelp.rules.framework import BEST, LEAST, Field, Sort
from frontdoor.shell.forms import LineField, ListField, PickField, ProseField

SEEN, KEEP = "seen-", "keep-"
ENDS = {LEAST: "as bad as it can be", BEST: "as good as it can be"}
SCORES = [(str(score), f"{score}: {ENDS[score]}" if score in ENDS else str(score)) for score in range(LEAST, BEST + 1)]


class PartForm(forms.Form):
    """One page of an assessment: a field for each of its units, none of them asked for."""

    def __init__(self, units: Mapping[str, Field], texts: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data, initial=dict(texts))
        for code, unit in units.items():
            self.fields[code] = _field(unit)


def _field(unit: Field) -> forms.Field:
    if unit.sort is Sort.SCORE:
        missing = f"Choose a number from {LEAST} to {BEST}"
        return ListField(label=unit.label, choices=SCORES, empty="Not asked", missing=missing, required=False,
                         help_text=unit.hint)  # fmt: skip
    return ProseField(
        label=unit.label, most=rules.MOST_LETTERS, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=unit.hint,
    )  # fmt: skip


_TEXT = ProseField(most=rules.MOST_LETTERS, required=False)


def typed(data: Mapping[str, Any]) -> tuple[list[Written], dict[str, str]]:
    """Every unit that came with the version that its writer saw, and what is wrong with some of them.

    :returns: what was typed, and the words to say by field
    """
    given, wrong = [], {}
    for name, value in list(data.items())[:400]:
        if not name.startswith(SEEN):
            continue
        code = name.removeprefix(SEEN)
        try:
            text = _TEXT.clean(data.get(code, ""))
        except ValidationError as refused:
            wrong[code] = " ".join(refused.messages)
            continue
        seen, base = parsed(str(value))
        keep = data.get(f"{KEEP}{code}", "")
        given.append(Written(code, text, seen, base, keep if keep in rules.KEEPS else ""))
    return given, wrong


def stamp(version: int, text: str) -> str:
    """What a page carries of the text that lies before its reader: its version, and whether it was touched since."""
    return f"{version}:{rules.digest(text)}"


def parsed(said: str) -> tuple[int, str]:
    """The version and digest that a page carried; -1 where it carries none."""
    version, _, base = said.partition(":")
    return (int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1), base


class BeginForm(forms.Form):
    """Beginning an assessment."""


class ReviewForm(forms.Form):
    """Opening it for review."""

    why = LineField(
        label="Why is it looked at again?", most=1_000, missing="Write why it is looked at again",
        help_text="For example: three months have passed, or something has changed in the family.",
    )  # fmt: skip


class ShareForm(forms.Form):
    """How the family got it, and what it says."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    how = PickField(label="How did the family get it?", choices=rules.WAYS, missing="Choose how they got it")
    who = LineField(label="Who of the family has it?", most=300, missing="Write who of the family has it")
    agrees = PickField(
        label="Does the family agree with what it says?", choices=rules.AGREES, missing="Say whether the family agrees"
    )
    comments = ProseField(
        label="What does the family say of it?", most=5_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In their own words; also what a child says. Needed where they do not agree.",
    )  # fmt: skip
