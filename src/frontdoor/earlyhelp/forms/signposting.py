"""What is typed about services that a family is told of."""

from collections.abc import Iterable

from django import forms

from frontdoor.earlyhelp.forms import Seen
from frontdoor.earlyhelp.rules import hub
from frontdoor.shell.forms import Choice, LineField, ListField, PickField, PickManyField, ProseField, offer


class SignpostForm(Seen):
    """Which services the family was told of."""

    services = PickManyField(label="Which of these did you tell the family of?", choices=[], missing="Choose a service")
    words = ProseField(
        label="What did you say about them?", most=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, shown: Iterable[tuple[str, Choice]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        offer(self, "services", shown)


class UptakeForm(Seen):
    """What came of one of them."""

    went = PickField(label="Did they go?", choices=hub.UPTAKES, missing="Choose what came of it")
    reason = ListField(
        label="If not: what was in the way?", choices=[("", "Choose a reason"), *hub.REASONS], required=False,
        help_text="This is counted, without a name, so that services can change.",
    )  # fmt: skip
    why = LineField(
        label="If not: why not?", most=1_000, required=False, help_text="In the family's words. Nobody is to blame."
    )
