"""What somebody of an agency types who disagrees with what a council decided or does."""

from typing import Any

from django import forms

from frontdoor.mash.queries.partners import Person
from frontdoor.mash.rules.disagreements import ABOUT
from frontdoor.shell.forms import LineField, ListField, PickField, ProseField, TickField, offer


class ObjectForm(forms.Form):
    """A disagreement as the agency raises it."""

    child = ListField(label="Which child is it about?", required=False)
    about = PickField(label="What is it about?", choices=ABOUT, missing="Choose what it is about")
    position = ProseField(label="What do you say?", missing="Write what you say", most=5_000)
    wanted = ProseField(label="What should happen instead?", missing="Write what should happen", most=5_000)
    safety = ProseField(
        label="What keeps the child safe while this is not resolved?", most=5_000,
        missing="Write what keeps the child safe while this is not resolved",
    )  # fmt: skip
    role = LineField(label="Your role", required=False, most=200)
    urgent = TickField(
        label="The child may be at immediate risk meanwhile", required=False,
        help_text="If you tick this, it may go straight to those who can settle it. If somebody must act now, ring the "
        "council, or 999, first.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        children = [(str(person.asked), person.label) for person in people if person.child]
        offer(self, "child", [("", "All of them"), *children])


class PositionForm(forms.Form):
    """What the agency says at this stage."""

    text = ProseField(label="What does your agency say now?", missing="Write what you say", most=5_000)
