"""The form of the gallery: every kind of field once."""

from datetime import date

from django import forms

from frontdoor.shell.forms.bound import Choice
from frontdoor.shell.forms.fields import (
    DayField,
    EmailField,
    LineField,
    ListField,
    MomentField,
    PickField,
    PickManyField,
    ProseField,
    TelephoneField,
    TickField,
    YesNoField,
)

ROUTES = [
    ("phone", Choice("By telephone", hint="On a number that is safe to ring")),
    ("letter", "By letter"),
    ("none", "Not at all"),
]
WORRIES = [("neglect", "Neglect"), ("harm", "Physical harm"), ("online", "Something online")]
SCHOOLS = [("1", "Fenland Primary (invented)"), ("2", "Nene Lane School (invented)")]


class SampleForm(forms.Form):
    """Every kind of field, none of it stored."""

    name = LineField(label="Child's name", missing="Enter the child's name, or that it is not known", most=80)
    story = ProseField(label="What happened", help_text="In your own words", missing="Enter what happened", most=2_000)
    born = DayField(
        label="Date of birth",
        help_text="For example, 31 3 2018. Part of it helps too",
        missing="Enter the date of birth",
        earliest=date(1990, 1, 1),
        latest=date(2026, 12, 31),
    )
    seen = MomentField(label="When the child was last seen", missing="Enter when the child was last seen")
    route = PickField(label="How should we answer you?", choices=ROUTES, missing="Choose how we should answer you")
    safe = YesNoField(label="Is the child safe now?", missing="Choose yes or no")
    worries = PickManyField(label="What are you worried about?", choices=WORRIES)
    school = ListField(label="School", choices=SCHOOLS, missing="Choose the school")
    email = EmailField(label="E-mail address", missing="Enter your e-mail address")
    telephone = TelephoneField(label="Telephone number", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    paper = forms.FileField(label="A document", required=False)
    agreed = TickField(label="The family knows about this contact", missing="Tick the box if the family knows")
    key = forms.CharField(widget=forms.HiddenInput, initial="sample")


FILLED = {
    "name": "Ewa Example",
    "story": "She said:  \"I don't want to go home.\"\n\nHer coat was torn.",
    "born-day": "2", "born-month": "April", "born-year": "2018",
    "seen-day": "2", "seen-month": "4", "seen-year": "2026", "seen-time": "3:05pm",
    "route": "phone", "safe": "no", "worries": ["neglect", "harm"], "school": "2",
    "email": "teacher@example.org", "agreed": "on", "key": "sample",
}  # fmt: skip
WRONG = FILLED | {
    "name": "", "born-day": "31", "born-month": "2", "seen-time": "", "route": "", "safe": "", "worries": [],
    "school": "", "email": "nobody", "agreed": "",
}  # fmt: skip
