"""What is typed about the team around a family."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.familyhelp.rules.team import Comer
from frontdoor.shell.forms import (
    EmailField,
    LineField,
    ListField,
    PickField,
    ProseField,
    TelephoneField,
    YesNoField,
    offer,
)

Pairs = Iterable[tuple[str, str]]
NEW = "new"
"""The choice of somebody who is not in the team yet."""


class Seen(forms.Form):
    """Carries how the thing stood that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ComerForm(Seen):
    """Somebody who comes into the team."""

    account = ListField(
        label="Who, if they have an account here?", choices=[], required=False,
        help_text="They open this family from now on, and no other by that.",
    )  # fmt: skip
    name = LineField(
        label="If they have none: their name", required=False, most=200,
        help_text="They are told of meetings, and open nothing here.",
    )  # fmt: skip
    own = YesNoField(label="Do they work for this council?", missing="Say whether they work for this council")
    agency = LineField(label="Their team or agency", most=200, missing="Write their team or agency")
    job = LineField(label="What they do there", most=120, required=False)
    phone = TelephoneField(label="Telephone", required=False)
    email = EmailField(label="E-mail", required=False)

    def __init__(self, *args: Any, accounts: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "account", [("", "Choose"), *accounts])

    def clean(self) -> dict[str, Any]:
        """The person as one value."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        account = typed.pop("account", "")
        own = typed.pop("own")
        kept = {name: typed.pop(name) or "" for name in ("name", "agency", "job", "phone", "email")}
        return {**typed, "comer": Comer(account=int(account) if account else None, own=bool(own), **kept)}


class LeadForm(ComerForm):
    """Who leads from now on: somebody of the team, or somebody new."""

    practitioner = PickField(label="Who leads from now on?", choices=[], missing="Choose who leads from now on")
    why = ProseField(
        label="Why does somebody else lead?", missing="Write why somebody else leads",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    stays = YesNoField(label="Does who led until now stay in the team?", missing="Say whether they stay in the team")
    field_order = ("practitioner", "account", "name", "own", "agency", "job", "phone", "email", "why", "stays")

    def __init__(self, *args: Any, team: Pairs, led: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "practitioner", [*team, (NEW, "Somebody who is not in the team yet")])
        for name in ("own", "agency"):
            self.fields[name].required = False
        if not led:
            del self.fields["stays"]

    def clean(self) -> dict[str, Any]:
        """Somebody of the team by key, or somebody new as one value."""
        typed = {"stays": False, **super().clean()}
        if typed.get("practitioner") != NEW:
            typed["comer"] = None
        elif not self.errors:
            typed["practitioner"] = ""
        return typed


class LeaveForm(Seen):
    """Somebody leaves."""

    why = LineField(label="Why do they leave?", most=1_000, missing="Write why they leave")
