"""The one page that a child fills in: few words, and nothing that must be answered."""

import uuid
from typing import Any

from django import forms

from frontdoor.portal.forms.base import Page
from frontdoor.portal.rules import young
from frontdoor.shell.forms import LineField, PickField, ProseField, TelephoneField


class YoungForm(Page):
    """What is happening, whether they feel safe, and how to speak to them. `idem` makes two presses one message."""

    idem = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    story = ProseField(
        label="What is happening?",
        help_text="Write it in your own way. A few words are fine.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    safe = PickField(label="Do you feel safe now?", required=False, choices=list(young.SAFE))
    route = PickField(label="How can we speak to you safely?", required=False, choices=list(young.ROUTES))
    phone = TelephoneField(label="Your phone number", required=False)
    trusted = LineField(label="Who do you trust, and how can we reach them?", required=False, most=150)
    times = LineField(label="When is it safe?", help_text="For example: after school.", required=False, most=80)
    word = LineField(
        label="A secret word", help_text="We say it first, so that you know it is us.", required=False, most=40
    )
    name = LineField(label="Your first name", help_text="You do not have to say it.", required=False, most=100)
    age = forms.IntegerField(label="How old are you?", required=False, min_value=0, max_value=25)
    place = LineField(label="Where are you now?", required=False, most=300)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and young.said_nothing(found):
            self.add_error("story", "Write a few words, or choose one answer")
        if found.get("route") in {"text", "phone"} and not found.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Write your phone number, or choose another answer")
        return found
