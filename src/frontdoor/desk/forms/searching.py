"""What is typed to find people and contacts. Sent by POST: a name never stands in an address."""

from dataclasses import replace
from datetime import date

from django import forms
from django.utils import timezone

from frontdoor.contacts.queries.searching import Wanted
from frontdoor.matching.rules.searching import LONGEST, Question, asked, fields
from frontdoor.shell.forms import DayField, LineField


class SearchForm(forms.Form):
    """One box for whatever is known of somebody, and a few fields that narrow it."""

    q = LineField(
        label="Who is it about?", required=False, most=LONGEST,
        help_text="Name, date of birth or age, postcode, telephone, NHS or pupil number, or a contact’s number: "
        "“jamie dubock 3/4/16 pe3”",
    )  # fmt: skip
    receipt = LineField(
        label="Number", required=False, most=24, help_text="Of a contact, with or without the noughts: 874-T-000123"
    )
    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    born = DayField(label="Date of birth", required=False, latest=timezone.localdate)
    age = LineField(label="Age", required=False, most=20, help_text="7, or 18 months")
    postcode = LineField(label="Address or postcode", required=False, most=120)
    school = LineField(label="School", required=False, most=120)
    came = DayField(label="Day it came", required=False, latest=timezone.localdate)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if not self.errors and self._wanted(found).empty and not self._question(found, timezone.localdate()).enough:
            raise forms.ValidationError(
                "Enter a name, a date of birth, a postcode, a telephone or other number, or the day a contact came"
            )
        return found

    def question(self, on: date) -> Question:
        """Whom it is about, by the box and the fields beside it."""
        return self._question(self.cleaned_data, on)

    def wanted(self) -> Wanted:
        """Which contacts are looked for: exactly, by the fields, or else by what the box says."""
        return self._wanted(self.cleaned_data)

    @property
    def narrowed(self) -> bool:
        """Whether something stands in a field beside the box."""
        return any(self.data.get(name) for name in self.data if name not in ("q", "csrfmiddlewaretoken"))

    def _question(self, found: dict[str, object], on: date) -> Question:
        text = {name: str(found.get(name) or "") for name in ("given_name", "family_name", "age", "postcode", "school")}
        born = found.get("born")
        return fields(
            asked(str(found.get("q") or ""), on=on), given=text["given_name"], family=text["family_name"],
            born=born if isinstance(born, date) else None, age=text["age"], place=text["postcode"],
            school=text["school"], on=on,
        )  # fmt: skip

    def _wanted(self, found: dict[str, object]) -> Wanted:
        given = Wanted(**{name: found.get(name) or default for name, default in _EMPTY.items()})  # type: ignore[arg-type]  # cleaned
        given = replace(given, postcode=asked(given.postcode, on=timezone.localdate()).postcode)
        if not given.empty:
            return given
        box = asked(str(found.get("q") or ""), on=timezone.localdate())
        if box.receipt:
            return Wanted(receipt=box.receipt)
        names = (*box.given, *box.words, *box.family)
        return Wanted(
            given_name=" ".join(names[:-1]), family_name=names[-1] if names else "", born=box.born,
            postcode=box.postcode,
        )  # fmt: skip


_EMPTY = {"receipt": "", "given_name": "", "family_name": "", "born": None, "postcode": "", "came": None}
