"""What an administrator types about agreements and agencies."""

from django import forms

from frontdoor.organisations.models import AGENCY_KINDS
from frontdoor.shell.forms import DayField, LineField, ListField, ProseField


class EndAgreementForm(forms.Form):
    """The last day of an agreement, earlier than agreed."""

    ends_on = DayField(
        label="Last day",
        help_text="Reach ends at midnight at the end of it, with nobody doing anything.",
        missing="Enter the last day",
    )
    why = ProseField(label="Why, and who decided", missing="Say why, and who decided", most=500)


class AgencyForm(forms.Form):
    """A new agency: an employer, or somebody whose system sends."""

    name = LineField(label="Name of the agency", missing="Enter the name")
    kind = ListField(label="What it is", choices=AGENCY_KINDS, missing="Choose what it is")
