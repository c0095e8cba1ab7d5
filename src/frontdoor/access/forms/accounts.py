"""What an administrator types about an account and its posts. No form holds a field that its page does not show."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from frontdoor.access.rules import ROLE_NAMES
from frontdoor.organisations.models import Agency, Team
from frontdoor.shell.forms import DayField, EmailField, LineField, ListField, ProseField, TickField

_REGISTRATION_HINT = "Only for a qualified social worker, like SW123456."


def _registration() -> forms.Field:
    return LineField(label="Social Work England number", help_text=_REGISTRATION_HINT, most=20, required=False)


class AccountForm(forms.Form):
    """A new account."""

    email = EmailField(
        label="E-mail address at work",
        help_text="A link to choose a password goes to it.",
        missing="Enter an e-mail address",
    )
    name = LineField(label="Full name", missing="Enter the name", most=120)
    registration = _registration()


class CorrectForm(forms.Form):
    """A name or registration put right."""

    name = LineField(label="Full name", missing="Enter the name", most=120)
    registration = _registration()


class PostForm(forms.Form):
    """A post: team, role, employer and days.

    :param teams, agencies: what may be chosen; `cleaned_data` holds the rows
    """

    role = ListField(
        label="Role", choices=[(role.value, name) for role, name in ROLE_NAMES.items()], missing="Choose the role"
    )
    starts_on = DayField(label="First day", missing="Enter the first day")
    ends_on = DayField(label="Last day, if it is known", required=False)
    field_order = ("team", "role", "agency", "starts_on", "ends_on")

    def __init__(self, teams: Iterable[Team], agencies: Iterable[Agency], *, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": today})
        self._teams = {str(team.key): team for team in teams}
        self._agencies = {str(agency.key): agency for agency in agencies}
        self.fields["team"] = ListField(label="Team", choices=_named(self._teams), missing="Choose the team")
        self.fields["agency"] = ListField(
            label="Employer",
            help_text="Who pays and answers for this person, which may be a partner.",
            choices=_named(self._agencies),
            missing="Choose the employer",
        )
        self.order_fields(self.field_order)

    def clean_team(self) -> Team:
        """The team itself."""
        return self._teams[self.cleaned_data["team"]]

    def clean_agency(self) -> Agency:
        """The employer itself."""
        return self._agencies[self.cleaned_data["agency"]]


def _named(rows: Mapping[str, Team | Agency]) -> list[tuple[str, str]]:
    return [(key, row.name) for key, row in rows.items()]


class EndPostForm(forms.Form):
    """The last day of a post."""

    ends_on = DayField(
        label="Last day", help_text="The post reaches to midnight at the end of it.", missing="Enter the last day"
    )


class WhyForm(forms.Form):
    """A reason, before something that cannot be taken back."""

    why = ProseField(label="Why", missing="Say why", most=500)


class SenderForm(forms.Form):
    """For which agency an account sends or answers.

    :param agencies: what may be chosen; `cleaned_data` holds the row
    """

    lead = TickField(label="A lead person: keeps the organisation's other people", required=False)
    starts_on = DayField(label="First day", missing="Enter the first day")
    ends_on = DayField(label="Last day, if it is known", required=False)
    field_order = ("agency", "lead", "starts_on", "ends_on")

    def __init__(self, agencies: Iterable[Agency], *, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": today})
        self._agencies = {str(agency.key): agency for agency in agencies}
        self.fields["agency"] = ListField(
            label="Organisation", choices=_named(self._agencies), missing="Choose the organisation"
        )
        self.order_fields(self.field_order)

    def clean_agency(self) -> Agency:
        """The organisation itself."""
        return self._agencies[self.cleaned_data["agency"]]
