"""What is typed when somebody is told of services from a contact."""

from collections.abc import Iterable
from uuid import uuid4

from django import forms

from frontdoor.contacts.rules import signposting as rules
from frontdoor.shell.forms import Choice, LineField, PickField, PickManyField, TickField, offer


class PointForm(forms.Form):
    """Which services, to whom and how. `once` is the number of the page, so that a second press tells nothing twice."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    services = PickManyField(label="Which of these?", choices=[], missing="Choose a service")
    way = PickField(label="How are they told?", choices=rules.WAYS, missing="Choose how they are told")
    whom = LineField(label="Whom did you tell?", help_text="If you told them just now", required=False, most=200)
    safe = TickField(
        label="They asked for this list, and it is safe if somebody else at home reads it",
        help_text="Needed before anything is sent",
        required=False,
    )

    def __init__(self, *args: object, shown: Iterable[tuple[str, Choice]], route: str, **options: object) -> None:
        """:param route: how whoever told us would be sent it, in words; empty where nothing is sent"""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        offer(self, "services", shown)
        ways = [(rules.SAID, Choice(dict(rules.WAYS)[rules.SAID]))]
        if route:
            ways.append((rules.SENT, Choice(dict(rules.WAYS)[rules.SENT], hint=route)))
        else:
            del self.fields["safe"]
        offer(self, "way", ways)
