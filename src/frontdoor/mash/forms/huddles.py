"""What is typed in a huddle: who is present, what a partner says, what is decided now."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from frontdoor.mash.forms.asking import RoomForm
from frontdoor.mash.models import Desk
from frontdoor.shell.forms import LineField


class PresentForm(forms.Form):
    """Who came, agency by agency; an agency left empty is not there."""

    def __init__(self, *args: Any, desks: Iterable[Desk], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = {f"who_{desk.key}": desk.key for desk in desks}
        for desk in desks:
            self.fields[f"who_{desk.key}"] = LineField(label=desk.name, required=False, most=200)

    def who(self) -> dict[UUID, str]:
        """Who is present, by the key of the desk."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items() if self.cleaned_data.get(name)}


OTHER = "This was typed about another child. Look at the name above and send it again."


def _instead(form: forms.Form, name: str, child: str) -> None:
    """Shown again, a hidden field says the child of the page; what was typed stays."""
    data: Any = form.data
    data = data.copy()
    data[name] = child
    form.data = data


class DecidedForm(forms.Form):
    """What was decided now of the child who is spoken of."""

    child = forms.CharField(widget=forms.HiddenInput, required=False)
    line = LineField(
        label="What was decided now?", required=False, most=500,
        help_text="One line for the history. What has to be signed is signed on the page of the decision.",
    )  # fmt: skip

    def __init__(self, *args: Any, child: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["child"] = child
        self.now = child

    def clean(self) -> dict[str, Any]:
        """A colleague may have gone on to the next child meanwhile: nothing is written down for a child nobody saw."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("child") != self.now:
            self.add_error(None, OTHER)
            _instead(self, "child", self.now)
        return cleaned


class HeardForm(RoomForm):
    """What a partner says of the child who is spoken of."""

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], child: str, **options: Any) -> None:
        super().__init__(*args, agencies=agencies, people=[(child, "")], **options)
        self.fields["about"].widget = forms.MultipleHiddenInput()
        self.now = child

    def clean(self) -> dict[str, Any]:
        """Words that were typed beside another child are not written down for this one: a hidden field says which."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors.pop("about", None):
            self.add_error(None, OTHER)
            _instead(self, "about", self.now)
        return cleaned
