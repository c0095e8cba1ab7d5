"""What a data protection officer types to read the trail."""

import re
from uuid import UUID

from django import forms

from frontdoor.shell.forms import LineField, PickField

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class TrailForm(forms.Form):
    """Whose or which entries: a key, or an address that holds one."""

    about = PickField(
        label="What do you want to see?",
        choices=[
            ("subject", "Everything done to a record, and every reading of it"),
            ("actor", "Everything that one account did"),
        ],
        missing="Choose what you want to see",
    )
    key = LineField(
        label="Address or key",
        help_text="Copy the address of the record or of the account from the browser.",
        missing="Enter an address or a key",
        most=500,
    )

    def clean_key(self) -> UUID:
        """The last key in what was typed: an address names the council first.

        :raises ValidationError: there is none
        """
        found = _KEY.findall(self.cleaned_data["key"])
        if not found:
            raise forms.ValidationError(
                "Enter an address or a key, like 123e4567-e89b-42d3-a456-426614174000", code="no_key"
            )
        return UUID(found[-1])
