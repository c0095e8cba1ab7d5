"""Which children of an incident are another council's, and what that council has to know of them."""

from collections.abc import Iterable
from typing import Any

from frontdoor.contacts.forms.screening import Seen
from frontdoor.shell.forms import LineField, ListField, PickField, PickManyField, ProseField, offer


class BesideForm(Seen):
    """Whom, to which council, and what happened as far as it is about them."""

    council = ListField(label="Which council?", missing="Choose the other council")
    people = PickManyField(
        label="Who belongs to that council?", missing="Choose at least one child",
        help_text="The children, and adults who belong to them. Nobody else is named to that council.",
    )  # fmt: skip
    story = ProseField(
        label="What happened, as far as it is about these children?",
        missing="Write what happened, as far as it is about these children",
        help_text="Only this goes there. Our own children, the whole story and who told us stay here.",
    )  # fmt: skip
    danger = PickField(
        label="Are they in danger now?", missing="Answer yes, no or cannot tell",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Cannot tell")],
    )  # fmt: skip
    why = LineField(
        label="Why are they that council’s, in one line?", most=300, missing="Write one line: why",
        help_text="For example: they live with their father in Wisbech.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], councils: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "people", list(people))
        offer(self, "council", [("", "Choose the council"), *councils])

    def clean_council(self) -> int:
        """The council's number."""
        return int(self.cleaned_data["council"])
