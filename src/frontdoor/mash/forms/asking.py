"""What is typed while agencies are kept, asked and heard, as clean values; the actions ask the same once more."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from frontdoor.mash.models import Asked, Desk
from frontdoor.mash.rules.asking import grounds, replies, sets
from frontdoor.organisations.models import Agency
from frontdoor.shell.forms import (
    Choice,
    DayField,
    EmailField,
    LineField,
    ListField,
    PickField,
    PickManyField,
    ProseField,
    TelephoneField,
    TickField,
    YesNoField,
    offer,
)

ROWS = {"rows": 3}


class Seen(forms.Form):
    """Carries the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AgreementForm(Seen):
    """Whether the family agreed to these checks."""

    position = PickField(
        label="Was the family asked to agree to these checks?", choices=grounds.POSITIONS,
        missing="Say whether the family was asked",
    )  # fmt: skip
    words = LineField(
        label="Who said so, and how? If nobody was asked: why not?", most=500,
        missing="Say who said so and how, or why nobody was asked",
    )  # fmt: skip


class DispenseForm(Seen):
    """A manager's decision to ask without agreement."""

    why = ProseField(
        label="Why are agencies asked without agreement?", most=2_000, missing="Say why agencies are asked without it",
        widget=forms.Textarea(attrs=ROWS),
        help_text="Asking would raise the risk to the child, lose evidence, or cause unsafe delay.",
    )  # fmt: skip
    on_refusal = ProseField(
        label="If they refused: what was said, and what was done then?", most=2_000, required=False,
        widget=forms.Textarea(attrs=ROWS),
    )  # fmt: skip


def _grounds_fields(*, required: bool) -> dict[str, forms.Field]:
    return {
        "basis": PickField(
            label="Lawful basis", choices=grounds.BASES, missing="Choose the basis", required=required,
            help_text="Agreement of the family is something else, and is written down beside it.",
        ),
        "condition": PickField(
            label="Condition for what is specially protected", choices=grounds.CONDITIONS, required=required,
            missing="Choose the condition",
        ),
        "necessity": ProseField(
            label="Why is it necessary?", most=2_000, missing=grounds.WORDS["necessity"], required=required,
            widget=forms.Textarea(attrs=ROWS),
        ),
        "proportionality": ProseField(
            label="Why is it no more than needed, and why would less not do?", most=2_000, required=required,
            missing=grounds.WORDS["proportionality"], widget=forms.Textarea(attrs=ROWS),
        ),
    }  # fmt: skip


class GroundsForm(Seen):
    """On which grounds agencies are asked."""

    purpose = LineField(label="What is the information for?", most=300, missing=grounds.WORDS["purpose"])
    agreement = LineField(label="Sharing agreement on which it rests", most=200, required=False)
    agreement_version = LineField(label="Version of the agreement", most=60, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.update(_grounds_fields(required=True))
        self.order_fields(["purpose", "basis", "condition", "necessity", "proportionality"])

    def grounds(self) -> grounds.Grounds:
        """What was typed."""
        return grounds.Grounds(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class SendForm(Seen):
    """Whom to ask what. Whoever of the proposed set is not ticked has a reason."""

    asked = PickManyField(label="Whom do you ask?", required=False)
    question = ProseField(
        label="What do you ask?", most=5_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The agency reads this, who is asked about, and by when. Write what bears on the question alone.",
    )  # fmt: skip
    since = DayField(
        label="From which day on do you want to know?", required=False, latest=timezone.localdate,
        help_text="Leave this empty where everything that bears on the question is wanted.",
    )  # fmt: skip
    other_side = PickManyField(
        label="Which of them work with somebody who may pose the risk?", required=False,
        help_text="They read no home, no school, and nothing about a victim’s safety. Agencies that our list marks so "
        "count even if you do not tick them.",
    )  # fmt: skip

    def __init__(self, *args: Any, proposed: Sequence[sets.Proposed], others: Iterable[Desk], **options: Any) -> None:
        super().__init__(*args, **options)
        lines = dict(sets.LINES)
        choices = [
            (str(each.agency.key), Choice(each.agency.name, hint=f"{lines[each.agency.line]}. {each.why}."))
            for each in proposed
        ]
        choices += [(str(each.key), Choice(each.name, hint=f"{lines[each.line]}. May be added.")) for each in others]
        offer(self, "asked", choices)
        names = [(str(each.agency.key), each.agency.name) for each in proposed]
        offer(self, "other_side", names + [(str(each.key), each.name) for each in others])
        self.proposed = [each.agency for each in proposed]
        for agency in self.proposed:
            self.fields[f"why_{agency.key}"] = LineField(
                label=f"If {agency.name} is not asked: why?", most=500, required=False
            )

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {
            "seen": given["seen"], "asked": {UUID(one) for one in given["asked"]}, "question": given["question"],
            "since": given["since"], "other_side": {UUID(one) for one in given["other_side"]},
            "left_out": {each.key: given[f"why_{each.key}"] for each in self.proposed},
        }  # fmt: skip


class SideForm(Seen):
    """Whether an agency works with whoever may pose the risk."""

    other_side = YesNoField(label="Does this agency work with somebody who may pose the risk?")
    why = LineField(label="How do you know?", most=300, missing="Say how you know")


class StopForm(Seen):
    """Why an agency is not asked any more."""

    why = LineField(label="Why are they not asked any more?", most=300, missing="Say why they are not asked any more")


class ToldForm(Seen):
    """What an agency said by telephone."""

    people = PickManyField(label="About whom?", missing="Say whom it is about")
    kind = PickField(label="What did they say?", choices=replies.KINDS, missing="Say what they know")
    facts = ProseField(
        label="Facts: what happened, when, and where it is written", most=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    analysis = ProseField(
        label="What they think it means for the child", most=10_000, required=False, widget=forms.Textarea(attrs=ROWS)
    )
    protective = ProseField(
        label="What protects the child", most=10_000, required=False, widget=forms.Textarea(attrs=ROWS)
    )
    reason = LineField(label="If they cannot or will not say: why?", most=500, required=False)
    mark = PickField(
        label="How may this be used?", choices=replies.MARKS, initial="professionals", missing="Say how it may be used"
    )
    how = PickField(
        label="How did they tell you?", choices=[each for each in replies.HOW if each[0] in replies.BY_US],
        initial="telephone", missing="Say how they told us",
    )  # fmt: skip
    said_by = LineField(label="Who said it, and what are they there?", most=200, missing="Enter who said it")

    def __init__(self, *args: Any, people: Sequence[tuple[Asked, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "people", [(str(one.key), name) for one, name in people])


class RoomForm(forms.Form):
    """What a partner said in the room: who, and what."""

    request = PickField(label="For which agency did they speak?", missing="Choose the agency for which they spoke")
    said_by = LineField(label="Who said it, and what are they there?", most=200, missing="Enter who said it")
    words = ProseField(
        label="What did they say?", most=10_000, missing="Write what they said",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    about = PickManyField(label="About whom?", missing="Say whom it is about")
    mark = ListField(label="How may it be used?", choices=replies.MARKS, initial="professionals")

    def __init__(
        self, *args: Any, agencies: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "request", agencies)
        offer(self, "about", people)

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {**given, "request": UUID(given["request"]), "about": [UUID(one) for one in given["about"]]}


class CapacityForm(forms.Form):
    """What an agency says that it can do today."""

    line = LineField(label="What can they do today?", most=200, missing="Write what they can do today")
    said_by = LineField(label="Who said so?", most=200, missing="Enter who said it")


class DeskForm(forms.Form):
    """An agency that this council asks."""

    agency = ListField(label="Agency", missing="Choose an agency")
    line = ListField(
        label="What does it look into?", choices=[("", "Choose one"), *sets.LINES],
        missing="Choose what the agency looks into",
    )  # fmt: skip
    ratings = PickManyField(
        label="At which ratings is it always asked?", choices=sets.RATINGS, required=False,
        help_text="Police, health and education are asked by a setting besides.",
    )  # fmt: skip
    other_side = TickField(
        label="It works with people who may pose a risk to others", required=False,
        help_text="Probation, for example. It then reads no home, no school, and nothing about a victim’s safety.",
    )  # fmt: skip
    covers = ProseField(
        label="Schools or services for which it answers", most=4_000, required=False, help_text="One a line.",
        widget=forms.Textarea(attrs=ROWS),
    )  # fmt: skip
    agreement = LineField(
        label="Information sharing agreement", most=200, missing="Enter the information sharing agreement"
    )
    agreement_version = LineField(
        label="Version of the agreement", most=60, missing="Enter the version of the agreement"
    )
    email = EmailField(
        label="E-mail address of its desk", required=False,
        help_text="Reminders go there. They name no child and hold no details.",
    )  # fmt: skip
    telephone = TelephoneField(label="Telephone of its desk", required=False)
    out_of_hours = TelephoneField(label="Telephone out of hours", required=False)
    lead_name = LineField(label="Who is told there when it is late?", most=200, required=False)
    lead_email = EmailField(label="Their e-mail address", required=False)
    starts_on = DayField(label="Asked from")
    ends_on = DayField(label="Asked until, that day included", required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.update(_grounds_fields(required=False))
        self.order_fields([
            "agency", "line", "other_side", "ratings", "covers", "agreement", "agreement_version", "basis", "condition",
            "necessity", "proportionality",
        ])  # fmt: skip
        offer(self, "agency", [("", "Choose an agency"), *((str(each.key), each.name) for each in agencies)])


class ChangeDeskForm(DeskForm, Seen):
    """What is kept of an agency; which one it is stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["agency"]
