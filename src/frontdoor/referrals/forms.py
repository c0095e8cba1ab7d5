"""What is typed about a referral, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.referrals.rules import judging, recording
from frontdoor.shell.forms import (
    DayField,
    LineField,
    ListField,
    MomentField,
    PickField,
    ProseField,
    TickField,
    YesNoField,
    offer,
)

_SHORT = forms.Textarea(attrs={"rows": 3})


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Late(Seen):
    """Why something that this brings to its end was late."""

    late_reason = ListField(label="If it was late: why?", choices=recording.LATE, required=False)
    late_note = LineField(label="More about why it was late", most=500, required=False)


class VisitForm(Late):
    """One visit to a child."""

    field_order = (
        "seen", "made_at", "place", "where", "seen_by", "met", "why_not_seen", "alone", "not_alone", "voice",
        "voice_missing", "late_reason", "late_note",
    )  # fmt: skip

    made_at = MomentField(
        label="When was the visit?", subject="The visit", missing="Enter when the visit was",
        help_text="When it was, not now: the clock stops at the time of the visit.", latest=timezone.localdate,
    )  # fmt: skip
    place = PickField(label="Where?", choices=recording.PLACES, missing="Choose where it was")
    where = LineField(label="Which place?", most=300, required=False)
    seen_by = LineField(label="Who went?", most=200, missing="Say who went")
    met = YesNoField(label="Was the child seen?", missing="Say whether the child was seen")
    why_not_seen = ProseField(label="If not seen: why?", most=2_000, required=False, widget=_SHORT)
    alone = YesNoField(label="If seen: was the child seen alone?", required=False)
    not_alone = ListField(
        label="If not alone: why?", choices=[("", "Seen alone"), *recording.NOT_ALONE], required=False
    )
    voice = ProseField(
        label="What did the child say?", most=10_000, required=False, widget=_SHORT,
        help_text="Word for word. For a baby or a child without words: what you saw.",
    )  # fmt: skip
    voice_missing = LineField(label="If the child was not heard: why?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        """The visit as one value."""
        typed = super().clean() or {}
        if not self.errors:
            parts = {name: typed.pop(name) for name in list(typed) if name in _VISIT}
            typed["visit"] = recording.Visited(seen=typed.pop("met"), **parts)
        return typed


_VISIT = frozenset(
    {"made_at", "place", "where", "seen_by", "why_not_seen", "alone", "not_alone", "voice", "voice_missing"}
)


class DateForm(Late):
    """One of the dates after."""

    field_order = ("seen", "kind", "on", "why", "late_reason", "late_note")

    kind = PickField(label="What happened?", missing="Choose what happened")
    on = DayField(label="On which day?", subject="The day", missing="Enter the day", latest=timezone.localdate)
    why = ProseField(label="If no conference is needed: why?", most=2_000, required=False, widget=_SHORT)

    def __init__(self, *args: Any, kinds: Iterable[recording.Dated], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [(kind.value, kind.words) for kind in kinds])


class NeedForm(Seen):
    """The child's primary need."""

    first = ListField(
        label="The child's main need", choices=[("", "Choose a need"), *judging.NEEDS.items()],
        missing="Choose the child's main need",
    )  # fmt: skip
    second = ListField(
        label="Torn between this one and another? The other one", choices=[("", "No other"), *judging.NEEDS.items()],
        required=False, help_text="The one that stands higher in the list is recorded.",
    )  # fmt: skip


class GiveForm(Seen):
    """To which worker it is given."""

    worker = ListField(label="Who has it from now on?", missing="Choose a worker of the team")

    def __init__(self, *args: Any, workers: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "worker", [("", "Choose a worker"), *((str(number), name) for number, name in workers)])

    def clean_worker(self) -> int:
        """The worker's number."""
        return int(self.cleaned_data["worker"])


class PassForm(Seen):
    """To which team it goes, and why."""

    team = ListField(label="Which team?", missing="Choose another team")
    why = ProseField(label="Why?", most=2_000, missing="Say why it goes to another team", widget=_SHORT)

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "team", [("", "Choose a team"), *((str(number), name) for number, name in teams)])

    def clean_team(self) -> int:
        """The team's number."""
        return int(self.cleaned_data["team"])


class OpenForm(Seen):
    """With whom the case was open already."""

    worker = LineField(label="Who has the child's case?", most=300, missing="Name the worker who has the case")


class StrikeForm(Seen):
    """What was wrong with what was recorded."""

    why = LineField(label="What was wrong with it?", most=300, missing="Say what was wrong with it")


class ReopenForm(Seen):
    """Why a closed referral is opened again."""

    why = LineField(label="Why is it opened again?", most=300, missing="Say why it is opened again")


class CloseForm(Seen):
    """Why it is closed."""

    on = DayField(label="Closed on which day?", subject="The day", missing="Enter the day", latest=timezone.localdate)
    nfa = TickField(label="No further action: nothing was assessed", required=False)
    closure = ListField(
        label="Else: why is it closed?", required=False,
        choices=[("", "Choose a reason"), *((row.code, row.label) for row in codes.CLOSURE_REASONS)],
    )  # fmt: skip
    why = ProseField(
        label="What was found, and why is it closed?", most=5_000, missing="Say what was found and why it is closed",
        help_text="If the child was never seen, say why.", widget=_SHORT,
    )  # fmt: skip


class JoinForm(Seen):
    """Nothing but that somebody means it."""
