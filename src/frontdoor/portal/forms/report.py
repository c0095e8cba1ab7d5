"""What a referrer types, one thing a page. Hardly anything is required: whoever is worried must get to the end."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from frontdoor.codes import rules as codes
from frontdoor.letters.forms import KeepField, SealedField
from frontdoor.portal.forms.base import AskingPage, Page
from frontdoor.shell.forms import (
    Choice,
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


class YouForm(Page):
    """In what part somebody speaks to us."""

    kind = PickField(
        label="Who are you?",
        missing="Choose who you are",
        choices=[
            ("family", Choice("A family member or carer")),
            ("public", Choice("A neighbour, friend or member of the public")),
            (
                "professional",
                Choice(
                    "Someone who works with children or families", hint="For example a teacher, nurse or police officer"
                ),
            ),
            ("child", Choice("A child or young person")),
        ],
    )
    local = ListField(
        label="Where do you work?",
        required=False,
        empty="Choose, if you work with families",
        choices=[(row.code, row.label) for row in codes.LOCAL_SOURCES if row.kind == "professional"],
    )
    agency = LineField(label="Name of your organisation", required=False)
    role = LineField(label="Your job", required=False)


class WorryForm(Page):
    """The story, as it is told."""

    story = ProseField(
        label="What are you worried about?",
        help_text="Use your own words. What happened, what did you see or hear, when, and what is different today?",
        missing="Write what you are worried about, even in a few words",
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class DangerForm(Page):
    """The one question that changes the order of the queue."""

    danger = PickField(
        label="Is a child in danger right now?",
        missing="Choose one, also if you cannot tell",
        choices=[
            ("yes", Choice("Yes", hint="Ring 999 first. Then go on here")),
            ("no", Choice("No")),
            ("unknown", Choice("I cannot tell")),
        ],
    )


class PersonForm(Page):
    """One of a list of people. `new` stands in a form for somebody who was not in the list when it was shown."""

    new = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def answer(self) -> Any:
        return {name: value for name, value in super().answer().items() if name != "new"}

    def put_into(self, people: Sequence[Any], place: int) -> list[Any]:
        """The list with this person: somebody new comes last; nobody at all is left out."""
        answer = self.answer()
        somebody = [answer] if set(answer) - {"kind"} or answer.get("kind", "child") != "child" else []
        place = len(people) if self.cleaned_data.get("new") else place
        return [*people[:place], *somebody, *people[place + 1 :]]


class ChildForm(PersonForm):
    """One child; a name is not needed."""

    kind = PickField(
        label="About this child",
        initial="child",
        required=False,
        choices=[
            ("child", Choice("I know the child's name, or part of it")),
            ("unborn", Choice("The baby is not born yet")),
            ("unknown", Choice("I do not know who the child is")),
        ],
    )
    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    description = LineField(
        label="If you do not know the name, describe the child",
        help_text="For example: a boy in a red coat",
        required=False,
        most=500,
    )
    date_of_birth = DayField(label="Date of birth, if you know it", required=False, latest=timezone.localdate)
    approximate_age = forms.IntegerField(label="Or about how old", required=False, min_value=0, max_value=25)
    expected_on = DayField(label="If the baby is not born yet, when is it expected?", required=False)
    keep = KeepField()
    sealed = SealedField()
    address = LineField(label="Where the child lives", required=False, most=300)
    postcode = LineField(label="Postcode", required=False, most=10)
    school = LineField(label="School or nursery", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("date_of_birth") and found.get("expected_on"):
            self.add_error("expected_on", "Give either a date of birth or the date the baby is expected, not both")
        return found

    def answer(self) -> Any:
        kept = super().answer()
        for name in ("date_of_birth", "expected_on"):
            if name in kept:
                kept[name] = kept[name].isoformat()
        if "sealed" not in kept:
            kept.pop("keep", None)  # the mark alone says nobody
        return kept


class AdultForm(PersonForm):
    """One adult around the child."""

    given_name = LineField(label="First name", required=False, most=100)
    family_name = LineField(label="Last name", required=False, most=100)
    relationship = LineField(
        label="Who they are to the child",
        help_text="For example: mother, stepfather, neighbour",
        required=False,
        most=100,
    )
    lives_with = YesNoField(label="Do they live with the child?", required=False)
    parental_responsibility = YesNoField(
        label="Do they have parental responsibility?",
        help_text="Leave this empty if you are not certain.",
        required=False,
    )
    safe_contact = LineField(
        label="Is there a time or a way in which it is not safe to contact them?", required=False, most=500
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.answers.get("planned"):  # it is a word of the law, and asked of those who know it
            del self.fields["parental_responsibility"]


class MoreForm(Page):
    """After a list of people: another one, or go on."""

    more = PickField(
        label="Do you want to add somebody else?",
        missing="Choose whether to add somebody else",
        choices=[("yes", Choice("Yes, add somebody")), ("no", Choice("No, go on"))],
    )


class WordsForm(Page):
    """The child's own words, verbatim."""

    said = ProseField(
        label="What has the child said?",
        help_text="Write the child's own words as nearly as you remember, or leave this empty.",
        required=False,
    )


class WhereForm(Page):
    """Where the child is this minute."""

    place = LineField(
        label="Where is the child now?", help_text="An address, a school, a street", required=False, most=300
    )
    with_whom = LineField(label="Who is with the child?", required=False, most=300)
    until_when = LineField(label="Until when?", required=False, most=300)


class HelpingForm(Page):
    """Strengths, and support given already."""

    story = ProseField(
        label="What is going well, and what has already been tried?",
        help_text="For example: who the child trusts, who helps, what support the family has had",
        required=False,
    )


class FamilyForm(Page):
    """Whether the family knows; asking is not always safe."""

    knows = PickField(
        label="Does the family know that you are telling us?",
        help_text="Do not ask them if it could put a child or an adult in danger.",
        required=False,
        choices=[("yes", Choice("Yes")), ("no", Choice("No")), ("unknown", Choice("I do not know"))],
    )
    agreement = PickField(
        label="Do they agree?",
        required=False,
        choices=[
            ("given", Choice("Yes, they agree")),
            ("refused", Choice("They were asked and said no")),
            ("no_reply", Choice("They were asked and have not answered")),
            ("not_sought", Choice("They were not asked")),
        ],
    )
    why_not = LineField(label="If they were not asked, why not?", required=False, most=300)


class DetailsForm(AskingPage):
    """Who is telling us; two silences that are different things."""

    step = "details"

    identity = PickField(
        label="May we know your name?",
        help_text="We listen to every report in the same way, with or without a name.",
        required=False,
        choices=[
            ("given", Choice("Yes")),
            (
                "withheld",
                Choice(
                    "Yes, but please do not tell the family",
                    hint="We do all we can to keep your name back, but a court can order us to say it",
                ),
            ),
            ("not_given", Choice("No, I do not want to give my name")),
        ],
    )
    name = LineField(
        label="Your name", missing="Enter your name", required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    relationship = LineField(label="How do you know the child?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.answers.get("own_family"):
            del self.fields["identity"]  # nobody keeps a name back from a family that asks for itself
            self.fields["relationship"].label = "Who are you to the children?"
        if (self.answers.get("you") or {}).get("kind") == "professional":
            # A professional cannot report without a name, and cannot ask for it to be kept back (domain 1.10).
            del self.fields["identity"]
            self.fields["name"].required = False


class AnswerForm(AskingPage):
    """How the sender may be answered, and whether a social worker should ring."""

    step = "answer"

    ROUTES: ClassVar = [
        ("email", Choice("By e-mail")),
        ("phone", Choice("By telephone")),
        ("text", Choice("By text message")),
        ("letter", Choice("By letter")),
        ("none_possible", Choice("Please do not contact me")),
    ]
    route = PickField(
        label="How may we answer you?", missing="Choose how we may answer you", required=False, choices=ROUTES
    )
    phone = TelephoneField(label="Telephone number", required=False)
    email = EmailField(label="E-mail address", required=False)
    address = LineField(label="Address for a letter", required=False, most=300)
    note = LineField(label="Is there a time or a way in which it is not safe to contact you?", required=False, most=300)
    call_back = TickField(label="Please let a social worker ring me back", required=False)
    when = LineField(label="When is a good time?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.fields["route"].required:
            # Whoever asks for help for their own family is asked how to be reached: help for nobody is none.
            offer(self, "route", [each for each in self.ROUTES if each[0] != "none_possible"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        needed = {"email": "email", "phone": "phone", "text": "phone", "letter": "address"}.get(found.get("route", ""))
        if needed and not found.get(needed) and needed not in self.errors:
            self.add_error(needed, {"email": "Enter an e-mail address", "phone": "Enter a telephone number",
                                    "address": "Enter the address for the letter"}[needed])  # fmt: skip
        if found.get("call_back") and not found.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter a telephone number so that a social worker can ring you")
        return found


class PostcodeForm(Page):
    """Which council; no postcode, a border or an unknown one never stops a report."""

    postcode = LineField(
        label="What is the postcode where the child lives or is now?",
        help_text="If you do not know it, leave this empty.",
        required=False,
        most=12,
    )


class CouncilForm(Page):
    """The sender chooses where the postcode does not settle it."""

    council = PickField(
        label="Which council is it nearest to?", missing="Choose one, also if you are not sure", choices=[]
    )

    def __init__(self, *args: Any, councils: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        unsure = (councils[0][0] + "?", Choice("I am not sure"))
        field: Any = self.fields["council"]
        field.choices = [(slug, Choice(name)) for slug, name in councils] + [unsure]


class CallBackForm(Page):
    """A wish to speak to a qualified social worker, with or without a report."""

    name = LineField(label="Your name, if you want to give it", required=False)
    phone = TelephoneField(label="Telephone number", missing="Enter a telephone number so that we can ring you")
    when = LineField(label="When is a good time, and when is it not safe to ring?", required=False)
    about = LineField(label="What is it about, in a few words?", required=False, most=500)
