"""What an administrator types to let a system send."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.organisations.models import Agency
from frontdoor.shell.forms import LineField, ListField


class ClientForm(forms.Form):
    """A new client.

    :param agencies: who may be chosen; `cleaned_data["agency"]` is the row
    """

    name = LineField(label="Name of the system", missing="Enter a name", most=120)
    purpose = LineField(label="What it sends, and why", missing="Enter the purpose", most=300)

    def __init__(self, agencies: Iterable[Agency], data: Any = None) -> None:
        super().__init__(data)
        self._agencies = {str(agency.key): agency for agency in agencies}
        named = [(key, agency.name) for key, agency in self._agencies.items()]
        self.fields["agency"] = ListField(label="Whose system it is", choices=named, missing="Choose the agency")

    def clean_agency(self) -> Agency:
        """The agency itself."""
        return self._agencies[self.cleaned_data["agency"]]
