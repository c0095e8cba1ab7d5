"""What is typed about the plan with a family, its actions and its reviews."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.familyhelp.forms.team import Seen
from frontdoor.familyhelp.rules import headings, planning
from frontdoor.familyhelp.rules.planning import Doing, Heard, Reviewed, Said
from frontdoor.shell.forms import DayField, LineField, ListField, PickField, ProseField, YesNoField, offer

Pairs = Iterable[tuple[str, str]]


def _prose(label: str, missing: str = "", *, rows: int = 3, help_text: str = "", most: int = 5_000) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    if not missing:
        return ProseField(label=label, most=most, required=False, widget=area, help_text=help_text)
    return ProseField(label=label, most=most, missing=missing, widget=area, help_text=help_text)


class GoalForm(forms.Form):
    """What the family wants to be different."""

    words = _prose(
        "What does the family want to be different?", "Write what the family wants to be different",
        help_text="In their own words: what they would say to a friend.",
    )  # fmt: skip
    member = ListField(label="Whose goal is it?", choices=[], required=False)

    def __init__(self, *args: Any, people: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "member", [("", "Everybody’s"), *people])


class ChangeGoalForm(Seen):
    """A goal in other words, or how it stands."""

    words = _prose("What does the family want to be different?", "Write what the family wants to be different")
    state = PickField(label="How does it stand?", choices=planning.GOALS, missing="Choose how it stands")
    why = LineField(label="Why, if it is not wanted any more?", most=1_000, required=False)


class DoingForm(forms.Form):
    """Who does what by when."""

    what = _prose("What is done?", "Write what is done", rows=2, help_text="So that anybody can see whether it was.")
    owner = ListField(label="Who does it?", choices=[], required=False)
    agency = LineField(label="Or which agency, where no person is known yet?", most=200, required=False)
    due_on = DayField(label="By when?", subject="The day", missing="Enter the day")
    goal = ListField(label="For which goal?", choices=[], required=False)

    def __init__(self, *args: Any, owners: Pairs, goals: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", [("", "Choose"), *owners])
        offer(self, "goal", [("", "For none alone"), *goals])

    def clean(self) -> dict[str, Any]:
        """The action as one value."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        seen = {"seen": typed.pop("seen")} if "seen" in typed else {}
        return {**seen, "given": Doing(**typed)}


class ChangeDoingForm(DoingForm, Seen):
    """An action in other words, by another day, or somebody else’s."""


class OutcomeForm(Seen):
    """What came of an action."""

    outcome = PickField(label="What came of it?", choices=planning.OUTCOMES, missing="Choose what came of it")
    why = LineField(label="Why, if it was not done or is not needed?", most=1_000, required=False)


def _says(name: str) -> PickField:
    return PickField(label=f"What does {name} say?", choices=planning.SAYS, missing="Choose what they say")


class AgreeForm(Seen):
    """What each person of the family says of the plan as it stands."""

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        for place, (_, name) in enumerate(people):
            self.fields[f"agrees_{place}"] = _says(name)
            self.fields[f"words_{place}"] = LineField(
                label=f"In the words of {name}, or why they were not asked", most=2_000, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Everybody's word, in the order of the family."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        said = tuple(
            Said(member=key, agrees=typed[f"agrees_{place}"], words=typed[f"words_{place}"])
            for place, (key, _) in enumerate(self.people)
        )
        return {"seen": typed["seen"], "said": said}


class SayForm(forms.Form):
    """What one person says of the plan that stands agreed."""

    agrees = PickField(label="What do they say?", choices=planning.SAYS, missing="Choose what they say")
    words = _prose("In their own words, or why they were not asked", rows=3)


class ReviewForm(forms.Form):
    """A review with the family."""

    held_on = DayField(label="When was it?", subject="The day", missing="Enter the day", latest=timezone.localdate)
    well = _prose("What goes well?", "Write what goes well")
    worries = _prose("What worries somebody?", "Write what worries somebody, or that nothing does")
    changes = _prose("What changes in the plan?", "Write what changes in the plan, or that nothing does")
    leads_to = PickField(label="Does help go on?", choices=planning.LEADS_TO, missing="Choose whether help goes on")
    why = _prose("Why?", "Write why", rows=2)

    def __init__(self, *args: Any, children: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.children = children
        for place, (_, name) in enumerate(children):
            self.fields[f"heard_{place}"] = _prose(
                f"What does {name} say?", help_text="Word for word. For a baby: what was seen of it."
            )
            self.fields[f"unheard_{place}"] = LineField(
                label=f"If {name} was not asked: why?", most=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        """The review as one value."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        heard = tuple(
            Heard(member=key, words=typed.pop(f"heard_{place}"), unheard=typed.pop(f"unheard_{place}"))
            for place, (key, _) in enumerate(self.children)
        )
        return {"given": Reviewed(**typed, heard=heard)}


class PrintForm(forms.Form):
    """For whom a plan is printed, and how."""

    to = PickField(label="For whom is it?", choices=[], missing="Choose for whom it is")
    language = ListField(label="In which language are its headings?", choices=headings.LANGUAGES, missing="Choose one")
    large = YesNoField(label="In large print?", missing="Say whether in large print")

    def __init__(self, *args: Any, people: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", people)
