"""What is typed about a silent sender, and through which door a test goes."""

from django import forms

from frontdoor.contacts.rules import silence
from frontdoor.contacts.rules.trials import DOORS, Door
from frontdoor.shell.forms import PickField, ProseField


class FoundForm(forms.Form):
    """What somebody found who rang a silent sender."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    found = PickField(label="What did you find?", missing="Choose what you found", choices=silence.SAID)
    why = ProseField(
        label="Whom did you speak to, and what did they say?",
        help_text="Where something was sent and did not arrive, say how it comes in now.",
        missing="Say whom you spoke to, and what they said",
        most=500,
    )


class DoorForm(forms.Form):
    """The door that a test goes through."""

    door = PickField(
        label="Send a test message through",
        missing="Choose a door",
        choices=[(code, words) for code, words in DOORS if code != Door.ACCOUNT],
    )
