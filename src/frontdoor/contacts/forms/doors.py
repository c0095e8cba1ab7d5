"""What is typed of a report that may not be genuine, as clean values."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.contacts.forms.screening import Seen
from frontdoor.shell.forms import LineField, PickManyField, TickField, offer


class NotGenuineForm(Seen):
    """Why a report is not genuine."""

    why = LineField(
        label="Why is it not genuine, in one line?", most=280, missing="Write one line: why it is not genuine",
        help_text="What shows it, not who you think sent it. Another person has to agree.",
    )  # fmt: skip


class TogetherForm(forms.Form):
    """Several reports, each with the version that was read."""

    which = PickManyField(label="Which of them?", missing="Choose at least one report")
    read = TickField(label="I have read every one that is ticked", missing="Read each of them, then tick this")

    def __init__(self, *args: Any, offered: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "which", offered)

    def seen(self) -> dict[str, int]:
        """The keys that were ticked, each with the version that was read, in the order in which they were shown."""
        return {key: int(version) for key, version in (each.split(":") for each in self.cleaned_data["which"])}


class AlikeForm(TogetherForm):
    """Why none of them is genuine."""

    why = LineField(
        label="Why is none of them genuine, in one line?", most=280, missing="Write one line: why none is genuine",
        help_text="What shows it, not who you think sent them. Another person has to agree.",
    )  # fmt: skip
