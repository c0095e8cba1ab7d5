"""What is typed about a direction: evidence, another time, a reason."""

from django import forms

from frontdoor.shell.forms import MomentField, ProseField


class SeenForm(forms.Form):
    """The version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class DoneForm(SeenForm):
    """What was done, and how we know."""

    evidence = ProseField(
        label="What was done, and how do we know?", most=4_000, missing="Say what was done, and how we know",
        help_text="For example: seen at home at 3:10pm, alone, by whom, and what the child said.",
    )  # fmt: skip


class MoveForm(SeenForm):
    """Another time, and why."""

    due_at = MomentField(label="When must it be done?", missing="Enter the new day and time")
    reason = ProseField(label="Why another time?", most=2_000, missing="Say why")


class ReopenForm(SeenForm):
    """What the evidence does not show, and a new time."""

    reason = ProseField(label="What is still missing?", most=2_000, missing="Say what is still missing")
    due_at = MomentField(label="When must it be done?", missing="Enter the new day and time")


class AskForm(forms.Form):
    """What came of asking."""

    note = ProseField(label="Whom did you ask, and what was said?", most=1_000, missing="Say what came of it")


class WithdrawForm(SeenForm):
    """Why a direction is taken back."""

    reason = ProseField(label="Why is this no longer needed?", most=2_000, missing="Say why")
