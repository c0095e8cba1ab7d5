"""What is typed about families, as clean values: who is what to whom, who lives with whom, and a change of that."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from frontdoor.people.actions.families import Said
from frontdoor.people.forms.index import From, Seen
from frontdoor.people.models import Person
from frontdoor.people.rules import families as rules
from frontdoor.people.rules import index as kinds
from frontdoor.people.rules.families import Wanted
from frontdoor.shell.forms import Choice, DayField, LineField, ListField, PickField, PickManyField, YesNoField
from frontdoor.shell.rules.words import age

THEIRS, MINE = "theirs", "mine"


class OnForm(forms.Form):
    """The day for which a family is shown; it stands in the address, and no name with it."""

    on = DayField(label="As it was on", subject="The day", required=False, latest=timezone.localdate)


def _offered(people: Iterable[Person]) -> list[tuple[str, Choice]]:
    today = timezone.localdate()
    return [
        (str(each.key), Choice(each.label or "Name not known", hint=_known(each, today)))
        for each in people
    ]  # fmt: skip


def _known(person: Person, today: Any) -> str:
    if person.born_on:
        return f"Born {person.born_on.day} {person.born_on:%B %Y}, {age(person.born_on, today)}"
    return "Not born yet" if person.expected_on else "Date of birth not known"


class Choosing(From):
    """A form in which somebody else is chosen: looked up by a name, then picked among those found.

    :param found: whom the name led to
    :param near: who is offered without asking: the family
    """

    find = LineField(
        label="Name of the other person, if they are not in the list", most=110, required=False,
        help_text="Press Find after it. It is sent to nobody and stands in no address.",
    )  # fmt: skip
    other = PickField(label="Who is it?", choices=[], required=False)

    def __init__(self, *args: Any, found: Iterable[Person] = (), near: Iterable[Person] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offered = dict.fromkeys((*found, *near))
        self.fields["other"].choices = _offered(offered)  # type: ignore[attr-defined]  # a field with choices
        self.wants = "other" if offered else "find"
        if not offered:  # a question with nothing to choose asks nothing
            self.fields["find"].label = "Name of the other person"
            self.fields["other"].widget = forms.HiddenInput()

    @property
    def finding(self) -> bool:
        """Whether a name was typed and nobody chosen yet."""
        return bool(self.data.get("find", "").strip()) and not self.data.get("other")

    def clean(self) -> dict[str, Any]:
        """Somebody has to be chosen."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("other") and "other" not in self.errors:
            self.add_error(self.wants, "Find and choose the other person")
        return typed


RELATION = ("kind", "responsibility", "evidence", "state", "twin")


class Relation(From):
    """What one is to the other."""

    given: tuple[str, ...] = RELATION

    kind = ListField(label="What is it?", choices=[], missing="Choose what they are to each other")
    responsibility = PickField(
        label="Has the first one parental responsibility for the second?", choices=kinds.RESPONSIBILITIES,
        required=False, help_text="Held by law or by an order, never by living together",
    )  # fmt: skip
    evidence = LineField(
        label="What shows it?", most=300, required=False,
        help_text="For example birth certificate seen, or order of the court and its date",
    )  # fmt: skip
    state = PickField(label="Of a couple: how are they?", choices=kinds.PARTNERSHIPS, required=False)
    twin = PickField(label="Of brothers and sisters: were they born together?", choices=kinds.TWINS, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = [(each.code, f"{each.label} (of {each.back})") for each in rules.kinds()]
        self.fields["kind"].choices = [("", "Choose"), *every]  # type: ignore[attr-defined]  # a field with choices

    def said(self) -> Said:
        """What is said of the two."""
        typed = self.cleaned_data
        return Said(
            **{name: typed.get(name) or "" for name in RELATION}, since=typed.get("since"), until=typed.get("until")
        )


class RelateForm(Relation, Choosing):
    """What somebody is to the person of the page, or the other way."""

    given = ("find", "other", "way", *RELATION)

    way = PickField(label="Which of them is it?", choices=[], missing="Choose which of them it is")

    def __init__(self, *args: Any, label: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["way"].choices = [  # type: ignore[attr-defined]  # a field with choices
            (THEIRS, Choice(f"The other person is it to {label}", hint="For example the mother of this child")),
            (MINE, Choice(f"{label} is it to the other person", hint="For example the cousin of the other child")),
        ]


class CorrectRelationForm(Relation):
    """What is right instead, and why."""

    given = (*RELATION, "why")

    why = LineField(
        label="What was wrong, and how do you know?", most=300, missing="Write what was wrong, and how you know"
    )


class HouseholdForm(From):
    """A household, and since when the person of the page lives in it."""

    given = ("label", "pattern")
    timeless = ("until",)

    label = LineField(
        label="What is the household called?", most=120, missing="Give the household a name that people know it by",
        help_text="For example Ewa's flat. No address: that stands on each person's record.",
    )  # fmt: skip
    pattern = LineField(label="Which days?", most=120, required=False, help_text="Only where it is not all of the time")


class RenameForm(Seen):
    """What a household is called."""

    label = HouseholdForm.base_fields["label"]


class MemberForm(Choosing):
    """Somebody who lives in a household."""

    given = ("find", "other", "pattern")

    pattern = HouseholdForm.base_fields["pattern"]


CHANGES = [
    ("split", Choice("Some move to a new household", hint="The household divides")),
    ("move", Choice("Some move to another household that is recorded")),
    ("together", Choice("All of this household move to another, and this one ends")),
]


class ChangeForm(Seen):
    """Who lives where from a day on; it is shown before anything is written."""

    kind = PickField(label="What has changed?", choices=CHANGES, missing="Choose what has changed")
    people = PickManyField(label="Who moves?", choices=[], required=False)
    stay = YesNoField(
        label="Do they go on living here too?", required=False, help_text="As a child does who lives in two homes"
    )
    to = ListField(label="Which household do they come to?", choices=[], required=False)
    label = LineField(label="Or what is the new household called?", most=120, required=False)
    pattern = HouseholdForm.base_fields["pattern"]
    on = DayField(label="From which day?", subject="The day", missing="Enter the day", latest=timezone.localdate)
    why = LineField(label="Why is it changed, and how do you know?", most=300, missing="Write why, and how you know")

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], homes: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # a field with choices
        self.fields["to"].choices = [("", "A new household"), *homes]  # type: ignore[attr-defined]  # as above

    def wanted(self, home: object) -> Wanted:
        """What is asked for."""
        said = self.cleaned_data
        new = said["kind"] == "split"
        return Wanted(
            said["kind"], str(home), tuple(said["people"]), said["on"], to="" if new else said["to"],
            label=said["label"] if new else "", stay=bool(said["stay"]), pattern=said["pattern"],
        )  # fmt: skip


class UndoForm(Seen):
    """Why a change is undone."""

    why = LineField(label="Why is it undone?", most=300, missing="Write why it is undone")
