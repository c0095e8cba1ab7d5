"""What an administrator types to decide a setting, and to correct a council's own details."""

from datetime import date
from typing import Any

from django import forms

from frontdoor.councils.models import COLOUR, Council
from frontdoor.councils.rules import BadValue, Kind, Setting
from frontdoor.shell.forms import DayField, EmailField, LineField, PickField, ProseField, TelephoneField

_EXAMPLES = {
    Kind.WEEK: "One day a line, for example: Monday: 08:00 to 17:30. A day that is not named is closed.",
    Kind.DATES: "One date a line, for example 2026-12-24.",
}


def _value_field(setting: Setting) -> forms.Field:
    """The field that fits the kind of value."""
    label, hint = "New value", setting.hint or _EXAMPLES.get(setting.kind, "")
    if setting.kind is Kind.YES_NO:
        return PickField(label=label, choices=[("yes", "Yes"), ("no", "No")], missing="Choose yes or no")
    if setting.kind is Kind.CHOICE:
        return PickField(label=label, choices=setting.choices, missing="Choose one from the list")
    if setting.kind in {Kind.WEEK, Kind.DATES}:
        return ProseField(
            label=label, help_text=hint, missing="Enter the new value", required=setting.kind is Kind.WEEK
        )
    return LineField(label=label, help_text=hint, missing="Enter the new value", required=setting.kind is Kind.NUMBER)


class DecideForm(forms.Form):
    """A new value from a day on.

    :param setting: what is decided; `cleaned_data["value"]` is its value as JSON
    :param today: the first day that is allowed, in London
    """

    starts_on = DayField(label="First day on which it holds", missing="Enter the first day")
    ends_on = DayField(
        label="Last day, if it is for a time only",
        help_text="The value before it holds again afterwards.",
        required=False,
    )
    decided_by = LineField(
        label="Who decided", help_text="A name and post, or a board with its date.", missing="Enter who decided"
    )
    why = ProseField(label="Why", missing="Enter why", most=2_000)
    field_order = ("value", "starts_on", "ends_on", "decided_by", "why")

    def __init__(self, setting: Setting, *, today: date, data: Any = None, now: Any = None) -> None:
        typed = "" if now is None else setting.typed(now)
        super().__init__(data, initial={"value": typed, "starts_on": today})
        self.setting = setting
        self.fields["value"] = _value_field(setting)
        self.order_fields(self.field_order)

    def clean_value(self) -> Any:
        """The value as it is kept.

        :raises ValidationError: it cannot be read or does not fit
        """
        try:
            return self.setting.parse(self.cleaned_data["value"])
        except BadValue as bad:
            raise forms.ValidationError(str(bad), code="bad") from bad


class DetailsForm(forms.Form):
    """A council's own telephone numbers, address, hours and colour."""

    phone_professionals = TelephoneField(label="Telephone for professionals", missing="Enter a telephone number")
    phone_public = TelephoneField(label="Telephone for the public", missing="Enter a telephone number")
    phone_out_of_hours = TelephoneField(label="Telephone out of hours", missing="Enter a telephone number")
    social_worker_phone = TelephoneField(
        label="Telephone to speak to a qualified social worker", missing="Enter a telephone number"
    )
    social_worker_hours = LineField(label="When that line is answered", missing="Enter the hours", most=120)
    address = ProseField(label="Postal address", missing="Enter the address", most=500)
    dpo_email = EmailField(label="E-mail of the data protection officer", missing="Enter an e-mail address")
    brand_colour = LineField(label="Colour of the council, like #1d4f76", missing="Enter a colour", validators=[COLOUR])
    why = ProseField(label="Why is it corrected", missing="Enter why", most=2_000)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, council: Council, data: Any = None) -> None:
        kept = {name: getattr(council, name) for name in self.base_fields if name not in {"why", "seen"}}
        super().__init__(data, initial={**kept, "seen": council.version})

    @property
    def details(self) -> dict[str, str]:
        """What is to be kept, without the reason and the version."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"why", "seen"}}
