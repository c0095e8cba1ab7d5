"""What is typed about openings that nothing explains: why, and what was found."""

from django import forms

from frontdoor.people.rules.watching import Step
from frontdoor.shell.forms import Choice, PickField, ProseField


class SayForm(forms.Form):
    """Why one opened these records."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    words = ProseField(
        label="Why did you open them?", most=1000, missing="Write why you opened them",
        help_text="What you were asked to do, by whom, or what came to you. If it was a mistake, say so.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What somebody who watches over access does with it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    step = PickField(
        label="What do you do?",
        choices=[
            (Step.LOOK.value, Choice("I look into it", hint="Others see that you do")),
            (Step.EXPLAIN.value, Choice("There was a reason", hint="Also where this was a false alarm: say which")),
            (Step.UPHOLD.value, Choice("There was no reason", hint="Only after they were heard, or let the time pass")),
        ],
        missing="Say what you do",
    )
    words = ProseField(label="What did you find?", most=1000, required=False, help_text="Kept with your name")
