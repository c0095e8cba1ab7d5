"""What is typed about an enquiry, as clean values; the actions ask the same once more."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.mash.models import Enquiry
from frontdoor.mash.queries.enquiries.colours import Colour
from frontdoor.mash.rules import endings, safety
from frontdoor.shell.forms import Choice, LineField, ListField, MomentField, PickField, PickManyField, ProseField, offer

WHICH = {
    "": "All that are open", "mine": "With me", "free": "With nobody", "decide": "Waiting for a manager",
    "late": "Late",
    "unsafe": "Safety not known", "settled": "Settled",
}  # fmt: skip


def _prose(label: str, missing: str = "", rows: int = 4, help_text: str = "") -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    if not missing:
        return ProseField(label=label, most=5_000, required=False, widget=area, help_text=help_text)
    return ProseField(label=label, most=5_000, missing=missing, widget=area, help_text=help_text)


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class RateForm(Seen):
    """The rating, in this council's own words, and why."""

    rating = PickField(label="How is this enquiry rated?", choices=[], missing="Choose a rating")
    why = _prose("What in this family makes it this rating?", "Write what in this family makes it this rating")

    def __init__(self, *args: Any, colours: Iterable[Colour], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self, "rating",
            [
                (each.code, Choice(each.name, hint=f"{each.meaning}. To be decided within {each.hours}."))
                for each in colours
            ],
        )  # fmt: skip


class QuestionForm(Seen):
    """What the agencies are asked."""

    question = _prose(
        "What do you want to know about this family?", "Write what you want to know about this family", rows=6,
        help_text="Agencies read this. Ask what they know of the child's life, not only whether they know the family.",
    )  # fmt: skip


class NoteForm(Seen):
    """A note in the history."""

    text = _prose("What do you want to note?", "Write what you want to note")


class StandDownForm(Seen):
    """Why an enquiry is stood down, and who has the children."""

    why = _prose("Why is the threshold clear without the agencies' replies?", "Write why")
    to = PickField(
        label="Who has the children from now on?", choices=endings.ON, missing="Choose who has the children from now on"
    )


class JoinForm(Seen):
    """Which enquiry goes on."""

    into = ListField(label="Which enquiry goes on?", choices=[], missing="Choose the enquiry that goes on")
    why = _prose("Why are they one enquiry?", "Write why")

    def __init__(self, *args: Any, others: Iterable[Enquiry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "into", [("", "Choose an enquiry"), *((str(each.key), each.reference) for each in others)])


class WhyForm(Seen):
    """Why an enquiry is opened again."""

    why = _prose("What has come that was not known?", "Write why")


class SafetyForm(Seen):
    """Is the child safe now, and how do you know."""

    those = PickManyField(label="Which children is this about?", choices=[], missing="Choose the child")
    answer = PickField(
        label="Is the child safe now?", missing="Choose whether the child is safe now",
        choices=[
            ("yes", "Yes"), ("no", "No"),
            ("unknown", Choice("We do not know", hint="An honest answer. It starts an action, with who and by when.")),
        ],
    )  # fmt: skip
    who = LineField(label="Who saw or spoke to the child?", most=200, required=False, help_text="Name and post.")
    how = PickField(label="How do they know?", choices=safety.WAYS, required=False)
    seen_at = MomentField(label="When was that?", required=False)
    where = LineField(label="Where was the child?", most=300, required=False)
    said = _prose("What did that person say?")
    own_words = _prose(
        "The child's own words",
        rows=3,
        help_text="Exactly as the child said them. Leave this empty where there are none.",
    )
    action = _prose("What is done now?", rows=3, help_text="Asked for where the answer is no, or that you do not know.")
    owner = ListField(label="Who does it?", choices=[], required=False)
    until = MomentField(label="By when?", required=False)

    def __init__(
        self, *args: Any, those: Iterable[tuple[str, str]], owners: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "those", those)
        offer(self, "owner", [("", "Choose who does it"), *owners])


class AcceptForm(Seen):
    """Accepting a slip: the version of the slip that was seen."""
