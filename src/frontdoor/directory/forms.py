"""What is typed about services: what somebody looks for, a source, a file, a correction."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from frontdoor.directory.rules import asking, keeping, laying
from frontdoor.directory.rules.asking import Wanted
from frontdoor.directory.rules.profile import DAY_NAMES, DAYS
from frontdoor.shell.forms import LineField, ListField, PickField, ProseField, TickField, offer

Needs = Sequence[tuple[UUID, str, Sequence[tuple[UUID, str]]]]

FAR = [("5", "Within 5 km"), ("15", "Within 15 km"), ("40", "Within 40 km")]


class SearchForm(forms.Form):
    """What somebody looks for; nothing of it is needed."""

    q = LineField(label="Words", required=False, most=100, help_text="For example: toddler group, debt, sleep")
    need = ListField(label="What it is for", required=False, empty="Anything")
    age = forms.IntegerField(
        label="Age of the child or young person", required=False, min_value=0, max_value=130,
        error_messages={"invalid": "Enter an age in whole years, like 11"},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    place = LineField(label="Postcode, town or ward", required=False, most=60)
    far = ListField(label="How far from the postcode", required=False, choices=FAR, empty="Within 15 km")
    day = ListField(label="Day", required=False, choices=list(zip(DAYS, DAY_NAMES, strict=True)), empty="Any day")
    cost = ListField(label="Cost", required=False, choices=[("free", "Free"), ("paid", "Has to be paid")], empty="Any")
    language = ListField(label="Language", required=False, empty="Any")
    accessible = TickField(label="With a note on access for disabled people", required=False)

    def __init__(self, *args: Any, needs: Needs, languages: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices: list[tuple[str, str]] = []
        for key, name, below in needs:
            choices.append((str(key), name))
            choices += [(str(each), f"{name}: {words}") for each, words in below]
        offer(self, "need", [("", "Anything"), *choices])
        offer(self, "language", [("", "Any"), *((each, each.capitalize()) for each in languages)])

    def wanted(self) -> Wanted:
        """What is looked for; a field that was filled in wrongly asks nothing."""
        typed: dict[str, Any] = self.cleaned_data
        age = typed.get("age")
        return Wanted(
            words=typed.get("q", ""), terms=(UUID(typed["need"]),) if typed.get("need") else (), youngest=age,
            oldest=age,
            place=asking.place_of(typed.get("place", "")), km=float(typed.get("far") or asking.NEAR),
            day=asking.day_bits(typed.get("day", "")), free={"free": True, "paid": False}.get(typed.get("cost", "")),
            accessible=bool(typed.get("accessible")), language=typed.get("language", ""),
            everything=bool(typed.get("everything")),
        )  # fmt: skip


class StaffSearchForm(SearchForm):
    """The same for staff, who also see what the public is not shown."""

    everything = TickField(label="Also closed services and those gone from their feed", required=False)


class SourceForm(forms.Form):
    """Who makes a part of the directory, and where it is read."""

    name = LineField(label="Who makes it?", most=120, missing="Say who makes it")
    origin = PickField(label="How does it come?", choices=keeping.ORIGINS, missing="Say how it comes")
    url = LineField(
        label="Address", most=500, required=False,
        help_text="Only for an address: what stands before /services. The operator must have listed the place.",
    )  # fmt: skip
    licence = LineField(label="Under which licence?", most=200, required=False)


class FileForm(forms.Form):
    """A file of services."""

    file = forms.FileField(
        label="File of services", allow_empty_file=True, error_messages={"required": "Choose a file"},
        help_text="Open Referral UK 3.0 as JSON, at most 20 MB. It is tried first; nothing changes yet.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )  # fmt: skip


class SeenForm(forms.Form):
    """The version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CorrectionForm(SeenForm):
    """What is wrong, what is right, and how that is known."""

    field = ListField(label="What is wrong?", choices=list(laying.FIELDS.items()), missing="Choose what is wrong")
    value = ProseField(
        label="What is right?", most=5_000, missing="Write what is right", widget=forms.Textarea(attrs={"rows": 3})
    )
    why = LineField(label="How do you know?", most=300, missing="Say how you know")


class UndoForm(SeenForm):
    """Why a correction is taken away."""

    why = LineField(label="Why do the feed's own words stand again?", most=300, missing="Say why")
