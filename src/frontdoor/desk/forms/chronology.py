"""What is typed about a chronology."""

from django import forms

from frontdoor.shell.forms import ProseField


class MarkForm(forms.Form):
    """Why something in a chronology is significant."""

    words = ProseField(
        label="Why is this significant?", most=500, missing="Write why this is significant",
        help_text="One or two sentences, for whoever reads this child's story next.",
    )  # fmt: skip


class LearningForm(forms.Form):
    """What somebody wants to talk over about a decision of their own."""

    words = ProseField(
        label="What do you want to talk about?", most=500, missing="Write what you want to talk about",
        help_text="What surprised you, or what you would ask first another time.",
    )  # fmt: skip
