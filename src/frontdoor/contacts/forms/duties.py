"""What is typed of something that a kind of contact asks for, as clean values."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.shell.forms import LineField, ListField, MomentField, PickField, offer


class SettleForm(forms.Form):
    """What came of it."""

    duty = ListField(label="What is it about?", missing="Choose what this is about")
    answer = PickField(label="What came of it?", missing="Say what came of it")
    on = MomentField(label="When?", subject="The time", missing="Enter the day and the time")
    words = LineField(
        label="By whom, or why it is not owed, in one line", most=300,
        missing="Write one line: by whom, or why it is not owed",
    )  # fmt: skip

    def __init__(
        self, *args: Any, owed: Iterable[tuple[str, str]], answers: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = list(owed)
        offer(self, "duty", choices if len(choices) == 1 else [("", "Choose"), *choices])
        offer(self, "answer", answers)
