"""What is typed of a letter or e-mail: the paper when it is taken in, and the form beside the original."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.telephone import CallForm, Form, shown
from frontdoor.contacts.forms.telephone import sent as sent_call
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.intake import LONGEST_STORY
from frontdoor.files.forms import UploadField
from frontdoor.shell.forms import (
    DayField,
    EmailField,
    LineField,
    ListField,
    PickField,
    ProseField,
    TelephoneField,
    TickField,
    YesNoField,
    offer,
)

Pair = tuple[str, str]
ROWS = 4
"""Rows for people that stand on the page at least: what is written down is known at once."""


class PaperForm(forms.Form):
    """A letter: its scan, its own date, and the day it reached any part of the council."""

    scan = UploadField(label="The scan", required=False)
    more_scan = UploadField(label="A second file, if there is one", required=False, help_text="")
    reached = DayField(
        label="The day it reached any part of the council", subject="The day it reached us", latest=timezone.localdate,
        missing="Enter the day it reached any part of the council",
    )  # fmt: skip
    reached_clock = forms.TimeField(
        label="At what time, if somebody noted it", required=False, input_formats=("%H:%M", "%H.%M", "%I:%M%p", "%I%p"),
        widget=forms.TextInput, error_messages={"invalid": "Enter a time like 9:30 or 14:05"},
    )  # fmt: skip
    reached_whom = LineField(label="Whom or which office it reached", required=False)
    written_on = DayField(label="The date that stands on it", subject="The date on it", required=False)
    danger = PickField(label="Does it say that a child is in danger now?", choices=states.ANSWERS, required=False)
    where_now = LineField(label="Where is the child now, if it says so?", required=False, most=300)
    about = LineField(label="What it is about, in a few words", required=False, most=300)
    story = ProseField(label="What it says, if you type it now", required=False, most=LONGEST_STORY)
    sure = TickField(label="The dates are right, although they are unusual", required=False)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def paper(self) -> dict[str, Any]:
        """What the action is given of it."""
        said = self.cleaned_data
        scans = tuple((each.name, each) for each in (said.get("scan"), said.get("more_scan")) if each)
        kept = ("reached_clock", "reached_whom", "written_on", "sure", "story", "about", "where_now")
        return {name: said.get(name) for name in kept} | {
            "reached_on": said["reached"], "danger": said.get("danger") or "unknown", "scan": scans,
            "token": str(said.get("token") or ""),
        }  # fmt: skip


class CouncilForm(PaperForm):
    """Another council's report, and what it has said about who is responsible."""

    council = ListField(label="Which council?", missing="Choose the other council", choices=[])
    reference = LineField(label="Their reference", required=False, most=100)
    name = LineField(label="Who tells us", required=False)
    phone = TelephoneField(label="Telephone", required=False)
    email = EmailField(label="E-mail", required=False, max_length=254)
    placed_here = YesNoField(label="Have they placed the child here?", required=False)
    keeps = PickField(
        label="Have they said in writing that they stay responsible?", choices=rules.KEEPS, required=False,
        initial="unknown",
    )  # fmt: skip
    kept_by = LineField(label="Who said so in writing?", required=False)
    kept_on = DayField(label="On which day?", required=False, latest=timezone.localdate)

    def __init__(self, *args: Any, here: int, **options: Any) -> None:
        super().__init__(*args, **options)
        others = ((row.code, row.label) for row in codes.AUTHORITIES if row.number != here)
        offer(self, "council", [("", "Choose"), *others])
        self.fields["scan"].label = "What they sent, if it is a file"

    def council_said(self) -> dict[str, Any]:
        """What the action is given of the other council."""
        names = ("reference", "name", "phone", "email", "placed_here", "kept_by", "kept_on")
        said = {name: self.cleaned_data.get(name) for name in names}
        return said | {"code": self.cleaned_data["council"], "keeps": self.cleaned_data.get("keeps") or "unknown"}


class WordForm(forms.Form):
    """That the other council has said in writing that it is responsible."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    who = LineField(label="Who wrote it", missing="Enter who said so in writing")
    on = DayField(label="On which day", missing="Enter the day of their letter or e-mail", latest=timezone.localdate)


class ReopenForm(forms.Form):
    """Why it waits for the form again."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    why = LineField(label="Why is it opened again?", most=300, missing="Write in a few words why it is opened again")


class SortForm(CallForm):
    """Everything of a letter or e-mail but its people: a call's form without what only a caller can do."""

    typed = ProseField(
        label="What the letter, the scan or what came with it says, word for word where it matters", required=False,
        most=LONGEST_STORY - 2_000,
    )  # fmt: skip
    own_words = ProseField(
        label="A child's own words, exactly as they stand there, a line each", required=False, most=5_000
    )  # fmt: skip
    more = PickField(
        label="Does it say more about that contact?", choices=[("yes", "Yes"), ("no", "No")], required=False
    )
    closing_why = LineField(label="Why nothing in it is about a child", required=False, most=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in _OF_A_CALL:
            del self.fields[name]
        for name, words in _WORDS.items():
            self.fields[name].label = words


_OF_A_CALL = ("story", "rings", "ring_whom", "ring_minutes", "flag_why", "advice")
_WORDS = {
    "kind": "Who writes?",
    "name": "Their name",
    "danger": "Is a child in danger now?",
    "social_worker": "They want a social worker to ring them",
    "call_when": "When is a good time to ring?",
    "family_knows": "Does the family know that they write?",
    "identity": "May the family know who wrote?",
}


def sent(data: Mapping[str, Any], *, councils: Iterable[Pair] = ()) -> Form:
    """The form as it was sent."""
    return sent_call(data, councils=councils, of=SortForm)


def kept(data: Mapping[str, str], *, councils: Iterable[Pair] = ()) -> Form:
    """The form with what a draft holds, and rows for more people."""
    return shown(data, councils=councils, of=SortForm, least=ROWS)
