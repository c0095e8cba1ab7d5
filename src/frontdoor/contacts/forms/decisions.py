"""What a social worker recommends and a manager decides, as typed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.passing_on import OwnerField
from frontdoor.contacts.rules.decisions import ALONGSIDE, DETAIL_ASKED, Action, Decided, Recommended
from frontdoor.shell.forms import LineField, ListField, MomentField, PickField, ProseField

Pair = tuple[int, str]

ACTIONS = 3
"""Rows for actions that a page shows at once; a saved decision takes more by addendum and directions."""


def _that(asks: Callable[[codes.Outcome], object]) -> list[str]:
    return [row.code for row in codes.OUTCOMES if asks(row)]


ASKED_BY = {
    "rating": _that(lambda row: "rating" in row.needs),
    "specialist_route": _that(lambda row: "route" in row.needs),
    "detail": _that(lambda row: DETAIL_ASKED.keys() & set(row.needs)),
    "other_council": _that(lambda row: row.destination == "other_council"),
    "worker": _that(lambda row: row.destination == "allocated_worker"),
}
"""Which outcomes ask a question; the others hide it."""


class _Outcome(forms.Form):
    """The fields that a recommendation and a decision share."""

    asked_by = ASKED_BY

    seen = forms.IntegerField(widget=forms.HiddenInput)
    outcome = ListField(
        label="What should happen", missing="Choose what should happen",
        choices=[(row.code, row.label) for row in codes.OUTCOMES],
    )  # fmt: skip
    rating = ListField(
        label="Rating of the enquiry", required=False, choices=[(row.code, row.label) for row in codes.RATINGS]
    )
    specialist_route = ListField(
        label="Specialist route", required=False, choices=[(row.code, row.label) for row in codes.ROUTES]
    )
    detail = ProseField(
        label="What this outcome asks", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The advice, the service, the question, the power used, the other council, or the reason",
    )  # fmt: skip
    secondary = forms.MultipleChoiceField(
        label="And also", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(row.code, row.label) for row in codes.OUTCOMES if row.code in ALONGSIDE],
    )  # fmt: skip


class RecommendForm(_Outcome):
    """A social worker's recommendation for one child."""

    known = ProseField(label="What we know", missing="Write what we know", widget=forms.Textarea(attrs={"rows": 5}))
    means = ProseField(
        label="What it means for this child, day to day", missing="Write what this means for the child",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    voice = ProseField(
        label="The child's own words and daily life", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    voice_missing = LineField(label="Or: not yet heard, because", required=False, most=300)
    history = ProseField(
        label="What earlier contacts tell us, and whether what we did helped", required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    decided = ProseField(
        label="What should happen, and why not more or less",
        missing="Write what should happen, and why not more or less", widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    change_mind = ProseField(
        label="What would change our mind", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    threshold_level = PickField(
        label="Level of need", missing="Choose the level of need",
        choices=[(row.code, row.label) for row in codes.LEVELS],
    )  # fmt: skip

    def given(self) -> Recommended:
        """The typed values as the rules take them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Recommended(**{**values, "secondary": tuple(values["secondary"])})


class AgreeForm(forms.Form):
    """One key: the recommendation as it stands."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(_Outcome):
    """A manager's decision for one child, with up to three actions."""

    why_different = ProseField(
        label="If you decide differently: why", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    risk_seen = ProseField(label="The risk you see", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    direction = ProseField(
        label="Your direction: what must be done from now on", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    missing = ProseField(
        label="What is not known, and why you do not wait for it", required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        councils: Iterable[Pair] = (),
        colleagues: Iterable[Pair] = (),
        owners: Iterable[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        people, doers = list(colleagues), list(owners)
        self.owner_names = [name for _, name in doers]
        for name, label, choices in (
            ("other_council", "The other council", list(councils)),
            ("worker", "The child's worker", people),
            ("manager", "That team's manager", people),
        ):
            self.fields[name] = ListField(label=label, required=False, choices=choices)
        for number in range(1, ACTIONS + 1):
            self.fields[f"what_{number}"] = LineField(label=f"Action {number}", required=False, most=500)
            self.fields[f"owner_{number}"] = OwnerField(label="Who does it", owners=doers, required=False)
            self.fields[f"due_{number}"] = MomentField(label="By when", subject="By when", required=False)

    def action_rows(self) -> list[tuple[int, Any, Any, Any]]:
        """The fields of each action: its number, what, who, by when."""
        return [
            (number, self[f"what_{number}"], self[f"owner_{number}"], self[f"due_{number}"])
            for number in range(1, ACTIONS + 1)
        ]

    @staticmethod
    def other_than(recommended: str) -> list[str]:
        """The outcomes with which a manager decides differently from what was recommended."""
        return [row.code for row in codes.OUTCOMES if row.code != recommended]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for number in range(1, ACTIONS + 1):
            self._whole_or_none(number, found)
        return found

    def _whole_or_none(self, number: int, found: dict[str, Any]) -> None:
        names = {f"what_{number}": "Write what must be done", f"owner_{number}": "Choose who does it",
                 f"due_{number}": "Enter by when"}  # fmt: skip
        if not any(found.get(name) for name in names):
            return
        for name, words in names.items():
            if not found.get(name) and name not in self.errors:
                self.add_error(name, words)

    def actions(self) -> tuple[Action, ...]:
        """The actions that were filled in."""
        rows = (tuple(self.cleaned_data.get(f"{part}_{number}") for part in ("what", "owner", "due")) for number in
                range(1, ACTIONS + 1))  # fmt: skip
        return tuple(
            Action(what, owner.value, due, called=owner.name) for what, owner, due in rows if what and owner and due
        )

    def given(self) -> Decided:
        """The typed values as the rules take them."""
        kept = ("outcome", "rating", "specialist_route", "detail", "why_different", "risk_seen", "direction", "missing")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in kept}
        for name in ("other_council", "worker", "manager"):
            values[name] = int(self.cleaned_data[name] or 0) or None
        return Decided(**values, secondary=tuple(self.cleaned_data["secondary"]), actions=self.actions())


class ReasonForm(forms.Form):
    """One reason, with the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = LineField(label="Why", missing="Write why", most=300)


class WordsForm(forms.Form):
    """A marked correction of a spelling."""

    words = LineField(label="Correction", missing="Write the correction", most=500)


class PatternForm(forms.Form):
    """A reasoned judgement of repeat contacts."""

    changed = ProseField(
        label="What has changed since the last time?", missing="Write what has changed since the last time",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    responses = ProseField(
        label="What was each earlier response?", missing="Write what each earlier response was",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    helped = ProseField(
        label="Did it help the child?", missing="Write whether it helped the child",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    conclusion = ProseField(
        label="What do you conclude?", missing="Write what you conclude from the pattern",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
