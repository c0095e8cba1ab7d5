"""A shift of the night rota, as typed."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.shell.forms import ListField, MomentField, TelephoneField, offer


class ShiftForm(forms.Form):
    """Who watches the night inbox, from when until when."""

    user_id = ListField(label="Who", missing="Choose who watches", choices=[])
    starts_at = MomentField(label="From", subject="From", missing="Enter when the shift begins")
    ends_at = MomentField(label="Until", subject="Until", missing="Enter when the shift ends")
    phone = TelephoneField(label="Telephone during the shift", required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "user_id", [("", "Choose"), *people])
