"""One person of a call: any part may be missing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.letters.forms import KeepField, SealedField
from frontdoor.shell.forms import DayField, LineField, ListField, YesNoField, offer

Pair = tuple[str, str]

FIRST = ("kind", "given_name", "family_name", "date_of_birth", "approximate_age", "relationship")
"""What stands in the first row of a person."""

MORE = (
    "expected_on", "description", "known_as", "sex", "ethnicity", "language", "interpreter", "school", "address",
    "postcode", "sealed", "council", "lives_with", "parental_responsibility", "concern", "safe_contact", "nhs_number",
    "upn",
)  # fmt: skip
"""What stands behind "More about this person"."""


class PersonForm(forms.Form):
    """A child or an adult; a row in which only the kind was chosen counts as empty."""

    kind = ListField(label="Who", choices=states.PERSON_KINDS, empty="Choose", required=False)
    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    date_of_birth = DayField(label="Born", subject="Date of birth", required=False, latest=timezone.localdate)
    approximate_age = forms.IntegerField(
        label="Or age", required=False, min_value=0, max_value=120,
        error_messages={"invalid": "Age must be a whole number, like 7", "max_value": "Age must be 120 or less"},
    )  # fmt: skip
    relationship = LineField(label="To the child", required=False, most=100)
    expected_on = DayField(label="Baby expected on", required=False)
    description = LineField(label="Description, if the name is not known", required=False, most=500)
    known_as = LineField(label="Known as", required=False, most=100)
    sex = ListField(label="Sex", choices=[(row.code, row.label) for row in codes.SEXES], required=False)
    ethnicity = ListField(
        label="Ethnicity", choices=[(row.code, row.label) for row in codes.ETHNICITIES], required=False
    )
    language = LineField(label="First language", required=False, most=60)
    interpreter = YesNoField(label="Interpreter or signer needed", required=False)
    school = LineField(label="School or nursery", required=False)
    keep = KeepField()
    sealed = SealedField()
    address = LineField(label="Address, if it is another one", required=False, most=300)
    postcode = LineField(label="Postcode", required=False, most=10)
    council = ListField(label="Child of which council", empty="By the postcode", required=False)
    lives_with = YesNoField(label="Adult lives with the child", required=False)
    parental_responsibility = YesNoField(label="Has parental responsibility", required=False)
    concern = ListField(
        label="Worry about this adult", required=False,
        choices=[(row.code, row.label) for row in codes.ADULT_CONCERNS],
    )  # fmt: skip
    safe_contact = LineField(label="When and how it is not safe to reach them", required=False, most=500)
    nhs_number = LineField(label="NHS number", required=False, most=20)
    upn = LineField(label="Unique pupil number", required=False, most=20)

    def __init__(self, *args: Any, councils: Iterable[Pair] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "council", [("", "By the postcode"), *councils])
        self.fields["kind"].initial = "child"

    def clean_nhs_number(self) -> str:
        """The ten digits.

        :raises ValidationError: the check digit is wrong
        """
        return _number(codes.nhs_number, self.cleaned_data["nhs_number"])

    def clean_upn(self) -> str:
        """The thirteen characters.

        :raises ValidationError: the check letter is wrong
        """
        return _number(codes.pupil_number, self.cleaned_data["upn"])

    def clean(self) -> dict[str, Any]:
        """One of the two dates: a child is born or not."""
        found = super().clean() or {}
        if found.get("date_of_birth") and found.get("expected_on"):
            self.add_error("expected_on", "Give either a date of birth or the date the baby is expected, not both")
        return found

    @property
    def more_open(self) -> bool:
        """Whether something stands, or is wrong, behind "More about this person"."""
        wrong = set(self.errors) if self.is_bound else set()
        return any(name in wrong or self[name].value() not in ("", None, _NO_DAY) for name in MORE)

    @property
    def label(self) -> str:
        """How the page names this person while the call goes on."""
        names = (str(self[name].value() or "").strip() for name in ("given_name", "family_name"))
        return " ".join(filter(None, names))

    def given(self, shared: tuple[str, str, str]) -> PersonGiven | None:
        """The person, as far as what was typed can be read; None for a row that says nobody.

        :param shared: address and postcode of the family, and what stands sealed in their place, for whoever was given
            none of their own
        """
        kept = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        for name in ("council", "keep"):
            kept.pop(name, None)
        kind = kept.pop("kind", "child")
        if not kept:
            return None
        if kind == "child" and not kept.keys() & {"given_name", "family_name"}:
            kind = "unborn" if kept.get("expected_on") else "unknown"
        if kept.get("date_of_birth"):
            kept.pop("approximate_age", None)
            kept.pop("expected_on", None)
        own = kept.keys() & set(WHERE)
        if not own and (kind != "adult" or kept.get("lives_with")):
            kept |= {name: value for name, value in zip(WHERE, shared, strict=True) if value}
        return PersonGiven(kind=kind, **kept)


WHERE = ("address", "postcode", "sealed")
_NO_DAY = {"day": "", "month": "", "year": ""}


def _number(rule: Any, said: str) -> str:
    try:
        return str(rule(said)) if said else ""
    except codes.NotANumber as wrong:
        raise ValidationError(str(wrong)) from wrong
