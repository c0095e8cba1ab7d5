"""What is typed about early help for a family, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.earlyhelp.rules import agreeing, hub
from frontdoor.earlyhelp.rules.states import OF_WORK
from frontdoor.earlyhelp.rules.taking import KINDS
from frontdoor.shell.forms import (
    DayField,
    LineField,
    ListField,
    MomentField,
    PickField,
    ProseField,
    TelephoneField,
    YesNoField,
    offer,
)


def _prose(label: str, missing: str = "", *, rows: int = 3, help_text: str = "", most: int = 5_000) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    if not missing:
        return ProseField(label=label, most=most, required=False, widget=area, help_text=help_text)
    return ProseField(label=label, most=most, missing=missing, widget=area, help_text=help_text)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AgreementForm(Seen):
    """What one person says about one purpose."""

    purpose = PickField(label="What were they asked?", choices=agreeing.PURPOSES, missing="Choose what was asked")
    status = PickField(label="What did they say?", choices=agreeing.STATUSES, missing="Choose what they said")
    on = DayField(label="When?", subject="The day", missing="Enter the day", latest=timezone.localdate)
    way = ListField(label="How did they say it?", choices=agreeing.WAYS, required=False)
    limits = LineField(
        label="What, or whom, do they not want told?", most=1_000, required=False,
        help_text="Whoever offers the family to somebody reads this first.",
    )  # fmt: skip
    expires_on = DayField(label="Until when do they agree, if they said so?", subject="The last day", required=False)
    why = LineField(
        label="Why was nobody asked, or what did they say?", most=1_000, required=False,
        help_text="In their own words, where somebody refused or changed their mind.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The word as one value."""
        typed = super().clean() or {}
        if not self.errors:
            typed = {"seen": typed.pop("seen"), "given": agreeing.Given(**typed)}
        return typed


class AttemptForm(Seen):
    """One time that somebody tried to reach the family."""

    made_at = MomentField(
        label="When?", subject="The time", missing="Enter when it was", latest=timezone.localdate,
        help_text="When it was, not now: the clock stops at that time.",
    )  # fmt: skip
    way = ListField(label="How?", choices=hub.REACHED_BY, missing="Choose how")
    reached = YesNoField(label="Did you speak with somebody of the family?", missing="Say whether you reached them")
    said = _prose("What did they say, or what happened instead?")


class TriageForm(Seen):
    """Which help fits."""

    outcome = PickField(label="Which help fits?", choices=hub.TRIAGES, missing="Choose which help fits")
    level = PickField(label="Level of need", choices=hub.LEVELS, missing="Choose the level of need")
    needs = _prose(
        "What does this family need?", "Write what this family needs, in their own words where you can", rows=4
    )
    why = _prose("Why this help, and not more or less?", "Write why this help, and not more or less")
    heard = _prose("What do the children say?", help_text="Word for word. For a baby: what was seen of it.")
    unheard = LineField(label="If no child was asked: why?", most=300, required=False)
    alternatives = _prose(
        "If it is not early help: what else may help, and how do they get there?",
        help_text="Names, telephone numbers, days. Tell the family this: it ends here.",
    )

    def clean(self) -> dict[str, Any]:
        """The decision as one value."""
        typed = super().clean() or {}
        if not self.errors:
            typed = {"seen": typed.pop("seen"), "given": hub.Triaged(**typed)}
        return typed


class OfferForm(Seen):
    """To whom a family is offered."""

    provider = PickField(label="Who may take this family on?", choices=[], missing="Choose who may take this family on")
    words = _prose(
        "What do they need to know to say yes or no?", "Write what they need to know to say yes or no", rows=5,
        help_text="No more than that: they learn the rest once they have taken the family on.",
    )  # fmt: skip

    def __init__(self, *args: Any, takers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "provider", takers)


class AnswerForm(Seen):
    """What whoever was offered a family answers."""

    accepted = YesNoField(label="Do they take the family on?", missing="Say whether they take the family on")
    answered_with = LineField(label="Who of theirs answered?", missing="Write who of theirs answered")
    account = ListField(
        label="If yes: which lead practitioner takes the family on?", choices=[], required=False,
        help_text="Somebody with an account opens the family from now on.",
    )  # fmt: skip
    worker = LineField(label="If they have no account: who takes the family on?", required=False)
    words = _prose("If not: why not?")

    def __init__(self, *args: Any, leads: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        known = list(leads)
        offer(self, "account", [("", "Choose"), *known] if known else [], or_leave_out=True)

    def clean_account(self) -> int | None:
        """The number of an account."""
        typed = self.cleaned_data.get("account")
        return int(typed) if typed else None


class WhyForm(Seen):
    """A reason, in words; each page says for what."""

    why = _prose("Why?", "Say why")

    def __init__(self, *args: Any, label: str = "Why?", missing: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = label
        if missing:
            self.fields["why"].error_messages["required"] = missing


class NoteForm(Seen):
    """A note in the history."""

    text = _prose("Note", "Write the note", rows=4)


class ReviewForm(Seen):
    """A look at a family that waits."""

    change = PickField(label="How is it now?", choices=hub.CHANGES, missing="Choose what has changed")
    words = _prose(
        "Whom did you speak with, and who has seen the children?",
        "Write whom you spoke with, and who has seen the children",
    )


class StopForm(Seen):
    """The family does not want it, or does not answer."""

    why = PickField(label="What has happened?", choices=hub.STOPS, missing="Choose what has happened")
    words = _prose(
        "What did they say, or when did they last answer?", "Write what they said, or when they last answered"
    )


class LookForm(Seen):
    """A look for risk before it ends."""

    known = _prose(
        "What is known of the children now?", "Write what is known of the children now, and who has seen them", rows=4,
        help_text="Who has seen them, and when. What school and health say. Earlier contacts.",
    )  # fmt: skip
    tried = _prose("What was tried with the family?", "Write what was tried with the family")
    finding = PickField(label="What do you find?", choices=hub.FINDINGS, missing="Choose what you found")
    why = _prose("Why is this safe, or what worries you?", "Write why this is safe, or what worries you")

    def clean(self) -> dict[str, Any]:
        """The look as one value."""
        typed = super().clean() or {}
        if not self.errors:
            typed = {"seen": typed.pop("seen"), "given": hub.Looked(**typed)}
        return typed


class StepUpForm(Seen):
    """Back to the front door."""

    danger = PickField(
        label="Is a child in danger now?", choices=[("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")],
        missing="Say whether a child is in danger now",
    )  # fmt: skip
    why = _prose("What has happened, and what worries you?", "Write what has happened, and what worries you", rows=6)


class CloseForm(Seen):
    """How work ended."""

    ending = PickField(
        label="How did it end?", choices=[(each.value, each.words) for each in OF_WORK],
        missing="Choose how it ended",
    )  # fmt: skip
    why = _prose(
        "What was reached?", "Write what was reached, in words the family would recognise", rows=4,
        help_text="In words the family would recognise.",
    )  # fmt: skip


class ProviderForm(forms.Form):
    """Somebody who may take families on."""

    name = LineField(label="Name of the team or agency", most=120, missing="Enter the name")
    kind = PickField(
        label="Whose are they?", choices=KINDS,
        missing="Choose whose they are",
    )  # fmt: skip
    what = LineField(label="What do they do?", most=300, required=False)
    phone = TelephoneField(label="Telephone", required=False)


class PlacesForm(Seen):
    """How much room somebody has."""

    places = forms.IntegerField(
        label="How many more families can they take on now?", min_value=0, max_value=500,
        error_messages={
            "required": "Enter a number, 0 if they can take nobody on", "invalid": "Enter a number from 0 to 500",
            "min_value": "Enter a number from 0 to 500", "max_value": "Enter a number from 0 to 500",
        },
    )  # fmt: skip
    said = LineField(label="What else did they say?", most=300, required=False)
    said_by = LineField(label="Who of theirs said it?", missing="Write who of theirs said it")


def takers(given: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Those to whom a family may be offered, as choices: with the room that they say they have."""
    for each in given:
        row = each.provider
        room = "room not known" if row.places is None else f"room for {row.places}"
        yield str(row.key), f"{row.name} ({room}, has {each.has})"
