"""What is typed of clocks: why a deadline was missed, why one stands still."""

from collections.abc import Sequence
from typing import Any

from django import forms

from frontdoor.clocks.rules import LATE_REASONS, Reason
from frontdoor.shell.forms import LineField, PickField, offer


class SeenForm(forms.Form):
    """That a notice was seen, as it then stood."""

    seen = forms.IntegerField()


class PauseForm(forms.Form):
    """One of the reasons for which a clock may stand still, and who asked for it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = PickField(label="Why does it stand still?", missing="Choose why it stands still", choices=[])
    note = LineField(label="Who asked for this, and when?", missing="Say who asked for this, and when", most=500)

    def __init__(self, *args: Any, reasons: Sequence[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason", [(reason.code, reason.words) for reason in reasons])


class ExplainForm(forms.Form):
    """One reason from the list, and a note; the miss itself stays."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = PickField(
        label="Why was it missed?",
        missing="Choose why it was missed",
        choices=[(reason.code, reason.words) for reason in LATE_REASONS],
    )
    note = LineField(label="What happened", required=False, most=500)
