"""What somebody writes who asks for help for their own family: what is hard, what would help, what they agree to."""

from django import forms

from frontdoor.portal.forms.base import AskingPage
from frontdoor.portal.rules import reporting
from frontdoor.shell.forms import Choice, LineField, PickField, ProseField


class HopingForm(AskingPage):
    """What is hard, and what would help."""

    step = "hoping"
    story = ProseField(
        label="What is hard at the moment?",
        help_text="Use your own words. A sentence or two is enough. It is a good thing to ask.",
        missing="Write what is hard, even in a few words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    wish = ProseField(
        label="What would help?",
        help_text="What is going well, and what would you like to be different? If you do not know yet, leave this "
        "empty.",
        required=False,
    )


class OwnForm(AskingPage):
    """What a family agrees to before anybody looks for help: asked again in person, and taken back at any time."""

    step = "own"
    agreement = PickField(
        label="Shall we look for help for your family?",
        help_text="You can change your mind at any time, and say so to anybody who works with you.",
        missing="Choose one. You can change your mind later",
        required=False,
        choices=[
            ("given", Choice("Yes, please look for help for us")),
            ("talk_first", Choice("Talk to me first", hint="Nobody else is told before you have spoken with us")),
        ],
    )
    others = PickField(
        label="May we ask others who know your family?",
        help_text="If somebody may be in danger we may have to tell others even so. We would talk to you about it "
        "first, unless that puts somebody in danger.",
        required=False,
        choices=[(code, Choice(words)) for code, words in reporting.MAY_ASK.items()],
    )
    limits = LineField(label="Is there anybody who must not be told?", required=False, most=500)
