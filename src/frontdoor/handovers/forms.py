"""What is typed about a slip: answers, reminders, sending again, settling."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.codes import rules as codes
from frontdoor.handovers import rules
from frontdoor.shell.forms import LineField, ListField, MomentField, PickField, ProseField, offer

Pair = tuple[str, str]


class SeenForm(forms.Form):
    """The version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class RefuseForm(SeenForm):
    """A refusal rests on a conversation with a manager."""

    reason = ProseField(label="Why is this not yours to take?", most=2_000, missing="Say why this is not yours to take")
    manager = ListField(label="The manager you spoke to", missing="Choose the manager you spoke to")
    talked_at = MomentField(label="When did you speak?", missing="Enter when you spoke")

    def __init__(self, *arguments: Any, managers: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer(self, "manager", [("", "Choose"), *managers])


class CorrectForm(SeenForm):
    """What has to be put right."""

    wrong = PickField(label="What is wrong?", choices=rules.WRONGS, missing="Choose what is wrong")
    text = ProseField(
        label="Say what is wrong, and what you need", most=2_000, missing="Say what is wrong, and what you need"
    )


class ChaseForm(forms.Form):
    """How somebody asked for an answer."""

    note = ProseField(label="How did you chase, and what was said?", most=1_000, missing="Say how you chased")


class WithdrawForm(SeenForm):
    """Why a slip is taken back."""

    reason = ProseField(label="Why do you take this back?", most=2_000, missing="Say why you take this back")


class SettleForm(SeenForm):
    """A head of service's ruling."""

    ruling = PickField(label="Who has the work from now on?", choices=rules.RULINGS, missing="Choose who has the work")
    reason = ProseField(label="Why?", most=2_000, missing="Say why")


class SendAgainForm(SeenForm):
    """What was put right, and where it goes now."""

    changed = ProseField(
        label="What have you put right, or why does it go again?", most=2_000, missing="Say what you have put right"
    )
    to = ListField(
        label="Where it goes now", empty="The same team as before", required=False,
        choices=[(found.code, found.title) for found in rules.DESTINATIONS.values() if not found.another_council],
    )  # fmt: skip
    rating = ListField(
        label="Rating", required=False, empty="As it is", choices=[(row.code, row.label) for row in codes.RATINGS]
    )
    route = ListField(
        label="Specialist route, for a specialist team", required=False, empty="None",
        choices=[(row.code, row.label) for row in codes.ROUTES],
    )  # fmt: skip
    worker = ListField(label="Worker, for an open case", required=False, empty="None")
    manager = ListField(label="That team's manager", required=False, empty="None")

    def __init__(self, *arguments: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen = [("", "None"), *people]
        for name in ("worker", "manager"):
            offer(self, name, chosen)

    def given(self) -> dict[str, Any]:
        """What `send_again` takes."""
        said = self.cleaned_data
        people = {name: int(said[name]) if said[name] else None for name in ("worker", "manager")}
        return {
            "seen": said["seen"], "changed": said["changed"], "to": said["to"], "route": said["route"],
            "rating": said["rating"] or None, **people,
        }  # fmt: skip


class CouncilAnswerForm(SeenForm):
    """A refusal to another council, after a conversation with a manager there, by name."""

    reason = ProseField(label="Why is this not yours to take?", most=2_000, missing="Say why this is not yours to take")
    manager = LineField(label="The manager you spoke to there", missing="Enter the manager you spoke to")
    talked_at = MomentField(label="When did you speak?", missing="Enter when you spoke")


class OutsideAnswerForm(SeenForm):
    """What a council answered that does not work here."""

    verdict = PickField(
        label="What did they answer?", missing="Choose what they answered",
        choices=[
            ("accepted", "They take it on, and have confirmed it in writing"),
            ("corrected", "Something has to be put right first"),
            ("refused", "They refuse"),
        ],
    )  # fmt: skip
    who = LineField(label="Who answered, and in which post?", missing="Enter who answered")
    text = ProseField(
        label="What they said, and how it was confirmed", most=2_000, missing="Say what they said",
    )  # fmt: skip
    wrong = ListField(label="If something has to be put right: what", required=False, choices=rules.WRONGS)
    talked_at = MomentField(label="If they refuse: when their manager spoke to you", required=False)
    manager = LineField(label="And that manager's name", required=False)
