"""Who does what a decision directs, as typed: a name out of the list of those who can be given it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frontdoor.contacts.rules.decisions import Doer
from frontdoor.directions import rules
from frontdoor.shell.forms import LineField

LIST = "owners"
"""The id of the list from which browsers offer names while one types; without it, typing the whole name does."""


class OwnerField(LineField):
    """A person, team or agency out of a list that can be searched by typing; a wrong name stays and is told of."""

    def __init__(self, *, owners: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": LIST, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(widget=widget, **options)
        self.owners = tuple(owners)

    def clean(self, value: Any) -> Any:
        """Who is called so, with the name as the list has it; None where nothing was typed.

        :raises ValidationError: nobody in the list is called so
        """
        words = super().clean(value)
        if not words:
            return None
        found = rules.owner_called(words, self.owners)
        if found is None:
            raise ValidationError(rules.nobody_called(words, self.owners), code="nobody")
        return Doer(*found)
