"""What is typed about joins, as clean values; the actions ask the same once more."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from frontdoor.matching.rules import states
from frontdoor.matching.rules.joining import Clash
from frontdoor.shell.forms import LineField, PickField, ProseField, TickField, offer

ANSWERS = [("approve", "They are one person: join the two records"), ("refuse", "Do not join them")]


class WithForm(forms.Form):
    """Which other record is meant."""

    other = LineField(
        label="Address or key of the other record", most=300, missing="Paste the address of the other record",
        help_text="Open the other record and copy the address of its page.",
    )  # fmt: skip


class ProposeForm(forms.Form):
    """Which record goes on, and what of two that cannot both stand."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    seen_one = forms.IntegerField(widget=forms.HiddenInput)
    seen_other = forms.IntegerField(widget=forms.HiddenInput)
    keeps = PickField(label="Which record goes on?", missing="Say which record goes on")
    why = LineField(
        label="Why are they one person?", most=300, missing="Say why they are one person",
        help_text="Somebody else reads this and answers.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, records: Sequence[tuple[str, str]], differs: Iterable[tuple[Clash, list[tuple[str, str]]]],
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        offer(self, "keeps", records)
        self.asked = []
        why = self.fields.pop("why")
        for what, sides in differs:
            words = what.words[0].lower() + what.words[1:] if what is not Clash.NHS else what.words
            self.fields[what.value] = PickField(
                label=f"Which {words} is right?", choices=sides, missing=f"Say which {words} is right",
                help_text="The other is struck through, and comes back if the two are parted again.",
            )  # fmt: skip
            self.asked.append(what.value)
        if Clash.NHS.value in self.asked:
            self.fields["nhs_why"] = LineField(
                label="How does one person come to have two NHS numbers?", most=300,
                missing="Say how one person comes to have two NHS numbers",
            )  # fmt: skip
        self.fields["why"] = why

    def said(self) -> tuple[bool, dict[str, str]]:
        """Whether the first record goes on, and the choices as an action takes them."""
        first = bool(self.cleaned_data["keeps"] == "one")
        goes_on = "one" if first else "other"
        chosen = {what: "kept" if self.cleaned_data[what] == goes_on else "gone" for what in self.asked}
        if "nhs_why" in self.cleaned_data:
            chosen["nhs_why"] = self.cleaned_data["nhs_why"]
        return first, chosen


class AnswerForm(forms.Form):
    """The answer of somebody else."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    seen_kept = forms.IntegerField(widget=forms.HiddenInput)
    seen_gone = forms.IntegerField(widget=forms.HiddenInput)
    answer = PickField(label="Are they one person?", choices=ANSWERS, missing="Say whether they are one person")
    name = PickField(label="Which name leads?", required=False, missing="Choose which name leads")
    name_why = LineField(
        label="Why does that name lead?", most=300, required=False,
        help_text="Needed where you choose another than the first. The others stay in the record.",
    )  # fmt: skip
    why = LineField(label="Why", most=300, required=False, help_text="Needed where they are not joined.")
    not_same = TickField(
        label="They are two people: never offer them as one again", required=False,
        help_text="Only where they are not joined.",
    )  # fmt: skip

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(names) < 2:
            del self.fields["name"], self.fields["name_why"]
            return
        offer(self, "name", names)
        self.fields["name"].initial = names[0][0]


class UndoForm(forms.Form):
    """Why two records are parted again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = LineField(label="Why are they two people?", most=300, missing="Say why they are two people")


class DivideForm(forms.Form):
    """To whom one row belongs."""

    division = forms.UUIDField(widget=forms.HiddenInput)
    to = PickField(label="Whose is it?", missing="Say whose it is")

    def __init__(self, *args: Any, records: Sequence[tuple[str, str]], words: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", records)
        self.fields["to"].label = words


class LookForm(forms.Form):
    """What somebody found when they looked again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    finding = PickField(label="What did you find?", choices=states.FINDINGS, missing="Say what you found")
    words = ProseField(
        label="What it is", required=False, most=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where something was put right or must be.",
    )  # fmt: skip
