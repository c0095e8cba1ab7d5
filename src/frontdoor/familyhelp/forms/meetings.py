"""What is typed about a meeting of the team around a family."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.familyhelp.forms.team import Seen
from frontdoor.familyhelp.rules import meetings
from frontdoor.familyhelp.rules.meetings import Planned
from frontdoor.shell.forms import EmailField, LineField, MomentField, PickField, PickManyField, ProseField, offer


class MeetingForm(forms.Form):
    """When and where, and who is asked."""

    starts_at = MomentField(label="When?", subject="The time", missing="Enter when it is", earliest=timezone.localdate)
    minutes = forms.IntegerField(
        label="How many minutes?", min_value=meetings.SHORTEST, max_value=meetings.LONGEST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter a number from {meetings.SHORTEST} to {meetings.LONGEST}",
        ),
    )  # fmt: skip
    way = PickField(label="How do you meet?", choices=meetings.WAYS, missing="Choose how you meet")
    place = LineField(
        label="Where, or by which link or number?", most=300, missing="Write where you meet, or the link or number",
        help_text="It goes into calendars. Never an address that is kept secret.",
    )  # fmt: skip
    agenda = ProseField(
        label="What is talked about?", most=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays here: no invitation says it.",
    )  # fmt: skip
    invited = PickManyField(label="Who is asked?", choices=[], missing="Choose who is asked")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "invited", people)

    def clean(self) -> dict[str, Any]:
        """The meeting as one value."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        seen = {"seen": typed.pop("seen")} if "seen" in typed else {}
        return {**seen, "given": Planned(**{**typed, "invited": tuple(typed["invited"])})}


class ChangeMeetingForm(MeetingForm, Seen):
    """Another time or place, or others who are asked."""


class WhyForm(Seen):
    """Why it is cancelled."""

    why = LineField(label="Why?", most=1_000, missing="Write why")


class OffForm(Seen):
    """Why somebody is not asked any more."""

    why = LineField(label="Why are they not asked any more?", most=1_000, missing="Write why")


class AddressForm(Seen):
    """To which address an invitation goes."""

    email = EmailField(label="E-mail address", missing="Write an e-mail address")


class HeldForm(Seen):
    """Who came, and what was agreed."""

    agreed = ProseField(
        label="What was agreed?", most=10_000, missing="Write what was agreed",
        widget=forms.Textarea(attrs={"rows": 6}), help_text="In words that the family would recognise.",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for place, (_, name) in enumerate(asked):
            self.fields[f"came_{place}"] = PickField(
                label=f"Did {name} come?", choices=meetings.CAME, missing="Choose whether they came"
            )

    def clean(self) -> dict[str, Any]:
        """Who came, by the key of who was asked."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        came = {key: typed[f"came_{place}"] for place, (key, _) in enumerate(self.asked)}
        return {"seen": typed["seen"], "agreed": typed["agreed"], "came": came}
