"""What somebody writes who plans a request at work: asked for in full only while no child is in danger."""

from typing import Any

from django import forms

from frontdoor.codes import rules as codes
from frontdoor.portal.forms.base import AskingPage
from frontdoor.portal.rules import journey, reporting
from frontdoor.shell.forms import (
    Choice,
    EmailField,
    LineField,
    ListField,
    PickField,
    ProseField,
    TelephoneField,
    TickField,
)


class TriedForm(AskingPage):
    """Support given already, and what came of it."""

    step = "tried"
    story = ProseField(
        label="What has been tried, by whom, and what came of it?",
        help_text="Say too what is going well for the child, and who helps.",
        missing="Write what has been tried. If nothing has, write that",
        required=False,
    )


class WantedForm(AskingPage):
    """What the sender hopes for."""

    step = "wanted"
    purpose = PickField(
        label="What is this request mostly about?", required=False,
        choices=[(code, Choice(codes.CONTACT_KINDS[code].plain)) for code in reporting.PURPOSES],
    )  # fmt: skip
    story = ProseField(
        label="What do you want to happen for the child?",
        missing="Write what you want to happen for the child",
        required=False,
    )


class AgreementForm(AskingPage):
    """Agreement to the request, asked for properly: of whom, and what they said."""

    step = "agreement"
    agreement = PickField(
        label="Does somebody with parental responsibility agree to this request?",
        help_text="Help for a family rests on their agreement. Do not ask if that is not safe.",
        missing="Say whether they agree",
        required=False,
        choices=[
            ("given", Choice("Yes, they were asked and they agree")),
            ("refused", Choice("They were asked and said no")),
            ("no_reply", Choice("They were asked and have not answered")),
            ("not_sought", Choice("They were not asked")),
        ],
    )
    given_by = LineField(label="Who was asked, and when?", required=False, most=200)
    child_knows = LineField(
        label="What does the child know of this request, and what do they say to it?", required=False, most=300
    )
    why_not = LineField(label="If nobody was asked, why not?", required=False, most=300)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if journey.demands(self.answers) and found.get("agreement") == "not_sought" and not found.get("why_not"):
            self.add_error("why_not", forms.ValidationError("Say why nobody was asked", code="required"))
        return found


class OrganisationForm(AskingPage):
    """Who asks, and for which organisation."""

    step = "organisation"
    name = LineField(
        label="Your name", missing="Enter your name", required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    role = LineField(label="Your job", missing="Enter your job", required=False)
    agency = LineField(label="Your organisation", missing="Enter the name of your organisation", required=False)
    local = ListField(
        label="What kind of organisation is it?",
        required=False,
        choices=[(row.code, row.label) for row in codes.LOCAL_SOURCES if row.kind == "professional"],
    )
    phone = TelephoneField(label="Telephone number at work", required=False)
    email = EmailField(label="E-mail address at work", required=False)
    relationship = LineField(label="How do you know the child?", required=False)
    remember = TickField(
        label="Remember my name, job and organisation on this computer",
        help_text="Only on a computer that is yours. Nothing about a child is kept with it.",
        required=False,
    )

    def answer(self) -> Any:
        return {name: value for name, value in super().answer().items() if name != "remember"}
