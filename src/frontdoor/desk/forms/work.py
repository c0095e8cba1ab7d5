"""What is typed on the desk's own pages."""

from django import forms
from django.utils import timezone

from frontdoor.contacts.queries.searching import Wanted
from frontdoor.shell.forms import DayField, LineField


class SearchForm(forms.Form):
    """Look for contacts by number, or by somebody in them. Sent by POST: a name never stands in an address."""

    receipt = LineField(
        label="Number", required=False, most=24, help_text="As it was given: 874-T-000123, with or without the noughts"
    )
    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    born = DayField(label="Date of birth", required=False, latest=timezone.localdate)
    postcode = LineField(label="Postcode", required=False, most=10)
    came = DayField(label="Day it came", required=False, latest=timezone.localdate)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if not self.errors and self._wanted(found).empty:
            raise forms.ValidationError("Enter a number, a last name, a date of birth, a postcode or the day it came")
        return found

    def _wanted(self, found: dict[str, object]) -> Wanted:
        return Wanted(**{name: found.get(name) or default for name, default in _EMPTY.items()})  # type: ignore[arg-type]  # cleaned

    def wanted(self) -> Wanted:
        """What is looked for."""
        return self._wanted(self.cleaned_data)


_EMPTY = {"receipt": "", "given_name": "", "family_name": "", "born": None, "postcode": "", "came": None}
