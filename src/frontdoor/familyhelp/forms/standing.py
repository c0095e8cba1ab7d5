"""What is typed about a family's way up and down, and when it is asked how it goes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.familyhelp.models import Outcome
from frontdoor.familyhelp.rules import checking, outcomes, standing
from frontdoor.shell.forms import DayField, LineField, PickField, ProseField, YesNoField


def prose(label: str, missing: str = "", *, rows: int = 3, help_text: str = "") -> ProseField:
    """A text of several lines; without `missing` it may stay empty."""
    area = forms.Textarea(attrs={"rows": rows})
    if not missing:
        return ProseField(label=label, most=5_000, required=False, widget=area, help_text=help_text)
    return ProseField(label=label, most=5_000, missing=missing, widget=area, help_text=help_text)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class StepDownForm(Seen):
    """A meeting at which a step-down was agreed, and what was agreed."""

    held_on = DayField(
        label="When was the meeting?", subject="The day", missing="Enter the day of the meeting",
        latest=timezone.localdate,
    )  # fmt: skip
    came_from = PickField(
        label="What does the family step down from?", choices=standing.FROM,
        missing="Choose what the family steps down from",
    )  # fmt: skip
    there = prose("Who was there?", "Write who was at the meeting", help_text="Names, and of which agency.")
    family_there = YesNoField(
        label="Was somebody of the family there?", missing="Say whether somebody of the family was there"
    )
    family_why = LineField(label="If not: why?", most=300, required=False)
    plan = prose(
        "What was agreed?", "Write what was agreed", rows=6,
        help_text="What goes on, who does what, and what happens if it gets harder again. In words that the family "
        "would recognise: they can read it.",
    )  # fmt: skip
    heard = prose("What do the children say?", help_text="Word for word. For a baby: what was seen of it.")
    unheard = LineField(label="If no child was asked: why?", most=300, required=False)
    lead_name = LineField(label="Who leads from now on?", most=200, missing="Write who leads from now on")
    lead_agency = LineField(label="Of which agency are they?", most=200, missing="Write of which agency they are")

    def clean(self) -> dict[str, Any]:
        """The step-down as one value."""
        typed = super().clean() or {}
        if not self.errors:
            typed = {"seen": typed.pop("seen"), "given": standing.SteppedDown(**typed)}
        return typed


class StatusForm(Seen):
    """Another status of a family."""

    status = PickField(label="Which status from now on?", choices=standing.STATUSES, missing="Choose a status")
    why = prose(
        "Why?", "Write why, in words that the family would recognise",
        help_text="The plan and whoever leads stay the same.",
    )  # fmt: skip


class AskingForm(Seen):
    """What came of asking a family how it goes.

    :param later: outcomes that were reached at the end, each of which is asked after
    """

    reached = YesNoField(
        label="Did you reach somebody who can say?", missing="Say whether you reached somebody",
        help_text="A parent, a child, or somebody who sees the children, such as school.",
    )  # fmt: skip
    kept = PickField(label="If yes: is the change kept up?", choices=checking.ANSWERS, required=False)
    who = LineField(label="Who says so?", most=200, required=False)
    words = prose(
        "What did they say? If nobody was reached: what was tried?", "Write what they said, or what was tried"
    )
    heard = prose("What do the children say?", help_text="Word for word.")
    unheard = LineField(label="If no child was asked: why?", most=300, required=False)

    def __init__(self, *args: Any, later: Iterable[Outcome] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.later = [str(each.key) for each in later]
        for each in later:
            self.fields[f"stands_{each.key}"] = PickField(
                label=f"{each.heading}: how does it stand now?", choices=outcomes.STANDS, required=False
            )
            self.fields[f"evidence_{each.key}"] = prose(f"{each.heading}: how do we know?", rows=2)

    def clean(self) -> dict[str, Any]:
        """The answer as one value."""
        typed = super().clean() or {}
        if not self.errors:
            later = {key: (typed.pop(f"stands_{key}"), typed.pop(f"evidence_{key}")) for key in self.later}
            typed = {"seen": typed.pop("seen"), "given": checking.Asked(**typed, later=later)}
        return typed
