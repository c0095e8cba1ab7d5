"""Why a deadline was missed, as typed."""

from django import forms

from frontdoor.clocks.rules import LATE_REASONS
from frontdoor.shell.forms import LineField, PickField


class ExplainForm(forms.Form):
    """One reason from the list, and a note; the miss itself stays."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = PickField(
        label="Why was it missed?",
        missing="Choose why it was missed",
        choices=[(reason.code, reason.words) for reason in LATE_REASONS],
    )
    note = LineField(label="What happened", required=False, most=500)
