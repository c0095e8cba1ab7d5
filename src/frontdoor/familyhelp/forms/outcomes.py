"""What is typed about outcomes of a family."""

from collections.abc import Iterable
from typing import Any

from frontdoor.familyhelp.forms.standing import Seen, prose
from frontdoor.familyhelp.rules import outcomes
from frontdoor.shell.forms import ListField, PickField, offer


class MarkForm(Seen):
    """One outcome that is marked at the start."""

    heading = ListField(label="What is to change?", choices=[], missing="Choose one of the headings")
    wanted = prose(
        "What does the family want to be different?",
        "Write what is to change, in words that the family would recognise",
    )
    stands = PickField(label="How does it stand now?", choices=outcomes.STANDS, missing="Choose how it stands")
    evidence = prose(
        "How is it now, and how do we know?", "Write how it is now, and how we know",
        help_text="What was seen, said or counted, and by whom: days in school, words of a parent, a letter.",
    )  # fmt: skip

    def __init__(self, *args: Any, free: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "heading", [("", "Choose a heading"), *free])


class EvidenceForm(Seen):
    """How one outcome stands."""

    phase = PickField(label="When is this?", choices=outcomes.OPEN_PHASES, missing="Choose when this is")
    stands = PickField(label="How does it stand?", choices=outcomes.STANDS, missing="Choose how it stands")
    evidence = prose(
        "How do we know?", "Write how we know: what was seen, said or counted, and by whom",
        help_text="What was seen, said or counted, and by whom.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The evidence as one value."""
        typed = super().clean() or {}
        if not self.errors:
            typed = {"seen": typed.pop("seen"), "given": outcomes.Shown(**typed)}
        return typed
