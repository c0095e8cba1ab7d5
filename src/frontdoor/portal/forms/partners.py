"""What somebody of an agency types who answers what a council asks: for each person, or nothing known for several."""

from collections.abc import Mapping
from typing import Any

from django import forms

from frontdoor.actors.rules import InvalidInput
from frontdoor.mash.actions.partners import Said
from frontdoor.mash.queries.partners import Person, ReplyShown
from frontdoor.mash.rules import facts as rules
from frontdoor.mash.rules.asking.replies import MARKS
from frontdoor.shell.forms import Choice, LineField, ListField, PickField, PickManyField, ProseField, TickField, offer

_KINDS = [
    ("information", Choice("We know something")),
    ("nothing_known", Choice("Nothing known to us")),
    ("cannot", Choice("We cannot say, because")),
    ("will_not", Choice("We will not say, because")),
]
_PLACES = {"reason": {"cannot": "why_cannot", "will_not": "why_not"}}


class NothingForm(forms.Form):
    """Those about whom the agency knows nothing, all at once.

    :param people: those for whom nobody has answered yet
    """

    def __init__(self, people: list[Person], data: Any = None) -> None:
        super().__init__(data)
        self.fields["nothing"] = PickManyField(
            label="Nothing is known to us about",
            help_text="Tick everybody of whom your agency knows nothing. They need no more below.",
            required=False,
            choices=[(str(person.asked), person.label) for person in people],
        )


class PersonForm(forms.Form):
    """What the agency knows of one person.

    :param required: whether something must be said, as in a correction; else an empty one is left for later
    """

    kind = PickField(label="What do you know?", required=False, choices=_KINDS)
    facts = ProseField(
        label="Facts",
        help_text="One on each line. Begin each with its date, for example: 12 March 2025, police called to the home.",
        required=False,
    )
    source = LineField(label="Where do these facts stand?", help_text="A record, a system, or who knows it.",
                       required=False, most=300)  # fmt: skip
    analysis = ProseField(label="What do you make of it?", required=False)
    protective = ProseField(label="What protects the child?", required=False)
    mark = ListField(
        label="How may this be used?", choices=MARKS, initial="professionals", required=False,
        missing="Say how this may be used",
    )  # fmt: skip
    partners_may_see = TickField(
        label="The other agencies of this enquiry may read it",
        help_text="Intelligence, a hidden source, a victim’s safety and legal advice are never shown to them.",
        required=False,
    )
    why_cannot = LineField(label="Why can you not say?", required=False, most=500)
    why_not = LineField(label="Why will you not say?", required=False, most=500)

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._must = required

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        said = getattr(self, "cleaned_data", {})
        return not any(said.get(name) for name in ("kind", "facts", "analysis", "protective"))

    def clean(self) -> dict[str, Any]:
        """Dated, sourced facts; typed words without a choice count as knowing something."""
        said = super().clean() or self.cleaned_data
        if not said.get("kind") and not self.empty:
            said["kind"] = "information"
        if self._must and not said.get("kind"):
            self.add_error("kind", "Choose what you know")
        if said.get("kind") not in {None, "", "information"} and (said.get("facts") or said.get("analysis")):
            self.add_error("kind", "You have written something below: choose We know something, or take it out")
        if said.get("kind") == "information":
            try:
                said["written"] = rules.written(said.get("facts", ""), said.get("source", ""))
            except InvalidInput as wrong:
                self.refused(wrong.problems)
        return said

    def refused(self, problems: Mapping[str, str]) -> None:
        """Lay what a rule refused beside the fields it is about."""
        kind = self.cleaned_data.get("kind", "")
        for name, words in problems.items():
            place = _PLACES.get(name, {}).get(kind, name)
            self.add_error(place if place in self.fields else None, words)

    @property
    def said(self) -> Said:
        """What is kept of it."""
        typed = self.cleaned_data
        return Said(
            kind=typed["kind"], reason=typed["why_cannot"] if typed["kind"] == "cannot" else typed["why_not"],
            facts=typed.get("written", ""), analysis=typed["analysis"], protective=typed["protective"],
            mark=typed["mark"] or "professionals", partners=typed["partners_may_see"],
        )  # fmt: skip


class CorrectForm(PersonForm):
    """The same, put right, and what was wrong."""

    why = LineField(label="What was wrong?", missing="Say what was wrong", most=500)


class TellForm(PersonForm):
    """Something told unasked, of one person or several of a request."""

    about = PickManyField(label="About whom?", missing="Say whom it is about")
    field_order = ("about",)

    def __init__(self, *, people: list[Person], **options: Any) -> None:
        super().__init__(required=True, **options)
        offer(self, "about", [(str(person.asked), person.label) for person in people])


class CapacityForm(forms.Form):
    """What the agency can do today, and for whom it says so."""

    line = LineField(
        label="What can you do today?", missing="Write what you can do today", most=200,
        help_text="For example: two of three researchers are in, urgent requests within the hour.",
    )  # fmt: skip
    councils = PickManyField(label="For which council?", missing="Choose a council")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "councils", places)


class ViewForm(forms.Form):
    """Whether the agency agrees to the shared analysis that it has read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    agrees = PickField(
        label="Does your agency agree?", missing="Say whether your agency agrees",
        choices=[
            ("yes", Choice("Yes, we agree")),
            ("no", Choice("No, we see something otherwise", hint="Your words stand beside it and are read by whoever "
                          "decides.")),
        ],
    )  # fmt: skip
    words = ProseField(label="In your words", required=False, most=5_000,
                       help_text="What you see otherwise, or would add.")  # fmt: skip

    def clean_agrees(self) -> bool:
        """Whether it agrees."""
        return bool(self.cleaned_data["agrees"] == "yes")


class WithdrawForm(forms.Form):
    """Why something is taken back."""

    why = ProseField(label="Why do you take it back?", missing="Say why it is taken back", most=500)


def as_given(reply: ReplyShown) -> dict[str, Any]:
    """A reply as the form shows it again."""
    facts, source = rules.parts(reply.facts)
    return {
        "kind": reply.kind, "facts": facts, "source": source, "analysis": reply.analysis,
        "protective": reply.protective, "mark": reply.mark, "partners_may_see": reply.partners_may_see,
        "why_cannot": reply.reason if reply.kind == "cannot" else "",
        "why_not": reply.reason if reply.kind == "will_not" else "",
    }  # fmt: skip
