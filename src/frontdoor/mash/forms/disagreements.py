"""What is typed about a disagreement, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.mash.rules import disagreements as rules
from frontdoor.shell.forms import Choice, DayField, LineField, ListField, PickField, ProseField, TickField, offer

WHICH = [
    ("", "All that are not resolved"), ("mine", "With me"), ("free", "With nobody"), ("late", "Late"),
    ("resolved", "Resolved"),
]  # fmt: skip


def _prose(label: str, missing: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> ProseField:
    return ProseField(
        label=label, most=5_000, missing=missing, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class FilterForm(forms.Form):
    """Which are shown."""

    which = ListField(label="Show", choices=WHICH, required=False)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class RaiseForm(forms.Form):
    """A disagreement as it is told."""

    child = ListField(label="Which child is it about?", required=False)
    about = PickField(label="What is it about?", choices=rules.ABOUT, missing="Choose what it is about")
    way = PickField(label="How was it said?", choices=rules.WAYS, missing="Choose how it was said")
    who = LineField(label="Who disagrees?", most=200, missing="Write who disagrees", help_text="Their name.")
    role = LineField(label="Their role", most=200, required=False)
    agency = LineField(label="For which agency do they speak?", most=200, missing="Write for which agency they speak")
    position = _prose("What do they say, in their words?", "Write what they say, in their words", rows=5)
    wanted = _prose("What do they think should happen?", "Write what they think should happen")
    safety = _prose(
        "What keeps the child safe while this is not resolved?",
        "Write what keeps the child safe while this is not resolved",
    )
    urgent = TickField(
        label="The child may be at immediate risk meanwhile", required=False,
        help_text="If you tick this, stages may be left out. If somebody must act now, start protection first: this "
        "waits.",
    )  # fmt: skip

    def __init__(self, *args: Any, children: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "child", [("", "The contact as a whole"), *children])

    def clean_child(self) -> str | None:
        """The key of the child's matter; None for the whole contact."""
        return self.cleaned_data["child"] or None


class SayForm(Seen):
    """What one side says, or what now keeps the child safe."""

    what = PickField(
        label="What do you write down?", missing="Choose what you write down",
        choices=[
            ("theirs", "What the other side says"), ("ours", "What we say"),
            ("safety", "What keeps the child safe meanwhile"),
        ],
    )  # fmt: skip
    text = _prose("In which words?", "Write what they say", rows=5)


class OwnForm(Seen):
    """Who settles it, on both sides."""

    owner = ListField(label="Who settles it on our side?", missing="Choose who settles it on our side")
    counterpart = LineField(
        label="With whom of theirs?", most=200, missing="Write whom of theirs it is settled with",
        help_text="Name and role.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [("", "Choose a manager"), *people])

    def clean_owner(self) -> int:
        """The number of the person's account."""
        return int(self.cleaned_data["owner"])


class TakeOnForm(OwnForm):
    """To which stage it goes, and what is still disputed."""

    stage = PickField(label="To which stage?", missing="Choose the stage")
    why = _prose("What is still disputed?", "Write what is still disputed")
    field_order = ("seen", "stage", "why", "owner", "counterpart")

    def __init__(self, *args: Any, stages: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", [(str(stage), words) for stage, words in stages])

    def clean_stage(self) -> int:
        """The stage's number."""
        return int(self.cleaned_data["stage"])


class ResolveForm(Seen):
    """What came of it, whether both sides agree, what is learnt, and the action that comes of it."""

    outcome = PickField(label="What came of it?", choices=rules.OUTCOMES, missing="Choose what came of it")
    agreed = PickField(
        label="Do both sides agree?", missing="Say whether both sides agree",
        choices=[("yes", "Yes"), ("no", Choice("No", hint="It is settled all the same. Say why below."))],
    )  # fmt: skip
    how = _prose("How was it settled?", "Write how it was settled", rows=4)
    learning = _prose("What is learnt from it?", "Write what is learnt, or that nothing is and why")
    action = LineField(label="What is done because of it?", most=300, required=False)
    owner = ListField(label="By whom?", required=False)
    due = DayField(label="By which day?", required=False, earliest=timezone.localdate)

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [("", "Choose a person or a team"), *owners])

    def clean_agreed(self) -> bool:
        """Whether both sides agree."""
        return bool(self.cleaned_data["agreed"] == "yes")
