"""What is chosen and typed about telling a family, and about a call from a parent; the actions ask the same again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from frontdoor.contacts.forms.screening import Seen
from frontdoor.contacts.rules import calling
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.family import Part, Told
from frontdoor.shell.forms import (
    DayField,
    LineField,
    ListField,
    MomentField,
    PickField,
    PickManyField,
    ProseField,
    offer,
)


class ChooseForm(Seen):
    """Who tells somebody, when, how, and in which fixed words."""

    responsibility = PickField(
        label="Do they have parental responsibility for this child?",
        choices=rules.RESPONSIBILITY,
        missing="Say whether they have parental responsibility for this child",
    )
    known_from = LineField(
        label="From where is that known?",
        most=300,
        required=False,
        help_text="For example: birth certificate seen by school; court order of 3 May 2024.",
    )
    how = PickField(label="How are they told?", choices=rules.HOWS, missing="Choose how they are told")
    teller = ListField(label="Who tells them?", missing="Choose a colleague")
    tell_at = MomentField(label="When?", subject="The time at which they are told", missing="Give a day and a time")
    worry = PickField(
        label="What arrived was about", choices=rules.WORRIES, missing="Choose the words for what arrived"
    )
    reason = PickField(label="Why it was decided", choices=rules.REASONS, missing="Choose the words for why")

    def __init__(self, *args: Any, colleagues: Iterable[tuple[int, str]], part: str, told: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "teller", [("", "Choose a colleague"), *colleagues])
        if part == Part.CHILD:
            del self.fields["responsibility"], self.fields["known_from"]
        if told == Told.ARRIVED:
            del self.fields["reason"]

    def chosen(self) -> rules.Chosen:
        """What was chosen, as the action takes it."""
        said = self.cleaned_data
        return rules.Chosen(
            how=said["how"],
            teller=int(said["teller"]),
            tell_at=said["tell_at"],
            worry=said["worry"],
            reason=said.get("reason", ""),
            responsibility=said.get("responsibility", ""),
            known_from=said.get("known_from", ""),
        )


class TellForm(Seen):
    """That somebody was told, and what they answered."""

    answer = ProseField(label="What did they answer or ask?", required=False, most=5_000)
    told_at = MomentField(
        label="When, if it was not just now", subject="The time at which they were told", required=False
    )


class NotTellForm(Seen):
    """A manager's reason for not telling somebody, and a day to look again."""

    why = PickField(label="Why are they not told?", choices=rules.WHY_NOT, missing="Choose why they are not told")
    words = ProseField(
        label="What does this rest on?",
        most=1_000,
        missing="Write what this rests on",
        help_text="Who said so, what could happen, what was thought of instead.",
    )
    again_on = DayField(
        label="When do you look at this again?",
        subject="The day to look again",
        required=False,
        help_text="It comes back to you on that day. Needed unless it was never theirs to hear.",
    )


class AddForm(forms.Form):
    """Somebody else who should hear, or that they hear that something has arrived."""

    matter = ListField(label="About which child?", missing="Choose a child")
    person = ListField(label="Who should hear?", missing="Choose somebody whom this contact names")
    told = PickField(label="What do they hear?", choices=rules.TOLD, missing="Choose what they hear")

    def __init__(
        self, *args: Any, matters: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "matter", [("", "Choose"), *matters])
        offer(self, "person", [("", "Choose"), *people])


class BeginForm(forms.Form):
    """Who says they ring."""

    caller = LineField(
        label="Who says they ring?",
        most=200,
        missing="Write who says they ring",
        help_text="Their name and what they are to the child, in their words.",
    )


class FindForm(forms.Form):
    """The contact that a caller asks about: its number, or a child of it."""

    receipt = LineField(label="The reference on their letter", most=24, required=False)
    given_name = LineField(label="The child's first name", most=100, required=False)
    family_name = LineField(label="The child's family name", most=100, required=False)
    born = DayField(label="The child's date of birth", subject="The date of birth", latest=date.today, required=False)


class CheckForm(Seen):
    """How it was made sure who rings."""

    made = PickField(
        label="How did you make sure who rings?", choices=calling.CHECKS, missing="Say how you made sure who rings"
    )
    right = PickManyField(label="Answered rightly", required=False)
    person = ListField(label="Who of this contact is it?", required=False)
    children = PickManyField(label="For which children do they have parental responsibility?", required=False)
    known_from = LineField(label="From where is that known?", most=300, required=False)

    def __init__(
        self,
        *args: Any,
        facts: Iterable[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        children: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "right", facts, or_leave_out=True)
        offer(self, "person", [("", "It could not be made sure"), *people])
        offer(self, "children", children, or_leave_out=True)


class EndForm(Seen):
    """What was asked and said in a call from a parent, and what comes of it."""

    asked = ProseField(label="What did they ask?", most=5_000, missing="Write what they asked")
    said = ProseField(
        label="What did you say?",
        most=5_000,
        missing="Write what you said, also where it was that you cannot say anything",
    )
    worry = ProseField(
        label="A new worry about a child, in their words",
        required=False,
        help_text="It becomes a contact with a number of its own, and somebody looks at it at once.",
    )
    complaint = ProseField(
        label="Did they complain? What about?",
        most=5_000,
        required=False,
        help_text="A manager has it at once, with a number that you can read out.",
    )
    reply_to = LineField(
        label="How do they want the complaint answered?",
        most=300,
        required=False,
        help_text="A safe address or number.",
    )
    ring_by = MomentField(label="Somebody rings them back by", subject="The time of the call back", required=False)


class RangForm(Seen):
    """What came of a promised call."""

    outcome = LineField(label="What came of the call back?", most=300, missing="Write what came of it")
