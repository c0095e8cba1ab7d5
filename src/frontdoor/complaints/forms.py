"""What is typed about complaints and compliments, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.complaints import rules
from frontdoor.shell.forms import Choice, DayField, LineField, ListField, PickField, ProseField, TickField, offer

WHICH = [
    ("", "All that are open"), ("mine", "With me"), ("free", "With nobody"), ("late", "Late"), ("settled", "Settled"),
]  # fmt: skip


class FilterForm(forms.Form):
    """Which are shown."""

    which = ListField(label="Show", choices=WHICH, required=False)
    kind = ListField(label="Kind", choices=[("", "Both"), *rules.KINDS], required=False)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class TakeForm(forms.Form):
    """A complaint or compliment as it is told."""

    kind = PickField(
        label="Complaint or compliment?", choices=rules.KINDS, missing="Say whether it is a complaint or a compliment"
    )
    way = PickField(label="How did it come?", choices=rules.WAYS[1:], missing="Say how it came")
    what = ProseField(
        label="What is it about, in their words?", most=20_000, missing="Write what it is about, in their words",
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    who = PickField(label="Who is it?", choices=rules.WHO, missing="Say who complains or thanks")
    name = LineField(label="Their name", most=200, required=False)
    reply_to = LineField(
        label="How do they want to be answered?", most=300, required=False, help_text="A safe address or number."
    )
    team = ListField(label="Which team is it about?", required=False)
    about_user = ListField(
        label="Which person is it about?", required=False, help_text="They will not see it, nor answer for it."
    )

    def __init__(
        self, *args: Any, teams: Iterable[tuple[str, str]], people: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "team", [("", "No team in particular"), *teams])
        offer(self, "about_user", [("", "No person in particular"), *people])

    def clean_about_user(self) -> int | None:
        """The number of the person's account."""
        found = self.cleaned_data["about_user"]
        return int(found) if found else None

    def clean_team(self) -> str | None:
        """The team's key."""
        return self.cleaned_data["team"] or None


class TakeContactForm(TakeForm):
    """The same, of a contact: how it came is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["way"]


class OwnForm(Seen):
    """Who answers for it."""

    owner = ListField(label="Who answers for it?", missing="Choose who answers for it")

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [("", "Choose a manager"), *people])

    def clean_owner(self) -> int:
        """The number of the person's account."""
        return int(self.cleaned_data["owner"])


class WhyForm(Seen):
    """A step that asks why."""

    why = ProseField(
        label="Why, or in which words?", most=5_000, missing="Write why", widget=forms.Textarea(attrs={"rows": 3})
    )


class ReplyForm(Seen):
    """What was found and answered, what is learnt, and the action that comes of it."""

    outcome = PickField(label="What was found?", choices=rules.OUTCOMES, missing="Choose what was found")
    reply = ProseField(
        label="What was answered?", most=20_000, missing="Write what was answered",
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    how = PickField(label="How was it answered?", choices=rules.REPLIES, missing="Choose how it was answered")
    learning = ProseField(
        label="What do we learn from it?", most=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where it was upheld, also in part.",
    )  # fmt: skip
    action = LineField(label="What is done because of it?", most=300, required=False)
    owner = ListField(label="By whom?", required=False)
    due = DayField(label="By which day?", required=False, earliest=timezone.localdate)

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [("", "Choose a person or a team"), *owners])


class RiskForm(Seen):
    """The risk that a complaint shows."""

    why = LineField(label="What is the risk, in one line?", most=300, missing="Say in one line what the risk is")
    danger = PickField(
        label="May a child be in danger now?", missing="Say whether a child may be in danger now",
        choices=[("yes", Choice("Yes", key="y")), ("unknown", Choice("I cannot tell", key="c"))],
    )  # fmt: skip
    flag = TickField(label="Raise a red flag: this cannot wait", required=False)
